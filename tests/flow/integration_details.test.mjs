/* The details page: the lines for workflow files, who changed what last, disabling and enabling. */
import { after, test } from 'node:test';
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import path from 'node:path';

import { BIN, quote, sql, sqlValue } from './lib/stack.mjs';
import { as } from './lib/client.mjs';
import { byId, decode, formOf, says, textOf } from './lib/html.mjs';
import { add, cleanUp, editForm, fill, jenkins, listPath, newForm, newName, newSecret, pathOf, rowOf } from './lib/integration.mjs';

after(cleanUp);

/* The lines to copy: [[where, text]...] */
function usesOf(answer) {
	return [...answer.text.matchAll(/id="use-\d+-where">(.*?)<\/p>.*?<pre[^>]*>(.*?)<\/pre>/gs)]
		.map(([, where, text]) => [textOf(where), decode(text)]);
}

const indent = (text, by) => text.split('\n').map((line) => ' '.repeat(by) + line).join('\n');

/* A workflow file with these lines where the page says that they belong. */
function fileOf(uses) {
	let file = '';

	for (const [where, text] of uses) {
		const family = /under integrations: (\w+):$/.exec(where)?.[1];
		const resource = /^In a resource of type: (\w+)$/.exec(where)?.[1];

		if (family)
			file += `integrations:\n  ${family}:\n${indent(text, 4)}\n`;
		else if (resource)
			file += `resources:\n  - name: r\n    type: ${resource}\n${indent(text, 4)}\n`;
		else
			file += `jobs:\n  - name: j\n    type: runSh\n    integrations:\n${indent(text, 6)}\n`;
	}
	return file;
}

const refsOf = (file) => JSON.parse(execFileSync(path.join(BIN, 'signet'), ['refs', '--json', '-'], { input: file, encoding: 'utf8' }));

async function addNamed(visitor, name) {
	const id = await add(visitor, 'dockerRegistryLogin', { name: newName(), values: { username: 'u' },
		secrets: { password: newSecret() } });

	sql(`UPDATE integration SET name = ${quote(name)} WHERE id = ${id}`);
	return id;
}

test('the lines name exactly this integration, whatever it is called', async () => {
	const admin = await as('admin');

	for (const name of ['flow docker hub', 'flow: a #b', "flow 'x' \"y\" \\n", 'flow [a], {b}: *c &d', 'flow % @ ` | > ! ?', 'flow €  two blanks é']) {
		const id = await addNamed(admin, name);
		const answer = await admin.get(pathOf(id));
		const uses = usesOf(answer);
		const refs = refsOf(fileOf(uses));

		assert.deepEqual(uses.map(([where]) => where), ['For the CI job, under integrations: hub:',
			'In a resource of type: image', 'In a job of type: runSh, under integrations:']);
		const found = (Array.isArray(refs) ? refs : refs.references ?? refs.files[0].references).map((ref) => ref.name);
		assert.deepEqual(found, [name, name, name]);
		sql(`DELETE FROM integration WHERE id = ${id}`);
	}
});

test('a name that a workflow file would take for a variable is told', async () => {
	const admin = await as('admin');
	const id = await addNamed(admin, 'flow $HOME');

	says(await admin.get(pathOf(id)), /reads the part of this name that begins with \$ as a variable/);
	sql(`DELETE FROM integration WHERE id = ${id}`);
});

test('who changed what last: names of fields as on the form, newest first, and no values', async () => {
	const admin = await as('admin'), member = await as('member');
	const secret = newSecret();
	const id = await add(admin, 'jenkins', jenkins());

	await member.submit((await editForm(member, id)).set('value.username', 'a-new-user').set('secret.password', secret));
	await admin.submit((await editForm(admin, id)).set('name', newName('renamed ')).tick('role_collaborator'));
	const answer = await admin.get(pathOf(id));
	const list = [...answer.text.matchAll(/<li class="list-group-item">(.*?)<\/li>/gs)].map(([, item]) => textOf(item));
	assert.equal(list.length, 3);
	assert.match(list[0], /^Changed: Name, Who can edit Admin of acme \(admin\) ?, /);
	assert.match(list[1], /^Changed: Username, API token or password Member of acme \(member\) ?, /);
	assert.match(list[2], /^Added Admin of acme \(admin\) ?, /);
	assert.ok(!answer.text.includes(secret));
	says(answer, /All its entries in the audit trail/);
	assert.ok(!/in the audit trail<\/a>/.test((await member.get(pathOf(id))).text.split('Last changes')[1]), 'for admins alone');
});

test('who names themselves like somebody else is told by the login', async () => {
	const member = await as('member');
	const id = await add(member, 'jenkins', jenkins());

	try {
		assert.equal((await member.post('/account/name', { name: 'the operator' })).status, 303);
		const text = textOf((await member.get(pathOf(id))).text);
		assert.match(text, /Sealed just now by the operator \(member\)/);
		assert.match(text, /Added the operator \(member\)/);
	} finally {
		sql("UPDATE account SET name = 'Member of acme' WHERE login = 'member'; UPDATE people_revision SET revision = revision + 1");
	}
});

test('disabled with a reason: marked on its page and in the list, in the trail, until it is enabled', async () => {
	const admin = await as('admin'), member = await as('member');
	const what = jenkins();
	const id = await add(admin, 'jenkins', what);
	const rowInList = async () => (await member.get(listPath())).text.split('<tr>').find((row) => row.includes(what.name));

	assert.ok(!(await rowInList()).includes('Disabled'));
	const form = await member.form(pathOf(id), `${pathOf(id)}/disable`);
	assert.equal((await member.submit(form.set('reason', 'leaked <b> & "c"'))).location, pathOf(id));
	const answer = await admin.get(pathOf(id));
	says(answer, /Disabled .* by Member of acme \(member\) leaked <b> & "c"/);
	assert.match(await rowInList(), /<span class="badge bg-red-lt">Disabled<\/span>/);
	assert.equal(sqlValue(`SELECT action FROM audit WHERE object_id = ${id} ORDER BY at DESC, seq DESC LIMIT 1`), 'integration.disable');
	assert.equal((await admin.submit(formOf(answer.text, `${pathOf(id)}/enable`))).status, 303);
	says(await admin.get(pathOf(id)), /Enabled Admin of acme \(admin\)/);
	assert.ok(!(await rowInList()).includes('Disabled'));
	assert.equal(rowOf(id).version, 3);
});

test('a reason that cannot be is told beside it, and kept; who comes second is told, too', async () => {
	const admin = await as('admin');
	const id = await add(admin, 'jenkins', jenkins());
	const form = await admin.form(pathOf(id), `${pathOf(id)}/disable`);

	for (const [reason, says] of [['', /Say in a few words why/], ['  ', /Say in a few words why/], ['x'.repeat(201), /at most 200 characters/],
		['é'.repeat(201), /at most 200 characters/], ['a\u0007b', /one line|control/]]) {
		const answer = await admin.submit(form.set('reason', reason));
		assert.equal(answer.status, 422, JSON.stringify(reason));
		assert.match(byId(answer.text, 'reason-error'), says);
		if (reason.trim())
			assert.equal(formOf(answer.text, `${pathOf(id)}/disable`).value('reason'), reason);
	}
	assert.equal((await admin.submit(form.set('reason', 'é'.repeat(200)))).status, 303);
	const answer = await admin.submit(form.set('reason', 'second'));
	assert.equal(answer.status, 409);
	says(answer, /Somebody disabled it already; see why below/);
	assert.equal((await admin.post(`${pathOf(id)}/enable`)).status, 303);
	assert.equal((await admin.post(`${pathOf(id)}/enable`)).status, 409);
});

test('disabling does not stand in the way of an open form without a word', async () => {
	const admin = await as('admin'), member = await as('member');
	const id = await add(admin, 'jenkins', jenkins());
	const opened = (await editForm(admin, id)).set('value.username', 'mine');

	await member.submit((await member.form(pathOf(id), `${pathOf(id)}/disable`)).set('reason', 'why not'));
	const answer = await admin.submit(opened);
	assert.equal(answer.status, 409);
	says(answer, /It is disabled: why not/);
});

test('+ Add: the types are searched, whatever the case, by each word', async () => {
	const admin = await as('admin');
	const cards = async (q) => [...(await admin.get(`${listPath()}/new?q=${encodeURIComponent(q)}`)).text
		.matchAll(/<a class="card card-link[^"]*" href="\?type=(\w+)"/g)].map(([, name]) => name);

	assert.ok((await cards('')).length >= 10);
	assert.deepEqual(await cards('jenkins'), ['jenkins']);
	assert.deepEqual(await cards('  JENKINS controller '), ['jenkins']);
	assert.deepEqual((await cards('keys ssh')), ['sshKey']);
	assert.deepEqual((await cards('pemKey')), ['pemKey']);
	assert.deepEqual((await cards('source hosts')).sort(), ['github', 'gitlab']);
	assert.deepEqual(await cards('Key-Value'), ['keyValuePair']);
	const none = await admin.get(`${listPath()}/new?q=${encodeURIComponent('<no & such>')}`);
	says(none, /No type for “<no & such>”/);
	says(none, /No type fits/);
	assert.match(none.text, /href="\?q=Key-Value"/);
	assert.ok(!/id="no-type" hidden/.test(none.text));
	assert.match((await admin.get(`${listPath()}/new?q=jenkins`)).text, /id="no-type" hidden/);
});

/* --- keys as files ------------------------------------------------------------------------------- */

const keyForm = async (visitor) => fill(await newForm(visitor, 'sshKey'), { name: newName() });
const PUBLIC = 'ssh-ed25519 AAAA first@one.example\n';

test('keys as files: both are taken, line ends and marks aside; the private one is sealed', async () => {
	const admin = await as('admin');
	const secret = newSecret();
	const form = (await keyForm(admin)).choose('file.publicKey', `\ufeff${PUBLIC.replace('\n', '\r\n')}`)
		.choose('file.privateKey', `-----BEGIN KEY-----\r\n${secret}\r\n-----END KEY-----\r\n`);
	const answer = await admin.submit(form);

	assert.equal(form.enctype, 'multipart/form-data');
	assert.equal(answer.status, 303);
	const id = Number(answer.location.split('/').pop());
	assert.equal(sql(`SELECT value FROM integration_value WHERE integration_id = ${id}`)[0][0], PUBLIC);
	assert.equal(sqlValue(`SELECT COUNT(*) FROM sealed_box WHERE integration_id = ${id} AND field = 'privateKey'`), '1');
	assert.ok(!(await admin.get(pathOf(id))).text.includes(secret));
});

test('a file counts before the text beside it; after an error it is kept as a box', async () => {
	const admin = await as('admin');
	const form = (await keyForm(admin)).set('value.publicKey', 'typed').choose('file.publicKey', PUBLIC)
		.choose('file.privateKey', 'key in a file').set('name', '');
	const answer = await admin.submit(form);

	assert.equal(answer.status, 422);
	const next = formOf(answer.text, form.action);
	assert.equal(next.value('value.publicKey').trim(), PUBLIC.trim());
	assert.ok(next.value('kept.privateKey'));
	assert.equal((await admin.submit(next.set('name', newName()))).status, 303);
});

test('a file that is no text, or too large, is told beside its field', async () => {
	const admin = await as('admin');

	for (const [file, message] of [[Buffer.from([0x30, 0x82, 0, 1, 0xff]), /not text/], [Buffer.alloc(65537, 'x'), /at most 65536 bytes, this one has 65537/],
		[Buffer.alloc(40000, 'x'), /longer than 32768 bytes/]]) {
		const answer = await admin.submit((await keyForm(admin)).set('value.publicKey', PUBLIC).choose('file.privateKey', file));
		assert.equal(answer.status, 422);
		assert.match(byId(answer.text, 'f-privateKey-error'), message);
	}
	const answer = await admin.submit((await keyForm(admin)).choose('file.publicKey', Buffer.from([0xff, 0xfe]))
		.choose('file.privateKey', 'key'));
	assert.equal(answer.status, 422);
	assert.match(byId(answer.text, 'f-publicKey-error'), /not text/);
});

test('a body that is no form in parts is 400, and nothing is added', async () => {
	const admin = await as('admin');
	const csrf = await admin.csrf();
	const send = (type, body) => admin.send('POST', `${listPath()}/new`, { body, headers: { 'Content-Type': type, Origin: admin.origin } });
	const part = (name, value) => `--B\r\nContent-Disposition: form-data; name="${name}"\r\n\r\n${value}\r\n`;
	const whole = `${part('csrf', csrf)}${part('type', 'sshKey')}`;

	assert.equal((await send('multipart/form-data; boundary=B', `${whole}--B--\r\n`)).status, 422);
	for (const [type, body] of [['multipart/form-data', `${whole}--B--\r\n`], ['multipart/form-data; boundary=B', whole],
		['multipart/form-data; boundary=B', `${whole}--B--\r\nmore`], ['multipart/form-data; boundary=B; boundary=C', `${whole}--B--\r\n`],
		['multipart/form-data; boundary=B', `${whole}${part('name', 'a\0b')}--B--\r\n`]])
		assert.equal((await send(type, body)).status, 400, JSON.stringify([type, body.slice(-30)]));
	assert.equal((await send('multipart/form-data; boundary=B', `${part('type', 'sshKey')}--B--\r\n`)).status, 403, 'no token');
	assert.equal((await send('multipart/mixed; boundary=B', `${whole}--B--\r\n`)).status, 415);
});
