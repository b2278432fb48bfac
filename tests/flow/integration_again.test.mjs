/* Forms of integrations that were made already, or are no more: nothing that was typed into them is lost. */
import { after, before, test } from 'node:test';
import assert from 'node:assert/strict';

import { doctor, sqlValue } from './lib/stack.mjs';
import { Visitor, as } from './lib/client.mjs';
import { byId, formOf, says, textOf } from './lib/html.mjs';
import { person, roleGive, roleTake } from './lib/people.mjs';
import { add, again, boxesOf, cleanUp, countNamed, editForm, errorsOf, failsAt, fill, jenkins, listPath, newForm, newName,
	newSecret, pathOf, rowOf, watch } from './lib/integration.mjs';

const IN = 'flow-again-in';
let collaborator;

before(async () => {
	const password = person(IN);

	roleGive(IN, 'acme', 1);
	collaborator = await new Visitor().signIn(IN, password);
});
after(() => {
	cleanUp();
	roleTake(IN);
});

function allSealedIsGood() {
	roleTake(IN);
	const counts = doctor();

	assert.deepEqual([counts.sealed[1], counts.sealed[4]], [counts.sealed[0], 0], 'doctor: all sealed fields are good');
	roleGive(IN, 'acme', 1);
}

const idOf = (answer) => Number(answer.location.split('/').pop());
const uidOf = (id) => sqlValue(`SELECT HEX(uid) FROM integration WHERE id = ${id}`);

/* --- + Add, used twice -------------------------------------------------------------------------- */

test('Back, another name, Save: the form says what it made, and the next Save makes another one', async () => {
	const visitor = await as('admin');
	const noSecretIn = watch(visitor);
	const what = jenkins({ name: newName('<&') });
	const form = fill(await newForm(visitor, 'jenkins'), what);
	const first = idOf(await visitor.submit(form));
	const boxes = boxesOf(first);
	const other = newName(), secret = newSecret();

	form.set('name', other).set('secret.password', secret).set('url', 'https://ci.two.example/');
	const answer = await visitor.submit(form);
	assert.equal(answer.status, 409);
	says(answer, /This form was used already: it added flow .*<&.* Nothing more is saved yet/);
	assert.ok(answer.text.includes(`href="${pathOf(first)}"`));
	assert.deepEqual(errorsOf(answer), []);
	const next = again(answer, form);
	assert.notEqual(next.value('uid'), form.value('uid'));
	assert.deepEqual([next.value('name'), next.values('url')[0], next.value('value.username')],
		[other, 'https://ci.two.example/', 'ci-bot']);
	assert.equal(countNamed(other), 0);
	const done = await visitor.submit(next);
	assert.equal(done.status, 303);
	assert.notEqual(uidOf(idOf(done)), uidOf(first));
	assert.deepEqual([boxesOf(first), rowOf(first).name], [boxes, what.name]);
	assert.notDeepEqual(boxesOf(idOf(done)), boxes);
	noSecretIn(what.secrets.password, secret);
	allSealedIsGood();
});

test('a second click: the same form twice makes one, and says which', async () => {
	const visitor = await as('admin');
	const what = jenkins();
	const form = fill(await newForm(visitor, 'jenkins'), what);
	const answers = await Promise.all([visitor.submit(form), visitor.submit(form), visitor.submit(form)]);
	const late = answers.filter((a) => a.status !== 303);

	assert.equal(answers.length - late.length, 1);
	for (const answer of late) {
		assert.equal(answer.status, 409);
		says(answer, /This form was used already/);
		/* saved once more under the same name it is the name that is wrong */
		const next = await visitor.submit(again(answer, form));
		failsAt(next, 'name', /has this name/);
	}
	assert.equal(countNamed(what.name), 1);
});

test('a box that was kept belongs to the one that was made: its secret is asked for again', async () => {
	const visitor = await as('admin');
	let form = fill(await newForm(visitor, 'keyValuePair'), { name: '' });

	form.set('pair_key.envs.0', 'ONE').set('secret.envs.0', newSecret());
	form.force('pair_key.envs.1', 'TWO').force('secret.envs.1', newSecret());
	form = again(await visitor.submit(form), form).set('name', newName());
	const first = idOf(await visitor.submit(form));
	const boxes = boxesOf(first);
	form.set('name', newName()).set('secret.envs.1', newSecret());
	const answer = await visitor.submit(form);
	assert.equal(answer.status, 409);
	assert.match(byId(answer.text, 'v-envs-0-error'), /Type it again: what was kept belongs to/);
	assert.equal(byId(answer.text, 'v-envs-1-error'), null);
	let next = again(answer, form);
	assert.ok(!next.has('kept.envs.0') && next.has('kept.envs.1'));
	assert.equal((await visitor.submit(next)).status, 422, 'not without it');
	next.set('secret.envs.0', newSecret());
	const done = await visitor.submit(next);
	assert.equal(done.status, 303);
	assert.deepEqual(Object.keys(boxesOf(idOf(done))), ['envs:ONE', 'envs:TWO']);
	assert.deepEqual(boxesOf(first), boxes);
	/* by hand: the old box in the new form is none */
	next = again(answer, form);
	next.set('name', newName()).force('kept.envs.0', form.value('kept.envs.0'));
	failsAt(await visitor.submit(next), 'v-envs-0', /Type the value/);
	allSealedIsGood();
});

test('what it made was deleted: the form is as good as new', async () => {
	const visitor = await as('admin');
	const form = fill(await newForm(visitor, 'jenkins'), jenkins());
	const id = idOf(await visitor.submit(form));

	assert.equal((await visitor.post(`${pathOf(id)}/delete`, { version: 1, confirm: 'on' })).status, 303);
	assert.equal((await visitor.submit(form)).status, 303);
});

/* --- the pencil, and what it was for is gone ----------------------------------------------------- */

const remove = async (visitor, id) => assert.equal((await visitor.post(`${pathOf(id)}/delete`,
	{ version: rowOf(id).version, confirm: 'on' })).status, 303);

test('deleted while somebody edited it: the page says who did it, keeps what was typed, and adds it anew', async () => {
	const [visitor, other] = [await as('member'), await as('admin')];
	const noSecretIn = watch(visitor);
	const what = jenkins();
	const id = await add(visitor, 'jenkins', what);
	const name = newName(), secret = newSecret();
	const form = (await editForm(visitor, id)).set('name', name).set('url', 'https://ci.three.example/').set('value.username', 'me')
		.set('secret.password', secret).force('url_key', 'more').force('url', 'https://ci.three.example/more');

	await remove(other, id);
	const answer = await visitor.submit(form);
	assert.equal(answer.status, 410);
	says(answer, new RegExp(`"${what.name}" was deleted just now by .*\\(admin\\), with its sealed values. Nothing of yours is saved`));
	const next = formOf(answer.text, `${listPath()}/new`);
	assert.deepEqual([next.value('name'), next.values('url'), next.value('value.username'), next.value('type')],
		[name, ['https://ci.three.example/', 'https://ci.three.example/more'], 'me', 'jenkins']);
	assert.ok(next.value('kept.password') && next.value('uid'));
	const done = await visitor.submit(next);
	assert.equal(done.status, 303);
	assert.deepEqual(Object.keys(boxesOf(idOf(done))), ['password']);
	assert.notEqual(idOf(done), id);
	/* without the secret it is asked for */
	const second = await add(visitor, 'jenkins', jenkins());
	const plain = (await editForm(visitor, second)).set('value.username', 'x');
	await remove(other, second);
	failsAt(await visitor.submit(formOf((await visitor.submit(plain)).text, `${listPath()}/new`)), 'f-password', /must be filled in/);
	noSecretIn(what.secrets.password, secret);
	allSealedIsGood();
});

test("one's own: used twice, and deleted; to others it is nothing", async () => {
	const visitor = await as('member');
	const form = fill(await visitor.form('/integrations/new?type=jenkins', '/integrations/new'), jenkins());
	const id = idOf(await visitor.submit(form));
	const twice = await visitor.submit(form.set('name', newName()));

	assert.equal(twice.status, 409);
	assert.ok(twice.text.includes(`href="/integrations/${id}"`));
	assert.equal((await visitor.submit(again(twice, form))).status, 303);
	const edit = (await visitor.form(`/integrations/${id}/edit`)).set('name', newName()).set('secret.password', newSecret());
	const panel = formOf((await visitor.get(`/integrations/${id}/edit`)).text, `/integrations/${id}/delete`);
	assert.equal((await visitor.submit(panel.tick('confirm'))).status, 303);
	const answer = await visitor.submit(edit);
	assert.equal(answer.status, 410);
	says(answer, /was deleted just now by .*\(member\).* Nothing of yours is saved/);
	assert.equal((await visitor.submit(formOf(answer.text, '/integrations/new'))).status, 303);
	assert.equal((await visitor.get(`/integrations/${id}`)).status, 410);
	for (const path of [`/integrations/${id}`, `/integrations/${id}/edit`, pathOf(id)])
		assert.equal((await (await as('admin')).get(path)).status, 404, path);
});

test('its other pages say so, too; to whom it was not visible, and for ids that never were, there is nothing', async () => {
	const [visitor, admin] = [await as('member'), await as('admin')];
	const id = await add(admin, 'jenkins', jenkins({ name: newName('<i>') }));
	const form = await editForm(admin, id);

	await remove(admin, id);
	const said = /was deleted just now by .*\(admin\), with its sealed values/;
	for (const path of [pathOf(id), `${pathOf(id)}/edit`]) {
		const answer = await visitor.get(path);
		assert.equal(answer.status, 410, path);
		says(answer, said);
	}
	const twice = await visitor.post(`${pathOf(id)}/delete`, { version: 1, confirm: 'on' });
	assert.equal(twice.status, 410);
	says(twice, said);
	const odd = await admin.post(`${pathOf(id)}/edit`, form.fields().filter(([n]) => n !== 'type' && n !== 'csrf'));
	assert.equal(odd.status, 410, 'a form without its type');
	says(odd, said);
	/* the rest of the world */
	const foreign = await add(visitor, 'jenkins', jenkins(), 'globex');
	assert.equal((await visitor.post(`${pathOf(foreign, 'globex')}/delete`, { version: 1, confirm: 'on' })).status, 303);
	assert.equal((await visitor.get(pathOf(foreign, 'globex'))).status, 410, 'where it was');
	const bodyOf = (answer) => textOf(answer.text).replace(/[0-9a-f]{16}/g, '');
	for (const who of [collaborator, admin]) {
		const unknown = await who.get(pathOf(99999999));
		assert.equal(unknown.status, 404);
		for (const gone of who === collaborator ? [id, foreign] : [foreign]) {
			for (const sub of ['', '/edit']) {
				const answer = await who.get(`${pathOf(gone)}${sub}`);
				assert.deepEqual([answer.status, bodyOf(answer)], [404, bodyOf(unknown)]);
			}
			assert.equal((await who.post(`${pathOf(gone)}/edit`, { type: 'jenkins', name: 'x' })).status, 404);
			assert.equal((await who.post(`${pathOf(gone)}/delete`, { version: 1, confirm: 'on' })).status, 404);
		}
	}
	/* an entry about something else with this number is no deletion of it */
	assert.equal((await admin.get(pathOf(sqlValue(`SELECT MAX(object_id) + 1 FROM audit WHERE action = 'integration.delete'`)))).status, 404);
});
