// What may go wrong in a browser: each fault gives a message and loses no text.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { openDesignerAt, paste } from './designing.mjs';
import { launch, newPage, serve } from './support.mjs';

let browser;
let site;
before(async () => {
  [browser, site] = await Promise.all([launch(), serve()]);
});
after(async () => {
  await browser?.close();
  await site?.close();
});

const mine = '# Wheels\n\n- Members book a wheel.\n';
const theirs = '# Kilns\n\n- Members book a kiln. A kiln has a name.\n';
const value = (page) => page.locator('#text').inputValue();

for (const [name, spoil] of Object.entries({
  denied: () => {
    Object.defineProperty(window, 'localStorage', {
      get() {
        throw new DOMException('denied', 'SecurityError');
      },
    });
  },
  full: () => {
    Storage.prototype.setItem = () => {
      throw new DOMException('full', 'QuotaExceededError');
    };
  },
})) {
  test(`storage that is ${name} is told, once, and everything else works`, async () => {
    const page = await newPage(browser);
    await page.addInitScript(spoil);
    await page.goto(`${site.url}designer.html`);
    await page.locator('#document h2').first().waitFor();
    await paste(page, mine);
    const notice = page.locator('.notice[data-sort="storage"]');
    await notice.waitFor();
    assert.match(await notice.innerText(), /full or denied.*download it/s);
    await notice.getByRole('button', { name: 'Dismiss' }).click();
    await paste(page, theirs);
    assert.equal(await notice.count(), 0, 'it is told once');
    // Going back works as long as the page lives.
    await page.locator('#clear').click();
    await page.locator('#undo').click();
    assert.equal(await value(page), theirs);
    await page.context().close();
  });
}

test('two windows tell each other, and neither text is lost', async () => {
  const one = await openDesignerAt(browser, site);
  await paste(one, mine);
  const two = await one.context().newPage();
  await two.goto(`${site.url}designer.html`);
  await two.locator('#document h2').first().waitFor();
  assert.equal(await value(two), mine);
  await two.locator('#text').fill(theirs);
  const notice = one.locator('.notice[data-sort="window"]');
  await notice.waitFor();
  assert.equal(await value(one), mine, 'nothing is taken without asking');

  // Who writes on keeps the other text as a version.
  const more = `${mine}- Members cancel a booking.\n`;
  await one.locator('#text').fill(more);
  await one.waitForFunction((text) => localStorage['backend-design.draft'] === text, more);
  await one.locator('#undo').click();
  assert.equal(await value(one), theirs);
  await one.locator('#redo').click();
  assert.equal(await value(one), more);

  // Or takes it over at once.
  const last = `${theirs}- Members fire a kiln.\n`;
  await two.locator('#text').fill(last);
  await notice.getByRole('button', { name: 'Take that text here' }).click();
  assert.equal(await value(one), last);
  await one.context().close();
});

test('what was kept in a damaged form is told, and the text is there', async () => {
  for (const [key, damaged] of [
    ['backend-design.settings', '{"set":'],
    ['backend-design.settings', '[]'],
    ['backend-design.versions', 'null'],
    ['backend-design.versions', '[{"text": 5}]'],
  ]) {
    const page = await newPage(browser);
    await page.addInitScript(
      ([key, damaged, text]) => {
        localStorage['backend-design.draft'] = text;
        localStorage[key] = damaged;
      },
      [key, damaged, mine],
    );
    await page.goto(`${site.url}designer.html`);
    await page.locator('#document h2').first().waitFor();
    await page.locator('.notice[data-sort="damaged"]').waitFor();
    assert.equal(await value(page), mine, damaged);
    assert.deepEqual(page.complaints, []);
    await page.context().close();
  }
});

test('what the engine cannot take of a kept setting is left out or taken back', async () => {
  const page = await newPage(browser);
  await page.addInitScript((text) => {
    localStorage['backend-design.draft'] = text;
    localStorage['backend-design.settings'] = '{"set":{"users.daily":"many"},"pins":{"database":7},"other":1}';
  }, mine);
  await page.goto(`${site.url}designer.html`);
  await page.locator('#document h2').nth(7).waitFor();
  assert.equal(await page.locator('#problem').isVisible(), false);
  await page.context().close();
});

test('nothing of the designer moves by itself while it loads', async () => {
  for (const address of ['index.html', 'guides/api-design-guide/choosing-a-style.html', 'designer.html']) {
    const page = await newPage(browser);
    await page.addInitScript(() => {
      window.shifted = 0;
      new PerformanceObserver((list) => {
        for (const entry of list.getEntries()) if (!entry.hadRecentInput) window.shifted += entry.value;
      }).observe({ type: 'layout-shift', buffered: true });
    });
    await page.goto(site.url + address);
    if (address === 'designer.html') await page.locator('#document h2').nth(7).waitFor();
    await page.waitForTimeout(500);
    const shifted = await page.evaluate(() => window.shifted);
    assert.ok(shifted <= 0.02, `${address}: ${shifted}`);
    await page.context().close();
  }
});
