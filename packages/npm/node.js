// The engine for Node, which does not fetch files.
import { readFile } from 'node:fs/promises';
import init from './engine.js';

export { design, diff, export_markdown, files, present, render_markdown, version, zip } from './engine.js';

/** Loads the engine; to be awaited once before anything else. `source` is its module, by default the one of this package. */
export default async function ready(source) {
  const module = source ?? (await readFile(new URL('./engine_bg.wasm', import.meta.url)));
  await init({ module_or_path: module });
}
