// The npm package as somebody else would use it: installed from its archive, in Node, in a bundler, and in a plain page.
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { createServer } from 'node:http';
import { after, before, test } from 'node:test';
import { cpSync, existsSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';
import { launch, newPage } from '../browser/support.mjs';

const repository = fileURLToPath(new URL('../..', import.meta.url));
const made = path.join(repository, 'target/package');
const text = '# Kilns\n\n- Members book a kiln. A kiln has a name and a capacity.\n';
const wanted = execFileSync(process.env.BACKEND_DESIGN, ['--format', 'json', '-'], { input: text, maxBuffer: 1 << 28 }).toString();

let folder;
let browser;
let server;
before(async () => {
  folder = mkdtempSync(path.join(os.tmpdir(), 'package-'));
  const archive = readdirSync(made).find((name) => name.endsWith('.tgz'));
  writeFileSync(path.join(folder, 'package.json'), '{"type": "module", "private": true}');
  execFileSync('npm', ['install', '--offline', '--no-audit', '--no-fund', '--ignore-scripts', path.join(made, archive)], {
    cwd: folder,
    stdio: 'pipe',
  });
  browser = await launch();
  server = createServer((request, response) => {
    const file = path.join(folder, decodeURIComponent(new URL(request.url, 'http://localhost').pathname));
    const types = { '.html': 'text/html', '.js': 'text/javascript', '.wasm': 'application/wasm' };
    if (!existsSync(file)) return response.writeHead(404).end();
    response.writeHead(200, {
      'content-type': types[path.extname(file)] ?? 'application/octet-stream',
      'content-security-policy': "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; connect-src 'self'",
    });
    response.end(readFileSync(file));
  });
  await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));
});
after(async () => {
  await browser?.close();
  server?.closeAllConnections();
  server?.close();
  rmSync(folder, { recursive: true, force: true });
});

const installed = (...parts) => path.join(folder, 'node_modules/backend-design', ...parts);

/** What each of the programs below shows: design.json of the text. */
const program = (from, load) => `
import ready, { design, files } from '${from}';
${load}
const result = design(${JSON.stringify(text)});
const json = files(result.design).files.find(({ path }) => path === 'design.json').contents;
globalThis.document ? (document.body.textContent = json) : process.stdout.write(json);
`;

/** The text of a page that runs a script. */
async function shown(script) {
  writeFileSync(path.join(folder, 'page.html'), `<!doctype html><meta charset="utf-8"><body><script type="module" src="/${script}"></script>`);
  const page = await newPage(browser);
  await page.goto(`http://127.0.0.1:${server.address().port}/page.html`);
  await page.waitForFunction(() => document.body.textContent.includes('schema_version'));
  const contents = await page.evaluate(() => document.body.textContent);
  assert.deepEqual(page.complaints.filter((complaint) => !complaint.includes('404')), []);
  await page.context().close();
  return contents;
}

test('in Node', () => {
  writeFileSync(path.join(folder, 'node.js'), program('backend-design', 'await ready();'));
  assert.equal(execFileSync('node', ['node.js'], { cwd: folder, maxBuffer: 1 << 28 }).toString(), wanted);
});

test('in a bundler', async () => {
  writeFileSync(path.join(folder, 'bundled-source.js'), program('backend-design', "import wasm from 'backend-design/engine.wasm';\nawait ready(wasm);"));
  await build({
    absWorkingDir: folder,
    entryPoints: ['bundled-source.js'],
    bundle: true,
    format: 'esm',
    loader: { '.wasm': 'file' },
    outfile: 'bundled.js',
    publicPath: '/',
    logLevel: 'warning',
  });
  assert.equal(await shown('bundled.js'), wanted);
});

test('in a plain page, under a strict policy', async () => {
  cpSync(installed(), path.join(folder, 'vendor'), { recursive: true });
  writeFileSync(path.join(folder, 'plain.js'), program('./vendor/index.js', 'await ready();'));
  assert.equal(await shown('plain.js'), wanted);
});

test('its types fit a program', () => {
  writeFileSync(
    path.join(folder, 'typed.mts'),
    `import ready, { design, type Design } from 'backend-design';
await ready();
const result = design('a', { pins: { database: 'mysql' } });
const title: string = result.ok ? (result.design satisfies Design).title : result.error.what;
// @ts-expect-error: a text is no number
design(5);
console.log(title);
`,
  );
  const tsc = path.join(repository, 'node_modules/typescript/bin/tsc');
  execFileSync('node', [tsc, '--noEmit', '--strict', '--module', 'nodenext', '--target', 'es2022', '--lib', 'es2022,dom', 'typed.mts'], {
    cwd: folder,
    stdio: 'inherit',
  });
});

test('the skill names files that are there', () => {
  const skill = readFileSync(installed('skill/SKILL.md'), 'utf8');
  assert.match(skill, /^---\nname: [a-z-]+\ndescription: .{40,1000}\n---\n/);
  const links = [...skill.matchAll(/\]\((references\/[^)]+)\)/g)].map(([, link]) => link);
  assert.ok(links.length >= 6);
  for (const link of links) assert.ok(existsSync(installed('skill', link)), link);
  for (const file of ['README.md', 'LICENSE-MIT', 'LICENSE-APACHE', 'index.d.ts']) assert.ok(existsSync(installed(file)), file);
});
