// The main walk in Firefox: home, designer, download; the lines under the text; the widget; without a network.
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { after, before, test } from 'node:test';
import { existsSync, mkdtempSync, readFileSync, readdirSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import puppeteer from 'puppeteer-core';
import { program, serve } from './support.mjs';

let browser;
let site;
let downloads;
before(async () => {
  downloads = mkdtempSync(path.join(os.tmpdir(), 'firefox-'));
  site = await serve();
  browser = await puppeteer.launch({
    browser: 'firefox',
    executablePath: process.env.FIREFOX ?? '/usr/bin/firefox-esr',
    headless: true,
    extraPrefsFirefox: {
      'browser.download.folderList': 2,
      'browser.download.dir': downloads,
      'browser.download.useDownloadDir': true,
      'browser.download.always_ask_before_handling_new_types': false,
      'browser.helperApps.neverAsk.saveToDisk': 'application/zip',
    },
  });
});
after(async () => {
  await browser?.close();
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

test('from home to a downloaded design in three actions, with the bytes of the command line', async () => {
  const page = await open('index.html');
  await page.locator('.main-nav a').click();
  await page.waitForSelector('#document h2');
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
  const wanted = execFileSync(program, ['--format', 'zip', '-'], { input: text, maxBuffer: 1 << 28 });
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

test('the frame of the widget shows a design', async () => {
  const page = await open('embed/index.html');
  await page.waitForSelector('backend-design');
  await page.evaluate((text) => {
    document.querySelector('backend-design').text = text;
  }, text);
  await page.waitForFunction(() => /Wheels/.test(document.querySelector('backend-design').shadowRoot.textContent));
  assert.deepEqual(page.complaints, []);
  await page.close();
});

test('after the first visit the designer works without a server', async () => {
  const page = await open('designer.html');
  await page.waitForSelector('#document h2');
  await page.evaluate(() => navigator.serviceWorker.ready.then(() => undefined));
  await page.reload();
  await page.waitForFunction(() => navigator.serviceWorker.controller?.state === 'activated');
  // The server goes, as it does in a tunnel.
  await site.close();
  await page.reload();
  await page.waitForSelector('#document h2');
  await page.goto(`${site.url}guides/index.html`);
  assert.match(await page.$eval('h1', (heading) => heading.innerText), /guides/i);
  site = undefined;
  await page.close();
});
