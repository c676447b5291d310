// The main walk in Firefox: a guide, the search, home, designer, download, link; the lines under the text; the widget as
// an element and in a frame; without a network.
import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { existsSync, mkdtempSync, readFileSync, readdirSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import puppeteer from 'puppeteer-core';
import { commandLine, serve } from './support.mjs';

const KILNS = 'Members book kilns. A kiln has a name and a capacity.';
const SCRIPT = '<script type="module" src="widget/backend-design.js"></script>';
const page = (body) => `<!doctype html><html lang="en"><head><title>Wiki</title><link rel="icon" href="icons/icon.svg"></head><body>${body}</body></html>`;
/** Pages of others that show a design, under policies that forbid what the widget can do without. */
const wiki = {
  'wiki-element.html': {
    body: page(`<style>* { color: red !important }</style><backend-design theme="dark">${KILNS}</backend-design>${SCRIPT}`),
    policy: "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; connect-src 'self'; worker-src 'self'; img-src 'self'; style-src 'unsafe-inline'",
  },
  'wiki-frame.html': {
    body: page('<div data-backend-design data-src="wiki-text.txt" data-max-height="900"></div><script src="embed/loader.js"></script>'),
    policy: "default-src 'none'; script-src 'self'; frame-src 'self'; img-src 'self'; style-src-attr 'unsafe-inline'",
  },
  'wiki-text.txt': { body: KILNS },
};

const downloads = mkdtempSync(path.join(os.tmpdir(), 'firefox-'));
let site = await serve(
  (name) => (wiki[name]?.policy ? { 'content-security-policy': wiki[name].policy } : {}),
  (name) => wiki[name]?.body,
);
const browser = await puppeteer.launch({
  browser: 'firefox',
  executablePath: process.env.FIREFOX ?? '/usr/bin/firefox-esr',
  headless: true,
  extraPrefsFirefox: {
    'browser.download.folderList': 2,
    'browser.download.dir': downloads,
    'browser.download.useDownloadDir': true,
    'browser.download.always_ask_before_handling_new_types': false,
    'browser.helperApps.neverAsk.saveToDisk': 'application/zip',
    // Without it, a page that reads the clipboard makes the browser ask the reader.
    'dom.events.testing.asyncClipboard': true,
  },
});
after(async () => {
  await browser.close();
  await site?.close();
  rmSync(downloads, { recursive: true, force: true });
});

const text = '# Wheels\n\n- Members book a wheel. A wheel has a name and a size.\n- Members cancel a booking.\n';

async function open(address) {
  const page = await browser.newPage();
  page.setDefaultTimeout(60_000);
  await page.setViewport({ width: 1280, height: 900 });
  page.complaints = [];
  page.on('pageerror', (error) => {
    // The browser asks for an icon by itself, which the strict policy of the frame refuses.
    if (!String(error).includes('favicon.ico')) page.complaints.push(String(error));
  });
  await page.goto(site.url + address);
  return page;
}

test('a guide is read, with its diagrams drawn, and the search leads on from it by keyboard', async () => {
  const page = await open('guides/api-design-guide/choosing-a-style.html');
  await page.$eval('figure.diagram', (figure) => figure.scrollIntoView({ block: 'center' }));
  await page.waitForSelector('figure.diagram .diagram-canvas svg');
  assert.ok(await page.$('.contents-nav.following'), 'the list of contents follows');

  await page.keyboard.press('/');
  await page.waitForSelector('dialog.search[open]');
  await page.keyboard.type('idempotncy key');
  await page.waitForFunction(() => /Idempotency/.test(document.querySelector('.search-heading')?.textContent));
  await page.keyboard.press('ArrowDown');
  const wanted = await page.$eval('.search-results [aria-selected="true"]', (option) => option.href);
  await Promise.all([page.waitForNavigation(), page.keyboard.press('Enter')]);
  assert.equal(page.url(), wanted);
  assert.match(await page.$eval('article', (article) => article.innerText), /idempoten/i);

  const paper = () => page.evaluate(() => getComputedStyle(document.documentElement).backgroundColor);
  const light = await paper();
  await page.locator('[data-theme-toggle]').click();
  await page.locator('[data-theme-toggle]').click();
  assert.notEqual(await paper(), light, 'the theme can be set');
  await page.evaluate(() => localStorage.clear());
  assert.deepEqual(page.complaints, []);
  await page.close();
});

test('from home to a downloaded design in three actions, with the bytes of the command line', async () => {
  const page = await open('index.html');
  await page.locator('.main-nav a').click();
  await page.waitForSelector('#document section:nth-child(9)');
  await page.evaluate((text) => {
    const field = document.querySelector('#text');
    field.value = text;
    field.dispatchEvent(new Event('input'));
  }, text);
  await page.waitForFunction(() => document.querySelector('#document h1').innerText === 'Wheels');
  await page.locator('#zip').click();
  const archive = path.join(downloads, 'wheels.zip');
  await page.waitForFunction(() => true);
  for (let tries = 0; tries < 100 && !(existsSync(archive) && readdirSync(downloads).length === 1); tries += 1) {
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  const wanted = commandLine(['--format', 'zip'], text);
  assert.ok(readFileSync(archive).equals(wanted), 'the archives differ');
  assert.deepEqual(page.complaints, []);
  await page.close();
});

test('the lines lie under their sentences, and a pinned decision holds', async () => {
  const page = await open('designer.html');
  await page.waitForSelector('#marks .mark');
  const [field, copy] = await page.evaluate(() =>
    ['#text', '#marks'].map((id) => {
      const element = document.querySelector(id);
      return [element.clientWidth, element.scrollHeight];
    }),
  );
  assert.equal(copy[0], field[0]);
  assert.ok(Math.abs(copy[1] - field[1]) <= 2, `${copy[1]} and ${field[1]} high`);
  await page.waitForSelector('[data-slot="database"]');
  await page.evaluate(() => document.querySelector('[data-slot="database"]').click());
  await page.waitForSelector('#why:not([hidden]) .choices-list li:not(.chosen) button');
  await page.evaluate(() => document.querySelector('#why .choices-list li:not(.chosen) button').click());
  await page.waitForSelector('#points-set');
  assert.deepEqual(page.complaints, []);
  await page.close();
});

test('what is typed is designed, and a link brings it to another page', async () => {
  const page = await open('designer.html');
  await page.waitForSelector('#document section:nth-child(9)');
  await page.locator('#clear').click();
  await page.locator('#text').click();
  await page.keyboard.type(KILNS);
  await page.waitForFunction(() => /GET \/kilns/.test(document.querySelector('#document').textContent));
  assert.equal((await page.$$('#document h2')).length, 8);
  await page.locator('#share').click();
  await page.waitForSelector('.notice[data-sort="share"]');
  const link = await page.evaluate(() => navigator.clipboard.readText());
  assert.match(link, /designer\.html#v1\.[A-Za-z0-9_-]+$/);
  assert.deepEqual(page.complaints, []);
  await page.close();

  const other = await open('designer.html');
  await other.waitForSelector('#document section:nth-child(9)');
  await other.locator('#clear').click();
  await other.close();
  const linked = await open(link.slice(site.url.length));
  await linked.waitForFunction((text) => document.querySelector('#text').value === text, {}, KILNS);
  await linked.waitForFunction(() => /GET \/kilns/.test(document.querySelector('#document').textContent));
  assert.deepEqual(linked.complaints, []);
  await linked.close();
});

test('the widget shows a design in a page of others, as an element', async () => {
  const page = await open('wiki-element.html');
  await page.waitForFunction(() => document.querySelector('backend-design')?.shadowRoot?.querySelectorAll('[part="document"] h2').length === 8);
  const colour = await page.evaluate(
    () => getComputedStyle(document.querySelector('backend-design').shadowRoot.querySelector('[part="document"] p')).color,
  );
  assert.notEqual(colour, 'rgb(255, 0, 0)', 'the style sheet of the page reaches into it');
  await page.evaluate((text) => {
    document.querySelector('backend-design').text = text;
  }, text);
  await page.waitForFunction(() => /Wheels/.test(document.querySelector('backend-design').shadowRoot.textContent));
  assert.deepEqual(page.complaints, []);
  await page.close();
});

test('the widget shows a design in a page of others, in a frame as high as it may be', async () => {
  const page = await open('wiki-frame.html');
  await page.waitForFunction(() => document.querySelector('iframe')?.height === '900');
  const frame = await (await page.$('iframe')).contentFrame();
  await frame.waitForFunction(() => /\/kilns/.test(document.querySelector('backend-design')?.shadowRoot?.textContent));
  assert.deepEqual(page.complaints, []);
  await page.close();
});

test('after the first visit the designer works without a server', async () => {
  const page = await open('designer.html');
  await page.waitForSelector('#document section:nth-child(9)');
  await page.evaluate(() => navigator.serviceWorker.ready.then(() => undefined));
  await page.reload();
  await page.waitForFunction(() => navigator.serviceWorker.controller?.state === 'activated');
  // The server goes, as it does in a tunnel.
  await site.close();
  await page.reload();
  await page.waitForSelector('#document section:nth-child(9)');
  await page.goto(`${site.url}guides/index.html`);
  assert.match(await page.$eval('h1', (heading) => heading.innerText), /guides/i);
  site = undefined;
  await page.close();
});
