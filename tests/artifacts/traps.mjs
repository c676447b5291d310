// Mistakes that designs are known for, each looked for in the files of every design.

import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { parse } from 'yaml';

/** All SQL of a design that makes or changes tables. */
const ddl = ({ tree, has, get }) => (has('db/schema.sql') ? [get('db/schema.sql'), ...readdirSync(path.join(tree, 'db/migrations')).map((file) => readFileSync(path.join(tree, 'db/migrations', file), 'utf8'))] : []);

/** Statements without comments and without the bodies of functions. */
const bare = (sql) => sql.replaceAll(/^--.*$/gm, '').replaceAll(/(\$\w+\$)[^]*?\1/g, "''").replaceAll(/'(?:[^']|'')*'/g, "''");

const operations = ({ paths }) => Object.values(paths).flatMap((item) => Object.entries(item).filter(([, operation]) => operation.operationId));

/** All keys of a value, with theirs. */
function* keys(value) {
    if (value !== null && typeof value === 'object') {
        for (const [key, inner] of Object.entries(value)) {
            if (!Array.isArray(value)) yield [key, inner];
            yield* keys(inner);
        }
    }
}

const text = (design) => design.get('design.md');
const chosen = ({ model }, slot) => model.decisions.find((decision) => decision.slot === slot)?.chosen;

/** Whether a trap caught the contract of a design, by what is wrong. */
const IN_CONTRACTS = {
    'a list whose order has ties': (document) => operations(document).some(([, { parameters = [] }]) => parameters.some(({ name, schema }) => name === 'offset' || name === 'page' && schema)),
    '`nullable`, which OpenAPI 3.1 does not have': (document) => [...keys(document.components.schemas)].some(([key, value]) => key === 'nullable' && typeof value === 'boolean'),
    'a 401 without WWW-Authenticate': ({ components }) => components.responses?.Problem401 && !components.responses.Problem401.headers?.['WWW-Authenticate'],
    'a DELETE with a body': (document) => operations(document).some(([method, { requestBody }]) => method === 'delete' && requestBody),
    'an Idempotency-Key that is no quoted string': ({ components }) => {
        const key = Object.values(components.parameters ?? {}).find(({ name }) => name === 'Idempotency-Key');
        return key && !/^".*"$/.test(key.example ?? Object.values(key.examples ?? {})[0]?.value ?? '');
    },
    'an integer of JSON above 2^53': ({ components }) => [...keys(components.examples)].some(([, value]) => typeof value === 'number' && Number.isInteger(value) && !Number.isSafeInteger(value)),
};

/** What is wrong with the contract of each design: reading one takes longer than all traps, so each is read once. */
const contracts = new WeakMap();

function wrongIn(design) {
    if (!contracts.has(design)) {
        const document = design.has('api/openapi.yaml') ? parse(design.get('api/openapi.yaml')) : undefined;
        contracts.set(design, Object.keys(IN_CONTRACTS).filter((trap) => document && IN_CONTRACTS[trap](document)));
    }
    return contracts.get(design);
}

/** Whether a trap caught a design, by what is wrong. */
export const TRAPS = {
    'an index within CREATE TABLE': (design) => ddl(design).some((sql) => /CREATE TABLE[^;]*^\s+INDEX\b/m.test(bare(sql))),
    'a constraint that is unique for some rows only': (design) => ddl(design).some((sql) => /CONSTRAINT \S+ UNIQUE[^,;]*WHERE/.test(bare(sql))),
    'a trigger whose function is made later, or never': (design) =>
        ddl(design).slice(0, 1).some((sql) => [...sql.matchAll(/EXECUTE FUNCTION ([^(]+)\(/g)].some(({ 1: name, index }) => !sql.slice(0, index).includes(`CREATE FUNCTION ${name}(`))),
    'a table that is referred to before it is made': (design) =>
        ddl(design).slice(0, 1).some((sql) => [...bare(sql).matchAll(/REFERENCES (\S+)/g)].some(({ 1: name, index }) => !sql.includes(`CREATE TABLE ${name} (`) || bare(sql).indexOf(`CREATE TABLE ${name} (`) > index)),
    'a column that is added with a default that rewrites the table': (design) => ddl(design).some((sql) => /ADD COLUMN[^;]*DEFAULT (gen_random_uuid|uuid_v7|uuidv7|clock_timestamp|random)/.test(bare(sql))),
    'a partitioned table whose key lacks the column of its partitions': ({ model }) => model.database.tables.some(({ partition_by: by, primary_key: key }) => by && !key.includes(by)),
    'a generated column that is computed when it is read': (design) => ddl(design).some((sql) => /GENERATED ALWAYS AS \((?:[^()]|\((?:[^()]|\([^()]*\))*\))*\)(?!\s*STORED)/.test(bare(sql))),
    'READ UNCOMMITTED, which PostgreSQL does not have': (design) => /READ UNCOMMITTED/i.test(text(design)),
    // The tenant of a reference narrows nothing that the record's own key has not: an index that begins with the key serves it.
    'a reference without an index': ({ model }) =>
        model.database.tables.some(({ foreign_keys, indexes, primary_key }) => foreign_keys.some(({ columns }) => {
            const own = columns.filter((column) => column !== 'tenant_id');
            const serves = (leading) => columns.includes(leading[0]) && own.every((column) => leading.slice(0, columns.length).includes(column));
            return ![primary_key, ...indexes.map((index) => index.columns)].some(serves);
        })),
    'an index that the primary key makes redundant': ({ model }) =>
        model.database.tables.some(({ indexes, primary_key }) => indexes.some(({ columns, unique, only, method }) => !unique && !only && method === 'btree' && columns.every((column, at) => primary_key[at] === column))),
    'an RFC that another one replaced': (design) => ['design.md', 'api/openapi.yaml'].filter(design.has).some((file) => /RFC ?(7807|5988|7231|7230|6749bis)\b/.test(design.get(file))),
    'a token that is signed with a shared secret': (design) => /HS256/.test(text(design)),
    'a password hash of yesterday': (design) => /\b(MD5|SHA-?1|bcrypt)\b/.test(text(design)),
    'a probe of liveness that asks what it depends on': ({ has, get }) => has('deploy/kubernetes.yaml') && /livenessProbe:[^]*?path: \/(ready|health\/dependencies)/.test(get('deploy/kubernetes.yaml').replaceAll(/readinessProbe:[^]*?(?=livenessProbe|$)/g, '')),
    'events that speak of an outbox, or need one, without it': (design) => design.has('api/asyncapi.yaml') && (/an outbox/.test(design.get('api/asyncapi.yaml')) || chosen(design, 'messaging') === 'kafka') && !design.model.database.tables.some(({ name }) => name === 'outbox'),
    'Kafka, Kubernetes and services of their own together for a few requests': (design) =>
        chosen(design, 'messaging') === 'kafka' && chosen(design, 'deployment') === 'kubernetes' && chosen(design, 'architecture') === 'microservices' && (design.model.capacity.find(({ id }) => id === 'requests.peak')?.value ?? 0) < 10,
    'CREATE INDEX CONCURRENTLY within a transaction': (design) => ddl(design).some((sql) => /CONCURRENTLY/.test(bare(sql))),
    ...Object.fromEntries(Object.keys(IN_CONTRACTS).map((trap) => [trap, (design) => wrongIn(design).includes(trap)])),
};
