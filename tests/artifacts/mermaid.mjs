// The real Mermaid, with a page to stand in.

import { JSDOM } from 'jsdom';

/** A function that gives what is wrong with a diagram, or nothing. */
export async function diagramChecker() {
    // Both look for the page when they are loaded, so it must be there before.
    const { window } = new JSDOM('<!doctype html><body></body>');
    globalThis.window = window;
    globalThis.document = window.document;
    const { default: purify } = await import('dompurify');
    Object.assign(purify, purify(window));
    const { default: mermaid } = await import('mermaid');
    mermaid.initialize({ startOnLoad: false });
    return async (text) => {
        try {
            await mermaid.parse(text);
            return undefined;
        } catch (error) {
            return String(error.message).replaceAll('\n', ' ').slice(0, 300);
        }
    };
}
