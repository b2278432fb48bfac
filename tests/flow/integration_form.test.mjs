/* The form's rules: names, URLs, and what stays sealed when they change. */
import { after, test } from 'node:test';
import assert from 'node:assert/strict';

import { doctor, sql } from './lib/stack.mjs';
import { as } from './lib/client.mjs';
import { alerts, formOf, says, textOf } from './lib/html.mjs';
import { add, again, boxesOf, cleanUp, countNamed, editForm, failsAt, fill, jenkins, listPath,
	newForm, newName, newSecret, originsOf, pathOf, rowOf, watch } from './lib/integration.mjs';

after(cleanUp);

function allSealedIsGood() {
	const counts = doctor();

	assert.deepEqual([counts.sealed[1], counts.sealed[4], counts.urls[1]], [counts.sealed[0], 0, 0],
		'doctor: all sealed fields are good, and allowed where their URLs lead');
}

async function tryNew(type, what) {
	const visitor = await as('admin');
	const form = fill(await newForm(visitor, type), what);

	return { visitor, form, answer: await visitor.submit(form) };
}

/* --- names ------------------------------------------------------------------------------------- */

const NAMES_BAD = [['', /Give the integration a name/], [' flow x', /Take out the space/],
	['flow x ', /Take out the space/], ['flow \u00a0'.trim() + '\u00a0', /Take out the space/],
	['flow ' + 'x'.repeat(76), /Shorten it: it has 81 characters, and 80 is the most/],
	['flow a\tb', /U\+0009 .*control|one line/], ['flow a\u0085b', /U\+0085 .*control|one line/],
	['flow a\u200bb', /invisible/], ['flow \u202eb', /invisible/], ['flow a\ue000b', /private/],
	['flow a\u2028b', /line break/], ['flow e\u0301', /NFC/]];

test('names: what cannot be a name is told why, with all that was typed kept', async () => {
	for (const [name, why] of NAMES_BAD) {
		const what = jenkins({ name });
		const { form, answer } = await tryNew('jenkins', what);
		failsAt(answer, 'name', why, JSON.stringify(name));
		const back = again(answer, form);
		assert.deepEqual([back.value('name'), back.value('url'), back.value('value.username')],
			[name.replace('\t', ' '), what.urls[0][1], 'ci-bot'], JSON.stringify(name));
		assert.equal(back.value('secret.password'), '');
		assert.ok(back.value('kept.password'), 'the secret is kept, sealed');
		assert.equal(sql(`SELECT COUNT(*) FROM integration WHERE name LIKE 'flow %' AND url = 'https://ci.one.example/a'
			`)[0][0], '0', 'nothing was saved');
	}
});

test('names: what real files use is taken as it is', async () => {
	const visitor = await as('admin');

	for (const name of ['flow DC/OS', 'flow Slack (DevTac)', 'flow \u00fc\u4e2d\ud83d\ude80', 'flow <i>&amp;"\'',
		'flow ' + '\u00fc'.repeat(75), 'flow  two  blanks', 'flow %2F+ ?#', 'flow Case', 'flow case']) {
		const id = await add(visitor, 'jenkins', jenkins({ name }));
		assert.equal(rowOf(id).name, name);
		assert.equal((await editForm(visitor, id)).value('name'), name);
		const page = await visitor.get(pathOf(id));
		assert.ok(!/<i>/.test(page.text));
		says(page, /Not checked/, name);
	}
	const list = (await visitor.get(listPath())).text;
	assert.ok(list.includes('flow &lt;i&gt;&amp;amp;'));
	cleanUp();
});

test('a taken name is told beside it; another subscription may have it', async () => {
	const visitor = await as('admin');
	const what = jenkins();
	const id = await add(visitor, 'jenkins', what);
	const { form, answer } = await tryNew('jenkins', { ...what, urls: [['apiUrl', 'https://two.example']] });

	failsAt(answer, 'name', /Another integration of this subscription has this name/);
	says(answer, /Nothing is saved yet: the name is taken/);
	assert.equal(countNamed(what.name), 1);
	const back = again(answer, form);
	assert.equal(back.value('url'), 'https://two.example');
	assert.equal((await visitor.submit(back.set('name', newName()))).status, 303, 'with its kept secret');
	await add(visitor, 'jenkins', what, 'globex');
	assert.equal(countNamed(what.name), 2);
	/* on rename, too */
	const other = await add(visitor, 'jenkins', jenkins());
	const rename = (await editForm(visitor, other)).set('name', what.name);
	failsAt(await visitor.submit(rename), 'name', /Another integration of this subscription/);
	assert.notEqual(rowOf(other).name, what.name);
	assert.equal(rowOf(id).version, 1);
	allSealedIsGood();
});

test('two at once with the same name: one is added, one is told', async () => {
	const visitor = await as('admin');
	const name = newName();
	const forms = await Promise.all([1, 2, 3].map(async () => fill(await newForm(visitor, 'jenkins'), jenkins({ name }))));
	const answers = await Promise.all(forms.map((form) => visitor.submit(form)));

	assert.deepEqual(answers.map((a) => a.status).sort(), [303, 422, 422]);
	assert.equal(countNamed(name), 1);
});

test('a form sent twice (a double click) adds one', async () => {
	const visitor = await as('admin');
	const what = jenkins();
	const form = fill(await newForm(visitor, 'jenkins'), what);
	const answers = await Promise.all([visitor.submit(form), visitor.submit(form)]);

	assert.equal(countNamed(what.name), 1);
	assert.deepEqual(answers.map((a) => a.status).sort(), [303, 409]);
	/* and with another name, after going back: see integration_again.test.mjs */
	assert.equal((await visitor.submit(form.set('name', newName()))).status, 409);
	allSealedIsGood();
});

/* --- URLs -------------------------------------------------------------------------------------- */

const URLS_BAD = [['', /must be filled in/], ['ci.one.example/a', /Write the whole URL, with its scheme/],
	['//ci.one.example', /./], ['ftp://ci.one.example', /./], ['javascript:alert(1)', /./],
	['https://me:pw@ci.one.example', /user name or password/], ['https://ci.one.example/#x', /Leave out the #/],
	['https://ci one.example', /blank/], ['https://ci\u00e4.example', /ASCII/], ['https://ci.one.example:99999', /port/],
	['https://ci.one.example:', /port/], ['https://', /host/], ['https://127.1/', /IPv4/], ['https://0x7f.0.0.1/', /IPv4|host/],
	['https://ci.one.example./', /dot/], ['https://ci.one.example\\a', /backslash/], ['https://[::1', /bracket/],
	['https://ci.one.example/%zz', /%/], [`https://ci.one.example/${'x'.repeat(2000)}`, /./]];
const URLS_GOOD = [['https://ci.one.example', 'https://ci.one.example:443'],
	['http://127.0.0.1:8080/a?b=c', 'http://127.0.0.1:8080'], ['HTTPS://CI.One.Example/A', 'https://ci.one.example:443'],
	['https://[2001:db8::1]:8443/x', 'https://[2001:db8::1]:8443'], ['https://xn--ci-via.example/', 'https://xn--ci-via.example:443']];

test('URLs: what is no URL of a service is told beside it, and stays as typed', async () => {
	for (const [url, why] of URLS_BAD) {
		const { form, answer } = await tryNew('jenkins', jenkins({ urls: [['apiUrl', url]] }));
		failsAt(answer, 'url-1', why, JSON.stringify(url).slice(0, 60));
		assert.equal(again(answer, form).value('url'), url);
	}
	for (const [url, origin] of URLS_GOOD) {
		const id = await add(await as('admin'), 'jenkins', jenkins({ urls: [['apiUrl', url]] }));
		assert.equal(originsOf(id, 'password'), origin, url);
	}
	allSealedIsGood();
});

/* The form with one more URL row. */
async function withRow(visitor, form, key, url) {
	const more = again(await visitor.submit(form, ['add_url', '1']), form);
	const last = more.values('url_key').length - 1;

	return more.set('url_key', key, last).set('url', url, last);
}

test('further URLs: their keys are checked, each needs its own', async () => {
	const visitor = await as('admin');
	const start = fill(await newForm(visitor, 'jenkins'), jenkins());
	const bad = [['', 'https://ci.one.example/b', 'url-key-2', /Give this URL a key/],
		['two words', 'https://ci.one.example/b', 'url-key-2', /it has a blank/],
		['1st', 'https://ci.one.example/b', 'url-key-2', /other than a digit/],
		['\u00fc', 'https://ci.one.example/b', 'url-key-2', /U\+00FC/],
		['apiUrl', 'https://ci.one.example/b', 'url-key-2', /stands twice/],
		['x'.repeat(81), 'https://ci.one.example/b', 'url-key-2', /Shorten the key/],
		['blueUrl', '', 'url-2', /Write the URL, or remove this row/]];

	for (const [key, url, where, why] of bad)
		failsAt(await visitor.submit(await withRow(visitor, start, key, url)), where, why, key);
	let form = await withRow(visitor, start, 'blueUrl', 'https://ci.one.example/blue');
	form = again(await visitor.submit(form, ['add_url', '1']), form); /* an empty row is no row */
	const answer = await visitor.submit(form);
	assert.equal(answer.status, 303);
	const id = Number(answer.location.split('/').pop());
	assert.deepEqual(sql(`SELECT url_key, url FROM integration_url WHERE integration_id = ${id} ORDER BY position`),
		[['apiUrl', 'https://ci.one.example/a'], ['blueUrl', 'https://ci.one.example/blue']]);
	assert.deepEqual((await editForm(visitor, id)).values('url_key'), ['apiUrl', 'blueUrl']);
});

test('a type with no further URLs has no such button, and takes none by hand', async () => {
	const visitor = await as('admin');
	const form = fill(await newForm(visitor, 'amazonKeys'), { name: newName(),
		secrets: { accessKey: newSecret(), secretKey: newSecret() } });

	assert.ok(!form.buttons.some((b) => b.name === 'add_url'));
	form.force('url_key', 'extra').force('url', 'https://evil.example');
	const answer = await visitor.submit(form);
	assert.equal(answer.status, 422);
	says(answer, /no further URLs/);
});

test('twenty URLs are the most; the type\'s own cannot be taken away', async () => {
	const visitor = await as('admin');
	const form = fill(await newForm(visitor, 'jenkins'), jenkins());

	for (let k = 0; k < 20; k++)
		form.force('url_key', `k${k}`).force('url', `https://ci.one.example/${k}`);
	const answer = await visitor.submit(form);
	assert.equal(answer.status, 422);
	says(answer, /at most 20 URLs/);
	const fields = fill(await newForm(visitor, 'jenkins'), jenkins()).fields().filter(([n]) => !n.startsWith('url'));
	const without = await visitor.post(`${listPath()}/new`, fields);
	assert.equal(without.status, 422);
	says(without, /The URL apiUrl must be filled in/);
});

/* --- what a change of URLs does to the secret --------------------------------------------------- */

const ASKS = /The URLs now lead to another host, and this was given for the old ones only: type it again/;

test('a path, a query or one host less: the sealed value stays, byte for byte', async () => {
	const visitor = await as('admin');
	let form = await withRow(visitor, await newForm(visitor, 'jenkins'), 'two', 'https://two.example');

	fill(form, jenkins());
	const id = Number((await visitor.submit(form)).location.split('/').pop());
	const boxes = boxesOf(id);

	for (const url of ['https://ci.one.example/other?x=1', 'https://CI.one.example/', 'https://ci.one.example:443/b']) {
		assert.equal((await visitor.submit((await editForm(visitor, id)).set('url', url))).status, 303, url);
		assert.deepEqual(boxesOf(id), boxes, url);
	}
	form = await withRow(visitor, await editForm(visitor, id), 'three', 'https://two.example/three');
	assert.equal((await visitor.submit(form)).status, 303, 'another URL of a host that is there');
	for (const n of ['3', '2']) {
		form = await editForm(visitor, id);
		form = again(await visitor.submit(form, ['remove_url', n]), form);
		assert.equal((await visitor.submit(form)).status, 303);
	}
	assert.deepEqual(sql(`SELECT url_key FROM integration_url WHERE integration_id = ${id}`).flat(), ['apiUrl']);
	assert.deepEqual(boxesOf(id), boxes);
	allSealedIsGood();
});

test('another host, port or scheme, or a further host: the secret is asked for again, and why', async () => {
	const visitor = await as('admin');
	const id = await add(visitor, 'jenkins', jenkins());
	const boxes = boxesOf(id);
	const changes = [['https://evil.example/a', null], ['https://ci.one.example:444/a', null],
		['http://ci.one.example/a', null], ['https://ci.one.example.evil.example/', null],
		['https://ci.one.example/a', 'https://two.example']];

	for (const [url, further] of changes) {
		let form = (await editForm(visitor, id)).set('url', url);
		if (further)
			form = await withRow(visitor, form, 'two', further);
		const answer = await visitor.submit(form);
		failsAt(answer, 'f-password', ASKS, `${url} ${further}`);
		assert.deepEqual(boxesOf(id), boxes);
		assert.equal(rowOf(id).url, 'https://ci.one.example/a', 'nothing is saved');
		assert.equal(again(answer, form).values('url')[0], url, 'but kept in the form');
	}
	const form = (await editForm(visitor, id)).set('url', 'https://two.example').set('secret.password', newSecret());
	assert.equal((await visitor.submit(form)).status, 303);
	assert.notDeepEqual(boxesOf(id), boxes);
	assert.equal(originsOf(id, 'password'), 'https://two.example:443');
	allSealedIsGood();
});

test('a URL that is a secret: its host is seen, another takes its place, the other secret is asked for', async () => {
	const visitor = await as('admin');
	const what = { name: newName(), secrets: { webhookURL: 'https://hooks.one.example/T0/secretpart', authorization: newSecret() } };
	const noSecretIn = watch(visitor);
	const id = await add(visitor, 'webhookV2', what);
	const boxes = boxesOf(id);

	assert.equal(rowOf(id).url, 'https://hooks.one.example');
	let form = (await editForm(visitor, id)).set('secret.webhookURL', 'https://two.example/T1/secretpart');
	let answer = await visitor.submit(form);
	failsAt(answer, 'f-authorization', ASKS);
	form = again(answer, form);
	assert.ok(form.value('kept.webhookURL'));
	answer = await visitor.submit(form.set('secret.authorization', what.secrets.authorization));
	assert.equal(answer.status, 303);
	assert.equal(rowOf(id).url, 'https://two.example');
	assert.ok(Object.keys(boxes).every((field) => boxesOf(id)[field] !== boxes[field]));
	for (const url of ['hooks.one.example/T0', 'ftp://hooks.one.example/T0', 'https://u:p@hooks.one.example/T0'])
		failsAt(await visitor.submit((await editForm(visitor, id)).set('secret.webhookURL', url)), 'f-webhookURL',
			/Write the whole URL, beginning with https/);
	noSecretIn('T0/secretpart', 'T1/secretpart', what.secrets.authorization);
	allSealedIsGood();
});

test('an optional secret can be removed, a required one cannot', async () => {
	const visitor = await as('admin');
	const id = await add(visitor, 'webhookV2', { name: newName(), secrets: { webhookURL: 'https://one.example/x',
		authorization: newSecret() } });
	let form = await editForm(visitor, id);

	assert.ok(!form.has('remove.webhookURL'));
	form.force('remove.webhookURL', '1');
	assert.equal((await visitor.submit(form)).status, 303);
	assert.deepEqual(Object.keys(boxesOf(id)), ['authorization', 'webhookURL']);
	form = (await editForm(visitor, id)).tick('remove.authorization');
	assert.equal((await visitor.submit(form)).status, 303);
	assert.deepEqual(Object.keys(boxesOf(id)), ['webhookURL']);
	assert.ok(!(await editForm(visitor, id)).has('remove.authorization'), 'nothing is there to remove');
	assert.equal((await visitor.submit((await editForm(visitor, id)).set('secret.authorization', 'x'))).status, 303);
	assert.deepEqual(Object.keys(boxesOf(id)), ['authorization', 'webhookURL']);
	allSealedIsGood();
});

test('a secret that does not fit is told without repeating it', async () => {
	const visitor = await as('admin');
	const noSecretIn = watch(visitor);
	const secret = newSecret();

	for (const [value, why] of [[`${secret}\nx`, /one line/], [secret + 'x'.repeat(40000), /longer|too long/]]) {
		const what = jenkins();
		const fields = fill(await newForm(visitor, 'jenkins'), what).fields().map(([n, v]) =>
			[n, n === 'secret.password' ? value : v]);
		const answer = await visitor.post(`${listPath()}/new`, fields);
		assert.equal(answer.status, 422);
		says(answer, why);
		assert.equal(countNamed(what.name), 0);
	}
	noSecretIn(secret);
});

test('text of one field is no page of another: all is escaped', async () => {
	const visitor = await as('admin');
	const evil = '"><script>alert(1)</script><a href="';
	const form = fill(await newForm(visitor, 'dockerRegistryLogin'), { name: `flow ${evil}`, urls: [['url', `https://x.example/${evil}`]],
		values: { username: evil, email: evil }, secrets: { password: evil } });
	const answer = await visitor.submit(form);

	assert.equal(answer.status, 422);
	assert.ok(!answer.text.includes('<script>alert'));
	const back = again(answer, form);
	assert.deepEqual([back.value('name'), back.value('url'), back.value('value.username')],
		[`flow ${evil}`, `https://x.example/${evil}`, evil]);
	const id = Number((await visitor.submit(back.set('url', 'https://x.example/'))).location.split('/').pop());
	for (const page of [pathOf(id), `${pathOf(id)}/edit`, listPath()]) {
		const { text } = await visitor.get(page);
		assert.ok(!text.includes('<script>alert'), page);
		assert.ok(textOf(text).includes(evil) || formOf(text, `${pathOf(id)}/edit`).value('name').includes(evil));
	}
	assert.equal(alerts((await visitor.get(pathOf(id))).text).length, 0);
});
