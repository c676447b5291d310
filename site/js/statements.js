// The statements of a text as the page shows them: where they stand, what they are, and what they produced.

/** Turns byte offsets of UTF-8, which rise from call to call as a rule, into offsets of a JavaScript string. */
export function offsets(text) {
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

/** What each statement produced, from the file that traces it: one truth for the page and for the archive. */
export function made(files) {
  const [, ...rows] = csv(files.find(({ path }) => path === 'traceability.csv')?.contents ?? '');
  const produced = new Map();
  for (const [id, status, , kind, name] of rows) {
    if (status !== 'used' || !kind || !name) continue;
    if (!produced.has(id)) produced.set(id, []);
    produced.get(id).push({ kind, name });
  }
  return produced;
}

/** The rows of a table in CSV (RFC 4180). */
function csv(text) {
  const rows = [];
  let row = [];
  for (const [, quoted, plain, end] of text.matchAll(/(?:"((?:[^"]|"")*)"|([^",\r\n]*))(,|\r?\n|$)/g)) {
    row.push(quoted === undefined ? plain : quoted.replaceAll('""', '"'));
    if (end === ',') continue;
    if (row.length > 1) rows.push(row);
    row = [];
  }
  return rows;
}

/** Where the words of each statement stand in the text: after the marker of a list item or heading. What they produced is left out where that is not known yet. */
export function places({ requirements }, text, produced) {
  const offset = offsets(text);
  const bytes = new TextEncoder();
  return requirements.statements.map((statement) => {
    const { id, text: words, span: [, end], reason } = statement;
    return {
      id,
      text: words,
      start: offset(end - bytes.encode(words).length),
      end: offset(end),
      class: classOf(statement),
      sort: sortOf(statement),
      reason: reason ?? undefined,
      made: produced && (produced.get(id) ?? []),
    };
  });
}

/** How a statement is marked. */
function classOf({ status, kind }) {
  if (status === 'not_understood') return 'not-understood';
  if (kind === 'noise') return 'layout';
  return status === 'set_aside' ? 'set-aside' : kind;
}

const SORTS = {
  capability: 'asks for something',
  constraint: 'prescribes or forbids',
  context: 'describes',
  exclusion: 'excludes something',
  question: 'asks a question',
  noise: 'layout',
};

/** What sort of statement it is, in words. */
function sortOf({ status, kind, quality }) {
  if (status === 'not_understood') return 'not understood';
  const sort = kind === 'quality' ? `asks for quality${quality ? `: ${quality}` : ''}` : (SORTS[kind] ?? kind);
  return status === 'set_aside' && kind !== 'noise' ? `${sort}, set aside` : sort;
}
