// "Prove it here": runs the SQL of the design in PostgreSQL and reads its diagrams by Mermaid, in this browser, and shows
// what held and what did not. PostgreSQL is loaded when the reader asks for it, from this site.

const MERMAID = new URL('../vendor/mermaid/mermaid.esm.min.mjs', import.meta.url);
const button = document.getElementById('prove');
const list = document.getElementById('proof');
const state = document.getElementById('proof-state');

/** Shows how one check ended. */
function result({ name, error, detail, took }) {
  const item = document.createElement('li');
  item.className = error === undefined ? 'held' : 'failed';
  const sign = document.createElement('b');
  sign.textContent = error === undefined ? 'holds' : 'fails';
  const what = document.createElement('span');
  what.textContent = name;
  item.append(sign, what);
  const more = [detail, took === undefined ? undefined : `${Math.round(took)} ms`].filter(Boolean).join(', ');
  if (more) {
    const note = document.createElement('span');
    note.className = 'hint';
    note.textContent = more;
    item.append(note);
  }
  if (error !== undefined) {
    const message = document.createElement('pre');
    message.textContent = error;
    item.append(message);
  }
  list.append(item);
  return error === undefined;
}

/** Runs the SQL in a worker; calls back with each result. */
function runSql(files, each) {
  return new Promise((resolve, reject) => {
    const worker = new Worker(new URL('prove-worker.js', import.meta.url), { type: 'module' });
    const end = (settle, value) => {
      worker.terminate();
      settle(value);
    };
    worker.addEventListener('error', (event) => end(reject, new Error(event.message || 'The worker could not be started.')));
    worker.addEventListener('message', ({ data }) => {
      if (data.kind === 'result') each(data);
      else if (data.kind === 'state') state.textContent = data.text;
      else if (data.kind === 'failed') end(reject, new Error(data.message));
      else end(resolve);
    });
    worker.postMessage(files.filter(({ path }) => path.startsWith('db/')));
  });
}

async function readDiagrams(files, each) {
  const { default: mermaid } = await import(MERMAID.href);
  for (const { path, contents } of files.filter((file) => file.path.endsWith('.mmd'))) {
    const start = performance.now();
    try {
      const { diagramType } = await mermaid.parse(contents);
      each({ name: path, detail: diagramType, took: performance.now() - start });
    } catch (error) {
      each({ name: path, error: error instanceof Error ? error.message : String(error) });
    }
  }
}

document.addEventListener('prove', async ({ detail: files }) => {
  if (button.getAttribute('aria-disabled') === 'true') return;
  // Not switched off: the focus stays where it is.
  button.setAttribute('aria-disabled', 'true');
  list.replaceChildren();
  let held = 0;
  let failed = 0;
  const each = (one) => {
    if (result(one)) held += 1;
    else failed += 1;
  };
  state.textContent = 'Loading PostgreSQL…';
  try {
    await runSql(files, each);
    state.textContent = 'Reading the diagrams…';
    await readDiagrams(files, each);
    state.textContent = failed === 0 ? `All ${held} checks hold.` : `${failed} of ${held + failed} checks fail.`;
  } catch (error) {
    state.textContent =
      'It cannot be proved here: PostgreSQL could not be loaded. It is not kept for use without a network, and needs some 200 MB of memory. ' +
      `(${error.message})`;
  }
  button.removeAttribute('aria-disabled');
});
