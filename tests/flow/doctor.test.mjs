/* signet-admin doctor: what somebody moved, rewrote or forged in the database is counted in its place. */
import { after, test } from 'node:test';
import assert from 'node:assert/strict';

import { admin, doctor, sql, sqlValue } from './lib/stack.mjs';
import { as } from './lib/client.mjs';
import { add, cleanUp, jenkins } from './lib/integration.mjs';

after(cleanUp);

/* The counts of a doctor that finds something: it ends with a failure, so they are read from its error. */
function spoiled() {
	try {
		admin(['doctor']);
	} catch (error) {
		return `${error.stdout}${error.message}`;
	}
	return assert.fail('the doctor found nothing');
}

test('each kind of spoiled row is counted as what it is, and all is well when it is mended', async () => {
	const visitor = await as('admin');
	const [one, two] = [await add(visitor, 'jenkins', jenkins()), await add(visitor, 'jenkins', jenkins())];
	const box = (id) => sqlValue(`SELECT HEX(box) FROM sealed_box WHERE integration_id = ${id}`);
	const setBox = (id, hex) => sql(`UPDATE sealed_box SET box = UNHEX('${hex}') WHERE integration_id = ${id}`);
	const [ours, theirs] = [box(one), box(two)];
	const origin = sqlValue(`SELECT origin FROM integration_url WHERE integration_id = ${one}`);
	const setOrigin = (text) => sql(`UPDATE integration_url SET origin = '${text}' WHERE integration_id = ${one}`);
	const setCopy = (text) => sql(`UPDATE sealed SET origins = '${text}' WHERE integration_id = ${one}`);
	const mac = sqlValue('SELECT HEX(mac) FROM password ORDER BY account_id LIMIT 1');
	const setMac = (hex) => sql(`UPDATE password SET mac = UNHEX('${hex}') ORDER BY account_id LIMIT 1`);

	for (const [what, spoil, mend, words] of [
		['a bit of a box', () => setBox(one, `${ours.slice(0, -1)}${ours.endsWith('0') ? '1' : '0'}`),
			() => setBox(one, ours), / 1 do not open/],
		["another integration's box", () => setBox(one, theirs), () => setBox(one, ours), / 1 out of place/],
		['the copy of its origins', () => setCopy('https://evil.example:443'), () => setCopy(origin), / 1 out of place/],
		['the origin beside a URL', () => setOrigin('https://evil.example:443'), () => setOrigin(origin),
			/ 1 not allowed where their URLs lead[^]* 1 with a wrong origin/],
		['a password row', () => setMac('00'.repeat(32)), () => setMac(mac), / 1 without the vault's seal/],
	]) {
		spoil();
		try {
			assert.match(spoiled(), words, what);
		} finally {
			mend();
		}
		const { sealed, rights, urls } = doctor();
		assert.deepEqual([sealed[0], rights[0], urls[1]], [sealed[1], rights[1], 0], `${what}: mended`);
	}
});
