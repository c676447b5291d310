// axe finds nothing, and nothing is wider than the window, on every sort of page in both themes, small and large.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { browse, drawDiagrams, newPage, unfold } from './support.mjs';

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

const { browser, site } = await browse();

async function check(page, where, part = 'html') {
  if (!(await page.evaluate(() => 'axe' in window))) await page.evaluate(axe);
  // What is too small to be hit is not asked for by default.
  const rules = { 'target-size': { enabled: true } };
  const { violations } = await page.evaluate(([part, rules]) => axe.run(part, { rules }), [part, rules]);
  const found = violations.flatMap(({ id, help, nodes }) => nodes.map(({ html }) => `${id}: ${help}: ${html.slice(0, 160)}`));
  assert.deepEqual(found, [], where);
  const [content, width] = await page.evaluate(() => [document.documentElement.scrollWidth, innerWidth]);
  assert.ok(content <= width, `${where} is ${content} wide in a window of ${width}`);
}

const designed = async (page) => {
  await page.locator('#document h2').nth(7).waitFor();
  // A diagram is drawn when it comes into view, and most of them are folded away.
  await unfold(page);
  await page.locator('figure.diagram').first().scrollIntoViewIfNeeded();
  await page.locator('figure.diagram svg').first().waitFor();
};

/** With the search open and its results in view. */
const searched = async (page) => {
  await page.locator('[data-search]').click();
  await page.getByRole('combobox').fill('outbox');
  await page.getByRole('option').first().waitFor();
};

/** What can be in view on the designer, each with the part of the page that it changes. */
const views = {
  '#panel-points': (page) => page.locator('#tab-points').click(),
  '#panel-changes': (page) => page.locator('#tab-changes').click(),
  '#panel-files': (page) => page.locator('#tab-files').click(),
  '#panel-proof': (page) => page.locator('#tab-proof').click(),
  '#why': async (page) => {
    await page.locator('#tab-document').click();
    await page.locator('#document [data-slot]').first().click();
    await page.locator('#why').waitFor();
  },
  '.editor-pane': async (page) => {
    await page.locator('#why-close').click();
    await page.locator('#share').click();
    await page.locator('.notice').waitFor();
    await page.locator('.legend summary').click();
  },
};

const pages = {
  'index.html': {},
  'guides/index.html': {},
  'changes.html': {},
  'embedding.html': {},
  'guides/api-design-guide/index.html': {},
  'guides/api-design-guide/choosing-a-style.html': { ready: drawDiagrams },
  'guides/common-patterns/resilience.html': { ready: drawDiagrams },
  'guides/examples/e-commerce-checkout.html': { ready: searched },
  // The smallest of the examples: the time that axe takes grows with the page.
  'designer.html#example=lunch-list': { ready: designed, views },
  'nowhere.html': {},
};

for (const [address, { ready, views = {} }] of Object.entries(pages)) {
  for (const colorScheme of ['light', 'dark']) {
    test(`${address}, ${colorScheme}`, async () => {
      const page = await newPage(browser, { colorScheme, viewport: { width: 320, height: 900 } });
      await page.goto(site.url + address);
      await ready?.(page);
      for (const width of [320, 768, 1280]) {
        await page.setViewportSize({ width, height: 900 });
        await check(page, `${address}, ${width} wide`);
        for (const [part, show] of Object.entries(views)) {
          await show(page);
          await check(page, `${address}, ${width} wide, ${part}`, part);
        }
      }
      await page.context().close();
    });
  }
}
