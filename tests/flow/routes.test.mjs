/* Every row of the route table, asked by everybody: routes.md says who gets what. A row that is new needs
 * its lines there. */
import { after, before, test } from 'node:test';
import assert from 'node:assert/strict';

import { passwordOf, quote, sql, sqlValue } from './lib/stack.mjs';
import { HOST, Visitor, as, raw } from './lib/client.mjs';
import { textOf } from './lib/html.mjs';
import { boundMake } from './lib/binding.mjs';
import { add, cleanUp, fill, jenkins, newForm, projectId } from './lib/integration.mjs';
import { collaboratorGive, person, roleGive, roleTake } from './lib/people.mjs';
import { keyOf, routesOfPage, routesOfProgram } from './lib/routes.mjs';
import { statementsOf } from './lib/statements.mjs';
import { Program, tokenId } from './lib/program.mjs';

const PAGE = routesOfPage();
const TABLE = routesOfProgram();
const SUB = 'acme', NO_SUB = 'acmf';
const OUTSIDERS = ['site admin', 'foreign admin'];

const VISITORS = {}, PROGRAMS = {};
/* What the page's column "about" means: the parts of the address that it stands for. */
const here = {};

/* An integration for the project "web" that these may edit, beside the admins. */
async function addFor(roles) {
	const form = fill(await newForm(await as('admin'), 'jenkins'), jenkins());

	form.tick('scope', 'some');
	form.tick('project', sqlValue(`SELECT p.id FROM project p JOIN subscription s ON s.id = p.subscription_id
		WHERE s.slug = ${quote(SUB)} AND p.name = 'web'`));
	for (const role of ['member', 'collaborator'])
		form.tick(`role_${role}`, undefined, roles.includes(role));
	const answer = await (await as('admin')).submit(form);
	assert.equal(answer.status, 303);
	return { id: /\/(\d+)$/.exec(answer.location)[1] };
}

async function visitorsMake() {
	const accounts = { 'foreign admin': 'flow-foreign', out: 'flow-out' };
	const passwords = Object.fromEntries(Object.values(accounts).map((login) => [login, person(login)]));

	roleGive('flow-foreign', 'globex', 3);
	roleGive('flow-out', SUB, 1);
	collaboratorGive('flow-out', SUB, 'docs');
	VISITORS.nobody = new Visitor();
	for (const [who, login] of Object.entries({ 'site admin': 'siteadmin', in: 'collaborator', member: 'member', admin: 'admin' }))
		VISITORS[who] = await as(login);
	for (const [who, login] of Object.entries(accounts))
		VISITORS[who] = await new Visitor().signIn(login, passwords[login]);
	for (const [who, visitor] of Object.entries(VISITORS)) {
		PROGRAMS[who] = who === 'nobody' ? new Program() : await Program.of(visitor, ['read', 'write', 'workflow']);
		if (who !== 'nobody')
			await PROGRAMS[who].confirm(passwords[accounts[who]] ?? passwordOf(visitor.login));
	}
}

/* Rows over all that the requests below could change. */
const COUNTS = sql(`SELECT TABLE_NAME, GROUP_CONCAT(COLUMN_NAME) FROM information_schema.COLUMNS
	WHERE TABLE_SCHEMA = DATABASE() AND TABLE_NAME NOT IN ('session', 'throttle', 'access_token', 'audit', 'audit_head') GROUP BY TABLE_NAME`)
	.map(([table, columns]) => `SELECT '${table}', COUNT(*), BIT_XOR(CRC32(CONCAT_WS('|', ${columns}))) FROM ${table}`)
	.join(' UNION ALL ');
const counts = () => sql(COUNTS).map((row) => row.join(' '));
let state;

/* Of another subscription, with ids of which there is none of nines that is anybody's. */
const FAR = '500001';
function farMake() {
	sql(`INSERT IGNORE INTO account (id, uid, login, name, created_at) VALUES (${FAR}, RANDOM_BYTES(16), 'flow-far', 'Far', 0);
		INSERT IGNORE INTO project (id, subscription_id, name, created_at) SELECT ${FAR}, id, 'flow far', 0 FROM subscription
			WHERE slug = 'globex'`);
	roleGive('flow-far', 'globex', 2);
}
function farRemove() {
	roleTake('flow-far');
	sql(`DELETE FROM sync_token WHERE name = 'flow far'; DELETE FROM project WHERE id = ${FAR}; DELETE FROM account WHERE id = ${FAR}`);
}

/* A sync token that nobody has; its id. */
function syncTokenMake(project) {
	sql(`INSERT INTO sync_token (subscription_id, project_id, token_hash, name, created_at, created_by, expires_at)
		SELECT p.subscription_id, p.id, RANDOM_BYTES(32), 'flow far', 0, a.id, 1 FROM project p, account a
		WHERE p.id = ${project} AND a.login = 'admin' ON DUPLICATE KEY UPDATE expires_at = 1`);
	return sqlValue(`SELECT id FROM sync_token WHERE project_id = ${project} AND name = 'flow far'`);
}

const subscriptionId = (slug) => sqlValue(`SELECT id FROM subscription WHERE slug = ${quote(slug)}`);

before(async () => {
	await visitorsMake();
	farMake();
	here[''] = {};
	here['all edit'] = await addFor(['member', 'collaborator']);
	here['members edit'] = await addFor(['member']);
	here['admins edit'] = await addFor([]);
	here.foreign = { id: String(await add(await as('member'), 'jenkins', jenkins(), 'globex')) };
	here.bound = { id: boundMake('member') };
	here.none = { id: '999999999' };
	here["admin's own"] = { id: String(await add(await as('admin'), 'jenkins', jenkins(), null)), subscription: subscriptionId(SUB) };
	here["another's own"] = { id: String(await add(await new Visitor().signIn('flow-own', person('flow-own')), 'jenkins', jenkins(), null)),
		subscription: subscriptionId(SUB) };
	here['the subscription'] = { id: subscriptionId(SUB) };
	here['a member'] = { id: sqlValue(`SELECT id FROM account WHERE login = 'member'`) };
	here['foreign account'] = { id: FAR };
	here['project web'] = { id: projectId(SUB, 'web') };
	here['foreign project'] = { id: FAR };
	here['foreign token'] = { id: FAR, token: syncTokenMake(FAR) };
	here["another's token"] = { id: tokenId(await Program.of(await new Visitor().signIn('flow-token', person('flow-token')))) };
	state = counts();
});
after(() => {
	cleanUp();
	farRemove();
	for (const login of ['flow-foreign', 'flow-out'])
		roleTake(login);
});

test('each row of the table is on the page, and nothing else', () => {
	const program = new Set(TABLE.map(keyOf)), page = new Set(PAGE.rows.map(keyOf));

	assert.ok(program.size >= 17, `read ${program.size} rows`);
	assert.deepEqual([...program].filter((row) => !page.has(row)), [], 'rows that routes.md lacks');
	assert.deepEqual([...page].filter((row) => !program.has(row)), [], 'rows of routes.md that are no more');
});

test('the page is sound: known answers, and what is about a thing of another subscription is there', () => {
	for (const row of PAGE.rows) {
		const what = `${keyOf(row)} (${row.about})`;
		for (const [who, answer] of Object.entries(row.expect))
			assert.ok(PAGE.answers.includes(answer), `${what}: ${who}: ${answer}`);
		assert.ok(here[row.about], `${what}: the test knows what that is`);
	}
	for (const { method, pattern } of TABLE)
		if (/:sub\/.*:/.test(pattern))
			assert.ok(PAGE.rows.some((row) => keyOf(row) === `${method} ${pattern}` && /^foreign/.test(row.about)),
				`${method} ${pattern} is asked for another subscription's`);
});

const PLACE = /:(\w+)/g;
const addressOf = (row, sub, parts) => row.pattern.replace(PLACE, (all, name) => (name === 'sub' ? sub : parts[name]));

/* The same address with an id of the same length that never was; another subscription for those who have
 * no role in this one. */
function neverOf(row, who) {
	const parts = Object.fromEntries(Object.entries(here[row.about]).map(([name, value]) =>
		[name, /^\d+$/.test(value) ? '9'.repeat(value.length) : value.replace(/./g, 'z')]));

	return addressOf(row, OUTSIDERS.includes(who) ? NO_SUB : SUB, parts);
}

async function csrfOf(who) {
	if (who !== 'nobody')
		return VISITORS[who].csrf();
	return /name="csrf" value="([^"]+)"/.exec((await VISITORS.nobody.get('/login')).text)[1];
}

const isApi = (row) => row.pattern.startsWith('/api/');

/* `method`: another than the row's. */
async function send(row, who, uri, method = row.method) {
	if (isApi(row)) {
		const [, version, body] = /^(?:If-Match ("\d+"): ?)?(.*)$/.exec(row.sent);
		return PROGRAMS[who].send(method, uri, { body: body || undefined, version });
	}
	if (method === 'HEAD')
		return VISITORS[who].send('HEAD', uri);
	if (row.method === 'GET')
		return VISITORS[who].get(uri);
	return VISITORS[who].post(uri, [...new URLSearchParams(row.sent), ['csrf', await csrfOf(who)]]);
}

function answerName(answer) {
	if (answer.status === 303 && answer.location.startsWith('/login?next='))
		return 'login';
	if (answer.status === 200 && (/are for those who may edit it/.test(textOf(answer.text)) ||
		/^\{[^[]*"may_edit":false/.test(answer.text)))
		return 'closed';
	return String(answer.status);
}

function isNoted(answer, uri, who) {
	const id = quote(answer.header('x-request-id')), rows = sql(`SELECT object, address FROM audit WHERE request = ${id}`);

	/* the same refusal a moment ago, by another test with this account, was noted for this one, too */
	if (rows.length === 0)
		rows.push(...sql(`SELECT DISTINCT object, address FROM audit WHERE action = 'denied' AND object = ${quote(uri)} AND
			at > UNIX_TIMESTAMP() - 61 AND actor_id = (SELECT actor_id FROM audit WHERE action = 'session.create' AND
			actor = ${quote(VISITORS[who].login)} ORDER BY at DESC LIMIT 1)`));
	assert.deepEqual(rows, [[uri, '127.0.0.1']], `${who}: a refusal leaves one entry`);
}

/* The answer without what differs each time; after so many requests nginx closes the connection, whatever they were. */
function bare(answer) {
	const id = answer.header('x-request-id');

	return [answer.status, answer.headers.filter(([name]) => !['date', 'connection'].includes(name)).map((h) => h.join(': ')),
		answer.text].flat().join('\n').replaceAll(id, 'ID');
}

async function isAsIfNever(row, who, uri) {
	const never = neverOf(row, who);

	let takes, wantedTakes;
	/* what a worker keeps of its visitors costs the first who comes a statement: each is asked in turn */
	for (let round = 0; round < 8 && (round === 0 || takes.join() !== wantedTakes.join()); round++) {
		const [wanted, wantedStatements] = await statementsOf(() => send(row, who, never));
		const [found, statements] = await statementsOf(() => send(row, who, uri));
		assert.equal(bare(found).replaceAll(uri, never), bare(wanted), `${who}: ${uri} looks like ${never}`);
		assert.ok(statements.length > 0, 'the database was asked');
		[takes, wantedTakes] = [statements, wantedStatements];
	}
	assert.deepEqual(takes, wantedTakes, `${who}: ${uri} takes what ${never} takes`);
}

test('another method is 405 and says which would do; OPTIONS and nonsense as well', async () => {
	const methods = {};

	for (const { method, pattern } of TABLE)
		(methods[pattern] ??= []).push(...(method === 'GET' ? ['GET', 'HEAD'] : [method]));
	for (const [pattern, known] of Object.entries(methods)) {
		const uri = pattern.replace(PLACE, '1');
		for (const method of ['GET', 'POST', 'PUT', 'DELETE', 'PATCH', 'OPTIONS', 'PROPFIND']) {
			if (known.includes(method) || (method === 'OPTIONS' && pattern.startsWith('/api/')))
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
		.matchAll(/<td><a href="integrations[^>]*>([^<]+)</g)].map(([, name]) => name);
	const all = (slug) => sql(`SELECT i.name FROM integration i JOIN subscription s ON s.id = i.subscription_id
		WHERE s.slug = ${quote(slug)} ORDER BY i.name`).flat();
	const forAll = sql(`SELECT i.name FROM integration i JOIN subscription s ON s.id = i.subscription_id
		WHERE s.slug = 'acme' AND i.all_projects = 1`).flat();

	for (const [who, missing] of [['admin', []], ['member', []], ['in', ['aws-prod', 'gitlab-mirror', 'signing-cert']]])
		assert.deepEqual(await names(who, SUB), all(SUB).filter((name) => !missing.includes(name)), who);
	assert.deepEqual(await names('out', SUB), all(SUB).filter((name) => forAll.includes(name) ||
		['gitlab-mirror', 'release-hook'].includes(name)), 'out');
	assert.deepEqual(await names('foreign admin', 'globex'), all('globex'));
});

test('those who may not edit see no URL, no value and no pencil', async () => {
	const open = here['all edit'].id, shut = here['members edit'].id;
	const list = (await VISITORS.in.get('/s/acme/integrations')).text;
	const page = (await VISITORS.in.get(`/s/acme/integrations/${shut}`)).text;

	assert.ok(list.includes('jenkins-prod'));
	for (const text of [list, page]) {
		assert.ok(!text.includes('https://ci.acme.example'));
		assert.ok(!text.includes(`integrations/${shut}/edit`));
	}
	assert.ok(!page.includes('ci.one.example'));
	assert.ok(list.includes(`"integrations/${open}/edit"`), 'their own pencils are there');
});

/* Signing out comes last: it ends the sessions of all. */
for (const row of PAGE.rows) {
	test(`${keyOf(row)}${row.about && ` (${row.about})`}`, async () => {
		for (const who of PAGE.visitors) {
			const uri = addressOf(row, SUB, here[row.about]);
			const answer = await send(row, who, uri);
			assert.equal(answerName(answer), row.expect[who], `${who}: ${row.method} ${uri}`);
			if (answer.status === 403)
				isNoted(answer, uri, who);
			if (answer.status === 404 && row.about !== 'none')
				await isAsIfNever(row, who, uri);
			if (row.method === 'GET' && row.expect[who] !== 'login') {
				const head = await send(row, who, uri, 'HEAD');
				assert.equal(head.status, answer.status, `HEAD ${uri}`);
				assert.equal(head.bytes.length, 0);
			}
		}
		assert.deepEqual(counts(), state, 'nothing was changed');
	});
}
