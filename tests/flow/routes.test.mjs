/* Every row of the route table, asked by everybody. A row that is new needs its line in ROWS. */
import { after, before, test } from 'node:test';
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import path from 'node:path';

import { ROOT, quote, sql, sqlValue } from './lib/stack.mjs';
import { HOST, Visitor, as, raw } from './lib/client.mjs';
import { textOf } from './lib/html.mjs';
import { accountId, person, roleGive, roleTake } from './lib/people.mjs';

/* The table as the program has it: "POST /s/:sub/integrations/new". */
function tableRead() {
	const source = readFileSync(path.join(ROOT, 'src/bin/web_routes.c'), 'utf8');
	const macros = Object.fromEntries([...source.matchAll(/^#define (\w+) (.+)$/gm)]
		.map(([, name, value]) => [name, value]));
	const textOfPattern = (words) => words.replace(/"([^"]*)"|(\w+)|\s+/g,
		(all, literal, name) => literal ?? (name ? textOfPattern(macros[name]) : ''));

	return [...source.matchAll(/\{METHOD_(\w+),\s*((?:"[^"]*"|[\w\s])+),/g)]
		.map(([, method, words]) => `${method} ${textOfPattern(words)}`);
}

const WHO = ['anonymous', 'siteadmin', 'outsider', 'collaborator', 'member', 'admin'];

/* What the six get. "login": sent to the sign-in page and back afterwards; "closed": the page that says
 * who may open it; a number: that status. One entry for all, or one each. */
const PUBLIC = [200], ACCOUNT = ['login', 200, 200, 200, 200, 200];
const INSIDE = (collaborator, member, admin) => ['login', 404, 404, collaborator, member, admin];
const NOBODY = INSIDE(404, 404, 404);

/* Integrations by what is special about them for a collaborator on the project "web". */
const THINGS = { open: 'build-flags', shut: 'jenkins-prod', admins: 'gh-release', elsewhere: 'gitlab-mirror',
	'elsewhere, admins': 'aws-prod', "another's": 'globex/portal-registry', none: null };
const things = (ok, shut) => ({ open: INSIDE(ok, ok, ok), shut: INSIDE(shut, ok, ok),
	admins: INSIDE(shut, shut, ok), elsewhere: INSIDE(404, ok, ok),
	'elsewhere, admins': INSIDE(404, shut, ok), "another's": NOBODY, none: NOBODY });

/* Bodies that go as far as the handler and then change nothing. */
const ROWS = {
	'GET /healthz': { expect: PUBLIC },
	'GET /readyz': { expect: PUBLIC },
	'GET /login': { expect: [200, 303, 303, 303, 303, 303] },
	'POST /login': { expect: [422], body: { login: '', password: '' } },
	'GET /': { expect: ['login', 200, 303, 303, 303, 303] },
	'GET /account': { expect: ACCOUNT },
	'POST /account/theme': { expect: ['login', 400, 400, 400, 400, 400], body: { theme: 'none' } },
	'POST /account/password': { expect: ['login', 422, 422, 422, 422, 422], body: { current: '' } },
	'GET /s/:sub': { expect: INSIDE(303, 303, 303) },
	'GET /s/:sub/integrations': { expect: INSIDE(200, 200, 200) },
	'GET /s/:sub/integrations/new': { expect: INSIDE(403, 200, 200) },
	'POST /s/:sub/integrations/new': { expect: INSIDE(403, 422, 422), body: { type: 'none' } },
	'GET /s/:sub/integrations/:id': { things: things(200, 'closed') },
	'GET /s/:sub/integrations/:id/edit': { things: things(200, 403) },
	'POST /s/:sub/integrations/:id/edit': { things: things(422, 403), body: { name: '' } },
	'POST /s/:sub/integrations/:id/delete': { things: things(422, 403), body: {} },
	'POST /logout': { expect: ['login', 303, 303, 303, 303, 303], body: {} }, /* the last: it works */
};

const VISITORS = {};
const IDS = {};

before(async () => {
	const password = person('flow-outsider');

	roleGive('flow-outsider', 'globex', 2);
	VISITORS.anonymous = new Visitor();
	VISITORS.outsider = await new Visitor().signIn('flow-outsider', password);
	for (const login of ['siteadmin', 'collaborator', 'member', 'admin'])
		VISITORS[login] = await as(login);
	for (const [thing, name] of Object.entries(THINGS)) {
		const [slug, short] = name?.includes('/') ? name.split('/') : ['acme', name];
		IDS[thing] = name === null ? 999999999 : sqlValue(`SELECT i.id FROM integration i JOIN subscription s
			ON s.id = i.subscription_id WHERE s.slug = ${quote(slug)} AND i.name = ${quote(short)}`);
		assert.ok(IDS[thing], `the demo has ${name}`);
	}
});
after(() => roleTake('flow-outsider'));

test('each row of the table is here, and nothing else', () => {
	const table = tableRead();

	assert.ok(table.length >= 17, `read ${table.length} rows`);
	assert.deepEqual(table.filter((row) => !ROWS[row]), [], 'rows without an entry in this test');
	assert.deepEqual(Object.keys(ROWS).filter((row) => !table.includes(row)), [], 'entries without a row');
});

function asked(row, answer) {
	if (answer.status === 303 && answer.location.startsWith('/login?next='))
		return 'login';
	if (answer.status === 200 && /are for those who may edit it/.test(textOf(answer.text)))
		return 'closed';
	return answer.status;
}

async function csrfOf(who) {
	if (who !== 'anonymous')
		return VISITORS[who].csrf();
	return /name="csrf" value="([^"]+)"/.exec((await VISITORS.anonymous.get('/login')).text)[1];
}

/* The audit row of a refusal; the whole site's of one without a role. */
const lastDenial = (login) => sql(`SELECT a.seq, a.object, a.request, a.address FROM audit a
	WHERE a.action = 'denied' AND a.actor_id = ${accountId(login)} AND a.chain = CONCAT('sub:',
	(SELECT id FROM subscription WHERE slug = 'acme')) ORDER BY a.seq DESC LIMIT 1`)[0] ?? ['0'];

async function ask(row, { body, expect }, thing) {
	const [method, pattern] = row.split(' ');
	const uri = pattern.replace(':sub', 'acme').replace(':id', IDS[thing]);

	for (const [k, who] of WHO.entries()) {
		const visitor = VISITORS[who];
		const wanted = expect.length === 1 ? expect[0] : expect[k];
		const login = who === 'outsider' ? 'flow-outsider' : who;
		const denied = wanted === 403 ? lastDenial(login)[0] : null;
		const answer = method === 'GET' ? await visitor.get(uri)
			: await visitor.post(uri, { ...body, csrf: await csrfOf(who) });
		assert.equal(asked(row, answer), wanted, `${who}: ${method} ${uri} (${thing ?? '-'})`);
		if (wanted === 403) {
			const [seq, object, request, address] = lastDenial(login);
			assert.ok(Number(seq) > Number(denied), `${who}: ${row} leaves an entry`);
			assert.deepEqual([object, request, address], [uri, answer.header('x-request-id'), '127.0.0.1']);
		}
		if (method === 'GET' && wanted !== 'login') {
			const head = await visitor.send('HEAD', uri);
			assert.equal(head.status, answer.status, `HEAD ${uri}`);
			assert.equal(head.bytes.length, 0);
		}
	}
}

test('another method is 405 and says which would do; OPTIONS and nonsense as well', async () => {
	const methods = {};

	for (const row of Object.keys(ROWS)) {
		const [method, pattern] = row.split(' ');
		(methods[pattern] ??= []).push(...(method === 'GET' ? ['GET', 'HEAD'] : [method]));
	}
	for (const [pattern, known] of Object.entries(methods)) {
		const uri = pattern.replace(':sub', 'acme').replace(':id', IDS.open);
		for (const method of ['GET', 'POST', 'PUT', 'DELETE', 'PATCH', 'OPTIONS', 'PROPFIND']) {
			if (known.includes(method))
				continue;
			const answer = await raw(`${method} ${uri} HTTP/1.1\r\nHost: ${HOST}\r\nContent-Length: 0\r\n` +
				'Connection: close\r\n\r\n');
			assert.equal(answer.status, 405, `${method} ${uri}`);
			assert.deepEqual(answer.header('allow').split(/,\s*/).sort(), [...new Set(known)].sort(), uri);
		}
	}
});

test('a list shows each what is theirs', async () => {
	const names = async (who, slug) => [...(await VISITORS[who].get(`/s/${slug}/integrations`)).text
		.matchAll(/<a class="fw-bold text-reset"[^>]*>([^<]+)</g)].map(([, name]) => name);
	const all = sql(`SELECT i.name FROM integration i JOIN subscription s ON s.id = i.subscription_id
		WHERE s.slug = 'acme' ORDER BY i.name`).flat();

	for (const [who, missing] of [['admin', []], ['member', []],
		['collaborator', ['aws-prod', 'gitlab-mirror', 'signing-cert']]])
		assert.deepEqual(await names(who, 'acme'), all.filter((name) => !missing.includes(name)), who);
	assert.deepEqual(await names('outsider', 'globex'), ['jenkins', 'portal-registry']);
});

test('those who may not edit see no URL, no value and no pencil', async () => {
	const list = (await VISITORS.collaborator.get('/s/acme/integrations')).text;
	const page = (await VISITORS.collaborator.get(`/s/acme/integrations/${IDS.shut}`)).text;

	assert.ok(list.includes('jenkins-prod'));
	for (const text of [list, page]) {
		assert.ok(!text.includes('https://ci.acme.example'));
		assert.ok(!text.includes(`integrations/${IDS.shut}/edit`));
	}
	assert.ok(list.includes(`"integrations/${IDS.open}/edit"`), 'their own pencils are there');
});

/* Signing out comes last: it ends the sessions of all. */
for (const [row, entry] of Object.entries(ROWS)) {
	test(row, async () => {
		for (const [thing, expect] of Object.entries(entry.things ?? { '': entry.expect }))
			await ask(row, { ...entry, expect }, thing);
	});
}
