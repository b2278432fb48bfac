/* mail.mjs: mail servers to send to, and a signet-mail beside the stack's. */
import { execFileSync, spawn } from 'node:child_process';
import { chmodSync, chownSync, mkdtempSync, openSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import net from 'node:net';
import os from 'node:os';
import path from 'node:path';

import { BIN, IS_ROOT, ROOT, VAR, asUser, config, until } from './stack.mjs';

/* Where the stack's signet-mail sends to. */
export const SMTP_PORT = Number(new URL(config.mail.smtp_url).port);
/* Debian's: the package python3-aiosmtpd is for it, not for another that PATH may have. */
const PYTHON = '/usr/bin/python3';
const LIB = path.join(ROOT, 'tests/flow/lib');

/* A port on which nobody listens. */
export async function freePort() {
	const server = net.createServer();

	await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));
	const { port } = server.address();
	await new Promise((resolve) => server.close(resolve));
	return port;
}

/* {mails(), stop()}: a real one (aiosmtpd). options: as smtp.py has them. A mail is {from, to, tls, user, headers,
 * defects, type, text, raw}. */
export async function smtpServer(port = SMTP_PORT, ...options) {
	const folder = mkdtempSync(path.join(os.tmpdir(), 'signet-smtp-'));
	const child = spawn(PYTHON, [path.join(LIB, 'smtp.py'), String(port), folder, ...options], { stdio: ['ignore', 'pipe', 'inherit'] });
	const ended = new Promise((resolve) => child.on('exit', resolve));
	let said = '';

	child.stdout.on('data', (text) => {
		said += text;
	});
	await until(() => said.includes('ready') || child.exitCode !== null, 20, 'the mail server is up');
	if (child.exitCode !== null)
		throw new Error('the mail server did not start');
	return {
		mails: () => readdirSync(folder).filter((name) => name.endsWith('.json')).sort()
			.map((name) => JSON.parse(readFileSync(path.join(folder, name), 'utf8'))),
		async stop() {
			child.kill('SIGKILL');
			await ended;
			rmSync(folder, { recursive: true, force: true });
		},
	};
}

/* {connections(), stop()}: one that takes connections and never says a word. */
export async function silentServer(port = SMTP_PORT) {
	const sockets = [];
	const server = net.createServer((socket) => {
		socket.on('error', () => {});
		sockets.push(socket);
	});

	await new Promise((resolve, reject) => {
		server.on('error', reject);
		server.listen(port, '127.0.0.1', resolve);
	});
	return {
		connections: () => sockets.length,
		stop() {
			sockets.forEach((socket) => socket.destroy());
			return new Promise((resolve) => server.close(resolve));
		},
	};
}

/* {certificate, key, folder}: for 127.0.0.1, signed by itself. */
export function certificateMake() {
	const folder = mkdtempSync(path.join(os.tmpdir(), 'signet-cert-'));
	const [certificate, key] = ['cert.pem', 'key.pem'].map((name) => path.join(folder, name));

	execFileSync('openssl', ['req', '-x509', '-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:P-256', '-nodes', '-days', '2', '-subj',
		'/CN=127.0.0.1', '-addext', 'subjectAltName=IP:127.0.0.1', '-keyout', key, '-out', certificate], { stdio: 'ignore' });
	chmodSync(folder, 0o755);
	return { folder, certificate, key };
}

export const mailLog = () => readFileSync(path.join(VAR, 'log/mail.log'), 'utf8');

/* {socket, log(), stop()} of a signet-mail of its own with these values in [mail]. files: {name: content}, which it
 * alone can read, stand beside as FOLDER/name. */
export async function secondMail(changes, files = {}) {
	const folder = mkdtempSync(path.join(os.tmpdir(), 'signet-mail-'));
	const [file, socket, log] = ['signet.conf', 'mail.sock', 'log'].map((name) => path.join(folder, name));
	const values = { ...config.mail, socket, ...changes };
	const text = Object.entries(values).map(([key, value]) => `${key} = ${String(value).replace('FOLDER', folder)}\n`).join('');

	writeFileSync(file, `[mail]\n${text}`);
	for (const [name, content] of Object.entries(files))
		writeFileSync(path.join(folder, name), content, { mode: 0o400 });
	if (IS_ROOT) {
		const uid = Number(execFileSync('id', ['-u', 'signet_mail'])), gid = Number(execFileSync('getent', ['group', config.mail.group])
			.toString().split(':')[2]);
		chownSync(folder, uid, gid);
		for (const name of Object.keys(files))
			chownSync(path.join(folder, name), uid, gid);
		chmodSync(folder, 0o2755);
	}
	const out = openSync(log, 'w');
	const words = [...asUser(IS_ROOT ? 'signet_mail' : null), path.join(BIN, 'signet-mail'), '--config', file];
	const child = spawn(words[0], words.slice(1), { stdio: ['ignore', out, out] });
	const ended = new Promise((resolve) => child.on('exit', resolve));

	await until(() => /ready: /.test(readFileSync(log, 'utf8')) || child.exitCode !== null, 10, 'a second signet-mail is up');
	return {
		socket, file, ended, pid: child.pid,
		log: () => readFileSync(log, 'utf8'),
		async stop() {
			child.kill('SIGTERM');
			await ended;
			rmSync(folder, { recursive: true, force: true });
		},
	};
}

/* What signet-mail answers to these bytes, sent by that Unix user: bytes in hex, '' when it hangs up. */
export function askMail(hex, user = config.mail.web_user, socket = config.mail.socket) {
	const program = 'import socket, sys\ns = socket.socket(socket.AF_UNIX, socket.SOCK_SEQPACKET)\ns.settimeout(10)\n' +
		's.connect(sys.argv[1])\ntry:\n    s.send(bytes.fromhex(sys.argv[2]))\n    print(s.recv(100).hex())\nexcept OSError:\n    print()\n';
	const words = [...asUser(IS_ROOT ? user : null), PYTHON, '-c', program, socket, hex];

	return execFileSync(words[0], words.slice(1), { encoding: 'utf8' }).trim();
}

/* A request to send a mail, in hex. */
export function mailRequest(to, subject, text) {
	const run = (s) => {
		const bytes = Buffer.from(s), length = Buffer.alloc(4);
		length.writeUInt32BE(bytes.length);
		return Buffer.concat([length, bytes]);
	};

	return Buffer.concat([Buffer.from([1, 2]), run(to), run(subject), run(text)]).toString('hex');
}

