// Taking a design along and bringing a text back: links, downloads, files, and the proof.
import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { writeFileSync, mkdtempSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { openDesignerAt, paste } from './designing.mjs';
import { browse, commandLine, download, newPage } from './support.mjs';

const { browser, site } = await browse();
const folder = mkdtempSync(path.join(os.tmpdir(), 'designer-'));
after(() => rmSync(folder, { recursive: true, force: true }));

const text = '# Räder ✓\n\n- Members book a wheel.\n- Members cancel a booking.\n- A wheel has a name and a size.\n';
const copied = (page) => page.evaluate(() => navigator.clipboard.readText());

/** Presses the button and gives what the page says. */
async function share(page) {
  await page.locator('#share').click();
  const notice = page.locator('.notice[data-sort="share"]');
  await notice.waitFor();
  return notice.innerText();
}

/** A text that hardly can be compressed. */
const noise = (size) => {
  let state = 1;
  const letters = Array.from({ length: size }, () => {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    return 'abcdefghijklmnopqrstuvwxyz      '[state >>> 27];
  });
  return `# Noise\n\n- Members book a wheel.\n\n${letters.join('')}\n`;
};

test('a link holds the text and what was settled, and no server hears of it', async () => {
  const page = await openDesignerAt(browser, site);
  await paste(page, text);
  await page.locator('#tab-points').click();
  const field = page.locator('#points-assumptions input[data-subject="users.daily"]');
  await field.fill('5000');
  await field.press('Enter');
  await page.locator('#points-set').waitFor();
  assert.match(await share(page), /in the clipboard.*sent to no server/s);
  const link = await copied(page);
  assert.match(link, /designer\.html#v1\.[A-Za-z0-9_-]+$/);
  await page.context().close();

  const other = await newPage(browser);
  await other.goto(`${site.url}designer.html`);
  await other.locator('#document h2').nth(7).waitFor();
  await paste(other, '# Mine\n\n- Cooks plan a dinner. A dinner has a date.\n');
  await other.goto(link);
  await other.waitForFunction((text) => document.querySelector('#text').value === text, text);
  assert.equal(new URL(other.url()).hash, '', 'a reload would put the text of the link over later changes');
  await other.locator('#tab-points').click();
  await other.locator('#points-set', { hasText: 'users.daily = 5000' }).waitFor();
  assert.deepEqual(other.requested.filter((url) => url.includes('v1.')).map((url) => new URL(url).pathname + new URL(url).search).filter((path) => path.includes('v1.')), []);
  // What was there before is not lost.
  await other.locator('#undo').click();
  assert.match(await other.locator('#text').inputValue(), /^# Mine/);
  await other.context().close();
});

test('a long link is warned of, and one that is too long becomes a file that can be opened', async () => {
  const page = await openDesignerAt(browser, site, { acceptDownloads: true });
  const middle = noise(20_000);
  await paste(page, middle);
  assert.match(await share(page), /some programs cut off links of more than 8/);
  assert.ok((await copied(page)).length > 8 * 1024);

  await page.evaluate((text) => {
    const field = document.querySelector('#text');
    field.value = text;
    field.dispatchEvent(new Event('input'));
  }, noise(160_000));
  const saved = await download(page, () => page.locator('#share').click());
  assert.match(await page.locator('.notice[data-sort="share"]').innerText(), /as a file/);
  const file = path.join(folder, saved.name);
  writeFileSync(file, saved.bytes);
  await page.locator('#clear').click();
  await page.locator('#open').setInputFiles(file);
  await page.waitForFunction((text) => document.querySelector('#text').value === text, noise(160_000));
  await page.context().close();
});

test('a damaged link says so, and loses no text', async () => {
  const page = await openDesignerAt(browser, site);
  await paste(page, text);
  for (const fragment of ['#v1.abc', '#v1.', '#v1.@@@', '#v2.q1YqSS0u', '#v1.q1YqSS0uAAAA']) {
    await page.goto('about:blank');
    await page.goto(`${site.url}designer.html${fragment}`);
    await page.locator('#problem', { hasText: 'The link holds no text' }).waitFor();
    assert.equal(await page.locator('#text').inputValue(), text, fragment);
  }
  await page.context().close();
});

test('the downloads are those of the command line, and the HTML opens from a disk', async () => {
  const page = await openDesignerAt(browser, site, { acceptDownloads: true });
  await paste(page, text);
  for (const [id, format] of [['md', 'markdown'], ['json', 'json'], ['html', 'html']]) {
    await page.locator('#more').click();
    const file = await download(page, () => page.locator(`#${id}`).click());
    assert.match(file.name, new RegExp(`^[a-z0-9-]+\\.${id}$`));
    assert.ok(file.bytes.equals(commandLine(['--format', format], text)), `${format} differs`);
    if (id === 'html') writeFileSync(path.join(folder, 'design.html'), file.bytes);
    assert.equal(await page.locator('#md').isVisible(), false, 'the menu closes');
  }
  await page.context().close();

  const saved = await newPage(browser);
  await saved.goto(pathToFileURL(path.join(folder, 'design.html')).href);
  assert.equal(await saved.locator('h2').count(), 8);
  assert.deepEqual(saved.complaints, []);
  await saved.context().close();
});

test('a file can be dropped, and what is no text is refused', async () => {
  const page = await openDesignerAt(browser, site);
  const drop = (bytes, name) =>
    page.evaluate(
      ([bytes, name]) => {
        const transfer = new DataTransfer();
        transfer.items.add(new File([new Uint8Array(bytes)], name));
        for (const type of ['dragover', 'drop']) {
          const event = new DragEvent(type, { dataTransfer: transfer, bubbles: true, cancelable: true });
          document.querySelector('#document').dispatchEvent(event);
          if (!event.defaultPrevented) throw new Error(`the browser would open the file at ${type}`);
        }
      },
      [[...bytes], name],
    );
  await drop(Buffer.from(text), 'wheels.md');
  await page.waitForFunction((text) => document.querySelector('#text').value === text, text);
  await drop(Buffer.from([0x50, 0x4b, 3, 4, 0xff, 0xfe, 0]), 'office.docx');
  await page.locator('#problem', { hasText: 'office.docx is no text' }).waitFor();
  assert.equal(await page.locator('#text').inputValue(), text);
  await page.context().close();
});

test('the SQL runs in the browser, with what it must refuse, and the diagrams are read', async () => {
  const page = await openDesignerAt(browser, site);
  assert.ok(!page.requested.some((url) => url.includes('pglite')), 'PostgreSQL is loaded on demand only');
  await page.locator('#tab-proof').click();
  await page.locator('#prove').click();
  await page.locator('#proof-state', { hasText: /All \d+ checks hold/ }).waitFor({ timeout: 90_000 });
  const held = await page.locator('#proof .held').allInnerTexts();
  for (const name of ['db/schema.sql', 'db/tests/constraints.sql', '.down.sql', 'diagrams/topology.mmd']) {
    assert.ok(held.some((line) => line.includes(name)), name);
  }
  assert.match(held.find((line) => line.includes('constraints.sql')), /[1-9]\d* attempts refused/);
  assert.ok(page.requested.every((url) => url.startsWith(site.url)));
  assert.deepEqual(page.complaints, []);

  // What does not hold is shown as that.
  await page.evaluate(() => {
    const files = [
      { path: 'db/schema.sql', contents: 'CREATE TABLE a (id int);' },
      { path: 'db/tests/constraints.sql', contents: "DO $$ BEGIN RAISE EXCEPTION 'Not refused: anything.'; END $$;" },
      { path: 'diagrams/broken.mmd', contents: 'flowchart LR\n a -->' },
    ];
    document.dispatchEvent(new CustomEvent('prove', { detail: files }));
  });
  await page.locator('#proof-state', { hasText: '2 of 3 checks fail' }).waitFor({ timeout: 90_000 });
  assert.match(await page.locator('#proof .failed').first().innerText(), /Not refused: anything/);
  await page.context().close();
});
