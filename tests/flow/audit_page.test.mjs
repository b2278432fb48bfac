/* The audit trail's pages: what they show, what one can ask them, and what they never show. */
import { after, test } from 'node:test';
import assert from 'node:assert/strict';

import { quote, sql, sqlValue } from './lib/stack.mjs';
import { as } from './lib/client.mjs';
import { says, textOf } from './lib/html.mjs';
import { accountId } from './lib/people.mjs';
import { Program } from './lib/program.mjs';
import { add, cleanUp, editForm, jenkins, newName, newSecret } from './lib/integration.mjs';

const PAGE = '/s/acme/audit';
const acme = sqlValue("SELECT CONCAT('sub:', id) FROM subscription WHERE slug = 'acme'");

after(cleanUp);

/* [[time, who, from, what, which, fields]...] of a page. */
function rowsOf(answer) {
	assert.equal(answer.status, 200);
	const body = /<tbody>(.*)<\/tbody>/s.exec(answer.text)?.[1] ?? '';

	return [...body.matchAll(/<tr>(.*?)<\/tr>/gs)].map(([, row]) =>
		[...row.matchAll(/<td[^>]*>(.*?)<\/td>/gs)].map(([, cell]) => textOf(cell)));
}

const linkOf = (answer, words) => new RegExp(`href="([^"]+)">${words}<`).exec(answer.text)?.[1].replaceAll('&amp;', '&');
const day = (seconds) => new Date(seconds * 1000).toISOString().slice(0, 10);

test('a change is on the page at once: who, from where, what, which, and the fields\' names alone', async () => {
	const admin = await as('admin');
	const what = jenkins(), secret = newSecret();
	const id = await add(admin, 'jenkins', what);

	await admin.submit((await editForm(admin, id)).set('secret.password', secret).set('value.username', 'page-user'));
	const answer = await admin.get(PAGE);
	const [changed, added] = rowsOf(answer);
	assert.match(changed[0], /^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d$/);
	assert.deepEqual(changed.slice(1), ['admin', '127.0.0.1', 'changed integration', what.name, 'username, password']);
	assert.deepEqual(added.slice(1, 5), ['admin', '127.0.0.1', 'added integration', what.name]);
	const link = /href="([^"]+\?object=[^"]+)"/.exec((await admin.get(`/s/acme/integrations/${id}`)).text)[1];
	assert.deepEqual(rowsOf(await admin.get(link)).map((row) => row[3]), ['changed integration', 'added integration']);
	for (const value of [secret, what.secrets.password, 'page-user', 'ci.one.example'])
		assert.ok(!answer.text.includes(value), 'a value is on the page');
});

test('who, what, which, when and of one thing: each alone and together; the address keeps them', async () => {
	const admin = await as('admin'), member = await as('member');
	const what = jenkins(), renamed = newName();
	const id = await add(member, 'jenkins', what);
	const ask = (query) => admin.get(`${PAGE}?${new URLSearchParams(query)}`);
	const count = async (query) => rowsOf(await ask(query)).length;
	const from = day(Date.now() / 1000 - 86400), to = day(Date.now() / 1000 + 86400);

	await admin.submit((await editForm(admin, id)).set('name', renamed));
	const object = `integration:${id}`;
	assert.equal(await count({ object }), 2, 'under both names');
	assert.equal(await count({ which: what.name }), 1);
	assert.equal(await count({ which: renamed }), 1);
	assert.equal(await count({ who: 'member', object }), 1);
	assert.equal(await count({ what: 'integrations', object }), 2);
	assert.equal(await count({ what: 'people', object }), 0);
	assert.equal(await count({ object: `account:${id}`, which: renamed }), 0, 'ids of other things are others');
	assert.equal(await count({ object, from, to }), 2);
	assert.equal(await count({ object, to: from }), 0);
	assert.equal(await count({ object, from: to }), 0);
	const page = await ask({ who: 'admin', what: 'integrations', which: renamed, from, to });
	assert.equal(rowsOf(page).length, 1);
	for (const part of ['name="who" value="admin"', '<option value="integrations" selected>', `name="from" type="date" value="${from}"`,
		`name="to" type="date" value="${to}"`])
		assert.ok(page.text.includes(part), part);
	says(await ask({ which: newName() }), /No entry fits/);
});

test('pages go back to the first entry, none twice, none left out', async () => {
	const admin = await as('admin');
	const seen = [];

	sql(`INSERT INTO audit SELECT 'account:999999', n, 1000 + n DIV 3, NULL, '', '', '', 'session.end', 0, CONCAT('e', n), '', '', ''
		FROM (SELECT a.n + b.n * 12 + 1 AS n FROM (${Array.from({ length: 12 }, (_, k) => `SELECT ${k} n`).join(' UNION ')}) a,
		(${Array.from({ length: 12 }, (_, k) => `SELECT ${k} n`).join(' UNION ')}) b) x;
		UPDATE audit SET chain = 'account:-1' WHERE chain = 'account:${accountId('admin')}';
		UPDATE audit SET chain = 'account:${accountId('admin')}' WHERE chain = 'account:999999'`);
	try {
		let answer = await admin.get('/account/activity?what=accounts');
		for (;;) {
			seen.push(...rowsOf(answer).map((row) => row[4]));
			const older = linkOf(answer, 'Older');
			if (!older)
				break;
			assert.equal(rowsOf(answer).length, 50);
			answer = await admin.get(older);
		}
		assert.ok(linkOf(answer, 'Newest').startsWith('/account/activity?'));
	} finally {
		sql(`UPDATE audit SET chain = 'account:999999' WHERE chain = 'account:${accountId('admin')}';
			UPDATE audit SET chain = 'account:${accountId('admin')}' WHERE chain = 'account:-1';
			DELETE FROM audit WHERE chain = 'account:999999'`);
	}
	assert.deepEqual(seen, Array.from({ length: 144 }, (_, k) => `e${144 - k}`));
});

test('days that are none, or the wrong way round, are told beside the field; nonsense is no error', async () => {
	const admin = await as('admin');

	for (const wrong of ['from=2026-02-31', 'to=tomorrow', 'from=2026-1-1', 'from=2026-03-02&to=2026-03-01']) {
		const answer = await admin.get(`${PAGE}?${wrong}`);
		assert.equal(answer.status, 422, wrong);
		says(answer, /year-month-day|before the first one/, wrong);
	}
	for (const odd of ['before=x', 'before=1.2.3', 'before=-1.-1', 'object=integration:x', 'object=:1', 'what=everything',
		'who=%00', `which=${'x'.repeat(1500)}`, 'before=99999999999999999999.1'])
		assert.equal((await admin.get(`${PAGE}?${odd}`)).status, 200, odd);
	const nasty = '"><script>alert(1)</script>';
	const answer = await admin.get(`${PAGE}?who=${encodeURIComponent(nasty)}&object=integration:1`);
	assert.ok(!answer.text.includes('<script>alert'));
});

test('each sees their own: the site\'s and an account\'s chain for site admins, one\'s own for everybody', async () => {
	const site = await as('siteadmin'), member = await as('member');

	assert.ok(rowsOf(await site.get('/admin/audit')).some((row) => row[3] === 'created account'));
	assert.ok(rowsOf(await site.get('/admin/audit?account=member')).every((row) => ['member', 'operator'].includes(row[1])));
	assert.doesNotMatch((await site.get('/admin/audit?account=member')).text, / in all</, 'how many there are tells of those left out');
	const none = await site.get('/admin/audit?account=flow-nobody-at-all');
	assert.equal(none.status, 422);
	says(none, /no account with this login/);
	for (const chain of ['sub:1', acme])
		assert.equal((await site.get(`/admin/audit?account=${chain}`)).status, 422, 'never a subscription\'s');
	const own = rowsOf(await member.get('/account/activity'));
	assert.ok(own.length > 0 && own.every((row) => ['member', 'operator'].includes(row[1])));
});

test('what somebody did with integrations of their own is in their own trail, and not in what a site admin sees of it', async () => {
	const site = await as('siteadmin'), member = await as('member'), program = await Program.of(site);
	const what = jenkins();
	const id = await add(member, 'jenkins', what, null), chain = `account:${accountId('member')}`;
	const ways = ['', '&what=integrations', '&what=accounts', `&which=${encodeURIComponent(what.name)}`, `&object=integration:${id}`, '&who=member'];

	assert.equal(sqlValue(`SELECT COUNT(*) FROM audit WHERE chain = ${quote(chain)} AND object = ${quote(what.name)}`), '1');
	assert.ok(rowsOf(await member.get('/account/activity')).some((row) => row[3] === 'added integration' && row[4] === what.name));
	for (const way of ways)
		for (const [of, answer] of [['page', await site.get(`/admin/audit?account=member${way}`)],
			['api', await program.get(`/api/v1/admin/audit?account=member${way}`)]]) {
			assert.equal(answer.status, 200, `${of} ${way}`);
			assert.doesNotMatch(answer.text, /added integration/, `${of} ${way}`);
			assert.equal(answer.text.split(what.name).length - 1, of === 'page' && /which=/.test(way) ? answer.text.split(`value="${what.name}"`).length - 1 : 0, `${of} ${way}`);
		}
	assert.ok(rowsOf(await site.get('/admin/audit?account=member&what=accounts')).some((row) => row[3] === 'signed in'));
	assert.equal(JSON.parse((await program.get('/api/v1/admin/audit?account=member')).text).total, null);
});

test('a refusal is one entry a minute, however often it is asked', async () => {
	const member = await as('member');
	const entries = () => sql(`SELECT at DIV 60, COUNT(*) FROM audit WHERE action = 'denied' AND actor = 'member'
		AND object = ${quote(PAGE)} AND chain = ${quote(acme)} GROUP BY 1`);

	for (let k = 0; k < 12; k++)
		assert.equal((await member.get(`${PAGE}?k=${k}`)).status, 403);
	assert.ok(entries().length >= 1);
	for (const [, count] of entries())
		assert.equal(count, '1');
	says(await (await as('admin')).get(PAGE), /refused is noted once a minute/);
});

test('a broken head: nothing is changed, the page says whom to tell, the log which chain', async () => {
	const admin = await as('admin');
	const form = await editForm(admin, await add(admin, 'jenkins', jenkins()));
	const [[seq, hash]] = sql(`SELECT seq, HEX(hash) FROM audit_head WHERE chain = ${quote(acme)}`);
	const mend = () => sql(`REPLACE INTO audit_head VALUES (${quote(acme)}, ${seq}, UNHEX('${hash}'))`);

	for (const harm of [`UPDATE audit_head SET seq = seq - 2 WHERE chain = ${quote(acme)}`,
		`UPDATE audit_head SET seq = 0 WHERE chain = ${quote(acme)}`,
		`DELETE FROM audit_head WHERE chain = ${quote(acme)}`]) {
		sql(harm);
		try {
			const answer = await admin.submit(form.set('value.username', 'changed'));
			assert.equal(answer.status, 500, harm);
			says(answer, /does not fit together, so nothing was changed/, harm);
		} finally {
			mend();
		}
	}
	assert.equal((await admin.submit(form)).status, 303, 'mended');
});
