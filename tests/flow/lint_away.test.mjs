/* signet lint where there is no Signet, or none that answers: one sentence, exit status 3, and the token stays. */
import { after, before, test } from 'node:test';
import assert from 'node:assert/strict';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import net from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';

import { lint, standIn } from './lib/lint.mjs';
import { certificateMake, freePort } from './lib/mail.mjs';

const TOKEN = 'sgp_a-token-that-nobody-must-see';
const FINE = { files: [{ path: '1.yml', references: 1, fault: null }], references: 1, fine: 1, problems: [] };

let home, file, certificate, tls;
const open = [];

before(() => {
	home = mkdtempSync(path.join(tmpdir(), 'signet-lint-'));
	file = path.join(home, 'a.yml');
	writeFileSync(file, '- integration: a\n');
	certificate = certificateMake();
	tls = { key: readFileSync(certificate.key), cert: readFileSync(certificate.certificate) };
});
after(async () => {
	for (const one of open)
		await one.stop();
	rmSync(home, { recursive: true });
	rmSync(certificate.folder, { recursive: true });
});

async function serve(handler, secure) {
	const one = await standIn(handler, secure);

	open.push(one);
	return one;
}

const answer = (status, type, body, headers = {}) => (request, response) => {
	response.writeHead(status, { 'Content-Type': type, ...headers });
	response.end(body);
};
const fine = (request, response) => answer(200, 'application/json', JSON.stringify(FINE))(request, response);
const ask = (server, args = [], more = {}) => lint([...args, file], { server, token: TOKEN, ...more });

/* One sentence that begins with the address; nothing on standard output; the token nowhere. */
function notAsked(result, server, pattern) {
	assert.equal(result.status, 3, result.err);
	assert.equal(result.out, '');
	assert.match(result.err, pattern);
	assert.ok(result.err.startsWith(`signet lint: ${server}: `), result.err);
	assert.ok(/[^.?][.?]\n$/.test(result.err) && result.err.split('\n').length === 2, result.err);
	assert.ok(!result.err.includes(TOKEN) && !result.err.includes('sgp_'), result.err);
}

test('what is asked: one request, the token in its header, the file under a name that is not its own', async () => {
	const server = await serve(fine);
	const result = await ask(`${server.url}//`, [], { project: 'acme/a web/&?#%ä' });

	assert.deepEqual([result.status, result.out, result.err], [0, '', 'signet lint: 1 place in 1 file, all fine.\n']);
	const [{ method, url, headers, body }] = server.seen;
	assert.equal(server.seen.length, 1);
	assert.deepEqual([method, url.toUpperCase()], ['POST', '/API/V1/S/ACME/WORKFLOW/CHECK?PROJECT=A%20WEB%2F%26%3F%23%25%C3%A4']);
	assert.equal(headers.authorization, `Bearer ${TOKEN}`);
	assert.match(body, /name="file"; filename="1\.yml"\r\n(?:.*\r\n)*?\r\n- integration: a\n\r\n/);
	assert.ok(!body.includes(home));
	/* a Signet below a path of somebody's own */
	await ask(`${server.url}/tools/signet/`);
	assert.equal(server.seen[1].url, '/tools/signet/api/v1/s/acme/workflow/check?project=web');
});

test('nobody there, no such host', async () => {
	const dead = `http://127.0.0.1:${await freePort()}`;

	notAsked(await ask(dead), dead, /cannot connect to it \(Connection refused\): is the address right, and does it run\?\n$/);
	notAsked(await ask('https://signet.invalid'), 'https://signet.invalid', /no host is known by the name "signet\.invalid"/);
});

test('no answer in time, half an answer, none, one without end', async () => {
	const servers = {
		silent: [() => {}, /no answer within 1 s/],
		half: [(request, response) => {
			response.writeHead(200, { 'Content-Type': 'application/json', 'Content-Length': '1000' });
			response.write('{"files": [');
			setImmediate(() => response.destroy());
		}, /the connection broke off/],
		none: [(request) => request.socket.destroy(), /the connection broke off/],
		endless: [(request, response) => {
			const more = () => {
				while (!response.destroyed && response.write('x'.repeat(1 << 16)));
			};
			response.on('drain', more);
			more();
		}, /longer than any of a Signet/],
	};

	for (const [handler, pattern] of Object.values(servers)) {
		const server = await serve(handler);
		notAsked(await ask(server.url, ['--timeout', pattern.source.includes('within') ? '1' : '60']), server.url, pattern);
	}
});

test('redirects are not followed: the token would go along', async () => {
	const other = await serve(fine);

	for (const status of [301, 302, 303, 307, 308]) {
		const server = await serve(answer(status, 'text/html', 'moved', { Location: `${other.url}/there` }));
		notAsked(await ask(server.url), server.url, new RegExp(`sends elsewhere \\(${status}, to "${other.url}/there"\\)`));
	}
	assert.equal(other.seen.length, 0);
});

test('other answers: which sentence', async () => {
	const problem = (status, more) => answer(status, 'application/problem+json', JSON.stringify({ status, ...more }));
	const servers = [
		[problem(401, { detail: 'It has ended.' }), /the token is not good here: It has ended\./],
		[problem(403, { detail: 'Not with this scope.' }), /may not ask this: Not with this scope\./],
		[problem(404), /this token knows no project "web" in a subscription "acme"\. --project is/],
		[answer(404, 'text/html', '<h1>'), /that is no Signet, or an older one: it answers 404/],
		[answer(413, 'text/html', '<h1>'), /too much at once/],
		[problem(422, { detail: 'd', errors: [{ field: 'file', message: 'Too many.' }] }), /cannot take the files: Too many\./],
		[problem(500, { detail: 'Ours.' }), /has a fault \(500: Ours\)/],
		[answer(502, 'text/html', '<h1>'), /has a fault \(502: no reason given\)/],
		[answer(503, 'text/html', '<h1>'), /has no time now \(503/],
		[answer(200, 'text/html', '<h1>It works!</h1>'), /its answer is not known/],
		[answer(200, 'application/json', '{"files": [], "references": 0, "fine": 0, "problems": []}'), /its answer is not known/],
		[answer(204, 'text/html', ''), /it answers 204/],
	];

	for (const [handler, pattern] of servers) {
		const server = await serve(handler);
		notAsked(await ask(server.url), server.url, pattern);
	}
});

test('certificates: not trusted, trusted by --ca-file, for another name, no TLS at all', async () => {
	const server = await serve(fine, tls), plain = await serve(fine), other = server.url.replace('127.0.0.1', 'localhost');

	notAsked(await ask(server.url), server.url, /certificate is not trusted \(.+\)\. --ca-file/);
	assert.equal((await ask(server.url, ['--ca-file', certificate.certificate])).status, 0);
	notAsked(await ask(other, ['--ca-file', certificate.certificate]), other, /certificate is not trusted/);
	notAsked(await ask(server.url, ['--ca-file', '/nonexistent']), server.url, /certificates in \/nonexistent cannot be read/);
	const wrong = plain.url.replace('http:', 'https:');
	notAsked(await ask(wrong), wrong, /no TLS can be agreed on/);
	assert.deepEqual([server.seen.length, plain.seen.length], [1, 0]);
});

test('http:// only to this machine, unless it is said otherwise', async () => {
	const result = await ask('http://signet.invalid');

	assert.deepEqual([result.status, result.out], [2, '']);
	assert.match(result.err, /could read the token\. Use https:\/\/, or --insecure-http/);
	notAsked(await ask('http://signet.invalid', ['--insecure-http']), 'http://signet.invalid', /no host is known/);
});

test('the environment: its proxy sees neither the token nor what goes to this machine, and .netrc does not count', async () => {
	const proxied = [];
	const proxy = net.createServer((socket) => {
		socket.on('error', () => {});
		socket.on('data', (bytes) => {
			proxied.push(bytes.toString('latin1'));
			socket.end('HTTP/1.1 403 Forbidden\r\nContent-Length: 0\r\n\r\n');
		});
	});
	await new Promise((resolve) => proxy.listen(0, '127.0.0.1', resolve));
	const at = `http://127.0.0.1:${proxy.address().port}`, env = { http_proxy: at, https_proxy: at, ALL_PROXY: at, HOME: home };

	try {
		const server = await serve(fine);
		writeFileSync(path.join(home, '.netrc'), 'machine 127.0.0.1 login somebody password else\n');
		assert.equal((await ask(server.url, [], { env })).status, 0);
		assert.equal(server.seen[0].headers.authorization, `Bearer ${TOKEN}`);
		assert.equal(proxied.length, 0);
		notAsked(await ask('https://signet.invalid', [], { env }), 'https://signet.invalid', /there is no answer|broke off/);
		assert.equal(proxied.length, 1);
		assert.match(proxied[0], /^CONNECT signet\.invalid:443 /);
		assert.ok(!proxied[0].includes('sgp_') && !/authorization/i.test(proxied[0]), proxied[0]);
	} finally {
		await new Promise((resolve) => proxy.close(resolve));
	}
});

test('wrong usage: exit status 2, and what is wrong', async () => {
	const wrong = [
		[[file], { token: null }, /there is no token: set SIGNET_TOKEN, or give --token-file/],
		[[file], { token: '' }, /there is no token/],
		[[file], { token: 'a b' }, /the token is none/],
		[[file], { token: 'a\r\nX-Other: b' }, /the token is none/],
		[['--token-file', '/nonexistent', file], {}, /\/nonexistent cannot be read: No such file/],
		[['--token-file', file, file], {}, /the token is none/],
		[[], {}, /say which files/],
		[['--server=http:/127.0.0.1:9/shippable.yml', file], {}, /twice; put -- before the files/],
		[['--no-such', file], {}, /signet lint: unrecognized option '--no-such'/],
		[['--fail-on', 'mising', file], {}, /there is no reason "mising"/],
		[['--format', 'xml', file], {}, /--format is text, json or sarif/],
		[['--timeout', '0', file], {}, /--timeout is a number of seconds/],
		[[file], { project: 'web' }, /--project is SUBSCRIPTION\/PROJECT/],
		[[file], { project: '../web' }, /--project is SUBSCRIPTION\/PROJECT/],
		[[file], { project: 'acme/' }, /--project is SUBSCRIPTION\/PROJECT/],
		[[file], { server: 'signet.example.com' }, /Write it with its scheme/],
		[[file], { server: 'https://a:b@signet.example.com' }, /without a name and password/],
	];

	for (const [args, more, pattern] of wrong) {
		const result = await lint(args, more);
		assert.deepEqual([result.status, result.out], [2, ''], pattern.source);
		assert.match(result.err, pattern);
	}
	const help = await lint(['--help']);
	assert.equal(help.status, 0);
	assert.match(help.out, /^usage: signet lint .*wrong-type/s);
});

test('a token from a file, with its line end', async () => {
	const server = await serve(fine), tokens = path.join(home, 'token');

	writeFileSync(tokens, `${TOKEN}\r\n`);
	assert.equal((await ask(server.url, ['--token-file', tokens], { token: 'sgp_other' })).status, 0);
	assert.equal(server.seen[0].headers.authorization, `Bearer ${TOKEN}`);
	/* a token on the command line is no option at all: everybody on the machine could read it */
	assert.equal((await ask(server.url, ['--token', TOKEN])).status, 2);
});

test('files that are not there: findings, whoever may be asked', async () => {
	const server = await serve(fine), there = path.join(home, 'nothing.yml');
	const alone = await lint([there, home], { server: server.url });

	assert.equal(alone.status, 1);
	assert.equal(alone.out, `${there}:1:1: unreadable: It cannot be read: No such file or directory.\n`
		+ `${home}:1:1: unreadable: It cannot be read: Is a directory.\n`);
	assert.equal(server.seen.length, 0);
	const result = await lint(['--fail-on', 'none', file, there], { server: server.url });
	assert.equal(result.status, 1);
	assert.equal(server.seen.length, 1);
	const large = path.join(home, 'large.yml');
	writeFileSync(large, '#'.repeat((1 << 20) + 1));
	assert.match((await lint([large], { server: server.url })).out, /large\.yml:1:1: unreadable: The file has more than 1048576 bytes\./);
	assert.equal(server.seen.length, 1);
});
