// <backend-design>: requirements in, the design of a backend out, in any page. See the page "Embedding" of the site.

import { connect, serve } from './engine.js';
import style from './element.css';

/** How many milliseconds of rest a text needs before it is designed. */
const REST = 150;
/** How long the longest text may be that is fetched. */
const LONGEST = 1 << 20;
/** What the engine's options hold. A file with anything else is a house profile. */
const OPTIONS = ['set', 'pins', 'domains', 'profile'];

const script = import.meta.url;

/** Where the page demands it, markup and addresses of scripts go through a policy; ours lets through what the engine made. */
const policy = globalThis.trustedTypes?.createPolicy('backend-design', {
  createHTML: (html) => html,
  createScriptURL: (url) => url,
});
const markup = (html) => (policy ? policy.createHTML(html) : html);
const address = (url) => (policy ? policy.createScriptURL(url) : url);

function define() {
  let sheet;

  const make = (name, part, properties = {}) =>
    Object.assign(document.createElement(name), { part: part ?? '' }, properties);

  class BackendDesign extends HTMLElement {
    static observedAttributes = ['src', 'profile', 'theme', 'read-only', 'sections', 'diagrams'];

    #root = this.attachShadow({ mode: 'open' });
    #parts;
    #engine;
    #abort;
    #rest;
    #asked = 0;
    #reasons = {};
    #options = {};

    connectedCallback() {
      if (!sheet) {
        sheet = new CSSStyleSheet();
        sheet.replaceSync(style);
      }
      this.#root.adoptedStyleSheets = [sheet];
      this.#build();
      this.#engine = connect(address(script));
      this.#start();
    }

    disconnectedCallback() {
      clearTimeout(this.#rest);
      this.#asked += 1;
      this.#abort?.abort();
      this.#engine?.close();
      this.#engine = undefined;
      this.#root.replaceChildren();
      this.#parts = undefined;
    }

    attributeChangedCallback(name, before, value) {
      if (!this.isConnected || !this.#parts || before === value) return;
      if (name === 'src' || name === 'profile') this.#start();
      else if (name === 'read-only') this.#parts.editor.hidden = this.hasAttribute('read-only');
      else if (name !== 'theme') this.#design();
    }

    /** The requirements text. */
    get text() {
      return this.#parts?.text.value ?? '';
    }

    set text(text) {
      if (!this.#parts) return;
      this.#parts.text.value = String(text);
      this.#design();
    }

    #build() {
      const text = make('textarea', 'text', { spellcheck: false, rows: 8 });
      text.setAttribute('aria-label', 'Requirements text');
      text.addEventListener('input', () => {
        clearTimeout(this.#rest);
        this.#rest = setTimeout(() => this.#design(), REST);
      });
      const editor = make('details', 'requirements', { open: true });
      editor.append(make('summary', null, { textContent: 'Requirements' }), text);
      editor.hidden = this.hasAttribute('read-only');
      const problem = make('div', 'problem', { hidden: true });
      problem.setAttribute('role', 'alert');
      const status = make('p', 'status', { textContent: 'Loading…' });
      status.setAttribute('role', 'status');
      const reason = make('p', 'reason', { hidden: true });
      reason.setAttribute('role', 'status');
      const shown = make('article', 'document');
      const download = make('button', 'download', { type: 'button', textContent: 'Download ZIP', disabled: true });
      download.addEventListener('click', () => this.#download());
      shown.addEventListener('click', (event) => this.#follow(event));
      const bar = make('div', 'bar');
      bar.append(status, download);
      const root = make('div', 'root');
      root.append(editor, bar, problem, shown, reason);
      this.#parts = { root, text, editor, problem, status, reason, shown, download };
      this.#root.replaceChildren(root);
    }

    /** Gets the text and the profile, and designs. What was still on its way from other addresses is forgotten. */
    async #start() {
      this.#abort?.abort();
      this.#abort = new AbortController();
      const { signal } = this.#abort;
      const got = await Promise.allSettled([
        this.hasAttribute('src') ? this.#fetch(this.getAttribute('src'), signal) : this.#inner(),
        this.hasAttribute('profile') ? this.#profile(this.getAttribute('profile'), signal) : {},
      ]);
      if (signal.aborted) return;
      const [text, profile] = got;
      // The text is there to be read and changed, even if what is to be done with it is not known.
      if (text.value !== undefined && (this.hasAttribute('src') || this.text === '')) this.#parts.text.value = text.value;
      const failed = got.find(({ status }) => status === 'rejected');
      if (failed) {
        this.#complain({
          what: `The ${failed === text ? 'text' : 'profile'} for this design could not be had.`,
          why: failed.reason.message,
          fix: `Check the address in the attribute ${failed === text ? 'src' : 'profile'}. From another site, that site must allow it (CORS).`,
        });
        return;
      }
      this.#options = profile.value;
      await this.#design();
    }

    /** The options of the engine from a file that holds them, or a house profile alone. */
    async #profile(from, signal) {
      const text = await this.#fetch(from, signal);
      let given;
      try {
        given = JSON.parse(text);
      } catch (error) {
        throw new Error(`${from} is no JSON: ${error.message}`);
      }
      const plain = typeof given === 'object' && given !== null;
      return plain && Object.keys(given).every((key) => OPTIONS.includes(key)) ? given : { profile: given };
    }

    /** The text inside the element, without the indentation that its lines share. */
    #inner() {
      const lines = this.textContent.replace(/^\s*\n|\s+$/g, '').split('\n');
      const indents = lines.filter((line) => line.trim()).map((line) => line.match(/^[ \t]*/)[0].length);
      const shared = Math.min(...indents, 80);
      return lines.map((line) => line.slice(shared)).join('\n');
    }

    async #fetch(from, signal) {
      const url = new URL(from, document.baseURI);
      if (!/^https?:$/.test(url.protocol)) throw new Error(`${url.protocol} is no protocol to read from`);
      const response = await fetch(url, { signal });
      if (!response.ok) throw new Error(`${url}: ${response.status}`);
      const text = await response.text();
      if (text.length > LONGEST) throw new Error(`${url} has ${text.length} characters; at most ${LONGEST} are read`);
      return text;
    }

    async #design() {
      const asked = (this.#asked += 1);
      const answer = await this.#engine.ask({ kind: 'design', text: this.text, options: this.#options });
      if (asked !== this.#asked || !this.#parts) return;
      if (answer.kind !== 'design') {
        this.#complain(answer.error);
        return;
      }
      const { problem, shown, status, download, reason } = this.#parts;
      problem.hidden = true;
      reason.hidden = true;
      this.#reasons = answer.reasons;
      const template = document.createElement('template');
      template.innerHTML = markup(answer.html);
      this.#choose(template.content);
      shown.replaceChildren(template.content);
      for (const button of shown.querySelectorAll('.evidence')) button.title = this.#reasons[button.textContent] ?? '';
      status.textContent = answer.summary;
      download.disabled = false;
      if (this.getAttribute('diagrams') === 'draw') this.#draw(asked);
      this.dispatchEvent(
        new CustomEvent('design', { bubbles: true, composed: true, detail: { title: answer.title, summary: answer.summary } }),
      );
    }

    /** Leaves the sections that the attribute names, by their anchors. */
    #choose(content) {
      const wanted = (this.getAttribute('sections') ?? '').split(/[\s,]+/).filter(Boolean);
      if (wanted.length === 0) return;
      let kept = true;
      for (const block of [...content.children]) {
        if (block.tagName === 'H2') kept = wanted.includes(block.id);
        if (!kept) block.remove();
      }
    }

    async #draw(asked) {
      const from = new URL('../vendor/mermaid/mermaid.esm.min.mjs', script);
      const { default: mermaid } = await import(from.href);
      // What the theme comes to, be it the widget's own, the page's or the system's.
      const [red] = getComputedStyle(this.#parts.root).backgroundColor.match(/\d+/g) ?? ['255'];
      const dark = Number(red) < 128;
      mermaid.initialize({ startOnLoad: false, securityLevel: 'strict', theme: dark ? 'dark' : 'neutral' });
      for (const [index, figure] of [...this.#parts.shown.querySelectorAll('.diagram')].entries()) {
        if (asked !== this.#asked) return;
        try {
          const { svg } = await mermaid.render(`backend-design-${asked}-${index}`, figure.textContent);
          if (asked !== this.#asked) return;
          const drawing = document.createElement('div');
          drawing.innerHTML = markup(svg);
          figure.replaceChildren(drawing);
        } catch {
          // The source stays, which says the same.
        }
      }
    }

    /** Links within the document, and the reasons of its elements. */
    #follow(event) {
      const link = event.target.closest?.('a[href^="#"]');
      if (link) {
        event.preventDefault();
        this.#root.getElementById(decodeURIComponent(link.hash.slice(1)))?.scrollIntoView({ block: 'start' });
      }
      const button = event.target.closest?.('.evidence');
      if (button) {
        const { reason } = this.#parts;
        reason.textContent = `${button.textContent}: ${this.#reasons[button.textContent] ?? ''}`;
        reason.hidden = false;
      }
    }

    async #download() {
      const answer = await this.#engine.ask({ kind: 'zip', text: this.text, options: this.#options });
      if (!this.#parts) return;
      if (answer.kind !== 'zip') {
        this.#complain(answer.error);
        return;
      }
      const url = URL.createObjectURL(new Blob([answer.bytes], { type: 'application/zip' }));
      const link = make('a', null, { href: url, download: answer.name });
      link.click();
      setTimeout(() => URL.revokeObjectURL(url), 10_000);
    }

    #complain({ what, why, fix }) {
      const { problem, status } = this.#parts;
      problem.replaceChildren(...[what, why, fix].map((text) => make('p', null, { textContent: text })));
      problem.hidden = false;
      status.textContent = '';
      this.dispatchEvent(new CustomEvent('problem', { bubbles: true, composed: true, detail: { what, why, fix } }));
    }
  }

  if (!customElements.get('backend-design')) customElements.define('backend-design', BackendDesign);
}

if (typeof document === 'undefined') serve();
else define();
