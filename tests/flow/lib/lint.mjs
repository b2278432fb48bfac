/* lint.mjs: signet lint as people run it, and servers that answer what no Signet does. */
import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import http from 'node:http';
import https from 'node:https';
import path from 'node:path';

import { BASE, BIN } from './stack.mjs';

/* Installed, it lies where commands of people do. */
export const SIGNET = [path.join(BIN, 'signet'), path.join(BIN, '../bin/signet')].find((file) => existsSync(file));

/* {status, out, err}, when it has ended. Without blocking, since the server may be one of this process. */
export function run(command, args, { env = {}, cwd, input = '' } = {}) {
	return new Promise((resolve, reject) => {
		const child = spawn(command, args, { cwd, env: { PATH: process.env.PATH, LC_ALL: 'C.UTF-8', ...env } });
		let out = '', err = '';

		child.stdout.setEncoding('utf8').on('data', (text) => {
			out += text;
		});
		child.stderr.setEncoding('utf8').on('data', (text) => {
			err += text;
		});
		child.stdin.on('error', () => {});
		child.on('error', reject);
		child.on('close', (status) => resolve({ status, out, err }));
		child.stdin.end(input);
	});
}

/* args: what comes behind --server and --project; these are the stack's and acme/web unless said. */
export function lint(args, { token = 'sgp_none', server = BASE, project = 'acme/web', env, ...more } = {}) {
	return run(SIGNET, ['lint', '--server', server, '--project', project, ...args],
		{ env: { ...(token !== null && { SIGNET_TOKEN: token }), ...env }, ...more });
}

/* {url, seen, stop()}: asks handler(request, response, body) each time; seen: what was asked, oldest first. tls:
 * {key, cert} as files hold them. */
export async function standIn(handler, tls) {
	const seen = [], sockets = new Set();
	const take = (request, response) => {
		const parts = [];

		request.on('error', () => {});
		request.on('data', (part) => parts.push(part));
		request.on('end', () => {
			const body = Buffer.concat(parts).toString('latin1');

			seen.push({ method: request.method, url: request.url, headers: request.headers, body });
			handler(request, response, body);
		});
	};
	const server = tls ? https.createServer(tls, take) : http.createServer(take);

	server.on('connection', (socket) => {
		sockets.add(socket);
		socket.on('error', () => {});
		socket.on('close', () => sockets.delete(socket));
	});
	await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));
	const { port } = server.address();
	return {
		url: `http${tls ? 's' : ''}://127.0.0.1:${port}`, port, seen, server,
		stop() {
			sockets.forEach((socket) => socket.destroy());
			return new Promise((resolve) => server.close(resolve));
		},
	};
}

/* What is wrong with a document as SARIF 2.1.0, as far as what signet writes goes: a list of sentences. Numbers are
 * sections of the OASIS standard. */
export function sarifFaults(log) {
	const faults = [];
	const is = (good, what) => good || faults.push(what);
	const only = (object, members, where) => Object.keys(object).forEach((key) => is(members.includes(key), `${where} has ${key}`));
	const text = (value) => typeof value === 'string' && value.length > 0;
	const count = (value, least) => Number.isInteger(value) && value >= least;
	const message = (value, where) => {
		is(value && text(value.text), `${where} without text (3.11.8)`);
		only(value ?? {}, ['text'], where);
		is(!/(?<!\{)(?:\{\{)*\{(?!\{)\d+\}/.test(value?.text ?? ''), `${where} has a placeholder without arguments (3.11.5)`);
		is(!/\]\(/.test(value?.text ?? ''), `${where} has a link that is none (3.11.6)`);
	};
	const LEVELS = ['none', 'note', 'warning', 'error'];

	only(log, ['$schema', 'version', 'runs'], 'the log');
	is(log.version === '2.1.0', 'version (3.13.2)');
	is(/^https:\/\/.*sarif-schema-2\.1\.0\.json$/.test(log.$schema), '$schema (3.13.3)');
	is(Array.isArray(log.runs) && log.runs.length === 1, 'runs (3.13.4)');
	for (const run of log.runs) {
		const { driver } = run.tool, ids = driver.rules.map(({ id }) => id);

		only(run, ['tool', 'columnKind', 'results'], 'a run');
		is(run.columnKind === 'unicodeCodePoints' || run.columnKind === 'utf16CodeUnits', 'columnKind (3.14.27)');
		only(run.tool, ['driver'], 'the tool');
		only(driver, ['name', 'rules'], 'the driver');
		is(text(driver.name), 'name (3.19.8)');
		is(new Set(ids).size === ids.length, 'a rule twice');
		for (const rule of driver.rules) {
			only(rule, ['id', 'shortDescription', 'help', 'defaultConfiguration'], `rule ${rule.id}`);
			is(text(rule.id), 'id (3.49.3)');
			for (const key of ['shortDescription', 'help'])
				if (key in rule)
					message(rule[key], `${rule.id}.${key}`);
			is(!rule.defaultConfiguration || LEVELS.includes(rule.defaultConfiguration.level), `level of ${rule.id} (3.50.3)`);
		}
		for (const [at, result] of run.results.entries()) {
			only(result, ['ruleId', 'ruleIndex', 'level', 'message', 'locations'], `result ${at}`);
			is(count(result.ruleIndex, 0) && ids[result.ruleIndex] === result.ruleId, `ruleIndex of ${at} (3.27.6)`);
			is(LEVELS.includes(result.level), `level of ${at} (3.27.10)`);
			message(result.message, `message ${at}`);
			is(result.locations.length === 1, `locations of ${at} (3.27.12)`);
			for (const { physicalLocation: { artifactLocation: { uri }, region } } of result.locations) {
				is(/^(?:file:\/\/\/)?(?:[\w./~-]|%[0-9A-F]{2})+$/.test(uri), `uri of ${at}: ${uri} (3.4.3, RFC 3986)`);
				is(count(region.startLine, 1) && count(region.startColumn, 1), `region of ${at} (3.30.5, 3.30.6)`);
				only(region, ['startLine', 'startColumn'], `region of ${at}`);
			}
		}
	}
	return faults;
}
