// The tools refuse what is wrong: without this, a tool that reads nothing would pass every design.

import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { test } from 'node:test';
import { diagramChecker } from './mermaid.mjs';
import { lint } from './openapi.mjs';
import { actionlint, checkRules, compose, hadolint, manifests, markdown, shellcheck, testRules } from './operations.mjs';
import { Postgres } from './postgres.mjs';

const OPENAPI = `
openapi: 3.1.0
info: { title: Shop, version: 1.0.0, license: { name: MIT, url: https://example.com/licence } }
servers: [{ url: https://api.example.org }]
security: [{ token: [] }]
paths:
  /orders:
    get:
      operationId: listOrders
      summary: List orders
      responses:
        '200': { description: The orders. }
        '401': { description: Not signed in. }
components: { securitySchemes: { token: { type: http, scheme: bearer } } }
`;

test('Redocly', async () => {
    const folder = mkdtempSync(path.join(tmpdir(), 'tools-'));
    try {
        const [right, wrong, warned] = ['right', 'wrong', 'warned'].map((name) => path.join(folder, `${name}.yaml`));
        writeFileSync(right, OPENAPI);
        writeFileSync(wrong, OPENAPI.replace('description: Not', 'reason: Not'));
        writeFileSync(warned, OPENAPI.replace('summary: List orders', 'description: List orders'));
        const faults = await lint([right, wrong, warned]);
        assert.deepEqual(faults.filter((fault) => fault.startsWith(right)), []);
        assert.ok(faults.some((fault) => fault.startsWith(wrong) && fault.includes('struct')), faults.join('\n'));
        assert.ok(faults.some((fault) => fault.startsWith(warned) && fault.includes('summary')), faults.join('\n'));
    } finally {
        rmSync(folder, { recursive: true });
    }
});

test('PostgreSQL', async () => {
    const postgres = await Postgres.start();
    assert.deepEqual(await postgres.tablesOf('CREATE TABLE a (id int PRIMARY KEY);'), { tables: ['a'] });
    assert.deepEqual(await postgres.tablesOf('CREATE TABLE b (id int);'), { tables: ['b'] }, 'the database is empty again');
    const dangling = await postgres.tablesOf('CREATE TABLE c (a_id int REFERENCES a (id));');
    assert.match(dangling.error, /42P01.*relation "a" does not exist/);
    const misspelt = await postgres.tablesOf('CREATE TABEL d (id int);');
    assert.match(misspelt.error, /42601.*TABEL/);
    assert.deepEqual(await postgres.tablesOf('CREATE TABLE e (id int); COMMIT;'), { tables: ['e'] });
    assert.deepEqual(await postgres.tablesOf('CREATE TABLE f (id int);'), { tables: ['f'] }, 'also after a commit');
    await postgres.stop();
});

test('Mermaid', async () => {
    const check = await diagramChecker();
    const right = {
        flowchart: 'flowchart LR\n  a["A <b>"] --> b[B]',
        entities: 'erDiagram\n  ORDER ||--o{ ITEM : contains',
        states: 'stateDiagram-v2\n  [*] --> open\n  open --> closed : close',
        sequence: 'sequenceDiagram\n  A->>+B: ask\n  B-->>-A: answer',
        gantt: 'gantt\n  dateFormat YYYY-MM-DD\n  section One\n  Task :t1, 2026-01-01, 3d',
    };
    for (const [kind, text] of Object.entries(right)) {
        assert.equal(await check(text), undefined, kind);
    }
    const wrong = ['flowchart LR\n  a[ --> b', 'erDiagram\n  ORDER ||--o ITEM', 'no diagram at all', ''];
    for (const text of wrong) {
        assert.equal(typeof (await check(text)), 'string', text);
    }
});

test('the tools for what runs a system', async () => {
    const folder = mkdtempSync(path.join(tmpdir(), 'tools-'));
    try {
        const wrong = [
            [hadolint, 'Dockerfile', 'FROM debian\nRUN cd /tmp\n', /DL3006/],
            [shellcheck, 'a.sh', '#!/bin/sh\nrm $1\n', /SC2086/],
            [actionlint, 'ci.yml', 'on: push\njobs:\n  a:\n    needs: b\n    runs-on: ubuntu-24.04\n    steps: [{ run: true }]\n', /needs/],
            [compose, 'compose.yaml', 'services: { a: { image: a, depends_on: [b] } }\n', /undefined service/],
            [manifests, 'kubernetes.yaml', 'apiVersion: v1\nkind: Service\nmetadata: { name: a }\nspec: { selector: { app: a }, ports: [{ port: 80 }] }\n', /selects nothing/],
            [manifests, 'kubernetes.yaml', 'apiVersion: v1\nkind: ConfigMap\nmetadata: { name: a }\nspec: {}\n', /ConfigMap/],
            [manifests, 'task-definition.json', '{"cpu": "256", "memory": "8192", "containerDefinitions": []}', /256/],
            [checkRules, 'alerts.yml', 'groups: [{ name: a, rules: [{ alert: A, expr: "rate(x) > 1" }] }]\n', /rate/],
            [markdown, 'a.md', '# A\n### B\n', /MD022|MD001/],
        ];
        for (const [check, name, text, fault] of wrong) {
            const file = path.join(folder, name);
            writeFileSync(file, text);
            assert.match((await check([file])).join('\n'), fault, name);
        }
        const [rules, cases] = ['alerts.yml', 'alerts.test.yml'].map((name) => path.join(folder, name));
        writeFileSync(rules, 'groups: [{ name: a, rules: [{ alert: A, expr: x > 1 }] }]\n');
        const expecting = (alerts) =>
            `rule_files: [alerts.yml]\ntests: [{ interval: 1m, input_series: [{ series: x, values: 2x9 }], alert_rule_test: [{ eval_time: 5m, alertname: A, exp_alerts: ${alerts} }] }]\n`;
        writeFileSync(cases, expecting('[{ exp_labels: {} }]'));
        assert.deepEqual(await testRules([cases]), []);
        writeFileSync(cases, expecting('[]'));
        assert.match((await testRules([cases])).join('\n'), /FAILED/);
    } finally {
        rmSync(folder, { recursive: true });
    }
});
