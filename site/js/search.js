// Searching the guides: a dialog that opens with "/" or Ctrl-K. The index and the program that reads it are loaded with
// the first search, in a worker, from this site. Without scripts there is no button, and the lists of contents remain.

const button = document.querySelector('[data-search]');
const root = new URL('../', import.meta.url);

let dialog;
let input;
let list;
let status;
let worker;
/** The number of the newest question: answers to older ones are not shown. */
let asked = 0;
let active = -1;

function element(name, properties = {}, ...children) {
  const made = document.createElement(name);
  for (const [key, value] of Object.entries(properties)) {
    if (key === 'className') made.className = value;
    else made.setAttribute(key, value);
  }
  made.append(...children);
  return made;
}

function build() {
  input = element('input', {
    type: 'search',
    role: 'combobox',
    'aria-label': 'Search guides, rules and examples',
    'aria-expanded': 'false',
    'aria-controls': 'search-results',
    'aria-autocomplete': 'list',
    autocomplete: 'off',
    spellcheck: 'false',
    placeholder: 'Search guides, rules and examples',
  });
  const close = element('button', { type: 'button', className: 'control' }, 'Close');
  close.addEventListener('click', () => dialog.close());
  status = element('p', { role: 'status', className: 'search-status' });
  list = element('div', { role: 'listbox', id: 'search-results', 'aria-label': 'Results', className: 'search-results' });
  dialog = element(
    'dialog',
    { className: 'search', 'aria-label': 'Search' },
    element('div', { className: 'search-bar' }, input, close),
    status,
    list,
  );
  input.addEventListener('input', ask);
  input.addEventListener('keydown', steer);
  // A click beside the box closes it, as Escape does.
  dialog.addEventListener('click', (event) => {
    if (event.target === dialog) dialog.close();
  });
  dialog.addEventListener('close', () => button?.focus());
  document.body.append(dialog);
}

function start() {
  worker = new Worker(new URL('search-worker.js', import.meta.url), { type: 'module' });
  worker.addEventListener('message', ({ data }) => {
    if (data.id !== asked) return;
    if (data.kind === 'results') show(data.results);
    else if (data.kind === 'excerpts') fill(data.excerpts);
    else fail(data.message);
  });
  worker.addEventListener('error', (event) => {
    event.preventDefault();
    fail(event.message);
  });
}

function fail(message) {
  worker?.terminate();
  worker = undefined;
  list.replaceChildren();
  status.textContent = `The search could not be loaded${message ? ` (${message})` : ''}. The lists of contents lead everywhere; "find in page" of the browser searches one page.`;
}

function open() {
  if (!dialog) build();
  if (!worker) start();
  if (!dialog.open) dialog.showModal();
  input.select();
  input.focus();
}

function ask() {
  asked += 1;
  const text = input.value.trim();
  if (text === '') {
    show([]);
    return;
  }
  if (!worker) start();
  worker.postMessage({ id: asked, text });
}

function show(results) {
  const options = results.map(({ address, area, title, heading, terms }, index) => {
    const option = element(
      'a',
      { role: 'option', id: `search-${index}`, href: new URL(address, root).href, tabindex: '-1', 'aria-selected': 'false' },
      element('span', { className: 'search-heading' }, ...marked(heading, terms)),
      element('span', { className: 'search-trail' }, heading === title ? area : `${area} › ${title}`),
      element('span', { className: 'search-excerpt' }),
    );
    option.addEventListener('click', () => dialog.close());
    return option;
  });
  list.replaceChildren(...options);
  input.setAttribute('aria-expanded', String(options.length > 0));
  choose(options.length > 0 ? 0 : -1);
  const found = results.length === 1 ? 'One place' : `${results.length} places`;
  status.textContent = input.value.trim() === '' ? '' : results.length > 0 ? found : 'Nothing found.';
}

function fill(excerpts) {
  for (const { index, text, terms } of excerpts) {
    list.children[index]?.querySelector('.search-excerpt').replaceChildren(...marked(text, terms));
  }
}

/** A text with the words that were found in it marked. */
function marked(text, terms) {
  const words = new Set(terms);
  return text.split(/([\p{L}\p{N}]+)/u).map((piece) => (words.has(piece.toLowerCase()) ? element('mark', {}, piece) : piece));
}

function choose(index) {
  list.children[active]?.setAttribute('aria-selected', 'false');
  active = index;
  const option = list.children[index];
  if (!option) {
    input.removeAttribute('aria-activedescendant');
    return;
  }
  option.setAttribute('aria-selected', 'true');
  input.setAttribute('aria-activedescendant', option.id);
  option.scrollIntoView({ block: 'nearest' });
}

function steer(event) {
  const count = list.children.length;
  const moves = { ArrowDown: active + 1, ArrowUp: active - 1, Home: 0, End: count - 1 };
  if (event.key === 'Enter') {
    event.preventDefault();
    list.children[active]?.click();
  } else if (event.key === 'Escape') {
    // Browsers would empty the field first and close the box with the second press only.
    event.preventDefault();
    dialog.close();
  } else if (count > 0 && event.key in moves && (event.key.startsWith('Arrow') || event.ctrlKey)) {
    event.preventDefault();
    choose((moves[event.key] + count) % count);
  }
}

/** Whether a key press belongs to something that is being written. */
function writes(event) {
  const target = event.composedPath()[0];
  return target instanceof HTMLElement && (target.isContentEditable || /^(input|textarea|select)$/i.test(target.tagName));
}

if (button) {
  button.hidden = false;
  button.addEventListener('click', open);
  addEventListener('keydown', (event) => {
    const control = (event.ctrlKey || event.metaKey) && !event.altKey && !event.shiftKey && event.key.toLowerCase() === 'k';
    const slash = event.key === '/' && !event.ctrlKey && !event.metaKey && !event.altKey && !writes(event);
    if (!control && !slash) return;
    event.preventDefault();
    open();
  });
}
