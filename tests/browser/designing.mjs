// What the tests of the designer share: opening it, and giving it a text.
import { newPage } from './support.mjs';

/** Opens the designer and waits for the design of its first text. */
export async function openDesignerAt(browser, site, options = {}, address = 'designer.html') {
  const page = await newPage(browser, options);
  await page.goto(site.url + address);
  await page.locator('#document h2').nth(7).waitFor();
  return page;
}

/** Pastes a text over the present one. */
export async function replaceText(page, text) {
  await page.evaluate((text) => navigator.clipboard.writeText(text), text);
  await page.locator('#text').focus();
  await page.keyboard.press('Control+A');
  await page.keyboard.press('Control+V');
}

/** Pastes a text over the present one and waits for its design, which must have another title. */
export async function paste(page, text) {
  const before = await page.locator('#document h1').innerText();
  await replaceText(page, text);
  await page.waitForFunction((title) => document.querySelector('#document h1')?.innerText !== title, before);
}
