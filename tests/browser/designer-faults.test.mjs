// What may go wrong in a browser: each fault gives a message and loses no text.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { openDesignerAt, paste } from './designing.mjs';
import { browse, newPage } from './support.mjs';

const { browser, site } = await browse();

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
    await page.locator('#document h2').nth(7).waitFor();
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
  await two.locator('#document h2').nth(7).waitFor();
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
    await page.locator('#document h2').nth(7).waitFor();
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

/** Lets the worker of the designer run something before its own program. */
const beforeWorker = (page, script) =>
  page.route('**/js/worker.js', async (route) => {
    const response = await route.fetch();
    await route.fulfill({ response, body: `${script}\n${await response.text()}` });
  });

/** What the page says went wrong, with the text that is still there. */
async function told(page, text) {
  await page.locator('#problem').waitFor();
  assert.equal(await value(page), text);
  return page.locator('#problem').innerText();
}

/** Opens the designer with a text that was kept. */
async function openWith(text, prepare = () => {}) {
  const page = await newPage(browser);
  await page.addInitScript((text) => {
    localStorage['backend-design.draft'] ??= text;
  }, text);
  await prepare(page);
  await page.goto(`${site.url}designer.html`);
  return page;
}

test('a browser that refuses memory is told, and the next text is designed when it gives some', async () => {
  // The first engine gets none, as where other pages take it all; the one after it does.
  const page = await openWith(mine, async (page) => {
    let tries = 0;
    await page.route('**/js/worker.js', async (route) => {
      const response = await route.fetch();
      const refuse = `WebAssembly.instantiateStreaming = WebAssembly.instantiate = async () => { throw new RangeError('WebAssembly.instantiate(): Out of memory: Cannot allocate Wasm memory for new instance'); };`;
      tries += 1;
      await route.fulfill({ response, body: `${tries === 1 ? refuse : ''}\n${await response.text()}` });
    });
  });
  assert.match(await told(page, mine), /no memory.*Close other pages/s);
  await page.locator('#text').fill(theirs);
  await page.locator('#document h2').nth(7).waitFor();
  await page.locator('#problem').waitFor({ state: 'hidden' });
  await page.context().close();
});

test('memory that cannot grow while a text is read is told, and the next text is designed', async () => {
  const page = await openWith(mine, (page) =>
    beforeWorker(page, `
      const instantiate = WebAssembly.instantiateStreaming;
      let memory;
      WebAssembly.instantiateStreaming = async (...args) => {
        const made = await instantiate(...args);
        memory = made.instance.exports.memory;
        return made;
      };
      addEventListener('message', ({ data }) => {
        // All that the module may have is taken, so that it gets no more.
        if (data.text?.includes('hunger')) for (let pages = 65536; pages >= 1; pages >>= 1) try { for (;;) memory.grow(pages); } catch {}
      });`));
  await page.locator('#document h2').nth(7).waitFor();
  const hungry = `# Hunger\n\n${Array.from({ length: 1500 }, (_, at) => `- Members with hunger book wheel ${at} of shop ${at}.`).join('\n')}`;
  await page.evaluate((text) => {
    const field = document.querySelector('#text');
    field.value = text;
    field.dispatchEvent(new Event('input'));
  }, hungry);
  assert.match(await told(page, hungry), /stopped while it worked|no memory/);
  await page.locator('#text').fill(theirs);
  await page.waitForFunction(() => document.querySelector('#document h1').innerText === 'Kilns');
  assert.equal(await page.locator('#problem').isVisible(), false);
  await page.context().close();
});

/** An engine that says each text back: one when the test lets it, and one never. */
const late = `
  addEventListener('message', ({ data }) => {
    const reply = () => postMessage({ kind: 'refused', id: data.id, error: { what: data.text, why: 'w', fix: 'f' } });
    if (data.text === 'late') fetch('../late').then(reply);
    else if (data.text !== 'never') reply();
  });`;

test('an engine that slept with its page is waited for, and one that is dead is not', async () => {
  const page = await newPage(browser);
  await page.route('**/js/worker.js', (route) => route.fulfill({ contentType: 'text/javascript', body: late }));
  let wake;
  const awake = new Promise((resolve) => (wake = resolve));
  await page.route('**/late', (route) => awake.then(() => route.fulfill({ body: '' })));
  await page.clock.install();
  await page.goto(`${site.url}designer.html`);
  const what = page.locator('#problem .problem-what');
  const ask = async (text) => {
    await page.locator('#text').fill(text);
    await page.clock.runFor(200);
  };
  await what.waitFor();
  await ask('at once');
  await what.filter({ hasText: 'at once' }).waitFor();
  // The lid is closed for an hour, and after it the clocks of the page ring late.
  await ask('late');
  await page.clock.fastForward('01:00:00');
  assert.equal(await what.innerText(), 'at once', 'nothing is taken for dead');
  wake();
  await what.filter({ hasText: 'late' }).waitFor();
  await ask('never');
  await page.clock.runFor(61_000);
  assert.match(await what.innerText(), /not answered for a minute/);
  assert.equal(await value(page), 'never');
  await page.context().close();
});

test('a page that is frozen and woken goes on, and one that ends keeps the last key', async () => {
  const page = await openWith(mine);
  await page.locator('#document h2').nth(7).waitFor();
  const devtools = await page.context().newCDPSession(page);
  await page.locator('#text').fill(theirs);
  await devtools.send('Page.setWebLifecycleState', { state: 'frozen' });
  await new Promise((resolve) => setTimeout(resolve, 500));
  await devtools.send('Page.setWebLifecycleState', { state: 'active' });
  await page.waitForFunction(() => document.querySelector('#document h1').innerText === 'Kilns');
  assert.equal(await page.locator('#problem').isVisible(), false);

  // No pause after typing: the page is left at once.
  const last = `${theirs}- Members fire a kiln.\n`;
  await page.evaluate((text) => {
    const field = document.querySelector('#text');
    field.value = text;
    field.dispatchEvent(new Event('input'));
    location.assign('404.html');
  }, last);
  // Asked again where the page before is only just going.
  await page.waitForFunction((text) => location.pathname.endsWith('/404.html') && localStorage['backend-design.draft'] === text, last);
  await page.context().close();
});

test('parts of another version, or cut off, are told with the way out', async () => {
  for (const [part, body] of [
    ['**/pkg/engine/engine_bg.wasm', Buffer.from('0061736d0100000001', 'hex')],
    ['**/pkg/engine/engine.js', 'export default async () => {}; export const version = () => "0";\nimport { gone } from "../../js/points.js";'],
    ['**/js/engine-view.js', 'export const granted = 1;'],
  ]) {
    const page = await openWith(mine, (page) =>
      page.route(part, (route) => route.fulfill({ contentType: part.endsWith('js') ? 'text/javascript' : 'application/wasm', body })));
    assert.match(await told(page, mine), /do not fit together.*Shift|could not be started.*Reload/s, part);
    await page.context().close();
  }
});

test('a text that was kept in a damaged form is shown as far as it goes', async () => {
  for (const damaged of ['# Wheels \ud800\n\n- Members book a wheel.', '# Wheels \u0000\u0007\n\n- Members book a wheel.', `# Wheels\n\n${'- Members book a wheel. '.repeat(60_000)}`]) {
    const page = await openWith(damaged);
    await page.locator('#document h2:nth-of-type(1), #problem:not([hidden])').first().waitFor();
    // Half a character is shown as one that is missing.
    assert.equal((await value(page)).toWellFormed(), damaged.toWellFormed());
    assert.equal((await page.evaluate(() => localStorage['backend-design.draft'])).toWellFormed(), damaged.toWellFormed());
    await page.context().close();
  }
});
