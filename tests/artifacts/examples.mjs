// Every example of an OpenAPI document against the schema that it stands beside, by ajv.

import Ajv from 'ajv/dist/2020.js';
import addFormats from 'ajv-formats';
import { parse } from 'yaml';

/** What is wrong with the schemas and examples of a document, and how many examples it has. */
export function exampleFaults(text) {
    const document = parse(text);
    const faults = [];
    let count = 0;
    const ajv = new Ajv.default(OPTIONS);
    addFormats.default(ajv);
    ajv.addVocabulary(['example', 'discriminator', 'xml', 'externalDocs', 'x-index', 'components']);
    ajv.addFormat('int32', { type: 'number', validate: (value) => Number.isInteger(value) && Math.abs(value) <= 2 ** 31 });
    ajv.addFormat('int64', { type: 'number', validate: Number.isSafeInteger });
    ajv.addFormat('double', { type: 'number', validate: Number.isFinite });
    ajv.addSchema({ $id: 'document', components: document.components });
    const at = (pointer) => pointer.slice(2).split('/').map((key) => key.replaceAll('~1', '/').replaceAll('~0', '~')).reduce((value, key) => value?.[key], document);
    const validators = new Map();
    const validator = (schema) => {
        const key = JSON.stringify(schema);
        if (!validators.has(key)) {
            validators.set(key, ajv.compile(JSON.parse(key.replaceAll('"$ref":"#/', '"$ref":"document#/'))));
        }
        return validators.get(key);
    };
    const check = (schema, value, place) => {
        count += 1;
        try {
            const validate = validator(schema);
            if (!validate(value)) {
                faults.push(`${place}: ${ajv.errorsText(validate.errors)}`);
            }
        } catch (error) {
            faults.push(`${place}: ${error.message}`);
        }
    };
    const visit = (value, place) => {
        if (value === null || typeof value !== 'object') {
            return;
        }
        if (typeof value.$ref === 'string' && at(value.$ref) === undefined) {
            faults.push(`${place}: ${value.$ref} leads nowhere`);
        }
        if (value.schema && typeof value.schema === 'object') {
            if ('example' in value) {
                check(value.schema, value.example, `${place}/example`);
            }
            for (const [name, example] of Object.entries(value.examples ?? {})) {
                const found = example.$ref ? at(example.$ref) : example;
                check(value.schema, found?.value, `${place}/examples/${name}`);
            }
        }
        for (const [key, inner] of Object.entries(value)) {
            visit(inner, `${place}/${key}`);
        }
    };
    visit({ paths: document.paths, webhooks: document.webhooks }, '');
    for (const [name, part] of Object.entries({ ...document.components.responses, ...document.components.headers, ...document.components.parameters })) {
        visit(part, `/components/${name}`);
    }
    // A schema that no example reaches must be one all the same.
    for (const name of Object.keys(document.components.schemas ?? {})) {
        try {
            validator({ $ref: `#/components/schemas/${name}` });
        } catch (error) {
            faults.push(`/components/schemas/${name}: ${error.message}`);
        }
    }
    return { faults, count };
}

const OPTIONS = { strict: true, strictTypes: false, strictRequired: true, allErrors: true, allowUnionTypes: true };

/** The examples of designs. */
export function examples(designs) {
    const faults = [];
    let files = 0;
    for (const { name, has, get } of designs) {
        if (has('api/openapi.yaml')) {
            files += 1;
            const found = exampleFaults(get('api/openapi.yaml'));
            if (found.count === 0) {
                faults.push(`${name}: no example at all`);
            }
            faults.push(...found.faults.map((fault) => `${name}${fault}`));
        }
    }
    return { files, faults };
}
