// The real Mermaid, with a page to stand in.

import { readdirSync } from 'node:fs';
import path from 'node:path';
import { JSDOM } from 'jsdom';

/** The library, loaded once. */
async function library() {
    // Both look for the page when they are loaded, so it must be there before.
    const { window } = new JSDOM('<!doctype html><body></body>');
    globalThis.window = window;
    globalThis.document = window.document;
    const { default: purify } = await import('dompurify');
    Object.assign(purify, purify(window));
    const { default: mermaid } = await import('mermaid');
    mermaid.initialize({ startOnLoad: false });
    return mermaid;
}

const said = (error) => String(error.message).replaceAll('\n', ' ').slice(0, 300);

/** A function that gives what is wrong with a diagram, or nothing. */
export async function diagramChecker() {
    const mermaid = await library();
    return async (text) => {
        try {
            await mermaid.parse(text);
            return undefined;
        } catch (error) {
            return said(error);
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

const CARDINALITY = { ONLY_ONE: '1', ZERO_OR_ONE: '0..1', ZERO_OR_MORE: '0..*' };

/** The tables with their columns and the references between them, as Mermaid read them. */
async function readEntities(mermaid, texts) {
    const [tables, references] = [{}, []];
    for (const text of texts) {
        const { db } = await mermaid.mermaidAPI.getDiagramFromText(text);
        const names = Object.fromEntries([...db.getEntities()].map(([name, { id }]) => [id, name]));
        for (const [name, { attributes }] of db.getEntities()) {
            // Tables of another diagram stand here without columns.
            if (attributes.length > 0) tables[name] = [...(tables[name] ?? []), ...attributes.map((attribute) => attribute.name)];
        }
        for (const { entityA, entityB, relSpec } of db.getRelationships()) {
            // A cardinality stands at the other end than the one it is named after.
            const ends = [`${names[entityA]} ${CARDINALITY[relSpec.cardB]}`, `${names[entityB]} ${CARDINALITY[relSpec.cardA]}`];
            references.push(ends.sort().join(' -- '));
        }
    }
    return { tables, references: references.sort() };
}

/** The most columns of a table that a diagram shows. */
const MOST_COLUMNS = 12;

/** The same, as the design has them. */
function designedEntities({ database }) {
    const same = (a, b) => String(a) === String(b);
    const references = database.tables.flatMap((table) =>
        table.foreign_keys.map(({ columns, references: target }) => {
            const nullable = table.columns.some((column) => columns.includes(column.name) && column.nullable);
            const unique = same(table.primary_key, columns) || table.indexes.some((index) => index.unique && same(index.columns, columns));
            return [`${target.table} ${nullable ? '0..1' : '1'}`, `${table.name} ${unique ? '0..1' : '0..*'}`].sort().join(' -- ');
        }),
    );
    const tables = Object.fromEntries(database.tables.map(({ name, columns }) => [name, columns.slice(0, MOST_COLUMNS).map((column) => column.name)]));
    return { tables, references: references.sort() };
}

/** What is only in one of two values, by their parts. */
function unlike(shown, designed) {
    const parts = ({ tables, references }) => [...Object.entries(tables).map(([name, columns]) => `${name}(${columns})`), ...references];
    const [left, right] = [parts(shown), parts(designed)];
    if (left.length !== right.length) return `${left.length} tables and references, the design has ${right.length}`;
    return [...left.filter((part) => !right.includes(part)).map((part) => `only in the diagram: ${part}`), ...right.filter((part) => !left.includes(part)).map((part) => `only in the design: ${part}`)].slice(0, 4).join('; ');
}

/** Whether what Mermaid reads from the diagrams of tables and of states is what a design has. */
export async function models(designs) {
    const mermaid = await library();
    const faults = [];
    let files = 0;
    for (const { name, tree, has, get, model } of designs.filter(({ has }) => has('diagrams'))) {
        const of = (kind) => readdirSync(path.join(tree, 'diagrams')).filter((file) => file.startsWith(kind));
        const [entities, lifecycles] = [of('entities'), of('lifecycle-')];
        files += entities.length + lifecycles.length;
        try {
            const fault = unlike(await readEntities(mermaid, entities.map((file) => get(`diagrams/${file}`))), designedEntities(model));
            if (fault) faults.push(`${name}: ${fault}`);
            if (lifecycles.length !== model.model.lifecycles.length) faults.push(`${name}: ${lifecycles.length} diagrams of ${model.model.lifecycles.length} lifecycles`);
            for (const [at, { entity, states, transitions }] of model.model.lifecycles.entries()) {
                const { db } = await mermaid.mermaidAPI.getDiagramFromText(get(`diagrams/lifecycle-${at + 1}.mmd`));
                const shown = [[...db.getStates().keys()].filter((id) => id !== 'root_start').length, db.getRelations().length - 1];
                const known = transitions.filter(({ from, to }) => states.includes(from) && states.includes(to));
                if (String(shown) !== String([states.length, known.length])) faults.push(`${name}: ${entity} has ${states.length} states and ${known.length} ways, the diagram ${shown}`);
            }
        } catch (error) {
            faults.push(`${name}: ${said(error)}`);
        }
    }
    return { files, faults };
}
