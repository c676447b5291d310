// AsyncAPI's own parser, and the examples of messages against their payload: the parser does not look at these.

import parserPackage from '@asyncapi/parser';
import Ajv from 'ajv/dist/2020.js';
import addFormats from 'ajv-formats';
import { parse } from 'yaml';

/** Remarks that are about taste, or about a newer version than the one that is written. */
const IGNORED = ['asyncapi-latest-version', 'asyncapi3-tags', 'asyncapi-id', 'asyncapi-info-contact', 'asyncapi-info-license-url'];

/** A function from the text of a document to what is wrong with it. */
export function asyncapiReader() {
    const parser = new parserPackage.Parser();
    return async (text) => {
        const { document, diagnostics } = await parser.parse(text);
        const faults = diagnostics.filter(({ code, severity }) => severity <= 1 && !IGNORED.includes(code)).map(({ code, message, path }) => `${path?.join('/')}: ${code}: ${message}`);
        if (!document && faults.length === 0) {
            faults.push('the parser gives no document');
        }
        return [...faults, ...exampleFaults(parse(text))];
    };
}

function exampleFaults({ components }) {
    const ajv = new Ajv.default({ strict: false, allErrors: true });
    addFormats.default(ajv);
    ajv.addFormat('int32', true).addFormat('int64', true).addFormat('double', true);
    ajv.addSchema({ $id: 'document', components });
    return Object.entries(components.messages).flatMap(([name, { payload, examples }]) => {
        const validate = ajv.compile(JSON.parse(JSON.stringify(payload).replaceAll('"$ref":"#/', '"$ref":"document#/')));
        return examples.filter((example) => !validate(example.payload)).map(() => `example of ${name}: ${ajv.errorsText(validate.errors)}`);
    });
}

/** The event contracts of designs. */
export async function asyncapi(designs) {
    const read = asyncapiReader();
    const documents = designs.filter(({ has }) => has('api/asyncapi.yaml'));
    const faults = [];
    for (const { name, get } of documents) {
        faults.push(...(await read(get('api/asyncapi.yaml'))).map((fault) => `${name}: ${fault}`));
    }
    return { files: documents.length, faults };
}
