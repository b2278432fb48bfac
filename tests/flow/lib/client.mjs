/* client.mjs: a visitor: sends requests as a browser without scripts would, and keeps cookies. */
import http from 'node:http';
import net from 'node:net';
import { randomBytes } from 'node:crypto';
import assert from 'node:assert/strict';

import { BASE, passwordOf } from './stack.mjs';
import { formOf } from './html.mjs';

const AT = new URL(BASE);
export const HOST = AT.host;

/* A list of pairs, or an object, as application/x-www-form-urlencoded. */
export function encode(fields) {
	return new URLSearchParams(Array.isArray(fields) ? fields : Object.entries(fields)).toString();
}

/* The same as multipart/form-data, as browsers write it: {type, body}. A file is {file, name}. */
export function encodeParts(fields) {
	const boundary = `----formBoundary${randomBytes(12).toString('hex')}`;
	const quote = (text) => text.replace(/"/g, '%22').replace(/\r/g, '%0D').replace(/\n/g, '%0A');
	const parts = [];

	for (const [name, value] of fields) {
		const file = typeof value === 'object';
		parts.push(Buffer.from(`--${boundary}\r\nContent-Disposition: form-data; name="${quote(name)}"${
			file ? `; filename="${quote(value.name)}"\r\nContent-Type: application/octet-stream` : ''}\r\n\r\n`),
		Buffer.from(file ? value.file : value), Buffer.from('\r\n'));
	}
	parts.push(Buffer.from(`--${boundary}--\r\n`));
	return { type: `multipart/form-data; boundary=${boundary}`, body: Buffer.concat(parts) };
}

export class Answer {
	constructor(status, headers, body) {
		this.status = status;
		this.headers = headers;    /* [[name, value]...], names in lower case */
		this.bytes = body;
	}

	get text() {
		return this.bytes.toString('utf8');
	}

	header(name) {
		return this.headers.find(([n]) => n === name)?.[1];
	}

	all(name) {
		return this.headers.filter(([n]) => n === name).map(([, value]) => value);
	}

	get location() {
		return this.header('location');
	}
}

/* Connections are kept, as browsers keep them. */
const AGENT = new http.Agent({ keepAlive: true });

function sendOnce(options, body) {
	return new Promise((resolve, reject) => {
		const request = http.request({ host: AT.hostname, port: AT.port, agent: AGENT, ...options },
			(response) => {
				const parts = [];

				response.on('data', (part) => parts.push(part));
				response.on('error', reject);
				response.on('end', () => {
					const headers = [];

					for (let k = 0; k < response.rawHeaders.length; k += 2)
						headers.push([response.rawHeaders[k].toLowerCase(),
							response.rawHeaders[k + 1]]);
					resolve(new Answer(response.statusCode, headers, Buffer.concat(parts)));
				});
			});

		request.on('error', (error) => reject(Object.assign(error, { kept: request.reusedSocket })));
		request.setTimeout(30000, () => request.destroy(new Error('no answer in 30 s')));
		request.end(body);
	});
}

/* A kept connection may be closed just as it is used again: then nobody has read the request. */
async function send(options, body) {
	try {
		return await sendOnce(options, body);
	} catch (error) {
		if (!error.kept || !['ECONNRESET', 'EPIPE'].includes(error.code))
			throw error;
		return sendOnce(options, body);
	}
}

/* The answer in these bytes; null while it is not whole. `ended`: no more will come. */
function wholeAnswer(all, ended) {
	const blank = all.indexOf('\r\n\r\n');

	if (blank < 0)
		return null;
	const [first, ...lines] = all.subarray(0, blank).toString('latin1').split('\r\n');
	const body = all.subarray(blank + 4);
	const answer = new Answer(Number(first.split(' ')[1]), lines.map((line) => {
		const colon = line.indexOf(':');
		return [line.slice(0, colon).toLowerCase(), line.slice(colon + 1).trim()];
	}), body);
	const whole = answer.header('transfer-encoding') === 'chunked'
		? body.subarray(-5).toString() === '0\r\n\r\n'
		: body.length >= Number(answer.header('content-length') ?? (ended ? 0 : Infinity));

	return whole ? answer : null;
}

/* Bytes as they are, over a connection of their own; null when the peer closes without a word. */
export function raw(bytes) {
	return new Promise((resolve, reject) => {
		const socket = net.connect(Number(AT.port), AT.hostname);
		let all = Buffer.alloc(0);
		const done = (answer) => {
			socket.destroy();
			resolve(answer);
		};

		socket.on('data', (part) => {
			all = Buffer.concat([all, part]);
			const answer = wholeAnswer(all);
			if (answer)
				done(answer);
		});
		socket.on('end', () => done(wholeAnswer(all, true)));
		socket.on('error', (error) => (error.code === 'EPIPE' || error.code === 'ECONNRESET'
			? done(null) : reject(error)));
		socket.setTimeout(10000, () => {
			socket.destroy();
			reject(new Error('no answer in 10 s'));
		});
		socket.write(bytes);
	});
}

export class Visitor {
	cookies = new Map();
	#csrf = null;

	/* transport: how requests travel; the stack's nginx unless a test brings another (second.mjs). */
	constructor(transport = send, origin = BASE) {
		this.transport = transport;
		this.origin = origin;
	}

	async send(method, path, { headers = {}, body, cookies = true } = {}) {
		const sent = { ...headers };

		if (cookies && this.cookies.size && !('Cookie' in sent))
			sent.Cookie = [...this.cookies].map(([k, v]) => `${k}=${v}`).join('; ');
		if (body !== undefined && !('Content-Length' in sent))
			sent['Content-Length'] = Buffer.byteLength(body);
		const answer = await this.transport({ method, path, headers: sent }, body);
		if (cookies)
			this.#keep(answer);
		return answer;
	}

	#keep(answer) {
		for (const line of answer.all('set-cookie')) {
			const [, name, value] = /^([^=]+)=([^;]*)/.exec(line);

			if (/;\s*Max-Age=0\b/i.test(line))
				this.cookies.delete(name);
			else
				this.cookies.set(name, value);
		}
	}

	get(path, options) {
		return this.send('GET', path, options);
	}

	/* The form's own token, as the page has it; the same one during a session. */
	async csrf() {
		this.#csrf ??= /name="csrf" value="([^"]+)"/.exec((await this.get('/account')).text)[1];
		return this.#csrf;
	}

	/* With the token of this session, unless the fields bring one (undefined: none). */
	async post(path, fields = {}, { headers = {}, ...rest } = {}) {
		let list = Array.isArray(fields) ? [...fields] : Object.entries(fields);

		if (!list.some(([name]) => name === 'csrf'))
			list.push(['csrf', await this.csrf()]);
		list = list.filter(([, value]) => value !== undefined);
		return this.send('POST', path, { body: encode(list), headers: {
			'Content-Type': 'application/x-www-form-urlencoded', Origin: this.origin, ...headers }, ...rest });
	}

	/* The page's form whose action ends so. */
	async form(path, action = path.split('?')[0]) {
		const answer = await this.get(path);

		assert.equal(answer.status, 200, `GET ${path}`);
		return formOf(answer.text, action);
	}

	async submit(form, button) {
		if (form.enctype !== 'multipart/form-data')
			return this.post(form.action, form.fields(button));
		const { type, body } = encodeParts(form.fields(button));

		return this.send('POST', form.action, { body, headers: { 'Content-Type': type, Origin: this.origin } });
	}

	/* The answer of POST /login. */
	async tryLogin(login, password, fields = {}) {
		const form = formOf((await this.get('/login')).text, '/login');

		form.set('login', login);
		form.set('password', password);
		for (const [name, value] of Object.entries(fields))
			form.set(name, value);
		return this.submit(form);
	}

	async signIn(login, password = passwordOf(login)) {
		const answer = await this.tryLogin(login, password);

		assert.equal(answer.status, 303, `${login} signs in`);
		this.login = login;
		this.#csrf = null;
		return this;
	}
}

const SIGNED_IN = new Map();

/* One session a demo account and test file: a sign-in takes Argon2's 140 ms. */
export function as(login) {
	if (!SIGNED_IN.has(login))
		SIGNED_IN.set(login, new Visitor().signIn(login));
	return SIGNED_IN.get(login);
}
