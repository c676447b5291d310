// Markdown that is well formed, by the rules that markdownlint made known, as rumdl checks them.

import { execFile } from 'node:child_process';
import path from 'node:path';
import { root } from './briefs.mjs';

const rumdl = path.join(process.env.PYTHON_TOOLS ?? path.join(root, 'target/tools/bin'), 'rumdl');

/** Checks files by the rules of a configuration: the exit code, and on standard output a line for each fault. */
export function lint(files, config) {
    const args = ['check', '--no-cache', '--quiet', '--output-format', 'concise', '--config', config, ...files];
    return new Promise((resolve, reject) => {
        execFile(rumdl, args, { maxBuffer: 1 << 28 }, (error, stdout, stderr) => {
            if (error && typeof error.code !== 'number') {
                reject(new Error(`${rumdl} does not run: ${error.message}; \`cargo xtask test prose\` installs it`));
            } else {
                resolve({ code: error?.code ?? 0, stdout, stderr });
            }
        });
    });
}
