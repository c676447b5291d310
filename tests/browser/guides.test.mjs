// Reading the guides: light, complete without scripts, and kind to keyboards.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { readFileSync, readdirSync } from 'node:fs';
import path from 'node:path';
import { dist, drawDiagrams, launch, newPage, serve } from './support.mjs';

let browser;
let site;
before(async () => {
  [browser, site] = await Promise.all([launch(), serve()]);
});
after(async () => {
  await browser?.close();
  await site?.close();
});

const guides = readdirSync(path.join(dist, 'guides')).filter((name) => name !== 'index.html');
const isMermaid = (url) => url.includes('/vendor/mermaid/');
const isWasm = (url) => url.endsWith('.wasm') || url.includes('/pkg/');

/** A guide that holds diagrams. */
function guideWithDiagrams() {
  const found = guides.find((name) =>
    readFileSync(path.join(dist, 'guides', name), 'utf8').includes('<figure class="diagram">'),
  );
  assert.ok(found, 'no guide has a diagram');
  return found;
}

test('all six guides open without a complaint, without WebAssembly and from this site only', async () => {
  assert.equal(guides.length, 6);
  for (const guide of guides) {
    const page = await newPage(browser);
    await page.goto(`${site.url}guides/${guide}`);
    await drawDiagrams(page);
    assert.deepEqual(await page.locator('figure.diagram.failed').allInnerTexts(), [], `${guide} has a diagram that fails`);
    assert.deepEqual(page.complaints, []);
    assert.deepEqual(page.requested.filter((url) => !url.startsWith(site.url)), []);
    assert.deepEqual(page.requested.filter(isWasm), [], guide);
    await page.context().close();
  }
});

test('the program that draws diagrams is loaded when one comes near and not before', async () => {
  // A low window: only the first lines of the guide are near.
  const page = await newPage(browser, { viewport: { width: 1280, height: 200 } });
  const guide = guideWithDiagrams();
  await page.goto(`${site.url}guides/${guide}`);
  const figure = page.locator('figure.diagram').first();
  const top = await figure.evaluate((element) => element.getBoundingClientRect().top);
  assert.ok(top > 1200, `the first diagram of ${guide} is at ${top}, too near for this test`);
  await page.waitForTimeout(500);
  assert.deepEqual(page.requested.filter(isMermaid), []);
  assert.equal(await figure.locator('svg').count(), 0);

  await figure.scrollIntoViewIfNeeded();
  await figure.locator('svg').waitFor();
  assert.ok(page.requested.some(isMermaid));
  const source = figure.locator('.mermaid-source');
  assert.equal(await source.isVisible(), false);
  await figure.locator('summary').click();
  assert.match(await source.innerText(), /\w/);
  await page.context().close();
});

test('code is coloured when it comes near, and keeps its text', async () => {
  const withCode = guides.find((name) => readFileSync(path.join(dist, 'guides', name), 'utf8').includes('language-sql'));
  const page = await newPage(browser, { viewport: { width: 1280, height: 300 } });
  await page.goto(`${site.url}guides/${withCode}`);
  const code = page.locator('code.language-sql').last();
  const before = await code.textContent();
  assert.equal(await code.locator('span').count(), 0);
  await code.scrollIntoViewIfNeeded();
  await code.locator('.hljs-keyword').first().waitFor();
  assert.equal(await code.textContent(), before);
  await page.context().close();
});

test('a drawing that fails leaves its source and says why', async () => {
  const page = await newPage(browser);
  await page.route('**/vendor/mermaid/**', (route) => route.abort());
  await page.goto(`${site.url}guides/${guideWithDiagrams()}`);
  const figure = page.locator('figure.diagram').first();
  await figure.scrollIntoViewIfNeeded();
  await figure.locator('.diagram-error').waitFor();
  assert.equal(await figure.locator('.mermaid-source').isVisible(), true);
  await page.context().close();
});

test('the theme follows the system, can be set, and is kept', async () => {
  const page = await newPage(browser, { colorScheme: 'dark' });
  const url = `${site.url}guides/${guides[0]}`;
  await page.goto(url);
  const paper = () => page.evaluate(() => getComputedStyle(document.documentElement).backgroundColor);
  const dark = await paper();
  await page.emulateMedia({ colorScheme: 'light' });
  const light = await paper();
  assert.notEqual(dark, light);

  const toggle = page.locator('[data-theme-toggle]');
  await toggle.click(); // Light, whatever the system says.
  await page.emulateMedia({ colorScheme: 'dark' });
  assert.equal(await paper(), light);
  await toggle.click(); // Dark.
  await page.emulateMedia({ colorScheme: 'light' });
  assert.equal(await paper(), dark);
  await page.reload();
  assert.equal(await paper(), dark);
  assert.match(await toggle.innerText(), /dark/);
  await toggle.click(); // As the system says.
  assert.equal(await paper(), light);
  await page.context().close();
});

test('a chosen theme is there before anything is painted', async () => {
  const page = await newPage(browser, { colorScheme: 'light' });
  await page.addInitScript(() => {
    localStorage.setItem('backend-design.theme', 'dark');
    new MutationObserver(() => {
      window.themeAtBody ??= document.body ? (document.documentElement.dataset.theme ?? 'none') : undefined;
    }).observe(document, { childList: true, subtree: true });
  });
  await page.goto(`${site.url}index.html`);
  assert.equal(await page.evaluate(() => window.themeAtBody), 'dark');
  await page.context().close();
});

test('the list of contents follows the reader', async () => {
  const page = await newPage(browser, { viewport: { width: 1440, height: 900 } });
  await page.goto(`${site.url}guides/${guides[0]}`);
  const ids = await page.locator('.prose h2').evaluateAll((headings) => headings.map((heading) => heading.id));
  const wanted = ids[Math.floor(ids.length / 2)];
  await page.locator(`.contents-nav a[href="#${wanted}"]`).click();
  await page.waitForFunction(
    (id) => document.querySelector('.contents-nav [aria-current]')?.getAttribute('href') === `#${id}`,
    wanted,
  );
  const top = await page.locator(`[id="${wanted}"]`).evaluate((heading) => heading.getBoundingClientRect().top);
  const masthead = await page.locator('.masthead').evaluate((bar) => bar.getBoundingClientRect().bottom);
  assert.ok(top >= masthead && top < 300, `the heading stands at ${top}`);
  await page.context().close();
});

test('without scripts everything can be read and reached', async () => {
  const page = await newPage(browser, { javaScriptEnabled: false });
  await page.goto(`${site.url}guides/${guideWithDiagrams()}`);
  assert.ok(await page.locator('.mermaid-source').first().isVisible());
  assert.ok((await page.locator('.contents-nav a, .fold-contents a').count()) > 10);
  await page.goto(`${site.url}guides/${guides[0]}`);
  await page.locator('.pagination a').first().click();
  assert.match(page.url(), /guides\/[\w-]+\.html$/);
  await page.goto(`${site.url}designer.html`);
  assert.match(await page.locator('main').innerText(), /scripts are switched off/);
  await page.context().close();
});

test('the first stop of the keyboard skips to the content', async () => {
  const page = await newPage(browser);
  await page.goto(`${site.url}guides/${guides[0]}`);
  await page.keyboard.press('Tab');
  assert.equal(await page.evaluate(() => document.activeElement.className), 'skip');
  await page.keyboard.press('Enter');
  assert.equal(await page.evaluate(() => document.activeElement.id), 'main');
  await page.context().close();
});

test('a missing page leads home from any depth', async () => {
  const page = await newPage(browser);
  await page.goto(`${site.url}guides/a/b/c.html`);
  await page.waitForFunction((home) => document.querySelector('[data-home]').href === home, site.url);
  await page.locator('[data-home]').click();
  await page.locator('h1').waitFor();
  assert.equal(new URL(page.url()).pathname, new URL(site.url).pathname);
  await page.context().close();
});

test('the start page leads to the designer with one click', async () => {
  const page = await newPage(browser);
  await page.goto(site.url);
  await page.locator('main').getByRole('link', { name: 'Open the designer' }).click();
  assert.match(page.url(), /designer\.html$/);
  await page.context().close();
});
