/* signet-admin audit verify: what somebody did to a chain, or to the file of signed heads, is found and
 * named; what people do meanwhile is not. The vault signs each second here. */
import { after, before, test } from 'node:test';
import assert from 'node:assert/strict';
import { chmodSync, cpSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';

import { VAR, admin, config, doctor, killHard, passwordOf, program, sql, sqlValue, throttleClear, until } from './lib/stack.mjs';
import { Visitor, as } from './lib/client.mjs';
import { bytesOf, entries, hashes } from './lib/chain.mjs';
import { accountId, person } from './lib/people.mjs';
import { add, cleanUp, editForm, jenkins } from './lib/integration.mjs';

const FOLDER = config.vault.audit_log;
const LOGIN = 'flow-verified';
let chain, id;

const files = (folder = FOLDER) => readdirSync(folder).filter((name) => name.endsWith('.log')).sort();
const newest = () => path.join(FOLDER, files().at(-1));
const lines = () => files().flatMap((name) => readFileSync(path.join(FOLDER, name), 'utf8').split('\n').slice(0, -1));
const signed = (name, seq) => lines().some((line) => line.includes(` head ${name} ${seq} `));

/* [exit status, what it says] */
function verify(...args) {
	try {
		return [0, admin(['audit', 'verify', ...args])];
	} catch (error) {
		return [error.status, error.stdout];
	}
}

const isWhole = ([status, text], what) => assert.ok(status === 0 && / 0 faults/.test(text), `${what}: ${text}`);

function isFound([status, text], words, what) {
	assert.equal(status, 1, `${what}: ${text}`);
	assert.match(text, words, what);
}

const headSeq = (name) => Number(sqlValue(`SELECT seq FROM audit_head WHERE chain = '${name}'`));
const allSigned = async (name) => until(() => signed(name, headSeq(name)), 20, `the head of ${name} is signed`);

before(async () => {
	throttleClear();
	const visitor = await new Visitor().signIn(LOGIN, person(LOGIN));
	id = accountId(LOGIN);
	chain = `account:${id}`;
	for (const theme of ['dark', 'light', 'auto', 'dark', 'auto'])
		assert.equal((await visitor.post('/account/theme', { theme })).status, 303);
	await allSigned(chain);
});
after(() => {
	cleanUp();
	throttleClear();
});

/* What `harm` does to the chain is found under these words, and all is well when it is mended. */
function harmed(what, harm, words) {
	isWhole(verify('--chain', chain), 'before');
	sql(`DROP TABLE IF EXISTS flow_audit, flow_head;
		CREATE TABLE flow_audit AS SELECT * FROM audit WHERE chain = '${chain}';
		CREATE TABLE flow_head AS SELECT * FROM audit_head WHERE chain = '${chain}'`);
	try {
		sql(typeof harm === 'function' ? harm() : harm);
		for (const word of [words].flat())
			isFound(verify('--chain', chain), word, what);
		isFound(verify(), [words].flat()[0], `${what}, among all`);
	} finally {
		sql(`DELETE FROM audit WHERE chain = '${chain}'; INSERT INTO audit SELECT * FROM flow_audit;
			DELETE FROM audit_head WHERE chain = '${chain}'; INSERT INTO audit_head SELECT * FROM flow_head;
			DROP TABLE flow_audit, flow_head`);
	}
	isWhole(verify('--chain', chain), 'mended');
}

const at = (seq) => `chain = '${chain}' AND seq = ${seq}`;

test('everything is whole, also while people save', async () => {
	const visitor = await as('admin');
	const one = await add(visitor, 'jenkins', jenkins());
	let saving = true;
	const saves = (async () => {
		for (let k = 0; saving; k++)
			await visitor.submit((await editForm(visitor, one)).set('value.username', `user-${k}`));
	})();

	try {
		for (let k = 0; k < 10; k++) {
			isWhole(verify(), `round ${k}`);
			await new Promise((resolve) => { setImmediate(resolve); });
		}
	} finally {
		saving = false;
		await saves;
	}
	const [, text] = verify();
	assert.match(text, /signed heads: \d+ files, \d+ lines, \d+ heads, the last line of \d{4}-/);
	assert.match(text, /chains: \d+, with \d+ entries/);
});

test('the vault signs each head that moves, with the entry\'s hash, and says that it lives', async () => {
	await allSigned(chain);
	const hash = sqlValue(`SELECT LOWER(HEX(hash)) FROM audit_head WHERE chain = '${chain}'`);
	assert.ok(lines().some((line) => line.includes(` head ${chain} ${headSeq(chain)} ${hash} `)));
	const alive = () => lines().filter((line) => / alive /.test(line)).length;
	const was = alive();
	await until(() => alive() > was, 10, 'a line although nothing moved');
	for (const secret of [passwordOf('admin'), person(LOGIN)])
		assert.ok(!lines().join('\n').includes(secret));
});

for (const [column, change] of [['actor', "actor = 'eve'"], ['action', "action = 'session.end'"], ['at', 'at = at + 1'],
	['address', "address = '192.0.2.1'"], ['object', "object = 'other'"], ['no such action', "action = 'nothing'"],
	['hash', "hash = REPEAT('x', 32)"]])
	test(`a changed entry is found: ${column}`, () => harmed(column, `UPDATE audit SET ${change} WHERE ${at(2)}`,
		/FAULT: account:\d+: entry 2 was changed/));

test('a missing entry is found', () => harmed('missing', `DELETE FROM audit WHERE ${at(3)}`,
	/entry 4 comes after a gap: entry 3 is missing/));

test('a missing beginning is found', () => harmed('beginning', `DELETE FROM audit WHERE chain = '${chain}' AND seq < 3`,
	/entry 3 comes after a gap: entries 1 to 2 are missing/));

test('a cut end is found by the head', () => harmed('end', `DELETE FROM audit WHERE ${at(headSeq(chain))}`,
	/its head says \d+: the end is missing/));

test('a cut end with its head put back is found by what was signed', () => harmed('end and head', () => {
	const last = headSeq(chain);

	return `DELETE FROM audit WHERE chain = '${chain}' AND seq > ${last - 2};
		UPDATE audit_head h JOIN audit a ON a.chain = h.chain AND a.seq = ${last - 2} SET h.seq = a.seq, h.hash = a.hash
		WHERE h.chain = '${chain}'`;
}, /ends with entry \d+, but \d+ were signed at .*: the end was cut off/));

test('a chain written anew, with hashes that fit, is found by what was signed', () => harmed('anew', () => {
	let prev = '0'.repeat(64);

	return entries(`chain = '${chain}'`).map((e) => {
		const made = { ...e, prev, address: '192.0.2.66' };
		[prev] = hashes([bytesOf(made)]);
		return `UPDATE audit SET address = '192.0.2.66', prev = UNHEX('${made.prev}'), hash = UNHEX('${prev}') WHERE ${at(e.seq)};`;
	}).join('\n') + `UPDATE audit_head SET hash = UNHEX('${prev}') WHERE chain = '${chain}'`;
}, /entry \d+ is not the one that was signed: this part of the chain was written anew/));

test('a chain that is gone whole is found by what was signed', () => harmed('gone',
	`DELETE FROM audit WHERE chain = '${chain}'; DELETE FROM audit_head WHERE chain = '${chain}'`,
	/FAULT: account:\d+: is gone: \d+ entries were signed/));

test('entries in the place of those that were taken, shorter and then longer, are found', () => harmed('regrown', () => {
	const list = entries(`chain = '${chain}'`);
	let { prev } = list.at(-2);

	/* the last two away, three others instead: the head is further than before */
	return `DELETE FROM audit WHERE chain = '${chain}' AND seq >= ${list.at(-2).seq};` + [0, 1, 2].map((k) => {
		const e = { ...list.at(-2), seq: Number(list.at(-2).seq) + k, prev, address: '192.0.2.77' };
		const before = prev;
		[prev] = hashes([bytesOf(e)]);
		return `INSERT INTO audit VALUES ('${chain}', ${e.seq}, ${e.at}, ${e.actor_id}, '${e.actor}', '${e.address}', '${e.request}',
			'${e.action}', ${e.object_id}, '${e.object}', '${e.fields}', UNHEX('${before}'), UNHEX('${prev}'));`;
	}).join('\n');
}, [/is not the one that was signed/, /behind its head|not the one that the head knows/]));

test('a head that is missing, or says less or other than the entries, is found; the doctor counts it', () => {
	harmed('no head', `DELETE FROM audit_head WHERE chain = '${chain}'`, /has entries, but no head/);
	harmed('head behind', `UPDATE audit_head SET seq = seq - 1 WHERE chain = '${chain}'`, /behind its head/);
	harmed('other hash', `UPDATE audit_head SET hash = REPEAT('x', 32) WHERE chain = '${chain}'`,
		/is not the one that the head knows/);
	sql(`UPDATE audit_head SET seq = seq - 1 WHERE chain = '${chain}'`);
	try {
		assert.throws(() => doctor(), (error) => /audit chains: \d+ checked, 1 with a broken head/.test(error.stdout));
	} finally {
		sql(`UPDATE audit_head SET seq = seq + 1 WHERE chain = '${chain}'`);
	}
	doctor();
});

/* --- the file ----------------------------------------------------------------------------------- */

/* What verify says of a copy of the folder after `harm` (which gets its newest file's lines). */
function ofCopy(harm, ...args) {
	const copy = mkdtempSync(path.join(os.tmpdir(), 'signet-heads-'));
	const file = path.join(copy, files().at(-1));

	try {
		chmodSync(copy, 0o755);
		for (const name of readdirSync(FOLDER)) {
			cpSync(path.join(FOLDER, name), path.join(copy, name));
			chmodSync(path.join(copy, name), 0o644);
		}
		const changed = harm(readFileSync(file, 'utf8').split('\n').slice(0, -1), copy);
		if (changed)
			writeFileSync(file, typeof changed === 'string' ? changed : changed.map((line) => `${line}\n`).join(''));
		return verify('--log', copy, ...args);
	} finally {
		rmSync(copy, { recursive: true });
	}
}

/* The lines with others in place of line k. Node 18 has no with(). */
const put = (list, k, ...others) => [...list.slice(0, k), ...others, ...list.slice(k + 1)];
const ours = (list) => list.findIndex((line) => line.includes(` head ${chain} `));

test('a copy of the signed file is as good', () => isWhole(ofCopy(() => null), 'copy'));

test('a changed line of the signed file is found', () => {
	isFound(ofCopy((list) => put(list, ours(list), list[ours(list)].replace(/ (\d+) (?=[0-9a-f]{64})/, ' 987654 '))),
		/line \d+: does not have the vault's signature/, 'another number');
	isFound(ofCopy((list) => put(list, 2, 'nonsense')), /line \d+: is no line of this file/, 'no line');
});

test('a line taken out of the signed file is found', () => isFound(ofCopy((list) => put(list, ours(list))),
	/lines \d+ to \d+ are missing/, 'removed'));

test('a signed file without its beginning is found', () => isFound(ofCopy((list) => list.slice(3)),
	/lines before it are missing|is not where it belongs/, 'beginning'));

test('a signed file that was cut in a line is found', () => isFound(ofCopy((list) => list.join('\n').slice(0, -40)),
	/is cut off in its middle/, 'torn'));

test('a signed file that was cut at a line\'s end is found by its age', async () => {
	await until(() => ofCopy((list) => list.slice(0, -3), '--age', '1')[0] === 1, 10, 'the last line is older than that');
	isFound(ofCopy((list) => list.slice(0, -3), '--age', '1'), /is the last and \d+ min old/, 'old');
});

test('a signed file that is gone, or is another vault\'s, is found', () => {
	isFound(ofCopy((list, copy) => rmSync(path.join(copy, files().at(-1)))), /are not there|others are missing/, 'gone');
	isFound(ofCopy((list, copy) => writeFileSync(path.join(copy, 'heads.pub'),
		`signet-audit-key v1\n${'A'.repeat(43)}\n`)), /does not have the vault's signature/, 'key');
	isFound(ofCopy((list, copy) => writeFileSync(path.join(copy, 'heads.pub'), 'x')), /cannot be checked/, 'no key');
});

test('without the right to write, the vault goes on and says so; then it signs again', async () => {
	const log = () => readFileSync(path.join(VAR, 'log/vault.log'), 'utf8');
	const said = () => log().split('audit heads are not signed: cannot open').length;
	const was = said();
	const mode = 0o640;

	chmodSync(newest(), 0o440);
	try {
		for (const pid of program('signet-vault').workers)
			killHard(pid);
		await until(() => said() > was, 20, 'the log says so');
		await until(async () => (await new Visitor().get('/readyz')).status === 200, 10, 'the vault is there');
		await new Visitor().signIn('member');
	} finally {
		chmodSync(newest(), mode);
	}
	const end = lines().length;
	await until(() => lines().length > end, 20, 'it signs again');
	isWhole(verify(), 'afterwards');
});

test('a wrong call is told how it is done', () => {
	for (const args of [['audit'], ['audit', 'check'], ['audit', 'verify', '--chain', 'a b'], ['audit', 'verify', 'x'],
		['audit', 'verify', '--age', 'x']])
		assert.throws(() => admin(args), (error) => error.status === 2 && /usage: audit verify/.test(error.stderr));
});
