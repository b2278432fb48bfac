/* Each type of org integration, by plain forms: add, read back, change, delete. */
import { after, test } from 'node:test';
import assert from 'node:assert/strict';
import { readFileSync, readdirSync } from 'node:fs';
import path from 'node:path';

import { ROOT, doctor, sql } from './lib/stack.mjs';
import { as } from './lib/client.mjs';
import { decode, formOf, says, textOf } from './lib/html.mjs';
import { add, again, boxesOf, cleanUp, editForm, failsAt, fill, formsOf, listPath, newForm, newName, newSecret, pathOf,
	rowOf, watch } from './lib/integration.mjs';

after(cleanUp);

const pem = () => `-----BEGIN PRIVATE KEY-----\n${newSecret()}\n${newSecret()}\n-----END PRIVATE KEY-----\n`;
const hook = () => `https://hooks.one.example/services/${newSecret().replace(/[^A-Za-z0-9]/g, '')}?t=1`;

/* What to type, and what another person finds afterwards. */
const TYPES = {
	jenkins: () => ({ urls: [['apiUrl', 'https://ci.one.example/jenkins']], values: { username: 'ci-bot' },
		secrets: { password: newSecret() } }),
	dockerRegistryLogin: () => ({ urls: [['url', 'https://registry.one.example:5000/v2/']],
		values: { username: 'bot', email: 'bot@one.example' }, secrets: { password: newSecret() } }),
	github: () => ({ urls: [['url', 'https://api.github.com']], secrets: { token: newSecret() } }),
	gitlab: () => ({ urls: [['url', 'https://git.one.example/api/v4']], secrets: { token: newSecret() } }),
	amazonKeys: () => ({ secrets: { accessKey: newSecret(), secretKey: newSecret() } }),
	sshKey: () => ({ values: { publicKey: 'ssh-ed25519 AAAAC3Nz ci@one.example' }, secrets: { privateKey: pem() } }),
	pemKey: () => ({ secrets: { key: pem() } }),
	keyValuePair: () => ({ pairs: [['API_TOKEN', newSecret()], ['b', newSecret()]] }),
	webhookV2: () => ({ secrets: { webhookURL: hook(), authorization: `Bearer ${newSecret()}` },
		shown: 'https://hooks.one.example' }),
	slackKey: () => ({ secrets: { webhookUrl: hook() }, shown: 'https://hooks.one.example' }),
};

test('all types of src/types are here, and all that the issue names', async () => {
	const files = readdirSync(path.join(ROOT, 'src/types')).filter((name) => name.endsWith('.ini'))
		.map((name) => name.slice(0, -4));
	const page = (await (await as('admin')).get(`${listPath()}/new`)).text;
	const offered = [...page.matchAll(/href="\?type=(\w+)"/g)].map(([, name]) => name);

	assert.deepEqual(Object.keys(TYPES).sort(), files.sort());
	assert.deepEqual(offered.sort(), files);
	for (const label of ['Jenkins', 'Docker Registry', 'GitHub', 'GitLab', 'AWS Keys', 'SSH Key', 'PEM Key',
		'Key-Value pairs', 'Webhook', 'Slack'])
		assert.ok(textOf(page).includes(label), label);
});

test('every credential of every type is secret', () => {
	for (const type of Object.keys(TYPES)) {
		const text = readFileSync(path.join(ROOT, `src/types/${type}.ini`), 'utf8');
		for (const [, name, body] of text.matchAll(/\[field (\w+)\]\n([^[]*)/g))
			if (/pass|token|secret|private|accessKey|authorization|webhook|envs|^key$/i.test(name))
				assert.match(body, /^kind = (secret|secret-lines|secret-url|pairs)$/m, `${type}.${name}`);
	}
});

/* Pairs have a row each; more rows come by the button. */
async function typePairs(visitor, form, pairs) {
	for (const [k, [key, value]] of pairs.entries()) {
		if (!form.has(`pair_key.envs.${k}`))
			form = again(await visitor.submit(form, ['add_pair', 'envs']), form);
		form.set(`pair_key.envs.${k}`, key).set(`secret.envs.${k}`, value);
	}
	return form;
}

async function addOne(visitor, type, what) {
	if (!what.pairs)
		return add(visitor, type, what);
	const form = await typePairs(visitor, fill(await newForm(visitor, type), what), what.pairs);
	const answer = await visitor.submit(form);
	assert.equal(answer.status, 303);
	return Number(/\/(\d+)$/.exec(answer.location)[1]);
}

const secretsOf = (what) => [...Object.values(what.secrets ?? {}), ...(what.pairs ?? []).map(([, v]) => v)];
const fieldsOf = (what) => [...Object.keys(what.secrets ?? {}), ...(what.pairs ?? []).map(([k]) => `envs:${k}`)];

async function readBack(visitor, id, type, what) {
	const details = await visitor.get(pathOf(id));
	const list = (await visitor.get(listPath())).text;
	const words = textOf(details.text);

	assert.equal(details.status, 200);
	assert.ok(words.includes(what.name));
	for (const [key, url] of what.urls ?? [])
		assert.ok(words.includes(key) && words.includes(url), url);
	for (const value of Object.values(what.values ?? {}))
		assert.ok(words.includes(value), value);
	for (const [key] of what.pairs ?? [])
		assert.ok(words.includes(key), key);
	assert.equal(words.match(/Sealed \S+( \S+)? ago by|Sealed just now by/g)?.length ?? 0, fieldsOf(what).length,
		`${type}: each sealed field says when and by whom`);
	const row = decode(new RegExp(`<tr>(?:(?!</tr>).)*"integrations/${id}".*?</tr>`, 's').exec(list)[0]);
	for (const part of [what.name, what.urls?.[0][1] ?? what.shown ?? '—', 'Org', 'All projects', 'Not checked',
		`"integrations/${id}/edit"`, '<td class="i-'])
		assert.ok(row.includes(part), `${type}: the list shows ${part}`);
}

for (const [type, make] of Object.entries(TYPES)) {
	test(`${type}: add, read back, change, delete`, async () => {
		const visitor = await as('admin');
		const noSecretIn = watch(visitor);
		const what = { name: newName(`${type} <b>&"' `), ...make() };
		const id = await addOne(visitor, type, what);

		says(await visitor.get(pathOf(id)), /The integration was added\./);
		await readBack(visitor, id, type, what);
		const boxes = boxesOf(id);
		assert.deepEqual(Object.keys(boxes), fieldsOf(what).sort());
		const row = rowOf(id);
		assert.deepEqual([row.name, row.type, row.all_projects, row.edit_roles], [what.name, type, 1, 6]);

		/* the form comes with everything but the secrets, and saving it as it is changes no box */
		let form = await editForm(visitor, id);
		assert.equal(form.value('name'), what.name);
		assert.deepEqual(form.values('url'), (what.urls ?? []).map(([, url]) => url));
		for (const [field, value] of Object.entries(what.values ?? {}))
			assert.equal(form.value(`value.${field}`), value);
		for (const control of form.controls.filter((c) => c.name.startsWith('secret.')))
			assert.equal(control.value, '', control.name);
		assert.equal((await visitor.submit(form)).status, 303);
		says(await visitor.get(pathOf(id)), /Your changes are saved\./);
		assert.deepEqual(boxesOf(id), boxes);

		/* another name, another secret in the last field */
		form = await editForm(visitor, id);
		const secrets = form.controls.filter((c) => c.name.startsWith('secret.'));
		const last = secrets[secrets.length - 1];
		const fresh = type === 'slackKey' ? hook() : newSecret();
		const name = newName(type);
		form.set('name', name).set(last.name, fresh);
		assert.equal((await visitor.submit(form)).status, 303);
		const now = boxesOf(id);
		const changed = Object.keys(now).filter((field) => now[field] !== boxes[field]);
		assert.equal(changed.length, 1);
		assert.equal(rowOf(id).name, name);

		const counts = doctor();
		assert.equal(counts.sealed[0], counts.sealed[1], 'every sealed field opens and is in its place');
		assert.equal(counts.urls[1], 0);
		await visitor.get(listPath());

		const panel = formOf((await visitor.get(`${pathOf(id)}/edit`)).text, `${pathOf(id)}/delete`);
		const gone = await visitor.submit(panel.tick('confirm'));
		assert.equal(gone.status, 303);
		assert.equal(gone.location, listPath());
		says(await visitor.get(listPath()), /The integration was deleted, with its sealed values\./);
		for (const table of ['sealed', 'integration_url', 'integration_value', 'integration_project'])
			assert.equal(sql(`SELECT COUNT(*) FROM ${table} WHERE integration_id = ${id}`)[0][0], '0', table);
		assert.equal((await visitor.get(pathOf(id))).status, 410);
		noSecretIn(...secretsOf(what).flatMap((s) => s.trim().split('\n').filter((l) => !l.startsWith('---'))), fresh);
	});
}

test('the secrets of the tests would be found if a page showed them', () => {
	const secret = newSecret();

	for (const text of [secret, encodeURIComponent(secret), Buffer.from(`x${secret}y`).toString('base64'),
		Buffer.from(`xx${secret}`).toString('base64url'), Buffer.from(secret).toString('hex')])
		assert.ok(formsOf(secret).some((form) => text.includes(form)), text.slice(0, 10));
});

test('a type that there is not: 404 for its form, and words for a form by hand', async () => {
	const visitor = await as('admin');
	const answer = await visitor.post(`${listPath()}/new`, { type: '<b>bitbucket', name: newName() });

	assert.equal((await visitor.get(`${listPath()}/new?type=bitbucket`)).status, 404);
	assert.equal(answer.status, 422);
	says(answer, /"<b>bitbucket" is not among the approved types/);
	assert.ok(!answer.text.includes('<b>bitbucket'));
});

test('each required field left out is told beside it, and the rest is kept', async () => {
	const visitor = await as('admin');

	for (const [type, make] of Object.entries(TYPES)) {
		const what = { name: newName(), ...make() };
		const form = await newForm(visitor, type);
		const required = form.controls.filter((c) => /^(value|secret)\./.test(c.name) && c.id &&
			!['f-email', 'f-authorization'].includes(c.id) && !what.pairs);
		const answer = await visitor.submit(form.set('name', what.name));
		assert.equal(answer.status, 422, type);
		for (const control of required)
			failsAt(answer, control.id, /must be filled in/, type);
		if (what.pairs)
			says(answer, /Add at least one key and its value\./);
		assert.equal(again(answer, form).value('name'), what.name);
		assert.equal(sql(`SELECT COUNT(*) FROM integration WHERE name = '${what.name}'`)[0][0], '0');
	}
});
