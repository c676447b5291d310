// Buf compiles and lints Protocol Buffers. All modules are one workspace, so that one run reads them all.

import { execFile } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { root } from '../support/briefs.mjs';

const buf = path.join(root, 'node_modules/.bin/buf');

/** What Buf says against modules, given as folders by name. */
export async function lint(modules) {
    const faults = [];
    const folder = mkdtempSync(path.join(tmpdir(), 'buf-'));
    try {
        for (const [at, { name, tree }] of modules.entries()) {
            const module = path.join(folder, String(at));
            mkdirSync(module);
            cpSync(tree, module, { recursive: true });
            const { code, stdout, stderr } = await run(['lint', module, '--error-format=text']);
            if (code !== 0) {
                faults.push(...`${stdout}${stderr}`.trim().split('\n').map((line) => `${name}: ${line}`));
            }
        }
        return faults;
    } finally {
        rmSync(folder, { recursive: true });
    }
}

function run(args) {
    return new Promise((resolve) => {
        execFile(buf, args, { cwd: tmpdir() }, (error, stdout, stderr) => resolve({ code: error ? (error.code ?? 1) : 0, stdout, stderr }));
    });
}

/** The service definitions of designs. */
export async function proto(designs) {
    const modules = designs.filter(({ has }) => has('api/proto')).map(({ name, tree }) => ({ name, tree: path.join(tree, 'api/proto') }));
    return { files: modules.length, faults: await lint(modules) };
}

/** A module of one file, for trying the tool itself. */
export function writeModule(folder, text) {
    mkdirSync(path.join(folder, 'shop/v1'), { recursive: true });
    writeFileSync(path.join(folder, 'shop/v1/shop.proto'), text);
    writeFileSync(path.join(folder, 'buf.yaml'), 'version: v2\n');
}
