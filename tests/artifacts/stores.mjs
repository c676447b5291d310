// The tables for stores that are not PostgreSQL, given to the store where a registry has it, else to a parser.

import Ajv2020 from 'ajv/dist/2020.js';
import dynalite from 'dynalite';
import { execFile } from 'node:child_process';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import vm from 'node:vm';
import { each } from '../support/briefs.mjs';
import { BIN } from '../support/tools.mjs';
import { MariaDb } from './mariadb.mjs';

const READER = fileURLToPath(new URL('stores.py', import.meta.url));

/** Each store with the file of its tables. */
export const STORES = {
    mysql: 'db/mysql/schema.sql',
    sqlite: 'db/sqlite/schema.sql',
    'sql-server': 'db/sql-server/schema.sql',
    oracle: 'db/oracle/schema.sql',
    mongodb: 'db/mongodb/collections.js',
    dynamodb: 'db/dynamodb/tables.json',
    cassandra: 'db/cassandra/schema.cql',
    clickhouse: 'db/clickhouse/schema.sql',
};

const having = (designs, store) => designs.filter(({ has }) => has(STORES[store]));

/** Executes what is written for MySQL, and compares the tables, references and columns with the design. */
export async function mysql(designs) {
    const some = having(designs, 'mysql');
    if (some.length === 0) return { files: 0, faults: [] };
    const server = await MariaDb.start();
    const faults = [];
    try {
        await each([...some.keys()], async (at) => {
            const { name, get, model } = some[at];
            const database = `design_${at}`;
            await server.run('', `CREATE DATABASE ${database};`);
            const { error } = await server.run(database, get(STORES.mysql));
            const count = (what) => `SELECT count(*) FROM information_schema.${what};`;
            const { output } = await server.run(database, [
                count(`tables WHERE table_schema = '${database}'`),
                count(`referential_constraints WHERE constraint_schema = '${database}'`),
                count(`columns WHERE table_schema = '${database}' AND extra NOT LIKE '%GENERATED%'`),
            ].join('\n'));
            const wanted = [model.database.tables.length, ...['foreign_keys', 'columns'].map((part) => model.database.tables.flatMap((table) => table[part]).filter((one) => !one.generated_from?.length && !one.service).length)];
            if (error) faults.push(`${name}: ${error}`);
            else if (output.trim() !== wanted.join('\n')) faults.push(`${name}: tables, references and columns are ${output.trim().split('\n')}, and not ${wanted}`);
            await server.run('', `DROP DATABASE ${database};`);
        });
        return { files: some.length, faults };
    } finally {
        await server.stop();
    }
}

/** What SQLite and the parsers say of the files of some stores. */
function read(stores) {
    return async (designs) => {
        const files = stores.flatMap((store) => having(designs, store).map(({ tree }) => `${store} ${path.join(tree, STORES[store])}`));
        const output = await new Promise((resolve, reject) => {
            const child = execFile(path.join(BIN, 'python'), [READER], { maxBuffer: 1 << 28 }, (error, stdout) => (error ? reject(error) : resolve(stdout)));
            child.stdin.end(files.join('\n'));
        });
        return { files: files.length, faults: output.split('\n').filter(Boolean) };
    };
}

export const sqlite = read(['sqlite']);
export const dialects = read(['mysql', 'sql-server', 'oracle', 'clickhouse']);

/** The types of BSON as JSON Schema names them: enough to tell a right document from a wrong one. */
const BSON = { binData: 'string', bool: 'boolean', date: 'string', decimal: 'number', int: 'integer', long: 'integer', object: 'object', array: 'array', string: 'string' };
const EXAMPLE = { binData: 'bytes', bool: true, date: '2026-01-01', decimal: 1.5, int: 1, object: {}, string: 'text' };

/** A schema of MongoDB as one of JSON Schema; what is no keyword of it throws in strict mode. */
function translated(schema) {
    const { bsonType, properties, exclusiveMinimum, minimum, ...rest } = schema;
    if (bsonType !== undefined) {
        rest.type = [...new Set([bsonType].flat().map((type) => BSON[type] ?? `no type of BSON: ${type}`))];
        if (rest.type.length === 1) [rest.type] = rest.type;
    }
    if (properties) rest.properties = Object.fromEntries(Object.entries(properties).map(([name, property]) => [name, translated(property)]));
    if (minimum !== undefined) rest[exclusiveMinimum ? 'exclusiveMinimum' : 'minimum'] = minimum;
    return rest;
}

/** Runs the script against a stand-in for the shell, and tries each validator with a right document and wrong ones. */
export async function mongodb(designs) {
    const some = having(designs, 'mongodb');
    const faults = [];
    for (const { name, get, model } of some) {
        const collections = new Map();
        const db = new Proxy({}, {
            get: (_, wanted) => wanted === 'createCollection'
                ? (collection, options) => collections.set(collection, { options, indexes: [] })
                : { createIndex: (keys, options) => collections.get(wanted).indexes.push({ keys, options }) },
        });
        try {
            vm.runInNewContext(get(STORES.mongodb), { db });
            if (collections.size !== model.database.tables.length) throw new Error(`${collections.size} collections`);
            for (const [collection, { options, indexes }] of collections) {
                const schema = translated(JSON.parse(JSON.stringify(options.validator.$jsonSchema)));
                const validate = new Ajv2020({ strict: true, allowUnionTypes: true }).compile(schema);
                const given = options.validator.$jsonSchema.properties;
                const right = Object.fromEntries(Object.entries(given).map(([field, { bsonType, enum: values, pattern }]) => [field, values?.[0] ?? (pattern ? 'EUR' : EXAMPLE[[bsonType].flat().at(-1)] ?? {})]));
                if (!validate(right)) throw new Error(`${collection} refuses a right document: ${JSON.stringify(validate.errors)}`);
                for (const field of options.validator.$jsonSchema.required) {
                    const { [field]: _, ...without } = right;
                    if (validate(without)) throw new Error(`${collection} takes a document without ${field}`);
                }
                for (const [field, { enum: values }] of Object.entries(given)) {
                    if (values && validate({ ...right, [field]: 'no such state' })) throw new Error(`${collection}.${field} takes any value`);
                }
                for (const { keys } of indexes) {
                    for (const field of Object.keys(keys)) if (!(field in given)) throw new Error(`${collection} has an index on ${field}`);
                }
            }
        } catch (error) {
            faults.push(`${name}: ${error.message}`);
        }
    }
    return { files: some.length, faults };
}

/** Creates the tables in an emulator of DynamoDB, and puts a record into each. */
export async function dynamodb(designs) {
    const some = having(designs, 'dynamodb');
    const faults = [];
    const server = dynalite({ createTableMs: 0, deleteTableMs: 0 });
    await new Promise((resolve, reject) => server.listen(0, '127.0.0.1', (error) => (error ? reject(error) : resolve())));
    const { port } = server.address();
    const call = async (action, input) => {
        const response = await fetch(`http://127.0.0.1:${port}/`, {
            method: 'POST',
            headers: {
                'content-type': 'application/x-amz-json-1.0',
                'x-amz-target': `DynamoDB_20120810.${action}`,
                'x-amz-date': '20260101T000000Z',
                authorization: 'AWS4-HMAC-SHA256 Credential=a/20260101/us-east-1/dynamodb/aws4_request, SignedHeaders=host, Signature=b',
            },
            body: JSON.stringify(input),
        });
        const answer = await response.json();
        if (!response.ok) throw new Error(`${action} ${input.TableName}: ${answer.message ?? answer.Message ?? JSON.stringify(answer)}`);
        return answer;
    };
    try {
        for (const { name, get, model } of some) {
            try {
                const tables = JSON.parse(get(STORES.dynamodb));
                if (tables.length !== model.database.tables.length) throw new Error(`${tables.length} tables`);
                for (const table of tables) {
                    await call('CreateTable', table);
                    // A table is ready a moment after it is made.
                    while ((await call('DescribeTable', { TableName: table.TableName })).Table.TableStatus !== 'ACTIVE');
                    const Item = Object.fromEntries(table.AttributeDefinitions.map(({ AttributeName, AttributeType }) => [AttributeName, { [AttributeType]: AttributeType === 'B' ? 'AAAA' : '1' }]));
                    await call('PutItem', { TableName: table.TableName, Item });
                    for (const index of table.GlobalSecondaryIndexes ?? []) {
                        const [{ AttributeName }] = index.KeySchema;
                        const found = await call('Query', { TableName: table.TableName, IndexName: index.IndexName, KeyConditionExpression: '#k = :v', ExpressionAttributeNames: { '#k': AttributeName }, ExpressionAttributeValues: { ':v': Item[AttributeName] } });
                        if (found.Count !== 1) throw new Error(`${index.IndexName} finds nothing`);
                    }
                    await call('DeleteTable', { TableName: table.TableName });
                }
            } catch (error) {
                faults.push(`${name}: ${error.message}`);
            }
        }
    } finally {
        await new Promise((resolve) => server.close(resolve));
    }
    return { files: some.length, faults };
}

/** What a statement that creates a table in Cassandra looks like. No registry has a parser for CQL. */
const TABLE = /^CREATE TABLE "(\w{1,48})" \(\n((?: {4}"\w+" \w+,\n)+) {4}PRIMARY KEY \(\(("\w+"(?:, "\w+")*)\)((?:, "\w+")*)\)\n\)(?: WITH CLUSTERING ORDER BY \(("\w+" DESC(?:, "\w+" DESC)*)\))?;$/;
const TYPES = new Set(['bigint', 'blob', 'boolean', 'date', 'decimal', 'int', 'text', 'timestamp', 'uuid']);

/** Our own reading of the tables for Cassandra: the form, the types, and that each key names columns of its table. */
export async function cassandra(designs) {
    const some = having(designs, 'cassandra');
    const faults = [];
    for (const { name, get } of some) {
        const statements = get(STORES.cassandra).replaceAll(/^--.*\n/gm, '').split('\n\n').map((text) => text.trim()).filter(Boolean);
        const taken = new Set();
        for (const statement of statements) {
            const [all, table, body, partition, sort, order] = statement.match(TABLE) ?? [];
            const say = (fault) => faults.push(`${name}: ${fault}: ${statement.slice(0, 200)}`);
            if (!all) {
                say('no table');
                continue;
            }
            if (taken.has(table)) say('twice');
            taken.add(table);
            const columns = new Map([...body.matchAll(/"(\w+)" (\w+)/g)].map(([, column, type]) => [column, type]));
            for (const type of columns.values()) if (!TYPES.has(type)) say(`no type ${type}`);
            const names = (text) => [...(text ?? '').matchAll(/"(\w+)"/g)].map(([, column]) => column);
            const key = [...names(partition), ...names(sort)];
            if (new Set(key).size !== key.length || key.some((column) => !columns.has(column))) say('a key of other columns');
            if (order && names(order).join() !== names(sort).join()) say('an order that is not that of the key');
        }
        if (taken.size === 0) faults.push(`${name}: no table`);
    }
    return { files: some.length, faults };
}
