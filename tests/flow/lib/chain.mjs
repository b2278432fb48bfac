/* chain.mjs: the audit chains as the database has them, and what an entry's hash covers. */
import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';

import { sql } from './stack.mjs';

const COLUMNS = ['chain', 'seq', 'at', 'actor_id', 'actor', 'address', 'request', 'action', 'object_id', 'object',
	'fields', 'HEX(prev)', 'HEX(hash)'];
/* All entries, or those that fit, by chain and number. */
export const entries = (where = '1') => sql(`SELECT ${COLUMNS.join(', ')} FROM audit WHERE ${where} ORDER BY chain, seq`)
	.map((row) => Object.fromEntries(row.map((cell, k) => [COLUMNS[k].replace(/HEX\((\w+)\)/, '$1'), cell])));

/* What an entry's hash covers: src/core/audit.c. */
export function bytesOf(e) {
	const text = (value) => {
		const bytes = Buffer.isBuffer(value) ? value : Buffer.from(value);
		return Buffer.concat([Buffer.from(`${bytes.length}:`), bytes]);
	};
	const number = (value) => Buffer.from(`${value};`);

	return Buffer.concat([text(Buffer.from(e.prev, 'hex')), text(e.chain), number(e.seq), number(e.at),
		number(e.actor_id === 'NULL' ? 0 : e.actor_id), text(e.actor), text(e.address), text(e.request), text(e.action),
		number(e.object_id), text(e.object), text(e.fields)]);
}

/* BLAKE2b-256 of many: Node has no such length, coreutils has. */
export function hashes(list) {
	const folder = mkdtempSync(path.join(os.tmpdir(), 'signet-audit-'));

	try {
		list.forEach((bytes, k) => writeFileSync(path.join(folder, String(k)), bytes));
		const out = execFileSync('b2sum', ['-l', '256', ...list.map((_, k) => String(k))],
			{ cwd: folder, encoding: 'utf8' });
		return out.trim().split('\n').map((line) => line.slice(0, 64).toUpperCase());
	} finally {
		rmSync(folder, { recursive: true });
	}
}
