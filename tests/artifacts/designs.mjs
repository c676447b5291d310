// The designs whose files are checked: of the project's own texts, of those in the folders that BRIEFS names, and of
// models made to be hostile.

import { spawn } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { each, modelProgram, otherTexts, ownTexts, run } from '../support/briefs.mjs';
import { STORES } from './stores.mjs';
import { hostileModels, writeHostileTexts } from '../support/hostile.mjs';

/** The texts that each describe one product in one style; the others try what is hard to read, or ask for nothing. */
const PRODUCT = /[/\\](prose|bullets|stories)\.md$/;

/** For so many hostile models there is one hostile text: reading drops most of what is hostile in it. */
const MODELS_A_TEXT = 10;

/** Choices that few texts make and that have files of their own, and of how many texts one has them. */
const PINNED = ['authorization=abac', 'authorization=rebac', 'api=grpc'];
const EACH_RULED = 12;

/**
 * The project's own texts, or a sample: each product in one of its styles, in turn, and every other one that is no product.
 */
function ours(sample) {
    const texts = ownTexts().map((text) => ({ ...text, product: PRODUCT.test(text.file) }));
    if (!sample) return texts;
    const [told, hard] = [texts.filter(({ product }) => product), texts.filter(({ product }) => !product)];
    const products = [...new Set(told.map(({ file }) => path.dirname(file)))];
    const styled = products.map((folder, at) => {
        const styles = told.filter(({ file }) => path.dirname(file) === folder);
        return styles[at % styles.length];
    });
    return [...styled, ...hard.filter((_, at) => at % 2 === 0)];
}

/**
 * Writes the designs into a temporary folder: of all texts, or of a sample. `hostile` is how many models are added; with
 * `pinned`, some have other stores, engines of authorization and interfaces as well. `remove` takes all away.
 */
export async function makeDesigns({ hostile = 0, sample = false, pinned = true } = {}) {
    const folder = mkdtempSync(path.join(tmpdir(), 'designs-'));
    const texts = [
        ...ours(sample),
        ...[...otherTexts(), ...writeHostileTexts(path.join(folder, 'texts'), Math.ceil(hostile / MODELS_A_TEXT))].map((text) => ({ ...text, product: false })),
    ];
    const designs = await each(texts, async ({ name, file, product }) => {
        const tree = path.join(folder, 'designs', name);
        await run(file, '--out', tree, '--format', 'files');
        return opened(name, tree, product);
    });
    const models = path.join(folder, 'models');
    if (hostile > 0) {
        await designModels(models, hostileModels(hostile));
        designs.push(...readdirSync(models).sort().map((name) => opened(name, path.join(models, name), false)));
    }
    if (pinned) designs.push(...await onStores(folder, texts, hostile), ...await withPins(folder, texts));
    return { designs, remove: () => rmSync(folder, { recursive: true }) };
}

/** Each store has some of the texts of products and of the models, in turn. */
async function onStores(folder, texts, hostile) {
    const stores = Object.keys(STORES);
    const told = texts.filter(({ product }) => product).map((text, at) => ({ ...text, store: stores[at % stores.length] }));
    const designs = await each(told, async ({ name, file, product, store }) => {
        const tree = path.join(folder, 'stores', store, name);
        await run(file, '--out', tree, '--format', 'files', '--pin', `database=${store}`);
        return { ...opened(`${name} on ${store}`, tree, product), store };
    });
    if (hostile > 0) {
        const models = path.join(folder, 'pinned');
        await designModels(models, hostileModels(hostile).map((model, at) => withStore(model, stores[at % stores.length])));
        designs.push(...readdirSync(models).sort().map((name) => ({ ...opened(name, path.join(models, name), false), store: name.split('-on-')[1] })));
    }
    return designs;
}

/** Choices that few texts make have some of the texts of products. */
function withPins(folder, texts) {
    const told = texts.filter(({ product }) => product);
    const ruled = told.filter((_, at) => at % EACH_RULED === 0).flatMap((text) => PINNED.map((pin) => ({ ...text, pin })));
    return each(ruled, async ({ name, file, product, pin }) => {
        const tree = path.join(folder, 'pinned-texts', pin.replace('=', '-'), name);
        await run(file, '--out', tree, '--format', 'files', '--pin', pin);
        return opened(`${name} with ${pin}`, tree, product);
    });
}

/** A design whose files lie in a folder. */
export function opened(name, tree, product) {
    const has = (relative) => existsSync(path.join(tree, relative));
    const get = (relative) => readFileSync(path.join(tree, relative), 'utf8');
    return { name, tree, product, has, get, model: JSON.parse(get('design.json')) };
}

/** A model on a store. */
function withStore(model, store) {
    return { ...model, name: `${model.name}-on-${store}`, options: { ...model.options, pins: { ...model.options?.pins, database: store } } };
}

/** Hands models to the program that designs them, all in one run. */
export function designModels(folder, models) {
    return new Promise((resolve, reject) => {
        const child = spawn(modelProgram, [folder], { stdio: ['pipe', 'ignore', 'pipe'] });
        let errors = '';
        child.stderr.setEncoding('utf8').on('data', (data) => (errors += data));
        child.on('error', reject);
        child.on('close', (code) => (code === 0 ? resolve() : reject(new Error(`${modelProgram} ended with ${code}: ${errors}`))));
        child.stdin.end(models.map((model) => JSON.stringify(model)).join('\n'));
    });
}
