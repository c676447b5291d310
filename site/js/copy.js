// Copies code, and the address of a heading. Without scripts both can be selected by hand.

const done = new WeakSet();

/** Says for a moment that something was copied, at the place where it was asked for. */
async function copy(text, sign, before) {
  const said = await navigator.clipboard.writeText(text).then(
    () => 'Copied',
    () => 'Not allowed here',
  );
  sign.dataset.said = said;
  if (before !== undefined) sign.textContent = said;
  announce(said);
  setTimeout(() => {
    delete sign.dataset.said;
    if (before !== undefined) sign.textContent = before;
  }, 1500);
}

let announcer;
function announce(text) {
  if (!announcer) {
    announcer = document.createElement('p');
    announcer.className = 'visually-hidden';
    announcer.setAttribute('role', 'status');
    document.body.append(announcer);
  }
  announcer.textContent = '';
  requestAnimationFrame(() => (announcer.textContent = text));
}

function adopt() {
  if (!navigator.clipboard) return;
  for (const frame of document.querySelectorAll('.prose .code')) {
    if (done.has(frame)) continue;
    done.add(frame);
    const button = document.createElement('button');
    button.type = 'button';
    button.className = 'copy';
    button.textContent = 'Copy';
    button.addEventListener('click', () => copy(frame.querySelector('code').textContent, button, 'Copy'));
    frame.append(button);
  }
}

// A heading is a link to itself: following it puts its address into the bar, and copies it.
document.addEventListener('click', (event) => {
  const anchor = event.target instanceof Element ? event.target.closest('.prose a.anchor') : null;
  if (anchor && navigator.clipboard) copy(anchor.href, anchor);
});

adopt();
document.addEventListener('documentchange', adopt);
