// The theme: light, dark, or whatever the system says. Runs before the first paint, so that no page flashes.
(() => {
  const key = 'backend-design.theme';
  const order = ['system', 'light', 'dark'];
  const root = document.documentElement;

  // Storage may be switched off; then the choice holds for the page.
  const read = () => {
    try { return localStorage.getItem(key); } catch { return null; }
  };
  const write = (theme) => {
    try { localStorage.setItem(key, theme); } catch { /* The choice is not kept. */ }
  };

  const apply = (theme) => {
    if (theme === 'system') delete root.dataset.theme;
    else root.dataset.theme = theme;
    root.dataset.themeChoice = theme;
    root.dispatchEvent(new CustomEvent('themechange'));
  };

  const stored = read();
  apply(order.includes(stored) ? stored : 'system');
  matchMedia('(prefers-color-scheme: dark)').addEventListener('change', () => {
    root.dispatchEvent(new CustomEvent('themechange'));
  });

  document.addEventListener('DOMContentLoaded', () => {
    const button = document.querySelector('[data-theme-toggle]');
    const label = document.querySelector('[data-theme-label]');
    if (!button || !label) return;
    const describe = () => {
      label.textContent = `Theme: ${root.dataset.themeChoice}`;
      button.title = label.textContent;
    };
    button.hidden = false;
    describe();
    button.addEventListener('click', () => {
      const next = order[(order.indexOf(root.dataset.themeChoice) + 1) % order.length];
      apply(next);
      write(next);
      describe();
    });
  });
})();
