// Requirement texts, and models as if read from one, whose names try to break out of every format that a design is
// written in. The same seed gives the same: a failure is named by its number and can be made again.
//
//     node tests/support/hostile.mjs FOLDER [COUNT] [SEED]    writes texts
//     node tests/support/hostile.mjs - [COUNT] [SEED]         prints models for the example `designs` of `artifacts`

import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { pathToFileURL } from 'node:url';

/** Words that mean something to a format, by the format. */
const RESERVED = {
    sql: 'order user group table select check default primary references end grant column constraint limit offset from where union analyse window array natural both current_user',
    mermaid: 'end class state graph subgraph click style classDef direction note title section erDiagram participant loop alt default linkStyle',
    yaml: 'yes no on off null true false ~ - ? : | > & * ! % @ 0x1F 1e3 012 2024-01-01 << =',
    graphql: 'query mutation subscription type input enum interface union scalar fragment on schema extend directive implements __typename __schema true null',
    protobuf: 'message service rpc returns stream oneof map reserved package import option syntax repeated optional group extend extensions string int32 bytes',
    javascript: 'constructor __proto__ prototype toString hasOwnProperty this class function return undefined NaN await',
    paths: '.. . con aux nul index.html %2e%2e api/v1 a/b a\\b',
    interface: 'id status limit cursor sort problem tenant_id created_at page items next cursor idempotency key version event job',
};

const QUOTED = [
    `O'Brien`, `say "hi"`, 'back`tick', `'; DROP TABLE users; --`, '$$body$$', '"; DROP SCHEMA public CASCADE; --', "x' OR '1'='1", '${jndi:ldap}', '{{7*7}}',
    '#{x}', '<script>alert(1)</script>', '<img src=x onerror=alert(1)>', '&lt;b&gt;', ']]>', '-->', '%%{init: {}}%%', '*/ evil /*', '-- comment', '# comment',
    '{name}', '/{id}/x', '\\u0000', 'C:\\temp', 'a;b', 'a|b', '[link](javascript:alert(1))', '!include', '@example', 'a\\', '$(touch x)', '"""', "'''",
];

const SCRIPTS = [
    'заказ', 'Заказ', 'поръчка', 'παραγγελία', '注文', '订单', '주문', 'คำสั่ง', 'आदेश', 'طلب', 'הזמנה', 'سفارش', 'Größe', 'naïve café', 'Ærøskøbing', 'İstanbul', 'ſtraße', 'ﬁle',
    // Look-alikes of “order” and “user”: Cyrillic, full width, mathematical, with a joiner, with a soft hyphen.
    'оrder', 'ｏｒｄｅｒ', '𝐨𝐫𝐝𝐞𝐫', 'or\u200dder', 'or\u00adder', 'uѕer', '\u202Eredro', '\u2066order\u2069', 'o\u0308rder', 'Order', 'ORDER', 'order',
    '🚀', '📦 parcel', 'parcel 📦', '👩‍👩‍👧‍👦 family', '🏳️‍🌈', '❤️', '𓀀', '\u{1F1E9}\u{1F1EA}', '①', '½ pint', '™ mark', 'No. 1', '1st prize', '42', '3D print',
];

const PLAIN = ['invoice', 'kiln', 'booking', 'parcel', 'choir member', 'price list', 'sample', 'shelf', 'visit', 'licence plate', 'route stop', 'seed lot'];
const TYPES = ['text', 'varchar(80)', 'integer', 'bigint', 'numeric(10,2)', 'boolean', 'date', 'timestamp', 'uuid', 'json', 'bytea', 'money', 'varchar(20) NOT NULL UNIQUE', 'text NOT NULL'];
const STATES = ['draft', 'open', 'paid', 'closed', 'shipped', 'canceled', 'approved', 'rejected', 'archived', 'end', 'null', 'default', 'in progress', 'on hold'];
const ROLES = ['clerk', 'manager', 'auditor', 'member', 'administrator', 'driver', 'partner system', 'end user'];

const ATTRIBUTES = ['text', 'integer', 'decimal', 'money', 'boolean', 'date', 'timestamp', 'duration', 'email', 'uuid', 'json', 'percentage', 'nonsense'];
const VERBS = ['create', 'edit', 'delete', 'view', 'list', 'approve', 'manage', 'export', 'import', 'assign', 'crud', 'notify', 'verify', "o'clock", '🚀', ''];
const SIGNALS = ['payments', 'notifications', 'realtime', 'tenancy', 'own-records', 'public-api', 'events', 'jobs', 'audit', 'search', 'files', 'two-way'];
const PINS = {
    api: ['rest', 'graphql', 'grpc'],
    messaging: ['none', 'postgres-jobs', 'rabbitmq', 'kafka'],
    tenancy: ['none', 'pool'],
    authentication: ['oidc-session', 'oidc-tokens', 'device-certificates', 'none'],
};

/** Numbers from 0 to 1 that follow from a seed (mulberry32). */
function numbers(seed) {
    let state = seed >>> 0;
    return () => {
        state = (state + 0x6d2b79f5) >>> 0;
        let mixed = Math.imul(state ^ (state >>> 15), state | 1);
        mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
        return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
    };
}

class Maker {
    constructor(seed) {
        this.next = numbers(seed);
    }

    below(limit) {
        return Math.floor(this.next() * limit);
    }

    pick(list) {
        return list[this.below(list.length)];
    }

    /** A name of one of the kinds that hurt, now and then an ordinary one among them. */
    name() {
        const reserved = Object.values(RESERVED).map((words) => words.split(' '));
        switch (this.below(8)) {
            case 0: return this.pick(PLAIN);
            case 1: case 2: return this.pick(this.pick(reserved));
            case 3: return this.pick(QUOTED);
            case 4: case 5: return this.pick(SCRIPTS);
            case 6: return `${this.pick(PLAIN)} ${this.pick([...QUOTED, ...SCRIPTS])}`;
            default: return this.long();
        }
    }

    /** 200 letters, as one word or as many. */
    long() {
        const word = this.pick(['x', 'supercalifragilistic', 'Donaudampfschifffahrt', 'название', '長い', 'z9']);
        const joiner = this.pick(['', ' ', '_', '-']);
        return Array.from({ length: 100 }, () => word).join(joiner).slice(0, 200);
    }

    names(least, most) {
        return Array.from({ length: least + this.below(most - least + 1) }, () => this.name());
    }

    /** `"a b"` in the way of SQL, or as it stands: a text may be broken. */
    quoted(name) {
        return this.below(4) === 0 ? name : `"${name.replaceAll('"', '""')}"`;
    }

    ddl() {
        const tables = this.names(2, 5);
        const create = tables.map((table, at) => {
            const columns = this.names(1, 6).map((column) => `    ${this.quoted(column)} ${this.pick(TYPES)}`);
            if (at > 0) {
                const other = this.quoted(this.pick(tables.slice(0, at)));
                columns.push(`    ${this.quoted(this.name())} bigint REFERENCES ${other} (id)`);
            }
            return `CREATE TABLE ${this.quoted(table)} (\n    id bigint PRIMARY KEY,\n${columns.join(',\n')}\n);`;
        });
        return `# ${this.name()}\n\n\`\`\`sql\n${create.join('\n\n')}\n\`\`\`\n`;
    }

    lines() {
        const entities = this.names(2, 6);
        const lines = entities.map((entity) => `${this.pick(['', '- ', '* ', '1. '])}${entity}: ${this.names(1, 7).join(', ')}`);
        return `${this.name()}\n\n${lines.join('\n')}\n`;
    }

    prose() {
        const entities = this.names(2, 5);
        const lines = entities.flatMap((entity, at) => [
            `A ${entity} has a ${this.names(1, 5).join(', a ')} and a ${this.name()}.`,
            `A ${this.pick(ROLES)} creates a ${entity} and a ${this.pick(ROLES)} approves the ${entity}.`,
            at > 0 ? `A ${this.pick(entities.slice(0, at))} has many ${entity}s.` : `Every ${entity} is unique by ${this.name()}.`,
            `A ${entity} is ${this.pick(STATES)}, then ${this.pick(STATES)}, then ${this.pick(STATES)}.`,
        ]);
        return `# ${this.name()}\n\n${lines.join(' ')}\n`;
    }

    stories() {
        const stories = Array.from({ length: 4 + this.below(8) }, () => {
            const verb = this.pick(['create', 'edit', 'delete', 'approve', 'cancel', 'view', 'export', 'search']);
            return `- As a ${this.below(3) === 0 ? this.name() : this.pick(ROLES)}, I want to ${verb} a ${this.name()} with ${this.name()} so that ${this.name()}.`;
        });
        return `## ${this.name()}\n\n${stories.join('\n')}\n`;
    }

    table() {
        const rows = this.names(2, 6).map((entity) => `| ${entity} | ${this.names(1, 5).join(', ')} |`);
        return `| Entity | Fields |\n| --- | --- |\n${rows.join('\n')}\n`;
    }

    endpoints() {
        const lines = this.names(2, 6).map((name) => {
            const method = this.pick(['GET', 'POST', 'PUT', 'PATCH', 'DELETE']);
            return `- \`${method} /${name}/{${this.name()}}\` ${this.name()}`;
        });
        return `# ${this.name()}\n\n${lines.join('\n')}\n`;
    }

    text() {
        const forms = [this.ddl, this.lines, this.prose, this.stories, this.table, this.ddl, this.lines, this.prose, this.endpoints];
        const parts = Array.from({ length: 1 + this.below(2) }, () => this.pick(forms).call(this));
        // A reader of texts drops most such names; these sentences make sure that there is something to design.
        const plain = this.pick(PLAIN);
        parts.push(`# Records\n\nWe keep ${plain}s. A ${plain} has a ${this.pick(this.pick(Object.values(RESERVED)).split(' '))}, a name and a ${this.name()}. A clerk registers a ${plain}.\n`);
        return parts.join('\n');
    }

    /** Names of which no two are the same, with a capital as the reader gives them. */
    distinct(least, most) {
        const names = this.names(least, most).map((name) => name.trim()).filter((name) => name !== '');
        return [...new Set(names.map((name) => name.charAt(0).toUpperCase() + name.slice(1)))];
    }

    /** What the reader would hand over if it took every name as it stands. */
    model() {
        const statements = [this.text(), ...this.names(2, 5)].map((text, at) => ({
            id: `s${at + 1}`, text, span: [0, 0], kind: 'capability', modality: 'must', status: 'used',
        }));
        const evidence = () => [`s${1 + this.below(statements.length)}`];
        const entities = this.distinct(1, this.below(10) === 0 ? 30 : 8).map((name) => ({
            name,
            attributes: this.distinct(0, 8).map((attribute) => ({
                name: attribute.toLowerCase(),
                type: this.pick(ATTRIBUTES),
                required: this.below(2) === 0,
                unique: this.below(5) === 0,
                class: this.pick(['internal', 'internal', 'personal', 'sensitive', 'financial', 'secret']),
                evidence: evidence(),
            })).filter((one, at, all) => all.findIndex(({ name: other }) => other === one.name) === at),
            origin: 'text',
            evidence: evidence(),
        }));
        const entity = () => this.pick(entities).name;
        const actors = [...new Set([this.pick(ROLES), ...this.names(0, 3)])].map((name, at) => ({
            id: `actor-${at + 1}`, name, kind: this.pick(['human', 'human', 'system', 'device', 'time']), evidence: evidence(),
        }));
        const actor = () => (this.below(4) === 0 ? '' : this.pick(actors).name);
        const relations = Array.from({ length: this.below(entities.length * 2) }, () => ({
            from: entity(), to: entity(), label: this.name(),
            from_min: this.below(2), from_max: this.pick([1, '*']), to_min: this.below(2), to_max: this.pick([1, '*']),
            kind: this.pick(['association', 'association', 'composition', 'generalization']),
            evidence: evidence(),
        }));
        const lifecycles = entities.filter(() => this.below(3) === 0).map(({ name }) => {
            const states = [...new Set([...Array.from({ length: 2 + this.below(4) }, () => this.pick(STATES)), this.name().toLowerCase()])];
            return {
                entity: name, states, evidence: evidence(),
                transitions: states.slice(1).map((to) => ({ from: this.pick(states), to, action: this.pick([this.name().toLowerCase(), 'approve', 'cancel', 'end', 'mark-paid']), actor: actor() })),
            };
        });
        const actions = Array.from({ length: this.below(12) }, () => {
            const name = entity();
            return { actor: actor(), verb: this.pick(VERBS), object: name, statement: this.pick(statements).id, primary: true, entity: name };
        });
        const signals = SIGNALS.filter(() => this.below(4) === 0).map((id) => ({ id, evidence: evidence() }));
        const pins = Object.fromEntries(Object.entries(PINS).filter(() => this.below(3) === 0).map(([slot, options]) => [slot, this.pick(options)]));
        return {
            analysis: {
                title: this.name(),
                requirements: { statements, actors, actions, signals },
                model: { entities, relations, lifecycles },
                language: { code: 'en', supported: true },
            },
            options: { pins },
        };
    }
}

/** Models by number, each with the decisions that it pins. */
export function hostileModels(count, seed = 1) {
    return Array.from({ length: count }, (_, at) => ({
        name: `model-${seed}-${String(at).padStart(3, '0')}`,
        ...new Maker(seed * 2_000_003 + at * 6971).model(),
    }));
}

/** Texts by number: the same number and seed give the same text. */
export function hostileTexts(count, seed = 1) {
    return Array.from({ length: count }, (_, at) => ({
        name: `hostile-${seed}-${String(at).padStart(3, '0')}`,
        // Far apart, so that neighbours share nothing.
        text: new Maker(seed * 1_000_003 + at * 7919).text(),
    }));
}

/** Writes the texts as files and gives their names and paths. */
export function writeHostileTexts(folder, count, seed) {
    mkdirSync(folder, { recursive: true });
    return hostileTexts(count, seed).map(({ name, text }) => {
        const file = path.join(folder, `${name}.md`);
        writeFileSync(file, text);
        return { name: `hostile/${name}.md`, file };
    });
}

if (process.argv[1] && import.meta.url === pathToFileURL(process.argv[1]).href) {
    const [folder, count = '500', seed = '1'] = process.argv.slice(2);
    if (!folder) {
        console.error('usage: node tests/support/hostile.mjs FOLDER|- [COUNT] [SEED]');
        process.exit(2);
    }
    if (folder === '-') {
        for (const model of hostileModels(Number(count), Number(seed))) {
            console.log(JSON.stringify(model));
        }
        process.exit();
    }
    console.log(`${writeHostileTexts(folder, Number(count), Number(seed)).length} texts in ${folder}`);
}
