// PostgreSQL, off the main thread: the SQL of a design comes in, what held and what did not goes out.
//
// Out: {kind: 'state', text}   {kind: 'result', name, error?, detail?, took}   {kind: 'done'}   {kind: 'failed', message}

import { PGlite } from '../vendor/pglite/index.js';
import { btree_gist } from '../vendor/pglite/contrib/btree_gist.js';

const TABLES = `SELECT count(*)::int AS tables FROM information_schema.tables
  WHERE table_type = 'BASE TABLE' AND table_schema NOT IN ('pg_catalog', 'information_schema')`;

addEventListener('message', async ({ data: files }) => {
  try {
    await prove(files);
    postMessage({ kind: 'done' });
  } catch (error) {
    postMessage({ kind: 'failed', message: error instanceof Error ? error.message : String(error) });
  }
});

const tables = async (database) => (await database.query(TABLES)).rows[0].tables;
const some = (number) => `${number} ${number === 1 ? 'table' : 'tables'}`;

/** Executes a script; tells how that ended. */
async function run(database, name, script, detail = async () => undefined) {
  const start = performance.now();
  const result = { kind: 'result', name };
  try {
    await database.exec(script);
    result.detail = await detail();
  } catch (error) {
    result.error = `${error.code ? `${error.code} ` : ''}${error.message}`;
    // What it began stays open otherwise, and refuses all that follows.
    await database.exec('ROLLBACK');
  }
  result.took = performance.now() - start;
  postMessage(result);
}

async function prove(files) {
  const named = (pattern) => files.filter(({ path }) => pattern.test(path));
  const start = () => PGlite.create({ extensions: { btree_gist } });

  const whole = await start();
  postMessage({ kind: 'state', text: 'Running the schema and what it must refuse…' });
  for (const { path, contents } of named(/^db\/schema\.sql$/)) {
    await run(whole, path, contents, async () => some(await tables(whole)));
  }
  for (const { path, contents } of named(/^db\/tests\/.*\.sql$/)) {
    const refused = (contents.match(/'Not refused/g) ?? []).length;
    await run(whole, path, contents, async () => `${refused} attempts refused`);
  }
  await whole.close();

  postMessage({ kind: 'state', text: 'Running the migrations up and down…' });
  const stepwise = await start();
  const up = named(/\.up\.sql$/);
  for (const { path, contents } of up) {
    await run(stepwise, path, contents, async () => some(await tables(stepwise)));
  }
  for (const { path, contents } of named(/\.down\.sql$/).reverse()) {
    await run(stepwise, path, contents, async () => `${some(await tables(stepwise))} left`);
  }
  await stepwise.close();
}
