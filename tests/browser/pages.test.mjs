/* Every page in both themes: nothing that axe-core finds serious; at 390 px nothing to scroll sideways. */
import { after, before, test } from 'node:test';
import assert from 'node:assert/strict';

import { sql, sqlValue, throttleClear } from '../flow/lib/stack.mjs';
import { Visitor, as } from '../flow/lib/client.mjs';
import { person, roleGive, roleTake } from '../flow/lib/people.mjs';
import { cleanUp } from '../flow/lib/integration.mjs';
import { NARROW, WIDE, fitsWidth, isAccessible, isDark, isFlawless, launch, open } from './lib/browser.mjs';

const LIST = '/s/acme/integrations';
const idOf = (name) => sqlValue(`SELECT i.id FROM integration i JOIN subscription s ON s.id = i.subscription_id
	WHERE s.slug = 'acme' AND i.name = '${name}'`);

let browser;
const visitors = {};

before(async () => {
	throttleClear();
	sql(`UPDATE account SET theme = 'auto';
		INSERT IGNORE INTO subscription (uid, slug, name, created_at) VALUES (RANDOM_BYTES(16), 'flow-empty', 'flow-empty', 0)`);
	const password = person('flow-looker');
	roleGive('flow-looker', 'flow-empty', 3);
	visitors.looker = await new Visitor().signIn('flow-looker', password);
	for (const login of ['admin', 'collaborator', 'siteadmin'])
		visitors[login] = await as(login);
	browser = await launch();
});
after(async () => {
	await browser?.close();
	cleanUp();
	roleTake('flow-looker');
	sql("DELETE FROM subscription WHERE slug = 'flow-empty'");
});

const save = (page) => page.getByRole('button', { name: 'Save', exact: true }).last().click();

async function badForm(page) {
	await page.goto(`${LIST}/new?type=dockerRegistryLogin`);
	await page.locator('#url-1').fill('registry.one.example');
	await page.locator('#f-password').fill('a secret that is kept');
	await page.locator('#f-email').fill('x'.repeat(300));
	await save(page);
	await page.locator('#name-error').waitFor();
}

async function badPairs(page) {
	await page.goto(`${LIST}/new?type=keyValuePair`);
	await page.getByLabel('Key 1').fill('a b');
	await page.getByLabel('Value 1').fill('x');
	await save(page);
	await page.locator('#k-envs-0-error').waitFor();
}

async function badLogin(page) {
	await page.goto('/login');
	await page.getByLabel('Login').fill('flow-nobody');
	await page.getByLabel('Password').fill('not a password');
	await page.getByRole('button', { name: 'Sign in' }).click();
	await page.locator('#login-error').waitFor();
}

async function longNames(page) {
	sql(`INSERT IGNORE INTO integration (uid, subscription_id, name, type, url, all_projects, edit_roles, created_at, changed_at)
		SELECT RANDOM_BYTES(16), id, CONCAT('flow ', REPEAT('W', 75)), 'jenkins', CONCAT('https://', REPEAT('w', 60), '.example/',
		REPEAT('x', 500)), 1, 6, 0, 0 FROM subscription WHERE slug = 'acme'`);
	await page.goto(LIST);
}

async function menu(page) {
	await page.goto('/account');
	if (await page.getByLabel('Menu').isVisible())
		await page.getByLabel('Menu').click();
	await page.getByText('Account, theme, sign out').click();
	await page.getByRole('button', { name: 'Sign out' }).waitFor();
}

async function afterSave(page) {
	await page.goto(`${LIST}/${idOf('build-flags')}/edit`);
	await save(page);
	await page.getByText('Your changes are saved.').waitFor();
}

async function go(page, address, status = 200) {
	const answer = await page.goto(address);

	assert.equal(answer.status(), status, address);
}

/* Who sees which page, and how one gets there. */
const PAGES = {
	'sign in': [null, (p) => go(p, '/login')],
	'sign in, wrong': [null, badLogin],
	'list': ['admin', (p) => go(p, LIST)],
	'list of a collaborator': ['collaborator', (p) => go(p, LIST)],
	'list with a long name': ['admin', longNames],
	'empty list': ['looker', (p) => go(p, '/s/flow-empty/integrations')],
	'home without a role': ['siteadmin', (p) => go(p, '/')],
	'types': ['admin', (p) => go(p, `${LIST}/new`)],
	'form': ['admin', (p) => go(p, `${LIST}/new?type=jenkins`)],
	'form with lines': ['admin', (p) => go(p, `${LIST}/new?type=sshKey`)],
	'form with pairs': ['admin', (p) => go(p, `${LIST}/new?type=keyValuePair`)],
	'form with errors': ['admin', badForm],
	'form with errors in pairs': ['admin', badPairs],
	'edit': ['admin', (p) => go(p, `${LIST}/${idOf('release-hook')}/edit`)],
	'edit as a collaborator': ['collaborator', (p) => go(p, `${LIST}/${idOf('deploy-key')}/edit`)],
	'details': ['admin', (p) => go(p, `${LIST}/${idOf('jenkins-staging')}`)],
	'details of pairs, just saved': ['admin', afterSave],
	'closed': ['collaborator', (p) => go(p, `${LIST}/${idOf('jenkins-prod')}`)],
	'account, with its menu': ['admin', menu],
	'audit trail': ['admin', (p) => go(p, '/s/acme/audit')],
	'audit trail of one thing': ['admin', (p) => go(p, `/s/acme/audit?object=integration:${idOf('build-flags')}&what=integrations`)],
	'audit trail, wrong days': ['admin', (p) => go(p, '/s/acme/audit?from=2026-02-02&to=2026-01-01', 422)],
	'audit trail, nothing fits': ['admin', (p) => go(p, '/s/acme/audit?who=flow-nobody')],
	'audit trail of the site': ['siteadmin', (p) => go(p, '/admin/audit')],
	'activity of an account': ['admin', (p) => go(p, '/account/activity')],
	'not found': ['admin', (p) => go(p, '/nothing', 404)],
	'not found, nobody signed in': [null, (p) => go(p, '/nothing', 404)],
};

for (const [what, [who, there]] of Object.entries(PAGES))
	test(`${what}: light, dark, 390 px`, async () => {
		const page = await open(browser, { visitor: visitors[who], size: WIDE, expect: [404, 422] });

		await there(page);
		for (const scheme of ['light', 'dark']) {
			await page.emulateMedia({ colorScheme: scheme });
			assert.equal(await isDark(page), scheme === 'dark');
			await isAccessible(page, `${what}, ${scheme}`);
			await fitsWidth(page, `${what}, ${scheme}`);
		}
		await page.setViewportSize(NARROW);
		await fitsWidth(page, `${what}, 390 px`);
		await isAccessible(page, `${what}, 390 px, dark`);
		isFlawless(page, what);
		await page.context().close();
	});

test('the account\'s menu at 390 px', async () => {
	const page = await open(browser, { visitor: visitors.admin, size: NARROW });

	await menu(page);
	await fitsWidth(page, 'menu, 390 px');
	await isAccessible(page, 'menu, 390 px');
	isFlawless(page, 'menu, 390 px');
	await page.context().close();
});

test('the checks themselves can fail', async () => {
	const page = await open(browser, { visitor: visitors.admin, size: NARROW });

	await page.goto('/account');
	await page.evaluate(() => {
		const wide = document.createElement('input');
		wide.style.cssText = 'width: 900px; color: #777; background: #888';
		document.querySelector('main').append(wide);
		const script = document.createElement('script');
		script.textContent = 'globalThis.evil = 1';
		document.head.append(script);
	});
	await assert.rejects(fitsWidth(page, 'x'), /scrolls sideways/);
	await assert.rejects(isAccessible(page, 'x'), /label/);
	assert.equal(await page.evaluate(() => globalThis.evil), undefined, 'the policy stops a script in the page');
	assert.throws(() => isFlawless(page, 'x'), /Content Security Policy/);
	await page.context().close();
});
