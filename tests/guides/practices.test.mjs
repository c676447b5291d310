// What the guides say of every generated design, looked for in the designs of all texts: the rows of
// crates/knowledge/data/practices.toml, each with the check of its id.

import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { after, before, test } from 'node:test';
import { PGlite } from '@electric-sql/pglite';
import { btree_gist } from '@electric-sql/pglite/contrib/btree_gist';
import { parse } from 'smol-toml';
import { parse as parseYaml } from 'yaml';
import { makeDesigns } from '../artifacts/designs.mjs';
import { root } from '../support/briefs.mjs';

const rows = parse(readFileSync(path.join(root, 'crates/knowledge/data/practices.toml'), 'utf8')).row;

let designs;
let remove;
before(async () => {
    ({ designs, remove } = await makeDesigns());
    designs = await read(designs);
});
after(() => remove?.());

/** The designs with their interface and their catalogue, as the tools see them. */
async function read(designs) {
    const database = await PGlite.create({ extensions: { btree_gist } });
    const seen = [];
    for (const { name, model, has, get } of designs) {
        const openapi = has('api/openapi.yaml') ? parseYaml(get('api/openapi.yaml')) : undefined;
        let catalogue;
        if (has('db/schema.sql')) {
            await database.exec(`BEGIN;\n${get('db/schema.sql')}`);
            catalogue = await catalogueOf(database);
            await database.exec('ROLLBACK');
        }
        seen.push({ name, model, has, get, openapi, catalogue, operations: operationsOf(openapi) });
    }
    await database.close();
    return seen;
}

async function catalogueOf(database) {
    const query = async (text) => (await database.query(text)).rows;
    const user = "n.nspname NOT IN ('pg_catalog', 'information_schema', 'pg_toast')";
    return {
        tables: await query(`
            SELECT c.relname AS name, EXISTS (SELECT FROM pg_constraint k WHERE k.conrelid = c.oid AND k.contype = 'p') AS keyed
            FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace WHERE c.relkind IN ('r', 'p') AND ${user}`),
        columns: await query(`
            SELECT c.relname AS table, a.attname AS name, a.attnum AS number, format_type(a.atttypid, a.atttypmod) AS type, a.attidentity AS identity,
                coalesce(pg_get_expr(d.adbin, d.adrelid), '') AS initial
            FROM pg_attribute a JOIN pg_class c ON c.oid = a.attrelid JOIN pg_namespace n ON n.oid = c.relnamespace
                LEFT JOIN pg_attrdef d ON d.adrelid = a.attrelid AND d.adnum = a.attnum
            WHERE c.relkind IN ('r', 'p') AND a.attnum > 0 AND ${user}`),
        constraints: await query(`
            SELECT c.relname AS table, k.conname AS name, k.contype AS kind, pg_get_constraintdef(k.oid) AS text,
                k.conkey::int[] AS columns
            FROM pg_constraint k JOIN pg_class c ON c.oid = k.conrelid JOIN pg_namespace n ON n.oid = c.relnamespace WHERE ${user}`),
        indexes: await query(`
            SELECT c.relname AS table, i.relname AS name, x.indkey::int[] AS columns, x.indisunique AS unique,
                x.indpred IS NOT NULL AS partial, m.amname AS method
            FROM pg_index x JOIN pg_class c ON c.oid = x.indrelid JOIN pg_class i ON i.oid = x.indexrelid
                JOIN pg_am m ON m.oid = i.relam JOIN pg_namespace n ON n.oid = c.relnamespace WHERE ${user}`),
        types: await query(`SELECT t.typname AS name FROM pg_type t JOIN pg_namespace n ON n.oid = t.typnamespace WHERE t.typtype = 'e' AND ${user}`),
    };
}

const METHODS = ['get', 'put', 'post', 'delete', 'options', 'head', 'patch', 'trace'];

function operationsOf(openapi) {
    return Object.entries(openapi?.paths ?? {}).flatMap(([url, item]) =>
        METHODS.filter((method) => method in item).map((method) => {
            const parameters = [...(item.parameters ?? []), ...(item[method].parameters ?? [])].map((value) => resolve(openapi, value));
            const responses = Object.entries(item[method].responses).map(([status, value]) => [status, resolve(openapi, value)]);
            return { url, method, place: `${method.toUpperCase()} ${url}`, parameters, responses, ...strip(item[method]) };
        }),
    );
}

function strip({ parameters: _, responses: __, ...operation }) {
    return operation;
}

function resolve(openapi, value) {
    return value.$ref ? resolve(openapi, value.$ref.slice(2).split('/').reduce((at, key) => at[key], openapi)) : value;
}

/** The schema of the JSON that an operation answers with when all goes well. */
function answer(openapi, { responses }) {
    const content = responses.find(([status]) => status.startsWith('2'))?.[1].content?.['application/json'];
    return content && resolve(openapi, content.schema);
}

const lists = (design) => design.operations.filter(({ method, parameters }) => method === 'get' && parameters.some(({ name }) => name === 'cursor' || name === 'limit'));
const starts = (whole, part) => part.every((column) => whole.slice(0, part.length).includes(column));
const says = (items, wrong, what) => items.filter(wrong).map((item) => what(item));

/** What is wrong with a design, by the id of the practice. */
const CHECKS = {
    reasons: ({ model }) =>
        says(
            [...model.model.entities, ...model.model.relations, ...model.api.operations, ...model.database.tables, ...model.decisions, ...model.roadmap.tasks],
            ({ evidence }) => evidence.length === 0,
            (element) => `${element.name ?? element.id ?? element.label} has no reason`,
        ),
    statements: ({ model }) =>
        says(model.requirements.statements, ({ status, reason }) => !(status === 'used' || reason), ({ id }) => `${id} is neither used nor set aside with a reason`),
    ledger: ({ model }) => says(model.assumptions, ({ why, subject }) => !why || !subject, ({ id }) => `${id} does not say why`),
    formulas: ({ model }) => says(model.capacity, ({ formula, unit }) => !formula || !unit, ({ id }) => `${id} has no formula or no unit`),
    scores: ({ model }) => says(model.decisions, ({ options, chosen }) => options.length < 2 || !options.some(({ id }) => id === chosen), ({ slot }) => `${slot} weighs nothing`),
    triggers: ({ model }) => says(model.decisions, ({ revisit }) => !/\w/.test(revisit), ({ slot }) => `${slot} has no trigger`),
    records: ({ model, get, has }) => {
        const taken = model.decisions.filter(({ chosen }) => chosen !== 'none');
        const text = has('design.md') ? get('design.md') : '';
        return says(taken, ({ title }) => !text.includes(title), ({ title }) => `nothing is recorded about ${title}`);
    },
    skeleton: ({ model: { roadmap } }) => (roadmap.tasks.length === 0 || /walking skeleton/i.test(roadmap.tasks[0].title) ? [] : [`the first task is ${roadmap.tasks[0].title}`]),
    ranges: ({ model: { roadmap } }) => says(roadmap.tasks, ({ days_p50: low, days_p90: high }) => !(high > low), ({ id }) => `${id} is no range`),
    trace: ({ model, get }) => {
        const lines = get('traceability.csv').split('\n');
        return says(model.requirements.statements, ({ id }) => !lines.some((line) => line.startsWith(`${id},`)), ({ id }) => `${id} is not traced`);
    },

    rest: ({ openapi }) => (/^3\.[12]\./.test(openapi.openapi) ? [] : [`openapi: ${openapi.openapi}`]),
    paths: ({ openapi }) => says(Object.keys(openapi.paths), (url) => !/^(\/([a-z0-9]+(-[a-z0-9]+)*(:[a-z]+(-[a-z]+)*)?|\{[a-zA-Z]+\}(:[a-z]+(-[a-z]+)*)?))+$/.test(url), (url) => url),
    nesting: ({ openapi }) => says(Object.keys(openapi.paths), (url) => (url.match(/\{/g) ?? []).length > 2, (url) => url),
    'string-ids': ({ operations }) =>
        operations.flatMap(({ place, parameters }) => says(parameters, ({ in: where, schema }) => where === 'path' && schema.type !== 'string', ({ name }) => `${place}: ${name}`)),
    'no-content': ({ operations }) => says(operations, ({ method, requestBody }) => ['get', 'head', 'delete'].includes(method) && requestBody, ({ place }) => place),
    headers: ({ operations, openapi }) => {
        const wanted = { 201: 'location', 202: 'location', 401: 'www-authenticate', 429: 'retry-after', 503: 'retry-after' };
        return operations.flatMap(({ place, responses }) =>
            says(
                responses,
                // A creation that answers with what it made, and that no path leads to, has no place to name.
                ([status, { headers = {} }]) => wanted[status] && !(status === '201' && !leadsTo(openapi, place)) && !Object.keys(headers).some((name) => name.toLowerCase() === wanted[status]),
                ([status]) => `${place}: ${status} without ${wanted[status]}`,
            ),
        );
    },
    objects: ({ openapi, operations }) => says(operations, (operation) => answer(openapi, operation)?.type === 'array', ({ place }) => place),
    bounds: ({ openapi }) => {
        const bounded = (schema) => schema.maxLength !== undefined || schema.enum || schema.const !== undefined || schema.format;
        const bodies = Object.entries(openapi.components?.schemas ?? {}).filter(([name]) => /(Create|Update)$/.test(name));
        return bodies.flatMap(([name, { properties = {} }]) =>
            says(Object.entries(properties), ([, schema]) => [schema.type].flat().includes('string') && !bounded(schema), ([property]) => `${name}.${property}`),
        );
    },
    problems: ({ operations }) =>
        operations.flatMap(({ place, responses }) =>
            says(responses, ([status, { content = {} }]) => /^[45]/.test(status) && !('application/problem+json' in content), ([status]) => `${place}: ${status}`),
        ),
    cursors: (design) => says(lists(design), ({ parameters }) => !parameters.some(({ name }) => name === 'cursor'), ({ place }) => place),
    'page-size': (design) => says(lists(design), ({ parameters }) => !(parameters.find(({ name }) => name === 'limit')?.schema.maximum <= 100), ({ place }) => place),
    'no-totals': (design) => says(lists(design), (operation) => Object.keys(answer(design.openapi, operation)?.properties ?? {}).some((name) => /total|count/i.test(name)), ({ place }) => place),
    denied: ({ openapi, model }) => {
        const open = model.decisions.some(({ slot, chosen }) => slot === 'authentication' && chosen === 'none');
        return open || openapi.security?.length > 0 ? [] : ['nothing is denied by default'];
    },
    limits: ({ operations }) => says(operations, ({ responses }) => !responses.some(([status]) => status === '429'), ({ place }) => place),

    'primary-keys': ({ catalogue }) => says(catalogue.tables, ({ keyed }) => !keyed, ({ name }) => name),
    'key-types': ({ catalogue }) =>
        says(catalogue.columns.filter(({ name }) => name === 'id'), ({ type, identity, initial }) => !((type === 'bigint' && (identity || initial === '')) || type === 'uuid' || type === 'text') || /nextval|gen_random_uuid/.test(initial), ({ table, type }) => `${table}.id is ${type}`),
    zones: ({ catalogue }) => says(catalogue.columns, ({ type }) => type.includes('without time zone') && type.startsWith('timestamp'), ({ table, name }) => `${table}.${name}`),
    money: ({ catalogue, model }) => {
        const money = model.database.tables.flatMap(({ name, columns }) => columns.filter((column) => column.class === 'financial' && /(price|amount|fee|cost|balance|total)$/.test(column.name)).map((column) => `${name}.${column.name}`));
        return says(catalogue.columns.filter(({ table, name }) => money.includes(`${table}.${name}`)), ({ type }) => /double|real|money/.test(type), ({ table, name, type }) => `${table}.${name} is ${type}`);
    },
    text: ({ catalogue }) => says(catalogue.columns, ({ type }) => type.startsWith('character varying'), ({ table, name }) => `${table}.${name}`),
    'no-enums': ({ catalogue }) => catalogue.types.map(({ name }) => name),
    constraints: ({ catalogue, model }) => {
        // What another service keeps no constraint can hold.
        const wanted = model.database.tables.reduce((sum, { foreign_keys: keys }) => sum + keys.filter(({ service }) => !service).length, 0);
        const found = catalogue.constraints.filter(({ kind }) => kind === 'f').length;
        return found >= wanted ? [] : [`${wanted} foreign keys are designed, ${found} are there`];
    },
    'delete-actions': ({ get }) => says(get('db/schema.sql').match(/FOREIGN KEY[^;]*?(?=;|,\n|\n\))/g) ?? [], (text) => !text.includes('ON DELETE'), (text) => text),
    names: ({ get }) => says(get('db/schema.sql').split('\n'), (line) => /^\s+(PRIMARY KEY|UNIQUE|CHECK|FOREIGN KEY|EXCLUDE)\b/.test(line) && !/CONSTRAINT/.test(line) && !/^\s+FOREIGN KEY.*REFERENCES/.test(line), (line) => line.trim()),
    'indexed-keys': ({ catalogue }) => {
        // Where tenants share tables, theirs is the first column of every index, and every query has it.
        const tenants = new Set(catalogue.columns.filter(({ name }) => name === 'tenant_id').map(({ table, number }) => `${table} ${number}`));
        const serves = ({ table, columns: [first, ...more] }, wanted) =>
            starts([first, ...more], wanted) || (tenants.has(`${table} ${first}`) && starts(more, wanted));
        // The key of a link begins with an id, which is of one tenant only.
        const served = (index, [first, ...more]) =>
            serves(index, [first, ...more]) || (more.length > 0 && tenants.has(`${index.table} ${first}`) && serves(index, more));
        return says(
            catalogue.constraints.filter(({ kind }) => kind === 'f'),
            ({ table, columns }) => !catalogue.indexes.some((index) => index.table === table && !index.partial && served(index, columns)),
            ({ table, name }) => `${table}: ${name}`,
        );
    },
};

/** Whether there is a path to what a collection holds. */
function leadsTo(openapi, place) {
    const url = place.split(' ')[1];
    return Object.keys(openapi.paths).some((other) => other.startsWith(`${url}/{`) && !other.slice(url.length + 2).includes('/'));
}

/** Which designs a check can look at. */
const NEEDS = {
    openapi: ['rest', 'paths', 'nesting', 'string-ids', 'no-content', 'headers', 'objects', 'bounds', 'problems', 'cursors', 'page-size', 'no-totals', 'denied', 'limits'],
    catalogue: ['primary-keys', 'key-types', 'zones', 'money', 'text', 'no-enums', 'constraints', 'delete-actions', 'names', 'indexed-keys'],
};

test('every practice has a check, and every check a practice', () => {
    assert.deepEqual([...new Set(rows.map(({ id }) => id))].sort(), Object.keys(CHECKS).sort());
});

for (const id of Object.keys(CHECKS)) {
    const guides = rows.filter((row) => row.id === id).map(({ guide }) => guide.replace(/^.*#/, ''));
    test(`${id}: ${guides.join(', ')}`, (context) => {
        const needed = Object.keys(NEEDS).find((part) => NEEDS[part].includes(id));
        const looked = designs.filter((design) => !needed || design[needed]);
        const faults = looked.flatMap((design) => CHECKS[id](design).map((fault) => `${design.name}: ${fault}`));
        context.diagnostic(`${looked.length} designs`);
        assert.ok(looked.length > 20, 'too few designs to say so of all');
        assert.equal(faults.length, 0, `${faults.length} fault(s):\n${faults.slice(0, 20).join('\n')}`);
    });
}
