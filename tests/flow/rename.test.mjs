/* Renaming what workflow files name (product rule 10): what is shown and asked, who may, what is refused; git
 * and its diffs are in rename_git.test.mjs. */
import { after, before, beforeEach, test } from 'node:test';
import assert from 'node:assert/strict';

import { quote, sql, sqlValue, throttleClear } from './lib/stack.mjs';
import { Visitor, as } from './lib/client.mjs';
import { alerts, byId, decode, formOf, says, textOf } from './lib/html.mjs';
import { add, again, cleanUp, editForm, fill, jenkins, newName, newSecret, projectId } from './lib/integration.mjs';
import { bindingOf, handleMake, ownMake, somebody } from './lib/binding.mjs';
import { collaboratorGive, person, projectsClear, raise, roleGive, roleTake } from './lib/people.mjs';
import { Program } from './lib/program.mjs';

const OUT = 'flow-renamer';

let admin, program, sender, thing, project;

before(async () => {
	throttleClear();
	admin = await as('admin');
	program = await Program.of(admin);
	sender = await Program.of(admin, ['workflow']);
});
beforeEach(async () => {
	const name = newName();

	thing = { name, id: await add(admin, 'jenkins', jenkins({ name })) };
	project = await projectMake();
});
after(() => {
	cleanUp();
	roleTake(OUT);
	projectsClear();
	sql(`DELETE FROM access_token WHERE name LIKE 'flow %'`);
	raise();
	throttleClear();
});

async function projectMake() {
	const name = newName();

	assert.equal((await admin.post('/s/acme/projects/new', { name })).status, 303);
	return { name, id: projectId('acme', name) };
}

const page = (id = thing.id) => `/s/acme/integrations/${id}/rename`;
const apiPage = (id) => `/api/v1${page(id)}`;
const nameOf = (id = thing.id) => sqlValue(`SELECT name FROM integration WHERE id = ${id}`);
const job = (...names) => `jobs:\n  - name: build\n    type: runSh\n    integrations: ${JSON.stringify(names)}\n`;
const entries = (answer) => sql(`SELECT action, object, fields FROM audit WHERE request = ${quote(answer.header('x-request-id'))}`);

async function send(file, text, where = project) {
	const answer = await sender.send('PUT', `/api/v1/s/acme/projects/${where.id}/workflow?path=${encodeURIComponent(file)}`,
		{ body: text, headers: { 'Content-Type': 'application/octet-stream' } });

	assert.equal(answer.status, 200, answer.text);
}

const shown = (to, visitor = admin) => visitor.get(`${page()}?name=${encodeURIComponent(to)}`);

/* The form that asks for the new name once more. */
const confirmOf = (answer) => formOf(/<form class="card-body" method="post"[^]*?<\/form>/.exec(answer.text)[0], page());
const confirmForm = async (to, visitor = admin) => confirmOf(await shown(to, visitor));

async function rename(to, typed = to, visitor = admin) {
	const form = await confirmForm(to, visitor);

	form.set('again', typed);
	return visitor.submit(form);
}

test('what nothing names gets another name at once', async () => {
	const to = newName();
	const start = await admin.get(page());
	says(start, /No workflow file that was sent names it/);
	const form = formOf(start.text, page());
	assert.equal(form.values('name')[0], thing.name);
	form.set('name', to);
	const answer = await admin.submit(form);
	assert.deepEqual([answer.status, answer.location], [303, `/s/acme/integrations/${thing.id}`]);
	assert.equal(nameOf(), to);
	assert.deepEqual(entries(answer), [['integration.rename', to, `before: ${thing.name}`]]);
	const details = await admin.get(answer.location);
	says(details, /It has its new name\./);
	says(details, new RegExp(`Renamed, before: ${thing.name}`));
});

test('each line by project and file, with its change; the name once more; the diffs are there afterwards', async () => {
	const to = newName(), second = await projectMake();

	await send('ci/a.yml', `jobs:\n  - name: one\n    integration: ${thing.name}\n  - name: two\n    integrations: [other, '${thing.name}']\n`);
	await send('b.yml', job(thing.name, 'docker hub'), second);
	await send('c.yml', job('x-${NAME}'), second);
	const start = await admin.get(page());
	says(start, /with another name 3 lines would not resolve any more/);
	assert.ok(!start.text.includes('Diff of') && !start.text.includes('id="again"'), 'no name is typed yet');
	const answer = await shown(to);
	const text = textOf(answer.text);
	assert.match(text, new RegExp(`What would not resolve any more 3 lines ${project.name} Diff of the project ci/a\\.yml Diff of this file Line 3: job one , integration Line 5: job two , integrations @@ -1,5 \\+1,5 @@ jobs: - name: one - integration: ${thing.name} \\+ integration: "${to}" - name: two - integrations: \\[other, '${thing.name}'\\] \\+ integrations: \\[other, '${to}'\\] ${second.name}`));
	assert.match(text, /1 line in this subscription names an integration by a variable/);
	for (const wrong of ['', thing.name, `${to} `, to.toUpperCase()]) {
		const refused = await rename(to, wrong);
		assert.equal(refused.status, 422);
		assert.match(byId(refused.text, 'again-error'), /once more, exactly as above/);
		assert.equal(confirmOf(refused).values('again')[0], wrong);
	}
	assert.equal(nameOf(), thing.name);
	const done = await rename(to);
	assert.deepEqual([done.status, done.location], [303, `${page()}?was=${thing.name.replace(' ', '%20')}`]);
	assert.equal(nameOf(), to);
	assert.deepEqual(entries(done), [['integration.rename', to, `before: ${thing.name}`]]);
	const left = await admin.get(done.location);
	says(left, /It has its new name\./);
	says(left, new RegExp(`What still names ${thing.name} 3 lines ${project.name} Diff of the project`));
	const href = decode(/href="([^"]*rename\/diff\?project=[^"]*)" download>/.exec(left.text)[1]);
	const diff = await admin.get(href);
	assert.deepEqual([diff.status, diff.header('content-type')], [200, 'text/x-diff; charset=utf-8']);
	assert.ok(diff.text.includes(`-    integrations: [other, '${thing.name}']\n+    integrations: [other, '${to}']\n`), diff.text);
	/* synced: nothing is left */
	await send('ci/a.yml', job(to));
	await send('b.yml', job(to), second);
	says(await admin.get(done.location), new RegExp(`No line is left No workflow file that was sent names ${thing.name} any more`));
});

test('Edit does not rename what is named: what was typed comes back, with the way to the page', async () => {
	const to = newName(), secret = newSecret();

	await send('a.yml', job(thing.name, 'x', thing.name));
	const form = fill(await editForm(admin, thing.id), { name: to, values: { username: 'typed' }, secrets: { password: secret } });
	const answer = await admin.submit(form);
	assert.equal(answer.status, 409);
	assert.match(byId(answer.text, 'name-error'), /^\d lines? of workflow files names? it\. Another name is given on a page of its own/);
	assert.ok(answer.text.includes(`href="${page()}?name=${to.replace(' ', '%20')}"`));
	const back = again(answer, form);
	assert.deepEqual([back.values('name')[0], back.values('value.username')[0]], [to, 'typed']);
	assert.match(answer.text, /What you typed is kept, sealed/);
	assert.deepEqual([nameOf(), sqlValue(`SELECT version FROM integration WHERE id = ${thing.id}`)], [thing.name, '1']);
	/* the rest can be saved under the old name */
	back.set('name', thing.name);
	assert.equal((await admin.submit(back)).status, 303);
	assert.equal(sqlValue(`SELECT value FROM integration_value WHERE integration_id = ${thing.id} AND field = 'username'`), 'typed');
	/* programs are told the same */
	const stored = JSON.parse((await program.get(`/api/v1/s/acme/integrations/${thing.id}`)).text);
	const put = await program.put(`/api/v1/s/acme/integrations/${thing.id}`, { ...stored, name: to });
	assert.equal(put.status, 409, put.text);
	assert.deepEqual(JSON.parse(put.text).errors.map(({ field }) => field), ['name']);
	await send('a.yml', job('docker hub'));
	assert.equal((await program.put(`/api/v1/s/acme/integrations/${thing.id}`, { ...stored, name: to })).status, 200);
	assert.equal(nameOf(), to);
});

test('names that it cannot have', async () => {
	await send('a.yml', job(thing.name));
	for (const [wrong, why] of [[' x', /blank|space/i], ['a\u202eb', /U\+202E/], ['x'.repeat(81), /80/], [thing.name, /has this name already/],
		['docker hub', /Another integration of this subscription/], ['to $HOME', /as a variable/]]) {
		const answer = await shown(wrong);
		assert.match(byId(answer.text, 'name-error') ?? '', why, wrong);
		assert.ok(!answer.text.includes('id="again"') && !answer.text.includes('Diff of'), wrong);
		const sent = await admin.post(page(), { version: 1, mark: '1:1', name: wrong, again: wrong });
		assert.match(`${sent.status}${byId(sent.text, 'name-error') ?? alerts(sent.text)}`, /^(422|409)/, wrong);
		const { message, to } = JSON.parse((await program.get(`${apiPage()}?name=${encodeURIComponent(wrong)}`)).text);
		assert.match(message, why);
		assert.equal(to, null);
	}
	assert.equal(nameOf(), thing.name);
	/* with no line to change, a variable is the namer's own affair */
	await send('a.yml', job());
	assert.equal((await admin.post(page(), { version: 1, name: 'flow $HOME' })).status, 303);
});

test('a line that was added or went meanwhile: look again', async () => {
	const to = newName();

	await send('a.yml', job(thing.name));
	for (const change of [() => send('b.yml', job(thing.name)), () => send('a.yml', job('docker hub')), () => send('b.yml', job('docker hub'))]) {
		const form = await confirmForm(to);
		form.set('again', to);
		await change();
		const answer = await admin.submit(form);
		assert.equal(answer.status, 409);
		assert.match(alerts(answer.text).join(), /Nothing is changed: other lines name it than when you opened this page/);
		assert.equal(nameOf(), thing.name);
	}
	/* nothing names it when the page is opened, but by the time it is sent */
	const form = formOf((await admin.get(page())).text, page());
	form.set('name', to);
	await send('a.yml', job(thing.name));
	const answer = await admin.submit(form);
	assert.equal(answer.status, 409);
	assert.ok(answer.text.includes('id="again"'), 'now it is asked once more');
	assert.equal(nameOf(), thing.name);
	/* a line that only moved is the same place */
	const moved = await confirmForm(to);
	moved.set('again', to);
	await send('a.yml', `# one more line\n${job(thing.name)}`);
	assert.equal((await admin.submit(moved)).status, 303);
});

test('somebody changed it meanwhile', async () => {
	const form = await (async () => {
		await send('a.yml', job(thing.name));
		return confirmForm('flow newer');
	})();

	form.set('again', 'flow newer');
	assert.equal((await admin.submit(fill(await editForm(admin, thing.id), { values: { username: 'x' } }))).status, 303);
	const answer = await admin.submit(form);
	assert.equal(answer.status, 409);
	assert.match(alerts(answer.text).join(), /somebody else changed this integration/);
	assert.equal(nameOf(), thing.name);
	const now = confirmOf(answer);
	now.set('again', 'flow newer');
	assert.equal((await admin.submit(now)).status, 303);
});

test('who may: editors; lines of projects that they do not see are a count, and count', async () => {
	const password = person(OUT), to = newName(), hidden = await projectMake();
	const form = await editForm(admin, thing.id);

	roleGive(OUT, 'acme', 1);
	collaboratorGive(OUT, 'acme', project.name);
	const out = await new Visitor().signIn(OUT, password);
	await send('a.yml', job(thing.name));
	await send('b.yml', job(thing.name), hidden);
	const closed = await out.get(page());
	assert.deepEqual([closed.status, closed.text.includes('a.yml')], [200, false]);
	says(closed, /Admins and members/);
	assert.equal((await out.post(page(), { version: 1, name: to, again: to, mark: 'x' })).status, 403);
	assert.equal((await out.get(`${page()}/diff?project=${project.id}&name=x`)).text.includes('diff --git'), false);
	form.tick('role_collaborator');
	assert.equal((await admin.submit(form)).status, 303);
	const answer = await shown(to, out);
	says(answer, /2 lines would not resolve.*1 line in projects that you don't see/);
	assert.ok(answer.text.includes('a.yml') && !answer.text.includes('b.yml') && !answer.text.includes(hidden.name));
	assert.equal((await out.get(`${page()}/diff?project=${project.id}&name=x`)).status, 200);
	assert.equal((await out.get(`${page()}/diff?project=${hidden.id}&name=x`)).status, 404);
	assert.equal((await rename(to, thing.name, out)).status, 422);
	assert.equal((await rename(to, to, out)).status, 303);
	assert.equal(nameOf(), to);
});

test('of a name that it never had nobody learns how often projects that they do not see say it', async () => {
	const password = person(OUT), secret = newName('secret '), to = newName(), hidden = await projectMake();

	roleGive(OUT, 'acme', 1);
	collaboratorGive(OUT, 'acme', project.name);
	const form = await editForm(admin, thing.id);
	form.tick('role_collaborator');
	assert.equal((await admin.submit(form)).status, 303);
	await send('a.yml', job(thing.name, secret), hidden);
	const out = await new Visitor().signIn(OUT, password), told = await Program.of(out);
	for (const query of [`was=${encodeURIComponent(secret)}`, `name=${encodeURIComponent(secret)}`]) {
		const what = JSON.parse((await told.get(`${apiPage()}?${query}`)).text);
		const all = JSON.parse((await program.get(`${apiPage()}?${query}`)).text);
		assert.deepEqual([what.hidden, what.already], [query.startsWith('was') ? 0 : 1, 0], query);
		assert.equal(all.total + all.hidden + all.already, query.startsWith('was') ? 1 : 2);
		assert.ok(!(await out.get(`${page()}?${query}`)).text.includes('already says'));
	}
	/* of one that it had, a number stays; and it was used until then */
	const usedAt = () => sqlValue(`SELECT COALESCE(used_at, 0) > 0 FROM integration WHERE id = ${thing.id}`);
	assert.equal(usedAt(), '0');
	assert.equal((await program.send('POST', apiPage(), { body: { name: to, again: to } })).status, 200);
	const left = JSON.parse((await told.get(`${apiPage()}?was=${encodeURIComponent(thing.name)}`)).text);
	assert.deepEqual([left.total, left.hidden, left.mark, usedAt()], [0, 1, '', '1']);
});

test('a bound one: by admins', async () => {
	const owner = await somebody('flow-rename-owner'), name = newName('bound ');
	const id = await handleMake(owner, await ownMake(owner, 'jenkins', newName('own ')), { name });
	const member = await as('member'), to = newName('bound ');

	await send('a.yml', job(name));
	says(await member.get(page(id)), /admins of the subscription say what it is called/);
	assert.equal((await member.post(page(id), { version: 1, name: to, again: to })).status, 403);
	const form = fill(await editForm(admin, id), { name: to });
	assert.match(byId((await admin.submit(form)).text, 'name-error'), /1 line of workflow files names it/);
	const { mark } = JSON.parse((await program.get(apiPage(id))).text);
	assert.equal((await admin.post(page(id), { version: 1, mark, name: to, again: to })).status, 303);
	assert.equal(nameOf(id), to);
	assert.ok(bindingOf(id), 'it is bound as before');
	roleTake('flow-rename-owner');
});

test('10,000 lines: page by page', async () => {
	const lines = Array.from({ length: 10000 }, (_, k) => `- {name: j${k}, integration: ${thing.name}}\n`).join('');

	await send('many.yml', `jobs:\n${lines}`);
	const first = await shown('flow other');
	says(first, /10,?000 lines/);
	says(first, /1 to 100 of 10000/);
	assert.ok(first.text.length < 200000, `${first.text.length} bytes`);
	says(await admin.get(`${page()}?name=flow%20other&from=9223372036854775807`), / 1 to 100 of 10000/);
	const next = decode(/rel="next" href="([^"]+)"/.exec(first.text)[1]);
	says(await admin.get(next), /101 to 200 of 10000/);
	const whole = await admin.get(`${page()}/diff?project=${project.id}&name=flow%20other`);
	assert.equal(whole.text.match(/^\+- /gm).length, 10000);
	let seen = 0;
	for (let at = `${apiPage()}?name=flow%20other&from=9850`; at;) {
		const { places, next: then, total } = JSON.parse((await program.get(at)).text);
		seen += places.length;
		assert.equal(total, 10000);
		at = then;
	}
	assert.equal(seen, 150);
});

test('a file that can no more be read: what it said before, and so marked', async () => {
	await send('a.yml', job(thing.name));
	await send('a.yml', '{');
	says(await shown('flow other'), /a\.yml stale Diff of this file It could not be read as it was sent last/);
});

test('what files hold is shown as it is: no markup, no turned text; tabs and line ends of Windows are nothing odd', async () => {
	const text = `jobs:\r\n- name: "<b>j</b>"  # \u202eno\tgo <script>alert(1)</script> &amp;\r\n  integration: ${thing.name}\r\n`;

	await send('<i>a</i> & "b".yml', text);
	const answer = await shown('<u>new</u>');
	assert.ok(!/<(b|i|u)>|<script>alert/.test(answer.text) && !answer.text.includes('\u202e'));
	assert.ok(decode(answer.text).includes(' - name: "<b>j</b>"  # \\u202Eno\tgo <script>alert(1)</script> &amp;\n'), answer.text.slice(answer.text.indexOf('class="diff"')));
	assert.ok(!answer.text.includes('\\u000D') && !answer.text.includes('\r'));
	const diff = await admin.get(`${page()}/diff?project=${project.id}&name=${encodeURIComponent('<u>new</u>')}`);
	assert.ok(diff.text.includes(` ${text.split('\n')[1]}\n-  integration: ${thing.name}\r\n+  integration: "<u>new</u>"\r\n`), diff.text);
	assert.equal(diff.header('x-content-type-options'), 'nosniff');
});

test('lines that say the new name already; something else that has the old one', async () => {
	const to = newName();

	await send('a.yml', job(thing.name));
	await send('b.yml', job(to, 'x'));
	says(await shown(to), /1 line already says the new name, and will resolve then/);
	assert.equal((await rename(to)).status, 303);
	await add(admin, 'jenkins', jenkins({ name: thing.name }));
	says(await admin.get(`${page()}?was=${encodeURIComponent(thing.name)}`), /Something else has the name flow \w+ now/);
});

test('programs: what they read, what they send', async () => {
	const to = newName();

	await send('a.yml', job(thing.name));
	assert.equal((await admin.post(`/s/acme/projects/${project.id}`, { name: project.name, was: project.name, url: 'https://github.com/acme/app' })).status, 303);
	const read = await program.get(`${apiPage()}?name=${encodeURIComponent(to)}`);
	const what = JSON.parse(read.text);
	assert.equal(read.header('etag'), '"1"');
	assert.deepEqual([what.name, what.to, what.was, what.message, what.total, what.hidden, what.next], [thing.name, to, null, null, 1, 0, null]);
	assert.deepEqual(what.places, [{ project: { id: Number(project.id), name: project.name }, path: 'a.yml', line: 4, kind: 'job', consumer: 'build',
		key: 'integrations', stale: false, by_hand: null, link: 'https://github.com/acme/app/blob/HEAD/a.yml#L4' }]);
	assert.ok((await shown(to)).text.includes('href="https://github.com/acme/app/blob/HEAD/a.yml#L4">Line 4</a>'));
	assert.deepEqual(what.diffs.map((one) => one.project.name), [project.name]);
	for (const [body, status, field] of [[{ name: to }, 422, 'again'], [{ name: to, again: 'x' }, 422, 'again'], [{ again: to }, 422, 'name'],
		[{ name: to, again: to, version: 2 }, 412], [{ name: to, again: to, mark: '1:1' }, 409], [{ name: to, again: to, more: 1 }, 422, 'more']]) {
		const answer = await program.post(apiPage(), body);
		assert.equal(answer.status, status, JSON.stringify(body) + answer.text);
		assert.deepEqual((JSON.parse(answer.text).errors ?? []).map((one) => one.field), field ? [field] : [], answer.text);
	}
	const answer = await program.post(apiPage(), { name: to, again: to, version: 1, mark: what.mark });
	assert.deepEqual([answer.status, JSON.parse(answer.text).name], [200, to], answer.text);
	assert.equal(answer.header('etag'), '"2"');
});
