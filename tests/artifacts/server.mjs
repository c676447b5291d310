// A PostgreSQL server in a temporary folder, reached over a Unix socket and by nobody else.

import { execFile, execFileSync, spawn } from 'node:child_process';
import { chownSync, existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';

/** The folder of the server's programs: the one that `cargo xtask test` found, else where Debian puts them. */
const BIN = process.env.POSTGRES ?? newest('/usr/lib/postgresql');

function newest(folder) {
    const versions = existsSync(folder) ? readdirSync(folder).sort((a, b) => Number(b) - Number(a)) : [];
    return versions.length > 0 ? path.join(folder, versions[0], 'bin') : '';
}

/** The version of the server. */
export const serverVersion = () => execFileSync(path.join(BIN, 'postgres'), ['--version'], { encoding: 'utf8' }).match(/\d+\.\d+/)[0];

/** How long the server may take to answer for the first time. */
const START = 60_000;

/** The server refuses to run as root: then it runs as the user that Debian's package makes for it. */
function unprivileged() {
    if (process.getuid?.() !== 0) return {};
    const number = (option) => Number(execFileSync('id', [option, 'postgres'], { encoding: 'utf8' }));
    return { uid: number('-u'), gid: number('-g') };
}

export class Server {
    static async start() {
        const server = new Server();
        const user = unprivileged();
        server.folder = mkdtempSync(path.join(tmpdir(), 'postgres-'));
        const data = path.join(server.folder, 'data');
        mkdirSync(data, { mode: 0o700 });
        if (user.uid !== undefined) {
            for (const place of [server.folder, data]) chownSync(place, user.uid, user.gid);
        }
        execFileSync(path.join(BIN, 'initdb'), ['-D', data, '-A', 'trust', '-U', 'postgres', '--no-sync', '--locale=C.UTF-8'], { ...user, cwd: server.folder, stdio: ['ignore', 'ignore', 'inherit'] });
        // Nothing of it outlives the tests, so nothing has to reach the disk.
        const settings = ["listen_addresses=", `unix_socket_directories=${server.folder}`, 'fsync=off', 'full_page_writes=off', 'synchronous_commit=off', 'shared_buffers=32MB', 'autovacuum=off', 'log_min_messages=panic'];
        server.process = spawn(path.join(BIN, 'postgres'), ['-D', data, ...settings.flatMap((setting) => ['-c', setting])], { ...user, cwd: server.folder, stdio: 'ignore' });
        server.ended = new Promise((resolve) => server.process.on('close', resolve));
        process.once('exit', (server.kill = () => server.process.kill('SIGKILL')));
        const deadline = Date.now() + START;
        while ((await server.run('postgres', 'SELECT 1;')).error) {
            if (Date.now() > deadline || server.process.exitCode !== null) {
                throw new Error(`The PostgreSQL server of ${BIN} does not start.`);
            }
            await pause(50);
        }
        return server;
    }

    /** Runs a script of psql in a database, up to the first error. Gives what it wrote, and the error where there is one. */
    run(database, script) {
        return new Promise((resolve, reject) => {
            const args = ['--no-psqlrc', '--quiet', '--no-align', '--tuples-only', '--host', this.folder, '--username', 'postgres', '--set', 'ON_ERROR_STOP=1', '--set', 'VERBOSITY=verbose', '--dbname', database];
            const env = { ...process.env, PGOPTIONS: '--client-min-messages=warning' };
            const child = execFile(path.join(BIN, 'psql'), args, { env, maxBuffer: 1 << 28 }, (error, output, errors) => {
                if (error && typeof error.code !== 'number') {
                    reject(error);
                } else {
                    resolve(error ? { output, error: errors.trim().slice(0, 600) } : { output });
                }
            });
            child.stdin.on('error', () => {});
            child.stdin.end(script);
        });
    }

    /** Runs a script of the shell in a folder, with the address of a database. */
    script(database, folder, file) {
        return new Promise((resolve) => {
            const env = { ...process.env, PATH: `${BIN}:${process.env.PATH}`, DATABASE_URL: `postgresql:///${database}?host=${this.folder}&user=postgres` };
            execFile('sh', [file], { cwd: folder, env }, (error, output, errors) => resolve(error ? { output, error: errors.trim().slice(0, 600) } : { output }));
        });
    }

    /** Applies a function to an empty database, which goes afterwards. */
    async within(name, apply) {
        const made = await this.run('postgres', `CREATE DATABASE ${name} STRATEGY file_copy;`);
        if (made.error) throw new Error(made.error);
        try {
            return await apply((script) => this.run(name, script));
        } finally {
            await this.run('postgres', `DROP DATABASE ${name} WITH (FORCE);`);
        }
    }

    async stop() {
        process.removeListener('exit', this.kill);
        this.process.kill('SIGINT');
        await this.ended;
        rmSync(this.folder, { recursive: true });
    }
}

/** One line for each thing in the schema of a database that is no part of an extension, in full. */
export const CATALOGUE = `
    WITH mine AS (
        SELECT c.oid, c.relname, c.relkind, c.relacl, c.relrowsecurity, c.relforcerowsecurity FROM pg_class c
        WHERE c.relnamespace = 'public'::regnamespace AND c.relkind IN ('r', 'p', 'S', 'v', 'm', 'f')
            AND NOT EXISTS (SELECT FROM pg_depend d WHERE d.objid = c.oid AND d.deptype = 'e'))
    SELECT translate(line, E'\\n', ' ') FROM (
        SELECT format('relation %s %s rls=%s/%s rights=%s: %s', relkind, relname, relrowsecurity, relforcerowsecurity,
            (SELECT string_agg(a::text, ' ' ORDER BY a::text) FROM unnest(relacl) a), obj_description(oid, 'pg_class')) FROM mine
        UNION ALL SELECT format('column %s.%s %s null=%s identity=%s generated=%s default=%s: %s', relname, attname, format_type(atttypid, atttypmod), NOT attnotnull,
            attidentity, attgenerated, pg_get_expr(adbin, adrelid), col_description(attrelid, attnum))
            FROM mine JOIN pg_attribute a ON attrelid = mine.oid AND attnum > 0 AND NOT attisdropped LEFT JOIN pg_attrdef ON adrelid = attrelid AND adnum = attnum WHERE relkind <> 'S'
        UNION ALL SELECT format('constraint %s on %s: %s valid=%s', conname, relname, pg_get_constraintdef(c.oid), convalidated) FROM mine JOIN pg_constraint c ON conrelid = mine.oid
        UNION ALL SELECT 'index ' || pg_get_indexdef(indexrelid) || ' valid=' || indisvalid FROM mine JOIN pg_index ON indrelid = mine.oid
        UNION ALL SELECT 'trigger ' || pg_get_triggerdef(t.oid) FROM mine JOIN pg_trigger t ON tgrelid = mine.oid AND NOT tgisinternal
        UNION ALL SELECT format('policy %s on %s %s permissive=%s using=%s check=%s', polname, relname, polcmd, polpermissive, pg_get_expr(polqual, polrelid), pg_get_expr(polwithcheck, polrelid))
            FROM mine JOIN pg_policy ON polrelid = mine.oid
        UNION ALL SELECT 'function ' || pg_get_functiondef(p.oid) FROM pg_proc p WHERE pronamespace = 'public'::regnamespace AND prokind = 'f'
            AND NOT EXISTS (SELECT FROM pg_depend d WHERE d.objid = p.oid AND d.deptype = 'e')
    ) AS all_lines (line) ORDER BY line COLLATE "C";`;
