/* How often workflow files name an integration: in lists, after each sync and whichever worker answers, as filters of the
 * page and of programs, and by the counts that the database keeps. */
import { after, afterEach, before, beforeEach, test } from 'node:test';
import assert from 'node:assert/strict';

import { sql, sqlValue, throttleClear } from './lib/stack.mjs';
import { Visitor } from './lib/client.mjs';
import { decode, says, textOf } from './lib/html.mjs';
import { add, jenkins, listPath } from './lib/integration.mjs';
import { bindingsClear, boundMake } from './lib/binding.mjs';
import { broken } from './lib/invariants.mjs';
import { collaboratorGive, person, raise, roleGive, roleTake, subscriptionMake, subscriptionRemove } from './lib/people.mjs';
import { Program } from './lib/program.mjs';

const SUB = 'flow-uses';
const PEOPLE = { boss: 3, mate: 2, help: 1 };
const VISITORS = {}, IDS = {};
const NAMES = ['hub', 'slack', 'secret one', 'never'];
let program, reader, earlier, projects;

before(async () => {
	throttleClear();
	subscriptionMake(SUB);
	for (const [name, role] of Object.entries(PEOPLE)) {
		const password = person(`flow-uses-${name}`);
		roleGive(`flow-uses-${name}`, SUB, role);
		VISITORS[name] = await new Visitor().signIn(`flow-uses-${name}`, password);
	}
	program = await Program.of(VISITORS.boss, ['workflow']);
	reader = await Program.of(VISITORS.boss, ['read']);
	for (const name of NAMES)
		IDS[name] = await add(VISITORS.boss, 'jenkins', jenkins({ name }), SUB);
	sql(`UPDATE integration SET edit_roles = 7 WHERE id = ${IDS.hub}; UPDATE integration SET edit_roles = 4 WHERE id = ${IDS['secret one']}`);
	raise();
	earlier = broken();
});
beforeEach(async () => {
	projects = {};
	for (const name of ['web', 'api']) {
		const answer = await VISITORS.boss.post(`/s/${SUB}/projects/new`, { name });
		projects[name] = Number(/\/(\d+)$/.exec(answer.location)[1]);
	}
	collaboratorGive('flow-uses-help', SUB, 'web');
	sql(`UPDATE integration i JOIN subscription s ON s.id = i.subscription_id SET i.used_at = 0, i.created_at = 1000000000
		WHERE s.slug = '${SUB}'`);
});
/* What is deleted as people do it leaves nothing counted. */
afterEach(async () => {
	sql(`DELETE FROM collaborator WHERE project_id = ${projects.web}`);
	raise();
	for (const id of Object.values(projects)) {
		const page = `/s/${SUB}/projects/${id}/delete`;
		assert.equal((await VISITORS.boss.submit(await VISITORS.boss.form(page))).status, 303);
	}
	assert.equal(sqlValue(`SELECT COUNT(*) FROM name_use u JOIN subscription s ON s.id = u.subscription_id WHERE s.slug = '${SUB}'`), '0');
	assert.deepEqual(broken(), earlier);
});
after(() => {
	subscriptionRemove(SUB, ...Object.keys(PEOPLE).map((name) => `flow-uses-${name}`));
	sql("DELETE FROM access_token WHERE name LIKE 'flow %'");
	throttleClear();
});

const job = (...names) => `jobs:\n${names.map((name) => `  - {name: build, type: runSh, integrations: [${JSON.stringify(name)}]}\n`).join('')}`;
const sync = async (project, ...names) => {
	const answer = await program.send('PUT', `/api/v1/s/${SUB}/projects/${projects[project]}/workflow?path=ci.yml`,
		{ body: job(...names), headers: { 'Content-Type': 'application/octet-stream' } });
	assert.equal(answer.status, 200, answer.text);
};
const gone = async (project) => assert.equal((await program.send('DELETE',
	`/api/v1/s/${SUB}/projects/${projects[project]}/workflow?path=ci.yml`)).status, 204);

/* {name: what its cell "Used in" says}; enough requests at once for each worker to have its turn, and all say the same. */
async function cells(query = '', who = 'boss') {
	const pages = await Promise.all(Array.from({ length: 16 }, () => VISITORS[who].get(`${listPath(SUB)}${query}`)));
	const all = pages.map(({ status, text }) => {
		assert.equal(status, 200);
		return Object.fromEntries([...text.matchAll(/<tr><td.*?<\/tr>/gs)].map(([row]) => {
			const [, , name, , , , used] = row.split('<td');
			return [decode(/<a href="[^"]*">([^<]*)</.exec(name)[1]), textOf(`<td${used}`).trim()];
		}));
	});
	all.forEach((one) => assert.deepEqual(one, all[0]));
	return all[0];
}
const listed = async (query, who) => Object.keys(await cells(query, who)).join();
/* The day on which the last place of any of them went. */
const today = () => new Date(Number(sqlValue(`SELECT MAX(i.used_at) FROM integration i JOIN subscription s ON s.id = i.subscription_id
	WHERE s.slug = '${SUB}'`)) * 1000).toISOString().slice(0, 10);

test('each sync shows in the list at once, whichever worker answers', async () => {
	const unused = Object.fromEntries(NAMES.map((name) => [name, 'unused']));

	assert.deepEqual(await cells(), unused);
	await sync('web', 'hub', 'hub', 'slack', '${X}', 'no such thing');
	assert.deepEqual(await cells(), { ...unused, hub: '2 places', slack: '1 place' });
	await sync('api', 'hub', 'secret one');
	assert.deepEqual(await cells(), { ...unused, hub: '3 places', slack: '1 place', 'secret one': '1 place' });
	await sync('web', 'slack');
	assert.deepEqual(await cells(), { ...unused, hub: '1 place', slack: '1 place', 'secret one': '1 place' });
	await gone('api');
	const day = `unused since ${today()}`;
	assert.deepEqual(await cells(), { hub: day, slack: '1 place', 'secret one': day, never: 'unused' });
	assert.deepEqual(broken(), earlier);
});

test('a sync that changes no count leaves what is kept of lists', async () => {
	const revision = () => sqlValue(`SELECT revision FROM subscription WHERE slug = '${SUB}'`);

	await sync('web', 'hub', 'slack');
	const before = revision();
	await sync('web', 'slack', 'hub');
	assert.equal(revision(), before);
	await sync('web', 'slack');
	assert.notEqual(revision(), before);
});

test('filters of the page: used, unused, not used since a day; they stay in the address', async () => {
	await sync('web', 'hub', 'slack');
	await sync('web', 'hub');
	assert.equal(await listed('?use=used'), 'hub');
	assert.equal(await listed('?use=unused'), 'never,secret one,slack');
	assert.equal(await listed(`?use=unused&since=${today()}`), 'never,secret one', 'one was used today');
	assert.equal(await listed('?use=unused&since=2001-09-09'), '', 'they were made that day');
	assert.equal(await listed('?use=unused&since=2001-09-10'), 'never,secret one');
	for (const query of ['?use=x', '?since=2001-09-09', '?use=&since=2001-09-09'])
		assert.equal(await listed(query), 'hub,never,secret one,slack', query);
	for (const since of ['', 'x', '2026-02-31', '1969-12-31', '0000-00-00', '99999-01-01', '2026-1-1', "'"])
		assert.equal(await listed(`?use=unused&since=${since}`), 'never,secret one,slack', since);
	assert.equal(await listed('?use=used&since=2001-09-09'), 'hub', 'a day narrows what is unused, nothing else');
	const page = await VISITORS.boss.get(`${listPath(SUB)}?use=unused&since=2031-01-01&type=jenkins&sort=changed`);
	for (const chosen of ['value="unused" selected', 'id="since" name="since" value="2031-01-01"'])
		assert.ok(page.text.includes(chosen), chosen);
	says(page, /3 of 3 that match, of 4 integrations/);
	says(await VISITORS.boss.get(`${listPath(SUB)}?use=unused&since=2001-01-01`), /No integration matches/);
});

test('pages of what is unused lead on with the filter', async () => {
	sql(`INSERT INTO integration (uid, subscription_id, name, type, url, all_projects, edit_roles, created_at, changed_at)
		SELECT RANDOM_BYTES(16), s.id, CONCAT('row ', LPAD(n.seq, 3, '0')), 'jenkins', '', 1, 6, 1000000000, 1 FROM subscription s
		JOIN seq_0_to_119 n WHERE s.slug = '${SUB}'`);
	raise();
	await sync('web', 'row 003', 'row 060');
	const seen = [];
	for (let query = '?use=unused&since=2020-01-01&q=row'; query;) {
		const { text } = await VISITORS.boss.get(`${listPath(SUB)}${query}`);
		seen.push(...[...text.matchAll(/<td><a href="integrations\/\d+">([^<]+)</g)].map(([, name]) => name));
		query = decode(/rel="next" href="(\?[^"]*)"/.exec(text)?.[1] ?? '');
	}
	assert.deepEqual(seen, Array.from({ length: 120 }, (_, k) => `row ${String(k).padStart(3, '0')}`).filter((name) => !/003|060/.test(name)));
	sql(`DELETE i FROM integration i JOIN subscription s ON s.id = i.subscription_id WHERE s.slug = '${SUB}' AND i.name LIKE 'row %'`);
	raise();
});

test('who may know: members of all, collaborators of what they may edit; also what they do not see is counted', async () => {
	await sync('web', 'hub', 'slack');
	await sync('api', 'hub', 'secret one');
	assert.deepEqual(await cells('', 'mate'), { hub: '2 places', never: 'unused', 'secret one': '1 place', slack: '1 place' });
	assert.deepEqual(await cells('', 'help'), { hub: '2 places', never: '—', 'secret one': '—', slack: '—' });
	assert.equal(await listed('?use=used', 'help'), 'hub');
	assert.equal(await listed('?use=unused', 'help'), '', 'nor does a filter tell');
	const links = async (who) => [...(await VISITORS[who].get(listPath(SUB))).text.matchAll(/integrations\/(\d+)\/uses/g)].map(([, id]) => Number(id));
	assert.deepEqual((await links('mate')).sort(), [IDS.hub, IDS.slack].sort(), 'a link for those who may edit');
	assert.deepEqual(await links('help'), [IDS.hub]);
	says(await VISITORS.help.get(`/s/${SUB}/integrations/${IDS.hub}/uses`), /1 place in projects that you don't see/);
});

test('where its owner has no role, nothing shows of what an own one was used for: not even by a filter', async () => {
	const login = 'flow-uses-left', password = person(login);
	const own = async (query) => /flow own/.test((await VISITORS.left.get(`/integrations?use=unused&since=${query}`)).text);

	roleGive(login, SUB, 2);
	sql(`UPDATE integration SET used_at = 1577836800 WHERE id = ${boundMake(login, { slug: SUB })}`);
	VISITORS.left = await new Visitor().signIn(login, password);
	assert.deepEqual([await own('2019-12-31'), await own('2020-01-02')], [false, true]);
	roleTake(login);
	assert.deepEqual([await own('2019-12-31'), await own('2020-01-02')], [true, true]);
	bindingsClear(login);
});

test('programs', async () => {
	const list = async (query = '') => JSON.parse((await reader.get(`/api/v1${listPath(SUB)}${query}`)).text).integrations
		.map(({ name, uses, unused_since: since }) => [name, uses, since && since.slice(0, 10)]);

	await sync('web', 'hub', 'hub', 'slack');
	await sync('web', 'hub', 'hub');
	assert.deepEqual(await list(), [['hub', 2, null], ['never', 0, null], ['secret one', 0, null], ['slack', 0, today()]]);
	assert.deepEqual(await list('?use=used'), [['hub', 2, null]]);
	assert.deepEqual(await list('?use=unused&since=2020-01-01'), [['never', 0, null], ['secret one', 0, null]]);
	assert.deepEqual(await list('?name=hub'), [['hub', 2, null]]);
	assert.deepEqual(await list('?name=slack'), [['slack', 0, today()]]);
});
