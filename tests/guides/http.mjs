// HTTP messages: read by Node's own parser, then held against what the standards demand of them.

import { createServer, request as ask } from 'node:http';
import { connect, createServer as listen } from 'node:net';
import { parseDictionary, parseItem, parseList } from 'structured-headers';
import { document } from './data.mjs';

/** The headers that a status must carry. */
const REQUIRED = {
    201: 'location',
    202: 'location',
    401: 'www-authenticate',
    405: 'allow',
    429: 'retry-after',
    503: 'retry-after',
};

/** Headers whose values are structured fields, with their parser. */
const STRUCTURED = {
    'idempotency-key': string,
    deprecation: date,
    ratelimit: parseList,
    'ratelimit-policy': parseList,
    priority: parseDictionary,
};

function string(value) {
    if (typeof parseItem(value)[0] !== 'string') {
        throw new Error('the value is a string in quotes');
    }
}

function date(value) {
    if (!(parseItem(value)[0] instanceof Date)) {
        throw new Error('the value is a date, @ and seconds');
    }
}

/** Methods whose content has no defined meaning. */
const WITHOUT_CONTENT = ['GET', 'HEAD', 'DELETE'];

/** What is wrong with a message, which is one request or one response. */
export async function message({ text }) {
    const end = text.indexOf('\n\n');
    const head = end < 0 ? text.trimEnd() : text.slice(0, end);
    const body = end < 0 ? '' : text.slice(end + 2).trimEnd();
    const length = /^transfer-encoding:/im.test(head) ? '' : `Content-Length: ${Buffer.byteLength(body)}\r\n`;
    // On the wire a field is one line; a guide may fold it to keep its lines short.
    const wire = `${head.replace(/\n[ \t]+/g, ' ').replaceAll('\n', '\r\n')}\r\nConnection: close\r\n${length}\r\n${body}`;
    try {
        const parsed = head.startsWith('HTTP/') ? await response(wire) : await request(wire);
        check(parsed, body);
        return undefined;
    } catch (error) {
        return error.reason ?? error.message;
    }
}

async function request(wire) {
    let socket;
    const server = createServer();
    try {
        return await new Promise((resolve, reject) => {
            server.on('request', ({ method, headers }) => resolve({ method, headers }));
            server.on('clientError', reject);
            server.listen(0, '127.0.0.1', () => {
                socket = connect(server.address().port, '127.0.0.1', () => socket.write(wire));
                socket.on('error', reject);
            });
        });
    } finally {
        socket?.destroy();
        server.close();
    }
}

async function response(wire) {
    const server = listen((socket) => socket.end(wire));
    try {
        return await new Promise((resolve, reject) => {
            server.listen(0, '127.0.0.1', () => {
                const { port } = server.address();
                const sent = ask({ port, host: '127.0.0.1' }, (answer) => {
                    answer.resume();
                    answer.on('end', () => resolve({ status: answer.statusCode, headers: answer.headers }));
                });
                sent.on('error', reject);
                sent.end();
            });
        });
    } finally {
        server.close();
    }
}

function check({ method, status, headers }, body) {
    const wanted = REQUIRED[status];
    if (wanted && !(wanted in headers)) {
        throw new Error(`status ${status} must carry ${wanted}`);
    }
    if (method && !headers.host) {
        throw new Error('a request names its host');
    }
    if (WITHOUT_CONTENT.includes(method) && body !== '') {
        throw new Error(`the content of ${method} has no defined meaning`);
    }
    for (const [name, parse] of Object.entries(STRUCTURED)) {
        if (name in headers) {
            try {
                parse(headers[name]);
            } catch (error) {
                throw new Error(`${name}: ${error.message}`);
            }
        }
    }
    for (const name of ['sunset', 'last-modified', 'date']) {
        if (name in headers && new Date(headers[name]).toUTCString() !== headers[name]) {
            throw new Error(`${name}: the date is not in the form of HTTP`);
        }
    }
    content(headers['content-type'] ?? '', status, body);
}

function content(type, status, body) {
    if (type === '' && body !== '') {
        throw new Error('content needs its type');
    }
    if (/[/+]json\b/.test(type)) {
        const value = JSON.parse(body);
        if (status >= 400 && !type.startsWith('application/problem+json')) {
            throw new Error('an error is application/problem+json');
        }
        if (type.startsWith('application/problem+json')) {
            const fault = document('problem', body);
            if (fault || value.status !== status) {
                throw new Error(fault ?? `the problem says ${value.status}, the status line ${status}`);
            }
        }
    } else if (type.startsWith('text/event-stream')) {
        const wrong = body.split('\n').find((line) => !/^(|:.*|(event|id|data|retry)(:.*)?)$/.test(line));
        if (wrong !== undefined) {
            throw new Error(`«${wrong}» is no line of an event stream`);
        }
    } else if (body !== '') {
        throw new Error(`nothing checks content of type ${type}`);
    }
}
