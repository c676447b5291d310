// Publicly known forms of attack as titles, names, sentences, values of a profile and links, shown in the designer, in
// the widget and in the exported page, with traps set: nothing runs, and nothing that could run is in the page.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { deflateRawSync } from 'node:zlib';
import { lines, payloadTexts, payloads } from '../support/payloads.mjs';
import { browse, dist, drawDiagrams, newPage, unfold } from './support.mjs';

const KILNS = 'Members book kilns. A kiln has a name and a capacity.';
/** The forms that a page could take for more than text. */
const markup = [...payloads.xss, ...payloads.markup];
const texts = payloadTexts(markup, lines.filter((line) => !markup.includes(line)));

/** What the server holds beside the site. */
const served = {};
const { browser, site } = await browse(undefined, (name) => served[name]);
const engine = await import(path.join(dist, 'pkg/engine/engine.js'));
await engine.default({ module_or_path: readFileSync(path.join(dist, 'pkg/engine/engine_bg.wasm')) });

/** Runs in every frame before anything else: what a payload would call tells of it, and so does each refusal of the policy. */
function arm() {
  window.sprung = [];
  const spring = (trap) => (...args) => void window.sprung.push(`${trap}(${args.join().slice(0, 80)})`);
  for (const name of ['alert', 'confirm', 'prompt', 'print', 'open', 'msgbox']) window[name] = spring(name);
  for (const name of ['write', 'writeln']) document[name] = spring(name);
  addEventListener('securitypolicyviolation', ({ violatedDirective, blockedURI, sample }) => spring('policy')(violatedDirective, blockedURI, sample));
}

/** What is in a page, in its shadows and templates that could run or load something: nothing, of a page that is safe. */
function alien(also) {
  const found = [];
  const NEVER = ['iframe', 'frame', 'object', 'embed', 'applet', 'base', 'form', 'math', 'marquee', 'img', 'animate', 'set', 'isindex'];
  const ADDRESSES = ['href', 'src', 'srcset', 'action', 'formaction', 'xlink:href', 'data', 'poster', 'background', 'ping', 'cite', 'manifest', 'codebase', 'longdesc'];
  const own = (address) => address.href.startsWith(new URL('.', document.baseURI).origin);
  const look = (root) => {
    for (const element of root.querySelectorAll('*')) {
      // Elements of a wiki have a prefix.
      const name = element.prefix ? element.nodeName : element.localName;
      const ours = element.closest('head') !== null && root === document;
      const told = (what) => found.push(`${what}: ${element.cloneNode().outerHTML.slice(0, 200)}`);
      if (NEVER.includes(name)) told('element');
      // The page's own stand in its head, or are no program.
      if (name === 'script' && !(ours && own(new URL(element.src))) && element.type !== 'application/json') told('script');
      if (['link', 'meta', 'title'].includes(name) && !ours && !element.closest('svg')) told('element');
      if (name === 'style' && !ours && !element.closest('svg')) told('style');
      for (const { name: attribute, value } of element.attributes) {
        if (/^on/i.test(attribute) || attribute === 'srcdoc' || attribute === 'is') told('attribute');
        if (attribute === 'style' && /url\(|expression|@import|-moz-binding/i.test(value)) told('style');
        if (!ADDRESSES.includes(attribute.toLowerCase())) continue;
        let address;
        try {
          address = new URL(value, document.baseURI);
        } catch {
          told('address');
          continue;
        }
        const followed = name === 'a' && attribute === 'href' && ['http:', 'https:', 'mailto:'].includes(address.protocol);
        const saved = name === 'a' && address.protocol === 'blob:';
        if (!followed && !saved && !own(address) && !value.startsWith('#')) told('address');
      }
      if (element.shadowRoot) look(element.shadowRoot);
      if (name === 'template') look(element.content);
    }
  };
  look(document);
  if (also) look(new DOMParser().parseFromString(also, 'application/xml'));
  return found;
}

/** Opens a page with traps. Without its content policy it has nothing but its own care. */
async function armed(address, { policy = true } = {}) {
  const page = await newPage(browser, { bypassCSP: !policy });
  page.dialogs = [];
  page.on('dialog', (dialog) => {
    page.dialogs.push(dialog.message());
    dialog.dismiss();
  });
  await page.addInitScript(arm);
  await page.goto(site.url + address);
  return page;
}

/** Holds a page to having stayed what it was. */
async function assertInert(page, name) {
  assert.deepEqual(await page.evaluate(alien), [], name);
  const sprung = await Promise.all(page.frames().map((frame) => frame.evaluate(() => window.sprung)));
  assert.deepEqual(sprung.flat(), [], name);
  assert.deepEqual(page.dialogs, [], name);
  assert.deepEqual(page.complaints, [], name);
  assert.deepEqual(page.requested.filter((url) => !url.startsWith(site.url) && !url.startsWith('blob:')), [], name);
  assert.ok(page.url().startsWith(site.url), page.url());
  assert.equal(page.context().pages().length, 1, 'a window was opened');
}

/** How many of the payloads a reader sees. */
const seen = (page, selector, given) =>
  page.evaluate(
    ([selector, given]) => {
      const flat = (text) => text.replace(/\s+/g, ' ');
      const find = (root) => root.querySelector(selector) ?? [...root.querySelectorAll('*')].flatMap(({ shadowRoot }) => (shadowRoot ? [find(shadowRoot)] : [])).find(Boolean);
      const text = flat(find(document).textContent);
      return given.filter((payload) => text.includes(flat(payload))).length;
    },
    [selector, given],
  );

/** A link of the designer. */
const link = (value) => `designer.html#v1.${deflateRawSync(JSON.stringify(value)).toString('base64url')}`;

/** Puts a text into the designer and waits for its design. */
async function put(page, text) {
  await page.evaluate((text) => {
    const field = document.querySelector('#text');
    document.querySelector('#document').dataset.old = 'yes';
    for (const heading of document.querySelectorAll('#document h1')) heading.dataset.old = 'yes';
    field.value = text;
    field.dispatchEvent(new Event('input'));
  }, text);
  await page.waitForFunction(() => document.querySelector('#document h1:not([data-old])') && document.querySelector('#progress').hidden);
}

/** Of the payloads that texts say, most must be seen in their designs, or nothing was tried. */
function assertSeen(there, all = texts.flatMap(({ given }) => given).length) {
  assert.ok(there > all * 0.9, `${there} of ${all} payloads were seen`);
}

test('the designer shows payloads as text', async () => {
  const page = await armed('designer.html');
  await page.locator('#document h2').nth(7).waitFor();
  let there = 0;
  for (const { name, given, text } of texts) {
    await put(page, text);
    there += await seen(page, '#document', given);
    await unfold(page);
    for (const tab of ['points', 'changes', 'files', 'document']) await page.locator(`#tab-${tab}`).click();
    // What a sentence produced, and why an element is there.
    await page.evaluate(() => {
      const buttons = [...document.querySelectorAll('#document .evidence, #document .element')];
      for (const button of buttons) button.dispatchEvent(new PointerEvent('pointerover', { bubbles: true }));
      for (const button of buttons.filter((_, at) => at % Math.ceil(buttons.length / 8) === 0)) button.click();
    });
    await assertInert(page, name);
  }
  assertSeen(there);
  await page.context().close();
});

test('diagrams whose names are payloads are drawn, and nothing of them runs', async () => {
  const page = await armed('designer.html', { policy: false });
  await page.locator('#document h2').nth(7).waitFor();
  // Few of them at a time, so that a diagram is one that can be drawn.
  const some = markup.filter((_, at) => at % 4 === 0);
  for (const { name, text } of payloadTexts(some).filter(({ name }) => ['record', 'actor', 'state', 'table'].includes(name))) {
    await put(page, text);
    await drawDiagrams(page);
    assert.ok((await page.locator('.diagram-canvas svg').count()) > 0, name);
    await assertInert(page, name);
  }
  await page.context().close();
});

test('links carry payloads as text, as settings, and as themselves', async () => {
  const page = await armed('designer.html');
  const addresses = [
    ...texts.filter(({ name }) => ['heading', 'statement'].includes(name)).map(({ text }) => link({ text })),
    link({ text: KILNS, set: Object.fromEntries(markup.map((payload) => [payload, 1])), pins: {} }),
    link({ text: KILNS, set: {}, pins: Object.fromEntries(markup.map((payload) => [payload, payload])) }),
    link({ text: KILNS, set: { 'users.daily': '<img src=x onerror=alert(1)>' }, pins: { database: '<img src=x onerror=alert(1)>' } }),
    ...markup.slice(0, 4).flatMap((payload) => [`designer.html#${payload}`, `designer.html#v1.${payload}`, `designer.html#example=${encodeURIComponent(payload)}`]),
  ];
  for (const address of addresses) {
    await page.goto('about:blank');
    await page.goto(site.url + address);
    await page.locator('#document section:nth-child(9), #problem:not([hidden])').first().waitFor();
    await assertInert(page, address.slice(0, 100));
  }
  await page.context().close();
});

test('what the browser kept is shown as text', async () => {
  const page = await newPage(browser);
  page.dialogs = [];
  await page.addInitScript(arm);
  await page.addInitScript(
    ([payloads, text]) => {
      localStorage['backend-design.draft'] = text;
      localStorage['backend-design.settings'] = JSON.stringify({ set: {}, pins: Object.fromEntries(payloads.map((payload) => [payload, payload])) });
      localStorage['backend-design.versions'] = JSON.stringify(payloads.map((label) => ({ label, text: label, options: { set: {}, pins: {} } })));
    },
    [markup, texts[0].text],
  );
  await page.goto(`${site.url}designer.html`);
  await page.locator('#document section:nth-child(9), #problem:not([hidden])').first().waitFor();
  await page.locator('#tab-changes').click();
  await unfold(page);
  await assertInert(page, 'what was kept');
  await page.context().close();
});

test('the widget shows payloads as text in a page without a policy', async () => {
  served['wiki.html'] = `<!doctype html><html lang="en"><head><title>Wiki</title><link rel="icon" href="icons/icon.svg"><script type="module" src="widget/backend-design.js"></script></head><body><backend-design profile="house.json">${KILNS}</backend-design></body></html>`;
  served['house.json'] = JSON.stringify({ profile: { names: Object.fromEntries(['postgresql', 'rest', 'oidc-session', 'modular-monolith'].map((id, at) => [id, payloads.xss[at].slice(0, 60)])) } });
  const page = await armed('wiki.html');
  const widget = page.locator('backend-design');
  await widget.locator('h2').nth(7).waitFor();
  assert.ok((await seen(page, '[part="document"]', payloads.xss)) > 0, 'the names of the house are seen');
  let there = 0;
  for (const { name, given, text } of texts) {
    await page.evaluate(
      (text) =>
        new Promise((resolve) => {
          const element = document.querySelector('backend-design');
          element.addEventListener('design', resolve, { once: true });
          element.text = text;
        }),
      text,
    );
    there += await seen(page, '[part="document"]', given);
    await page.evaluate(() => document.querySelector('backend-design').shadowRoot.querySelectorAll('.evidence').forEach((button, at) => at % 50 === 0 && button.click()));
    await assertInert(page, name);
  }
  assertSeen(there);

  // Its attributes come from whoever writes the page, which may be a wiki that fills them in.
  for (const payload of [...payloads.xss.filter((payload) => !payload.includes('//')).slice(0, 10), 'javascript:alert(1)', 'data:text/plain,x']) {
    await page.evaluate((payload) => {
      const element = document.createElement('backend-design');
      for (const name of ['src', 'theme', 'sections']) element.setAttribute(name, payload);
      document.body.append(element);
      return new Promise((resolve) => element.addEventListener('problem', () => resolve(element.remove()), { once: true }));
    }, payload);
  }
  page.complaints = page.complaints.filter((complaint) => !/404/.test(complaint));
  await assertInert(page, 'attributes');
  await page.context().close();
});

test('exported pages show payloads as text without any policy', async () => {
  const page = await armed('embed/embed.css', { policy: false });
  let there = 0;
  for (const { name, given, text } of texts) {
    const { files } = engine.files(engine.design(text).design);
    const document = files.find((file) => file.path === 'design.md').contents;
    const exported = (format) => engine.export_markdown(document, format).contents;
    served[`${name}.html`] = exported('html');
    await page.goto(`${site.url}${name}.html`);
    await unfold(page);
    there += await seen(page, 'body', given);
    await assertInert(page, name);
    // A wiki takes this as XML, and shows it among its own pages.
    const stored = `<page xmlns:ac="ac" xmlns:ri="ri">${exported('confluence').replaceAll(/&(?!amp;|lt;|gt;|quot;|#)\w+;/g, '')}</page>`;
    assert.deepEqual(await page.evaluate(alien, stored), [], `${name} for Confluence`);
  }
  assertSeen(there);
  await page.context().close();
});
