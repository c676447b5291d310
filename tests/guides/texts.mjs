// Texts: requirements for the engine, requirements in a pattern, decision records.

import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { fromMarkdown } from 'mdast-util-from-markdown';
import { run } from '../support/briefs.mjs';
import { withFolder } from './programs.mjs';

/** A text that a reader may give to the engine: it makes a design, and the design has something in it. */
export async function brief({ text }) {
    return withFolder(async (folder) => {
        const file = path.join(folder, 'brief.md');
        writeFileSync(file, text);
        const design = JSON.parse(await run(file, '--format', 'json'));
        return design.model.entities.length > 0 ? undefined : 'the engine finds no entity in it';
    });
}

/** The words that a measure has to replace, as the process guide lists them. */
const VAGUE = /\b(quickly|fast|relevant|appropriate|easy|user-friendly|robust|flexible|etc|and\/or|as needed|if possible)\b/i;

/** EARS: a trigger or state, the system, "shall", one response. */
const EARS = /^(?:(?:When|While|Where|If) [^,]+, (?:then )?)?the [\w -]+ shall \S[^.]*\.$/i;

/** A requirement in the form of the process guide: an id, a sentence of EARS, and examples of it. */
export function requirement({ text }) {
    const [sentence = '', ...scenarios] = text.split(/^\s+(?=Given )/m);
    const [, statement] = /^FR-\d+ +([^]+?)(?:\n\s+Priority: |\n*$)/.exec(sentence) ?? [];
    if (statement === undefined) {
        return 'it has no id and sentence';
    }
    const flat = statement.replace(/\s+/g, ' ').trim();
    const faults = [];
    const vague = VAGUE.exec(flat);
    if (vague) {
        faults.push(`vague word ${vague[0]}`);
    }
    if (!EARS.test(flat)) {
        faults.push('no pattern of EARS');
    }
    if (scenarios.length < 2) {
        faults.push('no example and counter-example');
    }
    if (scenarios.some((scenario) => !/^Given [^]+\n\s+When [^]+\n\s+Then /.test(scenario))) {
        faults.push('an example without Given, When and Then');
    }
    return faults.length > 0 ? faults.join('; ') : undefined;
}

/** The sections of a decision record, after MADR 4, and those that our process adds. */
const SECTIONS = [
    'Context and problem statement',
    'Decision drivers',
    'Considered options',
    'Decision outcome',
    'Consequences',
    'Confirmation',
    'Revisit when',
];

/** A decision record: a title, and the sections in their order. */
export function decisionRecord({ text }) {
    const headings = fromMarkdown(text).children.filter(({ type }) => type === 'heading');
    const names = headings.map(({ children }) => children.map(({ value }) => value).join(''));
    if (headings[0]?.depth !== 1) {
        return 'it has no title';
    }
    const found = names.filter((name) => SECTIONS.includes(name));
    return String(found) === String(SECTIONS) ? undefined : `its sections are ${found.join(', ')}; they should be ${SECTIONS.join(', ')}`;
}
