// Puts a design into each <div data-backend-design> of a page, in a frame from the site of this script. A classic script
// without dependencies, for pages whose policy or editor allows a frame and little else.
//
//   <div data-backend-design data-src="requirements.md" data-theme="light" data-max-height="2000"></div>
//   <script src="https://docs.example.org/design/embed/loader.js" defer></script>

(() => {
  const VERSION = 1;
  const LEAST = 120;
  const MOST = 4000;
  const PASSED = ['src', 'profile', 'theme', 'sections', 'diagrams', 'readOnly', 'text'];
  const page = new URL('index.html', document.currentScript.src);
  const frames = new Map();

  function embed(place) {
    if (place.querySelector('iframe')) return;
    const strict = place.dataset.sandbox === 'strict';
    const wanted = new URLSearchParams({ origin: location.origin });
    for (const name of PASSED) {
      if (!(name in place.dataset)) continue;
      const value = place.dataset[name];
      const passed = name === 'src' || name === 'profile' ? new URL(value, document.baseURI).href : value;
      wanted.set(name === 'readOnly' ? 'read-only' : name, passed);
    }
    const frame = document.createElement('iframe');
    frame.title = place.dataset.title ?? 'Backend design';
    frame.loading = 'lazy';
    // With an origin of its own the frame has no storage, and needs none; then its files must be served for any origin.
    frame.setAttribute('sandbox', strict ? 'allow-scripts allow-downloads' : 'allow-scripts allow-same-origin allow-downloads');
    frame.width = '100%';
    frame.height = '480';
    frame.style.border = '0';
    frame.src = `${page}#${wanted}`;
    const most = Number(place.dataset.maxHeight) || MOST;
    frames.set(frame, { place, most: Math.min(Math.max(most, LEAST), MOST), origin: strict ? 'null' : page.origin });
    place.append(frame);
  }

  addEventListener('message', ({ source, origin, data }) => {
    for (const [frame, { place, most, origin: expected }] of frames) {
      if (!frame.isConnected) {
        frames.delete(frame);
        continue;
      }
      if (source !== frame.contentWindow || origin !== expected) continue;
      if (data?.from !== 'backend-design' || data.version !== VERSION) return;
      if (data.kind === 'height' && Number.isFinite(data.height)) {
        frame.height = String(Math.min(Math.max(Math.ceil(data.height), LEAST), most));
      } else if (data.kind === 'design' || data.kind === 'problem') {
        place.dispatchEvent(new CustomEvent(`backend-design-${data.kind}`, { bubbles: true, detail: data }));
      }
    }
  });

  const start = () => document.querySelectorAll('[data-backend-design]').forEach(embed);
  if (document.readyState === 'loading') addEventListener('DOMContentLoaded', start, { once: true });
  else start();
})();
