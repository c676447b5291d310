// The reference implementation of GraphQL.

import { buildSchema, validateSchema } from 'graphql';

/** What is wrong with a schema. */
export function schemaFaults(text) {
    try {
        return validateSchema(buildSchema(text)).map(({ message }) => message);
    } catch (error) {
        return [`${error.message} ${JSON.stringify(error.locations ?? '')}`];
    }
}

/** The GraphQL schemas of designs. */
export function graphql(designs) {
    const schemas = designs.filter(({ has }) => has('api/schema.graphql'));
    return { files: schemas.length, faults: schemas.flatMap(({ name, get }) => schemaFaults(get('api/schema.graphql')).map((fault) => `${name}: ${fault}`)) };
}
