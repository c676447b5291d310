// Draws diagrams from their sources when they come near the window. Mermaid is loaded with the first of them, from
// this site. The source stays available beside each drawing and is what one sees when a drawing fails.

const MERMAID = new URL('../vendor/mermaid/mermaid.esm.min.mjs', import.meta.url);
const root = document.documentElement;

/** Finished drawings by theme and source, the newest last. While one types, a design has many versions: some are kept. */
const drawings = new Map();
const KEPT = 60;
/** The last drawing at each place, shown until the next one is ready, so that nothing jumps while one types. */
const lastAt = new Map();

/** The places at which the reader has opened the source. */
const opened = new Set();

/** How many pixels from the window is near. */
const NEAR = 900;

/** The colours of the site, as Mermaid wants them. */
const LIGHT = {
  background: '#ffffff',
  primaryColor: '#e4f2ee',
  primaryTextColor: '#1d2125',
  primaryBorderColor: '#0b6b5d',
  secondaryColor: '#f5f5f1',
  tertiaryColor: '#fafaf7',
  tertiaryBorderColor: '#c9cbc3',
  lineColor: '#586068',
  textColor: '#1d2125',
  clusterBkg: '#fafaf7',
  clusterBorder: '#c9cbc3',
  edgeLabelBackground: '#ffffff',
  noteBkgColor: '#fff6dd',
  noteTextColor: '#1d2125',
  noteBorderColor: '#d9c48a',
};
const DARK = {
  background: '#20252a',
  primaryColor: '#1a322d',
  primaryTextColor: '#e4e7e9',
  primaryBorderColor: '#67d1ba',
  secondaryColor: '#2a3036',
  tertiaryColor: '#1b1f23',
  tertiaryBorderColor: '#454d55',
  lineColor: '#a3abb3',
  textColor: '#e4e7e9',
  clusterBkg: '#1b1f23',
  clusterBorder: '#454d55',
  edgeLabelBackground: '#20252a',
  noteBkgColor: '#3a3420',
  noteTextColor: '#e4e7e9',
  noteBorderColor: '#7a6b3a',
};

let mermaid;
let queue = Promise.resolve();
let count = 0;

const isDark = () =>
  root.dataset.theme === 'dark' ||
  (root.dataset.theme !== 'light' && matchMedia('(prefers-color-scheme: dark)').matches);

const near = new IntersectionObserver(
  (entries) => {
    for (const { target, isIntersecting } of entries) {
      if (!isIntersecting) continue;
      near.unobserve(target);
      queue = queue.then(() => draw(target));
    }
  },
  { rootMargin: `${NEAR}px 0px` },
);

/** Whether a figure is still near: a reader who follows a link passes many of them. */
function isNear(figure) {
  const { top, bottom } = figure.getBoundingClientRect();
  return bottom >= -NEAR && top <= innerHeight + NEAR;
}

async function draw(figure) {
  if (!figure.isConnected) return;
  if (!isNear(figure)) {
    near.observe(figure);
    return;
  }
  const source = sourceOf(figure);
  try {
    show(figure, drawings.get(keyOf(source)) ?? (await render(source)), false);
  } catch (error) {
    fail(figure, error);
  }
}

async function render(source) {
  mermaid ??= (await import(MERMAID.href)).default;
  const dark = isDark();
  const key = keyOf(source);
  mermaid.initialize({
    startOnLoad: false,
    securityLevel: 'strict',
    theme: 'base',
    themeVariables: {
      ...(dark ? DARK : LIGHT),
      darkMode: dark,
      fontFamily: getComputedStyle(document.body).fontFamily,
      fontSize: '14px',
    },
    suppressErrorRendering: true,
  });
  count += 1;
  const { svg } = await mermaid.render(`diagram-${count}`, source);
  drawings.set(key, svg);
  if (drawings.size > KEPT) drawings.delete(drawings.keys().next().value);
  return svg;
}

function show(figure, svg, stale) {
  const canvas = frame(figure).canvas;
  const before = figure.getBoundingClientRect();
  canvas.innerHTML = svg;
  canvas.classList.toggle('stale', stale);
  const drawing = canvas.querySelector('svg');
  if (drawing) {
    if (!drawing.hasAttribute('aria-labelledby')) drawing.setAttribute('aria-label', labelOf(figure));
    // On a small window a drawing scrolls rather than shrink until nobody can read it.
    drawing.style.minWidth = `${Math.min(parseFloat(drawing.style.maxWidth) || 0, 560)}px`;
  }
  lastAt.set(placeOf(figure), svg);
  figure.classList.remove('failed');
  figure.querySelector('.diagram-error')?.remove();
  // A drawing above the window must not move what is being read. Where the browser has kept the place itself, the
  // difference is nothing.
  const after = figure.getBoundingClientRect();
  if (before.bottom <= 0 && after.bottom !== before.bottom) scrollBy(0, after.bottom - before.bottom);
  // Nor may one in view that takes less room than its source did.
  const inView = before.bottom > 0 && before.top < innerHeight;
  if (inView && after.height < before.height) figure.style.minHeight = `${before.height}px`;
}

/** The parts of a figure, made when it is first drawn: the drawing and, folded, its source. */
function frame(figure) {
  let canvas = figure.querySelector('.diagram-canvas');
  if (!canvas) {
    const source = figure.querySelector('.mermaid-source');
    canvas = document.createElement('div');
    canvas.className = 'diagram-canvas';
    // Wide drawings scroll, and what scrolls must be reachable by keyboard.
    canvas.tabIndex = 0;
    canvas.setAttribute('role', 'group');
    canvas.setAttribute('aria-label', labelOf(figure));
    const details = document.createElement('details');
    const summary = document.createElement('summary');
    summary.textContent = 'Source of the diagram';
    source.before(canvas, details);
    details.append(summary, source);
    details.open = opened.has(placeOf(figure));
    // By the click: a source that a failure shows was not opened by the reader.
    summary.addEventListener('click', () => opened[details.open ? 'delete' : 'add'](placeOf(figure)));
  }
  return { canvas, details: figure.querySelector('details') };
}

function fail(figure, error) {
  const { canvas, details } = frame(figure);
  canvas.replaceChildren();
  details.open = true;
  figure.classList.add('failed');
  figure.querySelector('.diagram-error')?.remove();
  const message = document.createElement('p');
  message.className = 'diagram-error';
  const what = error instanceof Error ? error.message : String(error);
  message.textContent = `This diagram could not be drawn; its source is below. (${what.split('\n')[0]})`;
  figure.prepend(message);
}

const sourceOf = (figure) => figure.querySelector('.mermaid-source').textContent;
const keyOf = (source) => `${isDark() ? 'dark' : 'light'}\n${source}`;

/** The heading that a figure stands under. */
function headingOf(figure) {
  for (let element = figure; element && !element.matches('article'); element = element.parentElement) {
    for (let before = element.previousElementSibling; before; before = before.previousElementSibling) {
      if (before.matches('h1, h2, h3, h4, h5, h6')) return before;
    }
  }
  return null;
}

const labelOf = (figure) => `Diagram: ${headingOf(figure)?.textContent.trim() || 'see the text around it'}`;

/** A name for the place of a figure that survives a new version of the document. */
function placeOf(figure) {
  const heading = headingOf(figure);
  const figures = [...document.querySelectorAll('figure.diagram')].filter((other) => headingOf(other) === heading);
  return `${heading?.id ?? ''}/${figures.indexOf(figure)}`;
}

/** Takes up the figures that are new on the page. */
function adopt() {
  for (const figure of document.querySelectorAll('figure.diagram:not([data-seen])')) {
    figure.dataset.seen = '';
    const ready = drawings.get(keyOf(sourceOf(figure)));
    const before = ready ? null : lastAt.get(placeOf(figure));
    if (ready) show(figure, ready, false);
    else if (before) show(figure, before, true);
    if (!ready) near.observe(figure);
  }
}

adopt();
document.addEventListener('documentchange', adopt);

root.addEventListener('themechange', () => {
  lastAt.clear();
  for (const figure of document.querySelectorAll('figure.diagram[data-seen]')) near.observe(figure);
});
