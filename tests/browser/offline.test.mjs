// Without a network, and with a new version of the site.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { browse, dist, newPage, unfold } from './support.mjs';

const worker = readFileSync(path.join(dist, 'sw.js'), 'utf8');
/** What the server gives in place of the built worker, when set. */
let replaced;

const { browser, site } = await browse(
  () => ({ 'cache-control': 'no-cache' }),
  (name) => (name === 'sw.js' ? replaced : undefined),
);

/** Opens a page and waits until the site is kept and answers from what it kept. */
async function visit(address = '') {
  const page = await newPage(browser, { serviceWorkers: 'allow' });
  await page.goto(site.url + address);
  await page.evaluate(() => navigator.serviceWorker.ready);
  await page.reload();
  await page.waitForFunction(() => navigator.serviceWorker.controller?.state === 'activated');
  return page;
}

test('after the first visit everything works without a network', async () => {
  const page = await visit();
  await page.context().setOffline(true);

  await page.goto(`${site.url}guides/api-design-guide/choosing-a-style.html`);
  await page.locator('figure.diagram').first().scrollIntoViewIfNeeded();
  await page.locator('figure.diagram svg').first().waitFor();

  await page.keyboard.press('/');
  await page.getByRole('combobox').fill('outbox');
  await page.getByRole('option').first().waitFor();
  await page.waitForFunction(() => document.querySelector('.search-excerpt').textContent.length > 20);

  await page.goto(`${site.url}designer.html`);
  await page.locator('#document h2').nth(7).waitFor();
  await page.locator('#text').fill('Members book kilns. A kiln has a name and a capacity.');
  await page.waitForFunction(() => /GET \/kilns/.test(document.querySelector('#document').textContent));
  await unfold(page);
  await page.locator('#document figure.diagram').first().scrollIntoViewIfNeeded();
  await page.locator('#document figure.diagram svg').first().waitFor();

  await page.goto(`${site.url}guides/`);
  assert.match(await page.locator('h1').innerText(), /guides/i);
  const missing = await page.goto(`${site.url}nowhere.html`);
  assert.equal(missing.status(), 404);
  assert.match(await page.locator('h1').innerText(), /not found/i);
  await page.context().close();
});

test('a new version waits until the reader agrees, and then takes over', async () => {
  const page = await visit('designer.html');
  await page.locator('#text').fill('Members of a choir borrow scores. A score has a composer.');
  const version = () =>
    page.evaluate(async () => (await caches.keys()).filter((name) => name.startsWith('backend-design ')).join());
  const before = await version();

  replaced = worker.replace(/VERSION = '[0-9a-f]+'/, "VERSION = 'ffffffffffffffff'");
  await page.evaluate(async () => (await navigator.serviceWorker.getRegistration()).update());
  const offer = page.locator('.update');
  await offer.waitFor();
  assert.match(await offer.innerText(), /new version/);
  assert.ok((await version()).includes(before), 'the version in use is still there');
  await offer.getByRole('button', { name: 'Later' }).click();
  assert.equal(await offer.count(), 0);
  assert.match(await page.locator('#text').inputValue(), /choir/);

  await page.reload();
  await offer.waitFor();
  await Promise.all([page.waitForEvent('load'), offer.getByRole('button', { name: 'Use it now' }).click()]);
  await page.waitForFunction(
    async () => (await caches.keys()).filter((name) => name.startsWith('backend-design ')).join() === 'backend-design ffffffffffffffff',
  );
  assert.match(await page.locator('#text').inputValue(), /choir/, 'the draft is kept');
  replaced = undefined;
  await page.context().close();
});

test('the site can be installed', async () => {
  const page = await newPage(browser);
  await page.goto(site.url);
  const manifest = await page.evaluate(async () => {
    const link = document.querySelector('link[rel="manifest"]');
    return { base: link.href, ...(await (await fetch(link.href)).json()) };
  });
  assert.equal(manifest.display, 'standalone');
  assert.ok(new URL(manifest.start_url, manifest.base).href.startsWith(site.url));
  for (const { src, sizes } of manifest.icons) {
    const size = await page.evaluate(async (address) => {
      const image = new Image();
      image.src = address;
      await image.decode();
      return `${image.naturalWidth}x${image.naturalHeight}`;
    }, new URL(src, manifest.base).href);
    if (sizes !== 'any') assert.equal(size, sizes, src);
  }
  await page.context().close();
});
