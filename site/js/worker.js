// The engine, off the main thread: texts come in, designs go out. The only place on the page that knows the engine.
//
// In:  {kind: 'design', id, text, options}   {kind: 'zip', id}
// Out: {kind: 'ready', version}              {kind: 'design', id, html, files, points, places, summary}
//      {kind: 'refused', id, error}          {kind: 'zip', id, name, bytes}          {kind: 'failed', id, error}
// An error is {what, why, fix}. 'refused' is an answer about the text; after 'failed' this worker is of no more use.

import { archiveName, explain, granted, linkReasons, summary } from './engine-view.js';

/** The files of the design that was made last, for the archive. */
let lastFiles = [];
let lastTitle = '';

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
    if (data.kind === 'design') postMessage(design(engine, data, await anchors));
    else if (data.kind === 'zip') zip(engine, data.id);
  } catch (error) {
    postMessage({ kind: 'failed', id: data.id, error: explain(error) });
  }
});

function design(engine, { id, text, options }, pages) {
  const answer = engine.design(text, options);
  if (!answer.ok) return { kind: 'refused', id, error: answer.error };
  const { design } = answer;
  const { files } = granted(engine.files(design));
  const document = files.find(({ path }) => path === 'design.md');
  lastFiles = files;
  lastTitle = design.title;
  return {
    kind: 'design',
    id,
    html: linkGuides(linkReasons(granted(engine.render_markdown(document.contents)).html, design), pages),
    files,
    points: points(design, text, options.set),
    places: places(design, text),
    summary: summary(design),
  };
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

/** Where the words of each statement stand in the text: after the marker of a list item or heading. */
function places({ requirements }, text) {
  const offset = offsets(text);
  const bytes = new TextEncoder();
  return requirements.statements.map(({ id, text, span: [, end] }) => ({
    id,
    text,
    start: offset(end - bytes.encode(text).length),
    end: offset(end),
  }));
}

/** What the reader may want to settle, in the order in which it matters. */
function points(design, text, set) {
  const offset = offsets(text);
  const place = (span) => (span ? { start: offset(span[0]), end: offset(span[1]) } : {});
  const statements = design.requirements.statements;
  const byId = new Map(statements.map((statement) => [statement.id, statement]));
  const withStatus = (status) =>
    statements
      // Headings and layout ask for nothing, and saying so of each would bury the rest.
      .filter((statement) => statement.status === status && statement.kind !== 'noise')
      .map(({ text, reason, span }) => ({ title: text, details: [line('Why', reason)], ...place(span) }));
  return [
    {
      id: 'set',
      title: 'Set by you',
      lead: 'These values hold in place of what the text says or what would be assumed.',
      open: true,
      items: Object.entries(set).map(([subject, value]) => ({
        title: `${subject} = ${value}`,
        details: [],
        subject,
        value: String(value),
        pinned: true,
      })),
    },
    {
      id: 'conflicts',
      title: 'Contradictions',
      lead: 'Statements that cannot all hold, and what the design does meanwhile.',
      open: true,
      items: design.conflicts.map(({ explanation, resolution, statements: ids }) => ({
        title: explanation,
        details: [
          line('Meanwhile', resolution),
          ...ids.map((id) => line('Says', byId.get(id)?.text)),
        ],
        ...place(byId.get(ids[0])?.span),
      })),
    },
    {
      id: 'questions',
      title: 'Questions to the author',
      lead: 'What the text leaves open, the most consequential question first. An answer in the text replaces the assumption.',
      open: true,
      items: design.questions.map(({ text: title, options, default: assumed, impact }) => ({
        title,
        details: [line('Usual answers', options.join(' · ')), line('Assumed meanwhile', assumed), line('Changes', impact)],
      })),
    },
    {
      id: 'assumptions',
      title: 'Assumptions',
      lead: 'Values that the design needs and the text does not give.',
      open: true,
      items: design.assumptions.map(({ id, subject, value, unit, why, decisions, flips_at }) => ({
        id,
        title: `${subject} = ${value}${unit ? ` ${unit}` : ''}`,
        // What is no number cannot be set to another one.
        ...(Number.isFinite(Number(value)) ? { subject, value: String(value) } : {}),
        details: [line('Why', why), line('Read by', decisions.join(', ')), line('Would change a decision at', flips_at)],
      })),
    },
    {
      id: 'remarks',
      title: 'Remarks on the text',
      lead: 'What was found in the text that you may want to change.',
      open: true,
      items: design.diagnostics.map(({ what, why, fix, span }) => ({
        title: what,
        details: [line('Why it matters', why), line('How to fix', fix)],
        ...place(span),
      })),
    },
    {
      id: 'not-understood',
      title: 'Not understood',
      lead: 'Sentences that nothing in the design answers, because they could not be read. Say them in other words.',
      open: true,
      items: withStatus('not_understood'),
    },
    {
      id: 'set-aside',
      title: 'Set aside',
      lead: 'Sentences that were read and that a backend design does not answer.',
      open: false,
      items: withStatus('set_aside'),
    },
  ].map((group) => ({
    ...group,
    items: group.items.map((item) => ({ ...item, details: item.details.filter(({ text }) => text) })),
  }));
}

const line = (label, text) => ({ label, text: text ?? '' });

/** Turns byte offsets of UTF-8, which rise from call to call as a rule, into offsets of a JavaScript string. */
function offsets(text) {
  // Most texts have few characters beyond ASCII; only those move an offset.
  const moves = [];
  let bytes = 0;
  let units = 0;
  for (const character of text) {
    const code = character.codePointAt(0);
    const size = code < 0x80 ? 1 : code < 0x800 ? 2 : code < 0x10000 ? 3 : 4;
    bytes += size;
    units += character.length;
    if (size !== character.length) moves.push([bytes, bytes - units]);
  }
  return (offset) => {
    let low = 0;
    let high = moves.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (moves[middle][0] <= offset) low = middle + 1;
      else high = middle;
    }
    return low === 0 ? offset : offset - moves[low - 1][1];
  };
}

function zip(engine, id) {
  const { archive: bytes } = granted(engine.zip(lastFiles));
  postMessage({ kind: 'zip', id, name: archiveName(lastTitle), bytes }, [bytes.buffer]);
}
