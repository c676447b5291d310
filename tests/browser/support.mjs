// What the browser tests share: the built site behind a small server, and a browser that notes what a page does.
import { execFileSync } from 'node:child_process';
import { createReadStream, existsSync, statSync } from 'node:fs';
import { createServer } from 'node:http';
import path from 'node:path';
import { after } from 'node:test';
import { fileURLToPath } from 'node:url';
import { chromium } from 'playwright-core';

const repository = fileURLToPath(new URL('../..', import.meta.url));

/** The built site. */
export const dist = process.env.SITE ?? path.join(repository, 'dist');
/** The command line program. */
export const program = process.env.BACKEND_DESIGN ?? path.join(repository, 'target/release/backend-design');
/** What the command line makes of a text, as bytes. */
export const commandLine = (args, text) => execFileSync(program, [...args, '-'], { input: text, maxBuffer: 1 << 28 });
/** The requirement texts of the project. */
export const briefs = path.join(repository, 'tests/briefs');

const types = {
  '.css': 'text/css; charset=utf-8',
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.mjs': 'text/javascript; charset=utf-8',
  '.json': 'application/json',
  '.png': 'image/png',
  '.svg': 'image/svg+xml',
  '.webmanifest': 'application/manifest+json',
  '.wasm': 'application/wasm',
};

/** The site lies at a path of its host that it does not know. */
const prefix = '/some/where/';

/**
 * Serves the site at a free port.
 * @param headers what to send beside the content type: a function of the path below the site.
 * @param body what to send in place of a file, if anything: another one.
 */
export async function serve(headers = () => ({}), body = () => undefined) {
  const server = createServer((request, response) => {
    const { pathname } = new URL(request.url, 'http://localhost');
    const name = pathname.startsWith(prefix) ? pathname.slice(prefix.length) : null;
    let file = name === null ? null : path.join(dist, decodeURIComponent(name));
    if (file && existsSync(file) && statSync(file).isDirectory()) file = path.join(file, 'index.html');
    const other = body(name);
    const found = other !== undefined || (file !== null && existsSync(file));
    if (!found) file = path.join(dist, '404.html');
    response.writeHead(found ? 200 : 404, {
      'content-type': types[path.extname(file ?? name ?? '')] ?? 'application/octet-stream',
      ...headers(name),
    });
    if (request.method === 'HEAD') response.end();
    else if (other !== undefined) response.end(other);
    else createReadStream(file).pipe(response);
  });
  await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${server.address().port}${prefix}`,
    close: () =>
      new Promise((resolve) => {
        server.close(resolve);
        server.closeAllConnections();
      }),
  };
}

/** A browser and the site behind a server (see `serve`), for all tests of a file. Both are closed after the last of them. */
export async function browse(...answers) {
  const [browser, site] = await Promise.all([launch(), serve(...answers)]);
  after(() => Promise.all([browser.close(), site.close()]));
  return { browser, site };
}

/** Starts a browser without a window and without traffic of its own. */
export function launch() {
  return chromium.launch({
    executablePath: process.env.CHROME ?? '/usr/bin/chromium',
    args: [
      '--no-sandbox',
      '--disable-gpu',
      '--disable-dev-shm-usage',
      '--disable-quic',
      '--no-first-run',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
    ],
  });
}

/**
 * Opens an empty page in a context of its own. `page.requested` holds the addresses of all requests, its worker's
 * included, and `page.complaints` what the page wrote to the console as an error and what it threw.
 */
export async function newPage(browser, options = {}) {
  const context = await browser.newContext({
    viewport: { width: 1280, height: 900 },
    permissions: ['clipboard-read', 'clipboard-write'],
    // What is kept for use without a network would hide what a page asks for; the tests of that allow it.
    serviceWorkers: 'block',
    ...options,
  });
  const page = await context.newPage();
  page.requested = [];
  page.complaints = [];
  context.on('request', (request) => page.requested.push(request.url()));
  page.on('console', (message) => {
    // The browser asks for an icon by itself, whenever it likes.
    const icon = message.location().url.endsWith('/favicon.ico');
    if (message.type() === 'error' && !icon) page.complaints.push(message.text());
  });
  page.on('pageerror', (error) => page.complaints.push(String(error)));
  return page;
}

/** The bytes of a file that a click makes the page give away, with the name it suggests. */
export async function download(page, click) {
  const [given] = await Promise.all([page.waitForEvent('download'), click()]);
  const chunks = [];
  for await (const chunk of await given.createReadStream()) chunks.push(chunk);
  return { name: given.suggestedFilename(), bytes: Buffer.concat(chunks) };
}

/** Opens all that a page has folded away: what is within is neither drawn nor can it be clicked. */
export async function unfold(page) {
  await page.evaluate(() => document.querySelectorAll('details').forEach((fold) => (fold.open = true)));
}

/** Brings every diagram of the page near, one after the other, and waits until it is drawn or has failed. */
export async function drawDiagrams(page) {
  await unfold(page);
  for (const figure of await page.locator('figure.diagram').all()) {
    await figure.evaluate((element) => element.scrollIntoView({ block: 'center', behavior: 'instant' }));
    await figure.locator('.diagram-canvas:not(.stale) svg, .diagram-error').first().waitFor({ state: 'attached' });
  }
}
