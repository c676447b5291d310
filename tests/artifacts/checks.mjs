// Every check of the files of designs: the artefact, the tool that reads it, and a function from all designs to the
// number of files that were read and what the tool says against them. The tests run all of them over a part of the
// designs, `cargo xtask prove` over all.

import { readFileSync } from 'node:fs';
import path from 'node:path';
import { root } from '../support/briefs.mjs';
import { mermaid } from './mermaid.mjs';
import { redocly } from './openapi.mjs';
import { operations } from './operations.mjs';
import { schemas } from './postgres.mjs';

export const checks = [
    { artefact: 'OpenAPI', tool: '@redocly/cli', rules: 'recommended-strict', run: redocly },
    { artefact: 'SQL schema', tool: '@electric-sql/pglite', rules: 'executes, tables as designed', run: schemas },
    { artefact: 'diagrams', tool: 'mermaid', rules: 'parses', run: mermaid },
    ...operations,
];

/** The version of the tool of a check: what the check says, else that of the npm package as it is installed. */
export function version({ tool, version }) {
    return version ?? JSON.parse(readFileSync(path.join(root, 'node_modules', tool, 'package.json'), 'utf8')).version;
}
