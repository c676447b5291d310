// Between text and design: the lines under the sentences, what each produced, and why an element is there.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { openDesignerAt, paste } from './designing.mjs';
import { browse } from './support.mjs';

const { browser, site } = await browse();

const text = [
  '# Kilns',
  '',
  'We run a studio for members.',
  '',
  '- Members book a kiln. A kiln has a name and a capacity.',
  '- A page must load in under one second.',
  '- Use PostgreSQL.',
  '- Not part of this: selling pots online.',
  '- It should be nice.',
].join('\n');

/** The words of each mark with its classes, and the words that the reader sees at the same place. */
const marks = (page) =>
  page.locator('#marks').evaluate((copy) => ({
    whole: copy.textContent,
    field: document.querySelector('#text').value,
    marks: [...copy.querySelectorAll('.mark')].map((mark) => ({ words: mark.textContent, classes: [...mark.classList] })),
  }));

test('each sentence is underlined by its class, at the place where it stands', async () => {
  const page = await openDesignerAt(browser, site);
  await paste(page, text);
  await page.locator('#marks .mark', { hasText: 'Members book a kiln' }).waitFor({ state: 'attached' });
  const shown = await marks(page);
  assert.equal(shown.whole, shown.field);
  const classOf = (words) => shown.marks.find((mark) => mark.words.includes(words))?.classes;
  assert.ok(classOf('Members book a kiln.').includes('capability'));
  assert.ok(classOf('under one second').includes('quality'));
  assert.ok(classOf('Use PostgreSQL').includes('constraint'));
  assert.ok(classOf('selling pots').includes('set-aside'));
  assert.ok(classOf('be nice').includes('not-understood'));
  const lines = await page.evaluate(() =>
    ['capability', 'quality', 'not-understood'].map(
      (name) => getComputedStyle(document.querySelector(`#marks .mark.${name}`)).textDecorationStyle,
    ),
  );
  assert.equal(new Set(lines).size, 3, 'the classes differ by more than colour');
  await page.context().close();
});

test('the copy behind the field wraps and scrolls as the field does', async () => {
  const page = await openDesignerAt(browser, site, { viewport: { width: 320, height: 700 } });
  const heights = () =>
    page.evaluate(() => {
      const [field, copy] = [document.querySelector('#text'), document.querySelector('#marks')];
      return [field.scrollHeight, copy.scrollHeight, field.clientWidth, copy.clientWidth];
    });
  await page.locator('#marks .mark').first().waitFor({ state: 'attached' });
  const [field, copy, width, copyWidth] = await heights();
  assert.equal(copyWidth, width);
  assert.ok(Math.abs(field - copy) <= 2, `${field} and ${copy} high`);
  await page.locator('#text').evaluate((element) => {
    element.scrollTop = 300;
  });
  await page.waitForFunction(() => document.querySelector('#marks').scrollTop === document.querySelector('#text').scrollTop);
  await page.context().close();
});

test('while one types the lines stay with their sentences', async () => {
  const page = await openDesignerAt(browser, site);
  await paste(page, text);
  const words = async () => (await marks(page)).marks.map((mark) => mark.words);
  await page.waitForFunction(() => document.querySelector('#marks').textContent === document.querySelector('#text').value);
  const before = await words();
  // At once, before any design of the new text can be there.
  const after = await page.evaluate(() => {
    const field = document.querySelector('#text');
    field.value = `More words first.\n\n${field.value}`;
    field.dispatchEvent(new Event('input'));
    return [...document.querySelectorAll('#marks .mark')].map((mark) => mark.textContent);
  });
  assert.deepEqual(after, before);
  await page.context().close();
});

test('pointing at a sentence or standing in it shows what it produced, and leads there', async () => {
  const page = await openDesignerAt(browser, site);
  await paste(page, text);
  const line = page.locator('#statement');
  const mark = page.locator('#marks .mark', { hasText: 'Members book a kiln' });
  const box = await mark.boundingBox();
  await page.mouse.move(box.x + 20, box.y + 8);
  await line.getByText('asks for something').waitFor();
  // What it produced is known with the files, which follow the document.
  await line.getByText('Kiln', { exact: true }).first().waitFor();

  // By keyboard, into a sentence that produced nothing: it says why.
  await page.mouse.move(900, 500);
  await page.locator('#text').focus();
  await page.keyboard.press('Control+End');
  await line.getByText('not understood').waitFor();
  await page.locator('#text').evaluate((field) => field.setSelectionRange(field.value.indexOf('book a kiln'), field.value.indexOf('book a kiln')));
  await line.getByText('asks for something').waitFor();

  const made = line.locator('.made').filter({ hasText: '/' }).first();
  const name = await made.innerText();
  await made.focus();
  await page.keyboard.press('Enter');
  const revealed = page.locator('#document .revealed');
  await revealed.waitFor();
  assert.ok((await revealed.innerText()).replace(/\s+/g, ' ').includes(name), name);
  assert.ok(await revealed.evaluate((row) => row.getBoundingClientRect().top < innerHeight));
  await page.context().close();
});

test('an element opens what it rests on, with a link to the guide, and gives the focus back', async () => {
  const page = await openDesignerAt(browser, site);
  await paste(page, text);
  const element = page.locator('#document .element', { hasText: '/kilns' }).first();
  await element.focus();
  await page.keyboard.press('Enter');
  const panel = page.locator('#why');
  await panel.waitFor();
  assert.match(await page.locator('#why-title').innerText(), /kilns/);
  assert.equal(await page.evaluate(() => document.activeElement.id), 'why-title');
  assert.match(await panel.innerText(), /kiln/i);
  const guide = await panel.locator('a[href^="guides/"]').getAttribute('href');
  const response = await page.request.get(new URL(guide, page.url()).href);
  assert.equal(response.status(), 200, guide);
  await page.keyboard.press('Escape');
  assert.equal(await panel.isVisible(), false);
  assert.ok(await element.evaluate((button) => button === document.activeElement));

  // Every section leads to a guide that there is.
  for (const name of ['kilns', 'member']) {
    await page.locator('#document .element', { hasText: new RegExp(`^${name}$`) }).first().click();
    const address = await panel.locator('a[href^="guides/"]').getAttribute('href');
    assert.equal((await page.request.get(new URL(address, page.url()).href)).status(), 200, address);
    await page.locator('#why-close').click();
  }

  // Its sentence leads into the text.
  await element.click();
  const first = panel.locator('.reasons li', { has: page.locator('.evidence') }).first();
  const words = await first.locator('span').innerText();
  await first.locator('.evidence').click();
  const marked = await page.locator('#text').evaluate((field) => field.value.slice(field.selectionStart, field.selectionEnd));
  assert.equal(marked, words);
  await page.context().close();
});
