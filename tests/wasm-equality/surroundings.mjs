// Run with a module folder and texts: prints a hash of the files of each, from a process whose clock is wrong.
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import path from 'node:path';

const Real = Date;
globalThis.Date = class extends Real {
    constructor(...given) {
        super(...(given.length ? given : [Number(process.env.CLOCK)]));
    }
    static now() {
        return Number(process.env.CLOCK);
    }
};
Math.random = () => Number(process.env.CLOCK) % 1000 / 1000;

const [folder, ...texts] = process.argv.slice(2);
const engine = await import(path.join(folder, 'engine.js'));
await engine.default({ module_or_path: readFileSync(path.join(folder, 'engine_bg.wasm')) });
for (const text of texts) {
    const { files } = engine.files(engine.design(readFileSync(text, 'utf8')).design);
    console.log(createHash('sha256').update(engine.zip(files).archive).digest('hex'));
}
