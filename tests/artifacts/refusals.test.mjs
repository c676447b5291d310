// Every check refuses a design in which one thing is wrong: a check that reads nothing would pass all of them.

import assert from 'node:assert/strict';
import { cpSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { after, before, test } from 'node:test';
import { root, run } from '../support/briefs.mjs';
import { checks } from './checks.mjs';
import { opened } from './designs.mjs';

const BRIEF = path.join(root, 'tests/briefs/shop/prose.md');

/** The text of the design that a plan starts from. */
const BEFORE = path.join(root, 'tests/briefs/shop/bullets.md');

/**
 * What is broken for each check: the pin of the design, the file, what stands in it, what is written instead, and what
 * the check must say. A star stands for whatever comes before the end of a name.
 */
const BROKEN = {
    'OpenAPI: @redocly/cli': ['', 'api/openapi.yaml', 'operationId: listOrders', 'operationName: listOrders', /operationName/],
    'OpenAPI: @stoplight/spectral-core': ['', 'api/openapi.yaml', 'operationId: listOrders', 'operationId: createOrder', /unique/],
    'OpenAPI: @stoplight/spectral-owasp-ruleset': ['', 'api/openapi.yaml', /https:\/\/\{host\}/, 'http://{host}', /owasp:api/],
    'OpenAPI examples: ajv': ['', 'api/openapi.yaml', /percentage: "12.50"/, 'percentage: [twelve]', /percentage/],
    'OpenAPI client: openapi-typescript': ['', 'api/openapi.yaml', '#/components/parameters/Limit"', '#/components/parameters/Nowhere"', /Can't resolve/],
    'OpenAPI mock: @stoplight/prism-http': ['', 'api/openapi.yaml', /(VariantUpdate:[^]*?)price: 1250/, '$1price: much', /./],
    'AsyncAPI: @asyncapi/parser': ['messaging=kafka', 'api/asyncapi.yaml', '#/components/messages/VariantCreated', '#/components/messages/Nowhere', /Nowhere|VariantCreated/],
    'GraphQL: graphql': ['api=graphql', 'api/schema.graphql', 'items: [Variant!]!', 'items: [Nowhere!]!', /Nowhere/],
    'proto3: @bufbuild/buf': ['api=grpc', 'api/proto/*.proto', 'service CustomerService', 'service customers', /customers/],
    'policies: @cedar-policy/cedar-wasm': ['authorization=abac', 'security/policies.cedar', 'resource is App::Order\n', 'resource is App::Nowhere\n', /Nowhere/],
    'relationships: @openfga/syntax-transformer': ['authorization=rebac', 'security/model.fga', ' from system', ' from nowhere', /nowhere/],
    'load test: k6': ['', 'deploy/load-test.js', "'rate>0.99'", "'rate above 0.99'", /threshold/],
    'load test: @types/k6': ['', 'deploy/load-test.js', 'http.request(', 'http.requst(', /requst/],
    'SQL schema: @electric-sql/pglite': ['', 'db/schema.sql', 'REFERENCES customers', 'REFERENCES nowhere', /nowhere/],
    'SQL: libpg-query': ['', 'db/schema.sql', 'END IF;', 'END FI;', /FI/],
    'migrations: squawk-cli': ['', 'db/migrations/*row_level_security.up.sql', "SET lock_timeout = '2s';", 'ALTER TABLE orders ADD COLUMN x bigint NOT NULL;', /adding-required-field|not-null/],
    'migrations: postgres': ['', 'db/migrations/*row_level_security.up.sql', 'ALTER TABLE orders ENABLE ROW LEVEL SECURITY;', '', /orders: a row is (reached|written) without a session/],
    'plans between designs: postgres': ['', 'db/schema.sql', /COMMENT ON TABLE orders .*\n/, '', /not the new schema/],
    'tables for MySQL: mariadb': ['database=mysql', 'db/mysql/schema.sql', 'REFERENCES `customers`', 'REFERENCES `nowhere`', /nowhere/],
    'tables for SQLite: sqlite3 of Python': ['database=sqlite', 'db/sqlite/schema.sql', 'REFERENCES "customers"', 'REFERENCES "nowhere"', /nowhere/],
    'tables for other stores of SQL: sqlglot': ['database=sql-server', 'db/sql-server/schema.sql', 'CREATE TABLE [customers] (', 'CREATE TABLE [customers] ((', /Expecting|customers/],
    'collections for MongoDB: ajv': ['database=mongodb', 'db/mongodb/collections.js', '"bsonType": "date"', '"bsonType": "day"', /schema is invalid/],
    'tables for DynamoDB: dynalite': ['database=dynamodb', 'db/dynamodb/tables.json', '"KeyType": "HASH"', '"KeyType": "HASHED"', /HASH/],
    'tables for Cassandra: our own': ['database=cassandra', 'db/cassandra/schema.cql', 'PRIMARY KEY (("id"))', 'PRIMARY KEY (("nowhere"))', /a key of other columns/],
    'diagrams: mermaid': ['', 'diagrams/*entities-2.mmd', '|o--o{', '|o--o', /Parse error/],
    'diagrams of tables and states: mermaid': ['', 'diagrams/*entities-2.mmd', '|o--o{', '||--o{', /only in the diagram/],
    'acceptance: @cucumber/gherkin': ['', 'acceptance/*orders.feature', '\n    When ', '\n    Whenever ', /./],
    'Dockerfile: hadolint': ['', 'deploy/Dockerfile', 'FROM node:24-slim\n', 'FROM node\n', /DL3006/],
    'scripts: shellcheck': ['', 'deploy/backup.sh', /\n$/, '\nrm $1\n', /SC2086/],
    'pipeline: actionlint': ['', 'deploy/ci.yml', /needs: \[?\w+/, 'needs: [nowhere', /nowhere|parse/],
    'Compose: docker-compose': ['', 'deploy/compose.yaml', /services:\n/, 'services:\n  a: { image: a, depends_on: [nowhere] }\n', /nowhere/],
    'target: kubernetes-validate': ['deployment=kubernetes', 'deploy/kubernetes.yaml', /replicas: \d+/, 'replicas: many', /many/],
    'alerts: promtool': ['', 'deploy/alerts.yml', 'sum(rate(', 'sum(ratte(', /ratte/],
    'alerts raised: promtool': ['', 'deploy/alerts.yml', 'ratio_rate1h > 0.072', 'ratio_rate1h > 72', /FAILED/],
    'documents: rumdl': ['', 'design.md', '\n## API Specification', '\n##API Specification', /MD018/],
    'runbooks: rumdl': ['', 'deploy/runbook.md', '\n## ', '\n#### ', /MD001/],
    'records: rumdl': ['', 'decisions/*.md', '\n## ', '\n#### ', /MD001/],
    'plan, target, runbook: our own': ['', 'deploy/runbook.md', '## ErrorBudgetBurn1h', '## SomethingElse', /no page for ErrorBudgetBurn1h/],
};

let folder;
const made = new Map();
before(() => (folder = mkdtempSync(path.join(tmpdir(), 'refusals-'))));
after(() => rmSync(folder, { recursive: true }));

/** The design of a text with a pin, made once. */
async function designed(pin, text = BRIEF) {
    const key = `${text} ${pin}`;
    if (!made.has(key)) {
        const tree = path.join(folder, `right-${made.size}`);
        await run(text, '--out', tree, '--format', 'files', ...(pin ? ['--pin', pin] : []));
        made.set(key, opened(pin || 'right', tree, true));
    }
    return made.get(key);
}

/** The first file below a folder that ends like that, however deep. */
function first(tree, place) {
    const [folder, end] = place.split('*');
    if (end === undefined) return place;
    return path.join(folder, readdirSync(path.join(tree, folder), { recursive: true }).filter((file) => file.endsWith(end)).sort()[0]);
}

for (const { artefact, tool, run: check } of checks) {
    const name = `${artefact}: ${tool}`;
    test(name, async () => {
        assert.ok(BROKEN[name], 'what does this check refuse?');
        const [pin, place, from, to, fault] = BROKEN[name];
        const right = await designed(pin);
        const others = artefact.startsWith('plans') ? [await designed('', BEFORE)] : [];
        const { files, faults } = await check([...others, right]);
        assert.deepEqual(faults, [], 'the design as it is');
        assert.ok(files > 0);
        const tree = path.join(folder, name.replaceAll(/\W+/g, '-'));
        cpSync(right.tree, tree, { recursive: true });
        const file = path.join(tree, first(tree, place));
        const text = readFileSync(file, 'utf8');
        const broken = text.replace(from, to);
        assert.notEqual(broken, text, `${place} has no ${from}`);
        writeFileSync(file, broken);
        assert.match((await check([...others, opened('wrong', tree, true)])).faults.join('\n'), fault);
    });
}
