/* Somebody leaves whose personal integrations a subscription uses: an admin removes them, sees the flag, rebinds,
 * undoes, rebinds many at once; no name changes. And every page of it in both themes and at 390 px. */
import { after, before, beforeEach, test } from 'node:test';
import assert from 'node:assert/strict';

import { passwordOf, sql, sqlValue, throttleClear } from '../flow/lib/stack.mjs';
import { as } from '../flow/lib/client.mjs';
import { newName } from '../flow/lib/integration.mjs';
import { bindingOf, bindingsClear, demo, handleMake, ownMake, somebody, withdraw } from '../flow/lib/binding.mjs';
import { NARROW, WIDE, fitsWidth, isAccessible, isDark, isFlawless, launch, open, shot } from './lib/browser.mjs';

const MAYA = 'flow-maya', JON = 'flow-jon';
let browser, admin, maya, jon, w;

/* Maya has a role, with two Jenkins and a Slack bound here; Jon's is granted; the admin has one of their own. */
async function world() {
	bindingsClear(MAYA, JON);
	[maya, jon] = [await somebody(MAYA), await somebody(JON)];
	const own = await ownMake(maya), slack = await ownMake(maya, 'slackKey'), theirs = await ownMake(jon, 'jenkins', newName('jenkins of jon '));

	w = { own, theirs, mine: await ownMake(admin, 'jenkins', newName('mine ')), names: ['flow deploy', 'flow nightly', 'flow team chat'] };
	w.one = await handleMake(maya, own, { name: w.names[0] });
	w.two = await handleMake(maya, own, { name: w.names[1] });
	w.chat = await handleMake(maya, slack, { name: w.names[2] });
	w.jons = await handleMake(jon, theirs, { name: 'flow of jon', projects: ['web', 'docs'] });
}

before(async () => {
	throttleClear();
	sql("UPDATE account SET theme = 'auto'");
	admin = await demo('admin');
	browser = await launch();
});
beforeEach(async () => {
	throttleClear();
	await world();
});
after(async () => {
	await browser?.close();
	bindingsClear(MAYA, JON);
	throttleClear();
});

const press = (page, name) => page.getByRole('button', { name, exact: true }).click();
const remove = () => admin.visitor.post(`/s/acme/people/${maya.id}/remove`, { was: 'member' });
const rebindPath = (id) => `/s/acme/integrations/${id}/rebind`;

/* The page asks for the password when the last one is too long ago. */
async function confirmIfAsked(page) {
	if (!await page.getByRole('heading', { name: /confirm/i }).count())
		return;
	await page.getByLabel('Password').fill(passwordOf('admin'));
	await press(page, 'Confirm');
}

async function removeMaya(page) {
	await page.goto('/s/acme/people');
	await page.getByRole('link', { name: MAYA, exact: true }).click();
	await page.getByRole('link', { name: 'Remove…' }).click();
	for (const name of w.names)
		await page.getByText(name, { exact: true }).waitFor();
	await page.getByText('Runners still get the values for 30 days').waitFor();
	await fitsWidth(page, 'before removing');
	await press(page, 'Remove');
	await confirmIfAsked(page);
	await page.waitForURL('**/s/acme/people');
}

/* From the notice on the list, to another and back. */
async function rebindOne(page) {
	await page.goto('/s/acme/integrations');
	await page.getByText('3 integrations need a rebind').waitFor();
	await fitsWidth(page, 'the notice');
	await page.getByRole('link', { name: MAYA, exact: true }).first().click();
	await page.getByText('has no role in acme any more').waitFor();
	await fitsWidth(page, 'the leaver\'s page');
	await page.getByRole('link', { name: `Rebind ${w.names[0]}`, exact: true }).click();
	await page.getByText('Runners still get its values until').waitFor();
	await page.getByLabel('jenkins of jon', { exact: false }).check();
	await press(page, 'Show what it reaches');
	await page.locator('#confirm').waitFor();
	assert.deepEqual(await page.locator('.list-group-item .badge').filter({ hasText: /stays|no longer/ }).allInnerTexts(), ['no longer', 'stays', 'no longer', 'stays']);
	await fitsWidth(page, 'what it reaches');
	await press(page, 'Rebind');
	await confirmIfAsked(page);
	await page.getByText('It is bound to the other one now; its name stays.').waitFor();
	assert.equal(bindingOf(w.one).owner, JON);
	await page.goto(rebindPath(w.one));
	await page.getByText(/The last rebind can be undone until/).waitFor();
	await press(page, 'Undo the rebind');
	await page.getByText('The rebind is undone').waitFor();
	assert.equal(bindingOf(w.one).owner, MAYA);
}

async function rebindMany(page) {
	await page.goto(`/s/acme/people/${maya.id}/bindings`);
	const jenkins = page.locator('form', { has: page.locator('#t-jenkins') });
	for (const name of w.names.slice(0, 2))
		assert.ok(await jenkins.getByLabel(name, { exact: true }).isChecked(), 'ticked already');
	await jenkins.getByRole('button', { name: 'Rebind the ticked ones' }).click();
	await page.getByText('Choose what to bind them to.').waitFor();
	await page.getByLabel('Bind the ticked ones to').selectOption(String(w.mine));
	await page.getByLabel('Only these projects').check();
	await page.getByLabel('web', { exact: true }).check();
	await fitsWidth(page, 'many at once');
	await press(page, 'Rebind the ticked ones');
	await page.getByText('They are bound to the other one now').waitFor();
	for (const id of [w.one, w.two])
		assert.deepEqual([bindingOf(id).owner, bindingOf(id).undo], ['admin', w.own]);
	await page.goto('/s/acme/integrations');
	await page.getByText('1 integration needs a rebind').waitFor();
	for (const name of w.names)
		await page.getByRole('link', { name, exact: true }).waitFor();
}

const WAYS = [{ scheme: 'light', size: WIDE }, { scheme: 'dark', size: NARROW }, { scheme: 'light', size: NARROW, scripts: false }];

for (const way of WAYS)
	test(`somebody leaves: ${way.scheme}, ${way.size.width} px${way.scripts === false ? ', without scripts' : ''}`, async () => {
		const page = await open(browser, { ...way, visitor: admin.visitor, expect: [422, 403] });

		await removeMaya(page);
		await rebindOne(page);
		await rebindMany(page);
		assert.equal(await isDark(page), way.scheme === 'dark');
		isFlawless(page, 'the admin');
		await page.context().close();
	});

test('leaving by oneself', async () => {
	const page = await open(browser, { visitor: maya.visitor, scheme: 'dark', size: NARROW, expect: [404] });

	await page.goto('/account');
	await page.getByRole('link', { name: 'Leave acme' }).click();
	await page.getByText('personal ones of yours').waitFor();
	await fitsWidth(page, 'before leaving');
	await press(page, 'Leave acme');
	await page.getByText('You gave up your role').waitFor();
	await page.goto('/s/acme/leave');
	await page.getByText('Page not found').waitFor();
	isFlawless(page, 'the leaver');
	await page.context().close();
});

/* --- every page ------------------------------------------------------------------------------------------- */

async function go(page, address) {
	assert.equal((await page.goto(address)).status(), 200, address);
}

async function wrongMany(page) {
	await remove();
	await go(page, `/s/acme/people/${maya.id}/bindings`);
	await page.getByLabel('Bind the ticked ones to').selectOption(String(w.mine));
	await page.getByLabel('Only these projects').check();
	await press(page, 'Rebind the ticked ones');
	await page.locator('#projects-jenkins-error').waitFor();
}

async function rebound(page) {
	await admin.visitor.post(rebindPath(w.one), { version: 1, to: w.mine, scope: 'all' });
	await go(page, rebindPath(w.one));
}

async function withdrawn(page) {
	await withdraw(maya, w.own);
	await go(page, `${rebindPath(w.two)}?to=${w.mine}`);
}

async function longNames(page) {
	sql(`UPDATE integration SET name = CONCAT('flow ', REPEAT('W', 75)) WHERE id IN (${w.one}, ${w.theirs});
		UPDATE subscription SET revision = revision + 1`);
	await go(page, `${rebindPath(w.one)}?to=${w.theirs}`);
}

async function stale(page) {
	await go(page, `${rebindPath(w.one)}?to=${w.mine}`);
	sql(`UPDATE integration SET version = version + 1 WHERE id = ${w.one}`);
	await press(page, 'Rebind');
	await page.getByText('somebody else changed this integration').waitFor();
}

const PAGES = {
	'rebind, nothing chosen': (p) => go(p, rebindPath(w.one)),
	'rebind to somebody\'s': (p) => go(p, `${rebindPath(w.one)}?to=${w.theirs}`),
	'rebind to one\'s own': (p) => go(p, `${rebindPath(w.one)}?to=${w.mine}`),
	'rebind, nothing to bind to': (p) => go(p, rebindPath(w.chat)),
	'rebind, undo': rebound,
	'rebind, withdrawn': withdrawn,
	'rebind, long names': longNames,
	'rebind, stale': stale,
	'details after a rebind': async (p) => {
		await rebound(p);
		await go(p, `/s/acme/integrations/${w.one}`);
	},
	'list with a notice': async (p) => {
		await remove();
		await go(p, '/s/acme/integrations');
	},
	'people with a notice': async (p) => {
		await remove();
		await go(p, '/s/acme/people');
	},
	'leaver': async (p) => {
		await remove();
		await go(p, `/s/acme/people/${maya.id}/bindings`);
	},
	'leaver, wrong': wrongMany,
	'bindings of somebody here': (p) => go(p, `/s/acme/people/${maya.id}/bindings`),
	'nothing bound': async (p) => go(p, `/s/acme/people/${sqlValue("SELECT id FROM account WHERE login = 'collaborator'")}/bindings`),
	'a person with bindings': (p) => go(p, `/s/acme/people/${maya.id}`),
	'before removing': (p) => go(p, `/s/acme/people/${maya.id}/remove`),
	'the last admin leaves': (p) => go(p, '/s/acme/leave'),
	'settings with days of grace': (p) => go(p, '/s/acme/settings'),
	'account with subscriptions': (p) => go(p, '/account'),
	'before leaving': (p) => go(p, '/s/acme/leave'),
	'before disabling': (p) => go(p, `/admin/accounts/${maya.id}/disable`),
};
const WHO = { 'before leaving': () => maya.visitor, 'before disabling': () => as('siteadmin') };

for (const [what, there] of Object.entries(PAGES))
	test(`${what}: light, dark, 390 px`, async () => {
		const page = await open(browser, { visitor: await (WHO[what]?.() ?? admin.visitor), size: WIDE, expect: [409, 422] });

		await there(page);
		for (const scheme of ['light', 'dark']) {
			await page.emulateMedia({ colorScheme: scheme });
			await isAccessible(page, `${what}, ${scheme}`);
			await fitsWidth(page, `${what}, ${scheme}`);
			await shot(page, `${what} ${scheme}`);
		}
		await page.setViewportSize(NARROW);
		await fitsWidth(page, `${what}, 390 px`);
		await isAccessible(page, `${what}, 390 px`);
		await shot(page, `${what} narrow`);
		isFlawless(page, what);
		await page.context().close();
	});
