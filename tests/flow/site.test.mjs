/* Site administration: accounts and subscriptions, from adding to disabling and deleting. */
import { after, before, beforeEach, test } from 'node:test';
import assert from 'node:assert/strict';

import { doctor, passwordOf, quote, sql, sqlValue, throttleClear } from './lib/stack.mjs';
import { Visitor, as } from './lib/client.mjs';
import { alerts, byId, formOf, says, textOf } from './lib/html.mjs';
import { accountId, person, projectMake, roleGive, subscriptionMake, subscriptionRemove } from './lib/people.mjs';

const ACCOUNTS = '/admin/accounts', SUBSCRIPTIONS = '/admin/subscriptions';
const SLUG = 'flow-site';
let site;

before(async () => {
	throttleClear();
	site = await new Visitor().signIn('siteadmin');
});
beforeEach(throttleClear);
after(() => {
	sql(`UPDATE account SET disabled_at = NULL WHERE login LIKE 'flow-%';
		DELETE FROM account WHERE login LIKE 'flow-many-%'`);
	for (const [slug] of sql("SELECT slug FROM subscription WHERE slug LIKE 'flow-site%'"))
		subscriptionRemove(slug, 'flow-first', 'flow-second', 'flow-third');
	throttleClear();
});

const accountPage = (login) => `${ACCOUNTS}/${accountId(login)}`;
const subscriptionId = (slug) => sqlValue(`SELECT id FROM subscription WHERE slug = ${quote(slug)}`);
const subscriptionPage = (slug) => `${SUBSCRIPTIONS}/${subscriptionId(slug)}`;
/* [action, actor, object, fields] of a chain, the last ones first. */
const trail = (chain, n = 1) => sql(`SELECT action, actor, object, fields FROM audit WHERE chain = ${quote(chain)} ORDER BY seq DESC LIMIT ${n}`);
const isSignedIn = async (visitor) => (await visitor.get('/account')).status === 200;

async function act(address, fields = {}, visitor = site) {
	const answer = await visitor.post(address, fields);

	assert.equal(answer.status, 303, `${address}: ${alerts(answer.text)}`);
	return visitor.get(answer.location);
}

/* --- accounts --------------------------------------------------------------------------------------- */

test('an account is added; what is wrong is said beside the field, and what was typed stays', async () => {
	const login = `flow-new-${Date.now()}`;
	const form = await site.form(`${ACCOUNTS}/new`);

	for (const [typed, sentence] of [['', /filled in|Give it a login/], [' ann', /space/], ['a\u202eb', /U\+202E/], ['siteadmin', /taken/],
		['x'.repeat(81), /81 characters/]]) {
		const answer = await site.submit(form.set('login', typed).set('name', 'Kept <name>'));
		assert.equal(answer.status, 422, typed);
		assert.match(byId(answer.text, 'login-error'), sentence);
		const again = formOf(answer.text, form.action);
		assert.deepEqual([again.value('login'), again.value('name')], [typed, 'Kept <name>']);
	}
	const page = await act(`${ACCOUNTS}/new`, { login, name: 'A new one' });
	says(page, /Make a link for its password now/);
	says(page, /Never signed in No password yet/);
	assert.deepEqual(trail('site'), [['account.create', 'siteadmin', login, 'login, name']]);
	const nameless = await act(`${ACCOUNTS}/new`, { login: `${login}-2`, name: '' });
	assert.ok(nameless.text.includes(`<bdi>${login}-2</bdi></h1>`), 'without a name the login is shown');
});

test('the list: search, filter, pages that keep both, and what to do when nothing matches', async () => {
	sql(`INSERT INTO account (uid, login, name, created_at) SELECT CONCAT('flow-many', seq), CONCAT('flow-many-', LPAD(seq, 3, '0')),
		CONCAT('Many & ', seq), 1 FROM seq_1_to_120`);
	const names = (answer) => [...answer.text.matchAll(/<a class="fw-bold text-reset"[^>]*><bdi>([^<]+)</g)].map(([, name]) => name);
	const all = [];
	let address = `${ACCOUNTS}?q=MANY+%26&show=new`;

	for (let n = 0; n < 3; n++) {
		const page = await site.get(address);
		says(page, /of 120 accounts/);
		all.push(...names(page));
		address = /href="([^"]+)">Next</.exec(page.text)?.[1].replaceAll('&amp;', '&');
		assert.equal(address === undefined, n === 2);
	}
	assert.deepEqual(all, Array.from({ length: 120 }, (_, k) => `flow-many-${String(k + 1).padStart(3, '0')}`));
	const none = await site.get(`${ACCOUNTS}?q=no-such-account`);
	says(none, /No account matches/);
	assert.ok(none.text.includes('value="no-such-account"'), 'what was looked for stays');
	assert.deepEqual(names(await site.get(`${ACCOUNTS}?show=site-admins`)), ['siteadmin']);
});

test('a disabled account is out at its next request, cannot sign in, and comes back with all it had', async () => {
	const password = person('flow-first');
	const visitor = await new Visitor().signIn('flow-first', password);

	const before = await site.get(accountPage('flow-first'));
	says(before, /sessions and access tokens end at once.*counts as leaving every subscription/);
	says(await act(`${accountPage('flow-first')}/disable`), /disabled and signed out/);
	assert.equal(await isSignedIn(visitor), false);
	assert.equal((await new Visitor().tryLogin('flow-first', password)).status, 422);
	assert.deepEqual(trail('site')[0].slice(0, 3), ['account.disable', 'siteadmin', 'flow-first']);
	says(await site.get(`${ACCOUNTS}?q=flow-first`), /Disabled/);
	const page = await site.get(accountPage('flow-first'));
	assert.ok(!page.text.includes(`${accountPage('flow-first')}/link"`), 'no link for somebody who may not sign in');
	says(await act(`${accountPage('flow-first')}/enable`), /enabled again/);
	assert.equal(await isSignedIn(visitor), false, 'a session that ended stays ended');
	await new Visitor().signIn('flow-first', password);
});

test('one\'s own account is neither disabled nor demoted, the last site admin stays', async () => {
	for (const what of ['disable', 'site-admin-end']) {
		const answer = await site.post(`${accountPage('siteadmin')}/${what}`);
		assert.equal(answer.status, 422, what);
		assert.equal(alerts(answer.text).length, 1);
	}
	assert.equal(await isSignedIn(site), true);
	assert.equal((await site.get(ACCOUNTS)).status, 200);
});

test('a second site admin: made and ended under the vault\'s seal, counted from the next request on', async () => {
	const visitor = await new Visitor().signIn('flow-second', person('flow-second'));
	const bad = () => doctor().rights.slice(2).reduce((a, b) => a + b, 0);
	const badBefore = bad();

	assert.equal((await visitor.get(ACCOUNTS)).status, 403);
	says(await act(`${accountPage('flow-second')}/site-admin`), /is a site admin now/);
	assert.equal((await visitor.get(ACCOUNTS)).status, 200);
	assert.equal(bad(), badBefore);
	says(await act(`${accountPage('flow-second')}/site-admin-end`), /no site admin any more/);
	assert.equal((await visitor.get(ACCOUNTS)).status, 403);
	assert.deepEqual(trail('site', 10).filter(([action]) => action !== 'denied').slice(0, 2).map(([action, , object]) => [action, object]),
		[['site_admin.revoke', 'flow-second'], ['site_admin.grant', 'flow-second']]);
});

test('who did not confirm their password is asked, and then it is done', async () => {
	const other = await new Visitor().signIn('siteadmin');
	const address = `${accountPage('flow-first')}/disable`;

	sql(`DELETE FROM confirmation WHERE account_id = ${accountId('siteadmin')}`);
	const answer = await other.post(address);
	const form = formOf(answer.text, '/confirm');
	assert.equal(form.value('confirm_to'), address);
	assert.equal(sqlValue("SELECT disabled_at FROM account WHERE login = 'flow-first'"), 'NULL');
	const on = await other.submit(form.set('confirm_password', passwordOf('siteadmin')));
	assert.deepEqual([on.status, on.location], [307, address]);
	await act(address, {}, other);
	assert.notEqual(sqlValue("SELECT disabled_at FROM account WHERE login = 'flow-first'"), 'NULL');
	await act(`${accountPage('flow-first')}/enable`, {}, other);
	site = await new Visitor().signIn('siteadmin');
});

test('a link is on one page, once: not in the list, the trail, the log or a second answer', async () => {
	const answer = await site.post(`${accountPage('flow-first')}/link`);
	const [, link, code] = /<pre[^>]*id="link"[^>]*>(http[^<]*\/password\?code=([A-Za-z0-9_-]{43}))</.exec(answer.text);

	assert.equal(answer.status, 200);
	assert.equal(answer.header('cache-control'), 'no-store');
	assert.equal(new URL(link).host, new URL(site.origin).host);
	for (const page of [accountPage('flow-first'), ACCOUNTS, '/admin/audit'])
		assert.ok(!(await site.get(page)).text.includes(code), page);
	assert.ok(!sql('SELECT * FROM audit').flat().join('\n').includes(code));
	assert.equal(trail('site')[0][0], 'password.link');
	const next = await site.post(`${accountPage('flow-first')}/link`);
	assert.ok(!next.text.includes(code), 'another one each time');
});

test('a name is changed by its owner and by a site admin, each in their trail', async () => {
	const visitor = await new Visitor().signIn('flow-third', person('flow-third'));

	assert.equal((await visitor.post('/account/name', { name: ' x' })).status, 422);
	says(await act('/account/name', { name: 'Third & <b>' }, visitor), /The profile is saved/);
	assert.equal(trail(`account:${accountId('flow-third')}`)[0][0], 'account.name');
	assert.ok((await visitor.get('/')).text.includes('Third &amp; &lt;b&gt;'));
	await act(`${accountPage('flow-third')}/name`, { name: 'The third' });
	assert.deepEqual(trail('site'), [['account.name', 'siteadmin', 'flow-third', 'name']]);
	assert.ok((await visitor.get('/account')).text.includes('value="The third"'));
});

/* --- subscriptions ---------------------------------------------------------------------------------- */

test('a subscription is added with its first admin, who can act at once', async () => {
	const form = await site.form(`${SUBSCRIPTIONS}/new`);

	person('flow-first');
	for (const [slug, admin, field, sentence] of [['Flow Site', 'flow-first', 'slug', /U\+0046/], ['acme', 'flow-first', 'slug', /taken/],
		['-x', 'flow-first', 'slug', /Begin and end/], [SLUG, 'flow-nobody', 'admin', /no account with this login/], [SLUG, '', 'admin', /filled in/]]) {
		const answer = await site.submit(form.set('slug', slug).set('admin', admin).set('name', 'Flow & site'));
		assert.equal(answer.status, 422, slug);
		assert.match(byId(answer.text, `${field}-error`), sentence);
		assert.equal(formOf(answer.text, form.action).value('name'), 'Flow & site');
	}
	assert.equal(subscriptionId(SLUG), undefined);
	const page = await act(`${SUBSCRIPTIONS}/new`, { slug: SLUG, name: 'Flow & site', admin: 'flow-first' });
	says(page, /The subscription is there, with its first admin/);
	assert.deepEqual(trail(`sub:${subscriptionId(SLUG)}`, 2).map(([action]) => action), ['role.appoint', 'subscription.create']);
	const first = await new Visitor().signIn('flow-first', person('flow-first'));
	assert.equal((await first.get(`/s/${SLUG}/people`)).status, 200);
	assert.equal((await site.get(`/s/${SLUG}/integrations`)).status, 404, 'it is not the site admin\'s');
});

test('an admin is appointed only where nobody can act, and that stands in the subscription\'s trail', async () => {
	const address = `${subscriptionPage(SLUG)}/admin`, chain = `sub:${subscriptionId(SLUG)}`;
	const refused = await site.post(address, { admin: 'flow-second' });

	assert.equal(refused.status, 422);
	says(refused, /An admin of this subscription can act/);
	await act(`${accountPage('flow-first')}/disable`);
	const page = await site.get(subscriptionPage(SLUG));
	says(page, /Nobody can act in this subscription/);
	assert.ok((await site.get(`${SUBSCRIPTIONS}?show=no-admin`)).text.includes(`>${SLUG}</a>`));
	says(await act(address, { admin: 'flow-second' }), /The admin is appointed/);
	assert.deepEqual(trail(chain)[0].slice(0, 3), ['role.appoint', 'siteadmin', 'flow-second']);
	await act(`${accountPage('flow-first')}/enable`);
	assert.equal((await (await new Visitor().signIn('flow-second', person('flow-second'))).get(`/s/${SLUG}/people`)).status, 200);
});

test('a disabled subscription: its people get a page that says so, nothing changes, and it all comes back', async () => {
	const slug = `${SLUG}-off`, logins = { 'flow-first': 3, 'flow-second': 2, 'flow-third': 1 };
	subscriptionMake(slug);
	projectMake(slug, 'web');
	const people = [];
	for (const [login, role] of Object.entries(logins)) {
		person(login);
		roleGive(login, slug, role);
		people.push(await new Visitor().signIn(login, person(login)));
	}
	const revision = () => sqlValue(`SELECT revision FROM subscription WHERE slug = ${quote(slug)}`);
	const denials = () => sqlValue("SELECT COUNT(*) FROM audit WHERE action = 'denied'");

	for (const visitor of people)
		assert.equal((await visitor.get(`/s/${slug}/integrations`)).status, 200);
	says(await act(`${subscriptionPage(slug)}/disable`), /The subscription is disabled/);
	const [at, noted] = [revision(), denials()];
	for (const visitor of people) {
		for (const path of ['', '/integrations', '/integrations/new', '/people', '/projects', '/settings', '/audit']) {
			const answer = await visitor.get(`/s/${slug}${path}`);
			assert.equal(answer.status, 403, path);
			says(answer, /Subscription disabled A site admin disabled this subscription/);
		}
		assert.equal((await visitor.post(`/s/${slug}/projects/new`, { name: 'x' })).status, 403);
		const home = await visitor.get('/account');
		assert.match(textOf(home.text), new RegExp(`${slug} disabled`), 'the navigation says so');
	}
	assert.deepEqual([revision(), denials()], [at, noted], 'nothing changed, and nobody trespassed');
	assert.equal((await site.get(`/s/${slug}/integrations`)).status, 404, 'to others it is not there, as before');
	says(await act(`${subscriptionPage(slug)}/enable`), /enabled again/);
	for (const visitor of people)
		assert.equal((await visitor.get(`/s/${slug}/integrations`)).status, 200);
	assert.deepEqual(trail(`sub:${subscriptionId(slug)}`, 2).map(([action]) => action), ['subscription.enable', 'subscription.disable']);
});

test('only an empty subscription is deleted; its roles go with it, its trail and its people stay', async () => {
	const slug = `${SLUG}-gone`;
	subscriptionMake(slug);
	projectMake(slug, 'web');
	roleGive('flow-first', slug, 3);
	const id = subscriptionId(slug), address = `${subscriptionPage(slug)}/delete`;
	const first = await new Visitor().signIn('flow-first', person('flow-first'));

	const full = await site.get(subscriptionPage(slug));
	assert.ok(!full.text.includes(`${address}"`));
	const refused = await site.post(address, { confirm: '1' });
	assert.equal(refused.status, 422);
	says(refused, /It is not empty/);
	sql(`DELETE FROM project WHERE subscription_id = ${id}`);
	assert.equal((await site.post(address)).status, 422, 'the tick is asked for');
	says(await act(address, { confirm: '1' }), /The subscription is deleted/);
	assert.equal(subscriptionId(slug), undefined);
	assert.equal((await first.get(`/s/${slug}/integrations`)).status, 404);
	assert.equal(await isSignedIn(first), true);
	assert.equal(trail(`sub:${id}`)[0][0], 'subscription.delete');
	assert.deepEqual(trail('site')[0].slice(0, 3), ['subscription.delete', 'siteadmin', slug]);
});

test('no page of site administration shows an integration', async () => {
	const names = sql('SELECT name FROM integration').flat();

	assert.ok(names.length >= 10);
	for (const page of [ACCOUNTS, SUBSCRIPTIONS, accountPage('admin'), accountPage('member'), subscriptionPage('acme'), '/admin/audit']) {
		const { text, status } = await site.get(page);
		assert.equal(status, 200);
		for (const name of names)
			assert.ok(!text.includes(name), `${page} shows ${name}`);
		assert.doesNotMatch(textOf(text), /\d+ integrations?\b/, `${page} counts them`);
	}
});
