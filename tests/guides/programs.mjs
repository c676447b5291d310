// Programs, compiled and run by their own tools. Each gives a map from block to fault, as they share one start.

import { execFile } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import lua from 'fengari';
import ts from 'typescript';
import { each, root } from '../support/briefs.mjs';

const execute = promisify(execFile);

/** The folder of the programs that Python packages brought. */
const TOOLS = process.env.PYTHON_TOOLS ?? path.join(root, 'target/tools/bin');

/** A folder for the time of a call. It lies below the repository, where compilers find the installed types. */
export async function withFolder(use) {
    mkdirSync(path.join(root, 'target'), { recursive: true });
    const folder = mkdtempSync(path.join(root, 'target', 'blocks-'));
    try {
        return await use(folder);
    } finally {
        rmSync(folder, { recursive: true });
    }
}

/** Runs a tool of Python and gives what it said if it refused. */
export async function refusal(tool, args, options = {}) {
    return failure(path.join(TOOLS, tool), args, options);
}

async function failure(program, args, options) {
    // A test runner that finds itself inside another one reports to that and never fails.
    const { NODE_TEST_CONTEXT: _, ...env } = process.env;
    try {
        await execute(program, args, { timeout: 120_000, maxBuffer: 2 ** 24, env, ...options });
        return undefined;
    } catch (error) {
        if (error.code === 'ENOENT') {
            throw new Error(`${program} is missing; \`cargo xtask test guides\` installs it`, { cause: error });
        }
        const said = `${error.stdout ?? ''}\n${error.stderr ?? ''}`.trim();
        return said.slice(0, 1500) || error.message;
    }
}

const OPTIONS = {
    strict: true,
    exactOptionalPropertyTypes: true,
    noUncheckedIndexedAccess: true,
    noUnusedLocals: true,
    moduleDetection: ts.ModuleDetectionKind.Force,
    target: ts.ScriptTarget.ES2022,
    module: ts.ModuleKind.NodeNext,
    moduleResolution: ts.ModuleResolutionKind.NodeNext,
    lib: ['lib.es2023.d.ts', 'lib.dom.d.ts'],
    skipLibCheck: true,
};

/**
 * TypeScript: the blocks of a guide are one program, in which a named block is a file of that name. Files named
 * `*.test.ts` are then run by Node's test runner, and blocks marked `run` as programs.
 */
export async function typescript(blocks) {
    return withFolder(async (folder) => {
        writeFileSync(path.join(folder, 'package.json'), '{"type": "module"}');
        const files = new Map();
        for (const [index, block] of blocks.entries()) {
            const guide = path.join(folder, path.basename(block.file, '.md'));
            mkdirSync(guide, { recursive: true });
            const file = path.join(guide, block.words.find((word) => word.endsWith('.ts')) ?? `block-${index}.ts`);
            if (files.has(file)) {
                throw new Error(`${block.place}: there is another block with this name in the guide`);
            }
            files.set(file, block);
            writeFileSync(file, block.text);
        }
        const faults = compile([...files.keys()], { ...OPTIONS, types: ['node'] }, files);
        const runs = [...files].filter(([file, block]) => !faults.has(block) && (file.endsWith('.test.ts') || block.words.includes('run')));
        await each(runs, async ([file, block]) => {
            const args = file.endsWith('.test.ts') ? ['--test'] : [];
            const fault = await failure(process.execPath, [...args, file.replace(/ts$/, 'js')], {});
            if (fault) {
                faults.set(block, fault);
            }
        });
        return { faults, ran: runs.length };
    });
}

/** Scripts of k6: their types, and the tool's own reading of their options. */
export async function k6(blocks) {
    return withFolder(async (folder) => {
        const files = new Map(blocks.map((block, index) => [path.join(folder, `block-${index}.js`), block]));
        for (const [file, block] of files) {
            writeFileSync(file, block.text);
        }
        const options = { ...OPTIONS, allowJs: true, checkJs: true, noImplicitAny: false, noEmit: true, types: ['k6'] };
        const faults = compile([...files.keys()], { ...options, moduleResolution: ts.ModuleResolutionKind.Bundler, module: ts.ModuleKind.ES2022 }, files);
        for (const [file, block] of files) {
            const fault = await refusal('k6', ['inspect', '--execution-requirements', file]);
            if (fault && !faults.has(block)) {
                faults.set(block, fault);
            }
        }
        return faults;
    });
}

function compile(names, options, blocks) {
    const program = ts.createProgram(names, options);
    const faults = new Map();
    const diagnostics = [...ts.getPreEmitDiagnostics(program), ...program.emit().diagnostics];
    for (const { file, start, messageText } of diagnostics) {
        const block = file && blocks.get(path.normalize(file.fileName));
        const message = ts.flattenDiagnosticMessageText(messageText, ' ');
        if (!block) {
            throw new Error(`the compiler cannot start: ${file?.fileName ?? ''} ${message}`);
        }
        const line = ts.getLineAndCharacterOfPosition(file, start).line + 1;
        faults.set(block, `${faults.has(block) ? `${faults.get(block)}; ` : ''}line ${line}: ${message}`);
    }
    return faults;
}

/** Rust: a block is compiled with its tests, as a crate of its own, and the tests are run. */
export async function rust(block) {
    if (!block.text.includes('#[test]')) {
        return 'it holds no test';
    }
    return withFolder(async (folder) => {
        const [source, program] = ['block.rs', 'block'].map((name) => path.join(folder, name));
        writeFileSync(source, block.text);
        const compiler = process.env.RUSTC ?? 'rustc';
        const args = ['--edition', '2024', '--test', '--deny', 'warnings', '--allow', 'dead_code', '-o', program, source];
        return (await failure(compiler, args, { cwd: root })) ?? (await failure(program, [], {}));
    });
}

/** Python: a block tests itself when it is run, and a warning is an error. */
export async function python(block) {
    if (!block.text.includes('if __name__ == "__main__":')) {
        return 'it does not test itself when it is run';
    }
    const folder = mkdtempSync(path.join(tmpdir(), 'python-'));
    try {
        const file = path.join(folder, 'block.py');
        writeFileSync(file, block.text);
        return await refusal('python', ['-I', '-W', 'error', file], { cwd: folder });
    } finally {
        rmSync(folder, { recursive: true });
    }
}

/** What a script inside Redis sees, on a clock that the caller moves. */
export class Scripts {
    now = 0;
    #values = new Map();

    /** Runs a script with its keys and arguments, and gives its numbers. */
    run(script, keys, args) {
        const state = lua.lauxlib.luaL_newstate();
        lua.lualib.luaL_openlibs(state);
        const { lua: vm, lauxlib, to_luastring: text } = lua;
        const table = (values) => {
            vm.lua_newtable(state);
            values.forEach((value, index) => {
                vm.lua_pushstring(state, text(String(value)));
                vm.lua_rawseti(state, -2, index + 1);
            });
        };
        table(keys);
        vm.lua_setglobal(state, text('KEYS'));
        table(args);
        vm.lua_setglobal(state, text('ARGV'));
        vm.lua_newtable(state);
        vm.lua_pushcfunction(state, (called) => {
            const words = Array.from({ length: vm.lua_gettop(called) }, (_, at) => vm.lua_tojsstring(called, at + 1));
            const result = this.#command(words);
            if (result === undefined) {
                return lauxlib.luaL_error(called, text(`the stand-in for Redis knows no command ${words[0]}; add it with its documented result`));
            }
            vm.lua_pushnumber(called, result);
            return 1;
        });
        vm.lua_setfield(state, -2, text('call'));
        vm.lua_setglobal(state, text('redis'));
        if (lauxlib.luaL_dostring(state, text(script)) !== vm.LUA_OK) {
            throw new Error(vm.lua_tojsstring(state, -1));
        }
        const results = [];
        for (let at = 1; vm.lua_rawgeti(state, -1, at) !== vm.LUA_TNIL; at += 1) {
            results.push(vm.lua_tonumber(state, -1));
            vm.lua_pop(state, 1);
        }
        return results;
    }

    #command([name, key, ...rest]) {
        const held = this.#values.get(key);
        const entry = held && (held.ends === undefined || held.ends > this.now) ? held : { value: 0, ends: undefined };
        this.#values.set(key, entry);
        switch (name) {
            case 'INCR':
                return (entry.value += 1);
            case 'PEXPIRE':
                entry.ends = this.now + Number(rest[0]);
                return 1;
            case 'PTTL':
                return entry.ends === undefined ? -1 : entry.ends - this.now;
            default:
                return undefined;
        }
    }
}

/** A limiter: as many calls as the limit are allowed in a window, and the next window begins anew. */
export function limiter({ text }) {
    const scripts = new Scripts();
    const call = () => scripts.run(text, ['member:1'], ['3', '1000']);
    const wanted = [[1, 2, 1000], [1, 1, 600], [1, 0, 200], [0, 0, 50], [1, 2, 1000]];
    try {
        for (const [index, at] of [0, 400, 800, 950, 1000].entries()) {
            scripts.now = at;
            const got = call();
            if (String(got) !== String(wanted[index])) {
                return `the call at ${at} ms gives ${got.join(', ')} instead of ${wanted[index].join(', ')}`;
            }
        }
    } catch (error) {
        return error.message;
    }
    return undefined;
}

/** Commands of the project's own program, run in a folder that holds a text. */
export async function commands({ text }, program, brief) {
    return withFolder(async (folder) => {
        writeFileSync(path.join(folder, 'brief.md'), readFileSync(brief));
        for (const line of text.trim().split('\n')) {
            const [name, ...args] = line.split(' ');
            if (name !== path.basename(program)) {
                return `«${line}»: only ${path.basename(program)} can be run here`;
            }
            const fault = await failure(program, args, { cwd: folder });
            if (fault) {
                return `«${line}»: ${fault}`;
            }
        }
        return undefined;
    });
}
