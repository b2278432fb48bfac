/* statements.mjs: which statements signet-web sends to the database while something is done: answers that
 * take the same statements take the same time, whatever the machine does meanwhile. They are read from the
 * server's general log, which has each before it is run. */
import { openSync, readSync, fstatSync, rmSync } from 'node:fs';
import path from 'node:path';

import { config, sql, sqlValue } from './stack.mjs';

/* A connection's own words, and what is due once a minute, depend on when one asks; the navigation's
 * subscriptions, which each worker keeps until somebody's roles change, on which worker answers. */
const BESIDE = /^(SET SESSION|UPDATE (session|access_token|sync_token) SET seen_at|SELECT sr\.account_id)/;

/* Literals are left out: two ids are one kind of statement, and so is the NULL of an owner's other column, which
 * the log has now as NULL, now as a question mark. */
const kindOf = (text) => text.replace(/<=> NULL/g, '<=> ?').replace(/'(?:[^'\\]|\\.|'')*'/gs, '?').replace(/\b\d+\b/g, '?').replace(/\s+/g, ' ').trim();

let log = null;

/* {fd, ids: of signet-web's connections}; the log is off again when the test's process ends. */
function logOpen() {
	const file = path.join(sqlValue('SELECT @@datadir'), 'statements.log');

	sql(`SET GLOBAL log_output = 'FILE'; SET GLOBAL general_log_file = '${file}'; SET GLOBAL general_log = 1`);
	process.on('exit', () => {
		sql('SET GLOBAL general_log = 0');
		rmSync(file, { force: true });
	});
	return { fd: openSync(file, 'r'), ids: new Set() };
}

/* Signet-web's connections: a worker that took another one's place since has one of its own. */
function idsAdd() {
	for (const [id] of sql(`SELECT id FROM information_schema.processlist WHERE user = '${config.web.user}'`))
		log.ids.add(id);
}

function readFrom(start) {
	const bytes = Buffer.alloc(fstatSync(log.fd).size - start);

	readSync(log.fd, bytes, 0, bytes.length, start);
	return bytes.toString('latin1');
}

/* An entry: a time or a tab, the connection, a word, a tab, the text, which may have several lines. */
const ENTRY = /^(?:\d{6} [ \d]\d:\d\d:\d\d|\t)\t *(\d+) (\w+)(?: \w+)?\t/m;

function* entriesOf(text) {
	const parts = text.split(new RegExp(ENTRY.source, 'gm'));

	for (let k = 1; k + 2 < parts.length; k += 3)
		yield { id: parts[k], word: parts[k + 1], text: parts[k + 2] };
}

/* [what `act` answered, the statements it took]. Nothing else may ask meanwhile. */
export async function statementsOf(act) {
	log ??= logOpen();
	idsAdd();
	const start = fstatSync(log.fd).size;
	const answer = await act();
	const taken = [];

	for (const { id, word, text } of entriesOf(readFrom(start))) {
		if (word === 'Connect' && text.startsWith(`${config.web.user}@`))
			log.ids.add(id);
		if (log.ids.has(id) && (word === 'Query' || word === 'Execute') && !BESIDE.test(text))
			taken.push(kindOf(text));
	}
	return [answer, taken];
}
