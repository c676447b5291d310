// Spectral in this process, with its own rules and with those of OWASP.

import { createRequire } from 'node:module';
import spectralCore from '@stoplight/spectral-core';
import owaspRules from '@stoplight/spectral-owasp-ruleset';
import parsers from '@stoplight/spectral-parsers';
import rulesets from '@stoplight/spectral-rulesets';

const { Document, Spectral } = spectralCore;

/** Severity of a remark: 0 is an error, 1 a warning. */
const ERROR = 0;
const WARNING = 1;

const isOwasp = (code) => String(code).startsWith('owasp:');

/** Rules of OWASP that hold only where callers sign in: a system without accounts is open by what its text says. */
const SIGNED_IN = ['owasp:api2:2023-write-restricted', 'owasp:api2:2023-read-restricted', 'owasp:api8:2023-define-error-responses-401'];

/** A field of an example that is called `example` or `default` itself: the rules take its value for that of a schema. */
const isData = (path) => {
    const value = path.lastIndexOf('value');
    return value >= 2 && path[value - 2] === 'examples' && path.slice(value + 1).some((key) => key === 'example' || key === 'default');
};

/** The rules look for parts of words: one finds "secret" in secretaries, the other "/admin" in records of administrators. */
const isPartOfWord = (code, message, path) =>
    (code === 'owasp:api2:2023-no-credentials-in-url' && !/secret(?!ar)|token|password|key/i.test(message.split(': ').at(-1))) ||
    (code === 'owasp:api5:2023-admin-security-unique' && path[1].includes('/administrator'));

/**
 * Spectral copies the schema of each place that shows an example, and compiles every copy: half of its time. Here a schema
 * that reads the same is compiled once for a document; each document has a compiler of its own.
 */
function compileOnce() {
    const functions = createRequire(createRequire(import.meta.url).resolve('@stoplight/spectral-functions'));
    const Compiler = functions('ajv/dist/2020').default;
    const { compile } = Compiler.prototype;
    const compiled = new WeakMap();
    Compiler.prototype.compile = function (schema, ...rest) {
        if (!compiled.has(this)) compiled.set(this, new Map());
        const own = compiled.get(this);
        const text = JSON.stringify(schema);
        if (!own.has(text)) own.set(text, compile.call(this, schema, ...rest));
        return own.get(text);
    };
}

compileOnce();
const linter = new Spectral();
linter.setRuleset({ extends: [rulesets.oas, owaspRules.default ?? owaspRules] });
// What no check asks for is not looked for: of OWASP's rules, those that would give no error.
for (const [code, rule] of Object.entries(linter.ruleset.rules)) {
    rule.enabled &&= rule.severity <= (isOwasp(code) ? ERROR : WARNING);
}

/** What both say of a document: it is parsed and its references are followed once for all rules. */
const said = new WeakMap();

function remarks(design) {
    if (!said.has(design)) said.set(design, linter.run(new Document(design.get('api/openapi.yaml'), parsers.Yaml)));
    return said.get(design);
}

/** The remarks of some rules on designs, as bad as a severity or worse. */
const of = (rules, severest) => async (designs) => {
    const faults = [];
    const documents = designs.filter(({ has }) => has('api/openapi.yaml'));
    for (const design of documents) {
        try {
            const ignored = /^security: \[\]$/m.test(design.get('api/openapi.yaml')) ? SIGNED_IN : [];
            const found = (await remarks(design)).filter(
                ({ severity, code, message, path }) => severity <= severest && rules(code) && !ignored.includes(code) && !isData(path) && !isPartOfWord(code, message, path),
            );
            faults.push(...found.map(({ code, message, path }) => `${design.name}: ${path.join('/')}: ${code}: ${message}`));
        } catch (error) {
            // A rule that breaks on a document is a fault of that one, and says which.
            faults.push(`${design.name}: ${[error, ...(error.errors ?? [])].map(({ stack }) => stack).join('\n')}`);
        }
    }
    return { files: documents.length, faults };
};

export const spectral = of((code) => !isOwasp(code), WARNING);
export const owasp = of(isOwasp, ERROR);
