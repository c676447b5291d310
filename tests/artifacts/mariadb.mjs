// A MariaDB server in a temporary folder, reached over a Unix socket and by nobody else. MySQL itself is in no
// registry; what is written for it keeps to what both take.

import { execFile, execFileSync, spawn } from 'node:child_process';
import { chownSync, existsSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';

/** The server: the one that `cargo xtask test` found, else where Debian puts it. */
const PROGRAM = process.env.MARIADB ?? (existsSync('/usr/sbin/mariadbd') ? '/usr/sbin/mariadbd' : 'mariadbd');

/** How long the server may take to answer for the first time. */
const START = 60_000;

export const mariadbVersion = () => execFileSync(PROGRAM, ['--version'], { encoding: 'utf8' }).match(/\d+\.\d+\.\d+/)[0];

/** The server refuses to run as root: then it runs as the user that Debian's package makes for it. */
function unprivileged() {
    if (process.getuid?.() !== 0) return {};
    const number = (option) => Number(execFileSync('id', [option, 'mysql'], { encoding: 'utf8' }));
    return { uid: number('-u'), gid: number('-g') };
}

export class MariaDb {
    static async start() {
        const server = new MariaDb();
        const user = unprivileged();
        server.folder = mkdtempSync(path.join(tmpdir(), 'mariadb-'));
        const data = path.join(server.folder, 'data');
        mkdirSync(data);
        if (user.uid !== undefined) {
            for (const place of [server.folder, data]) chownSync(place, user.uid, user.gid);
        }
        execFileSync('mariadb-install-db', ['--no-defaults', `--datadir=${data}`, '--auth-root-authentication-method=normal', '--skip-test-db', '--skip-name-resolve'], { ...user, cwd: server.folder, stdio: 'ignore' });
        server.socket = path.join(server.folder, 'socket');
        // Nothing of it outlives the tests, so nothing has to reach the disk.
        const settings = ['--skip-networking', '--innodb-flush-log-at-trx-commit=0', '--innodb-doublewrite=0', '--innodb-flush-method=nosync', '--skip-log-bin', `--pid-file=${server.folder}/pid`];
        server.process = spawn(PROGRAM, ['--no-defaults', `--datadir=${data}`, `--socket=${server.socket}`, ...settings], { ...user, cwd: server.folder, stdio: 'ignore' });
        server.ended = new Promise((resolve) => server.process.on('close', resolve));
        process.once('exit', (server.kill = () => server.process.kill('SIGKILL')));
        const deadline = Date.now() + START;
        while ((await server.run('', 'SELECT 1;')).error) {
            if (Date.now() > deadline || server.process.exitCode !== null) {
                throw new Error(`The MariaDB server ${PROGRAM} does not start.`);
            }
            await pause(50);
        }
        return server;
    }

    /** Runs a script, up to the first error. Gives what it wrote, and the error where there is one. */
    run(database, script) {
        return new Promise((resolve) => {
            const args = ['--no-defaults', '--user=root', `--socket=${this.socket}`, '--batch', '--skip-column-names', '--default-character-set=utf8mb4', ...(database ? [database] : [])];
            const child = execFile('mariadb', args, { maxBuffer: 1 << 28 }, (error, output, errors) => {
                resolve(error ? { output, error: errors.trim().slice(0, 600) || String(error) } : { output });
            });
            child.stdin.on('error', () => {});
            child.stdin.end(script);
        });
    }

    async stop() {
        process.removeListener('exit', this.kill);
        this.process.kill('SIGTERM');
        await this.ended;
        rmSync(this.folder, { recursive: true });
    }
}
