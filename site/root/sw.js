// Keeps the site on the reader's machine, so that it works without a network. The build puts the list of files and the
// version into this file; two builds of the same site give the same list.
//
// A new version is fetched in the background, what did not change is taken over from the old one, and it waits: pages
// ask the reader before they change to it, since a design may be open in them.

const VERSION = '{{VERSION}}';
/** Each file below the site with the start of the hash of its bytes. */
const FILES = {{FILES}};

const PREFIX = 'backend-design ';
const NAME = `${PREFIX}${VERSION}`;
const root = new URL('./', location.href);
/** Under this address a cache holds the list that it was filled by. */
const LIST = new URL('files.json?kept', root).href;

addEventListener('install', (event) => event.waitUntil(fill()));
addEventListener('activate', (event) => event.waitUntil(tidy()));
addEventListener('message', ({ data }) => {
  if (data === 'take over') skipWaiting();
});

async function fill() {
  const before = await previous();
  const cache = await caches.open(NAME);
  const wanted = Object.entries(FILES);
  // A few at a time, so that the page that is being read has the line to itself.
  const take = async () => {
    for (let next = wanted.pop(); next; next = wanted.pop()) {
      const [file, hash] = next;
      const address = new URL(file, root).href;
      const kept = before.list[file] === hash ? await before.cache.match(address) : undefined;
      const response = kept ?? (await fetch(address, { cache: 'no-cache' }));
      if (!response.ok) throw new Error(`${file}: ${response.status}`);
      await cache.put(address, response);
    }
  };
  await Promise.all([take(), take(), take(), take()]);
  await cache.put(LIST, new Response(JSON.stringify(FILES)));
}

/** The newest complete version before this one. */
async function previous() {
  for (const name of (await caches.keys()).reverse()) {
    if (!name.startsWith(PREFIX) || name === NAME) continue;
    const cache = await caches.open(name);
    const list = await cache.match(LIST);
    if (list) return { cache, list: await list.json() };
  }
  return { cache: undefined, list: {} };
}

async function tidy() {
  for (const name of await caches.keys()) {
    if (name.startsWith(PREFIX) && name !== NAME) await caches.delete(name);
  }
}

addEventListener('fetch', (event) => {
  const { request } = event;
  const url = new URL(request.url);
  if (request.method !== 'GET' || !url.href.startsWith(root.href)) return;
  event.respondWith(answer(request, url));
});

async function answer(request, url) {
  let file = decodeURIComponent(url.href.slice(root.href.length).split(/[?#]/)[0]);
  if (file === '' || file.endsWith('/')) file += 'index.html';
  const cache = await caches.open(NAME);
  const kept = Object.hasOwn(FILES, file) ? await cache.match(new URL(file, root).href) : undefined;
  if (kept) return kept;
  try {
    return await fetch(request);
  } catch (error) {
    const missing = request.mode === 'navigate' ? await cache.match(new URL('404.html', root).href) : undefined;
    if (missing) return new Response(missing.body, { status: 404, headers: missing.headers });
    throw error;
  }
}
