// What the reader settles and goes back on: numbers, answers, pins, the load, undo, and what each changed.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { openDesignerAt, paste } from './designing.mjs';
import { browse, commandLine, download, unfold } from './support.mjs';

const { browser, site } = await browse();

const text = '# Wheels\n\n- Members book a wheel.\n- Members cancel a booking.\n- A wheel has a name and a size.\n';
const archive = (page) => download(page, () => page.locator('#zip').click());

test('a pinned decision holds, says what it changed, and can be taken back', async () => {
  const page = await openDesignerAt(browser, site);
  await paste(page, text);
  const opener = page.locator('#document [data-slot="database"]');
  await unfold(page);
  await opener.click();
  const other = page.locator('#why .choices-list li:not(.chosen)', { hasText: 'MySQL' });
  await other.getByRole('button', { name: 'Pin this instead' }).click();
  await page.locator('#news', { hasText: 'database' }).waitFor();
  await page.waitForFunction(() => /MySQL/.test(document.querySelector('#document h3[id*="database-engine"]')?.textContent));
  assert.ok((await archive(page)).bytes.equals(commandLine(['--pin', 'database=mysql', '--format', 'zip'], text)));

  // It is kept for the next visit.
  await page.reload();
  await page.locator('#document h2').nth(7).waitFor();
  await page.locator('#tab-points').click();
  const set = page.locator('#points-set');
  await set.getByText('MySQL').waitFor();
  await set.getByRole('button', { name: 'Take back' }).click();
  await set.waitFor({ state: 'detached' });
  assert.ok((await archive(page)).bytes.equals(commandLine(['--format', 'zip'], text)));
  await page.context().close();
});

test('a question is answered by a click, and what that changed is said', async () => {
  const page = await openDesignerAt(browser, site);
  await paste(page, text);
  await page.locator('#tab-points').click();
  const answer = page.locator('[data-answer="team.engineers"]', { hasText: '60' });
  await answer.focus();
  await page.keyboard.press('Enter');
  await page.locator('#points-set', { hasText: 'team.engineers = 60' }).waitFor();
  const news = page.locator('#news');
  await news.getByText('Compared with the design before “team.engineers = 60”').waitFor();
  await news.getByRole('button', { name: /All \d+ changes/ }).click();
  const rows = page.locator('#changes-list tbody tr');
  assert.ok((await rows.count()) > 3);
  assert.match(await page.locator('#changes-list').innerText(), /architecture/i);
  assert.equal(await page.locator('#changes-count').innerText(), String(await rows.count()));
  assert.ok((await archive(page)).bytes.equals(commandLine(['--set', 'team.engineers=60', '--format', 'zip'], text)));
  await page.context().close();
});

test('an answer in per cent is set as a share', async () => {
  const page = await openDesignerAt(browser, site);
  await page.locator('#tab-points').click();
  await page.locator('[data-answer="availability.target"]', { hasText: '99.9 %' }).click();
  await page.locator('#points-set', { hasText: /availability\.target = 0\.999(?!\d)/ }).waitFor();
  await page.context().close();
});

test('the slider tries another load, and at its middle nothing is set', async () => {
  const page = await openDesignerAt(browser, site);
  await paste(page, text);
  await page.locator('#tab-points').click();
  const slider = page.locator('#load');
  const before = await page.locator('#load-says').innerText();
  await page.evaluate(() => {
    window.writes = [];
    const write = Storage.prototype.setItem;
    Storage.prototype.setItem = function (key, value) {
      window.writes.push(key);
      write.call(this, key, value);
    };
  });
  for (const load of ['4', '12', '16']) await slider.fill(load);
  await page.locator('#points-set', { hasText: 'requests.average' }).waitFor();
  const writes = await page.evaluate(() => window.writes);
  assert.equal(writes.filter((key) => key === 'backend-design.versions').length, 1, 'all versions are written once, for the first move');
  assert.equal(writes.filter((key) => key === 'backend-design.settings').length, 3);
  assert.match(await slider.getAttribute('aria-valuetext'), /× 10000: /);
  await page.locator('#news', { hasText: 'try another load' }).waitFor();
  await page.waitForFunction(() => Number(document.querySelector('#changes-count').innerText || '0') > 3 || document.querySelector('#changes-count').textContent > 3);
  await slider.fill('8');
  await slider.fill('0');
  await page.locator('#points-set').waitFor({ state: 'detached' });
  assert.equal(await page.locator('#load-says').innerText(), before);
  assert.ok((await archive(page)).bytes.equals(commandLine(['--format', 'zip'], text)));
  await page.context().close();
});

test('steps are undone and done again, the newest first, also after a reload', async () => {
  const page = await openDesignerAt(browser, site);
  const value = () => page.locator('#text').inputValue();
  await paste(page, text);
  await page.locator('#example').selectOption('lunch-list');
  await page.locator('#clear').click();
  assert.equal(await value(), '');
  await page.reload();
  await page.locator('#document h2').nth(7).waitFor();
  const undo = page.locator('#undo');
  assert.match(await undo.getAttribute('title'), /^Undo: /);
  await undo.click();
  assert.equal(await value(), text);
  await page.locator('#redo').click();
  assert.notEqual(await value(), text);
  await undo.click();

  // A number that was set is a step as well.
  await page.locator('#tab-points').click();
  const field = page.locator('#points-assumptions input[data-subject="users.daily"]');
  await field.fill('5000');
  await field.press('Enter');
  await page.locator('#points-set').waitFor();
  await undo.click();
  await page.locator('#points-set').waitFor({ state: 'detached' });
  assert.equal(await value(), text);
  await page.context().close();
});

test('a version that was kept is compared with what the text has become', async () => {
  const page = await openDesignerAt(browser, site);
  await paste(page, text);
  await page.locator('#tab-changes').click();
  await page.locator('#keep').click();
  await page.locator('#text').focus();
  await page.keyboard.press('Control+End');
  await page.keyboard.type('- Members rent a locker for a month. A locker has a number.\n');
  const select = page.locator('#against');
  const kept = await select.locator('option', { hasText: 'keep this version' }).first().getAttribute('value');
  await select.selectOption(kept);
  const added = page.locator('#changes-list tr.added', { hasText: 'Locker' });
  await added.first().waitFor();
  assert.match(await page.locator('#changes-list').innerText(), /lockers/);
  // It stays while one types on.
  await page.locator('#text').focus();
  await page.keyboard.press('Control+End');
  await page.keyboard.type('- Members borrow a ladder. A ladder has a height.\n');
  await page.locator('#changes-list tr.added', { hasText: 'Ladder' }).first().waitFor();
  await page.context().close();
});
