// Spectral in this process, with its own rules and with those of OWASP.

import spectralCore from '@stoplight/spectral-core';
import owaspRules from '@stoplight/spectral-owasp-ruleset';
import parsers from '@stoplight/spectral-parsers';
import rulesets from '@stoplight/spectral-rulesets';

const { Document, Spectral } = spectralCore;

/** Severity of a remark: 0 is an error, 1 a warning. */
const ERROR = 0;
const WARNING = 1;

/** Rules of OWASP that hold only where callers sign in: a system without accounts is open by what its text says. */
const SIGNED_IN = ['owasp:api2:2023-write-restricted', 'owasp:api2:2023-read-restricted', 'owasp:api8:2023-define-error-responses-401'];

/** A field of an example that is called `example` itself: the rules take its value for an example of a schema. */
const isData = (path) => {
    const value = path.lastIndexOf('value');
    return value >= 2 && path[value - 2] === 'examples' && path.slice(value + 1).includes('example');
};

/** The rule looks for the word "secret" in names, and finds secretaries. */
const isSecretary = (code, message) => code === 'owasp:api2:2023-no-credentials-in-url' && !/secret(?!ar)|token|password|key/i.test(message.split(': ').at(-1));

function linter(rules) {
    const spectral = new Spectral();
    spectral.setRuleset(rules);
    return async (text, severest, ignored = []) => {
        const remarks = await spectral.run(new Document(text, parsers.Yaml));
        return remarks
            .filter(({ severity, code, message, path }) => severity <= severest && !ignored.includes(code) && !isData(path) && !isSecretary(code, message))
            .map(({ code, message, path }) => `${path.join('/')}: ${code}: ${message}`);
    };
}

/** A function from the text of a document to the errors and warnings of the rules for OpenAPI. */
export function openapiLinter() {
    const lint = linter({ extends: [rulesets.oas] });
    return (text) => lint(text, WARNING);
}

/** A function from the text of a document to what OWASP's rules call errors. */
export function owaspLinter() {
    const lint = linter({ extends: [owaspRules.default ?? owaspRules] });
    return (text) => lint(text, ERROR, /^security: \[\]$/m.test(text) ? SIGNED_IN : []);
}

async function over(designs, lint) {
    const faults = [];
    const documents = designs.filter(({ has }) => has('api/openapi.yaml'));
    for (const { name, get } of documents) {
        try {
            faults.push(...(await lint(get('api/openapi.yaml'))).map((fault) => `${name}: ${fault}`));
        } catch (error) {
            // A rule that breaks on a document is a fault of that one, and says which.
            faults.push(`${name}: ${[error, ...(error.errors ?? [])].map(({ stack }) => stack).join('\n')}`);
        }
    }
    return { files: documents.length, faults };
}

export const spectral = (designs) => over(designs, openapiLinter());
export const owasp = (designs) => over(designs, owaspLinter());
