// Colours code when it comes near the window. The highlighter and its languages are loaded with the first code that
// needs them, from this site; without them code is plain.

const FOLDER = new URL('../vendor/highlight/', import.meta.url);

/** The highlighter's module for each language that a code block may name. */
const MODULES = {
  bash: 'bash',
  dockerfile: 'dockerfile',
  graphql: 'graphql',
  http: 'http',
  ini: 'ini',
  javascript: 'javascript',
  js: 'javascript',
  json: 'json',
  lua: 'lua',
  markdown: 'markdown',
  md: 'markdown',
  proto: 'protobuf',
  protobuf: 'protobuf',
  py: 'python',
  python: 'python',
  rust: 'rust',
  sh: 'bash',
  sql: 'sql',
  toml: 'ini',
  ts: 'typescript',
  typescript: 'typescript',
  yaml: 'yaml',
  yml: 'yaml',
};

/** Colouring a longer text would be felt as a pause. */
const LONGEST = 150_000;

/** What each element showed when it was coloured last. */
const coloured = new WeakMap();
const loaded = new Map();
let highlighter;

const near = new IntersectionObserver(
  (entries) => {
    for (const { target, isIntersecting } of entries) {
      if (!isIntersecting) continue;
      near.unobserve(target);
      load(moduleOf(target)).then(
        () => colour(target),
        () => {}, // Without its module code stays plain.
      );
    }
  },
  { rootMargin: '600px 0px' },
);

function moduleOf(code) {
  const name = [...code.classList].find((name) => name.startsWith('language-'));
  return name && MODULES[name.slice('language-'.length)];
}

function load(name) {
  if (!loaded.has(name)) {
    loaded.set(
      name,
      (async () => {
        const [core, language] = await Promise.all([
          import(new URL('core.min.js', FOLDER).href),
          import(new URL(`languages/${name}.min.js`, FOLDER).href),
        ]);
        highlighter ??= core.default;
        highlighter.registerLanguage(name, language.default);
      })(),
    );
  }
  return loaded.get(name);
}

function colour(code) {
  const text = code.textContent;
  const language = moduleOf(code);
  if (!language || coloured.get(code) === text || text.length > LONGEST) return;
  code.innerHTML = highlighter.highlight(text, { language, ignoreIllegals: true }).value;
  coloured.set(code, text);
}

/** Takes up the code that is new on the page or shows something else than before. */
function adopt() {
  for (const code of document.querySelectorAll('pre > code[class*="language-"]')) {
    const language = moduleOf(code);
    if (!language || coloured.get(code) === code.textContent) continue;
    // Code that was coloured before is coloured again at once, so that it does not flicker while one types.
    if (coloured.has(code) && highlighter?.getLanguage(language)) colour(code);
    else near.observe(code);
  }
}

adopt();
document.addEventListener('documentchange', adopt);
