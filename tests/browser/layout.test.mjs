// Nothing moves by itself: while a page loads, while one reads on, and while the first design comes.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { browse, newPage } from './support.mjs';

const { browser, site } = await browse();

/** How far things may move, as browsers measure it: the part of the window that moved, times how far. */
const MOST = 0.02;

const windows = { phone: { width: 390, height: 844 }, desktop: { width: 1280, height: 900 } };

/** Goes down the page as a reader does, a part of the window at a time, as far as `screens` windows. */
async function read(page, screens) {
  for (let step = 0; step < screens * 4; step += 1) {
    const end = await page.evaluate(() => {
      scrollBy({ top: innerHeight / 4, behavior: 'instant' });
      return scrollY + innerHeight >= document.documentElement.scrollHeight - 2;
    });
    if (end) return;
    await page.waitForTimeout(150);
  }
}

const pages = {
  'index.html': (page) => read(page, 20),
  // With a diagram in the text.
  'guides/api-design-guide/choosing-a-style.html': (page) => read(page, 20),
  'designer.html': async (page) => {
    await page.locator('#document h2').nth(7).waitFor();
    await read(page, 6);
  },
};

for (const [name, viewport] of Object.entries(windows)) {
  for (const [address, walk] of Object.entries(pages)) {
    test(`${address} does not move by itself, ${name}`, async () => {
      const page = await newPage(browser, { viewport });
      await page.addInitScript(() => {
        window.moved = [];
        new PerformanceObserver((list) => {
          for (const { hadRecentInput, value, sources } of list.getEntries()) {
            if (hadRecentInput) continue;
            const what = sources.map(({ node }) => node?.id || node?.className || node?.nodeName).join(', ');
            window.moved.push({ value, what });
          }
        }).observe({ type: 'layout-shift', buffered: true });
      });
      await page.goto(site.url + address);
      await walk(page);
      await page.waitForTimeout(500);
      const moved = await page.evaluate(() => window.moved);
      const sum = moved.reduce((sum, { value }) => sum + value, 0);
      assert.ok(sum <= MOST, `${sum.toFixed(4)}: ${moved.map(({ value, what }) => `${value.toFixed(4)} ${what}`).join('; ')}`);
      await page.context().close();
    });
  }
}
