/* How far somebody reaches who writes requests by hand: from one subscription into another, from another
 * site into a session, from a browser's cookie into the API. Rows are taken from the route table. */
import { after, before, test } from 'node:test';
import assert from 'node:assert/strict';

import { passwordOf, quote, sql, sqlValue, throttleClear } from './lib/stack.mjs';
import { as } from './lib/client.mjs';
import { textOf } from './lib/html.mjs';
import { projectId } from './lib/integration.mjs';
import { accountId, collaboratorGive, person, roleGive, roleTake } from './lib/people.mjs';
import { routesOfProgram } from './lib/routes.mjs';

const TABLE = routesOfProgram();
const BOTH = 'flow-both', OTHER = 'flow-other';
let admin;

before(async () => {
	admin = await as('admin');
	for (const login of [BOTH, OTHER]) {
		person(login);
		roleGive(login, 'globex', 1);
		collaboratorGive(login, 'globex', 'portal');
	}
	roleGive(BOTH, 'acme', 1);
	collaboratorGive(BOTH, 'acme', 'web');
	assert.equal((await admin.post('/confirm', { confirm_password: passwordOf('admin'), confirm_next: '/account' })).status, 303);
});
after(() => {
	[BOTH, OTHER].forEach(roleTake);
	throttleClear();
});

const rights = () => sql(`SELECT account_id, subscription_id, role, 0 FROM role UNION ALL SELECT account_id, subscription_id, 0,
	project_id FROM collaborator ORDER BY 1, 2, 3, 4`);

test('an admin of one subscription, a member of the other, changes nobody in the other', async () => {
	const before = rights(), there = projectId('globex', 'portal'), here = projectId('acme', 'web');
	const tries = [[`/s/acme/people/${accountId(BOTH)}/projects`, { remove: there }], [`/s/acme/people/${accountId(OTHER)}/projects`, { remove: there }],
		[`/s/acme/people/${accountId(OTHER)}`, { role: 'admin' }], [`/s/acme/people/${accountId(OTHER)}/remove`, {}],
		[`/s/acme/projects/${there}/people`, { remove: accountId(BOTH) }], [`/s/acme/projects/${there}/people`, { login: BOTH }],
		[`/s/acme/projects/${here}/people`, { remove: accountId(OTHER) }], [`/s/acme/projects/${there}`, { name: 'mine' }],
		[`/s/acme/projects/${there}/delete`, { confirm: '1' }], ['/s/globex/people/new', { login: 'admin', role: 'admin' }],
		[`/s/globex/people/${accountId('admin')}`, { role: 'admin' }], ['/s/globex/settings', { name: 'mine' }], ['/s/globex/projects/new', { name: 'mine' }]];

	for (const [path, fields] of tries) {
		const answer = await admin.post(path, fields);
		assert.ok([303, 403, 404, 422].includes(answer.status), `${path}: ${answer.status}`);
		assert.deepEqual(rights(), before, `${path} ${JSON.stringify(fields)}`);
	}
	assert.equal(sqlValue(`SELECT COUNT(*) FROM project WHERE name = 'mine'`), '0');
	/* and in their own it works */
	assert.equal((await admin.post(`/s/acme/people/${accountId(BOTH)}/projects`, { remove: here })).status, 303);
	assert.equal(rights().length, before.length - 1);
	assert.equal(sqlValue(`SELECT name FROM subscription WHERE slug = ${quote('globex')}`), 'globex');
});

const pathOf = ({ pattern }) => pattern.replace(':sub', 'acme').replace(/:\w+/g, '999999999');
const changing = TABLE.filter((row) => row.method !== 'GET');

test('no form is taken from another site, whichever it is', async () => {
	const csrf = await admin.csrf();
	const forged = [[{ csrf: 'x' }, {}], [{ csrf: undefined }, {}], [{ csrf }, { Origin: 'https://evil.example' }], [{ csrf }, { Origin: 'null' }],
		[{ csrf }, { 'Sec-Fetch-Site': 'cross-site' }], [{ csrf }, { 'Sec-Fetch-Site': 'same-site' }]];

	for (const row of changing.filter(({ pattern }) => !pattern.startsWith('/api/')))
		for (const [fields, headers] of forged) {
			const answer = await admin.post(pathOf(row), fields, { headers });
			/* a row that asks for a right refuses before it reads the form */
			assert.ok([403, 404].includes(answer.status), `${row.pattern} ${JSON.stringify([Object.keys(fields), headers])}: ${answer.status}`);
			if (answer.status === 403 && row.permission !== 'site admin')
				assert.match(textOf(answer.text), /out of date or came from another site/, row.pattern);
		}
});

test('a cookie opens no address for programs', async () => {
	const csrf = await admin.csrf();

	for (const row of TABLE.filter(({ pattern, permission }) => pattern.startsWith('/api/') && permission !== 'public')) {
		const answer = row.method === 'GET' ? await admin.get(pathOf(row))
			: await admin.send(row.method, pathOf(row), { body: `csrf=${encodeURIComponent(csrf)}`, headers: {
				'Content-Type': 'application/x-www-form-urlencoded' } });
		assert.equal(answer.status, 401, `${row.method} ${row.pattern}`);
	}
});

test('no answer may be kept by anybody, and none may be framed or sniffed', async () => {
	for (const row of TABLE.filter(({ method, pattern }) => method === 'GET' && !/^\/(healthz|readyz)/.test(pattern))) {
		const answer = await admin.get(pathOf(row));
		assert.equal(answer.header('cache-control'), 'no-store', row.pattern);
		assert.match(answer.header('content-security-policy'), /^default-src 'none'; script-src 'self'; .*frame-ancestors 'none'/, row.pattern);
		assert.ok(!/unsafe|\*/.test(answer.header('content-security-policy')), row.pattern);
		assert.equal(answer.header('x-content-type-options'), 'nosniff', row.pattern);
		for (const cookie of answer.all('set-cookie'))
			assert.match(cookie, /; HttpOnly.*; SameSite=(Lax|Strict)|; SameSite=(Lax|Strict).*; HttpOnly/, `${row.pattern}: ${cookie.split('=')[0]}`);
	}
});

test('where to go on after signing in, confirming or following a link is here, whatever one asks', async () => {
	const csrf = await admin.csrf();

	for (const next of ['//evil.example/', '/\\evil.example', 'https://evil.example/', '/x\r\nSet-Cookie: a=b', '\\\\evil.example', '/\t/evil.example',
		'javascript:alert(1)', '/%0d%0aX: y']) {
		const answers = [await admin.get(`/login?next=${encodeURIComponent(next)}`), await admin.post('/confirm', { csrf,
			confirm_password: passwordOf('admin'), confirm_next: next }), await admin.post('/confirm', { csrf, confirm_password: passwordOf('admin'),
			confirm_to: next })];
		for (const answer of answers) {
			assert.ok(!answer.header('x') && answer.status < 500, `${JSON.stringify(next)}: ${answer.status}`);
			assert.ok(!answer.all('set-cookie').some((cookie) => cookie.startsWith('a=')));
			if (answer.location)
				assert.match(answer.location, /^\/(?![/\\])[\x21-\x7e]*$/, JSON.stringify(next));
		}
	}
});
