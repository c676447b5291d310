// The tools for files that run a system. Each function takes the names of files and gives the faults, one line each.

import { existsSync, readdirSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { root } from '../support/briefs.mjs';
import { BIN, lint, tool } from '../support/tools.mjs';

const promtool = process.env.PROMTOOL ?? path.join(root, 'target/prometheus/usr/bin/promtool');
const MANIFESTS = fileURLToPath(new URL('manifests.py', import.meta.url));

/** How many files one process reads: their names must fit on a command line. */
const AT_ONCE = 200;

const lines = (text) => text.split('\n').filter((line) => line.trim() !== '');

/** Applies a tool to many files at a time, and takes each line that it writes for a fault. */
async function each(files, run) {
    const faults = [];
    for (let start = 0; start < files.length; start += AT_ONCE) {
        const { code, stdout, stderr } = await run(files.slice(start, start + AT_ONCE));
        const found = lines(stdout);
        faults.push(...found);
        if (code !== 0 && found.length === 0) {
            faults.push(`exit code ${code}: ${stderr.slice(-1000)}`);
        }
    }
    return faults;
}

export const hadolint = (files) => each(files, (some) => tool(path.join(BIN, 'hadolint'), some));

export const shellcheck = (files) => each(files, (some) => tool(path.join(BIN, 'shellcheck'), ['--format=gcc', ...some]));

export const actionlint = (files) => each(files, (some) => tool(path.join(BIN, 'actionlint'), ['-oneline', ...some]));

export const manifests = (files) => each(files, (some) => tool(path.join(BIN, 'python'), [MANIFESTS], { input: some.join('\n') }));

/** Docker Compose reads one project at a time. */
export async function compose(files) {
    const faults = [];
    for (const file of files) {
        const { code, stderr } = await tool(path.join(BIN, 'docker-compose'), ['--file', file, 'config', '--quiet', '--no-env-resolution']);
        // Some builds of it name what is wrong and end with success; a variable that is not set and a file of secrets that is elsewhere are no faults.
        const wrong = lines(stderr).filter((line) => !/level=warning|env file .* not found/.test(line));
        if (code !== 0 || wrong.length > 0) {
            faults.push(`${file}: ${stderr.trim().slice(-300)}`);
        }
    }
    return faults;
}

/** promtool writes what it read to standard output and what is wrong to standard error. */
export const checkRules = (files) =>
    each(files, async (some) => {
        const { code, stdout, stderr } = await tool(promtool, ['check', 'rules', ...some]);
        return { code, stdout: code === 0 ? '' : lines(stdout + stderr).filter((line) => !/SUCCESS|^Checking/.test(line)).join('\n'), stderr };
    });

/** Each file by itself: with many in one process, promtool's own limits of time are met by the sum of them. */
export async function testRules(files) {
    const faults = [];
    for (const file of files) {
        const { code, stdout, stderr } = await tool(promtool, ['test', 'rules', file]);
        if (code !== 0) {
            faults.push(`${file}: ${`${stdout}${stderr}`.trim().slice(-1000)}`);
        }
    }
    return faults;
}

/** The lines that rumdl writes, each with the file and the place. */
export const markdown = (files) => each(files, (some) => lint(some, path.join(root, 'tests/artifacts/rumdl.toml')));

/** The files of designs in a folder of theirs whose names match, each once for each text that it holds. */
function filesOf(designs, folder, pattern) {
    return designs.flatMap(({ tree }) => {
        const place = path.join(tree, folder);
        return existsSync(place) ? readdirSync(place, { withFileTypes: true }).filter((entry) => entry.isFile() && pattern.test(entry.name)).map(({ name }) => path.join(place, name)) : [];
    });
}

const over = (folder, pattern, check) => async (designs) => {
    const files = filesOf(designs, folder, pattern);
    return { files: files.length, faults: await check(files) };
};

/**
 * How many designs the tests give to a tool that takes seconds for each; proving gives it all. The tests over days
 * (alerts.slow.test.yml) are left to the design's own pipeline: on a busy machine promtool ends some of them early.
 */
const MOST_ALERTS = 12;

const TARGETS = /^(kubernetes|service|worker|container-app|playbook)\.yaml$|^(task-definition|worker)\.json$|\.service$/;

/** What no tool knows: one target, a worker where there is background work, tasks that wait only for earlier ones, a page for each alert. */
function together(designs) {
    const faults = [];
    for (const { name, tree, has, get, model } of designs.filter(({ has }) => has('deploy'))) {
        const targets = readdirSync(path.join(tree, 'deploy')).filter((file) => /^(kubernetes|service|container-app|compose\.production|playbook)\.yaml$|^task-definition\.json$/.test(file));
        if (targets.length !== 1) {
            faults.push(`${name}: the targets ${targets.join(', ')}`);
        }
        const worker = model.deployment.components.some(({ id }) => id === 'worker');
        const run = readdirSync(path.join(tree, 'deploy')).filter((file) => /^(kubernetes|compose\.production|worker)\./.test(file));
        if (worker && !run.some((file) => /WORKER_SLOTS/.test(get(`deploy/${file}`)))) {
            faults.push(`${name}: nothing runs the background work`);
        }
        // Where nothing was understood there is nothing to do.
        const plan = has('diagrams/plan.mmd') ? get('diagrams/plan.mmd') : '';
        const tasks = [...plan.matchAll(/:(?:crit, )?(\w+), (?:after ([\w ]+)|0), \d+s$/gm)];
        const ids = tasks.map((task) => task[1]);
        if (ids.length !== model.roadmap.tasks.length) {
            faults.push(`${name}: ${ids.length} of ${model.roadmap.tasks.length} tasks in the plan`);
        }
        for (const [, id, before] of tasks) {
            faults.push(...(before?.split(' ') ?? []).filter((earlier) => !ids.slice(0, ids.indexOf(id)).includes(earlier)).map((earlier) => `${name}: ${id} after ${earlier}`));
        }
        const pages = [...get('deploy/runbook.md').matchAll(/^## (.+)$/gm)].map((match) => match[1]);
        faults.push(...model.deployment.alerts.filter(({ id }) => !pages.includes(id)).map(({ id }) => `${name}: no page for ${id}`));
    }
    return { files: designs.length, faults };
}

/** The checks, as `checks.mjs` lists them. */
export const operations = [
    { artefact: 'Dockerfile', tool: 'hadolint', version: '2.15.1', rules: 'all', run: over('deploy', /^Dockerfile$/, hadolint) },
    { artefact: 'scripts', tool: 'shellcheck', version: '0.11.0', rules: 'all', run: over('deploy', /\.sh$/, shellcheck) },
    { artefact: 'pipeline', tool: 'actionlint', version: '1.17.0', rules: 'all, with shellcheck', run: over('deploy', /^(ci|nightly)\.yml$/, actionlint) },
    { artefact: 'Compose', tool: 'docker-compose', version: '2.40.3', rules: 'config', run: over('deploy', /^compose\..*yaml$/, compose) },
    { artefact: 'target', tool: 'kubernetes-validate', version: '1.37.0', rules: 'schemas of 1.34, and what refers to what', run: over('deploy', TARGETS, manifests) },
    { artefact: 'alerts', tool: 'promtool', version: 'of the system', rules: 'check rules', run: over('deploy', /^alerts\.yml$/, checkRules) },
    { artefact: 'alerts raised', tool: 'promtool', version: 'of the system', rules: 'test rules', most: MOST_ALERTS, run: over('deploy', /^alerts\.test\.yml$/, testRules) },
    { artefact: 'documents', tool: 'rumdl', rules: 'all but style of lines', run: over('', /\.md$/, markdown) },
    { artefact: 'runbooks', tool: 'rumdl', rules: 'all but style of lines', run: over('deploy', /\.md$/, markdown) },
    { artefact: 'records', tool: 'rumdl', rules: 'all but style of lines', run: over('decisions', /\.md$/, markdown) },
    { artefact: 'plan, target, runbook', tool: 'our own', version: '', rules: 'they agree', run: together },
];
