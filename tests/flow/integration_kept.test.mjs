/* What the form keeps between two tries: sealed boxes, and the rows of pairs and URLs. */
import { after, test } from 'node:test';
import assert from 'node:assert/strict';

import { doctor } from './lib/stack.mjs';
import { Visitor, as } from './lib/client.mjs';
import { says } from './lib/html.mjs';
import { person, roleGive, roleTake } from './lib/people.mjs';
import { add, again, boxesOf, cleanUp, countNamed, editForm, errorsOf, failsAt, fill, jenkins,
	listPath, newForm, newName, newSecret, rowOf, watch } from './lib/integration.mjs';

after(() => {
	cleanUp();
	roleTake('flow-mate');
});

function allSealedIsGood() {
	const counts = doctor();

	assert.deepEqual([counts.sealed[1], counts.sealed[4], counts.urls[1]], [counts.sealed[0], 0, 0],
		'doctor: all sealed fields are good, and allowed where their URLs lead');
}

const ASKS = /The URLs now lead to another host, and this was given for the old ones only: type it again/;

/* --- kept boxes -------------------------------------------------------------------------------- */

test('after an error a typed secret is kept as its box, and a second try needs no typing', async () => {
	const visitor = await as('admin');
	const what = jenkins({ name: '' });
	const noSecretIn = watch(visitor);
	let form = fill(await newForm(visitor, 'jenkins'), what);
	let answer = await visitor.submit(form);

	failsAt(answer, 'name', /Give/);
	says(answer, /What you typed is kept, sealed\. Type to replace it\./);
	form = again(answer, form);
	answer = await visitor.submit(form); /* the same fault once more: still kept */
	form = again(answer, form).set('name', newName());
	answer = await visitor.submit(form);
	assert.equal(answer.status, 303);
	const id = Number(answer.location.split('/').pop());
	assert.deepEqual(Object.keys(boxesOf(id)), ['password']);

	/* and on the pencil, where it stands beside a stored one */
	const boxes = boxesOf(id);
	form = (await editForm(visitor, id)).set('name', '').set('secret.password', what.secrets.password);
	form = again(await visitor.submit(form), form).set('name', newName());
	assert.deepEqual(boxesOf(id), boxes);
	assert.equal((await visitor.submit(form)).status, 303);
	assert.notDeepEqual(boxesOf(id), boxes);
	noSecretIn(what.secrets.password);
	allSealedIsGood();
});

test('what is typed anew counts before what is kept', async () => {
	const visitor = await as('admin');
	let form = fill(await newForm(visitor, 'jenkins'), jenkins({ name: '' }));

	form = again(await visitor.submit(form), form);
	const first = form.value('kept.password');
	form.set('secret.password', newSecret());
	form = again(await visitor.submit(form), form);
	assert.notEqual(form.value('kept.password'), first);
	assert.equal((await visitor.submit(form.set('name', newName()))).status, 303);
});

test('mending a URL that names its host does not cost the secret', async () => {
	const visitor = await as('admin');

	for (const url of ['ci.one.example/a', 'ci.one.example', 'https://ci.one.example/a b', 'https://ci.one.example/#a',
		'https://ci.one.example/%', 'https://ci.one.example\\a']) {
		let form = fill(await newForm(visitor, 'jenkins'), jenkins({ urls: [['apiUrl', url]] }));
		form = again(await visitor.submit(form), form).set('url', 'https://ci.one.example/a');
		assert.equal((await visitor.submit(form)).status, 303, url);
	}
	let form = fill(await newForm(visitor, 'jenkins'), jenkins({ urls: [['apiUrl', 'https://ci.one.example/ b']] }));
	form = again(await visitor.submit(form), form).set('url', 'https://evil.example/b');
	failsAt(await visitor.submit(form), 'f-password', ASKS, 'but another host does');
	allSealedIsGood();
});

test('a kept box does not follow a change of host', async () => {
	const visitor = await as('admin');
	let form = fill(await newForm(visitor, 'jenkins'), jenkins({ name: '' }));

	form = again(await visitor.submit(form), form).set('name', newName()).set('url', 'https://evil.example');
	const answer = await visitor.submit(form);
	failsAt(answer, 'f-password', ASKS);
	assert.ok(!again(answer, form).has('kept.password'), 'it is let go');
});

test('a kept box of another session, field or integration, or a changed one, is as good as none', async () => {
	const visitor = await as('admin');
	const kept = async (type, what) => {
		const form = fill(await newForm(visitor, type), { ...what, name: '' });
		return again(await visitor.submit(form), form).set('name', newName());
	};
	const two = { secrets: { accessKey: newSecret(), secretKey: newSecret() } };
	const form = await kept('jenkins', jenkins());
	const box = form.value('kept.password');
	const refused = async (who, fields, field, what) => {
		const answer = await who.post(`${listPath()}/new`, fields.filter(([n]) => n !== 'csrf'));
		assert.equal(answer.status, 422, what);
		failsAt(answer, `f-${field}`, /must be filled in/, what);
	};
	const withBox = (f, value) => f.fields().map(([n, v]) => [n, n === 'kept.password' ? value : v]);

	await refused(await as('member'), form.fields(), 'password', "another person's session");
	const password = person('flow-mate');
	roleGive('flow-mate', 'acme', 3);
	const mate = await new Visitor().signIn('flow-mate', password);
	await refused(mate, form.fields(), 'password', 'another session');
	roleTake('flow-mate');
	await refused(visitor, withBox(await kept('jenkins', jenkins()), box), 'password', 'another integration');
	for (const at of [0, 40, Math.floor(box.length / 2), box.length - 8]) {
		const c = box[at] === 'A' ? 'B' : 'A';
		await refused(visitor, withBox(form, box.slice(0, at) + c + box.slice(at + 1)), 'password', `changed at ${at}`);
	}
	for (const nonsense of ['x', '%', 'AAAA', box.slice(0, -20), `${box}AAAA`])
		await refused(visitor, withBox(form, nonsense), 'password', 'nonsense');
	const keys = await kept('amazonKeys', two);
	await refused(visitor, keys.fields().filter(([n]) => n !== 'kept.secretKey' ).map(([n, v]) =>
		[n === 'kept.accessKey' ? 'kept.secretKey' : n, v]), 'secretKey', 'another field');
	const noUid = form.fields().filter(([n]) => n !== 'uid');
	await refused(visitor, noUid, 'password', 'without its integration');
	assert.equal((await visitor.submit(form)).status, 303, 'untouched it works');
	/* on the pencil of another integration */
	const [one, other] = [await add(visitor, 'jenkins', jenkins()), await add(visitor, 'jenkins', jenkins())];
	let edit = (await editForm(visitor, one)).set('name', '').set('secret.password', newSecret());
	edit = again(await visitor.submit(edit), edit);
	const boxes = boxesOf(other);
	const target = (await editForm(visitor, other)).force('kept.password', edit.value('kept.password'));
	assert.equal((await visitor.submit(target)).status, 303, 'its own stays instead');
	assert.deepEqual(boxesOf(other), boxes);
	allSealedIsGood();
});

/* --- pairs ------------------------------------------------------------------------------------- */

async function pairsForm(visitor, form, pairs) {
	for (const [k, [key, value]] of pairs.entries()) {
		if (!form.has(`pair_key.envs.${k}`))
			form = again(await visitor.submit(form, ['add_pair', 'envs']), form);
		form.set(`pair_key.envs.${k}`, key).set(`secret.envs.${k}`, value);
	}
	return form;
}

test('pairs: rows come and go, keys are renamed with their value, the rest stays as it was', async () => {
	const visitor = await as('admin');
	const noSecretIn = watch(visitor);
	const values = [newSecret(), newSecret(), newSecret(), newSecret()];
	let form = await pairsForm(visitor, fill(await newForm(visitor, 'keyValuePair'), { name: newName() }),
		[['ONE', values[0]], ['TWO', values[1]], ['THREE', values[2]]]);
	const id = Number((await visitor.submit(form)).location.split('/').pop());
	const boxes = boxesOf(id);

	assert.deepEqual(Object.keys(boxes), ['envs:ONE', 'envs:THREE', 'envs:TWO']);
	form = await editForm(visitor, id);
	const rowWith = (f, key) => f.controls.find((c) => c.name.startsWith('pair_key.') && c.value === key).name.split('.').pop();
	form.set(`pair_key.envs.${rowWith(form, 'TWO')}`, 'ZWEI');
	let answer = await visitor.submit(form);
	failsAt(answer, `v-envs-${rowWith(form, 'ZWEI')}`, /Type the value of this key/);
	form = again(answer, form);
	form.set(`secret.envs.${rowWith(form, 'ZWEI')}`, values[3]);
	assert.equal((await visitor.submit(form)).status, 303);
	let now = boxesOf(id);
	assert.deepEqual(Object.keys(now), ['envs:ONE', 'envs:THREE', 'envs:ZWEI']);
	assert.deepEqual([now['envs:ONE'], now['envs:THREE']], [boxes['envs:ONE'], boxes['envs:THREE']]);

	form = await editForm(visitor, id);
	form = again(await visitor.submit(form, ['remove_pair', `envs.${rowWith(form, 'ONE')}`]), form);
	assert.ok(boxesOf(id)['envs:ONE'], 'only Save removes it');
	form = again(await visitor.submit(form, ['add_pair', 'envs']), form); /* left empty */
	assert.equal((await visitor.submit(form)).status, 303);
	now = boxesOf(id);
	assert.deepEqual(Object.keys(now), ['envs:THREE', 'envs:ZWEI']);
	assert.equal(now['envs:THREE'], boxes['envs:THREE']);
	noSecretIn(...values);
	allSealedIsGood();
});

test('pairs: keys that cannot be, twice the same, and too many', async () => {
	const visitor = await as('admin');
	const form = async (pairs) => pairsForm(visitor, fill(await newForm(visitor, 'keyValuePair'), { name: newName() }), pairs);

	for (const [key, why] of [['', /Give this value a key/], ['A B', /blank/], ['1A', /digit/], ['A-B', /U\+002D/],
		['\u00dc', /U\+00DC/], ['x'.repeat(81), /Shorten/]])
		failsAt(await visitor.submit(await form([[key, newSecret()]])), 'k-envs-0', why, key);
	failsAt(await visitor.submit(await form([['A', newSecret()], ['A', newSecret()]])), 'k-envs-1', /stands twice/);
	failsAt(await visitor.submit(await form([['A', '']])), 'v-envs-0', /Type the value/);
	const many = await form([['A0', 'x']]);
	for (let k = 1; k <= 100; k++)
		many.force(`pair_key.envs.${k}`, `A${k}`).force(`secret.envs.${k}`, 'x');
	const answer = await visitor.submit(many);
	assert.equal(answer.status, 422);
	says(answer, /at most 100 pairs/);
});

/* --- the buttons of rows ------------------------------------------------------------------------ */

test('+ and - of rows keep everything typed, say nothing, and save nothing', async () => {
	const visitor = await as('admin');
	const noSecretIn = watch(visitor);
	const what = jenkins({ name: newName('rows ') });
	let form = fill(await newForm(visitor, 'jenkins'), what).tick('role_collaborator').tick('scope', 'some');
	const project = form.values('project')[1];

	form.tick('project', project).tick('role_member', undefined, false);
	const state = (f) => [f.value('name'), f.values('url'), f.value('value.username'), f.ticked('role_member'),
		f.ticked('role_collaborator'), f.ticked('scope', 'some'), f.controls.filter((c) => c.name === 'project' && c.on)
			.map((c) => c.value)];
	const before = state(form);
	let answer = await visitor.submit(form, ['add_url', '1']);
	assert.equal(answer.status, 200);
	assert.deepEqual(errorsOf(answer), []);
	form = again(answer, form);
	assert.deepEqual(form.values('url'), [what.urls[0][1], '']);
	form.set('url_key', 'two', 1).set('url', 'https://ci.one.example/two', 1);
	answer = await visitor.submit(form, ['remove_url', '2']);
	assert.equal(answer.status, 200);
	form = again(answer, form);
	assert.deepEqual(state(form), before);
	assert.ok(form.value('kept.password'));
	assert.equal(countNamed(what.name), 0);
	answer = await visitor.submit(form);
	assert.equal(answer.status, 303, 'and then Save needs no typing');
	const row = rowOf(Number(answer.location.split('/').pop()));
	assert.deepEqual([row.all_projects, row.edit_roles], [0, 5]);
	/* a half-filled form is not blamed while its rows are made */
	const empty = await newForm(visitor, 'jenkins');
	answer = await visitor.submit(empty, ['add_url', '1']);
	assert.equal(answer.status, 200);
	assert.deepEqual(errorsOf(answer), []);
	noSecretIn(what.secrets.password);
});

test('rows of pairs: what was typed into each is kept with its own key', async () => {
	const visitor = await as('admin');
	let form = await pairsForm(visitor, fill(await newForm(visitor, 'keyValuePair'), { name: newName() }),
		[['A', newSecret()], ['B', newSecret()], ['C', newSecret()]]);

	form = again(await visitor.submit(form, ['remove_pair', 'envs.1']), form);
	const keys = form.controls.filter((c) => c.name.startsWith('pair_key.')).map((c) => [c.value,
		form.has(`kept.${c.name.slice('pair_key.'.length)}`)]);
	assert.deepEqual(keys, [['A', true], ['C', true]]);
	const answer = await visitor.submit(form);
	assert.equal(answer.status, 303);
	assert.deepEqual(Object.keys(boxesOf(Number(answer.location.split('/').pop()))), ['envs:A', 'envs:C']);
	allSealedIsGood();
});
