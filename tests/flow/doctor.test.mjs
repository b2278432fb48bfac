/* signet-admin doctor: what somebody moved, rewrote, forged or put back in the database is counted in its place,
 * and named. */
import { after, test } from 'node:test';
import assert from 'node:assert/strict';

import { admin, doctor, quote, sql, sqlValue } from './lib/stack.mjs';
import { as } from './lib/client.mjs';
import { add, cleanUp, jenkins, newName } from './lib/integration.mjs';
import { accountId, person, roleTake } from './lib/people.mjs';

const DOC = 'flow-doc';

after(() => {
	roleTake(DOC);
	cleanUp();
});

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

	const named = `integration ${one} "${sqlValue(`SELECT name FROM integration WHERE id = ${one}`)}" subscription acme`;

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
			const found = spoiled();
			assert.match(found, words, what);
			if (what !== 'a password row')
				assert.ok(found.includes(`FAULT: sealed field: ${named}: `) ||
					found.includes(`FAULT: URL: ${named}: `), found);
		} finally {
			mend();
		}
		const { sealed, rights, urls } = doctor();
		assert.deepEqual([sealed[0], rights[0], urls[1]], [sealed[1], rights[1], 0], `${what}: mended`);
	}
});

test('a count of places that is wrong is named', async () => {
	const acme = sqlValue("SELECT id FROM subscription WHERE slug = 'acme'");
	const name = newName('counted ');

	sql(`INSERT INTO name_use VALUES (${acme}, ${quote(name)}, 1)`);
	try {
		const found = spoiled();
		assert.match(found, /^uses: \d+ names counted, 1 wrong$/m);
		assert.ok(found.includes(`FAULT: uses: "${name}" subscription acme: `), found);
	} finally {
		sql(`DELETE FROM name_use WHERE name = ${quote(name)}`);
	}
	doctor();
});

test('consents and bindings that the vault did not write are named: which integration, in which subscription', async () => {
	const acme = sqlValue("SELECT id FROM subscription WHERE slug = 'acme'"), ann = accountId('admin');
	const make = (name, columns, values) => {
		sql(`INSERT INTO integration (uid, name, type, url, all_projects, edit_roles, created_at, changed_at, ${columns})
			VALUES (UNHEX(MD5(${quote(name)})), ${quote(name)}, 'jenkins', '', 1, 4, 1, 1, ${values})`);
		return sqlValue(`SELECT id FROM integration WHERE name = ${quote(name)}`);
	};
	const [ownName, name, odd] = [newName('own '), newName('bound '), `odd \x1b[31m ${newName()}`];
	const own = make(ownName, 'account_id', ann);
	const handles = [name, odd].map((n) => make(n, 'subscription_id, bound', `${acme}, 1`));

	try {
		sql(`INSERT INTO scope_grant VALUES (${own}, ${acme}, ${ann}, 1, '', 1, NULL, 1, '')`);
		for (const handle of handles)
			sql(`INSERT INTO binding VALUES (${handle}, ${acme}, ${own}, ${ann}, 1, NULL, NULL, NULL, NULL, 1, '')`);
		const found = spoiled();
		assert.match(found, /^rights: \d+ checked, \d+ good, 3 without the vault's seal, 0 put back, 0 out of place$/m);
		assert.ok(found.includes(`FAULT: scope grant: integration ${own} "${ownName}" subscription acme account admin: forged`), found);
		assert.ok(found.includes(`FAULT: binding: integration ${handles[0]} "${name}" subscription acme account admin: forged`), found);
		/* a name that could play with a terminal is not printed */
		assert.ok(found.includes(`FAULT: binding: integration ${handles[1]} "?" subscription acme`), found);
		assert.ok(!found.includes('\x1b'));
	} finally {
		sql(`DELETE FROM integration WHERE id IN (${[own, ...handles].join()})`);
	}
	doctor();
});

test('a role that was taken and put back is named', async () => {
	const visitor = await as('admin');

	person(DOC);
	roleTake(DOC);
	assert.equal((await visitor.post('/s/acme/people/new', { login: DOC, role: 'member' })).status, 303);
	const [row] = sql(`SELECT account_id, subscription_id, role, granted_at, source, HEX(mac) FROM role
		WHERE account_id = ${accountId(DOC)}`);
	assert.equal((await visitor.post(`/s/acme/people/${accountId(DOC)}/remove`, { was: 'member' })).status, 303);
	doctor();
	sql(`INSERT INTO role VALUES (${row.slice(0, 4).join()}, ${quote(row[4])}, UNHEX('${row[5]}'))`);
	try {
		assert.match(spoiled(), new RegExp(`FAULT: role: subscription acme account ${DOC}: replayed`));
	} finally {
		roleTake(DOC);
	}
	doctor();
});
