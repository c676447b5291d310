// The real Mermaid, with a page to stand in.

import { readdirSync } from 'node:fs';
import path from 'node:path';
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

/** Reads the diagrams of designs, those in files of their own and those in the document. */
export async function mermaid(designs) {
    const check = await diagramChecker();
    const faults = [];
    let files = 0;
    for (const { name, tree, has, get } of designs) {
        const diagrams = has('diagrams') ? readdirSync(path.join(tree, 'diagrams')).filter((file) => file.endsWith('.mmd')) : [];
        const blocks = [...get('design.md').matchAll(/^```mermaid\n([^]*?)^```$/gm)].map((match) => match[1]);
        const texts = [
            ...diagrams.map((file) => [`diagrams/${file}`, get(path.join('diagrams', file))]),
            ...blocks.map((text, index) => [`design.md, diagram ${index + 1}`, text]),
        ];
        for (const [place, text] of texts) {
            files += 1;
            const fault = await check(text);
            if (fault) {
                faults.push(`${name}, ${place}: ${fault}`);
            }
        }
    }
    return { files, faults };
}
