/* Workers keep what a list shows; each change shows on the next request, whichever worker answers. */
import { after, before, test } from 'node:test';
import assert from 'node:assert/strict';

import { config, quote, sql } from './lib/stack.mjs';
import { Visitor, as } from './lib/client.mjs';
import { decode, textOf } from './lib/html.mjs';
import { collaboratorGive, person, projectMake, raise, roleGive, subscriptionMake,
	subscriptionRemove } from './lib/people.mjs';
import { add, editForm, jenkins, listPath, pathOf } from './lib/integration.mjs';

const SUB = 'flow-kept';
const PEOPLE = { boss: 3, mate: 2, help: 1 };
const VISITORS = {};
const PASSWORDS = {};
let id;

before(async () => {
	subscriptionMake(SUB);
	projectMake(SUB, 'web');
	for (const [name, role] of Object.entries(PEOPLE)) {
		const login = `flow-kept-${name}`;
		const password = person(login);
		PASSWORDS[name] = password;
		roleGive(login, SUB, role);
		VISITORS[name] = await new Visitor().signIn(login, password);
	}
	collaboratorGive('flow-kept-help', SUB, 'web');
	id = await add(VISITORS.boss, 'jenkins', jenkins({ name: 'primus' }), SUB);
});

after(() => subscriptionRemove(SUB, ...Object.keys(PEOPLE).map((name) => `flow-kept-${name}`)));

/* Enough requests at once for each worker to have its turn; all of them say the same. */
async function all(visitor, path = listPath(SUB)) {
	const answers = await Promise.all(Array.from({ length: 32 }, () => visitor.get(path)));

	for (const answer of answers)
		assert.equal(answer.status, answers[0].status);
	if (answers[0].status !== 200)
		return { status: answers[0].status };
	const bodies = new Set(answers.map((answer) => /<main.*<\/main>/s.exec(answer.text)[0]));
	assert.equal(bodies.size, 1, 'all workers show the same');
	return { status: 200, html: answers[0].text, text: textOf([...bodies][0]) };
}

const row = (page) => decode(new RegExp(`<tr>(?:(?!</tr>).)*"integrations/${id}".*?</tr>`, 's').exec(page.html)?.[0] ?? '');

test('there is more than one worker', () => assert.ok(Number(config.web.workers) > 1));

test('an edit, a rename, a project list', async () => {
	assert.ok((await all(VISITORS.mate)).text.includes('primus'));
	let form = (await editForm(VISITORS.boss, id, SUB)).set('name', 'second');
	assert.equal((await VISITORS.boss.submit(form)).status, 303);
	const page = await all(VISITORS.mate);
	assert.ok(page.text.includes('second') && !page.text.includes('primus'));
	assert.ok(row(page).includes('All projects'));
	form = (await editForm(VISITORS.boss, id, SUB)).tick('scope', 'some').tick('project');
	assert.equal((await VISITORS.boss.submit(form)).status, 303);
	assert.ok(row(await all(VISITORS.mate)).includes('<td>web<td>'));
	sql(`UPDATE project p JOIN subscription s ON s.id = p.subscription_id SET p.name = 'site' WHERE s.slug = ${quote(SUB)}`);
	raise();
	assert.ok(row(await all(VISITORS.mate)).includes('<td>site<td>'));
});

test('one more, one less', async () => {
	const other = await add(VISITORS.mate, 'jenkins', jenkins({ name: 'another' }), SUB);

	assert.match((await all(VISITORS.boss)).text, /another.*2 of 2 integrations/);
	assert.equal((await VISITORS.boss.post(`${pathOf(other, SUB)}/delete`, { confirm: '1', version: '1' })).status, 303);
	assert.match((await all(VISITORS.boss)).text, /1 of 1 integration/);
	assert.ok(!(await all(VISITORS.mate)).text.includes('another'));
});

test('edit permissions', async () => {
	const pencil = `"integrations/${id}/edit"`;

	assert.ok(row(await all(VISITORS.mate)).includes(pencil));
	assert.ok(!row(await all(VISITORS.help)).includes(pencil));
	assert.ok(!row(await all(VISITORS.help)).includes('https://'), 'nor the URL');
	const form = (await editForm(VISITORS.boss, id, SUB)).tick('role_member', undefined, false).tick('role_collaborator');
	assert.equal((await VISITORS.boss.submit(form)).status, 303);
	assert.ok(!row(await all(VISITORS.mate)).includes(pencil));
	assert.ok(!row(await all(VISITORS.mate)).includes('https://'));
	assert.ok(row(await all(VISITORS.help)).includes(pencil));
	assert.ok(row(await all(VISITORS.boss)).includes(pencil));
});

test('a role, read with each request', async () => {
	const set = (role) => sql(`UPDATE role r JOIN account a ON a.id = r.account_id SET r.role = ${role} WHERE a.login =
		'flow-kept-mate'`); /* and no revision raised */

	assert.match((await all(VISITORS.mate)).html, /integrations\/new"/);
	set(1);
	const page = await all(VISITORS.mate);
	assert.ok(!page.html.includes('/integrations/new"'), 'a collaborator does not add');
	assert.ok(!page.text.includes('second'), 'nor sees what none of their projects may use');
	set(3);
	assert.ok(row(await all(VISITORS.mate)).includes('/edit"'));
	sql("DELETE r FROM role r JOIN account a ON a.id = r.account_id WHERE a.login = 'flow-kept-mate'");
	assert.equal((await all(VISITORS.mate)).status, 404);
});

test('the projects of a collaborator', async () => {
	assert.ok((await all(VISITORS.help)).text.includes('second'));
	sql("DELETE c FROM collaborator c JOIN account a ON a.id = c.account_id WHERE a.login = 'flow-kept-help'");
	raise();
	assert.ok(!(await all(VISITORS.help)).text.includes('second'));
});

test('the frame: a form token of one\'s own, one\'s own name, the theme of now', async () => {
	const again = await new Visitor().signIn('flow-kept-boss', PASSWORDS.boss);
	const token = (html) => new Set([...html.matchAll(/name="csrf" value="([^"]*)"/g)].map((m) => m[1]));
	const seen = [];

	for (const visitor of [VISITORS.boss, again, VISITORS.help, VISITORS.boss]) {
		const own = token((await visitor.get('/account')).text);
		const answers = await Promise.all(Array.from({ length: 32 }, () => visitor.get(listPath(SUB))));

		assert.equal(own.size, 1);
		for (const answer of answers)
			assert.deepEqual(token(answer.text), own);
		seen.push([...own][0]);
	}
	assert.equal(new Set(seen).size, 3, 'each session its own, the same as before');
	assert.match((await all(VISITORS.help)).html, /<bdi>flow-kept-help<\/bdi>/);
	const account = await VISITORS.boss.form('/account', '/account/name');
	assert.equal((await VISITORS.boss.submit(account.set('name', 'Boss of the list'))).status, 303);
	for (const visitor of [VISITORS.boss, again])
		assert.match((await all(visitor)).html, /<bdi>Boss of the list<\/bdi>/);
	assert.ok(!(await all(VISITORS.help)).html.includes('Boss of the list'));
	await VISITORS.boss.post('/account/theme', { theme: 'dark' });
	assert.match((await all(again)).html, /data-bs-theme="dark"/);
	sql(`UPDATE subscription SET name = 'Kept & renamed' WHERE slug = ${quote(SUB)}`);
	raise();
	assert.match((await all(again)).html, /Kept &amp; renamed/);
});

test('a message stands above one page only', async () => {
	const form = await editForm(VISITORS.boss, id, SUB);
	const said = /role="status"><div class="alert-icon">/;

	assert.equal((await VISITORS.boss.submit(form)).status, 303);
	assert.match((await VISITORS.boss.get(listPath(SUB))).text, said);
	assert.doesNotMatch((await all(VISITORS.boss)).html, said);
});

test('one visitor never gets the list of another', async () => {
	collaboratorGive('flow-kept-help', SUB, 'site');
	const outsider = await as('collaborator');

	assert.equal((await all(outsider)).status, 404);
	assert.ok((await all(VISITORS.help)).text.includes('second'));
	assert.equal((await all(new Visitor())).status, 303);
});
