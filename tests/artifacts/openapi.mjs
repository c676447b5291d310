// Redocly's linter, with its strictest published rules.

import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import path from 'node:path';

const RULES = 'extends: [recommended-strict]\n';

/** How many files one process reads: their names must fit on a command line. */
const AT_ONCE = 100;

const cli = path.join(path.dirname(createRequire(import.meta.url).resolve('@redocly/cli/package.json')), 'bin/cli.js');

/** The OpenAPI files of designs, with the faults that the linter finds in them. */
export async function redocly(designs) {
    const files = designs.filter(({ has }) => has('api/openapi.yaml')).map(({ tree }) => path.join(tree, 'api/openapi.yaml'));
    return { files: files.length, faults: await lint(files) };
}

/** The faults of all files, one line each. */
export async function lint(files) {
    const folder = mkdtempSync(path.join(tmpdir(), 'redocly-'));
    try {
        const config = path.join(folder, 'redocly.yaml');
        writeFileSync(config, RULES);
        const faults = [];
        for (let start = 0; start < files.length; start += AT_ONCE) {
            faults.push(...(await lintSome(config, files.slice(start, start + AT_ONCE))));
        }
        return faults;
    } finally {
        rmSync(folder, { recursive: true });
    }
}

async function lintSome(config, files) {
    const { code, stdout, stderr } = await command('lint', '--config', config, '--format', 'json', '--max-problems', '20', ...files);
    // One report a file, written one after the other.
    const reports = stdout.split(/(?<=^\})(?=\{$)/m).filter((report) => report.trim() !== '').map((report) => JSON.parse(report));
    if (reports.length !== files.length) {
        throw new Error(`Redocly reported on ${reports.length} of ${files.length} files (exit code ${code}): ${stderr.slice(-2000)}`);
    }
    const faults = reports.flatMap(({ problems }, index) =>
        problems.map(({ ruleId, message, location }) => `${files[index]}${location[0]?.pointer ?? ''}: ${ruleId}: ${message}`),
    );
    const counted = reports.reduce((sum, { totals }) => sum + totals.errors + totals.warnings, 0);
    if (faults.length === 0 && (counted > 0 || code !== 0)) {
        throw new Error(`Redocly counts ${counted} problems and ends with ${code}: ${stderr.slice(-2000)}`);
    }
    return faults;
}

function command(...args) {
    return new Promise((resolve, reject) => {
        const env = { ...process.env, REDOCLY_TELEMETRY: 'off', REDOCLY_SUPPRESS_UPDATE_NOTICE: 'true' };
        const child = spawn(process.execPath, [cli, ...args], { env });
        const output = { stdout: '', stderr: '' };
        for (const stream of ['stdout', 'stderr']) {
            child[stream].setEncoding('utf8').on('data', (data) => (output[stream] += data));
        }
        child.on('error', reject);
        child.on('close', (code) => resolve({ code, ...output }));
    });
}
