// The programs that `cargo xtask test` installs, and those that it finds.

import { execFile } from 'node:child_process';
import path from 'node:path';
import { root } from './briefs.mjs';

/** Where `cargo xtask test` puts the tools. */
export const BIN = process.env.PYTHON_TOOLS ?? path.join(root, 'target/tools/bin');

/** Runs a tool and gives what it wrote, whatever its exit code. */
export function tool(program, args, { cwd, input } = {}) {
    // A tool that calls another one, as actionlint does, finds it there.
    const env = { ...process.env, PATH: `${BIN}${path.delimiter}${process.env.PATH}`, IMAGE: 'app:1', SITE: 'example.com', BACKUP_DIR: '/backups' };
    return new Promise((resolve, reject) => {
        const child = execFile(program, args, { cwd, env, maxBuffer: 1 << 28 }, (error, stdout, stderr) => {
            if (error && typeof error.code !== 'number') {
                reject(new Error(`${program} does not run; \`cargo xtask test\` installs it`, { cause: error }));
            } else {
                resolve({ code: error?.code ?? 0, stdout, stderr });
            }
        });
        child.stdin.end(input ?? '');
    });
}

/** Checks Markdown by the rules of a configuration, as rumdl does: on standard output a line for each fault. */
export const lint = (files, config) =>
    tool(path.join(BIN, 'rumdl'), ['check', '--no-cache', '--quiet', '--output-format', 'concise', '--config', config, ...files]);
