// What pages make of the engine's answers, wherever the engine runs: in the designer's worker and in the widget.

/** The value of an answer that is never a refusal: the engine is given what it made itself. */
export function granted(answer) {
  if (!answer.ok) throw new Error(`${answer.error.what} ${answer.error.why}`);
  return answer;
}

/** Makes buttons of the ids of statements and assumptions: they lead to what an element of the design rests on. */
export function linkReasons(html, { requirements, assumptions }) {
  const known = new Set([...requirements.statements, ...assumptions].map(({ id }) => id));
  // In the document they are links to the place where it lists them; here that is the text beside it.
  return html.replace(/<a href="#[^"]*"><code>([as]\d+)<\/code><\/a>|<code>([as]\d+)<\/code>/g, (code, linked, plain) => {
    const id = linked ?? plain;
    return known.has(id) ? `<button type="button" class="evidence">${id}</button>` : code;
  });
}

/** How much there is of a design, in a line. */
export function summary(design) {
  const count = (number, one, many) => `${number} ${number === 1 ? one : many}`;
  return [
    count(design.model.entities.length, 'entity', 'entities'),
    count(design.api.operations.length, 'operation', 'operations'),
    count(design.database.tables.length, 'table', 'tables'),
    count(design.decisions.length, 'decision', 'decisions'),
  ].join(', ');
}

/** The name of the archive of a design. */
export function archiveName(title) {
  const name = title.toLowerCase().replace(/[^a-z0-9]+/g, '-').replace(/^-+|-+$/g, '').slice(0, 60);
  return `${name || 'design'}.zip`;
}

/** Says what happened in words that help, for the faults that are known. */
export function explain(error) {
  const message = error instanceof Error ? error.message : String(error);
  if (typeof WebAssembly === 'undefined' || /wasm.*(embedder|csp|policy|unsafe-eval)|Content Security Policy/i.test(message)) {
    return {
      what: 'This browser does not run WebAssembly here, and the engine is a WebAssembly module.',
      why: `It is switched off, or a content security policy forbids it. (${message})`,
      fix: "Allow it for this site; whoever runs the site allows it with script-src 'self' 'wasm-unsafe-eval'. The guides can be read without it, and the command line makes the same designs.",
    };
  }
  if (error instanceof RangeError && /memory/i.test(message)) {
    return {
      what: 'This browser gives the engine no memory.',
      why: `It needs some tens of megabytes, more for long texts. (${message})`,
      fix: 'Close other pages and go on: the engine is started anew with the next change of the text. The text is kept.',
    };
  }
  if (error instanceof WebAssembly.CompileError || error instanceof WebAssembly.LinkError || error instanceof SyntaxError) {
    return {
      what: 'The parts of this site do not fit together.',
      why: `One of them is damaged or of another version than the rest, as a cache may keep it. (${message})`,
      fix: 'Download the text if it is not to be lost, and reload the page while holding Shift, which passes over what was kept.',
    };
  }
  if (error instanceof WebAssembly.RuntimeError) {
    return {
      what: 'The engine stopped while it worked on this text.',
      why: `That is a fault of the engine and not of the text. (${message})`,
      fix: 'Change the text a little and go on: the engine is started anew. Please report the text that caused it.',
    };
  }
  return {
    what: 'The engine could not be loaded or did not answer as expected.',
    why: message,
    fix: 'Reload the page. If that does not help, the files of the site are incomplete: whoever runs the site builds it again.',
  };
}
