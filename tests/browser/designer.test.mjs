// The designer as a reader uses it: paste a text, read the design, take it along.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { openDesignerAt, paste, replaceText } from './designing.mjs';
import { briefs, browse, commandLine, download, drawDiagrams, newPage, serve, unfold } from './support.mjs';

const brief = readFileSync(path.join(briefs, 'mountain-rescue/prose.md'), 'utf8');
const otherBrief = readFileSync(path.join(briefs, 'warehouse/stories.md'), 'utf8');

const { browser, site } = await browse();

const openDesigner = (options = {}, address = 'designer.html') => openDesignerAt(browser, site, options, address);

const sections = (page) => page.locator('#document h2').allInnerTexts();

test('a pasted text becomes a design of eight sections with a drawn diagram', async () => {
  const page = await openDesigner();
  await paste(page, brief);
  const titles = await sections(page);
  assert.equal(titles.length, 8, titles.join(' | '));
  assert.deepEqual(await page.locator('#sections a').allInnerTexts(), titles);

  await drawDiagrams(page);
  const drawings = page.locator('#document figure.diagram svg');
  assert.ok((await drawings.count()) > 0);
  const { width, height } = await drawings.first().boundingBox();
  assert.ok(width > 50 && height > 50, `the first drawing is ${width} by ${height}`);
  assert.equal(await page.locator('figure.diagram.failed').count(), 0);
  assert.deepEqual(page.complaints, []);
  await page.context().close();
});

test('the archive and single files are those of the command line, byte for byte', async () => {
  const page = await openDesigner({ acceptDownloads: true });
  for (const text of [brief, otherBrief]) {
    await paste(page, text);
    const archive = await download(page, () => page.locator('#zip').click());
    assert.match(archive.name, /^[a-z0-9-]+\.zip$/);
    assert.ok(archive.bytes.equals(commandLine(['--format', 'zip'], text)), 'the archives differ');
  }

  await page.locator('#tab-files').click();
  await page.locator('#file-list button[data-path="design.json"]').click();
  const file = await download(page, () => page.locator('#download').click());
  assert.equal(file.name, 'design.json');
  assert.ok(file.bytes.equals(commandLine(['--format', 'json'], otherBrief)), 'design.json differs');
  await page.context().close();
});

test('the archive holds what was typed a moment ago', async () => {
  const page = await openDesigner({ acceptDownloads: true });
  await replaceText(page, brief);
  // Before the pause after typing has passed.
  const archive = await download(page, () => page.locator('#zip').click());
  assert.ok(archive.bytes.equals(commandLine(['--format', 'zip'], brief)));
  await page.context().close();
});

test('the first visit shows the design of an example, and every example has one', async () => {
  const page = await openDesigner();
  const names = await page.locator('#example option').evaluateAll((options) => options.map(({ value }) => value));
  assert.ok(names.length > 3);
  for (const name of names.filter(Boolean)) {
    await page.locator('#example').selectOption(name);
    const text = await page.locator('#text').inputValue();
    const title = text.match(/^# (.*)$/m)[1];
    await page.waitForFunction((title) => document.querySelector('#document h1')?.innerText.includes(title), title.split(':')[0]);
    assert.equal((await sections(page)).length, 8, name);
  }
  assert.deepEqual(page.complaints, []);
  await page.context().close();
});

test('nothing is asked of any server while one types', async () => {
  const page = await openDesigner();
  await drawDiagrams(page);
  const loaded = page.requested.length;
  assert.deepEqual(page.requested.filter((url) => !url.startsWith(site.url)), []);
  await page.locator('#text').focus();
  await page.keyboard.press('Control+End');
  await page.keyboard.type('\n- Members rate a course with one to five stars and a comment.\n', { delay: 5 });
  await page.waitForFunction(() => document.querySelector('#document').innerText.includes('rate'));
  await paste(page, `${otherBrief}\n\n![x](https://example.org/x.png) <img src="https://example.org/y.png">\n`);
  await drawDiagrams(page);
  assert.deepEqual(page.requested.slice(loaded), []);
  await page.context().close();
});

test('what did not change stays, and so does the place of the reader', async () => {
  const page = await openDesigner();
  await drawDiagrams(page);
  const heading = page.locator('#document h2').nth(4);
  await heading.evaluate((element) => {
    element.dataset.marked = 'yes';
    element.scrollIntoView({ behavior: 'instant' });
    scrollBy({ top: 40, behavior: 'instant' });
  });
  const top = () => heading.evaluate((element) => element.getBoundingClientRect().top);
  const before = await top();
  await page.evaluate(() => {
    const text = document.querySelector('#text');
    text.value += '\n- Members rent a locker for a month. A locker has a number and a size.\n- Members return the locker.\n';
    text.dispatchEvent(new Event('input'));
  });
  await page.waitForFunction(() => /locker/i.test(document.querySelector('#document').textContent));
  await page.waitForTimeout(300);
  assert.equal(await heading.getAttribute('data-marked'), 'yes', 'the heading was replaced');
  const moved = (await top()) - before;
  assert.ok(Math.abs(moved) <= 2, `the reader was moved by ${moved} pixels`);
  await page.context().close();
});

test('a fold that the reader opened stays open while what it holds changes, and no other opens', async () => {
  const page = await openDesigner();
  await drawDiagrams(page);
  await page.evaluate(() => document.querySelectorAll('#document details').forEach((fold) => (fold.open = false)));
  const folds = page.locator('#document > section > details');
  const fold = page.locator('#requirements + details');
  await fold.locator('summary').click();
  // A drawing has its source in a fold of its own.
  const figure = page.locator('#database-design ~ figure.diagram').first();
  await figure.locator('summary').click();
  const before = await fold.locator('summary').innerText();
  const source = await figure.locator('.mermaid-source').textContent();
  await page.locator('#text').focus();
  await page.keyboard.press('Control+End');
  await page.keyboard.type('\n- Members rent a locker for a month. A locker has a number and a size.\n', { delay: 5 });
  await page.waitForFunction(() => /locker/i.test(document.querySelector('#database-design ~ figure.diagram .mermaid-source').textContent));
  assert.notEqual(await fold.locator('summary').innerText(), before);
  assert.notEqual(await figure.locator('.mermaid-source').textContent(), source);
  assert.equal(await fold.evaluate((details) => details.open), true);
  await figure.locator('details[open] .mermaid-source').waitFor();
  assert.equal(await folds.evaluateAll((all) => all.filter((details) => details.open).length), 1);
  await page.context().close();
});

test('the text is kept for the next visit, and replacing it can be undone', async () => {
  const page = await openDesigner();
  await paste(page, brief);
  await page.reload();
  await page.locator('#document h2').nth(7).waitFor();
  assert.equal(await page.locator('#text').inputValue(), brief);

  await page.locator('#clear').click();
  assert.equal(await page.locator('#text').inputValue(), '');
  await page.locator('#undo').click();
  assert.equal(await page.locator('#text').inputValue(), brief);

  // An example named by the address replaces it as well, and it is not lost either.
  await page.goto(`${site.url}designer.html#example=lunch-list`);
  await page.reload();
  await page.waitForFunction(() => document.querySelector('#text').value.startsWith('# Lunch list'));
  await page.locator('#undo').click();
  assert.equal(await page.locator('#text').inputValue(), brief);
  await page.context().close();
});

test('a file can be opened', async () => {
  const page = await openDesigner();
  await page.locator('#open').setInputFiles(path.join(briefs, 'warehouse/stories.md'));
  await page.waitForFunction((text) => document.querySelector('#text').value === text, otherBrief);
  await page.context().close();
});

test('without storage everything works but keeping', async () => {
  const page = await newPage(browser);
  await page.addInitScript(() => {
    Object.defineProperty(window, 'localStorage', {
      get() {
        throw new DOMException('denied', 'SecurityError');
      },
    });
  });
  await page.goto(`${site.url}designer.html`);
  await page.locator('#document h2').nth(7).waitFor();
  await paste(page, brief);
  await page.locator('[data-theme-toggle]').click();
  assert.equal((await sections(page)).length, 8);
  assert.deepEqual(page.complaints, []);
  await page.context().close();
});

test('a refused text says what, why and how to fix, and the next one is designed', async () => {
  const page = await openDesigner();
  await page.evaluate(() => {
    const text = document.querySelector('#text');
    text.value = 'a '.repeat(600_000);
    text.dispatchEvent(new Event('input'));
  });
  const problem = page.locator('#problem');
  await problem.waitFor();
  const lines = await problem.locator('p').allInnerTexts();
  assert.equal(lines.length, 3);
  assert.match(lines[0], /\d/, 'the limit is named');
  assert.ok(lines.every((line) => line.length > 20), lines.join(' | '));
  await paste(page, brief);
  await problem.waitFor({ state: 'hidden' });
  await page.context().close();
});

test('an empty text gives a page that asks for one, and no invented system', async () => {
  const page = await openDesigner();
  await page.locator('#clear').click();
  await page.waitForFunction(() => document.querySelector('#text-size').innerText.startsWith('0 '));
  await page.waitForTimeout(500);
  assert.equal(await page.locator('#problem').isVisible(), false);
  assert.equal((await sections(page)).length, 8);
  await page.context().close();
});

test('the views can be reached by keyboard', async () => {
  const page = await openDesigner();
  await page.locator('#tab-document').focus();
  await page.keyboard.press('ArrowRight');
  assert.equal(await page.locator('#panel-points').isVisible(), true);
  assert.equal(await page.locator('#panel-document').isVisible(), false);
  await page.keyboard.press('End');
  assert.equal(await page.evaluate(() => document.activeElement.id), 'tab-proof');
  await page.keyboard.press('ArrowRight');
  assert.equal(await page.locator('#panel-document').isVisible(), true);
  await page.context().close();
});

test('a decision leads to the section of a guide that explains it', async () => {
  const page = await openDesigner();
  await paste(page, 'Members book kilns. A kiln has a name and a capacity.');
  const link = page.locator('#document a[href^="guides/"]').first();
  const target = new URL(await link.getAttribute('href'), page.url());
  await link.click();
  await page.waitForURL(target.href);
  // A section is a page of its own, which begins with its heading; a rule is a place on it.
  const id = target.hash.slice(1) || target.pathname.split('/').pop().replace(/\.html$/, '');
  assert.ok(await page.evaluate((id) => document.getElementById(id) !== null, id), target.href);
  await page.context().close();
});

test('a reason leads to its sentence in the text, or to its assumption', async () => {
  const page = await openDesigner();
  const sentences = ['- Members book a wheel.', 'Größe: 日本 and the café 🏺 show members their wheels.', '- A wheel has a name — and a 🏺 size.'];
  await paste(page, `# Ünïcode ✓ test\n\n${sentences.join('\n\n')}\n`);
  await unfold(page);
  const reasons = page.locator('#document .evidence');
  const marked = () => page.locator('#text').evaluate((text) => text.value.slice(text.selectionStart, text.selectionEnd));
  const seen = new Set();
  for (const reason of await reasons.filter({ hasText: /^s\d+$/ }).all()) {
    const id = await reason.innerText();
    if (seen.has(id)) continue;
    seen.add(id);
    await reason.hover();
    await reason.click();
    const selected = await marked();
    assert.equal(selected, await reason.getAttribute('title'), id);
    assert.ok(['Ünïcode ✓ test', ...sentences].some((sentence) => sentence.includes(selected)), `${id}: ${selected}`);
  }
  assert.ok(seen.size >= 3, [...seen].join());

  const assumption = reasons.filter({ hasText: /^a\d+$/ }).first();
  const id = await assumption.innerText();
  await assumption.click();
  assert.equal(await page.evaluate(() => document.activeElement.id), `point-${id}`);
  await page.context().close();
});

test('an assumption can be set, and the archive is that of the command line with the same value', async () => {
  const page = await openDesigner();
  const text = '# Wheels\n\n- Members book a wheel.\n- Members cancel a booking.\n';
  await paste(page, text);
  await page.locator('#tab-points').click();
  const field = page.locator('#points-assumptions input[data-subject="users.daily"]');
  await field.fill('2500000');
  await field.press('Enter');
  await page.locator('#points-set', { hasText: 'users.daily = 2500000' }).waitFor();
  assert.equal(await field.count(), 0, 'what is set is no longer assumed');
  const archive = await download(page, () => page.locator('#zip').click());
  assert.ok(archive.bytes.equals(commandLine(['--set', 'users.daily=2500000', '--format', 'zip'], text)));

  await page.reload();
  await page.locator('#document h2').nth(7).waitFor();
  await page.locator('#tab-points').click();
  await page.locator('#points-set', { hasText: 'users.daily = 2500000' }).waitFor();
  await page.locator('#points-set').getByRole('button', { name: 'Take back' }).click();
  await field.waitFor();
  assert.equal(await page.locator('#points-set').count(), 0);

  // A value that the engine refuses is told and does not stay.
  await field.fill('-5');
  await field.press('Enter');
  await page.locator('#problem').waitFor();
  await page.locator('#text').press('End');
  await page.locator('#text').pressSequentially(' ');
  await page.locator('#problem').waitFor({ state: 'hidden' });
  await page.context().close();
});

test('a hostile text stays a text', async () => {
  const page = await openDesigner();
  const dialogs = [];
  page.on('dialog', (dialog) => {
    dialogs.push(dialog.message());
    dialog.dismiss();
  });
  await paste(
    page,
    [
      '# <img src=x onerror=alert(1)> shop',
      '- As a <script>alert(2)</script> user, I want to book a [table](javascript:alert(3)) so that I eat.',
      '- Users order an item"]:::x click A call alert(4) and pay for it.',
      '- An order has a name`; DROP TABLE orders; -- and a "><svg onload=alert(5)>.',
      '```mermaid\nflowchart LR\n a["<img src=x onerror=alert(6)>"] --> b\n click a "javascript:alert(7)"\n```',
    ].join('\n'),
  );
  await drawDiagrams(page);
  await page.locator('#tab-points').click();
  await page.locator('#tab-files').click();
  const alien = await page.evaluate(
    () => document.querySelectorAll('main script:not(#examples), main iframe, main [onerror], main [onload], main a[href^="javascript:"]').length,
  );
  assert.equal(alien, 0);
  assert.deepEqual(dialogs, []);
  assert.deepEqual(page.requested.filter((url) => !url.startsWith(site.url)), []);
  await page.context().close();
});

test('a site that does not allow WebAssembly says so', async () => {
  const strict = await serve(() => ({ 'content-security-policy': "script-src 'self'" }));
  const page = await newPage(browser);
  await page.goto(`${strict.url}designer.html`);
  const problem = page.locator('#problem');
  await problem.waitFor();
  assert.match(await problem.innerText(), /WebAssembly/);
  await page.context().close();
  await strict.close();
});

test('a worker that may not run WebAssembly says so', async () => {
  const strict = await serve((name) =>
    name === 'js/worker.js' ? { 'content-security-policy': "script-src 'self'" } : {},
  );
  const page = await newPage(browser);
  await page.goto(`${strict.url}designer.html`);
  const problem = page.locator('#problem');
  await problem.waitFor();
  assert.match(await problem.innerText(), /WebAssembly.*wasm-unsafe-eval/s);
  await page.context().close();
  await strict.close();
});

test('missing files are told', async () => {
  for (const missing of ['**/js/worker.js', '**/pkg/engine/engine.js', '**/pkg/engine/engine_bg.wasm', '**/pkg/app/app.js']) {
    const page = await newPage(browser);
    await page.route(missing, (route) => route.fulfill({ status: 404, body: 'missing' }));
    await page.goto(`${site.url}designer.html`);
    await page.locator('#problem').waitFor();
    assert.match(await page.locator('#problem').innerText(), /\w/, missing);
    await page.context().close();
  }
});

test('a long text is designed', async () => {
  const page = await openDesigner();
  const lines = Array.from({ length: 3000 }, (_, n) => `- Members book wheel ${n} for a session of two hours.`);
  await paste(page, `# Long list\n\n${lines.join('\n')}`);
  assert.equal((await sections(page)).length, 8);
  await page.context().close();
});

/** A worker that takes its time and answers with the text that it was given. */
const slowWorker = `
  let asked = 0;
  addEventListener('message', ({ data }) => {
    asked += 1;
    setTimeout(() => postMessage({
      kind: 'refused', id: data.id, error: { what: data.text, why: String(asked), fix: 'none' },
    }), 2000);
  });
`;

test('slow work shows a sign of work, and of the texts that wait only the latest is answered', async () => {
  const page = await newPage(browser);
  await page.route('**/js/worker.js', (route) => route.fulfill({ contentType: 'text/javascript', body: slowWorker }));
  await page.goto(`${site.url}designer.html`);
  const progress = page.locator('#progress');
  await progress.waitFor({ state: 'visible' });
  for (const text of ['one', 'two', 'three', 'four']) {
    await page.locator('#text').fill(text);
    // Longer than the pause after typing: each of them is asked for.
    await page.waitForTimeout(200);
  }
  await progress.waitFor({ state: 'hidden' });
  const [what, asked] = await page.locator('#problem p').allInnerTexts();
  assert.equal(what, 'four');
  // The example of the first visit and the four texts would be five.
  assert.ok(Number(asked) <= 3, `the worker was asked ${asked} times`);
  await page.context().close();
});

test('an engine that dies is started again with the next text', async () => {
  const page = await newPage(browser);
  const deadly = `
    addEventListener('message', ({ data }) => {
      if (data.text.includes('die')) throw new Error('dead');
      postMessage({ kind: 'refused', id: data.id, error: { what: 'alive', why: 'w', fix: 'f' } });
    });
  `;
  await page.route('**/js/worker.js', (route) => route.fulfill({ contentType: 'text/javascript', body: deadly }));
  await page.goto(`${site.url}designer.html`);
  const what = page.locator('#problem .problem-what');
  await what.filter({ hasText: 'alive' }).waitFor();
  await page.locator('#text').fill('die');
  await what.filter({ hasNotText: 'alive' }).waitFor();
  await page.locator('#text').fill('live');
  await what.filter({ hasText: 'alive' }).waitFor();
  await page.context().close();
});
