// The same text gives the same bytes natively, in Chromium and in Firefox, whatever the language, time zone and clock of
// the browser say.
import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { after, before, test } from 'node:test';
import puppeteer from 'puppeteer-core';
import { each, ownTexts, read, run } from '../support/briefs.mjs';
import { launch, newPage, serve } from './support.mjs';

/** Some of the project's texts, in all three styles. */
const texts = ownTexts().filter((_, at) => at % 9 === 0);
let site;
let wanted;
before(async () => {
  site = await serve();
  wanted = await each(texts, async ({ file }) => createHash('sha256').update(await run(file, '--format', 'zip')).digest('hex'));
});
after(() => site?.close());

/** Runs in a page: the hash of the archive of each text, and how the page writes a number and the date. */
async function archives(texts) {
  const engine = await import(new URL('pkg/engine/engine.js', document.baseURI).href);
  await engine.default();
  const hashes = [];
  for (const text of texts) {
    const { files } = engine.files(engine.design(text).design);
    const hash = new Uint8Array(await crypto.subtle.digest('SHA-256', engine.zip(files).archive));
    hashes.push([...hash].map((byte) => byte.toString(16).padStart(2, '0')).join(''));
  }
  return { hashes, surroundings: `${(1234.5).toLocaleString()} ${new Date(0).toString()} ${new Date().getFullYear()}` };
}

const given = texts.map(({ file }) => read(file));

test('in Chromium, in several languages, time zones and years', async () => {
  const browser = await launch();
  const seen = new Set();
  for (const [locale, timezoneId, now] of [
    ['en-US', 'UTC', '2026-01-01'],
    ['tr-TR', 'Pacific/Kiritimati', '2099-12-31'],
    ['ar-EG', 'America/St_Johns', '1999-06-15'],
  ]) {
    const page = await newPage(browser, { locale, timezoneId });
    await page.clock.setFixedTime(new Date(now));
    await page.goto(`${site.url}404.html`);
    const { hashes, surroundings } = await page.evaluate(archives, given);
    assert.deepEqual(hashes, wanted, `${locale}, ${timezoneId}`);
    seen.add(surroundings);
    await page.context().close();
  }
  await browser.close();
  assert.equal(seen.size, 3, 'the surroundings are the same');
});

test('in Firefox, in several languages and time zones', async () => {
  const seen = new Set();
  for (const [language, TZ] of [
    ['en-US', 'UTC'],
    ['tr', 'Pacific/Kiritimati'],
  ]) {
    const browser = await puppeteer.launch({
      browser: 'firefox',
      executablePath: process.env.FIREFOX ?? '/usr/bin/firefox-esr',
      headless: true,
      env: { ...process.env, TZ },
      extraPrefsFirefox: { 'intl.accept_languages': language, 'intl.regional_prefs.use_os_locales': false, 'privacy.spoof_english': 0 },
    });
    const page = await browser.newPage();
    page.setDefaultTimeout(60_000);
    await page.goto(`${site.url}404.html`);
    const { hashes, surroundings } = await page.evaluate(archives, given);
    assert.deepEqual(hashes, wanted, `${language}, ${TZ}`);
    seen.add(surroundings);
    await browser.close();
  }
  assert.equal(seen.size, 2, 'the surroundings are the same');
});
