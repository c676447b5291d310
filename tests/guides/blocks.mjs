// The fenced blocks of the guides, each with its kind and what the guide says about it.

import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { fromMarkdown } from 'mdast-util-from-markdown';
import { root } from '../support/briefs.mjs';

/** A remark before a block that is wrong on purpose. */
const BAD = /^<!-- bad: (.+) -->$/s;

/** Every block of every guide. */
export function readBlocks() {
    const folder = path.join(root, 'references');
    return readdirSync(folder)
        .filter((file) => file.endsWith('.md'))
        .sort()
        .flatMap((file) => blocksOf(file, readFileSync(path.join(folder, file), 'utf8')));
}

/** The blocks of a text: `place` is where one stands, `language` and `words` are its first line. */
export function blocksOf(file, text) {
    const blocks = [];
    const visit = (node) => {
        for (const [index, child] of (node.children ?? []).entries()) {
            if (child.type === 'code') {
                const before = node.children[index - 1];
                const remark = before?.type === 'html' ? BAD.exec(before.value)?.[1] : undefined;
                const place = `${file}:${child.position.start.line}`;
                const words = child.meta?.split(/\s+/) ?? [];
                blocks.push({ file, place, language: child.lang ?? '', words, text: child.value + '\n', remark });
            }
            visit(child);
        }
    };
    visit(fromMarkdown(text));
    return blocks;
}

/**
 * What is wrong with a block, when it is compared with what its guide says: a good block has no fault, and that of a
 * bad one must hold everything that the remark before it quotes in backquotes.
 */
export function verdict({ words, remark }, fault) {
    if (!words.includes('bad')) {
        return remark === undefined ? fault : 'the remark says that it is bad, and its first line does not';
    }
    const reasons = [...(remark ?? '').matchAll(/`([^`]+)`/g)].map((match) => match[1]);
    if (reasons.length === 0) {
        return 'a bad block needs a remark before it, <!-- bad: … -->, that quotes in backquotes what its tool says';
    }
    if (fault === undefined) {
        return `it is marked as bad (${remark}), and its tool finds nothing wrong`;
    }
    const unsaid = reasons.filter((reason) => !fault.includes(reason));
    return unsaid.length === 0 ? undefined : `it fails for another reason than ${unsaid.join(', ')}: ${fault}`;
}
