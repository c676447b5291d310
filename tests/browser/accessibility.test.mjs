// axe finds nothing, and nothing is wider than the window, on every sort of page in both themes, small and large.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { drawDiagrams, launch, newPage, serve } from './support.mjs';

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

let browser;
let site;
before(async () => {
  [browser, site] = await Promise.all([launch(), serve()]);
});
after(async () => {
  await browser?.close();
  await site?.close();
});

async function check(page, where) {
  await page.evaluate(axe);
  const { violations } = await page.evaluate(() => axe.run());
  const found = violations.flatMap(({ id, help, nodes }) => nodes.map(({ html }) => `${id}: ${help}: ${html.slice(0, 160)}`));
  assert.deepEqual(found, [], where);
  const [content, width] = await page.evaluate(() => [document.documentElement.scrollWidth, innerWidth]);
  assert.ok(content <= width, `${where} is ${content} wide in a window of ${width}`);
}

const designed = async (page) => {
  await page.locator('#document h2').nth(7).waitFor();
  await page.locator('figure.diagram svg').first().waitFor();
};

/** With the search open and its results in view. */
const searched = async (page) => {
  await page.locator('[data-search]').click();
  await page.getByRole('combobox').fill('outbox');
  await page.getByRole('option').first().waitFor();
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
  'designer.html': { ready: designed, views: ['#tab-points', '#tab-files'] },
  'nowhere.html': {},
};

for (const [address, { ready, views = [] }] of Object.entries(pages)) {
  for (const colorScheme of ['light', 'dark']) {
    for (const width of [320, 1280]) {
      test(`${address}, ${colorScheme}, ${width} wide`, async () => {
        const page = await newPage(browser, { colorScheme, viewport: { width, height: 900 } });
        await page.goto(site.url + address);
        await ready?.(page);
        await check(page, address);
        for (const view of views) {
          await page.locator(view).click();
          await check(page, `${address} ${view}`);
        }
        await page.context().close();
      });
    }
  }
}
