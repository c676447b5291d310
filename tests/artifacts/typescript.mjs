// The client of a typed language: openapi-typescript makes types of each document, TypeScript compiles all of them.

import openapiTypescript, { astToString } from 'openapi-typescript';
import ts from 'typescript';
import { parse } from 'yaml';

const OPTIONS = { strict: true, noEmit: true, skipLibCheck: true, target: ts.ScriptTarget.ES2022, module: ts.ModuleKind.ESNext, lib: ['lib.es2022.d.ts'], types: [] };

/** What TypeScript says against sources, by the names of their files. */
export function compile(sources, options = {}) {
    const host = ts.createCompilerHost({ ...OPTIONS, ...options });
    const read = host.getSourceFile.bind(host);
    host.getSourceFile = (file, version) => (sources.has(file) ? ts.createSourceFile(file, sources.get(file), version) : read(file, version));
    const exists = host.fileExists.bind(host);
    host.fileExists = (file) => sources.has(file) || exists(file);
    const program = ts.createProgram([...sources.keys()], { ...OPTIONS, ...options }, host);
    return ts.getPreEmitDiagnostics(program).map(({ file, start, messageText }) => {
        const line = file ? `${file.fileName}:${file.getLineAndCharacterOfPosition(start).line + 1}: ` : '';
        return `${line}${ts.flattenDiagnosticMessageText(messageText, ' ')}`;
    });
}

/** The types of a document, as the source of a module. */
export async function typesOf(text) {
    return astToString(await openapiTypescript(parse(text), { silent: true }));
}

/** The types of the interfaces of designs, compiled in one program. */
export async function types(designs) {
    const sources = new Map();
    const faults = [];
    for (const [at, { name, has, get }] of designs.entries()) {
        if (has('api/openapi.yaml')) {
            try {
                sources.set(`/design-${at}/${name.replaceAll(/[^\w]/g, '-')}.ts`, await typesOf(get('api/openapi.yaml')));
            } catch (error) {
                faults.push(`${name}: ${error.message}`);
            }
        }
    }
    return { files: sources.size, faults: [...faults, ...compile(sources)] };
}
