// The engine for pages and bundlers.
import init from './engine.js';

export { design, diff, export_markdown, files, present, render_markdown, version, zip } from './engine.js';

/** Loads the engine; to be awaited once before anything else. `source` is where its module is, by default beside this file. */
export default async function ready(source) {
  await init(source === undefined ? undefined : { module_or_path: source });
}
