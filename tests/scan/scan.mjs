/* scan.mjs: sqlmap over every parameter that a form, an address or a link has, wapiti over all that it
 * finds itself: as a subscription's admin, as the site admin and as nobody. */
import { execFile } from 'node:child_process';
import { mkdtempSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';

import { BASE, VAR, program, sql, throttleClear } from '../flow/lib/stack.mjs';
import { Visitor } from '../flow/lib/client.mjs';
import { crawl, patternOf } from '../flow/lib/crawl.mjs';
import { demo, handleMake, ownMake } from '../flow/lib/binding.mjs';
import { guardStart } from './guard.mjs';
import { vulnerableStart } from './vulnerable.mjs';

const FOLDER = mkdtempSync(path.join(os.tmpdir(), 'signet-scan-'));
const SECONDS = Number(process.env.SCAN_MINUTES ?? 20) * 60;
const ENV = { ...process.env, HOME: FOLDER, XDG_DATA_HOME: FOLDER, XDG_CONFIG_HOME: FOLDER };
const ONLY = process.env.SCAN_ONLY ? new RegExp(process.env.SCAN_ONLY) : null;
const WITH = process.env.SCAN_WITH ?? '';
const MODULES = ['blindsql', 'sql', 'xss', 'permanentxss', 'crlf', 'exec', 'file', 'redirect', 'htaccess', 'csp', 'methods'];
let passed = 0, failed = 0, runs = 0;

function say(good, what) {
	good ? passed++ : failed++;
	console.log(`${good ? 'passed' : 'FAILED'}: ${what}`);
}

const cookieOf = (visitor) => [...visitor.cookies].map(([k, v]) => `${k}=${v}`).join('; ');
const requests = () => readFileSync(path.join(VAR, 'log/access.log'), 'utf8').split('\n').length - 1;

function run(command, args, seconds) {
	return new Promise((resolve) => {
		/* sqlmap takes its targets from standard input while that is open */
		execFile(command, args, { env: ENV, cwd: FOLDER, timeout: seconds * 1000, maxBuffer: 1 << 27 },
			(error, out, words) => resolve({ out: out + words, killed: error?.killed === true, status: error?.code ?? 0 })).stdin.end();
	});
}

/* --- sqlmap ---------------------------------------------------------------------------------------- */

/* {origin, method, uri, cookie, body}: every parameter of the address and the body, or the '*' in the address. Answers
 * what it found, null when nothing; throws when it did not get as far as trying. */
async function sqlmap({ origin, method = 'GET', uri, cookie = '', body }, more = []) {
	const file = path.join(FOLDER, `request-${++runs}`);
	const head = [`${method} ${uri} HTTP/1.1`, `Host: ${new URL(origin).host}`, 'User-Agent: scan', ...(cookie ? [`Cookie: ${cookie}`] : []),
		...(body === undefined ? [] : ['Content-Type: application/x-www-form-urlencoded', `Origin: ${origin}`])];

	writeFileSync(file, `${head.join('\r\n')}\r\n\r\n${body ?? ''}`);
	const { out, killed } = await run('sqlmap', ['-r', file, '--ignore-stdin', '--batch', '--disable-coloring', '--flush-session', '--dbms=mysql',
		'--level=1', '--risk=1', '--technique=BEUST', '--skip=csrf', '--retries=0', `--output-dir=${file}.d`, ...more], 1800);
	if (/identified the following injection point|is vulnerable|sqlmap resumed the following/.test(out))
		return out.slice(out.search(/identified the following|is vulnerable/)).slice(0, 1500);
	if (killed || !/all tested parameters do not appear to be injectable|No parameter\(s\) found/i.test(out))
		throw new Error(`sqlmap said nothing about ${method} ${uri}: ${out.slice(-800)}`);
	return null;
}

const DESTROYS = /\/(logout|delete|remove|disable|end|revoke)/;

function valueOf(control) {
	const { name } = control;

	if (control.value !== '')
		return control.value;
	return /^url/.test(name) ? 'https://ci.example/x' : /^secret\./.test(name) ? 'plain secret' : /^name$/.test(name) ? 'flow scan' : 'plain';
}

/* One request for each form, each address with a query, each kind of address with an id. */
function targetsOf(who, visitor, { pages, forms }) {
	const base = { origin: BASE, cookie: cookieOf(visitor), who };
	const targets = new Map();

	for (const form of forms.filter((f) => !/\/(logout|sessions)/.test(f.pattern))) {
		const body = new URLSearchParams(form.controls.filter((c) => c.on || c.text).map((c) => [c.name, valueOf(c)])).toString();
		targets.set(`${form.method} ${form.pattern} ${form.controls.map((c) => c.name)}`, form.method === 'GET'
			? { ...base, uri: `${form.action}?${body}` } : { ...base, method: 'POST', uri: form.action, body });
	}
	for (const page of pages) {
		const pattern = patternOf('GET', page);
		if (page.includes('?'))
			targets.set(`GET ${pattern} ${[...new URL(page, BASE).searchParams.keys()]}`, { ...base, uri: page });
		if (/:\w+$|:\w+\/\w+$/.test(pattern))
			targets.set(`GET ${pattern} itself`, { ...base, uri: page.split('?')[0].replace(/^(.*\/)([^/]*\d)(?=\/|$)/, '$1$2*') });
	}
	return [...targets.values()].sort((a, b) => DESTROYS.test(a.uri) - DESTROYS.test(b.uri));
}

async function sqlmapAll(targets) {
	const queue = [...targets];
	const worker = async () => {
		for (let target = queue.shift(); target; target = queue.shift()) {
			const what = `sqlmap, ${target.who}: ${target.method ?? 'GET'} ${target.uri.slice(0, 90)}`;
			try {
				const found = await sqlmap(target, target.more);
				say(!found, found ? `${what}: ${found}` : what);
			} catch (error) {
				say(false, error.message);
			}
		}
	};

	await Promise.all([worker(), worker()]);
}

/* --- wapiti ---------------------------------------------------------------------------------------- */

/* What it found, as {kind: [places...]}. */
async function wapiti(origin, starts, seconds) {
	const report = path.join(FOLDER, `wapiti-${++runs}.json`);
	const each = String(Math.max(20, Math.floor(seconds / (MODULES.length + 1))));

	mkdirSync(`${report}.d`);
	const { out } = await run('wapiti', ['-u', `${origin}/`, ...starts.flatMap((page) => ['-s', origin + page]), '-m', MODULES.join(),
		'--skip', 'csrf', '-d', '6', '--max-scan-time', each, '--max-attack-time', each, '--max-links-per-page', '60', '-t', '10',
		'--flush-session', '--no-bugreport', '--store-session', `${report}.d`, '-f', 'json', '-o', report, '-v', '1'], seconds * 2 + 120);
	let found;
	try {
		found = JSON.parse(readFileSync(report, 'utf8'));
	} catch {
		throw new Error(`wapiti left no report: ${out.slice(-3000)}`);
	}
	return Object.fromEntries(Object.entries({ ...found.vulnerabilities, ...found.anomalies })
		.map(([kind, list]) => [kind, list.map((hit) => `${hit.method} ${hit.path} ${hit.parameter ?? ''}: ${hit.info}`)])
		.filter(([, list]) => list.length));
}

async function wapitiAll(who, visitor, starts) {
	const guard = await guardStart(cookieOf(visitor));

	try {
		const found = await wapiti(guard.origin, starts, SECONDS / 3);
		const none = Object.keys(found).length === 0;
		say(none, `wapiti, ${who}: ${guard.requests()} requests${none ? '' : `: ${JSON.stringify(found, null, 1).slice(0, 3000)}`}`);
		say(guard.requests() > 200, `wapiti, ${who}, found something to ask`);
	} catch (error) {
		say(false, error.message);
	} finally {
		guard.stop();
	}
}

/* --- all ------------------------------------------------------------------------------------------- */

async function control() {
	const hole = await vulnerableStart();

	try {
		const found = await sqlmap({ origin: hole.origin, uri: '/item?id=1' });
		say(found !== null, `sqlmap finds the hole that is there${found ? `: ${/Type: .*/.exec(found)?.[0] ?? ''}` : ''}`);
		const holes = await wapiti(hole.origin, ['/hello?name=you', '/item?id=1'], 240);
		for (const kind of [/^Cross Site Scripting$/, /^(Blind )?SQL Injection$/])
			say(Object.keys(holes).some((name) => kind.test(name)), `wapiti finds the ${kind.source} that is there; found: ${Object.keys(holes)}`);
	} finally {
		hole.stop();
	}
}

const STARTS = { admin: ['/', '/account', '/s/acme/integrations', '/s/acme/integrations/new?type=jenkins', '/s/acme/integrations/new?type=keyValuePair',
	'/s/acme/integrations/new?type=sshKey',
	'/integrations', '/integrations/new?type=jenkins', '/s/acme/leave', '/s/acme/integrations/new', '/s/acme/projects', '/s/acme/workflow'], 'site admin': ['/', '/account', '/admin/accounts', '/admin/subscriptions', '/admin/audit'], nobody: ['/login?next=/x'] };

/* A database that is too busy to be asked now is asked again soon. */
function clear() {
	try {
		throttleClear();
	} catch (error) {
		console.log(`not cleared: ${error.message.split('\n')[0]}`);
	}
}

async function signIn(who) {
	if (who === 'nobody')
		return new Visitor();
	return new Visitor().signIn(who === 'admin' ? 'admin' : 'siteadmin');
}

/* What is bound to account integrations: the admin's own and another person's, so that the pages of scopes, of
 * rebinding and of leavers have something to show. */
async function bind() {
	for (const login of ['admin', 'member']) {
		const owner = await demo(login);
		say(await handleMake(owner, await ownMake(owner)) > 0, `${login} has a personal integration that acme uses`);
	}
}

/* A form that waits on the sign-in page, since its session is over. */
async function waiting() {
	const visitor = await signIn('admin');
	const csrf = await visitor.csrf();

	await visitor.post('/logout');
	return { origin: BASE, who: 'signed out', cookie: cookieOf(visitor), method: 'POST', uri: '/login/form',
		body: new URLSearchParams({ confirm_to: '/account/theme', confirm_next: '/account', theme: 'dark', confirm_password: 'plain', csrf }).toString() };
}

/* A project whose workflow file names an integration, so that there is something to rename, to remove and to show. */
async function workflow() {
	const visitor = await signIn('admin');
	const [[project]] = sql("SELECT p.id FROM project p JOIN subscription s ON s.id = p.subscription_id WHERE s.slug = 'acme' AND p.name = 'web'");
	const at = `/s/acme/projects/${project}`;
	const text = 'jobs:\n  - name: build\n    integrations: [docker hub, nothing]\n';
	const sent = await visitor.post(`${at}/workflow`, { path: 'shippable.yml', text });

	say(sent.status === 303, 'a workflow file names an integration');
}

const isSignedIn = async (visitor) => (await visitor.get('/account')).status === 200;

async function main() {
	await control();
	const start = requests(), workers = program('signet-web').workers.join();
	/* what tries to sign in must be judged each time, and must not lock out the rest */
	const clearing = setInterval(clear, 300);
	const targets = [], visitors = {};
	await bind();
	await workflow();
	for (const who of Object.keys(STARTS)) {
		visitors[who] = await signIn(who);
		targets.push(...targetsOf(who, visitors[who], await crawl(visitors[who], STARTS[who], { most: 6 })));
	}
	const [someone] = targets.filter((t) => t.who === 'admin');
	targets.push({ ...someone, cookie: `${someone.cookie}; signet-was=${'A'.repeat(43)}`, method: 'GET', body: undefined, uri: '/account', more: ['--level=3', '-p', 'signet,signet-last,signet-was,user-agent,referer,host'] });
	targets.push(await waiting());
	if (ONLY)
		targets.splice(0, targets.length, ...targets.filter((t) => ONLY.test(t.uri)));
	if (WITH === 'wapiti')
		targets.length = 0;
	await sqlmapAll(targets);
	console.log(`sqlmap: ${targets.length} targets, ${requests() - start} requests`);
	for (const who of ['admin', 'site admin'])
		say(await isSignedIn(visitors[who]), `${who} is still signed in: the scan saw pages, not the sign-in form`);
	for (const who of ONLY ? [] : Object.keys(STARTS))
		await wapitiAll(who, visitors[who], STARTS[who]);
	clearInterval(clearing);
	say(program('signet-web').workers.join() === workers, 'the same workers as before');
	say(!/level=error/.test(readFileSync(path.join(VAR, 'log/web.log'), 'utf8')), 'no error in the log of signet-web, such as of a statement that the database refused');
	say(sql("SELECT COUNT(*) FROM account WHERE login = 'admin'")[0][0] === '1', 'the accounts are there');
	console.log(`requests in all: ${requests() - start}`);
}

try {
	await main();
} catch (error) {
	say(false, error.stack);
}
if (!process.env.SIGNET_KEEP)
	rmSync(FOLDER, { recursive: true, force: true });
console.log(`${passed} passed, ${failed} failed`);
process.exit(failed ? 1 : 0);
