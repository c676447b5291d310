// Marks the section that is being read in the list of contents. The list is a list of links without this.

/** How far below the top of the window a heading counts as reached: a little under the sticky bars. */
const reach = () => (parseFloat(getComputedStyle(document.documentElement).scrollPaddingTop) || 0) + 24;

function follow(nav) {
  let current = null;
  let scheduled = false;

  const mark = () => {
    scheduled = false;
    const line = reach();
    let found = null;
    for (const link of nav.querySelectorAll('a[href^="#"]')) {
      const heading = document.getElementById(decodeURIComponent(link.hash.slice(1)));
      if (!heading || heading.getClientRects().length === 0) continue;
      if (heading.getBoundingClientRect().top <= line || !found) found = link;
      else break;
    }
    // At the end of the page the last section is the one that is read, however short it is.
    const end = document.documentElement;
    const links = nav.querySelectorAll('a[href^="#"]');
    if (scrollY > 0 && scrollY + innerHeight >= end.scrollHeight - 2 && links.length > 0) found = links[links.length - 1];
    if (found === current && found?.isConnected) return;
    current?.removeAttribute('aria-current');
    for (const item of nav.querySelectorAll('.active')) item.classList.remove('active');
    current = found;
    if (!found) return;
    found.setAttribute('aria-current', 'location');
    for (let item = found.closest('li'); item; item = item.parentElement?.closest('li')) item.classList.add('active');
    keepInView(nav, found);
  };

  const schedule = () => {
    if (scheduled) return;
    scheduled = true;
    requestAnimationFrame(mark);
  };
  addEventListener('scroll', schedule, { passive: true });
  addEventListener('resize', schedule, { passive: true });
  new MutationObserver(schedule).observe(nav, { childList: true, subtree: true });
  nav.classList.add('following');
  schedule();
}

/** Scrolls the list itself, and never the page, so that the marked link can be seen. */
function keepInView(nav, link) {
  const box = nav.getBoundingClientRect();
  const item = link.getBoundingClientRect();
  if (item.top < box.top) nav.scrollTop -= box.top - item.top + 32;
  else if (item.bottom > box.bottom) nav.scrollTop += item.bottom - box.bottom + 32;
  if (item.left < box.left) nav.scrollLeft -= box.left - item.left + 32;
  else if (item.right > box.right) nav.scrollLeft += item.right - box.right + 32;
}

for (const nav of document.querySelectorAll('[data-contents]')) follow(nav);

// A folded list of contents has done its work once a link in it was followed.
for (const fold of document.querySelectorAll('.fold')) {
  fold.addEventListener('click', (event) => {
    if (event.target.closest('a')) fold.open = false;
  });
}
