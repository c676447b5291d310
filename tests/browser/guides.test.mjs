// Reading the guides: light, complete without scripts, and kind to keyboards.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { readFileSync, readdirSync } from 'node:fs';
import path from 'node:path';
import { gzipSync } from 'node:zlib';
import { browse, dist, drawDiagrams, newPage } from './support.mjs';

const { browser, site } = await browse();

/** All pages of the guides, as `guide/page.html`. */
const pages = readdirSync(path.join(dist, 'guides'), { withFileTypes: true })
  .filter((entry) => entry.isDirectory())
  .flatMap(({ name }) => readdirSync(path.join(dist, 'guides', name)).map((page) => `${name}/${page}`))
  .sort();
/** The openings of the guides. */
const guides = pages.filter((page) => page.endsWith('/index.html'));
const source = (page) => readFileSync(path.join(dist, 'guides', page), 'utf8');
const isMermaid = (url) => url.includes('/vendor/mermaid/');
const isWasm = (url) => url.endsWith('.wasm') || url.includes('/pkg/');

/** A page that holds a diagram, with the diagram as far down as it gets. */
function pageWithDiagram() {
  const before = (page) => source(page).split('<figure class="diagram">')[0].length;
  const found = pages.filter((page) => source(page).includes('<figure class="diagram">'));
  assert.ok(found.length > 0, 'no guide has a diagram');
  return found.sort((a, b) => before(b) - before(a))[0];
}

test('all six guides open without a complaint, without WebAssembly and from this site only', async () => {
  const written = ['api-design-guide', 'backend-design-process', 'best-practices', 'common-patterns', 'database-design', 'examples'];
  assert.deepEqual(written.filter((name) => !guides.includes(`${name}/index.html`)), []);
  const page = await newPage(browser);
  for (const guide of pages) {
    await page.goto(`${site.url}guides/${guide}`);
    await drawDiagrams(page);
    assert.deepEqual(await page.locator('figure.diagram.failed').allInnerTexts(), [], `${guide} has a diagram that fails`);
    assert.deepEqual(page.complaints, []);
    assert.deepEqual(page.requested.filter((url) => !url.startsWith(site.url)), []);
    assert.deepEqual(page.requested.filter(isWasm), [], guide);
  }
  await page.context().close();
});

test('the program that draws diagrams is loaded when one comes near and not before', async () => {
  // A low window: only the first lines of the guide are near.
  const page = await newPage(browser, { viewport: { width: 1280, height: 200 } });
  const guide = pageWithDiagram();
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

test('code is coloured without a program, and can be copied', async () => {
  const withCode = pages.find((page) => source(page).includes('language-sql'));
  const page = await newPage(browser);
  await page.goto(`${site.url}guides/${withCode}`);
  const code = page.locator('code.language-sql').first();
  assert.ok((await code.locator('.hljs-keyword').count()) > 0);
  assert.deepEqual(page.requested.filter((url) => url.includes('/vendor/')), []);
  const frame = page.locator('.code', { has: code }).first();
  await frame.hover();
  await frame.getByRole('button', { name: 'Copy' }).click();
  await frame.getByRole('button', { name: 'Copied' }).waitFor();
  assert.equal(await page.evaluate(() => navigator.clipboard.readText()), await code.textContent());
  await page.context().close();
});

test('a heading gives its address', async () => {
  const page = await newPage(browser);
  await page.goto(`${site.url}guides/api-design-guide/errors.html`);
  const anchor = page.locator('.prose h2 .anchor').first();
  await anchor.click();
  const address = await anchor.evaluate((link) => link.href);
  assert.equal(page.url(), address);
  await page.waitForFunction((wanted) => navigator.clipboard.readText().then((text) => text === wanted), address);
  await page.context().close();
});

test('the search finds rules by keyboard, misprints included, and loads nothing before', async () => {
  const page = await newPage(browser);
  await page.goto(`${site.url}guides/best-practices/index.html`);
  await page.waitForTimeout(300);
  assert.deepEqual(page.requested.filter((url) => /search\.json|minisearch|search-worker/.test(url)), []);

  await page.keyboard.press('/');
  const input = page.getByRole('combobox');
  assert.equal(await input.evaluate((box) => box === document.activeElement), true);
  await page.keyboard.type('idempotncy key');
  const options = page.getByRole('option');
  await options.first().waitFor();
  assert.match(await options.first().innerText(), /Idempotency/);
  assert.ok((await options.first().locator('mark').count()) > 0);
  assert.match(await page.locator('.search-status').innerText(), /^\d+ places$/);
  await page.waitForFunction(() => document.querySelector('.search-excerpt').textContent.length > 20);

  const second = await options.nth(1).getAttribute('href');
  await page.keyboard.press('ArrowDown');
  assert.equal(await options.nth(1).getAttribute('aria-selected'), 'true');
  assert.equal(await input.getAttribute('aria-activedescendant'), await options.nth(1).getAttribute('id'));
  await page.keyboard.press('Enter');
  await page.waitForURL(second);
  const [, anchor] = second.split('#');
  if (anchor) assert.ok(await page.locator(`[id="${anchor}"]`).isVisible());
  assert.deepEqual(page.complaints, []);
  await page.context().close();
});

test('the search ranks headings first, says when nothing is found, and closes with Escape', async () => {
  const page = await newPage(browser);
  await page.goto(site.url);
  await page.keyboard.press('Control+k');
  const input = page.getByRole('combobox');
  const options = page.getByRole('option');
  for (const [question, heading] of [
    ['API-31', /^API-31 /],
    ['outbox', /Outbox|outbox/],
    ['cursor', /[Cc]ursor/],
  ]) {
    await input.fill(question);
    await page.waitForFunction(
      (pattern) => new RegExp(pattern).test(document.querySelector('.search-heading')?.textContent ?? ''),
      heading.source,
    );
    assert.ok((await options.count()) > 0);
  }
  await input.fill('zzqqxx');
  await page.waitForFunction(() => document.querySelector('.search-status').textContent === 'Nothing found.');
  await page.keyboard.press('Escape');
  assert.equal(await page.locator('dialog.search').evaluate((dialog) => dialog.open), false);
  assert.equal(await page.evaluate(() => document.activeElement.hasAttribute('data-search')), true);
  await page.context().close();
});

test('typing a slash into a text does not open the search', async () => {
  const page = await newPage(browser);
  await page.goto(`${site.url}designer.html`);
  // The designer puts its example into the field when it starts.
  await page.locator('#document h2').first().waitFor();
  await page.locator('#text').fill('');
  await page.locator('#text').press('/');
  assert.equal(await page.locator('#text').inputValue(), '/');
  assert.equal(await page.locator('dialog.search[open]').count(), 0);
  await page.context().close();
});

test('a search that cannot be loaded says so', async () => {
  const page = await newPage(browser);
  await page.route('**/search.json', (route) => route.abort());
  await page.goto(site.url);
  await page.locator('[data-search]').click();
  await page.getByRole('combobox').fill('errors');
  await page.waitForFunction(() => /could not be loaded/.test(document.querySelector('.search-status').textContent));
  await page.context().close();
});

test('a reading page is light', () => {
  const sizes = (files) => files.map((file) => gzipSync(readFileSync(path.join(dist, file))).length);
  const sum = (numbers) => numbers.reduce((total, number) => total + number, 0);
  for (const page of pages) {
    const html = source(page);
    const parts = [...html.matchAll(/(?:href|src)="((?:\.\.\/)+(?:css|js|icons)\/[^"]+)"/g)].map(([, file]) => file.replace(/^(\.\.\/)+/, ''));
    assert.ok(parts.length >= 5, `${page} loads ${parts}`);
    const total = sum(sizes([`guides/${page}`, ...new Set(parts)]));
    assert.ok(total <= 45_000, `${page} takes ${total} bytes compressed`);
  }
});

test('a drawing that fails leaves its source and says why', async () => {
  const page = await newPage(browser);
  await page.route('**/vendor/mermaid/**', (route) => route.abort());
  await page.goto(`${site.url}guides/${pageWithDiagram()}`);
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
  const longest = [...pages].sort((a, b) => source(b).length - source(a).length)[0];
  await page.goto(`${site.url}guides/${longest}`);
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
  await page.goto(`${site.url}guides/${pageWithDiagram()}`);
  assert.ok(await page.locator('.mermaid-source').first().isVisible());
  assert.ok((await page.locator('.contents-nav a, .fold-contents a, .guide-nav a').count()) > 10);
  assert.equal(await page.locator('[data-search]').isVisible(), false);
  await page.goto(`${site.url}guides/${guides[0]}`);
  await page.locator('.pagination a').first().click();
  assert.match(page.url(), /guides\/[\w-]+\/[\w-]+\.html$/);
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
