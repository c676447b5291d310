// The designs whose files are checked: of the project's own texts, and of those in the folder that BRIEFS names.

import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { existsSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { each, otherTexts, ownTexts, run, sample } from '../support/briefs.mjs';

/** How many of the project's own texts are designed. */
const OWN = 60;

/** Writes the designs into a temporary folder. `remove` takes it away. */
export async function makeDesigns() {
    const folder = mkdtempSync(path.join(tmpdir(), 'designs-'));
    const texts = [
        ...sample(ownTexts(), OWN).map((text) => ({ ...text, own: true })),
        ...otherTexts().map((text) => ({ ...text, own: false })),
    ];
    const designs = await each(texts, async ({ name, file, own }) => {
        const tree = path.join(folder, name);
        await run(file, '--out', tree, '--format', 'files');
        const has = (relative) => existsSync(path.join(tree, relative));
        const get = (relative) => readFileSync(path.join(tree, relative), 'utf8');
        return { name, tree, own, has, get, model: JSON.parse(get('design.json')) };
    });
    return { designs, remove: () => rmSync(folder, { recursive: true }) };
}
