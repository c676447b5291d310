// Runs every check over all designs: the project's own texts, those of the folders that BRIEFS names, and as many
// hostile models as the first argument says. Prints a table, and ends with 1 where a tool refused something.

import { checks, readBy, version } from './checks.mjs';
import { makeDesigns } from './designs.mjs';

/** How many faults of one check are printed; the rest are counted. */
const SHOWN = 20;

const hostile = Number(process.argv[2] ?? 500);
const only = process.argv.slice(3);
const { designs, remove } = await makeDesigns({ hostile });
const rows = [['artefact', 'tool', 'version', 'rules', 'files', 'failures', 'seconds']];
let failed = false;
try {
    for (const entry of checks.filter((check) => only.length === 0 || only.some((word) => JSON.stringify(check).includes(word)))) {
        const { artefact, tool, rules, run } = entry;
        const start = performance.now();
        let outcome;
        try {
            outcome = await run(readBy(entry, designs));
        } catch (error) {
            // A tool that breaks is a failure of its own, and must not hide what the others say.
            outcome = { files: 0, faults: [String(error.stack ?? error)] };
        }
        const { files, faults } = outcome;
        failed ||= faults.length > 0 || files === 0;
        rows.push([artefact, tool, version(entry), rules, files, faults.length, ((performance.now() - start) / 1000).toFixed(1)]);
        for (const fault of faults.slice(0, SHOWN)) {
            console.error(`${artefact}, ${tool}: ${fault}`);
        }
        console.error(`${artefact}, ${tool}: ${files} files, ${faults.length} failures`);
    }
} finally {
    remove();
}
const widths = rows[0].map((_, column) => Math.max(...rows.map((row) => String(row[column]).length)));
console.log(`${designs.length} designs`);
for (const row of rows) {
    console.log(row.map((cell, column) => String(cell).padEnd(widths[column])).join('  ').trimEnd());
}
process.exit(failed ? 1 : 0);
