// Prism's mock of an interface, in this process: it is sent the example of every operation, and must answer each one
// with the example of its success, without a remark on the request.

import prism from '@stoplight/prism-http';
import prismClient from '@stoplight/prism-http/dist/client.js';
import { parse } from 'yaml';

const METHODS = ['get', 'put', 'post', 'delete', 'patch'];
const quiet = { info() {}, warn() {}, error() {}, debug() {}, trace() {}, success() {}, start() {}, note() {}, fatal() {}, child: () => quiet };

const CONFIG = { isProxy: false, checkSecurity: true, validateRequest: true, validateResponse: true, errors: false, mock: { dynamic: false }, logger: quiet };

/** What the mock says against the examples of a document, and how many operations it answered. */
export async function mockFaults(text) {
    const document = parse(text);
    const operations = await prism.getHttpOperationsFromSpec(document);
    const client = prismClient.createClientFromOperations(operations, CONFIG);
    const at = (pointer) => pointer.slice(2).split('/').map((key) => key.replaceAll('~1', '/').replaceAll('~0', '~')).reduce((value, key) => value[key], document);
    const found = (value) => (value?.$ref ? at(value.$ref) : value);
    const faults = [];
    let count = 0;
    for (const [route, item] of Object.entries(document.paths)) {
        for (const method of METHODS.filter((method) => method in item)) {
            const operation = item[method];
            const parameters = [...(item.parameters ?? []), ...(operation.parameters ?? [])].map(found);
            let url = route;
            const query = new URLSearchParams();
            const headers = { authorization: 'Bearer x', cookie: '__Host-session=x' };
            for (const { name, in: place, example, required } of parameters) {
                if (place === 'path') {
                    url = url.replace(`{${name}}`, encodeURIComponent(example));
                } else if (place === 'header' && required) {
                    headers[name.toLowerCase()] = example;
                } else if (place === 'query' && required) {
                    query.append(name, example);
                }
            }
            url += query.size > 0 ? `?${query}` : '';
            const content = Object.entries(operation.requestBody?.content ?? {})[0];
            const body = content && (found(Object.values(content[1].examples ?? {})[0])?.value ?? content[1].example);
            if (content) {
                headers['content-type'] = content[0];
            }
            const place = `${method.toUpperCase()} ${route}`;
            count += 1;
            try {
                const answer = await client.request(url, { method, headers, ...(content && { body }) });
                const wanted = Object.keys(operation.responses).find((status) => status.startsWith('2'));
                if (String(answer.status) !== wanted) {
                    faults.push(`${place}: ${answer.status} instead of ${wanted}: ${JSON.stringify(answer.data).slice(0, 300)}`);
                }
                for (const [side, remarks] of Object.entries(answer.violations ?? {})) {
                    faults.push(...remarks.map(({ message }) => `${place}: ${side}: ${message}`));
                }
            } catch (error) {
                faults.push(`${place}: ${error.name}: ${error.detail ?? error.message}`);
            }
        }
    }
    return { faults, count };
}

/** The mocks of designs; each operation counts. */
export async function mock(designs) {
    const faults = [];
    let files = 0;
    for (const { name, has, get } of designs) {
        // Prism knows no certificates of clients.
        if (has('api/openapi.yaml') && !/^\s+type: "?mutualTLS"?$/m.test(get('api/openapi.yaml'))) {
            const found = await mockFaults(get('api/openapi.yaml'));
            files += found.count;
            faults.push(...found.faults.map((fault) => `${name}: ${fault}`));
        }
    }
    return { files, faults };
}
