// The page inside a frame: shows the widget, and talks with the page around it in messages of a fixed form:
//
//   {from: 'backend-design', version: 1, kind: 'ready' | 'height' | 'design' | 'problem', …}    to the page around
//   {to: 'backend-design', version: 1, kind: 'text', text}                                        from it
//
// The address says what to show: #src=…&theme=…&sections=…&read-only&diagrams=…&origin=…. Messages go to the origin that
// it names, and come from there; without one, nothing is sent and nothing is heard.

const VERSION = 1;
const wanted = new URLSearchParams(location.hash.slice(1));
const origin = wanted.get('origin');
const around = window.parent !== window && origin ? window.parent : null;

const element = document.createElement('backend-design');
for (const name of ['src', 'profile', 'theme', 'sections', 'diagrams', 'read-only']) {
  if (wanted.has(name)) element.setAttribute(name, wanted.get(name));
}
if (wanted.has('text')) element.textContent = wanted.get('text');

function tell(kind, more = {}) {
  around?.postMessage({ from: 'backend-design', version: VERSION, kind, ...more }, origin);
}

element.addEventListener('design', ({ detail }) => tell('design', detail));
element.addEventListener('problem', ({ detail }) => tell('problem', detail));
addEventListener('message', ({ source, origin: sender, data }) => {
  if (!around || source !== around || sender !== origin) return;
  if (data?.to !== 'backend-design' || data.version !== VERSION) return;
  if (data.kind === 'text' && typeof data.text === 'string') element.text = data.text;
});
document.body.append(element);

let last = 0;
new ResizeObserver(() => {
  const height = Math.ceil(document.documentElement.getBoundingClientRect().height);
  if (height !== last) tell('height', { height: (last = height) });
}).observe(document.documentElement);
tell('ready');
