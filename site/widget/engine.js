// The engine as the widget sees it: in a worker where the browser allows one, else in the page. This script is its own
// worker, so that the widget stays one script and one module.

import init, { design, files, present, zip } from '../pkg/engine/engine.js';
import { archiveName, explain, granted, linkReasons, summary } from '../js/engine-view.js';

const MODULE = new URL('backend-design.wasm', import.meta.url);

let loading;
const load = () => (loading ??= init({ module_or_path: MODULE }));

/** Answers a question: `{kind: 'design', text, options}` or `{kind: 'zip', text, options}`. */
async function answer({ kind, text, options }) {
  try {
    await load();
    const designed = kind === 'zip' ? design(text, options) : present(text, options);
    if (!designed.ok) return { kind: 'refused', error: designed.error };
    const made = designed.design;
    if (kind === 'zip') return { kind, name: archiveName(made.title), bytes: granted(zip(granted(files(made)).files)).archive };
    const html = linkReasons(designed.html, made);
    const reasons = Object.fromEntries([
      ...made.requirements.statements.map(({ id, text: said }) => [id, said]),
      ...made.assumptions.map(({ id, subject, value, unit, why }) => [id, `${subject} = ${value} ${unit ?? ''}: ${why}`]),
    ]);
    return { kind, title: made.title, summary: summary(made), html, reasons };
  } catch (error) {
    return { kind: 'failed', error: explain(error) };
  }
}

/** Takes questions as the worker of a page. */
export function serve() {
  addEventListener('message', async ({ data }) => postMessage({ id: data.id, ...(await answer(data)) }));
}

/** Asks the engine. `close` ends it; what was asked is then never answered. */
export function connect(scriptUrl) {
  let worker;
  try {
    worker = new Worker(scriptUrl, { type: 'module' });
  } catch {
    // A script from another site may not be a worker here. The page does the work.
    return { ask: answer, close: () => {} };
  }
  let last = 0;
  const waiting = new Map();
  worker.addEventListener('message', ({ data }) => {
    waiting.get(data.id)?.(data);
    waiting.delete(data.id);
  });
  worker.addEventListener('error', (event) => {
    event.preventDefault();
    // A worker that cannot start leaves its questions to the page.
    worker.terminate();
    worker = undefined;
    for (const [id, resolve] of waiting) answer(resolve.question).then((data) => resolve({ id, ...data }));
    waiting.clear();
  });
  return {
    ask: (question) =>
      worker === undefined
        ? answer(question)
        : new Promise((resolve) => {
            last += 1;
            resolve.question = question;
            waiting.set(last, resolve);
            worker.postMessage({ id: last, ...question });
          }),
    close: () => {
      waiting.clear();
      worker?.terminate();
    },
  };
}
