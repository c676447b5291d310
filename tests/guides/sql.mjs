// SQL, run by PostgreSQL itself: compiled to WebAssembly, in this process.

import { PGlite } from '@electric-sql/pglite';
import { btree_gist } from '@electric-sql/pglite/contrib/btree_gist';

/** The settings of the server that a block of settings may name. */
const SETTINGS = 'SELECT name, vartype, unit, min_val, max_val, enumvals FROM pg_settings';

export class Database {
    #database;
    #blocks = 0;

    static async start() {
        const database = new Database();
        database.#database = await PGlite.create({ extensions: { btree_gist } });
        // Blocks say `NOTICE` for what a reader should see; what the server adds to it is noise.
        await database.#database.exec('SET client_min_messages = warning');
        return database;
    }

    /**
     * Runs a block in a schema of its own, and takes away what it made. Statements that refuse to run inside a
     * transaction (`notx`) run one by one, all others in one transaction.
     */
    async faultOf({ text, words }) {
        this.#blocks += 1;
        const schema = `block_${this.#blocks}`;
        const alone = words.includes('notx');
        await this.#database.exec(`CREATE SCHEMA ${schema}; SET search_path = ${schema}, public`);
        try {
            if (alone) {
                for (const statement of statements(text)) {
                    await this.#database.exec(statement);
                }
            } else {
                await this.#database.exec(`BEGIN;\n${text}`);
            }
        } catch (error) {
            return `SQLSTATE ${error.code}: ${error.message}${error.where ? ` (${error.where})` : ''}`;
        } finally {
            await this.#database.exec('ROLLBACK; RESET ROLE');
            await this.#database.exec(`DROP SCHEMA ${schema} CASCADE; SET search_path = public`);
        }
        return undefined;
    }

    /** The first line of a configuration file that the server would refuse. */
    async faultOfSettings({ text }) {
        const { rows } = await this.#database.query(SETTINGS);
        const known = new Map(rows.map((row) => [row.name, row]));
        for (const line of text.split('\n').map((line) => line.trim()).filter((line) => line && !line.startsWith('#'))) {
            const [, name, quoted, plain] = /^(\w+) = (?:'((?:[^']|'')*)'|([\w.-]+))(?:\s+#.*)?$/.exec(line) ?? [];
            const setting = known.get(name);
            if (!setting) {
                return `«${line}»: ${name ? 'PostgreSQL has no such setting' : 'this is no line of a configuration file'}`;
            }
            const fault = settingFault(setting, quoted ?? plain);
            if (fault) {
                return `«${line}»: ${fault}`;
            }
        }
        return undefined;
    }

    async stop() {
        await this.#database.close();
    }
}

/** The statements of a script. A dollar quote may hold semicolons, and so may a comment and a text. */
function statements(script) {
    const parts = script.match(/(?:--[^\n]*|'(?:[^']|'')*'|(\$\w*\$)[^]*?\1|[^;])+;?/g) ?? [];
    return parts.filter((part) => part.replace(/--[^\n]*/g, '').trim() !== '');
}

const BYTES = { B: 1, kB: 2 ** 10, MB: 2 ** 20, GB: 2 ** 30, TB: 2 ** 40, '8kB': 2 ** 13 };
const SECONDS = { ms: 0.001, s: 1, min: 60, h: 3600, d: 86_400 };

function settingFault({ vartype, unit, min_val: least, max_val: most, enumvals: choices }, value) {
    if (vartype === 'bool') {
        return /^(on|off|true|false)$/.test(value) ? undefined : 'this setting is on or off';
    }
    if (vartype === 'enum') {
        // Some settings that take more values show only their names when asked.
        return choices.includes(value) ? undefined : `this setting is one of ${choices.join(', ')}`;
    }
    if (vartype === 'string') {
        return undefined;
    }
    const [, number, given] = /^(-?\d+(?:\.\d+)?)(\D*)$/.exec(value) ?? [];
    const units = [BYTES, SECONDS].find((kind) => (unit ?? '') in kind);
    if (number === undefined || (given !== '' && !(units && given in units))) {
        return 'this setting is a number, with a unit of its kind or none';
    }
    const amount = given === '' ? Number(number) : (Number(number) * units[given]) / units[unit];
    return amount < Number(least) || amount > Number(most) ? `this setting is between ${least} and ${most} ${unit ?? ''}` : undefined;
}
