/* stack.mjs: the Signet under test: where it is, its accounts, its database, its processes.
 * Environment: SIGNET_URL, SIGNET_VAR (demo-sign-ins, log/), SIGNET_BIN, SIGNET_CONFIG; and
 * SIGNET_DB_USER, who may do everything in the database (signet_test). */
import { execFile, execFileSync } from 'node:child_process';
import { readFileSync, readdirSync } from 'node:fs';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

function need(name) {
	if (!process.env[name])
		throw new Error(`${name} is not set: run these tests by tests/run`);
	return process.env[name];
}

export const BASE = need('SIGNET_URL').replace(/\/$/, '');
export const VAR = need('SIGNET_VAR');
export const BIN = need('SIGNET_BIN');
export const CONFIG = need('SIGNET_CONFIG');
export const ROOT = path.resolve(import.meta.dirname ?? path.dirname(new URL(import.meta.url).pathname),
	'../../..');
export const IS_ROOT = process.getuid() === 0;

/* The INI file as {section: {key: value}}. */
function configRead(file) {
	const sections = {};
	let section = {};

	for (const line of readFileSync(file, 'utf8').split('\n')) {
		const head = /^\[(.*)\]$/.exec(line.trim());
		const pair = /^([^;=]+?)\s*=\s*(.*)$/.exec(line.trim());

		if (head)
			section = sections[head[1]] = {};
		else if (pair)
			section[pair[1]] = pair[2];
	}
	return sections;
}
export const config = configRead(CONFIG);

const PASSWORDS = new Map(readFileSync(path.join(VAR, 'demo-sign-ins'), 'utf8')
	.split('\n').map((line) => /^sign-in: (\S+) (.+)$/.exec(line)).filter(Boolean)
	.map(([, login, password]) => [login, password]));

export function passwordOf(login) {
	if (!PASSWORDS.has(login))
		throw new Error(`no demo account ${login}`);
	return PASSWORDS.get(login);
}

/* Rows as arrays of strings; NULL is the string NULL. Ask for binary columns by HEX(). */
export function sql(statements) {
	const out = execFileSync('mariadb', ['--no-defaults', '-S', config.database.socket,
		'-u', process.env.SIGNET_DB_USER ?? 'signet_test', '--default-character-set=utf8mb4',
		'-N', '-B', config.database.name], { input: statements, encoding: 'utf8',
		maxBuffer: 1 << 28, stdio: ['pipe', 'pipe', 'pipe'] });
	const plain = { n: '\n', t: '\t', 0: '\0', '\\': '\\' };

	return out.split('\n').slice(0, -1).map((line) => line.split('\t')
		.map((cell) => cell.replace(/\\(.)/g, (all, c) => plain[c] ?? all)));
}

export function sqlValue(statement) {
	return sql(statement)[0]?.[0];
}

export function quote(text) {
	return `'${String(text).replace(/[\\']/g, (c) => `\\${c}`)}'`;
}

export function throttleClear() {
	sql('DELETE FROM throttle');
}

/* Words in front of a command that shall run as one of Signet's users. Only root can choose. */
export function asUser(user) {
	if (!IS_ROOT || !user || user === 'root')
		return [];
	return ['setpriv', '--reuid', user, '--regid',
		execFileSync('id', ['-g', user], { encoding: 'utf8' }).trim(), '--init-groups'];
}

export function admin(args, input = '') {
	const words = [...asUser(config.vault.admin_user), path.join(BIN, 'signet-admin'), '--config',
		CONFIG, ...args];

	return execFileSync(words[0], words.slice(1), { input, encoding: 'utf8',
		stdio: ['pipe', 'pipe', 'pipe'] });
}

export function argon2Calls() {
	return Number(/^argon2_calls: (\d+)$/m.exec(admin(['status']))[1]);
}

/* {sealed: [checked, good, ...], rights, urls} as `doctor` counts them; its exit status must be 0. */
export function doctor() {
	const lines = admin(['doctor']).trim().split('\n');
	const counts = (name) => lines.find((line) => line.startsWith(name)).match(/\d+/g).map(Number);

	return { sealed: counts('sealed'), rights: counts('rights'), urls: counts('URLs') };
}

/* --- processes --------------------------------------------------------------------------------- */

function processRead(pid) {
	try {
		const words = readFileSync(`/proc/${pid}/cmdline`, 'utf8').split('\0');
		const status = readFileSync(`/proc/${pid}/status`, 'utf8');

		return { pid: Number(pid), words, parent: Number(/^PPid:\s*(\d+)/m.exec(status)[1]),
			zombie: /^State:\s*Z/m.test(status) };
	} catch {
		return null; /* ended meanwhile */
	}
}

function processes(wanted) {
	return readdirSync('/proc').filter((name) => /^\d+$/.test(name)).map(processRead)
		.filter((p) => p && !p.zombie && wanted(p.words));
}

/* {master, workers} of signet-web or signet-vault with this configuration. */
export function program(name, file = CONFIG) {
	const all = processes((words) => path.basename(words[0]) === name && words.includes(file));
	const master = all.find((p) => !all.some((other) => other.pid === p.parent));

	return { master: master?.pid,
		workers: all.filter((p) => p !== master).map((p) => p.pid).sort((a, b) => a - b) };
}

export function databasePid() {
	return processes((words) => path.basename(words[0]) === 'mariadbd' &&
		words.includes(`--socket=${config.database.socket}`))[0]?.pid;
}

/* Nothing else may kill: the pid must be one that program() or databasePid() found. */
export function killHard(pid) {
	if (!pid)
		throw new Error('there is no such process to kill');
	process.kill(pid, 'SIGKILL');
}

/* Until `what()` is true (or answers something true): its value. */
export async function until(what, seconds, message) {
	const end = Date.now() + seconds * 1000;

	for (;;) {
		const value = await what();
		if (value)
			return value;
		if (Date.now() > end)
			throw new Error(`not within ${seconds} s: ${message}`);
		await sleep(25);
	}
}

export { sleep, execFile };
