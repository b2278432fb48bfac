/* program.mjs: what asks the API: an access token and JSON, no cookies. */
import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';

import { sqlValue } from './stack.mjs';
import { Visitor } from './client.mjs';

const MADE = new WeakMap();

export class Program {
	#visitor = new Visitor();

	constructor(token) {
		this.token = token;
	}

	/* With a new token of a visitor's own. scopes: of read, write, workflow. */
	static async of(visitor, scopes = ['read', 'write'], fields = {}) {
		const name = `flow ${randomBytes(6).toString('hex')}`;
		const answer = await visitor.post('/account/tokens',
			{ name, ...Object.fromEntries(scopes.map((scope) => [scope, '1'])), ...fields });

		assert.equal(answer.status, 200, `a token for ${visitor.login}`);
		const program = new Program(/value="(sgp_[\w-]{43})"/.exec(answer.text)[1]);
		MADE.set(program, name);
		return program;
	}

	/* body: text as it is, or an object as JSON. version: the If-Match header as it is. */
	async send(method, path, { body, version, headers = {} } = {}) {
		const text = body === undefined || typeof body === 'string' ? body : JSON.stringify(body);
		const answer = await this.#visitor.send(method, path, { body: text, headers: {
			...(this.token && { Authorization: `Bearer ${this.token}` }),
			...(text !== undefined && { 'Content-Type': 'application/json' }),
			...(version && { 'If-Match': version }), ...headers } });

		assert.equal(answer.header('set-cookie'), undefined, `${method} ${path} sets no cookie`);
		return answer;
	}

	/* That it is its owner: what changes rights wants it. */
	async confirm(password) {
		assert.equal((await this.post('/api/v1/confirm', { password })).status, 204);
		return this;
	}

	get(path, options) {
		return this.send('GET', path, options);
	}

	post(path, body, options) {
		return this.send('POST', path, { body, ...options });
	}

	/* With the version that it has now. */
	async put(path, body, options) {
		return this.send('PUT', path, { body, version: (await this.get(path)).header('etag'), ...options });
	}

	async delete(path, options) {
		return this.send('DELETE', path, { version: (await this.get(path)).header('etag'), ...options });
	}
}

/* The id of the token of Program.of(). */
export const tokenId = (program) => sqlValue(`SELECT id FROM access_token WHERE name = '${MADE.get(program)}'`);
