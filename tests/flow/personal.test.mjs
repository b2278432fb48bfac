/* "My integrations": what an account owns itself, which nobody else sees: its list, its form, its details,
 * disabling it, and deleting it with the handles that hang on it. */
import { after, before, test } from 'node:test';
import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';

import { doctor, quote, sql, sqlValue } from './lib/stack.mjs';
import { Visitor, as } from './lib/client.mjs';
import { crawl } from './lib/crawl.mjs';
import { byId, formOf, says, textOf } from './lib/html.mjs';
import { add, again, boxesOf, cleanUp, countNamed, editForm, errorsOf, failsAt, fill, jenkins, newForm, newName, newSecret,
	rowOf, watch } from './lib/integration.mjs';
import { accountId, person, roleTake, subscriptionMake, subscriptionRemove } from './lib/people.mjs';
import { bind } from './lib/own.mjs';
import { Program } from './lib/program.mjs';

const OWNER = 'flow-personal', SUB = 'acme', LEFT = 'flow-personal-left', LIST = '/integrations';
const pathOf = (id) => `${LIST}/${id}`;
let owner;

before(async () => {
	const password = person(OWNER);

	subscriptionMake(LEFT);
	roleTake(OWNER);
	/* by the vault: the doctor looks at what is here */
	assert.equal((await (await as('admin')).post(`/s/${SUB}/people/new`, { login: OWNER, role: 'member' })).status, 303);
	owner = await new Visitor().signIn(OWNER, password);
});
after(() => {
	sql(`DELETE i FROM integration i JOIN account a ON a.id = i.account_id WHERE a.login = ${quote(OWNER)}`);
	cleanUp();
	subscriptionRemove(LEFT, OWNER);
});

const addOwn = (what = jenkins(), type = 'jenkins', who = owner) => add(who, type, what, null);

const there = (id) => Number(sqlValue(`SELECT COUNT(*) FROM integration WHERE id = ${id}`));
/* "action object (fields)" of what a request left in a chain. */
const trailOf = (answer, chain) => sql(`SELECT action, object, fields FROM audit WHERE request =
	${quote(answer.header('x-request-id'))} AND chain = ${quote(chain)} ORDER BY seq`).map(([action, object, fields]) => `${action} ${object} (${fields})`);
const chainOfOwner = () => `account:${accountId(OWNER)}`;
const chainOf = (slug) => `sub:${sqlValue(`SELECT id FROM subscription WHERE slug = ${quote(slug)}`)}`;

/* --- the form --------------------------------------------------------------------------------------- */

test('each type: added, shown, sealed for its owner, changed', async () => {
	const types = ['amazonKeys', 'dockerRegistryLogin', 'github', 'gitlab', 'jenkins', 'keyValuePair', 'pemKey', 'slackKey', 'sshKey', 'webhookV2'];
	const secret = newSecret().replace(/[^A-Za-z0-9]/g, ''), seen = watch(owner), made = [];

	for (const type of types) {
		const form = await newForm(owner, type, null), name = newName();
		form.set('name', name);
		for (const control of form.controls) {
			if (/^url$/.test(control.name) && !control.value)
				form.set('url', 'https://one.example/', form.controls.filter((c) => c.name === 'url').indexOf(control));
			if (/^value\./.test(control.name))
				form.set(control.name, 'plain');
			if (/^pair_key\./.test(control.name))
				form.set(control.name, 'KEY');
			if (/^secret\./.test(control.name))
				form.set(control.name, /hook/i.test(control.name) ? `https://hooks.example/${secret}` : secret);
		}
		const answer = await owner.submit(form);
		assert.equal(answer.status, 303, `${type}: ${errorsOf(answer)}`);
		const id = Number(/^\/integrations\/(\d+)$/.exec(answer.location)[1]);
		const page = await owner.get(answer.location);
		says(page, /The integration was added\./);
		says(page, /Personal/);
		says(page, /Not used yet\..*Not handed out yet\./);
		assert.ok(!/In workflow files|Who can edit|Projects that can use it/.test(textOf(page.text)), `${type}: nothing that a subscription has`);
		assert.deepEqual(trailOf(answer, chainOfOwner()).map((entry) => entry.split(' (')[0]), [`integration.create ${name}`]);
		assert.deepEqual(sql(`SELECT subscription_id, account_id, all_projects, edit_roles, bound FROM integration WHERE id = ${id}`),
			[['NULL', String(accountId(OWNER)), '1', '4', '0']]);
		made.push([id, name]);
	}
	for (const [id, name] of made) {
		const form = await editForm(owner, id, null), boxes = boxesOf(id);
		assert.equal(form.action, `${pathOf(id)}/edit`);
		const answer = await owner.submit(form.set('name', `${name} 2`));
		assert.equal(answer.status, 303, errorsOf(answer).join());
		assert.deepEqual(boxesOf(id), boxes, 'what is sealed stays');
		assert.equal(rowOf(id).name, `${name} 2`);
		assert.deepEqual(trailOf(answer, chainOfOwner()), [`integration.edit ${name} 2 (name)`]);
	}
	seen(secret);
	const { sealed } = doctor();
	assert.ok(sealed[0] >= made.length && sealed[0] === sealed[1], `each box opens for its owner: ${sealed}`);
});

test('a box belongs to its owner: the doctor tells when a row changes hands', async () => {
	const id = await addOwn();
	const give = (login) => sql(`UPDATE integration SET account_id = ${accountId(login)} WHERE id = ${id}`);

	give('member');
	try {
		assert.throws(doctor, (error) => / 1 out of place/.test(`${error.stdout}`));
	} finally {
		give(OWNER);
	}
	doctor();
});

test('with errors: everything typed comes back, secrets as boxes for this owner alone', async () => {
	const secret = newSecret(), seen = watch(owner);
	const form = fill(await newForm(owner, 'jenkins', null), jenkins({ urls: [['apiUrl', 'ci.example']], secrets: { password: secret } }));
	const answer = await owner.submit(form);

	failsAt(answer, 'url-1', /Write the whole URL/);
	const back = again(answer, form);
	assert.equal(back.value('name'), form.value('name'));
	assert.ok(back.value('kept.password').length > 100, 'kept, sealed');
	/* the same boxes in a form of a subscription: made for another owner, so they are as good as none */
	const org = await newForm(owner, 'jenkins', SUB);
	const stolen = await owner.post(`/s/${SUB}/integrations/new`, [...org.fields().filter(([name]) => !/^(name|url|value|secret|uid)/.test(name)), ['uid', back.value('uid')],
		['name', newName()], ['url', 'https://ci.one.example/a'], ['value.username', 'x'], ['kept.password', back.value('kept.password')]]);
	failsAt(stolen, 'f-password', /must be filled in/);
	const done = await owner.submit(back.set('url', 'https://ci.example/'));
	assert.equal(done.status, 303, errorsOf(done).join());
	seen(secret);
	doctor();
});

test('a name is taken for its owner alone', async () => {
	const what = jenkins(), id = await addOwn(what);

	const twice = await owner.submit(fill(await newForm(owner, 'jenkins', null), what));
	failsAt(twice, 'name', /Another of your integrations has this name\./);
	await addOwn(what, 'jenkins', await as('member'));
	await add(await as('admin'), 'jenkins', what);
	assert.equal(countNamed(what.name), 3);
	const other = await addOwn();
	failsAt(await owner.submit((await editForm(owner, other, null)).set('name', what.name)), 'name', /Another of your integrations/);
	assert.ok(there(id));
});

test('what a subscription has counts for nothing in the form', async () => {
	const form = fill(await newForm(owner, 'jenkins', null), jenkins());

	assert.ok(!form.controls.some((c) => /^(role_|scope$|project$)/.test(c.name)));
	const answer = await owner.post(form.action, [...form.fields(), ['role_member', '1'], ['scope', 'some'], ['project', '1']]);
	assert.equal(answer.status, 303);
	assert.deepEqual(sql(`SELECT all_projects, edit_roles, (SELECT COUNT(*) FROM integration_project x WHERE x.integration_id = i.id)
		FROM integration i WHERE id = ${/\d+$/.exec(answer.location)[0]}`), [['1', '4', '0']]);
	const program = await Program.of(owner);
	const refused = await program.post(`/api/v1${LIST}`, { type: 'jenkins', name: newName(), edit_roles: { member: true } });
	assert.equal(refused.status, 422);
	assert.match(refused.text, /edit_roles/);
});

test('two browsers of one person: what both changed is asked', async () => {
	const id = await addOwn();
	const [one, two] = [await editForm(owner, id, null), await editForm(owner, id, null)];

	assert.equal((await owner.submit(one.set('value.username', 'first').set('name', newName('first ')))).status, 303);
	const answer = await owner.submit(two.set('value.username', 'second'));
	assert.equal(answer.status, 409);
	says(answer, /changed this .*, while you were editing it\./);
	const form = again(answer, two);
	assert.deepEqual(form.values('ask'), ['value.username']);
	assert.equal((await owner.submit(form.tick('choose.value.username', 'mine'))).status, 303);
	assert.equal((await editForm(owner, id, null)).value('value.username'), 'second');
});

test('disabled with a reason, and enabled: in the details, the list and the trail', async () => {
	const what = jenkins(), id = await addOwn(what), why = 'flow: it leaked <b>';
	const page = () => owner.get(pathOf(id));

	failsAt(await owner.post(`${pathOf(id)}/disable`, { reason: ' ' }), 'reason', /Say in a few words why/);
	const off = await owner.post(`${pathOf(id)}/disable`, { reason: why });
	assert.deepEqual([off.status, off.location], [303, pathOf(id)]);
	says(await page(), /Disabled just now by .*flow: it leaked <b>/);
	assert.match((await owner.get(`${LIST}?state=disabled`)).text, new RegExp(`integrations/${id}"`));
	assert.deepEqual(trailOf(off, chainOfOwner()), [`integration.disable ${what.name} ()`]);
	assert.equal((await owner.post(`${pathOf(id)}/disable`, { reason: why })).status, 409);
	assert.equal((await owner.post(`${pathOf(id)}/enable`)).status, 303);
	says(await page(), /Enabled .* Disabled .* Added/);
	const activity = await owner.get(`/account/activity?object=integration:${id}`);
	says(activity, /disabled integration/);
});

/* --- the list --------------------------------------------------------------------------------------- */

test('the list: nothing yet, all pages in each order, filters, nothing that fits', async () => {
	const login = 'flow-personal-list', one = await new Visitor().signIn(login, person(login));
	const rows = (answer) => [...answer.text.matchAll(/<td><a href="integrations\/\d+">([^<]+)</g)].map(([, name]) => name);

	sql(`DELETE FROM integration WHERE account_id = ${accountId(login)}`);
	says(await one.get(LIST), /You have no integrations of your own .* Add an integration/);
	sql(`INSERT INTO integration (uid, account_id, name, type, url, all_projects, edit_roles, created_at, changed_at)
		SELECT RANDOM_BYTES(16), ${accountId(login)}, CONCAT('flow row ', LPAD(seq, 3, '0')), ELT(1 + seq MOD 3, 'jenkins', 'github', 'slackKey'),
			CONCAT('https://h', seq, '.example/Path'), 1, 4, 1, 1000 + seq * 37 MOD 60 FROM seq_0_to_119`);
	for (const query of ['', '?sort=type', '?sort=changed', '?q=ROW&sort=type', '?state=enabled', '?type=github', '?type=github&sort=changed']) {
		const all = [];
		let page = await one.get(`${LIST}${query}`), pages = 1;
		for (let next; (next = /rel="next" href="([^"]+)"/.exec(page.text)?.[1]); pages++) {
			all.push(...rows(page));
			page = await one.get(`${LIST}${next.replaceAll('&amp;', '&')}`);
		}
		all.push(...rows(page));
		const back = /rel="prev" href="([^"]+)"/.exec(page.text)?.[1];
		const wanted = query.includes('github') ? 40 : 120;
		assert.deepEqual([new Set(all).size, all.length, pages], [wanted, wanted, Math.ceil(wanted / 50)], query);
		if (back)
			assert.deepEqual(rows(await one.get(`${LIST}${back.replaceAll('&amp;', '&')}`)), all.slice(-rows(page).length - 50, -rows(page).length), `${query}: back`);
		if (!query.includes('sort'))
			assert.deepEqual(all, [...all].sort(), query);
	}
	says(await one.get(`${LIST}?q=h11.example`), /flow row 011/);
	says(await one.get(`${LIST}?q=h11.example`), /1 of 1 that match, of 120 integrations in all/);
	says(await one.get(`${LIST}?q=%25`), /No integration matches “ ?% ?” .* Show all integrations/);
	says(await one.get(`${LIST}?after=zzz`), /There is nothing behind this place/);
	sql(`DELETE FROM integration WHERE account_id = ${accountId(login)}`);
});

test('the list says where each is used, with a way on for one that is not', async () => {
	const [used, unused] = [await addOwn(), await addOwn()];

	bind(used, SUB, newName());
	bind(used, SUB, newName());
	bind(used, LEFT, newName());
	const text = (await owner.get(LIST)).text;
	const row = (id) => new RegExp(`<tr>(?:(?!<tr>).)*integrations/${id}"(?:(?!</tr>).)*</tr>`, 's').exec(text)[0];
	assert.match(textOf(row(used)), /2 subscriptions, 3 names/);
	assert.match(textOf(row(unused)), /Not used yet/);
	assert.ok(row(unused).includes(`href="integrations/${unused}/scope"`));
	const program = await Program.of(owner);
	const list = JSON.parse((await program.get(`/api/v1${LIST}?name=${encodeURIComponent(rowOf(used).name)}`)).text);
	assert.deepEqual(list.integrations.map((i) => [i.id, i.handles, i.subscriptions]), [[used, 3, 2]]);
	assert.deepEqual(JSON.parse((await program.get(`/api/v1${LIST}?name=none`)).text).integrations, []);
});

test('the details: which handles, where, who bound them, how they stand', async () => {
	const id = await addOwn(), [mine, left, withdrawn] = [newName('mine '), newName('left '), newName('back ')];
	const handle = bind(id, SUB, mine);

	bind(id, LEFT, left);
	const page = await owner.get(pathOf(id));
	says(page, new RegExp(`${SUB} ${mine} bound .* by Admin of acme \\(admin\\)`));
	says(page, new RegExp(`${LEFT} ${left} you left`));
	assert.ok(page.text.includes(`/s/${SUB}/integrations/${handle}"`), 'the way there');
	assert.ok(!page.text.includes(`/s/${LEFT}/`), 'no way where one has no role');
	bind(id, SUB, withdrawn, false);
	sql(`DELETE FROM scope_grant WHERE integration_id = ${id}`);
	says(await owner.get(pathOf(id)), new RegExp(`${withdrawn} withdrawn`));
	const { used_in: places } = JSON.parse((await (await Program.of(owner)).get(`/api/v1${pathOf(id)}`)).text);
	assert.deepEqual(places.map((p) => [p.slug, p.role_there, p.handles.length]).sort(), [[LEFT, false, 1], [SUB, true, 2]].sort());
});

/* --- deleting --------------------------------------------------------------------------------------- */

const panelOf = (answer) => textOf(/<section class="card border-red.*?<\/section>/s.exec(answer.text)[0]);

test('deleting one that nothing uses', async () => {
	const what = jenkins(), id = await addOwn(what);
	const page = await owner.get(`${pathOf(id)}/edit`), form = formOf(page.text, `${pathOf(id)}/delete`);

	assert.match(panelOf(page), /Nothing can bring it back: its sealed values are erased\. Nothing uses it\./);
	const asked = await owner.submit(form);
	assert.equal(asked.status, 422);
	says(asked, /Nothing is deleted: tick the box/);
	const done = await owner.submit(form.tick('confirm'));
	assert.deepEqual([done.status, done.location], [303, LIST]);
	says(await owner.get(LIST), /The integration was deleted, with its sealed values\./);
	assert.deepEqual([there(id), Object.keys(boxesOf(id)).length], [0, 0]);
	assert.deepEqual(trailOf(done, chainOfOwner()), [`integration.delete ${what.name} ()`]);
	assert.equal((await owner.submit(form)).status, 410);
});

test('the panel says what becomes of each handle; then that happens', async () => {
	const what = jenkins(), id = await addOwn(what), [mine, left] = [newName('mine '), newName('left ')];
	const [gone, stays] = [bind(id, SUB, mine), bind(id, LEFT, left)];
	const page = await owner.get(`${pathOf(id)}/edit`), panel = panelOf(page);

	assert.match(panel, new RegExp(`${SUB} These bound integrations are deleted\\. Workflows that name them fail from then on\\. ${mine}`));
	assert.match(panel, new RegExp(`${LEFT} You left: these bound integrations stay, without values, for an admin to rebind\\. ${left}`));
	const done = await owner.submit(formOf(page.text, `${pathOf(id)}/delete`).tick('confirm'));
	assert.equal(done.status, 303, errorsOf(done).join());
	assert.deepEqual([id, gone, stays].map(there), [0, 0, 1]);
	assert.equal(sqlValue(`SELECT COUNT(*) FROM scope_grant WHERE integration_id = ${id}`), '0');
	assert.deepEqual(trailOf(done, chainOf(SUB)), [`binding.delete ${mine} (from ${OWNER})`, `scope.withdraw ${what.name} ()`]);
	assert.deepEqual(trailOf(done, chainOf(LEFT)), [`scope.withdraw ${what.name} ()`]);
	assert.deepEqual(trailOf(done, chainOfOwner()).sort(), [`binding.delete ${what.name} (${SUB} / ${mine})`, `integration.delete ${what.name} ()`,
		`scope.withdraw ${what.name} (${LEFT})`, `scope.withdraw ${what.name} (${SUB})`].sort());
});

test('nothing is deleted when more would go than the panel said, or when it was edited meanwhile', async () => {
	const id = await addOwn(), program = await Program.of(owner);
	const form = formOf((await owner.get(`${pathOf(id)}/edit`)).text, `${pathOf(id)}/delete`).tick('confirm');
	const name = newName('new '), handle = bind(id, SUB, name);

	const moved = await owner.submit(form);
	assert.equal(moved.status, 409);
	says(moved, /Nothing is deleted: where it is used has changed since you opened its page\./);
	assert.match(panelOf(moved), new RegExp(name));
	const bare = await owner.post(`${pathOf(id)}/delete`, { version: 1, confirm: '1' });
	assert.equal(bare.status, 409, 'a form that does not say what it showed');
	const refused = await program.send('DELETE', `/api/v1${pathOf(id)}`, { body: { handles: '' }, version: '"1"' });
	assert.equal(refused.status, 409, refused.text);
	assert.match(refused.text, /where it is used has changed/);
	assert.equal((await owner.submit((await editForm(owner, id, null)).set('name', newName('edited ')))).status, 303);
	const stale = await owner.submit(formOf(moved.text, `${pathOf(id)}/delete`).tick('confirm'));
	assert.equal(stale.status, 409);
	says(stale, /Nothing is deleted: .* changed this integration/);
	assert.deepEqual([there(id), there(handle)], [1, 1]);
	assert.equal((await program.send('DELETE', `/api/v1${pathOf(id)}`, { body: { handles: String(handle) }, version: '"2"' })).status, 204);
	assert.deepEqual([there(id), there(handle)], [0, 0]);
});

/* --- nobody else ------------------------------------------------------------------------------------ */

test('nobody else sees anything of it, on any page that links lead to, nor in the API', async () => {
	const mark = `flow private ${randomBytes(8).toString('hex')}`, host = `${randomBytes(8).toString('hex')}.private.example`;
	const member = await as('member');
	const id = await addOwn(jenkins({ name: mark, urls: [['apiUrl', `https://${host}/x`]], values: { username: `${mark} user` } }), 'jenkins', member);

	await member.post(`${pathOf(id)}/disable`, { reason: `${mark} why` });
	for (const [login, starts] of [['siteadmin', ['/', '/admin/accounts', '/admin/subscriptions', '/admin/audit', '/admin/audit?account=member', `/admin/accounts/${accountId('member')}`]],
		['admin', ['/', LIST, `${LIST}/new`, '/s/acme/integrations', '/s/acme/people', '/s/acme/audit', `/s/acme/people/${accountId('member')}`]]]) {
		const visitor = await as(login);
		const inner = visitor.transport;
		let pages = 0;
		visitor.transport = async (request, body) => {
			const answer = await inner(request, body);
			pages++;
			assert.ok(!answer.text.includes(mark) && !answer.text.includes(host) && !answer.text.includes(`${LIST}/${id}`), `${login}: ${request.path}`);
			return answer;
		};
		try {
			await crawl(visitor, starts, { wanted: (path) => !path.startsWith('/logout'), most: 6 });
		} finally {
			visitor.transport = inner;
		}
		assert.ok(pages > 20, `${login} looked at ${pages} pages`);
		const program = await Program.of(visitor);
		for (const uri of [`${LIST}/${id}`, `/s/acme/integrations/${id}`, `${LIST}?name=${encodeURIComponent(mark)}`, LIST, `/s/acme/integrations?name=${encodeURIComponent(mark)}`]) {
			const answer = await program.get(`/api/v1${uri}`);
			assert.ok([200, 404].includes(answer.status) && !answer.text.includes(host), `${login}: ${uri}`);
			assert.ok(answer.status === 404 || !answer.text.includes(`"id":${id},`), `${login}: ${uri}`);
		}
	}
	says(await member.get(pathOf(id)), new RegExp(`${mark} why`));
});

test('the navigation leads there, also for somebody without a subscription', async () => {
	const login = 'flow-personal-alone', one = await new Visitor().signIn(login, person(login));

	for (const path of ['/account', LIST, `${LIST}/new`]) {
		const answer = await one.get(path);
		assert.equal(answer.status, 200, path);
		assert.match(answer.text, /<a class="nav-link" href="\/integrations"/);
	}
	assert.match((await one.get(LIST)).text, /href="\/integrations" aria-current="page"/);
	assert.equal(byId((await one.get(`${LIST}/new?type=jenkins`)).text, 'own-side-title'), 'Yours alone');
});
