// Keeps the site for use without a network, and asks before a new version takes the place of the one in use.

const root = new URL('../', import.meta.url);
const workers = navigator.serviceWorker;

/** Asks the reader. Nothing changes until the answer: a design may be open in this page. */
function offer(waiting) {
  if (document.querySelector('.update')) return;
  const bar = document.createElement('div');
  bar.className = 'update';
  bar.setAttribute('role', 'status');
  const text = document.createElement('span');
  text.textContent = 'A new version of this site is ready.';
  const now = document.createElement('button');
  now.type = 'button';
  now.className = 'control primary';
  now.textContent = 'Use it now';
  now.addEventListener('click', () => waiting.postMessage('take over'));
  const later = document.createElement('button');
  later.type = 'button';
  later.className = 'control';
  later.textContent = 'Later';
  later.addEventListener('click', () => bar.remove());
  bar.append(text, now, later);
  document.body.append(bar);
}

async function keep() {
  const controlled = Boolean(workers.controller);
  const registration = await workers.register(new URL('sw.js', root), { scope: root.pathname });
  const watch = (worker) => {
    if (!worker) return;
    const ask = () => {
      // The first version of all replaces none, and needs no consent.
      if (worker.state === 'installed' && registration.active) offer(worker);
    };
    ask();
    worker.addEventListener('statechange', ask);
  };
  watch(registration.waiting);
  watch(registration.installing);
  registration.addEventListener('updatefound', () => watch(registration.installing));
  // The worker that answers changes with the reader's consent only, given here or in another window of the site.
  workers.addEventListener('controllerchange', () => {
    if (controlled) location.reload();
  });
}

// After the page itself has loaded. Where the browser refuses (private windows, no secure origin), the site works as before.
if (workers) {
  const start = () => keep().catch(() => {});
  if (document.readyState === 'complete') start();
  else addEventListener('load', start, { once: true });
}
