// The engine, off the main thread: texts come in, designs go out. The only place on the page that knows the engine.
//
// In:  {kind: 'design', id, text, options, against?: {text, options}}   {kind: 'export', id, format}
// Out: {kind: 'ready', version}              {kind: 'refused', id, error}          {kind: 'failed', id, error}
//      {kind: 'design', id, sections, points, places, decisions, changes?, load?, summary}
//      {kind: 'files', id, files, places}    {kind: 'file', id, name, type, contents}
// An error is {what, why, fix}. 'refused' is an answer about the text; after 'failed' this worker is of no more use.
//
// The document is what one reads while one types; all other files take longer than everything before them. So they are
// written when no text has come for a moment, or at once when one of them is asked for, and 'files' brings them.

import { made, places } from './statements.js';
import { points } from './points.js';
import { archiveName, explain, granted, linkReasons, summary } from './engine-view.js';

/** The design that was made last with its text, and its files once they are written. */
let last;
/** When they are to be written. */
let due;
/** For how many milliseconds no text has come then: those who type have pressed the next key before. */
const PAUSE = 250;
/** The design that was compared with last, by what it was made of: while one types, it stays the same. */
let compared = { key: '', design: undefined };

const loading = load();
// A failure to load is told when it happens and not with the first text.
loading.then(
  (engine) => postMessage({ kind: 'ready', version: engine.version() }),
  (error) => postMessage({ kind: 'failed', id: 0, error: explain(error) }),
);

async function load() {
  const engine = await import('../pkg/engine/engine.js');
  await engine.default();
  return engine;
}

addEventListener('message', async ({ data }) => {
  let engine;
  try {
    engine = await loading;
  } catch {
    return; // Told above.
  }
  try {
    if (data.kind === 'design') {
      clearTimeout(due);
      postMessage(design(engine, data, await anchors));
      due = setTimeout(writeFiles, PAUSE, engine, data.id);
    } else if (data.kind === 'export') exportFile(engine, data);
  } catch (error) {
    postMessage({ kind: 'failed', id: data.id, error: explain(error) });
  }
});

function design(engine, { id, text, options, against }, pages) {
  const answer = engine.present(text, options);
  if (!answer.ok) return { kind: 'refused', id, error: answer.error };
  const { design } = answer;
  last = { id, text, design, files: undefined };
  const html = linkReasons(answer.html, design);
  return {
    kind: 'design',
    id,
    // As HTML, each from its heading on; what stands before the first comes first.
    sections: linkGuides(linkElements(html, design.decisions), pages).split(/^(?=<h2\b)/m),
    points: points(design, text, options),
    places: places(design, text),
    decisions: decisions(design, options.pins),
    changes: against && differences(engine, against, design, options),
    load: requests(design, options.set),
    summary: summary(design),
  };
}

/** Writes the files of the last design, if that is still to be done. */
function writeFiles(engine, id) {
  if (!last || last.files) return;
  const { design, text } = last;
  try {
    last.files = granted(engine.files(design)).files;
    postMessage({ kind: 'files', id: last.id, files: last.files, places: places(design, text, made(last.files)) });
  } catch (error) {
    postMessage({ kind: 'failed', id, error: explain(error) });
  }
}

/** What differs from another design; nothing where that one cannot be made. */
function differences(engine, against, design, { set }) {
  const key = JSON.stringify(against);
  if (compared.key !== key) {
    const answer = engine.design(against.text, against.options);
    compared = { key, design: answer.ok ? answer.design : undefined };
  }
  if (!compared.design) return undefined;
  // A figure that the reader sets is no longer computed; that is no news.
  const given = ({ kind, what }) => kind === 'figure' && [set, against.options.set].some((facts) => Object.hasOwn(facts, what));
  return granted(engine.diff(compared.design, design)).difference.changes.filter((change) => !given(change));
}

/** Requests a second, on average. */
function requests({ capacity, assumptions }, set) {
  const figure = capacity.find(({ id }) => id === 'requests.average')?.value;
  return set['requests.average'] ?? figure ?? numeric(assumptions.find(({ subject }) => subject === 'requests.average')?.value);
}

const numeric = (value) => (value === undefined ? undefined : Number(value));

/** The decisions with their options, the best first. */
function decisions(design, pins) {
  return design.decisions.map(({ slot, title, chosen, options }) => ({
    slot,
    title,
    pinned: Object.hasOwn(pins, slot),
    options: options.map(({ id, name, score, reasons }) => ({
      id,
      name,
      chosen: id === chosen,
      why: `score ${score}${reasons.length ? `: ${reasons.join('; ')}` : ''}`,
    })),
  }));
}

/** What opens the reasons of an element. */
const opener = (name, slot = '') => `<button type="button" class="element"${slot}>${name}</button>`;

/**
 * Makes buttons of the names of elements, which are rows of tables that name their reasons, and adds one to each
 * decision. The place that a number elsewhere leads to stays before its name.
 */
function linkElements(html, decisions) {
  const titles = new Map(decisions.map(({ title, slot }) => [title, slot]));
  return html
    .replace(
      /<tr><td>(<a id="[^"]*"><\/a>)?((?:(?!<\/?(?:td|tr|button|a)\b).)+)<\/td>((?:(?!<\/tr>).)*)<\/tr>/gs,
      (row, place = '', name, rest) =>
        /class="evidence"|<code>(?:rule|pin):/.test(rest) ? `<tr><td>${place}${opener(name)}</td>${rest}</tr>` : row,
    )
    .replace(/<h3\b[^>]*><a [^>]*>\d+\. ([^<:]*): [^<]*<\/a><\/h3>/g, (heading, title) =>
      titles.has(title)
        ? `${heading}<p>${opener('Why, and what else it could be', ` data-slot="${titles.get(title)}"`)}</p>`
        : heading,
    );
}

/** The page of each anchor of the guides. Without it a design has no links to the guides, and is complete otherwise. */
const anchors = fetch(new URL('../guides/anchors.json', import.meta.url))
  .then((response) => (response.ok ? response.json() : {}))
  .catch(() => ({}))
  .then((guides) => {
    const pages = new Map();
    for (const [guide, sections] of Object.entries(guides)) {
      for (const [page, ids] of Object.entries(sections)) {
        for (const id of ids) pages.set(`${guide}#${id}`, `guides/${guide}/${page}.html${id === page ? '' : `#${id}`}`);
      }
    }
    return pages;
  });

/** Leads from each rule that a design names to the place of a guide that explains it. */
function linkGuides(html, pages) {
  return html.replace(/<code>([a-z-]+)#([a-z0-9-]+)<\/code>/g, (code, guide, anchor) => {
    const page = pages.get(`${guide}#${anchor}`);
    return page ? `<a href="${page}">${guide}</a>` : code;
  });
}

/** The design as one file. */
function exportFile(engine, { id, format }) {
  writeFiles(engine, id);
  const files = last?.files ?? [];
  const name = archiveName(last?.design.title ?? '').replace(/zip$/, format);
  const text = (path) => files.find((file) => file.path === path)?.contents ?? '';
  const reply = (type, contents) => ({ kind: 'file', id, name, type, contents });
  if (format === 'zip') {
    const { archive } = granted(engine.zip(files));
    postMessage(reply('application/zip', archive), [archive.buffer]);
  } else if (format === 'html') {
    postMessage(reply('text/html', granted(engine.export_markdown(text('design.md'), 'html')).contents));
  } else {
    postMessage(format === 'json' ? reply('application/json', text('design.json')) : reply('text/markdown', text('design.md')));
  }
}
