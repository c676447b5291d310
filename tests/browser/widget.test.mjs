// The widget in pages that are not ours: hostile style sheets, strict policies, frames, several at once.
import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { browse, commandLine, download, newPage, serve } from './support.mjs';

const KILNS = 'Members book kilns. A kiln has a name and a capacity.';
const STRICT =
  "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; connect-src 'self'; worker-src 'self'; img-src 'self'; style-src 'none'; " +
  "require-trusted-types-for 'script'; trusted-types backend-design";
const SCRIPT = '<script type="module" src="widget/backend-design.js"></script>';
const page = (body, head = '') => `<!doctype html><html lang="en"><head><title>Wiki</title><link rel="icon" href="icons/icon.svg">${head}</head><body>${body}</body></html>`;

/** Pages of a wiki that stand beside the widget, with the policies that their server sends. */
const wiki = {
  'wiki-plain.html': { body: page(`<backend-design>\n    ${KILNS}\n  </backend-design>${SCRIPT}`) },
  'wiki-strict.html': { body: page(`<backend-design src="wiki-text.txt" read-only></backend-design>${SCRIPT}`), policy: STRICT },
  'wiki-hostile.html': {
    body: page(
      `<p>Page</p><backend-design>${KILNS}</backend-design>${SCRIPT}`,
      '<style>* { color: red !important; font-size: 40px !important; border: 9px solid red !important } article, table, pre { display: none !important } button { pointer-events: none !important }</style>',
    ),
  },
  'wiki-several.html': {
    body: page(
      `<backend-design id="a" theme="light" sections="database-design">${KILNS}</backend-design>
       <backend-design id="b" theme="dark" read-only>Readers borrow maps. A map has a title and a scale.</backend-design>${SCRIPT}`,
    ),
  },
  'wiki-missing.html': { body: page(`<backend-design src="nowhere.txt"></backend-design>${SCRIPT}`) },
  'wiki-frame.html': {
    body: page(
      `<div data-backend-design data-src="wiki-text.txt" data-read-only data-max-height="900"></div>
       <div data-backend-design data-src="wiki-text.txt" data-sandbox="strict" data-read-only></div>
       <script src="embed/loader.js"></script>`,
    ),
    policy: "default-src 'none'; script-src 'self'; frame-src 'self'; style-src-attr 'unsafe-inline'",
  },
  'wiki-empty.html': { body: page('') },
  'wiki-hostile-frame.html': {
    body: page(
      `<style>* { color: red !important; font-size: 40px !important; border: 9px solid red !important } article, table { display: none !important }</style>
       <div data-backend-design data-src="wiki-text.txt" data-theme="light"></div>
       <script src="embed/loader.js"></script>`,
    ),
  },
  // Whatever stands in this frame has an origin of its own.
  'wiki-sandbox.html': { body: page('<iframe title="Element" sandbox="allow-scripts" src="wiki-plain.html" width="900" height="600"></iframe>') },
  'wiki-profile.html': { body: page(`<backend-design>${KILNS}</backend-design>${SCRIPT}`) },
  'wiki-profile-frame.html': {
    body: page('<div data-backend-design data-src="wiki-text.txt" data-profile="house.json"></div><script src="embed/loader.js"></script>'),
  },
  'house.json': { body: '{"prefer": {"database": "mysql"}}' },
  'options.json': { body: '{"pins": {"database": "mysql"}, "set": {"users.daily": 5000}}' },
  'no-json.json': { body: '{"prefer": ' },
  'no-profile.json': { body: '["mysql"]' },
  'unknown-slot.json': { body: '{"pins": {"abacus": "mysql"}}' },
  'wiki-text.txt': { body: KILNS },
};

const headers = (name) => ({
  'access-control-allow-origin': '*',
  ...(wiki[name]?.policy && { 'content-security-policy': wiki[name].policy }),
});
const body = (name) => wiki[name]?.body;
const { browser, site } = await browse(headers, body);
/** The same at another origin. */
const elsewhere = await serve(headers, body);
after(() => elsewhere.close());

const open = async (name, options) => {
  const opened = await newPage(browser, options);
  await opened.goto(site.url + name);
  return opened;
};
const headings = (widget) => widget.locator('[part="document"] h2').allInnerTexts();

test('a text inside the element becomes a design, and each change of it another', async () => {
  const wikiPage = await open('wiki-plain.html');
  const widget = wikiPage.locator('backend-design');
  await widget.locator('h2').nth(7).waitFor();
  assert.equal((await headings(widget)).length, 8);
  assert.equal(await widget.locator('textarea').inputValue(), KILNS);

  await wikiPage.evaluate(() => {
    window.heard = [];
    document.addEventListener('design', (event) => window.heard.push(event.detail.summary));
  });
  await widget.locator('textarea').fill('Readers borrow maps. A map has a title and a scale.');
  await widget.getByText('/maps', { exact: true }).first().waitFor();
  await wikiPage.waitForFunction(() => window.heard.length > 0);
  assert.match((await wikiPage.evaluate(() => window.heard))[0], /entit/);

  await widget.evaluate((element) => element.shadowRoot.querySelectorAll('details').forEach((fold) => (fold.open = true)));
  await widget.locator('.evidence').first().click();
  assert.match(await widget.locator('[part="reason"]').innerText(), /^[as]\d+: \S/);

  const archive = await download(wikiPage, () => widget.getByRole('button', { name: 'Download ZIP' }).click());
  assert.match(archive.name, /\.zip$/);
  assert.equal(archive.bytes.subarray(0, 2).toString(), 'PK');
  assert.deepEqual(wikiPage.complaints, []);
  assert.deepEqual(wikiPage.requested.filter((url) => !url.startsWith(site.url) && !url.startsWith('blob:')), []);
  await wikiPage.context().close();
});

test('the strictest policy that allows WebAssembly is kept', async () => {
  const wikiPage = await open('wiki-strict.html');
  const widget = wikiPage.locator('backend-design');
  await widget.locator('h2').nth(7).waitFor();
  assert.deepEqual(wikiPage.complaints, []);
  assert.equal(await widget.locator('textarea').isVisible(), false);
  const border = await widget.locator('[part="root"]').evaluate((element) => getComputedStyle(element).borderTopStyle);
  assert.equal(border, 'solid', 'the style of the widget holds without inline styles');
  await wikiPage.context().close();
});

test('a policy that blocks WebAssembly is named, with what would allow it', async () => {
  // A worker has the policy of its own file: this server sends it with every one.
  const policy = "default-src 'none'; script-src 'self'; connect-src 'self'; worker-src 'self'; img-src 'self'";
  const strict = await serve(() => ({ 'content-security-policy': policy }), (name) => wiki[name]?.body);
  const wikiPage = await newPage(browser);
  await wikiPage.goto(`${strict.url}wiki-plain.html`);
  const problem = wikiPage.locator('backend-design [part="problem"]');
  await problem.waitFor();
  assert.match(await problem.innerText(), /wasm-unsafe-eval/);
  assert.equal(await wikiPage.locator('backend-design textarea').inputValue(), KILNS, 'the text is still there');
  await wikiPage.context().close();
  await strict.close();
});

test('a text that cannot be had is said', async () => {
  const wikiPage = await open('wiki-missing.html');
  const problem = wikiPage.locator('backend-design [part="problem"]');
  await problem.waitFor();
  assert.match(await problem.innerText(), /nowhere\.txt: 404/);
  await wikiPage.context().close();
});

test('the style sheet of the page does not reach into the widget', async () => {
  const wikiPage = await open('wiki-hostile.html');
  const widget = wikiPage.locator('backend-design');
  await widget.locator('table').filter({ visible: true }).first().waitFor();
  const looks = await widget.locator('[part="document"] p, [part="document"] td').first().evaluate((element) => {
    const { color, borderTopWidth, fontSize } = getComputedStyle(element);
    return { color, borderTopWidth, fontSize };
  });
  assert.notEqual(looks.color, 'rgb(255, 0, 0)');
  assert.equal(looks.borderTopWidth, '0px');
  assert.notEqual(looks.fontSize, '40px');
  await wikiPage.context().close();
});

test('the style sheet of the page does not reach into the frame either', async () => {
  const wikiPage = await open('wiki-hostile-frame.html');
  const inside = wikiPage.frameLocator('iframe').locator('backend-design');
  await inside.locator('table').first().waitFor({ state: 'attached' });
  const looks = await inside.locator('[part="document"] p').first().evaluate((element) => {
    const { color, borderTopWidth, fontSize } = getComputedStyle(element);
    return { color, borderTopWidth, fontSize };
  });
  assert.notEqual(looks.color, 'rgb(255, 0, 0)');
  assert.equal(looks.borderTopWidth, '0px');
  assert.notEqual(looks.fontSize, '40px');
  await wikiPage.context().close();
});

test('the element works in a sandboxed frame, without a worker and without storage', async () => {
  const wikiPage = await open('wiki-sandbox.html');
  const inside = wikiPage.frameLocator('iframe').locator('backend-design');
  await inside.locator('h2').nth(7).waitFor();
  await inside.locator('textarea').fill('Readers borrow maps. A map has a title and a scale.');
  await inside.getByText('/maps', { exact: true }).first().waitFor();
  await wikiPage.context().close();
});

test('a profile holds, be it a house profile or options, and another takes its place', async () => {
  const wikiPage = await open('wiki-profile.html');
  const widget = wikiPage.locator('backend-design');
  const decision = 'h3[id*="database-engine"]';
  // The records of decisions are folded away.
  const chosen = (name) => widget.locator(decision, { hasText: name }).waitFor({ state: 'attached' });
  const profile = (name) => widget.evaluate((element, name) => element.setAttribute('profile', name), name);
  await chosen('PostgreSQL');
  await profile('house.json');
  await chosen('MySQL');
  await widget.evaluate((element) => element.removeAttribute('profile'));
  await chosen('PostgreSQL');
  await profile('options.json');
  await chosen('MySQL');
  assert.match(await widget.locator('[part="document"]').evaluate((shown) => shown.textContent), /5,000/);
  assert.deepEqual(wikiPage.complaints, []);
  await wikiPage.context().close();

  const framed = await open('wiki-profile-frame.html');
  await framed.frameLocator('iframe').locator(`backend-design ${decision}`, { hasText: 'MySQL' }).waitFor({ state: 'attached' });
  await framed.context().close();
});

test('a profile that cannot be had or used is said, and the text is there', async () => {
  const wikiPage = await open('wiki-profile.html');
  const widget = wikiPage.locator('backend-design');
  await widget.locator('h2').nth(7).waitFor();
  const problem = widget.locator('[part="problem"]');
  for (const [name, said] of [
    ['nowhere.json', /profile.*nowhere\.json: 404/s],
    ['no-json.json', /no-json\.json is no JSON/],
    ['no-profile.json', /options\.profile.*array/s],
    ['unknown-slot.json', /abacus/],
  ]) {
    await widget.evaluate((element, name) => element.setAttribute('profile', name), name);
    await problem.filter({ hasText: said }).waitFor();
    assert.equal(await widget.locator('textarea').inputValue(), KILNS, name);
    // A new one, so that the text of this problem is not taken for that of the next.
    await widget.evaluate((element) => element.removeAttribute('profile'));
    await problem.waitFor({ state: 'hidden' });
  }
  // From the beginning as well.
  await wikiPage.evaluate((text) => {
    document.body.replaceChildren(Object.assign(document.createElement('backend-design'), { textContent: text }));
    document.querySelector('backend-design').setAttribute('profile', 'nowhere.json');
  }, KILNS);
  await problem.filter({ hasText: /nowhere\.json: 404/ }).waitFor();
  assert.equal(await widget.locator('textarea').inputValue(), KILNS);
  await wikiPage.context().close();
});

test('the file for places without scripts is read in a page of others, under the strictest policy, in a sandbox', async () => {
  const [strict, styled] = ["default-src 'none'; sandbox", "default-src 'none'; style-src 'unsafe-inline'"];
  wiki['design.html'] = { body: commandLine(['--format', 'html'], KILNS) };
  wiki['wiki-file.html'] = {
    body: page('<style>* { color: red !important; display: none !important } html, body, iframe { display: block !important }</style><iframe title="Design" sandbox src="design.html" width="900" height="600"></iframe>'),
  };
  for (const policy of [undefined, styled, strict]) {
    wiki['design.html'].policy = policy;
    const wikiPage = await open('wiki-file.html');
    const inside = wikiPage.frameLocator('iframe');
    await inside.locator('h2').nth(7).waitFor();
    const heading = inside.locator('h2').first();
    assert.ok(await heading.isVisible(), policy);
    assert.notEqual(await heading.evaluate((element) => getComputedStyle(element).color), 'rgb(255, 0, 0)');
    const fold = inside.locator('details').first();
    await fold.locator('summary').first().click();
    assert.equal(await fold.evaluate((details) => details.open), true, 'folds need no script');
    await wikiPage.context().close();
  }
});

test('several stand on a page, each with its own sections and theme, and leave nothing behind', async () => {
  const wikiPage = await open('wiki-several.html');
  const [a, b] = [wikiPage.locator('#a'), wikiPage.locator('#b')];
  await a.locator('h2').first().waitFor();
  await b.locator('h2').nth(7).waitFor();
  assert.deepEqual(await headings(a), ['Database Design']);
  const paper = (widget) => widget.locator('[part="root"]').evaluate((element) => getComputedStyle(element).backgroundColor);
  assert.notEqual(await paper(a), await paper(b));
  assert.equal(wikiPage.workers().length, 2);

  await wikiPage.evaluate(() => {
    window.removed = document.querySelector('#a');
    window.removed.remove();
  });
  await wikiPage.waitForTimeout(200);
  assert.equal(wikiPage.workers().length, 1);
  assert.equal(await wikiPage.evaluate(() => window.removed.shadowRoot.childElementCount), 0);
  await wikiPage.evaluate(() => document.body.append(window.removed));
  await a.locator('h2').first().waitFor();
  await wikiPage.evaluate(() => document.querySelector('#a').setAttribute('sections', 'api-specification security-implementation'));
  await wikiPage.waitForFunction(
    () => document.querySelector('#a').shadowRoot.querySelectorAll('[part="document"] h2').length === 2,
  );
  assert.deepEqual(wikiPage.complaints, []);
  await wikiPage.context().close();
});

test('a script from another site works without a worker', async () => {
  const wikiPage = await newPage(browser);
  await wikiPage.goto(`${site.url}wiki-empty.html`);
  await wikiPage.setContent(page(`<backend-design>${KILNS}</backend-design>`));
  await wikiPage.addScriptTag({ type: 'module', url: `${elsewhere.url}widget/backend-design.js` });
  await wikiPage.locator('backend-design h2').nth(7).waitFor();
  assert.equal(wikiPage.workers().length, 0);
  await wikiPage.context().close();
});

test('frames show the design, take the height that it needs up to a bound, and hear nobody else', async () => {
  const wikiPage = await open('wiki-frame.html');
  const own = wikiPage.frameLocator('iframe >> nth=0');
  await own.locator('backend-design h2').nth(7).waitFor();
  const frames = wikiPage.locator('iframe');
  await wikiPage.waitForFunction(() => document.querySelector('iframe').height === '900');

  // An opaque origin: no storage, no cookies; its files must be served for any origin, as this server does.
  await frames.nth(1).scrollIntoViewIfNeeded();
  const strict = wikiPage.frameLocator('iframe >> nth=1');
  await strict.locator('backend-design h2').nth(7).waitFor();
  await wikiPage.waitForFunction(() => Number(document.querySelectorAll('iframe')[1].height) > 1000);
  assert.equal(await frames.nth(1).getAttribute('sandbox'), 'allow-scripts allow-downloads');

  const height = await frames.nth(0).getAttribute('height');
  await wikiPage.evaluate(() => postMessage({ from: 'backend-design', version: 1, kind: 'height', height: 333 }, '*'));
  await wikiPage.waitForTimeout(200);
  assert.equal(await frames.nth(0).getAttribute('height'), height);

  await wikiPage.evaluate(() => {
    const [frame] = document.querySelectorAll('iframe');
    const text = 'Readers borrow maps. A map has a title and a scale.';
    frame.contentWindow.postMessage({ to: 'backend-design', version: 2, kind: 'text', text: 'Wrong version.' }, '*');
    frame.contentWindow.postMessage({ to: 'backend-design', version: 1, kind: 'text', text }, '*');
  });
  await own.getByText('/maps', { exact: true }).first().waitFor();
  await wikiPage.context().close();
});
