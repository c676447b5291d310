// The engines that read the authorization matrix: each parses what is written for it, and decides as the matrix does.

import { preparsePolicySet, preparseSchema, schemaToJson, statefulIsAuthorized, validate } from '@cedar-policy/cedar-wasm/nodejs';
import { transformer, validator } from '@openfga/syntax-transformer';

const POLICIES = 'security/policies.cedar';
const MODEL = 'security/model.fga';

const messages = (errors) => errors.map(({ message, error, help }) => [message ?? error?.message, help ?? error?.help].filter(Boolean).join(' '));

/** Each role with each operation, and whether the matrix has the two; the scope is that of the grant. */
function* cells({ security, api }) {
    const open = new Set(security.authorization.filter(({ scope }) => scope === 'public').map(({ operation }) => operation));
    for (const role of security.roles) {
        for (const operation of api.operations) {
            const granted = security.authorization.filter((grant) => grant.operation === operation.id);
            if (granted.length === 0) continue;
            const own = granted.find((grant) => grant.role === role.name && grant.scope !== 'public');
            yield { role: role.name, operation, resource: granted[0].resource, allowed: Boolean(own) || open.has(operation.id), scoped: !open.has(operation.id) && own && own.scope !== 'all' };
        }
    }
}

/** What Cedar says against the policies and the schema of a design. */
export function cedarFaults(model, policies, schema) {
    const parsed = schemaToJson(schema);
    if (parsed.type === 'failure') return messages(parsed.errors);
    const read = validate({ schema, policies: { staticPolicies: policies }, validationSettings: { mode: 'strict' } });
    if (read.type === 'failure') return messages(read.errors);
    const found = messages([...read.validationErrors, ...read.validationWarnings]);
    if (found.length > 0) return found;
    preparsePolicySet('design', { staticPolicies: policies });
    preparseSchema('design', schema);
    const { entityTypes, actions } = parsed.json.App;
    const caller = { type: 'App::Caller', id: 'caller' };
    const us = { __entity: { type: 'App::Organisation', id: 'us' } };
    /** Attributes that meet every condition: the caller is among the people, and texts and numbers are alike. */
    const filled = (type, state, people) => Object.fromEntries(Object.entries(entityTypes[type].shape?.attributes ?? {}).map(([name, { type: kind, name: reference }]) => {
        if (kind === 'Set') return [name, people];
        if (reference?.endsWith('Organisation')) return [name, us];
        return [name, name === 'state' ? state ?? 'any' : (reference ?? kind).endsWith('Long') ? 1 : 'same'];
    }));
    const faults = [];
    for (const { role, operation, allowed, scoped } of cells(model)) {
        const type = actions[operation.id]?.appliesTo.resourceTypes[0];
        if (!type) {
            faults.push(`no action ${operation.id}`);
            continue;
        }
        const resource = { type: type.startsWith('App::') ? type : `App::${type}`, id: 'record' };
        const decides = (people) => {
            const answer = statefulIsAuthorized({
                principal: caller,
                action: { type: 'App::Action', id: operation.id },
                resource,
                context: actions[operation.id].appliesTo.context?.attributes?.done ? { done: [] } : {},
                preparsedPolicySetId: 'design',
                preparsedSchemaName: 'design',
                validateRequest: true,
                entities: [
                    { uid: caller, attrs: filled('Caller'), parents: [{ type: 'App::CallerRole', id: role }] },
                    { uid: resource, attrs: filled(type.replace('App::', ''), operation.states?.[0], people), parents: [] },
                ],
            });
            return answer.type === 'failure' ? messages(answer.errors).join('; ') : answer.response.decision;
        };
        const told = decides([{ __entity: caller }]);
        if (told !== (allowed ? 'allow' : 'deny')) faults.push(`${role} ${operation.id}: ${told}, the matrix says ${allowed ? 'allow' : 'deny'}`);
        if (scoped && decides([]) !== 'deny') faults.push(`${role} ${operation.id}: records of others are not denied`);
    }
    return faults;
}

/** Whether a user is in a relation of an object, over the rewrites of a model. */
function related(types, tuples, user, object, relation, depth = 0) {
    const rewrite = types.get(object.split(':')[0])?.relations?.[relation];
    if (!rewrite || depth > 20) return false;
    const walk = (node) => {
        if (node.this) return tuples.some((tuple) => tuple.object === object && tuple.relation === relation && (tuple.user === user || tuple.user === 'user:*'));
        if (node.computedUserset) return related(types, tuples, user, object, node.computedUserset.relation, depth + 1);
        if (node.tupleToUserset) {
            const parents = tuples.filter((tuple) => tuple.object === object && tuple.relation === node.tupleToUserset.tupleset.relation);
            return parents.some((tuple) => related(types, tuples, user, tuple.user, node.tupleToUserset.computedUserset.relation, depth + 1));
        }
        if (node.union) return node.union.child.some(walk);
        if (node.intersection) return node.intersection.child.every(walk);
        return walk(node.difference.base) && !walk(node.difference.subtract);
    };
    return walk(rewrite);
}

const PEOPLE = ['owner', 'assignee', 'team_member'];

/** What OpenFGA says against the model of a design. */
export function openfgaFaults(model, text) {
    let json;
    try {
        validator.validateDSL(text);
        json = transformer.transformDSLToJSONObject(text);
    } catch (error) {
        return (error.errors ?? [error]).map(({ message }) => message);
    }
    const types = new Map(json.type_definitions.map((type) => [type.type, type]));
    const whole = types.has('organisation') ? 'organisation' : 'system';
    const [user, other] = ['user:caller', 'user:other'];
    const words = (name) => name.replaceAll(/([a-z0-9])([A-Z])/g, '$1_$2').replaceAll(/[^A-Za-z0-9]+/g, '_').toLowerCase().replaceAll(/^_+|_+$/g, '').slice(0, 40);
    const faults = [];
    for (const { role, operation, resource, allowed, scoped } of cells(model)) {
        const made = operation.action === 'create';
        const type = made ? whole : [...types.keys()].find((name) => types.get(name).relations?.[`can_${words(operation.id)}`]);
        // A record that is called as a type of the file is numbered.
        const relation = made ? [`can_create_${words(resource)}`, `can_create_${words(resource)}_2`].find((name) => types.get(whole).relations?.[name]) : `can_${words(operation.id)}`;
        if (!types.get(type)?.relations?.[relation]) {
            // A name that is cut or numbered cannot be told from here.
            if (words(operation.id).length < 40) faults.push(`no relation for ${operation.id}`);
            continue;
        }
        const object = made ? `${whole}:us` : `${type}:record`;
        const decides = (people) => related(types, [
            { user, relation: words(role), object: `${whole}:us` },
            { user: 'user:*', relation: 'signed_in_user', object: 'system:us' },
            ...(made ? [] : [{ user: `${whole}:us`, relation: whole, object }]),
            ...PEOPLE.map((relation) => ({ user: people, relation, object })),
            { user: 'user:*', relation, object },
        ], user, object, relation);
        if (decides(user) !== allowed && !everybody(model, operation)) faults.push(`${role} ${operation.id}: ${decides(user)}, the matrix says ${allowed}`);
        // A record that is yet to be made belongs to nobody: whose it becomes is kept by the policies of the database.
        if (scoped && !made && decides(other) && !everybody(model, operation)) faults.push(`${role} ${operation.id}: records of others are not denied`);
    }
    return faults;
}

/** Whether everybody who is signed in may do it, whatever else they are. */
const everybody = ({ security }, { id }) => security.authorization.some(({ operation, role }) => operation === id && role === 'signed-in user');

/** What the engine of a file says over all designs that have the file. */
function over(file, faultsOf) {
    return (designs) => {
        const some = designs.filter(({ has }) => has(file));
        return { files: some.length, faults: some.flatMap((design) => faultsOf(design).map((fault) => `${design.name}: ${fault}`)) };
    };
}

export const cedar = over(POLICIES, ({ model, get }) => cedarFaults(model, get(POLICIES), get('security/policies.cedarschema')));

export const openfga = over(MODEL, ({ model, get }) => openfgaFaults(model, get(MODEL)));
