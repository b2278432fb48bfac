/* Input that nobody should send: each has its clear page, the worker lives on, nothing is half-done. */
import { after, before, test } from 'node:test';
import assert from 'node:assert/strict';

import { config, program, sql } from './lib/stack.mjs';
import { HOST, Visitor, as, encode, raw } from './lib/client.mjs';
import { says, textOf } from './lib/html.mjs';
import { add, cleanUp, editForm, fill, jenkins, listPath, newForm, newName, pathOf, rowOf } from './lib/integration.mjs';

const TABLES = ['account', 'subscription', 'project', 'role', 'integration', 'integration_url', 'integration_value',
	'integration_project', 'sealed'];
/* How many rows each table has, and a sum over all they hold. */
const COUNTS = sql(`SELECT TABLE_NAME, GROUP_CONCAT(COLUMN_NAME) FROM information_schema.COLUMNS
	WHERE TABLE_SCHEMA = DATABASE() AND TABLE_NAME IN ('${TABLES.join("', '")}') GROUP BY TABLE_NAME`)
	.map(([table, columns]) => `SELECT '${table}', COUNT(*), BIT_XOR(CRC32(CONCAT_WS('|', ${columns}))) FROM ${table}`)
	.join(' UNION ALL ');
const counts = () => sql(COUNTS).map((row) => row.join(' '));

let target, state, workers, cookie;

before(async () => {
	const admin = await as('admin');

	target = await add(admin, 'jenkins', jenkins());
	await admin.csrf();
	cookie = [...admin.cookies].map(([k, v]) => `${k}=${v}`).join('; ');
	state = counts();
	workers = program('signet-web').workers;
	assert.equal(workers.length, Number(config.web.workers) + Number(config.web.login_workers));
});
after(cleanUp);

function unharmed(what) {
	assert.deepEqual(program('signet-web').workers, workers, `${what}: the same workers`);
	assert.deepEqual(counts(), state, `${what}: the same rows`);
}

/* A page in words, with an id to name, whoever made it. */
function isClear(answer, what) {
	assert.match(answer.header('content-type') ?? '', /^text\/html; charset=utf-8/, what);
	assert.match(answer.header('x-request-id') ?? '', /^[0-9a-f]{16,32}$/, `${what}: a request id`);
	assert.ok(answer.text.includes(answer.header('x-request-id')), `${what}: shows it`);
	assert.ok(textOf(answer.text).length > 60, `${what}: words`);
	const said = answer.text.replace(/name="csrf" value="[^"]*"/g, ''); /* random, so it may hold anything */
	assert.ok(!/nginx|FastCGI|MariaDB|libfcgi|E_[A-Z]+|src\//i.test(said), `${what}: no inner words`);
}

const request = (line, headers = [], body = '') => Buffer.concat([Buffer.from([line, ...headers, '', ''].join('\r\n'), 'latin1'),
	Buffer.from(body)]);
const host = `Host: ${HOST}`;

const LINES = {
	'an escape that is none': ['GET /%zz HTTP/1.1', 400], 'a cut escape': ['GET /% HTTP/1.1', 400],
	'a NUL': ['GET /a%00b HTTP/1.1', 400], 'an escaped slash': ['GET /s/acme%2Fintegrations HTTP/1.1', 400],
	'an escaped backslash': ['GET /s%5cacme HTTP/1.1', 400], 'broken UTF-8': ['GET /%ff%fe HTTP/1.1', 400],
	'overlong UTF-8': ['GET /%c0%af HTTP/1.1', 400], 'a control character': ['GET /a%0ab HTTP/1.1', 400],
	'dots': ['GET /s/acme/../../etc/passwd HTTP/1.1', [400, 404]], 'escaped dots': ['GET /%2e%2e/%2e%2e/etc HTTP/1.1', [400, 404]],
	'two slashes': ['GET //evil.example/ HTTP/1.1', 400], 'a slash at the end': ['GET /account/ HTTP/1.1', 404],
	'nothing there': ['GET /nothing HTTP/1.1', 404], 'capitals': ['GET /ACCOUNT HTTP/1.1', 404],
	'a number too large': ['GET /s/acme/integrations/99999999999999999999 HTTP/1.1', 404],
	'a number below one': ['GET /s/acme/integrations/-1 HTTP/1.1', 404], 'no number': ['GET /s/acme/integrations/1x HTTP/1.1', 404],
	'zeros before it': ['GET /s/acme/integrations/0x10 HTTP/1.1', 404], 'SQL': ["GET /s/acme'--/integrations HTTP/1.1", 404],
	'a query with a NUL': ['GET /s/acme/integrations?after=%00 HTTP/1.1', 200],
	'a query that is broken': ['GET /s/acme/integrations?after=%zz&&=&after HTTP/1.1', 200],
	'a query with a control character': ['GET /s/acme/integrations?a=\x7f HTTP/1.1', 400],
	'a long address': [`GET /${'x'.repeat(3000)} HTTP/1.1`, 404],
	'too long an address': [`GET /${'x'.repeat(40000)} HTTP/1.1`, 414],
	'a line that is none': ['complete nonsense', 400], 'a method in small letters': ['get / HTTP/1.1', 400],
	'a method of one\'s own': ['BREW /account HTTP/1.1', 405], 'TRACE': ['TRACE / HTTP/1.1', 405],
	'a version of the future': ['GET / HTTP/9.9', [400, 505]],
};

for (const [what, [line, status]] of Object.entries(LINES)) {
	test(`request line: ${what}`, async () => {
		const answer = await raw(request(line, [host, `Cookie: ${cookie}`, 'Connection: close']));

		assert.ok([status].flat().includes(answer?.status), `${answer?.status}`);
		if (answer.status >= 400)
			isClear(answer, what);
		unharmed(what);
	});
}

test('Host: only ours', async () => {
	for (const name of ['evil.example', HOST.replace(/\d+$/, '1'), `${HOST}.evil.example`, HOST.split(':')[0], `evil.example@${HOST}`,
		`${HOST}:80`]) {
		const answer = await raw(request('GET /login HTTP/1.1', [`Host: ${name}`, 'Connection: close']));
		assert.ok([421, 400].includes(answer.status), `${name}: ${answer.status}`);
		isClear(answer, name);
	}
	const none = await raw(request('GET /login HTTP/1.0', []));
	assert.equal(none.status, 421);
	const two = await raw(request('GET /login HTTP/1.1', [host, 'Host: evil.example', 'Connection: close']));
	assert.equal(two.status, 400);
	for (const good of [HOST, HOST.toUpperCase(), HOST.replace('127.0.0.1', 'localhost'), HOST.replace('127.0.0.1', 'LOCALHOST')])
		assert.equal((await raw(request('GET /login HTTP/1.1', [`Host: ${good}`, 'Connection: close']))).status, 200, good);
	unharmed('Host');
});

test('cookies: whatever they hold, one is nobody', async () => {
	const token = /signet=([^;]+)/.exec(cookie)[1];
	const broken = ['', 'signet', 'signet=', '=', ';;;', 'signet=; signet=', `signet=${token.slice(1)}`, `signet=${token}x`,
		`signet=${token.slice(0, -1)}${token.endsWith('A') ? 'B' : 'A'}`, `signet="${token}"`, `Signet=${token}`,
		`signet=${'A'.repeat(43)}`, `signet=${'\u00ff'.repeat(43)}`, "signet=' OR 1=1 --", `signet=${'x'.repeat(3000)}`,
		`signet = x; xsignet=${token}`, `signet-visitor=${'"'.repeat(43)}`, `signet=\t`, `__Host-signet=${token}`,
		'signet-last=../../etc; signet-said=<script>'];

	for (const text of broken) {
		const answer = await raw(request('GET /account HTTP/1.1', [host, `Cookie: ${text}`, 'Connection: close']));
		assert.equal(answer.status, 303, text.slice(0, 60));
		assert.match(answer.location, /^\/login/);
	}
	const large = await raw(request('GET /account HTTP/1.1', [host, `Cookie: signet=${'x'.repeat(40000)}`, 'Connection: close']));
	assert.equal(large.status, 400);
	isClear(large, 'a cookie too large');
	/* the messages and the last subscription are cookies, too: only our own codes are shown */
	const said = await raw(request('GET /account HTTP/1.1', [host, `Cookie: ${cookie}; signet-said=<b>evil; signet-last=globex'`,
		'Connection: close']));
	assert.equal(said.status, 200);
	assert.ok(!said.text.includes('evil'));
	unharmed('cookies');
});

/* --- bodies -------------------------------------------------------------------------------------- */

const TYPE = 'Content-Type: application/x-www-form-urlencoded';

async function post(uri, body, headers = [TYPE]) {
	const bytes = Buffer.from(body);

	return raw(request(`POST ${uri} HTTP/1.1`, [host, `Cookie: ${cookie}`, `Content-Length: ${bytes.length}`, ...headers,
		'Connection: close'], bytes));
}

async function wholeBody(change = (fields) => fields) {
	const admin = await as('admin');
	const form = (await editForm(admin, target)).set('name', newName());

	return encode(change(form.fields()));
}

test('bodies that are no form', async () => {
	const edit = `${pathOf(target)}/edit`;
	const good = await wholeBody();
	const cases = [['a NUL', `${good}&value.username=a%00b`, 400], ['a raw NUL', `${good}&a=\0`, 400],
		['broken UTF-8', `${good}&name=%ff`, 400], ['raw broken UTF-8', Buffer.concat([Buffer.from(`${good}&a=`), Buffer.from([0xff])]), 400],
		['half a surrogate', `${good}&a=%ed%a0%80`, 400], ['an escape that is none', `${good}&a=%zz`, 400],
		['a cut escape', `${good}&a=%4`, 400], ['10,000 fields', `${good}&${'a=b&'.repeat(10000)}`, 413],
		['10,000 known fields', `${good}&${'url=b&'.repeat(10000)}`, 413], ['nothing', '', 403],
		['half a MB of one field', `${good}&name2=${'x'.repeat(500000)}`, 303], ['more than the form may hold', `csrf=x&a=${'x'.repeat(1100000)}`, 413]];

	for (const [what, body, status] of cases) {
		const before = rowOf(target).version;
		const answer = await post(edit, body);
		assert.equal(answer.status, status, what);
		if (status >= 400) {
			isClear(answer, what);
			unharmed(what);
		} else {
			assert.equal(rowOf(target).version, before + 1, what);
			state = counts();
		}
	}
});

test('bodies in another format are 415, those too large for their form 413', async () => {
	const edit = `${pathOf(target)}/edit`;
	const good = await wholeBody();

	for (const type of ['application/json', 'text/plain', 'multipart/mixed; boundary=x', 'application/x-www-form-urlencoded; charset=latin1',
		'application/x-www-form-urlencodedx', '']) {
		const answer = await post(edit, good, type ? [`Content-Type: ${type}`] : []);
		assert.equal(answer.status, 415, type);
		isClear(answer, type);
	}
	/* a form that asks for no file takes none */
	assert.equal((await post('/account/theme', good, ['Content-Type: multipart/form-data; boundary=x'])).status, 415);
	for (const [uri, size] of [['/login', 17000], ['/account/theme', 1100], ['/logout', 1100], [`${pathOf(target)}/delete`, 4200]]) {
		const answer = await post(uri, `csrf=x&a=${'x'.repeat(size)}`);
		assert.equal(answer.status, 413, uri);
		isClear(answer, uri);
	}
	unharmed('formats');
});

test('lengths that lie', async () => {
	const edit = `POST ${pathOf(target)}/edit HTTP/1.1`;
	const good = Buffer.from(await wholeBody());
	const base = [host, `Cookie: ${cookie}`, TYPE, 'Connection: close'];
	const cases = {
		'two of them': [[`Content-Length: ${good.length}`, 'Content-Length: 3'], good, 400],
		'two alike': [[`Content-Length: ${good.length}`, `Content-Length: ${good.length}`], good, 400],
		'a word': [['Content-Length: many'], good, 400], 'negative': [['Content-Length: -1'], good, 400],
		'a list': [[`Content-Length: ${good.length}, ${good.length}`], good, 400],
		'beyond all numbers': [['Content-Length: 99999999999999999999'], good, 400],
		'with a coding': [['Transfer-Encoding: chunked', `Content-Length: ${good.length}`], '0\r\n\r\n', 400],
		'another coding': [['Transfer-Encoding: gzip'], good, 501],
		'none': [[], '', [400, 403, 411]],
	};

	for (const [what, [headers, body, status]] of Object.entries(cases)) {
		const answer = await raw(request(edit, [...base, ...headers], body));
		assert.ok([status].flat().includes(answer.status), `${what}: ${answer.status}`);
		isClear(answer, what);
		unharmed(what);
	}
});

test('a body that ends early changes nothing', async () => {
	const edit = `POST ${pathOf(target)}/edit HTTP/1.1`;
	const good = Buffer.from(await wholeBody());
	const { connect } = await import('node:net');

	for (const part of [0, 1, Math.floor(good.length / 2), good.length - 1]) {
		await new Promise((resolve) => {
			const [name, port] = HOST.split(':');
			const socket = connect(Number(port), name, () => {
				socket.write(request(edit, [host, `Cookie: ${cookie}`, TYPE, `Content-Length: ${good.length}`], good.subarray(0, part)));
				setTimeout(() => socket.destroy(), 50);
			});
			socket.on('close', resolve);
		});
	}
	const answer = await (await as('admin')).get(pathOf(target));
	assert.equal(answer.status, 200);
	unharmed('cut bodies');
});

test('a GET with a body is a GET; a HEAD has none', async () => {
	const answer = await raw(request(`GET ${listPath()} HTTP/1.1`, [host, `Cookie: ${cookie}`, TYPE, 'Content-Length: 9',
		'Connection: close'], 'name=evil'));

	assert.equal(answer.status, 200);
	assert.ok(!answer.text.includes('evil'));
	const visitor = await as('admin');
	const head = await visitor.send('HEAD', listPath());
	assert.equal(head.bytes.length, 0);
	unharmed('a GET with a body');
});

test('fields that the form does not know, or knows once, are not taken', async () => {
	const admin = await as('admin');
	const name = newName();
	const form = fill(await newForm(admin, 'jenkins'), jenkins({ name }));

	for (const [key, value] of [['name', 'flow second'], ['id', '1'], ['subscription_id', '2'], ['edit_roles', '7'], ['all_projects', '0'],
		['version', '7'], ['value.nothing', 'x'], ['secret.nothing', 'x'], ['__proto__', 'x'], ['value.', 'x'], ['value.password', 'x'],
		['secret.username', 'x']])
		form.force(key, value);
	const answer = await admin.submit(form);
	assert.equal(answer.status, 303);
	const id = Number(answer.location.split('/').pop());
	assert.deepEqual([rowOf(id).name, rowOf(id).version], [name, 1], 'the first counts');
	assert.deepEqual(sql(`SELECT field FROM sealed WHERE integration_id = ${id}`).flat(), ['password']);
	assert.deepEqual(sql(`SELECT field FROM integration_value WHERE integration_id = ${id}`).flat(), ['username']);
	state = counts();
});

test('200 broken requests on 20 connections at once: all answered, all workers alive', async () => {
	const good = await wholeBody();
	const one = async (k) => {
		const kinds = [() => post(`${pathOf(target)}/edit`, `${good}&a=%00`), () => post('/account/theme', 'x'.repeat(2000)),
			() => raw(request('GET /%ff HTTP/1.1', [host, 'Connection: close'])), () => post('/logout', '', []),
			() => raw(request('GET / HTTP/1.1', ['Host: evil.example', 'Connection: close']))];
		return (await kinds[k % kinds.length]()).status;
	};
	const statuses = [];

	for (let k = 0; k < 200; k += 20)
		statuses.push(...await Promise.all(Array.from({ length: 20 }, (_, n) => one(k + n))));
	assert.deepEqual([...new Set(statuses)].sort(), [400, 413, 415, 421]);
	says(await new Visitor().get('/login'), /Sign in/);
	unharmed('many at once');
});
