// The tools refuse what is wrong: without this, a tool that reads nothing would pass every block.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { blocksOf, verdict } from './blocks.mjs';
import * as data from './data.mjs';
import { message } from './http.mjs';
import * as programs from './programs.mjs';
import { Database } from './sql.mjs';
import * as texts from './texts.mjs';

const block = (text, ...words) => ({ file: 'guide.md', place: 'guide.md:1', text, words });

/** Each right text has no fault, and each wrong one has a fault that says so. */
async function tell(faultOf, { right = [], wrong = [] }) {
    for (const text of right) {
        assert.equal(await faultOf(block(text)), undefined, text);
    }
    for (const [text, reason] of wrong) {
        assert.match((await faultOf(block(text))) ?? 'no fault', reason, text);
    }
}

test('blocks are found with their kind, their place and the remark before them', () => {
    const guide = '# G\n\n<!-- bad: `42601`, why -->\n```sql bad notx\nSELECT;\n```\n\n- item\n\n  ~~~~ts a.ts\n  ```\n  ~~~~\n\nText.\n\n    indented\n';
    const blocks = blocksOf('g.md', guide);
    const seen = blocks.map(({ place, language, words, text, remark }) => [place, language, words.join(' '), text, remark]);
    assert.deepEqual(seen, [
        ['g.md:4', 'sql', 'bad notx', 'SELECT;\n', '`42601`, why'],
        ['g.md:10', 'ts', 'a.ts', '```\n', undefined],
        ['g.md:16', '', '', 'indented\n', undefined],
    ]);
});

test('a bad block fails for the reason that its remark quotes', () => {
    const bad = (remark) => ({ words: ['bad'], remark });
    assert.equal(verdict(block('x'), undefined), undefined);
    assert.equal(verdict(block('x'), 'fault'), 'fault');
    assert.equal(verdict(bad('`42601`, why'), 'SQLSTATE 42601: x'), undefined);
    assert.match(verdict(bad('`42601`, why'), 'SQLSTATE 42P01: x'), /another reason than 42601/);
    assert.match(verdict(bad('`42601`, why'), undefined), /finds nothing wrong/);
    assert.match(verdict(bad('no quotation'), 'fault'), /quotes in backquotes/);
    assert.match(verdict(bad(undefined), 'fault'), /needs a remark/);
    assert.match(verdict({ words: [], remark: '`42601`' }, 'fault'), /first line does not/);
});

test('PostgreSQL', async () => {
    const database = await Database.start();
    const run = (text, ...words) => database.faultOf(block(text, ...words));
    assert.equal(await run('CREATE TABLE a (id uuid DEFAULT uuidv7()); CREATE ROLE guide_role;'), undefined);
    assert.equal(await run('CREATE TABLE a (id int); CREATE ROLE guide_role;'), undefined, 'each block starts empty');
    assert.match(await run('CREATE TABLE b (id int, INDEX b_id (id));'), /SQLSTATE 42704/);
    assert.match(await run("DO $$ BEGIN ASSERT 1 = 2, 'one; two'; END $$;"), /SQLSTATE P0004: one; two/);
    assert.equal(await run("CREATE TABLE c (t text DEFAULT 'a;b'); -- c;\nCREATE INDEX CONCURRENTLY ON c (t);", 'notx'), undefined);
    assert.match(await run('CREATE TABLE c (id int); CREATE INDEX CONCURRENTLY ON c (id);'), /SQLSTATE 25001/);
    assert.match(await run('SELECT * FROM c;'), /SQLSTATE 42P01/, 'a block without a transaction leaves nothing either');

    const settings = (text) => database.faultOfSettings(block(text));
    assert.equal(await settings("# c\nwal_level = replica\narchive_timeout = 60s\nmax_slot_wal_keep_size = 64GB\narchive_command = 'cp %p %f'\n"), undefined);
    assert.match(await settings('wal_levle = replica'), /no such setting/);
    assert.match(await settings('wal_level = replicate'), /one of/);
    assert.match(await settings('max_wal_senders = many'), /is a number/);
    assert.match(await settings('max_wal_senders = -3'), /between 0/);
    assert.match(await settings('archive_timeout = 60MB'), /unit of its kind/);
    assert.match(await settings('fsync = maybe'), /on or off/);
    await database.stop();
});

test('TypeScript', async () => {
    const right = block('export const one: number = 1;\n', 'one.ts');
    const used = block("import assert from 'node:assert';\nimport { one } from './one.js';\nassert.equal(one, 1);\n", 'one.test.ts');
    const failing = block("import assert from 'node:assert';\nimport { one } from './one.js';\nassert.equal(one, 2);\n", 'two.test.ts');
    const mistyped = block('export const two: number = "2";\n');
    const thrown = block('throw new Error("thrown");\n', 'run');
    const { faults, ran } = await programs.typescript([right, used, failing, mistyped, thrown]);
    assert.equal(ran, 3);
    assert.deepEqual([right, used].map((block) => faults.get(block)), [undefined, undefined]);
    assert.match(faults.get(failing), /2/);
    assert.match(faults.get(mistyped), /line 1: Type 'string'/);
    assert.match(faults.get(thrown), /thrown/);
});

test('k6', async () => {
    const script = "import http from 'k6/http';\nexport const options = { thresholds: { http_reqs: ['count>0'] } };\nexport default function () { http.get('http://127.0.0.1'); }\n";
    const [right, misspelt, threshold] = [script, script.replace('http.get', 'http.gett'), script.replace('count>0', 'count~0')].map((text) => block(text));
    const faults = await programs.k6([right, misspelt, threshold]);
    assert.equal(faults.get(right), undefined);
    assert.match(faults.get(misspelt), /gett/);
    assert.match(faults.get(threshold), /threshold/);
});

test('Rust and Python', async () => {
    const rust = (body) => `#[test]\nfn t() { ${body} }\n`;
    await tell(programs.rust, {
        right: [rust('assert_eq!(1, 1);')],
        wrong: [[rust('assert_eq!(1, 2);'), /left: 1/], [rust('let x: u8 = "1";'), /E0308/], ['fn main() {}', /no test/]],
    });
    const python = (body) => `if __name__ == "__main__":\n    ${body}\n`;
    await tell(programs.python, {
        right: [python('assert 1 == 1')],
        wrong: [[python('assert 1 == 2'), /AssertionError/], [python('assert ('), /SyntaxError/], ['assert True', /does not test itself/]],
    });
});

test('scripts of Redis', async () => {
    const script = `local used = redis.call('INCR', KEYS[1])
        if used == 1 then redis.call('PEXPIRE', KEYS[1], ARGV[2]) end
        local limit = tonumber(ARGV[1])
        return { used <= limit and 1 or 0, math.max(limit - used, 0), redis.call('PTTL', KEYS[1]) }`;
    await tell(programs.limiter, {
        right: [script],
        wrong: [
            [script.replace('if used == 1 then', 'if true then'), /at 400 ms gives 1, 1, 1000/],
            [script.replace('<=', '<'), /at 800 ms gives 0/],
            [script.replace('end\n', '\n'), /expected/],
            [script.replace("'PTTL'", "'PTL'"), /no command PTL/],
        ],
    });
});

test('JSON, JSON Schema, GraphQL and protocol buffers', async () => {
    await tell(data.jsonSchema, {
        right: ['{"type": "object", "required": ["a"], "properties": {"a": {"type": "integer"}}, "examples": [{"a": 1}]}'],
        wrong: [
            ['{"type": "object", "required": ["b"], "properties": {"a": {}}, "examples": [{"b": 1}]}', /strict mode/],
            ['{"type": "integer", "examples": ["1"]}', /example 1/],
            ['{"type": "integer"}', /no examples/],
            ['{"typ": "integer", "examples": [1]}', /unknown keyword/],
            ['{', /JSON/],
        ],
    });
    const problem = { type: 'https://example.com/p', title: 'No', status: 409 };
    const fault = (kind, value) => data.document(kind, JSON.stringify(value));
    assert.equal(fault('problem', problem), undefined);
    assert.match(fault('problem', { ...problem, status: '409' }), /integer/);
    assert.match(fault('cloudevent', { specversion: '1.0', id: '1', source: '/a' }), /type/);
    await tell(data.graphql, {
        right: ['type Query { a: Int }'],
        wrong: [['type Query { at: DateTime }', /DateTime/], ['type A { a: Int }', /Query root/]],
    });
    const proto = 'syntax = "proto3";\npackage tools.v1;\nmessage Tool {\n  string id = 1;\n}\n';
    await tell(data.proto, {
        right: [proto],
        wrong: [[proto.replace('string id', 'Timestamp id'), /Timestamp/], [proto.replace('string id', 'string Id'), /lower_snake_case/], [proto.replace('package tools.v1;', ''), /no package/]],
    });
});

test('OpenAPI and AsyncAPI', async () => {
    const openapi = block('openapi: 3.1.2\ninfo: { title: T, version: "1" }\npaths: {}\n');
    assert.match((await data.openapi([openapi])).get(openapi), /servers/);
    const asyncapi = 'asyncapi: 3.0.0\ninfo: { title: T, version: "1" }\nchannels: { a: { address: a, messages: { m: { payload: { type: object } } } } }\n';
    await tell(data.asyncapi, { right: [asyncapi], wrong: [[asyncapi.replace('type: object', 'type: objekt'), /type|enum|oneOf|allowed/i], [asyncapi.replace('info', 'inof'), /info/]] });
});

test('Kubernetes, workflows and rules of Prometheus', async () => {
    const manifest = 'apiVersion: v1\nkind: ConfigMap\nmetadata: { name: a }\ndata: { a: "1" }\n';
    await tell(data.kubernetes, {
        right: [manifest],
        wrong: [
            [manifest.replace('data', 'dat'), /dat/],
            [manifest.replace('v1', 'v1beta1'), /stable/],
            [`${manifest}kind: Secret\n`, /unique/],
            ['apiVersion: apps/v1\nkind: Deployment\nmetadata: { name: a }\nspec: { selector: { matchLabels: { a: b } }, template: { metadata: { labels: { a: c } } } }\n', /selector/],
        ],
    });
    const workflow = 'on: push\njobs:\n  a:\n    runs-on: ubuntu-24.04\n    steps:\n      - run: make\n';
    await tell(data.workflow, { right: [workflow], wrong: [[workflow.replace('runs-on', 'run-on'), /runs-on/], [workflow.replace('make', '${{ matrix.x }}'), /matrix/]] });
    const rules = 'groups:\n  - name: g\n    rules:\n      - record: job:a:rate5m\n        expr: rate(a_total[5m])\n      - alert: A\n        expr: job:a:rate5m > 1\n';
    await tell(data.prometheus, {
        right: [rules],
        wrong: [
            [rules.replace('[5m]', ''), /expected type/],
            [rules.replace('alert: A', 'alert: A\n        form: 5m'), /additional properties/],
            [rules.replace('expr: job:a:rate5m', 'expr: job:a:rate1h'), /no rule records job:a:rate1h/],
        ],
    });
});

test('HTTP', async () => {
    const problem = (status) => `Content-Type: application/problem+json\n\n{"type": "about:blank", "title": "No", "status": ${status}}\n`;
    await tell(message, {
        right: [
            'GET /a HTTP/1.1\nHost: example.com\n',
            'POST /a HTTP/1.1\nHost: example.com\nIdempotency-Key: "k"\nContent-Type: application/json\n\n{"a": 1}\n',
            'HTTP/1.1 200 OK\nContent-Type: text/event-stream\n\nid: 1\ndata: {}\n\n: beat\n',
            `HTTP/1.1 401 Unauthorized\nWWW-Authenticate: Bearer\n${problem(401)}`,
        ],
        wrong: [
            ['GET /a b HTTP/1.1\nHost: example.com\n', /HTTP/],
            ['DELETE /a HTTP/1.1\nHost: example.com\nContent-Type: application/json\n\n{}\n', /no defined meaning/],
            [`HTTP/1.1 401 Unauthorized\n${problem(401)}`, /must carry www-authenticate/],
            [`HTTP/1.1 409 Conflict\n${problem(422)}`, /status line 409/],
            ['HTTP/1.1 409 Conflict\nContent-Type: application/json\n\n{}\n', /problem\+json/],
            ['POST /a HTTP/1.1\nHost: example.com\nIdempotency-Key: k\n', /idempotency-key/],
            ['HTTP/1.1 200 OK\nDeprecation: Wed, 01 Dec 2027 00:00:00 GMT\n', /deprecation/],
            ['HTTP/1.1 200 OK\nSunset: 2027-12-01\n', /sunset/],
            ['HTTP/1.1 200 OK\nContent-Type: application/json\n\n{"a": }\n', /JSON|token/],
            ['HTTP/1.1 200 OK\nContent-Type: text/event-stream\n\nevnt: a\n', /event stream/],
            ['HTTP/1.1 200 OK\n\nx\n', /needs its type/],
        ],
    });
});

test('texts', async () => {
    const right = 'FR-1  When staff scan a tool, the service shall mark it collected.\n      Priority: must\n\n      Given a\n      When b\n      Then c\n\n      Given d\n      When e\n      Then f\n';
    await tell(texts.requirement, {
        right: [right],
        wrong: [
            [right.replace('mark', 'quickly mark'), /vague word quickly/],
            [right.replace('shall', 'will'), /no pattern of EARS/],
            [right.replace('      Given d\n      When e\n      Then f\n', ''), /counter-example/],
            [right.replace('      When e\n', ''), /without Given/],
            ['The system is good.', /no id/],
        ],
    });
    await tell(texts.brief, { right: ['A member has a name and an email. Members borrow tools.'], wrong: [['Hello there.', /no entity/]] });
    await tell(texts.decisionRecord, { wrong: [['# 1 A\n\n## Decision outcome\n', /its sections are/], ['## Decision outcome\n', /no title/]] });
});
