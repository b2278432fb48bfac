/* No plaintext of a secret stays anywhere: not in the database's files, in logs or temporary files, nor
 * in the web processes' memory after the request. Two controls show that the scan would find it: a
 * canary typed into the integration's name, and a web built without wiping. */
import { after, before, test } from 'node:test';
import assert from 'node:assert/strict';
import { closeSync, mkdtempSync, openSync, readFileSync, readSync, readdirSync, rmSync, statSync } from 'node:fs';
import { execFileSync, spawnSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import os from 'node:os';
import path from 'node:path';

import { BIN, ROOT, VAR, program, sql, throttleClear } from './lib/stack.mjs';
import { Visitor } from './lib/client.mjs';
import { secondWeb } from './lib/second.mjs';
import { again, cleanUp, editForm, failsAt, fill, jenkins, listPath, newForm, pathOf } from './lib/integration.mjs';

const SANITIZED = readFileSync(path.join(BIN, 'signet-web')).includes('__asan_init');

before(throttleClear);
after(() => {
	cleanUp();
	throttleClear();
	sql('SET GLOBAL innodb_flush_log_at_trx_commit = 0');
});

const newCanary = () => randomBytes(96).toString('base64').replace(/[^A-Za-z0-9]/g, '').slice(0, 60);

/* Parts of it, so that what is left of a half-overwritten one is found, too: any 28 characters in a row,
 * raw (which percent-encoding leaves alone) or in base64 at its three phases. */
function needles(canary) {
	const bytes = Buffer.from(canary), out = [];

	for (let at = 0; at + 12 <= bytes.length; at += 16) {
		const part = bytes.subarray(at, at + 12);
		out.push(part);
		for (let phase = 0; phase < 3; phase++)
			out.push(Buffer.from(part.subarray(phase, phase + 9).toString('base64')));
	}
	return out;
}

const holds = (buffer, list) => list.some((needle) => buffer.includes(needle));

/* --- places -------------------------------------------------------------------------------------- */

function* filesBelow(folder) {
	for (const entry of readdirSync(folder, { withFileTypes: true })) {
		const file = path.join(folder, entry.name);
		if (entry.isDirectory())
			yield* filesBelow(file);
		else if (entry.isFile())
			yield file;
	}
}

/* All that Signet keeps: database files, logs, nginx's temporary files, configuration. */
function* kept() {
	for (const name of readdirSync(VAR)) {
		const at = path.join(VAR, name);
		if (['bin', 'app', 'keys', 'demo-sign-ins', 'sign-in', 'run'].includes(name))
			continue;
		const files = statSync(at).isDirectory() ? filesBelow(at) : [at];
		for (const file of files)
			yield [file, readFileSync(file)];
	}
	yield ['a dump of all tables', Buffer.from(JSON.stringify(['integration', 'integration_url', 'integration_value',
		'audit', 'session', 'throttle', 'account'].map((table) => sql(`SELECT * FROM ${table}`))))];
	yield ['the boxes', Buffer.from(sql('SELECT HEX(box) FROM sealed_box').flat().join(), 'hex')];
}

/* A core dump, and beyond it the pages that a dump leaves out. */
function* memory(pid) {
	const folder = mkdtempSync(path.join(os.tmpdir(), 'signet-core-'));

	try {
		const made = spawnSync('gcore', ['-o', path.join(folder, 'core'), String(pid)], { encoding: 'utf8' });
		assert.equal(made.status, 0, `gcore: ${made.stderr ?? made.error}`);
		yield [`core dump of ${pid}`, readFileSync(path.join(folder, `core.${pid}`))];
	} finally {
		rmSync(folder, { recursive: true });
	}
	const mem = openSync(`/proc/${pid}/mem`, 'r');
	for (const line of readFileSync(`/proc/${pid}/maps`, 'latin1').split('\n')) {
		const [, from, to, flags] = /^([0-9a-f]+)-([0-9a-f]+) (\S+)/.exec(line) ?? [];
		if (!flags?.startsWith('rw'))
			continue;
		const region = Buffer.alloc(Number(BigInt(`0x${to}`) - BigInt(`0x${from}`)));
		readSync(mem, region, 0, region.length, BigInt(`0x${from}`));
		yield [`memory of ${pid}: ${line.slice(0, 60)}`, region];
	}
	closeSync(mem);
}

const memoryOf = function* (pids) {
	for (const pid of pids)
		yield* memory(pid);
};

function found(places, canary) {
	const list = needles(canary);

	return [...places].filter(([, bytes]) => holds(bytes, list)).map(([where]) => where);
}

/* --- the walk: a secret typed everywhere that takes one -------------------------------------------- */

async function walk(visitor, secret, name) {
	/* with an error first, so that it is kept as a box */
	let form = fill(await newForm(visitor, 'jenkins'), jenkins({ name: '', secrets: { password: secret } }));
	let answer = await visitor.submit(form);
	failsAt(answer, 'name', /Give/);
	form = again(answer, form).set('name', `flow ${name}`);
	answer = await visitor.submit(form);
	assert.equal(answer.status, 303);
	const id = Number(answer.location.split('/').pop());
	await visitor.get(pathOf(id));
	await visitor.get(listPath());
	/* on the pencil: taken, and refused for another host */
	form = (await editForm(visitor, id)).set('secret.password', secret);
	assert.equal((await visitor.submit(form)).status, 303);
	form = (await editForm(visitor, id)).set('secret.password', `${secret}\nx`);
	assert.equal((await visitor.submit(form)).status, 422);
	/* lines, pairs, a URL */
	const types = { pemKey: [['secret.key', `-----BEGIN X-----\n${secret}\n-----END X-----\n`]],
		webhookV2: [['secret.webhookURL', `https://hooks.one.example/${secret}`], ['secret.authorization', `Bearer ${secret}`]],
		keyValuePair: [['pair_key.envs.0', 'A'], ['secret.envs.0', secret]] };
	for (const [type, fields] of Object.entries(types)) {
		form = (await newForm(visitor, type)).set('name', `flow ${type} ${name.slice(0, 50)}`);
		for (const [field, value] of fields)
			form.set(field, value);
		assert.equal((await visitor.submit(form)).status, 303, type);
	}
	/* a file: taken, and refused, since it is no text */
	form = (await newForm(visitor, 'pemKey')).set('name', `flow file ${name.slice(0, 50)}`);
	assert.equal((await visitor.submit(form.choose('file.key', `-----BEGIN X-----\n${secret}\n`))).status, 303);
	assert.equal((await visitor.submit(form.choose('file.key', `${secret}\0${secret}`))).status, 422);
	/* where nothing is taken: a form that is too large, one with a wrong token, one that is broken */
	form = (await editForm(visitor, id)).set('secret.password', secret);
	assert.equal((await visitor.post(form.action, [...form.fields().filter(([n]) => n !== 'csrf'), ['csrf', 'x']])).status, 403);
	assert.equal((await visitor.post('/account/theme', { theme: secret.repeat(20) })).status, 413);
	assert.equal((await visitor.post('/account/password', { current: `${secret}`, password: secret, again: `${secret}x` })).status, 422);
	/* the password of an account is typed, too */
	assert.equal((await visitor.post('/login', { login: 'flow-nobody', password: secret })).status, 422);
}

/* A web of its own from `bin`: {secret, name, pids, web}, after the walk. */
async function walked(bin) {
	const web = await secondWeb({}, bin);
	const one = { web, secret: newCanary(), name: newCanary() };

	try {
		const visitor = await web.visitor().signIn('admin');
		await walk(visitor, one.secret, one.name);
		one.pids = web.pids();
		assert.ok(one.pids.length >= 3, 'page workers and the sign-in worker');
		return one;
	} catch (error) {
		await web.stop();
		throw error;
	}
}

test('through nginx: no secret in the database, logs, temporary files; the name is found by the same scan', async () => {
	const secret = newCanary(), name = newCanary();

	sql('SET GLOBAL innodb_flush_log_at_trx_commit = 1');
	await walk(await new Visitor().signIn('admin'), secret, name);
	sql('FLUSH TABLES');
	assert.deepEqual(found(kept(), secret), [], 'places that hold the secret');
	const control = found(kept(), name);
	assert.ok(control.some((where) => where.includes(`${VAR}/db/`)), `the name is in: ${control}`);
	assert.ok(control.includes('a dump of all tables'));
	if (!SANITIZED)
		assert.deepEqual(found(memoryOf(program('signet-web').workers), secret), [], 'memory of the web workers');
});

/* A sanitizer keeps what is freed, so these two are no tests of a build with one. */
const testWiping = SANITIZED ? () => {} : test;

testWiping('memory of the web processes after the requests: no secret', async () => {
	const { web, secret, pids } = await walked(BIN);

	try {
		assert.deepEqual(found(memoryOf(pids), secret), []);
		assert.ok(!holds(Buffer.from(web.log()), needles(secret)), 'its log');
	} finally {
		await web.stop();
	}
});

testWiping('a web built without wiping: the same scan finds the secret', async () => {
	const bin = path.join(ROOT, 'build/nowipe');
	const env = { ...process.env };

	for (const name of ['MAKEFLAGS', 'MFLAGS', 'MAKELEVEL', 'BUILD', 'SAN', 'EXTRA'])
		delete env[name];
	execFileSync('make', ['-s', '-j2', '-C', ROOT, 'BUILD=build/nowipe', 'EXTRA=-DSIGNET_NO_WIPE', 'build/nowipe/bin/signet-web'],
		{ env, stdio: ['ignore', 'ignore', 'inherit'] });
	const { web, secret, pids } = await walked(path.join(bin, 'bin'));

	try {
		const where = found(memoryOf(pids), secret);
		assert.ok(where.some((place) => place.startsWith('core dump')), `found in: ${where}`);
	} finally {
		await web.stop();
	}
});
