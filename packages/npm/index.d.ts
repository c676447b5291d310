export * from './engine.js';

/**
 * Loads the engine; to be awaited once before anything else.
 * @param source where its module is, or the module itself; by default the one of this package.
 */
export default function ready(
  source?: string | URL | Request | Response | Promise<Response> | BufferSource | WebAssembly.Module,
): Promise<void>;
