// Data and descriptions, read by the parsers and linters of their formats.

import { execFile } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import { Parser as AsyncApiParser } from '@asyncapi/parser';
import Ajv from 'ajv/dist/2020.js';
import addFormats from 'ajv-formats';
import { buildSchema, validateSchema } from 'graphql';
import { parseDocument } from 'yaml';
import { lint } from '../artifacts/openapi.mjs';
import { refusal, withFolder } from './programs.mjs';

const execute = promisify(execFile);

function ajv() {
    const ajv = new Ajv({ strict: true, strictRequired: true, allErrors: true });
    addFormats(ajv);
    return ajv;
}

/** A JSON Schema compiles in strict mode, and its own examples are valid. */
export function jsonSchema({ text }) {
    const reader = ajv();
    try {
        const schema = JSON.parse(text);
        const validate = reader.compile(schema);
        const examples = schema.examples ?? [];
        const wrong = examples.findIndex((example) => !validate(example));
        if (wrong >= 0) {
            validate(examples[wrong]);
            return `example ${wrong + 1}: ${reader.errorsText(validate.errors)}`;
        }
        return examples.length > 0 ? undefined : 'it has no examples';
    } catch (error) {
        return error.message;
    }
}

/** The members that each standard demands of a document. */
const DOCUMENTS = {
    problem: {
        type: 'object',
        required: ['type', 'title', 'status'],
        properties: {
            type: { type: 'string', format: 'uri-reference' },
            title: { type: 'string', minLength: 1 },
            status: { type: 'integer', minimum: 400, maximum: 599 },
            detail: { type: 'string' },
            instance: { type: 'string', format: 'uri-reference' },
        },
    },
    cloudevent: {
        type: 'object',
        required: ['specversion', 'id', 'source', 'type'],
        properties: {
            specversion: { const: '1.0' },
            id: { type: 'string', minLength: 1 },
            source: { type: 'string', minLength: 1, format: 'uri-reference' },
            type: { type: 'string', minLength: 1 },
            subject: { type: 'string', minLength: 1 },
            time: { type: 'string', format: 'date-time' },
            datacontenttype: { type: 'string', pattern: '^[\\w.+-]+/[\\w.+-]+' },
            dataschema: { type: 'string', format: 'uri' },
        },
        // Names of extension attributes hold lower-case letters and digits only.
        propertyNames: { pattern: '^[a-z0-9]+$|^data_base64$' },
    },
};

/** A document of a known standard. */
export function document(kind, text) {
    const reader = ajv();
    try {
        return reader.validate(DOCUMENTS[kind], JSON.parse(text)) ? undefined : reader.errorsText();
    } catch (error) {
        return error.message;
    }
}

/** The faults of OpenAPI descriptions, by block. */
export async function openapi(blocks) {
    const folder = mkdtempSync(path.join(tmpdir(), 'openapi-'));
    try {
        const files = blocks.map((block, index) => [path.join(folder, `block-${index}.yaml`), block]);
        files.forEach(([file, block]) => writeFileSync(file, block.text));
        const faults = await lint(files.map(([file]) => file));
        return new Map(files.map(([file, block]) => [block, faults.filter((fault) => fault.startsWith(file)).join('\n') || undefined]));
    } finally {
        rmSync(folder, { recursive: true });
    }
}

export async function asyncapi({ text }) {
    const { document, diagnostics } = await new AsyncApiParser().parse(text);
    // The parser recommends the newest version of the standard and some optional fields as hints, not as warnings.
    const faults = diagnostics.filter(({ severity }) => severity <= 1).map(({ code, message }) => `${code}: ${message}`);
    return faults.length > 0 || !document ? faults.join('; ') || 'it cannot be read' : undefined;
}

export function graphql({ text }) {
    try {
        const faults = validateSchema(buildSchema(text));
        return faults.length > 0 ? faults.join('; ') : undefined;
    } catch (error) {
        return error.message;
    }
}

/** Protocol buffers, by buf's standard rules: the file lies where its package says. */
export async function proto({ text }) {
    const name = /^package ([\w.]+);$/m.exec(text)?.[1];
    if (!name) {
        return 'it has no package';
    }
    const buf = path.join(path.dirname(createRequire(import.meta.url).resolve('@bufbuild/buf/package.json')), 'bin/buf');
    return withFolder(async (folder) => {
        const place = path.join(folder, ...name.split('.'));
        writeFileSync(path.join(folder, 'buf.yaml'), 'version: v2\nlint:\n  use: [STANDARD]\n');
        mkdirSync(place, { recursive: true });
        writeFileSync(path.join(place, 'block.proto'), text);
        try {
            await execute(process.execPath, [buf, 'lint', folder]);
            await execute(process.execPath, [buf, 'build', folder, '--output', path.join(folder, 'image.binpb')]);
            return undefined;
        } catch (error) {
            return `${error.stdout}${error.stderr}`.replaceAll(folder, '').trim();
        }
    });
}

/** YAML without duplicate keys, anchors that lead nowhere, or anything else that its parser warns of. */
function yaml(text) {
    const parsed = parseDocument(text, { strict: true, uniqueKeys: true });
    const faults = [...parsed.errors, ...parsed.warnings];
    return faults.length > 0 ? { fault: faults.map(({ message }) => message).join('; ') } : { value: parsed.toJS() };
}

/** A manifest, after the schemas of a version of Kubernetes. */
export async function kubernetes({ text }) {
    const { fault, value } = yaml(text);
    if (fault) {
        return fault;
    }
    // The validator only warns of a version of a resource that the schemas do not know.
    if (!/^([a-z0-9.]+\/)?v\d+$/.test(value?.apiVersion ?? '')) {
        return 'it needs a stable apiVersion';
    }
    const { selector, template } = value.spec ?? {};
    const labels = template?.metadata?.labels ?? {};
    if (Object.entries(selector?.matchLabels ?? {}).some(([name, label]) => labels[name] !== label)) {
        return 'the selector does not match the labels of its template';
    }
    return withFolder(async (folder) => {
        const file = path.join(folder, 'manifest.yaml');
        writeFileSync(file, text);
        return refusal('kubernetes-validate', ['--strict', '-k', '1.34', file]);
    });
}

/** A workflow of GitHub Actions. */
export async function workflow({ text }) {
    return withFolder(async (folder) => {
        const file = path.join(folder, 'workflow.yml');
        writeFileSync(file, text);
        return refusal('actionlint', ['-no-color', '-shellcheck=', '-pyflakes=', file], { cwd: folder });
    });
}

const RULES = {
    type: 'object',
    required: ['groups'],
    additionalProperties: false,
    properties: {
        groups: {
            type: 'array',
            minItems: 1,
            items: {
                type: 'object',
                required: ['name', 'rules'],
                additionalProperties: false,
                properties: {
                    name: { type: 'string' },
                    interval: { type: 'string' },
                    limit: { type: 'integer' },
                    rules: {
                        type: 'array',
                        items: {
                            type: 'object',
                            required: ['expr'],
                            additionalProperties: false,
                            properties: {
                                record: { type: 'string', pattern: '^[a-zA-Z_:][a-zA-Z0-9_:]*$' },
                                alert: { type: 'string' },
                                expr: { type: 'string' },
                                for: { type: 'string', pattern: '^(\\d+(ms|[smhdwy]))+$' },
                                keep_firing_for: { type: 'string', pattern: '^(\\d+(ms|[smhdwy]))+$' },
                                labels: { type: 'object', additionalProperties: { type: 'string' } },
                                annotations: { type: 'object', additionalProperties: { type: 'string' } },
                            },
                            oneOf: [{ required: ['record'] }, { required: ['alert'] }],
                        },
                    },
                },
            },
        },
    },
};

const PARSE_PROMQL = 'import json, sys, promql_parser\nfor text in json.load(open(sys.argv[1])): promql_parser.parse(text)\n';

/** Rules of Prometheus: their form, every expression with its types, and that a rule reads only what is recorded. */
export async function prometheus({ text }) {
    const { fault, value } = yaml(text);
    if (fault) {
        return fault;
    }
    const reader = new Ajv({ strict: true, strictRequired: false, allErrors: true });
    if (!reader.validate(RULES, value)) {
        return reader.errorsText();
    }
    const rules = value.groups.flatMap(({ rules }) => rules);
    const recorded = new Set(rules.map(({ record }) => record));
    const read = rules.flatMap(({ expr }) => expr.match(/\b\w+(?::\w+)+\b/g) ?? []);
    const unknown = read.filter((name) => !recorded.has(name));
    if (unknown.length > 0) {
        return `no rule records ${unknown.join(', ')}`;
    }
    return withFolder(async (folder) => {
        const file = path.join(folder, 'expressions.json');
        writeFileSync(file, JSON.stringify(rules.map(({ expr }) => expr)));
        return refusal('python', ['-c', PARSE_PROMQL, file]);
    });
}
