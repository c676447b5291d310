// Load tests: k6 reads each with its options and thresholds, and TypeScript checks that they call what k6 has.

import { execFile } from 'node:child_process';
import path from 'node:path';
import ts from 'typescript';
import { each, root } from '../support/briefs.mjs';
import { compile } from './typescript.mjs';

const OPTIONS = { allowJs: true, checkJs: true, strict: true, moduleResolution: ts.ModuleResolutionKind.Bundler, types: ['k6'], typeRoots: [path.join(root, 'node_modules/@types')] };

/** What TypeScript says against scripts, by name. */
export function typeFaults(scripts) {
    const sources = new Map(scripts.map(([name, text], at) => [path.join(root, `load-${at}-${name.replaceAll(/[^\w]/g, '-')}.js`), text]));
    return compile(sources, OPTIONS);
}

/** What k6 says against the script in a file, or nothing. */
export function inspect(file) {
    const tools = process.env.PYTHON_TOOLS;
    const k6 = tools ? path.join(tools, 'k6') : 'k6';
    return new Promise((resolve) => {
        execFile(k6, ['inspect', '--execution-requirements', file], (error, _, stderr) => resolve(error ? (stderr || error.message).trim().slice(-400) : undefined));
    });
}

const FILE = 'deploy/load-test.js';

/** The load tests of designs, as k6 reads them. */
export async function k6(designs) {
    const scripts = designs.filter(({ has }) => has(FILE));
    const faults = await each(scripts, async ({ name, tree }) => {
        const fault = await inspect(path.join(tree, FILE));
        return fault ? [`${name}: ${fault}`] : [];
    });
    return { files: scripts.length, faults: faults.flat() };
}

/** The load tests of designs, as TypeScript reads them. */
export function k6Types(designs) {
    const scripts = designs.filter(({ has }) => has(FILE)).map(({ name, get }) => [name, get(FILE)]);
    return { files: scripts.length, faults: typeFaults(scripts) };
}
