/* The walk of a site admin: an account, a link for its password, a subscription, disabling; with the new
 * person in a browser of their own. And each page of site administration in both themes and at 390 px. */
import { after, before, test } from 'node:test';
import assert from 'node:assert/strict';

import { passwordOf, sql, sqlValue, throttleClear } from '../flow/lib/stack.mjs';
import { Visitor, as } from '../flow/lib/client.mjs';
import { accountId, person, subscriptionMake, subscriptionRemove } from '../flow/lib/people.mjs';
import { NARROW, WIDE, fitsWidth, isAccessible, isDark, isFlawless, launch, open } from './lib/browser.mjs';

let browser;

before(async () => {
	throttleClear();
	sql("UPDATE account SET theme = 'auto'");
	person('browser-site');
	subscriptionMake('browser-alone');
	browser = await launch();
});
after(async () => {
	await browser?.close();
	for (const [slug] of sql("SELECT slug FROM subscription WHERE slug LIKE 'browser-%'"))
		subscriptionRemove(slug, 'browser-site');
	sql("UPDATE account SET disabled_at = NULL WHERE login LIKE 'browser-%'");
	throttleClear();
});

const button = (page, name) => page.getByRole('button', { name, exact: true });

/* The page asks for the password when the last one is too long ago. */
async function confirmIfAsked(page) {
	if (!await page.getByRole('heading', { name: /confirm/i }).count())
		return;
	await page.getByLabel('Password').fill(passwordOf('siteadmin'));
	await button(page, 'Confirm').click();
}

async function addAccount(page, login) {
	await page.goto('/');
	if (await page.getByLabel('Menu').isVisible())
		await page.getByLabel('Menu').click();
	await page.getByRole('navigation', { name: 'Main' }).getByRole('link', { name: 'Accounts' }).click();
	await page.getByRole('link', { name: 'Add', exact: true }).click();
	await page.getByLabel('Login', { exact: false }).fill(login);
	await page.getByLabel('Name', { exact: true }).fill('New person');
	await button(page, 'Add account').click();
	await page.getByText('Make a link for its password now').waitFor();
}

async function makeLink(page) {
	await button(page, 'Make a link').click();
	await confirmIfAsked(page);
	await page.getByText('This is the only time that the link is shown').waitFor();
	return page.locator('#link').innerText();
}

/* The new person follows the link, sets a password and signs in with it. */
async function arrive(page, link, login, password) {
	await page.goto(link);
	assert.ok(!page.url().includes('code='), 'the code does not stay in the address');
	await page.getByLabel('New password', { exact: true }).fill(password);
	await page.getByLabel(/again/).fill(password);
	await page.locator('form button[type=submit]').last().click();
	await page.getByText('Sign in').first().waitFor();
	await page.getByLabel('Login').fill(login);
	await page.getByLabel('Password').fill(password);
	await button(page, 'Sign in').click();
	await page.getByText('You have no role in any subscription').waitFor();
}

for (const way of [{ scheme: 'light', size: WIDE }, { scheme: 'dark', size: NARROW }, { scheme: 'light', size: WIDE, scripts: false }])
	test(`from a new account to its end: ${way.scheme}, ${way.size.width} px${way.scripts === false ? ', without scripts' : ''}`, async () => {
		const login = `browser-new-${Date.now()}`, password = `their own ${login}`, slug = `browser-${Date.now() % 100000}`;
		const page = await open(browser, { ...way, visitor: await new Visitor().signIn('siteadmin'), expect: [422] });
		const theirs = await open(browser, { ...way, expect: [410, 422] });

		await addAccount(page, login);
		const link = await makeLink(page);
		assert.equal(await button(page, 'Copy').isVisible(), way.scripts !== false, 'a copy button needs scripts');
		await arrive(theirs, link, login, password);
		await theirs.goto(link);
		assert.equal(await theirs.getByLabel('New password', { exact: true }).count() === 0 ||
			sqlValue(`SELECT COUNT(*) FROM password_link WHERE account_id = ${accountId(login)}`) === '0', true, 'the link is used up');

		/* a subscription with the new person as its admin */
		await page.goto('/admin/subscriptions');
		await page.getByRole('link', { name: 'Add', exact: true }).click();
		await page.getByLabel('Short name').fill(slug);
		await page.getByLabel('First admin').fill(login);
		await button(page, 'Add subscription').click();
		await confirmIfAsked(page);
		await page.getByText('The subscription is there, with its first admin').waitFor();
		await theirs.goto(`/s/${slug}/integrations`);
		await theirs.getByText('No integrations here').waitFor();

		/* disabled, and enabled again */
		await button(page, 'Disable subscription').click();
		await page.getByText('The subscription is disabled.').waitFor();
		theirs.expect.push(403);
		await theirs.reload();
		await theirs.getByRole('heading', { name: 'Subscription disabled' }).waitFor();
		await fitsWidth(theirs, 'the page of a disabled subscription');
		if (way.scripts !== false) /* axe is one */
			await isAccessible(theirs, 'the page of a disabled subscription');
		await button(page, 'Enable subscription').click();
		await page.getByText('The subscription is enabled again.').waitFor();

		/* the account is disabled: its browser is out at the next click */
		await page.goto(`/admin/accounts/${accountId(login)}`);
		await page.getByText('nobody else can act there').waitFor();
		await page.getByRole('link', { name: 'Disable…' }).click();
		await page.getByText('No integration of any subscription').waitFor();
		await button(page, 'Disable account').click();
		await confirmIfAsked(page);
		await page.getByText('The account is disabled and signed out.').waitFor();
		await theirs.goto('/account');
		await theirs.waitForURL(/\/login\?next=/);

		/* nobody can act in the subscription now; it is empty, so it goes */
		await page.goto(`/admin/subscriptions/${sqlValue(`SELECT id FROM subscription WHERE slug = '${slug}'`)}`);
		await page.getByText('Nobody can act in this subscription').waitFor();
		await page.getByRole('checkbox').check();
		await button(page, 'Delete').click();
		await page.getByText('The subscription is deleted.').waitFor();
		isFlawless(page, 'the site admin');
		isFlawless(theirs, 'the new person');
		await page.context().close();
		await theirs.context().close();
	});

async function badAccount(page) {
	await page.goto('/admin/accounts/new');
	await page.getByLabel('Login', { exact: false }).fill('siteadmin');
	await button(page, 'Add account').click();
	await page.locator('#login-error').waitFor();
}

async function badSubscription(page) {
	await page.goto('/admin/subscriptions/new');
	await page.getByLabel('Short name').fill('Not So');
	await button(page, 'Add subscription').click();
	await page.locator('#slug-error').waitFor();
}

async function link(page) {
	await page.goto(`/admin/accounts/${accountId('browser-site')}`);
	await makeLink(page);
}

const subscription = (slug) => `/admin/subscriptions/${sqlValue(`SELECT id FROM subscription WHERE slug = '${slug}'`)}`;
const PAGES = {
	'accounts': (p) => p.goto('/admin/accounts'),
	'no account matches': (p) => p.goto('/admin/accounts?q=nobody+at+all'),
	'add an account, wrong': badAccount,
	'an account': (p) => p.goto(`/admin/accounts/${accountId('member')}`),
	'one\'s own account': (p) => p.goto(`/admin/accounts/${accountId('siteadmin')}`),
	'a link': link,
	'subscriptions': (p) => p.goto('/admin/subscriptions'),
	'no subscription matches': (p) => p.goto('/admin/subscriptions?q=none+at+all'),
	'add a subscription, wrong': badSubscription,
	'a subscription': (p) => p.goto(subscription('acme')),
	'a subscription in which nobody can act': (p) => p.goto(subscription('browser-alone')),
	'sessions': (p) => p.goto('/account/sessions'),
	'account': (p) => p.goto('/account'),
};

for (const [what, there] of Object.entries(PAGES))
	test(`${what}: light, dark, 390 px`, async () => {
		const page = await open(browser, { visitor: await as('siteadmin'), size: WIDE, expect: [422] });

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
