/* second.mjs: another signet-web beside the stack's, on the same database and vault, with a changed
 * configuration or from another build; and a FastCGI client to talk to it. */
import { chmodSync, chownSync, copyFileSync, mkdtempSync, openSync, readFileSync, rmSync,
	writeFileSync } from 'node:fs';
import { execFileSync, spawn } from 'node:child_process';
import net from 'node:net';
import os from 'node:os';
import path from 'node:path';

import { BASE, BIN, CONFIG, IS_ROOT, asUser, config, program, until } from './stack.mjs';
import { Answer, Visitor } from './client.mjs';

const BEGIN = 1, END = 3, PARAMS = 4, STDIN = 5, STDOUT = 6;

function record(type, content) {
	const head = Buffer.from([1, type, 0, 1, content.length >> 8, content.length & 255, 0, 0]);

	return Buffer.concat([head, content]);
}

function stream(type, bytes) {
	const out = [];

	for (let at = 0; at < bytes.length; at += 65528)
		out.push(record(type, bytes.subarray(at, at + 65528)));
	return Buffer.concat([...out, record(type, Buffer.alloc(0))]);
}

function length(n) {
	if (n < 128)
		return Buffer.from([n]);
	const long = Buffer.alloc(4);
	long.writeUInt32BE((n | 0x80000000) >>> 0);
	return long;
}

function param(name, value) {
	const [n, v] = [Buffer.from(name), Buffer.from(String(value))];

	return Buffer.concat([length(n.length), length(v.length), n, v]);
}

function params({ method, path: uri, headers }, body) {
	const list = [['REQUEST_METHOD', method], ['REQUEST_URI', uri], ['REMOTE_ADDR', '127.0.0.9'],
		['CONTENT_TYPE', headers['Content-Type'] ?? ''], ['CONTENT_LENGTH', body === undefined ? '' :
			Buffer.byteLength(body)]];

	for (const [name, value] of Object.entries({ Host: new URL(BASE).host, ...headers }))
		if (!/^content-(type|length)$/i.test(name))
			list.push([`HTTP_${name.toUpperCase().replaceAll('-', '_')}`, value]);
	return Buffer.concat(list.map(([name, value]) => param(name, value)));
}

function answerOf(bytes) {
	let out = Buffer.alloc(0);

	for (let at = 0; at + 8 <= bytes.length;) {
		const size = bytes.readUInt16BE(at + 4);
		if (bytes[at + 1] === STDOUT)
			out = Buffer.concat([out, bytes.subarray(at + 8, at + 8 + size)]);
		at += 8 + size + bytes[at + 6];
	}
	const end = out.indexOf('\r\n\r\n');
	const headers = out.subarray(0, end).toString().split('\r\n').map((line) => {
		const colon = line.indexOf(':');
		return [line.slice(0, colon).toLowerCase(), line.slice(colon + 1).trim()];
	});
	return new Answer(Number(headers.find(([n]) => n === 'status')[1].slice(0, 3)), headers,
		out.subarray(end + 4));
}

function fcgi(socketPath, request, body) {
	return new Promise((resolve, reject) => {
		const socket = net.connect(socketPath);
		const parts = [];

		socket.on('data', (part) => parts.push(part));
		socket.on('error', reject);
		socket.on('end', () => resolve(answerOf(Buffer.concat(parts))));
		socket.write(Buffer.concat([record(BEGIN, Buffer.from([0, 1, 0, 0, 0, 0, 0, 0])),
			stream(PARAMS, params(request, body)), stream(STDIN, Buffer.from(body ?? ''))]));
	});
}

function configFor(folder, changes, mailSocket) {
	let text = readFileSync(CONFIG, 'utf8');

	const set = (key, value) => {
		text = text.replace(new RegExp(`^(${key}) *=.*$`, 'm'), `$1 = ${value}`);
	};
	text = text.replace(config.web.socket, path.join(folder, 'web.sock'));
	text = text.replace(config.web.login_socket, path.join(folder, 'login.sock'));
	text = text.replace(config.mail.socket, mailSocket);
	set('workers', 2);
	for (const [key, value] of Object.entries(changes))
		set(key, value);
	return text;
}

/* {visitor(), pids(), log(), stop()} of a signet-web from `bin` with `changes` of keys; mailSocket: of another
 * signet-mail. */
export async function secondWeb(changes = {}, bin = BIN, mailSocket = config.mail.socket) {
	const folder = mkdtempSync(path.join(os.tmpdir(), 'signet-second-'));
	const file = path.join(folder, 'signet.conf');
	const words = [...asUser(config.vault.web_user), path.join(folder, 'signet-web'), '--config', file];
	const log = openSync(path.join(folder, 'log'), 'w');

	writeFileSync(file, configFor(folder, changes, mailSocket));
	copyFileSync(path.join(bin, 'signet-web'), path.join(folder, 'signet-web'));
	chmodSync(folder, 0o755);
	if (IS_ROOT)
		chownSync(folder, Number(execFileSync('id', ['-u', config.vault.web_user])), 0);
	const child = spawn(words[0], words.slice(1), { stdio: ['ignore', log, log] });
	const socketOf = ({ method, path: uri }) => path.join(folder,
		method === 'POST' && uri === '/login' ? 'login.sock' : 'web.sock');
	const ended = new Promise((resolve) => child.on('exit', resolve));
	const web = {
		log: () => readFileSync(path.join(folder, 'log'), 'utf8'),
		pids: () => program('signet-web', file).workers,
		origin: `${changes.secure === 'yes' ? 'https' : 'http'}://${new URL(BASE).host}`,
		visitor: () => new Visitor((request, body) => fcgi(socketOf(request), request, body), web.origin),
		async stop() {
			child.kill('SIGTERM');
			await ended;
			rmSync(folder, { recursive: true, force: true });
		},
	};

	try {
		await until(() => /ready: /.test(web.log()), 10, `a second signet-web is up: ${web.log()}`);
	} catch (error) {
		await web.stop();
		throw error;
	}
	return web;
}
