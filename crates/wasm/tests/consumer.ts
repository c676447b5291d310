// A program against the declarations of the built engine. It is compiled, not run: what must be accepted stands plainly,
// and what must be refused stands below an expectation that fails when the declarations become too loose.

import init, { design, files, render_markdown, version, zip } from '../../../dist/pkg/engine/engine.js';
import type { Design, DesignFile, Diagnostic, Options } from '../../../dist/pkg/engine/engine.js';

await init();

function explain(error: Diagnostic): string {
    const [start, end] = error.span ?? [0, 0];
    return `${error.what} ${error.why} ${error.fix} (${start}–${end})`;
}

const options: Options = { set: { 'users.daily': 50_000 }, pins: { database: 'postgresql' } };
const designed = design('A shop sells things.', options);
design('The options may be left out.');
design('They may be empty.', {});
design('They may be undefined.', undefined);

if (designed.ok) {
    const made: Design = designed.design;
    const paths: string[] = made.api.operations.map((operation) => `${operation.method} ${operation.path}`);
    const peak: number | undefined = made.capacity.find((figure) => figure.id === 'requests.peak')?.value;
    const unit: string | null | undefined = made.assumptions[0]?.unit;
    const many: 1 | '*' | undefined = made.model.relations[0]?.to_max;
    const evidence: string[] | undefined = made.decisions[0]?.evidence;
    console.log(paths, peak, unit, many, evidence);

    const listed = files(made);
    if (listed.ok) {
        const list: DesignFile[] = listed.files;
        const packed = zip(list);
        if (packed.ok) {
            const archive: Blob = new Blob([packed.archive], { type: 'application/zip' });
            console.log(archive.size);
        }
    }

    // @ts-expect-error A statement is of one of the fixed kinds.
    made.requirements.statements[0]!.kind = 'wish';
    // @ts-expect-error A cardinality ends at 1 or "*".
    made.model.relations[0]!.to_max = 2;
    // @ts-expect-error There is no such part.
    console.log(made.budget);
} else {
    console.log(explain(designed.error));
    // @ts-expect-error What was refused has no design.
    console.log(designed.design);
}

const rendered = render_markdown('# Title');
console.log(rendered.ok ? rendered.headings.map(({ level, id, text }) => [level, id, text]) : explain(rendered.error));
const release: string = version();
console.log(release);

// @ts-expect-error A text is a string.
design(1);
// @ts-expect-error A fact is a number.
design('', { set: { 'users.daily': 'many' } });
// @ts-expect-error There is no such option.
design('', { sets: {} });
// @ts-expect-error An outcome is not a design.
files(designed);
// @ts-expect-error A file has a path and contents.
zip([{ path: 'a' }]);
// @ts-expect-error Only what was done has HTML.
console.log(rendered.html);
