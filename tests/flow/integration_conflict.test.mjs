/* Two people with one integration open: what the second one is told, keeps and chooses. */
import { after, test } from 'node:test';
import assert from 'node:assert/strict';

import { doctor } from './lib/stack.mjs';
import { as } from './lib/client.mjs';
import { formOf, says, textOf } from './lib/html.mjs';
import { add, again, boxesOf, cleanUp, editForm, errorsOf, jenkins, newName, newSecret, pathOf, projectId,
	rowOf, watch } from './lib/integration.mjs';

after(cleanUp);

const panelOf = (answer) => /<section class="card conflict".*?<\/section>/s.exec(answer.text)?.[0] ?? '';
const asked = (form) => form.values('ask');

/* What the panel says was taken over: [[label, value]...] */
const takenOf = (answer) => [...panelOf(answer).matchAll(/<dt>(.*?)<\/dt><dd[^>]*>(.*?)<\/dd>/gs)]
	.map(([, label, value]) => [textOf(label), textOf(value)]);

async function saved(visitor, form) {
	const answer = await visitor.submit(form);

	assert.equal(answer.status, 303, errorsOf(answer).join(' | '));
}

/* A jenkins that `admin` has open while `member` saves it with `theirs`; then admin saves `mine`. */
async function second(what, theirs, mine) {
	const admin = await as('admin'), member = await as('member');
	const id = await add(admin, 'jenkins', what);
	const opened = await editForm(admin, id);

	await saved(member, theirs(await editForm(member, id)));
	const version = rowOf(id).version, boxes = boxesOf(id);
	const answer = await admin.submit(mine(opened));
	assert.equal(answer.status, 409);
	assert.deepEqual([rowOf(id).version, boxesOf(id)], [version, boxes], 'nothing is saved');
	return { admin, member, id, answer, form: again(answer, opened) };
}

test('each changed something else: nothing is asked, both are kept', async () => {
	const name = newName('mine ');
	const { admin, id, answer, form } = await second(jenkins(), (f) => f.set('value.username', 'theirs'),
		(f) => f.set('name', name));

	says(answer, /Member of acme \(member\) changed this .*, while you were editing it\./);
	assert.deepEqual(takenOf(answer), [['Username', 'theirs']]);
	assert.deepEqual(asked(form), []);
	assert.deepEqual([form.value('name'), form.value('value.username'), form.value('version')], [name, 'theirs', '2']);
	await saved(admin, form);
	const now = await editForm(admin, id);
	assert.deepEqual([now.value('name'), now.value('value.username')], [name, 'theirs']);
});

test('both changed it to the same: nothing is asked', async () => {
	const { admin, answer, form } = await second(jenkins(), (f) => f.set('value.username', 'same'),
		(f) => f.set('value.username', 'same'));

	assert.deepEqual([takenOf(answer), asked(form)], [[], []]);
	says(answer, /Nothing that you changed stands against it/);
	await saved(admin, form);
});

test('both changed it: the field is asked, and either answer counts', async () => {
	for (const [choice, username] of [['mine', 'me & <me>'], ['theirs', 'them & <them>']]) {
		const { admin, id, answer, form } = await second(jenkins(), (f) => f.set('value.username', 'them & <them>'),
			(f) => f.set('value.username', 'me & <me>'));

		assert.deepEqual(asked(form), ['value.username']);
		says(answer, /Username Yours me & <me> Theirs them & <them>/);
		assert.equal(form.value('value.username'), 'me & <me>', 'the form keeps mine');
		await saved(admin, form.tick('choose.value.username', choice));
		assert.equal((await editForm(admin, id)).value('value.username'), username);
	}
});

test('no answer is asked again, with what else was answered, and saves nothing', async () => {
	const { admin, id, form } = await second(jenkins(), (f) => f.set('value.username', 'theirs').set('name', newName('theirs ')),
		(f) => f.set('value.username', 'mine').set('name', newName('mine ')));

	assert.deepEqual(asked(form), ['name', 'value.username']);
	form.tick('choose.name', 'theirs');
	const answer = await admin.submit(form);
	assert.equal(answer.status, 422);
	says(answer, /Choose one of the two for each of these fields\./);
	assert.equal(rowOf(id).version, 2);
	const next = again(answer, form);
	assert.deepEqual([asked(next), next.ticked('choose.name', 'theirs')], [['name', 'value.username'], true]);
	await saved(admin, next.tick('choose.value.username', 'mine'));
	assert.equal((await editForm(admin, id)).value('value.username'), 'mine');
	assert.match(rowOf(id).name, /^flow theirs /);
});

test('"mine" is what stands in the form, also when it is typed anew', async () => {
	const { admin, id, form } = await second(jenkins(), (f) => f.set('value.username', 'theirs'),
		(f) => f.set('value.username', 'mine'));

	await saved(admin, form.set('value.username', 'better').tick('choose.value.username', 'mine'));
	assert.equal((await editForm(admin, id)).value('value.username'), 'better');
});

test('secrets: said when and by whom, never what; each answer leaves the right box', async () => {
	for (const choice of ['mine', 'theirs']) {
		const theirs = newSecret(), mine = newSecret();
		const noSecretIn = watch(await as('admin'));
		const { admin, id, answer, form } = await second(jenkins(), (f) => f.set('secret.password', theirs),
			(f) => f.set('secret.password', mine));
		const boxes = boxesOf(id);

		assert.deepEqual(asked(form), ['secret.password']);
		says(answer, /API token or password Yours What you typed, sealed Theirs Sealed .* by Member of acme \(member\)/);
		assert.ok(form.value('kept.password'));
		await saved(admin, form.tick('choose.secret.password', choice));
		if (choice === 'mine')
			assert.notDeepEqual(boxesOf(id), boxes);
		else
			assert.deepEqual(boxesOf(id), boxes);
		noSecretIn(mine, theirs);
	}
	const counts = doctor();
	assert.equal(counts.sealed[0], counts.sealed[1]);
});

test('a secret that only they sealed anew is theirs; one that only I typed is mine', async () => {
	let { admin, id, answer, form } = await second(jenkins(), (f) => f.set('secret.password', newSecret()),
		(f) => f.set('value.username', 'mine'));
	let boxes = boxesOf(id);

	assert.deepEqual(asked(form), []);
	assert.match(takenOf(answer)[0].join(' '), /^API token or password Sealed .* by Member of acme \(member\)$/);
	await saved(admin, form);
	assert.deepEqual(boxesOf(id), boxes);

	({ admin, id, answer, form } = await second(jenkins(), (f) => f.set('value.username', 'theirs'),
		(f) => f.set('secret.password', newSecret())));
	boxes = boxesOf(id);
	assert.deepEqual([asked(form), takenOf(answer)], [[], [['Username', 'theirs']]]);
	await saved(admin, form);
	assert.notDeepEqual(boxesOf(id), boxes, 'the kept box was stored');
});

test('a secret typed for one host does not follow a URL that they changed', async () => {
	const { admin, answer, form } = await second(jenkins(),
		(f) => f.set('url', 'https://ci.two.example/').set('secret.password', newSecret()),
		(f) => f.set('secret.password', newSecret()));

	assert.deepEqual(takenOf(answer), [['URL apiUrl', 'https://ci.two.example/']]);
	assert.deepEqual(asked(form), ['secret.password']);
	const last = await admin.submit(form.tick('choose.secret.password', 'mine'));
	assert.equal(last.status, 422);
	says(last, /The URLs now lead to another host/);
});

test('URLs are compared one by one, by their key', async () => {
	const admin = await as('admin'), member = await as('member');
	const id = await add(admin, 'jenkins', jenkins());
	const row = async (visitor, form, key, url) => {
		const more = again(await visitor.submit(form, ['add_url', '1']), form);
		const last = more.values('url').length - 1;
		return more.set('url_key', key, last).set('url', url, last);
	};

	await saved(admin, await row(admin, await editForm(admin, id), 'one', 'https://ci.one.example/1'));
	const opened = await editForm(admin, id);
	const mine = (await row(admin, opened, 'two', 'https://ci.one.example/mine')).set('url', 'https://ci.one.example/m', 0);
	const theirs = await editForm(member, id);
	await saved(member, await row(member,
		again(await member.submit(theirs, ['remove_url', '2']), theirs), 'three', 'https://ci.one.example/3'));
	const answer = await admin.submit(mine);
	const form = again(answer, mine);

	assert.equal(answer.status, 409);
	assert.deepEqual(takenOf(answer), [['URL three', 'https://ci.one.example/3'], ['URL one', 'Removed']]);
	assert.deepEqual([form.values('url_key'), form.values('url')], [['apiUrl', 'two', 'three'],
		['https://ci.one.example/m', 'https://ci.one.example/mine', 'https://ci.one.example/3']]);
	await saved(admin, form);
	assert.deepEqual((await editForm(admin, id)).values('url_key'), ['apiUrl', 'two', 'three']);
});

test('pairs come and go one by one; the values stay with their keys', async () => {
	const admin = await as('admin'), member = await as('member');
	const withRow = async (visitor, form, key) => {
		const more = again(await visitor.submit(form, ['add_pair', 'envs']), form);
		const name = more.controls.filter((c) => c.name.startsWith('pair_key.')).at(-1).name;
		return more.set(name, key).set(name.replace('pair_key', 'secret'), newSecret());
	};
	const start = await withRow(admin, await admin.form('/s/acme/integrations/new?type=keyValuePair', '/s/acme/integrations/new'), 'A');
	const first = start.controls.find((c) => c.name.startsWith('pair_key.') && c.value === '').name;
	start.set('name', newName()).set(first, 'B').set(first.replace('pair_key', 'secret'), newSecret());
	const added = await admin.submit(start);
	assert.equal(added.status, 303, errorsOf(added).join());
	const id = Number(added.location.split('/').pop());

	const opened = await editForm(admin, id);
	const theirs = await editForm(member, id);
	const rowOfA = theirs.controls.find((c) => c.value === 'A').name.split('.').pop();
	await saved(member, await withRow(member,
		again(await member.submit(theirs, ['remove_pair', `envs.${rowOfA}`]), theirs), 'C'));
	const boxes = boxesOf(id);
	const mine = await withRow(admin, opened, 'D');
	const answer = await admin.submit(mine);
	const form = again(answer, mine);
	const keys = form.controls.filter((c) => c.name.startsWith('pair_key.')).map((c) => c.value).sort();

	assert.equal(answer.status, 409);
	assert.deepEqual([keys, asked(form)], [['B', 'C', 'D'], []]);
	assert.match(takenOf(answer).map((row) => row.join(' ')).join('; '), /^C Sealed .* by Member of acme \(member\); A Removed$/);
	await saved(admin, form);
	const after = boxesOf(id);
	assert.deepEqual([after['envs:B'], after['envs:C']], [boxes['envs:B'], boxes['envs:C']]);
	assert.deepEqual(Object.keys(after), ['envs:B', 'envs:C', 'envs:D']);
});

test('edit permissions and projects, too', async () => {
	const admin = await as('admin'), member = await as('member');
	const id = await add(admin, 'jenkins', jenkins());
	const opened = await editForm(admin, id);

	await saved(admin, (await editForm(admin, id)).tick('role_collaborator'));
	await saved(member, (await editForm(member, id)).tick('scope', 'some').tick('project', projectId('acme', 'web')));
	const answer = await admin.submit(opened.tick('scope', 'some').tick('project', projectId('acme', 'api')));
	const form = again(answer, opened);
	assert.equal(answer.status, 409);
	says(answer, /This was changed 2 times while you were editing it, last by Member of acme \(member\)/);
	assert.deepEqual(takenOf(answer), [['Who can edit', 'Admins, members and collaborators']]);
	assert.ok(form.ticked('role_collaborator'));
	assert.deepEqual(asked(form), ['projects']);
	says(answer, /Projects that can use it Yours api Theirs web/);
	await saved(admin, form.tick('choose.projects', 'theirs'));
	assert.ok((await editForm(admin, id)).ticked('project', projectId('acme', 'web')));
});

test('a third change before the answer: what is new is asked or taken, what was chosen counts', async () => {
	const { admin, member, id, form } = await second(jenkins(), (f) => f.set('value.username', 'theirs').set('name', newName('t ')),
		(f) => f.set('value.username', 'mine').set('name', newName('m ')));

	await saved(member, (await editForm(member, id)).set('value.username', 'third'));
	const answer = await admin.submit(form.tick('choose.value.username', 'theirs').tick('choose.name', 'mine'));
	assert.equal(answer.status, 409);
	assert.deepEqual(takenOf(answer), [['Username', 'third']], 'theirs was chosen, and is another now');
	const next = again(answer, form);
	assert.deepEqual(asked(next), [], 'my name stands against the same name of theirs');
	await saved(admin, next);
	assert.deepEqual([(await editForm(admin, id)).value('value.username'), rowOf(id).name.slice(0, 7)], ['third', 'flow m ']);
});

test('a row button on the page of a conflict keeps the questions and the answers', async () => {
	const { admin, form } = await second(jenkins(), (f) => f.set('value.username', 'theirs'), (f) => f.set('value.username', 'mine'));
	const answer = await admin.submit(form.tick('choose.value.username', 'mine'), ['add_url', '1']);
	const next = again(answer, form);

	assert.equal(answer.status, 200);
	assert.deepEqual([asked(next), next.ticked('choose.value.username', 'mine'), next.values('url').length], [['value.username'], true, 2]);
});

test('without the sums of the form as it was opened, all that differs is asked', async () => {
	const { answer, form } = await second(jenkins(), (f) => f.set('value.username', 'theirs'), (f) => {
		f.controls = f.controls.filter((c) => c.name !== 'opened');
		return f.set('name', newName('mine '));
	});

	assert.deepEqual([asked(form), takenOf(answer)], [['name', 'value.username'], []]);
});

test('what another changed is not deleted unseen', async () => {
	const admin = await as('admin'), member = await as('member');
	const id = await add(admin, 'jenkins', jenkins());
	const panel = formOf((await admin.get(`${pathOf(id)}/edit`)).text, `${pathOf(id)}/delete`).tick('confirm');

	await saved(member, (await editForm(member, id)).set('value.username', 'theirs'));
	const answer = await admin.submit(panel);
	assert.equal(answer.status, 409);
	says(answer, /Nothing is deleted: Member of acme \(member\) changed this integration/);
	assert.ok(rowOf(id));
	assert.equal(formOf(answer.text, `${pathOf(id)}/edit`).value('value.username'), 'theirs');
	for (const version of [undefined, '', '0', '99', 'x'])
		assert.equal((await admin.post(`${pathOf(id)}/delete`, { confirm: '1', version })).status, 409, version);
	assert.equal((await admin.submit(formOf(answer.text, `${pathOf(id)}/delete`).tick('confirm'))).status, 303);
	assert.equal(rowOf(id), undefined);
});
