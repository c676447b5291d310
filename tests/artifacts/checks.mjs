// Every check of the files of designs: the artefact, the tool that reads it, and a function from all designs to the
// number of files that were read and what the tool says against them. The tests run all of them over a sample of
// the designs, `cargo xtask prove` over all.

import { readFileSync } from 'node:fs';
import path from 'node:path';
import { root } from '../support/briefs.mjs';
import { asyncapi } from './asyncapi.mjs';
import { evolutions } from './evolution.mjs';
import { examples } from './examples.mjs';
import { acceptance } from './gherkin.mjs';
import { graphql } from './graphql.mjs';
import { k6, k6Types } from './k6.mjs';
import { mermaid, models } from './mermaid.mjs';
import { migrations } from './migrations.mjs';
import { redocly } from './openapi.mjs';
import { operations } from './operations.mjs';
import { cedar, openfga } from './policies.mjs';
import { schemas } from './postgres.mjs';
import { mock } from './prism.mjs';
import { proto } from './proto.mjs';
import { mariadbVersion } from './mariadb.mjs';
import { serverVersion } from './server.mjs';
import { owasp, spectral } from './spectral.mjs';
import { linted, parsed } from './sql.mjs';
import * as stores from './stores.mjs';
import { types } from './typescript.mjs';

/**
 * The checks. The tests give `steep` ones no design of twenty pages of requirements: their time grows with the square of it,
 * and that one takes as long as all others. They give at most `most` designs to a tool that takes long for each. Proving
 * gives all to all.
 */
export const checks = [
    { artefact: 'OpenAPI', tool: '@redocly/cli', rules: 'recommended-strict', run: redocly },
    { artefact: 'OpenAPI', tool: '@stoplight/spectral-core', rules: 'spectral:oas, errors and warnings', steep: true, run: spectral },
    { artefact: 'OpenAPI', tool: '@stoplight/spectral-owasp-ruleset', rules: 'errors', steep: true, run: owasp },
    { artefact: 'OpenAPI examples', tool: 'ajv', rules: 'strict', run: examples },
    { artefact: 'OpenAPI client', tool: 'openapi-typescript', rules: 'tsc --strict', run: types },
    { artefact: 'OpenAPI mock', tool: '@stoplight/prism-http', rules: 'every operation answers its example', run: mock },
    { artefact: 'AsyncAPI', tool: '@asyncapi/parser', rules: 'errors and warnings, examples', run: asyncapi },
    { artefact: 'GraphQL', tool: 'graphql', rules: 'buildSchema, validateSchema', run: graphql },
    { artefact: 'proto3', tool: '@bufbuild/buf', rules: 'lint STANDARD', run: proto },
    { artefact: 'policies', tool: '@cedar-policy/cedar-wasm', rules: 'strict validation; every cell of the matrix is decided as it says', run: cedar },
    { artefact: 'relationships', tool: '@openfga/syntax-transformer', rules: 'the validator; every cell of the matrix is decided as it says', run: openfga },
    { artefact: 'load test', tool: 'k6', rules: 'inspect --execution-requirements', run: k6 },
    { artefact: 'load test', tool: '@types/k6', rules: 'tsc --strict', run: k6Types },
    { artefact: 'SQL schema', tool: '@electric-sql/pglite', rules: 'executes, tables as designed', run: schemas },
    { artefact: 'SQL', tool: 'libpg-query', rules: 'the grammar of PostgreSQL, bodies of functions as well', run: parsed },
    { artefact: 'migrations', tool: 'squawk-cli', rules: 'all but those that steps down and small counts cannot keep', run: linted },
    { artefact: 'migrations', tool: 'postgres', get version() { return serverVersion(); }, rules: 'up, rows, trials, down, up again; the same as the schema', run: migrations },
    { artefact: 'plans between designs', tool: 'postgres', get version() { return serverVersion(); }, rules: 'there and back, and to the end: the new schema', run: evolutions },
    { artefact: 'tables for MySQL', tool: 'mariadb', get version() { return mariadbVersion(); }, rules: 'executes; tables, references and columns as designed', stores: true, run: stores.mysql },
    { artefact: 'tables for SQLite', tool: 'sqlite3 of Python', version: '', rules: 'executes, references and integrity hold', stores: true, run: stores.sqlite },
    { artefact: 'tables for other stores of SQL', tool: 'sqlglot', rules: 'parses, by dialect', stores: true, run: stores.dialects },
    { artefact: 'collections for MongoDB', tool: 'ajv', rules: 'the script runs; validators take what is right and nothing else', stores: true, run: stores.mongodb },
    { artefact: 'tables for DynamoDB', tool: 'dynalite', rules: 'are created, take a record, and each index finds it', stores: true, run: stores.dynamodb },
    { artefact: 'tables for Cassandra', tool: 'our own', version: '', rules: 'the form of CQL; keys of columns that are there', stores: true, run: stores.cassandra },
    { artefact: 'acceptance', tool: '@cucumber/gherkin', rules: 'parses, a scenario for each operation that somebody may call', run: acceptance },
    { artefact: 'diagrams', tool: 'mermaid', rules: 'parses', run: mermaid },
    { artefact: 'diagrams of tables and states', tool: 'mermaid', rules: 'reads the tables, references, states and ways of the design', run: models },
    ...operations,
];

/** The designs that a check reads: those of other stores are read by the checks for these alone. */
export const readBy = (check, designs) => designs.filter(({ store }) => check.stores || !store);

/**
 * The version of the tool of a check: what the check says, else that of the npm package as it is installed, else of the
 * Python package as it is asked for.
 */
export function version({ tool, version }) {
    if (version !== undefined) return version;
    try {
        return JSON.parse(readFileSync(path.join(root, 'node_modules', tool, 'package.json'), 'utf8')).version;
    } catch {
        const wanted = readFileSync(path.join(root, 'tests/requirements.txt'), 'utf8');
        return wanted.match(new RegExp(`^${tool}==(.+)$`, 'm'))?.[1] ?? 'unknown';
    }
}
