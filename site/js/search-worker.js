// The search, off the main thread. The index holds which words stand under which heading (`crates/guides/src/search.rs`
// describes it); the excerpts come from the pages, which the browser keeps once it has loaded them.
//
// In:  {id, text}
// Out: {kind: 'results', id, results: [{address, area, title, heading, terms}]}
//      {kind: 'excerpts', id, excerpts: [{index, text, terms}]}     {kind: 'failed', id, message}

import MiniSearch from '../vendor/minisearch/minisearch.js';

const MOST = 12;
/** How many characters of an excerpt stand before the first word that was found. */
const BEFORE = 60;
const LONGEST = 170;

const site = new URL('../', import.meta.url);
const index = load();
/** The newest question: excerpts for older ones are not looked for. */
let newest = 0;
/** Pages by address. */
const pages = new Map();

async function load() {
  const response = await fetch(new URL('search.json', site));
  if (!response.ok) throw new Error(`search.json: ${response.status}`);
  const { words, pages } = await response.json();
  const all = words.split(' ');
  const search = new MiniSearch({
    fields: ['heading', 'title', 'text'],
    storeFields: ['address', 'area', 'title', 'heading'],
    searchOptions: {
      boost: { heading: 5, title: 2 },
      // Short words and numbers have too many neighbours to be misprints of them.
      fuzzy: (term) => (term.length > 4 && !/\d/.test(term) ? 0.2 : false),
      prefix: (term, position, terms) => position === terms.length - 1 || term.length > 3,
      weights: { fuzzy: 0.3, prefix: 0.6 },
    },
  });
  let id = 0;
  for (const [address, area, title, parts] of pages) {
    for (const [anchor, heading, differences] of parts) {
      let at = 0;
      const text = differences.map((difference) => all[(at += difference)]).join(' ');
      search.add({ id: id++, address: anchor ? `${address}#${anchor}` : address, area, title, heading, text });
    }
  }
  return search;
}

addEventListener('message', async ({ data: { id, text } }) => {
  newest = id;
  try {
    const search = await index;
    if (newest !== id) return;
    const every = search.search(text, { combineWith: 'AND' });
    const found = (every.length > 0 ? every : search.search(text)).slice(0, MOST);
    const results = found.map(({ address, area, title, heading, terms }) => ({ address, area, title, heading, terms }));
    postMessage({ kind: 'results', id, results });
    for (const [place, { address, terms }] of results.entries()) {
      const text = excerpt(await textOf(address), new Set(terms));
      if (newest !== id) return;
      if (text) postMessage({ kind: 'excerpts', id, excerpts: [{ index: place, text, terms }] });
    }
  } catch (error) {
    postMessage({ kind: 'failed', id, message: error instanceof Error ? error.message : String(error) });
  }
});

/** What stands under the heading of an address, without its code and markup. */
async function textOf(address) {
  const [page, anchor] = address.split('#');
  if (!pages.has(page)) {
    // A page that cannot be had leaves its results without excerpts.
    pages.set(page, fetch(new URL(page, site)).then((response) => (response.ok ? response.text() : ''), () => ''));
  }
  const html = await pages.get(page);
  const body = html.slice(html.indexOf('<article'), html.indexOf('</article>'));
  const start = anchor ? body.indexOf(` id="${anchor}"`) : body.indexOf('<h1');
  if (start < 0) return '';
  const heading = body.indexOf('</h', start);
  const next = body.slice(heading + 1).search(/<h[1-6] id="/);
  const part = next < 0 ? body.slice(heading) : body.slice(heading, heading + 1 + next);
  return part
    .replace(/<pre[\s\S]*?<\/pre>/g, ' ')
    .replace(/<\/(p|li|td|th|h[1-6])>/g, ' ')
    .replace(/<[^>]*>/g, '')
    .replace(/&lt;/g, '<')
    .replace(/&gt;/g, '>')
    .replace(/&quot;/g, '"')
    .replace(/&#39;/g, "'")
    .replace(/&amp;/g, '&')
    .replace(/\s+/g, ' ')
    .trim();
}

/** The piece of a text around the first of some words. */
function excerpt(text, words) {
  let first = 0;
  for (const { 0: word, index } of text.matchAll(/[\p{L}\p{N}]+/gu)) {
    if (words.has(word.toLowerCase())) {
      first = index;
      break;
    }
  }
  const start = first > BEFORE ? text.indexOf(' ', first - BEFORE) + 1 : 0;
  const end = text.length - start > LONGEST ? text.lastIndexOf(' ', start + LONGEST) : text.length;
  return `${start > 0 ? '… ' : ''}${text.slice(start, end)}${end < text.length ? ' …' : ''}`;
}
