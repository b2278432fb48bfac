/* Requests that another site made the browser send, and the headers of every kind of answer. */
import { after, test } from 'node:test';
import assert from 'node:assert/strict';

import { BASE, passwordOf, sql, sqlValue, throttleClear } from './lib/stack.mjs';
import { HOST, Visitor, as, raw } from './lib/client.mjs';
import { says, textOf } from './lib/html.mjs';

after(throttleClear);

const themeOf = (login) => sqlValue(`SELECT theme FROM account WHERE login = '${login}'`);

test('a changing request needs this session\'s token', async () => {
	const visitor = await as('admin');
	const tokens = { none: undefined, empty: '', wrong: 'A'.repeat(43),
		cut: (await visitor.csrf()).slice(0, -1), longer: `${await visitor.csrf()}x`,
		"another session's": await (await as('member')).csrf() };

	sql("UPDATE account SET theme = 'auto' WHERE login = 'admin'");
	for (const [which, csrf] of Object.entries(tokens)) {
		const answer = await visitor.post('/account/theme', [['theme', 'dark'], ['csrf', csrf]]);
		assert.equal(answer.status, 403, which);
		says(answer, /out of date or came from another site/);
		assert.ok(answer.text.includes(answer.header('x-request-id')), which);
	}
	assert.equal(themeOf('admin'), 'auto', 'nothing was changed');
	assert.equal((await visitor.post('/account/theme', { theme: 'dark' })).status, 303);
	assert.equal(themeOf('admin'), 'dark');
	sql("UPDATE account SET theme = 'auto' WHERE login = 'admin'");
});

test('a request that comes from another site is refused even with the token', async () => {
	const visitor = await as('admin');
	const foreign = [{ Origin: 'https://evil.example' }, { Origin: 'null' },
		{ Origin: BASE.replace('http', 'https') }, { Origin: `${BASE}0` }, { Origin: `${BASE}.evil.example` },
		{ Origin: `${BASE}/` }, { 'Sec-Fetch-Site': 'cross-site' }, { 'Sec-Fetch-Site': 'same-site' },
		{ 'Sec-Fetch-Site': 'nonsense' }];

	for (const headers of foreign) {
		const answer = await visitor.post('/account/theme', { theme: 'dark' }, { headers });
		assert.equal(answer.status, 403, JSON.stringify(headers));
	}
	assert.equal(themeOf('admin'), 'auto');
	for (const headers of [{ 'Sec-Fetch-Site': 'same-origin' }, { 'Sec-Fetch-Site': 'none' }]) {
		const answer = await visitor.post('/account/theme', { theme: 'auto' }, { headers });
		assert.equal(answer.status, 303, JSON.stringify(headers));
	}
});

test('signing in is guarded as well, by the token of the visitor who got the form', async () => {
	const visitor = new Visitor();
	const other = new Visitor();
	const tokenOf = async (v) => /name="csrf" value="([^"]+)"/.exec((await v.get('/login')).text)[1];
	const fields = { login: 'member', password: passwordOf('member') };
	const token = await tokenOf(visitor), foreign = await tokenOf(other);
	const before = sqlValue('SELECT COUNT(*) FROM session');

	assert.notEqual(token, foreign);
	for (const csrf of [undefined, '', foreign])
		assert.equal((await visitor.post('/login', [...Object.entries(fields), ['csrf', csrf]])).status, 403);
	for (const headers of [{ Origin: 'https://evil.example' }, { 'Sec-Fetch-Site': 'cross-site' }])
		assert.equal((await visitor.post('/login', { ...fields, csrf: token }, { headers })).status, 403);
	const bare = await visitor.post('/login', { ...fields, csrf: token }, { cookies: false });
	assert.equal(bare.status, 403, 'the token without its cookie');
	assert.equal(sqlValue('SELECT COUNT(*) FROM session'), before, 'nobody was signed in');
	assert.equal((await visitor.post('/login', { ...fields, csrf: token })).status, 303);
});

test('a link or image of another site changes nothing', async () => {
	const visitor = await as('admin');

	for (const path of ['/logout', '/account/theme?theme=dark', '/account/password']) {
		const answer = await visitor.get(path);
		assert.equal(answer.status, 405);
		assert.equal(answer.header('allow'), 'POST');
	}
	assert.equal((await visitor.get('/account')).status, 200);
	assert.equal(themeOf('admin'), 'auto');
});

/* --- headers ----------------------------------------------------------------------------------- */

const POLICY = { 'default-src': "'none'", 'script-src': "'self'", 'style-src': "'self'",
	'img-src': "'self' data:", 'base-uri': "'none'", 'frame-ancestors': "'none'", 'form-action': "'self'" };

function checkHeaders(answer, what) {
	const policy = Object.fromEntries((answer.header('content-security-policy') ?? '').split(';')
		.map((part) => part.trim()).filter(Boolean)
		.map((part) => [part.split(' ')[0], part.slice(part.indexOf(' ') + 1)]));

	for (const [name, value] of Object.entries(POLICY))
		assert.equal(policy[name], value, `${what}: ${name}`);
	assert.doesNotMatch(answer.header('content-security-policy'), /unsafe|\*|https?:/, what);
	assert.equal(answer.header('x-content-type-options'), 'nosniff', what);
	assert.equal(answer.header('referrer-policy'), 'same-origin', what);
	assert.equal(answer.header('cross-origin-opener-policy'), 'same-origin', what);
	assert.equal(answer.header('cross-origin-resource-policy'), 'same-origin', what);
	assert.equal(answer.header('cache-control'), 'no-store', what);
	assert.match(answer.header('x-request-id') ?? '', /^[0-9a-f]{16}$/, what);
	for (const name of ['content-security-policy', 'x-content-type-options', 'cache-control',
		'x-request-id', 'content-type', 'content-length'])
		assert.ok(answer.all(name).length <= 1, `${what}: ${name} twice`);
	assert.equal(answer.header('x-powered-by'), undefined);
	assert.doesNotMatch(answer.header('server') ?? '', /\d/, `${what}: no version`);
}

test('every kind of answer has the security headers and a request id', async () => {
	const visitor = await as('admin');
	const stranger = new Visitor();
	const kinds = {
		200: await visitor.get('/s/acme/integrations'),
		'200 login': await stranger.get('/login'),
		'200 health': await stranger.get('/healthz'),
		'200 HEAD': await visitor.send('HEAD', '/s/acme/integrations'),
		303: await stranger.get('/account'),
		400: await visitor.get('/a%2Fb'),
		403: await visitor.post('/account/theme', { csrf: 'x', theme: 'dark' }),
		404: await visitor.get('/nothing'),
		'404 subscription': await visitor.get('/s/nothing/integrations'),
		405: await visitor.send('DELETE', '/account'),
		413: await visitor.post('/account/theme', { theme: 'x'.repeat(2000) }),
		415: await visitor.send('POST', '/account/theme', { body: '{}', headers:
			{ 'Content-Type': 'application/json' } }),
		421: await visitor.get('/', { headers: { Host: 'evil.example' } }),
		422: await visitor.post('/s/acme/integrations/new', { type: 'nonsense' }),
	};

	for (const [what, answer] of Object.entries(kinds)) {
		assert.equal(String(answer.status), what.slice(0, 3), what);
		checkHeaders(answer, what);
		if (answer.status >= 400)
			assert.ok(answer.text.includes(answer.header('x-request-id')), `${what} shows its id`);
	}
	assert.equal(kinds['200 HEAD'].bytes.length, 0);
	assert.equal(kinds['200 HEAD'].header('content-length'), String(kinds[200].bytes.length));
	assert.equal(kinds['200 health'].header('strict-transport-security'), undefined);
});

test('what nginx answers itself has them, too', async () => {
	const large = Buffer.from(`POST /s/acme/integrations/new HTTP/1.1\r\nHost: ${HOST}\r\nContent-Type: ` +
		'application/x-www-form-urlencoded\r\nContent-Length: 3000000\r\nConnection: close\r\n\r\n');
	const answer = await raw(large);

	assert.equal(answer.status, 413);
	assert.match(answer.header('content-security-policy'), /default-src 'none'/);
	assert.equal(answer.header('x-content-type-options'), 'nosniff');
	assert.equal(answer.header('cache-control'), 'no-store');
	says(answer, /Too much was sent/);
	assert.ok(answer.text.includes(answer.header('x-request-id')), 'it shows its request id');
});

test('a fault of ours is a 500 with its request id and headers', async () => {
	const visitor = await as('admin');

	sql('RENAME TABLE audit TO audit_away');
	try {
		const answer = await visitor.post('/account/theme', { theme: 'light' });
		assert.equal(answer.status, 500);
		checkHeaders(answer, '500');
		says(answer, /Something went wrong on our side\. Tell your operator the request id/);
		assert.ok(answer.text.includes(answer.header('x-request-id')));
		/* the navigation names the audit trail; what counts is what the page itself says */
		const [main] = answer.text.match(/<main[\s\S]*<\/main>/);
		assert.ok(!/audit|table|SQL/i.test(textOf(main)), 'no inner words');
	} finally {
		sql('RENAME TABLE audit_away TO audit');
	}
	assert.equal(themeOf('admin'), 'auto', 'nothing half-done');
	assert.equal((await visitor.post('/account/theme', { theme: 'auto' })).status, 303, 'it works again');
});

test('static files are served with their types, and nothing beside them', async () => {
	const stranger = new Visitor();
	const types = { 'vendor/tabler.min.css': 'text/css', 'app.css': 'text/css',
		'vendor/htmx.min.js': /javascript/, 'vendor/icons.svg': 'image/svg+xml', 'signet.svg': 'image/svg+xml' };

	for (const [file, type] of Object.entries(types)) {
		const answer = await stranger.get(`/static/${file}`);
		assert.equal(answer.status, 200, file);
		assert.match(answer.header('content-type'), type instanceof RegExp ? type : new RegExp(`^${type.replace('+', '\\+')}`));
		assert.equal(answer.header('x-content-type-options'), 'nosniff');
	}
	for (const file of ['package.json', 'build.mjs', 'package-lock.json', '.npmrc', 'node_modules/',
		'50x.html', '..%2fMakefile', '../Makefile', ''])
		assert.ok([403, 404, 400].includes((await stranger.get(`/static/${file}`)).status), file);
});
