// Menus that are `<details>`: they close with Escape, with a click elsewhere, and after a choice.

const open = () => document.querySelectorAll('details.menu[open]');

document.addEventListener('click', ({ target }) => {
  for (const menu of open()) {
    const chosen = target instanceof Element && target.closest('button, a') && menu.contains(target);
    if (chosen || !menu.contains(target)) menu.open = false;
  }
});
document.addEventListener('keydown', ({ key }) => {
  if (key !== 'Escape') return;
  for (const menu of open()) {
    const inside = menu.contains(document.activeElement);
    menu.open = false;
    if (inside) menu.querySelector('summary').focus();
  }
});
