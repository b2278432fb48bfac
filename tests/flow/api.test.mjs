/* The API beside the pages: each act done both ways leaves the same rows and the same entry in the audit
 * trail, and is refused in the same words. Then what the API has of its own: tokens, versions, JSON. */
import { after, before, test } from 'node:test';
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import path from 'node:path';

import { BASE, ROOT, passwordOf, quote, sql, sqlValue, throttleClear } from './lib/stack.mjs';
import { HOST, Visitor, as, raw } from './lib/client.mjs';
import { textOf } from './lib/html.mjs';
import { add, boxesOf, cleanUp, errorsOf, formsOf, jenkins, newName, newSecret } from './lib/integration.mjs';
import { accountId, person, projectsClear, roleGive, roleTake, subscriptionRemove } from './lib/people.mjs';
import { Program, tokenId } from './lib/program.mjs';
import { keyOf, routesOfPage, routesOfProgram } from './lib/routes.mjs';
import { ACTS, ALONE, EXCEPTIONS } from './lib/acts.mjs';
import { boundMake } from './lib/binding.mjs';
import { memberBack } from './lib/acts_binding.mjs';

const ROOT_PATH = '/api/v1', LIST = '/api/v1/s/acme/integrations';
const TABLE = routesOfProgram();
const changes = ({ method }) => method !== 'GET';
const isApi = ({ pattern }) => pattern.startsWith(`${ROOT_PATH}/`);

const PROGRAMS = {};
let admin, program, siteName;

before(async () => {
	throttleClear();
	siteName = sqlValue(`SELECT name FROM account WHERE login = 'siteadmin'`);
	for (const login of ['admin', 'siteadmin', 'member'])
		PROGRAMS[login] = await (await Program.of(await as(login))).confirm(passwordOf(login));
	admin = await as('admin');
	program = PROGRAMS.admin;
});
after(async () => {
	await memberBack();
	sql(`UPDATE subscription SET name = 'acme', grace_days = 30, revision = revision + 1 WHERE slug = 'acme'`);
	sql(`UPDATE account SET name = ${quote(siteName)}, email = NULL WHERE login = 'siteadmin';
		DELETE s FROM site_role s JOIN account a ON a.id = s.account_id WHERE a.login LIKE 'flow-a%'`);
	for (const [slug] of sql(`SELECT slug FROM subscription WHERE slug LIKE 'flow-act-%'`))
		subscriptionRemove(slug);
	for (const [login] of sql(`SELECT login FROM account WHERE login LIKE 'flow-a%'`))
		roleTake(login);
	cleanUp();
	sql("DELETE c FROM collaborator c JOIN project p ON p.id = c.project_id WHERE p.name LIKE 'flow %'");
	projectsClear();
	sql(`DELETE FROM access_token WHERE name LIKE 'flow %';
		DELETE FROM account WHERE login LIKE 'flow-act-new-%'`);
	throttleClear();
});

/* --- the table -------------------------------------------------------------------------------------- */

test('each route that changes something has its twin, or says why not', () => {
	const twins = new Map(ACTS.map((act) => [act.page, act.api]));
	const of = (key) => TABLE.find((row) => keyOf(row) === key);

	assert.deepEqual(TABLE.filter((row) => changes(row) && !isApi(row)).map(keyOf)
		.filter((key) => !twins.has(key) && !EXCEPTIONS[key] && key !== 'POST /confirm'), [], 'pages without a twin');
	assert.deepEqual(TABLE.filter((row) => changes(row) && isApi(row)).map(keyOf)
		.filter((key) => ![...twins.values()].includes(key) && !ALONE[key] && key !== 'POST /api/v1/confirm'), [], 'API rows that no act is about');
	for (const key of [...Object.keys(EXCEPTIONS), ...Object.keys(ALONE)])
		assert.ok(of(key), `${key} is no more`);
	for (const [page, api] of twins) {
		assert.ok(of(page) && of(api), `${page} and ${api} are in the table`);
		assert.equal(of(api).permission, of(page).permission, `${api} demands what ${page} demands`);
		assert.deepEqual(of(api).fields, of(page).fields, `${api} has the form of ${page}`);
	}
});

test('who gets what: routes.md says the same of both', () => {
	const { rows } = routesOfPage();
	const asked = { login: '401', 303: '200', 409: '412' };
	let compared = 0;

	for (const act of ACTS)
		for (const page of rows.filter((row) => keyOf(row) === act.page))
			for (const api of rows.filter((row) => keyOf(row) === act.api && row.about === page.about)) {
				for (const [who, answer] of Object.entries(page.expect)) {
					const refused = ['login', '403', '404'].includes(answer);
					const wanted = asked[answer] ?? answer;

					if (refused || ['401', '403', '404'].includes(api.expect[who]))
						assert.equal(api.expect[who], wanted, `${act.api} (${api.about}): ${who}`);
				}
				compared++;
			}
	assert.ok(compared >= ACTS.length, `${compared} rows`);
});

/* --- both ways -------------------------------------------------------------------------------------- */

const addressOf = (row, thing) => row.replace(/^\w+ /, '').replace(/:sub\b/, 'acme').replace(':id', thing.id)
	.replace(':subscription', thing.subscription).replace(':token', thing.token);

async function byPage(act, thing, { fields }) {
	return (await as(act.as ?? 'admin')).post(addressOf(act.page, thing), fields);
}

function byApi(act, thing, { body, version }) {
	const guard = version ?? (thing.version && `"${thing.version}"`);

	return PROGRAMS[act.as ?? 'admin'].send(act.api.split(' ')[0], addressOf(act.api, thing), { body, version: guard });
}

/* The audit entries of a request, the thing's own name and id left out. */
const entriesOf = (answer, thing) => sql(`SELECT chain, actor, address, action, object_id, object, fields FROM audit
	WHERE request = ${quote(answer.header('x-request-id'))} ORDER BY chain, seq`)
	.map((row) => row.map((cell) => [thing.name, thing.login, thing.slug, thing.renamed].includes(cell) ? 'NAME'
		: /^flow /.test(thing.name) && cell ? cell.replaceAll(thing.name, 'NAME') : cell))
	.map((row) => row.map((cell) => (thing.names ?? []).reduce((text, name) => text.replaceAll(name, 'NAME'), cell)))
	.map(([chain, actor, address, action, , ...rest]) => [thing.slug ? chain.replace(/\d+/, 'ID') : chain, actor, address, action, ...rest]);

for (const act of ACTS) {
	test(`${act.api}: does what ${act.page} does`, async () => {
		const things = [await act.thing(), null];
		const one = await byPage(act, things[0], act.good(things[0]));
		const left = act.state(things[0]);
		things[1] = await act.thing();
		const two = await byApi(act, things[1], act.good(things[1]));

		assert.equal(one.status, act.shown ?? 303, `${act.page}: ${errorsOf(one).join(' | ')}`);
		assert.ok([200, 201, 204].includes(two.status), `${act.api}: ${two.status} ${two.text}`);
		assert.deepEqual(act.state(things[1]), left, 'the same rows');
		const entries = entriesOf(one, things[0]);
		assert.ok(entries.length >= 1, 'the page left an entry');
		assert.deepEqual(entriesOf(two, things[1]), entries, 'the same entry');
		if (two.status === 201 && two.location)
			assert.equal((await PROGRAMS[act.as ?? 'admin'].get(two.location)).text, two.text, 'Location leads to what was answered');
		if (act.api.startsWith('DELETE'))
			assert.deepEqual([two.status, two.bytes.length], [204, 0]);
	});
}

/* Sentences beside fields and above the form, as a reader sees them. */
const sentencesOf = (answer) => errorsOf(answer).map((text) => text.replace(/\s+/g, ' '));
const folded = (text) => text.replace(/\s+/g, ' ').trim();

for (const act of ACTS.filter(({ bad }) => bad.length)) {
	test(`${act.api}: refuses what ${act.page} refuses, in the same words`, async () => {
		for (const [k, bad] of act.bad.entries()) {
			const thing = await act.thing();
			const untouched = act.state(thing);
			const one = await byPage(act, thing, bad(thing)), two = await byApi(act, thing, bad(thing));
			const what = `${act.api}, ${k}`;

			assert.ok(one.status >= 400, `${what}: the page refuses`);
			assert.equal(two.status, one.status === 409 && two.status === 412 ? 412 : one.status, `${what}: ${two.text}`);
			assert.equal(two.header('content-type'), 'application/problem+json');
			const problem = JSON.parse(two.text);
			const messages = (problem.errors ?? []).map(({ message }) => folded(message));
			const page = textOf(one.text);
			for (const message of messages)
				assert.ok(page.includes(message), `${what}: the page says, too: ${message}`);
			if (one.status === 422) {
				assert.ok(messages.length > 0 || page.includes(problem.detail), `${what}: ${two.text}`);
				for (const sentence of sentencesOf(one).filter((text) => !/^(Nothing is saved yet|No token is made)/.test(text)))
					assert.ok([...messages, problem.detail].some((text) => sentence.startsWith(text)), `${what}: the API says, too: ${sentence}`);
			}
			assert.deepEqual(act.state(thing), untouched, `${what}: nothing was changed`);
			assert.deepEqual(entriesOf(two, thing), entriesOf(one, thing), `${what}: the same entries`);
		}
	});
}

/* --- tokens ----------------------------------------------------------------------------------------- */

const me = (one) => one.get('/api/v1/account');

test('who asks: the token alone says it', async () => {
	const nobody = await new Program().get(LIST);

	assert.equal(nobody.status, 401);
	assert.equal(nobody.header('www-authenticate'), 'Bearer realm="Signet"');
	assert.equal(JSON.parse(nobody.text).status, 401);
	for (const method of ['GET', 'POST'])
		assert.equal((await admin.send(method, LIST, { headers: { 'Content-Type': 'application/json' }, body: method === 'POST' ? '{}' : undefined }))
			.status, 401, 'a session is not enough');
	const page = await new Visitor().get('/account', { headers: { Authorization: `Bearer ${program.token}` } });
	assert.equal(page.location, '/login?next=/account', 'a token opens no page');
	for (const header of [`bearer ${program.token}`, `Bearer   ${program.token} `])
		assert.equal((await new Program().get(LIST, { headers: { Authorization: header } })).status, 200, header);
	for (const header of [program.token, `Basic ${program.token}`, `Bearer ${program.token}x`, `Bearer ${program.token.slice(0, -1)}`,
		`Bearer x${program.token}`, `Bearer ${program.token.slice(4)}`, 'Bearer', 'Bearer ', `Bearer ${program.token} ${program.token}`,
		`Bearer sgp_${'A'.repeat(43)}`, `Bearer ${program.token.toUpperCase()}`])
		assert.equal((await new Program().get(LIST, { headers: { Authorization: header } })).status, 401, header);
	assert.equal((await new Program().get(`${LIST}?access_token=${program.token}`)).status, 401, 'nor in an address');
});

test('scopes: read reads, write writes, workflow does neither', async () => {
	const body = { name: newName() };

	for (const [scopes, reads, writes] of [[['read'], 200, 403], [['write'], 403, 422], [['workflow'], 403, 403], [['read', 'write'], 200, 422]]) {
		const one = await Program.of(admin, scopes);
		const read = await one.get(LIST), write = await one.post(LIST, body);
		assert.deepEqual([read.status, write.status], [reads, writes], scopes.join());
		assert.equal((await one.send('HEAD', LIST)).status, reads);
		for (const answer of [read, write].filter(({ status }) => status === 403))
			assert.match(JSON.parse(answer.text).detail, /scope "(read|write)"/);
	}
	for (const method of ['GET', 'POST'])
		assert.ok(sql(`SELECT 1 FROM audit WHERE action = 'denied' AND actor = 'admin' AND object = ${quote(LIST)} AND
			fields = ${quote(method)}`).length > 0, `a refused ${method} is in the trail`);
});

test('a token is shown once, kept as a hash, and gone when it is revoked or the account disabled', async () => {
	const one = await Program.of(admin);
	const id = tokenId(one);
	const shown = [(await admin.get('/account/tokens')).text, (await program.get('/api/v1/account/tokens')).text];

	for (const text of shown)
		assert.ok(!text.includes(one.token) && text.includes('flow '));
	const stored = sqlValue(`SELECT HEX(token_hash) FROM access_token WHERE id = ${id}`);
	assert.equal(stored.length, 64);
	for (const form of formsOf(one.token))
		assert.ok(!Buffer.from(stored, 'hex').includes(form));
	assert.equal((await me(one)).status, 200);
	assert.equal((await admin.post(`/account/tokens/${id}/delete`)).status, 303);
	assert.equal((await me(one)).status, 401, 'the next request');

	const login = 'flow-api';
	const other = await Program.of(await new Visitor().signIn(login, person(login)));
	assert.equal(JSON.parse((await me(other)).text).login, login);
	sql(`UPDATE account SET disabled_at = 1 WHERE login = ${quote(login)}`);
	assert.equal((await me(other)).status, 401);
	sql(`UPDATE account SET disabled_at = NULL WHERE login = ${quote(login)}`);
	sql(`UPDATE access_token SET expires_at = UNIX_TIMESTAMP() WHERE id = ${tokenId(other)}`);
	assert.equal((await me(other)).status, 401, 'it has ended');
});

test('last use is noted, once a minute', async () => {
	const one = await Program.of(admin);
	const seen = () => sql(`SELECT seen_at, seen_address FROM access_token WHERE id = ${tokenId(one)}`)[0];

	assert.deepEqual(seen(), ['0', '']);
	await me(one);
	assert.equal(seen()[1], '127.0.0.1');
	sql(`UPDATE access_token SET seen_at = seen_at - 30 WHERE id = ${tokenId(one)}`);
	const [before] = seen();
	await me(one);
	assert.equal(seen()[0], before);
	sql(`UPDATE access_token SET seen_at = seen_at - 40 WHERE id = ${tokenId(one)}`);
	await me(one);
	assert.ok(Number(seen()[0]) > Number(before));
});

test('a role taken counts for tokens at once', async () => {
	const login = 'flow-api';

	roleGive(login, 'acme', 2);
	sql(`UPDATE subscription SET revision = revision + 1 WHERE slug = 'acme'`);
	const one = await Program.of(await new Visitor().signIn(login, person(login)));
	assert.equal((await one.get(LIST)).status, 200);
	roleTake(login);
	assert.equal((await one.get(LIST)).status, 404);
});

test('rights need a confirmation for that token', async () => {
	const one = await Program.of(admin), login = 'flow-api';
	const give = () => one.post('/api/v1/s/acme/people', { login, role: 'member' });

	person(login);
	throttleClear();
	const refused = await give();
	assert.deepEqual([refused.status, JSON.parse(refused.text).type], [403, 'urn:signet:confirmation-needed']);
	assert.equal((await one.post('/api/v1/account/tokens', { name: newName(), read: true })).status, 403);
	const wrong = await one.post('/api/v1/confirm', { password: 'not the password' });
	assert.deepEqual([wrong.status, JSON.parse(wrong.text).errors[0].field], [422, 'password']);
	assert.equal((await give()).status, 403);
	assert.equal((await one.post('/api/v1/confirm', { password: passwordOf('admin') })).status, 204);
	assert.equal((await give()).status, 201);
	roleTake(login);
	throttleClear();
});

/* --- versions, names, pages -------------------------------------------------------------------------- */

test('a change names the version that it changes', async () => {
	const id = await add(admin, 'jenkins', jenkins());
	const at = `${LIST}/${id}`;
	const read = await program.get(at);
	const body = JSON.parse(read.text);

	assert.equal(read.header('etag'), '"1"');
	assert.equal(body.version, 1);
	body.values.username = 'somebody else';
	for (const version of [undefined, '', ' '])
		assert.equal((await program.send('PUT', at, { body, version })).status, 428, `If-Match ${version}`);
	for (const version of ['*', '1', 'W/"1"', '"0"', '"01"', '"-1"', '"2"', '"1", "2"', '"1', '""', '"9223372036854775808"'])
		assert.equal((await program.send('PUT', at, { body, version })).status, 412, `If-Match ${version}`);
	assert.equal((await program.send('DELETE', at)).status, 428);
	const boxes = boxesOf(id);
	const changed = await program.send('PUT', at, { body, version: '"1"' });
	assert.deepEqual([changed.status, changed.header('etag')], [200, '"2"']);
	assert.equal(JSON.parse(changed.text).values.username, 'somebody else', 'what was read can be sent back');
	assert.deepEqual(boxesOf(id), boxes, 'the secret stays as it was');
	assert.equal((await program.send('PUT', at, { body, version: '"1"' })).status, 412);
	assert.equal((await program.send('DELETE', at, { version: '"1"' })).status, 412);
	assert.equal((await program.put(at, { ...body, type: 'slackKey' })).status, 422, 'its type is fixed');
	assert.equal((await program.delete(at)).status, 204);
	assert.equal((await program.get(at)).status, 404);
});

test('people, projects and settings: their tag guards a change as "was" does', async () => {
	const at = '/api/v1/s/acme/projects';
	const made = await program.post(at, { name: 'flow tag; "100 %" ü' });
	const one = made.header('location');
	const tag = made.header('etag');

	assert.match(tag, /^"was:[!#-~]+"$/);
	for (const version of ['"1"', '*', 'was:x', '"was:%"', `W/${tag}`, '"was:another"'])
		assert.equal((await program.send('PUT', one, { body: { name: 'flow tag 2' }, version })).status, 412, version);
	const renamed = await program.send('PUT', one, { body: { name: 'flow tag 2' }, version: tag });
	assert.deepEqual([renamed.status, JSON.parse(renamed.text).name], [200, 'flow tag 2']);
	assert.notEqual(renamed.header('etag'), tag);
	assert.equal((await program.send('DELETE', one, { version: tag })).status, 412);
	assert.equal((await program.send('PUT', one, { body: { name: 'flow tag 3', was: 'flow tag' } })).status, 409, 'by "was"');
	assert.equal((await program.send('DELETE', one, { version: renamed.header('etag') })).status, 204);

	const settings = '/api/v1/s/acme/settings';
	const now = await program.get(settings);
	const { name, grace_days: days } = JSON.parse(now.text);
	const changed = await program.send('PUT', settings, { body: { name, grace_days: days + 1 }, version: now.header('etag') });
	assert.equal(changed.status, 200);
	assert.equal((await program.send('PUT', settings, { body: { name: 'flow', grace_days: days }, version: now.header('etag') })).status, 412);
	assert.equal((await program.send('PUT', settings, { body: { name, grace_days: days }, version: changed.header('etag') })).status, 200);

	const person = `/api/v1/s/acme/people/${accountId('member')}`;
	const admins = (await program.get(`/api/v1/s/acme/people/${accountId('admin')}`)).header('etag');
	for (const version of [admins, '"was:"'])
		assert.equal((await program.send('PUT', person, { body: { role: 'collaborator' }, version })).status, 412, version);
	assert.equal((await program.send('DELETE', person, { version: admins })).status, 412);
	assert.equal((await program.put(person, { role: 'member' })).status, 200);
});

test('of two changes of one version one wins', async () => {
	const id = await add(admin, 'jenkins', jenkins());
	const at = `${LIST}/${id}`;
	const body = JSON.parse((await program.get(at)).text);
	const answers = await Promise.all([1, 2, 3, 4].map((k) => program.send('PUT', at,
		{ body: { ...body, values: { username: `user ${k}` } }, version: '"1"' })));

	assert.deepEqual(answers.map(({ status }) => status).sort(), [200, 412, 412, 412]);
});

test('secrets go in and never come out; null removes an optional one', async () => {
	const secret = newSecret().slice(0, 40), name = newName();
	const made = await program.post(LIST, { type: 'keyValuePair', name, pairs: { envs: [{ key: 'A', value: secret }, { key: 'B', value: 'b' }] } });

	assert.equal(made.status, 201, made.text);
	const at = made.location;
	const body = JSON.parse(made.text);
	assert.deepEqual(body.pairs, { envs: [{ key: 'A' }, { key: 'B' }] });
	assert.deepEqual(body.sealed.map(({ field, key, sealed_by }) => [field, key, sealed_by]),
		[['envs', 'A', 'Admin of acme (admin)'], ['envs', 'B', 'Admin of acme (admin)']]);
	body.pairs.envs.pop();
	const changed = await program.put(at, body);
	assert.equal(changed.status, 200, changed.text);
	const bad = await program.put(at, { ...body, name: '', pairs: { envs: [{ key: '', value: secret }] } });
	assert.deepEqual(JSON.parse(bad.text).errors.map(({ field }) => field).sort(), ['name', 'pairs.envs[0].key']);
	for (const answer of [made, changed, bad, await program.get(at), await program.get(`${LIST}?name=${encodeURIComponent(name)}`)])
		for (const form of formsOf(secret))
			assert.ok(!answer.text.includes(form));
	const hook = await program.post(LIST, { type: 'webhookV2', name: newName(),
		secrets: { webhookURL: 'https://h.example/x', authorization: 'Bearer x' } });
	const sealed = (answer) => JSON.parse(answer.text).sealed.map(({ field }) => field).sort();
	assert.deepEqual(sealed(hook), ['authorization', 'webhookURL'], hook.text);
	const removed = await program.put(hook.location, { ...JSON.parse(hook.text), secrets: { authorization: null } });
	assert.deepEqual(sealed(removed), ['webhookURL'], removed.text);
});

test('an integration by its name, exactly', async () => {
	const ids = async (query, who = program) => JSON.parse((await who.get(`${LIST}?${query}`)).text).integrations.map(({ name }) => name);
	const collaborator = await Program.of(await as('collaborator'));

	assert.deepEqual(await ids('name=docker%20hub'), ['docker hub']);
	for (const name of ['docker', 'DOCKER HUB', 'docker hub ', '%', '', 'portal-registry'])
		assert.deepEqual(await ids(`name=${encodeURIComponent(name)}`), [], name);
	assert.deepEqual(await ids('name=aws-prod', collaborator), [], 'not visible, not found');
	assert.deepEqual(await ids('name=build-flags', collaborator), ['build-flags']);
});

test('lists are read page by page, along next', async () => {
	const names = Array.from({ length: 60 }, (_, k) => `flow page ${String(k).padStart(2, '0')} é&=%`);
	const id = sqlValue(`SELECT id FROM subscription WHERE slug = 'acme'`);

	sql(names.map((name, k) => `INSERT INTO integration (uid, subscription_id, name, type, url, all_projects, edit_roles, created_at, changed_at)
		VALUES (UNHEX(LPAD(HEX(${k + 1000000}), 32, '0')), ${id}, ${quote(name)}, 'jenkins', '', 1, 6, 1, 1)`).join(';'));
	sql(`UPDATE subscription SET revision = revision + 1 WHERE slug = 'acme'`);
	const seen = [];
	let pages = 0;
	for (let at = LIST; at; pages++) {
		const answer = JSON.parse((await program.get(at)).text);
		seen.push(...answer.integrations.map(({ name }) => name));
		at = answer.next;
		assert.equal(answer.total, Number(sqlValue(`SELECT COUNT(*) FROM integration WHERE subscription_id = ${id}`)));
	}
	assert.deepEqual(seen, [...new Set(seen)]);
	assert.deepEqual(seen.filter((name) => name.startsWith('flow page')), names);
	assert.equal(pages, Math.ceil(seen.length / 50));
});

/* --- requests that make no sense ---------------------------------------------------------------------- */

test('JSON is read strictly', async () => {
	const post = (body, headers) => program.post(LIST, body, { headers });
	const detail = (answer) => JSON.parse(answer.text).detail;

	for (const [body, status, pattern] of [['{', 400, /not JSON/], ['[]', 400, /object/], ['{"a":1,"a":2}', 400, /twice/],
		['{"name":"\\ud800"}', 400, /./], ['{"name":"a\\u0000"}', 400, /U\+0000/], ['['.repeat(50000), 400, /deep/], ['null', 400, /./],
		[`{"projects":[${'1,'.repeat(5000)}1]}`, 413, /too large/], ['{"type":"jenkins","projects":[1.5]}', 422, /./], ['', 422, /./]]) {
		const answer = await post(body);
		assert.equal(answer.status, status, body.slice(0, 40));
		assert.match(detail(answer), pattern);
		assert.equal(answer.header('content-type'), 'application/problem+json');
	}
	for (const type of ['text/plain', 'application/x-www-form-urlencoded', 'application/json; charset=latin1', 'application/jsonx'])
		assert.equal((await post('{}', { 'Content-Type': type })).status, 415, type);
	for (const type of ['APPLICATION/JSON', 'application/json; charset=UTF-8', 'application/json;charset=utf-8'])
		assert.equal((await post('{}', { 'Content-Type': type })).status, 422, type);
	const secret = newSecret();
	const wrong = await post(`{"name":"${secret}","secrets":{"password":"${secret}"},}`);
	assert.ok(!wrong.text.includes(secret), 'a fault repeats nothing');
	const chunked = await raw(`POST ${LIST} HTTP/1.1\r\nHost: ${HOST}\r\nAuthorization: Bearer ${program.token}\r\n` +
		'Content-Type: application/json\r\nTransfer-Encoding: chunked\r\nConnection: close\r\n\r\n2\r\n{}\r\n0\r\n\r\n');
	assert.equal(chunked.status, 422, 'it is read like any other');
});

test('every answer is JSON, and says nothing to browsers', async () => {
	for (const [method, at, status] of [['GET', '/api/v1/', 404], ['GET', '/api/v1', 404], ['GET', '/api/v1/nothing', 404], ['PATCH', LIST, 405],
		['GET', LIST, 200], ['GET', '/api/v1/types', 200], ['GET', `${LIST}/new`, 404], ['GET', '/api/v1/login', 404]]) {
		const answer = await program.send(method, at);
		assert.equal(answer.status, status, `${method} ${at}`);
		assert.match(answer.header('content-type'), status === 200 ? /^application\/json$/ : /^application\/problem\+json$/);
		assert.equal(answer.header('cache-control'), 'no-store');
		assert.equal(answer.header('access-control-allow-origin'), undefined);
		const body = JSON.parse(answer.text);
		if (status !== 200)
			assert.deepEqual([body.status, body.instance], [status, answer.header('x-request-id')]);
	}
	const options = await program.send('OPTIONS', `${LIST}/1`);
	assert.deepEqual([options.status, options.header('allow'), options.bytes.length], [204, 'GET, HEAD, PUT, DELETE, OPTIONS', 0]);
});

test('every GET row answers what it has as JSON', async () => {
	const id = sqlValue(`SELECT id FROM integration WHERE name = 'jenkins-prod'`);
	const at = { integrations: id, people: accountId('member'), accounts: accountId('member'), projects: sqlValue(`SELECT id FROM project WHERE name = 'web'`) };
	const site = await Program.of(await as('siteadmin'));
	const own = await add(admin, 'jenkins', jenkins(), null);
	const acme = sqlValue(`SELECT id FROM subscription WHERE slug = 'acme'`), bound = boundMake('member');

	/* but for the diffs of a rename: rename_git.test.mjs */
	for (const row of TABLE.filter((one) => isApi(one) && !changes(one) && !one.pattern.endsWith('/rename/diff'))) {
		const uri = row.pattern.replace('integrations/:id/rebind', `integrations/${bound}/rebind`).replace('v1/integrations/:id', `v1/integrations/${own}`).replace(/:sub\b/, 'acme').replace(':subscription', acme).replace(/(\w+)\/:id/, (all, noun) => `${noun}/${at[noun] ?? 1}`);
		const answer = await (row.permission === 'site admin' ? site : program).get(uri);
		assert.equal(answer.status, 200, `${uri}: ${answer.text}`);
		assert.equal(typeof JSON.parse(answer.text), 'object');
	}
});

test('deploy/API.md names each row and member', () => {
	const text = readFileSync(path.join(ROOT, 'deploy/API.md'), 'utf8');
	const rows = new Map(text.split('\n').map((line) => /^\| (GET|POST|PUT|DELETE) \| `([^`]+)` \|(.*)\|$/.exec(line)).filter(Boolean)
		.map(([, method, pattern, rest]) => [`${method} /api/v1${pattern}`, rest]));

	assert.deepEqual([...rows.keys()].sort(), TABLE.filter(isApi).map(keyOf).sort());
	for (const row of TABLE.filter(isApi))
		for (const member of row.members)
			assert.ok(rows.get(keyOf(row)).includes(`\`${member}\``), `${keyOf(row)}: ${member}`);
});

/* --- what the README shows ----------------------------------------------------------------------------- */

test('the calls of the README work as written', async () => {
	const text = readFileSync(path.join(ROOT, 'README.md'), 'utf8');
	const section = /\n## API\n(.*?)\n## /s.exec(text)[1];
	const commands = section.match(/(?:^ {4}.*\n)+/gm).flatMap((block) => block.replace(/^ {4}/gm, '').replace(/\\\n/g, ' ')
		.trim().split('\n')).filter((line) => line.startsWith('curl '));

	assert.ok(commands.length >= 5, `${commands.length} commands`);
	let id;
	for (const command of commands) {
		const out = execFileSync('bash', ['-euo', 'pipefail', '-c', command.replace(/^curl/, 'curl -sS --fail-with-body')
			.replace(/\/ID"/, `/${id}"`)], { env: { ...process.env, SIGNET: BASE, TOKEN: program.token }, encoding: 'utf8' });
		assert.ok(out === '' || JSON.parse(out), command);
		id = out && (JSON.parse(out).id ?? id);
	}
	cleanUp();
});
