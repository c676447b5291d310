// The designs whose files are checked: of the project's own texts, and of those in the folder that BRIEFS names.

import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { each, otherTexts, ownTexts, run } from '../support/briefs.mjs';

/** The texts that each describe one product in one style; the others try what is hard to read, or ask for nothing. */
const PRODUCT = /[/\\](prose|bullets|stories)\.md$/;

/** Writes the designs into a temporary folder. `remove` takes it away. */
export async function makeDesigns() {
    const folder = mkdtempSync(path.join(tmpdir(), 'designs-'));
    const texts = [
        ...ownTexts().map((text) => ({ ...text, product: PRODUCT.test(text.file) })),
        ...otherTexts().map((text) => ({ ...text, product: false })),
    ];
    const designs = await each(texts, async ({ name, file, product }) => {
        const tree = path.join(folder, name);
        await run(file, '--out', tree, '--format', 'files');
        const has = (relative) => existsSync(path.join(tree, relative));
        const get = (relative) => readFileSync(path.join(tree, relative), 'utf8');
        return { name, tree, product, has, get, model: JSON.parse(get('design.json')) };
    });
    return { designs, remove: () => rmSync(folder, { recursive: true }) };
}
