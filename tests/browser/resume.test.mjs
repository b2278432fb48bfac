/* A form with a secret whose session ends in another tab, in Chromium: the password, and it is saved. */
import { after, before, test } from 'node:test';
import assert from 'node:assert/strict';

import { sql, sqlValue, quote, throttleClear } from '../flow/lib/stack.mjs';
import { Visitor } from '../flow/lib/client.mjs';
import { person, raise, roleGive, roleTake } from '../flow/lib/people.mjs';
import { newName, newSecret } from '../flow/lib/integration.mjs';
import { NARROW, WIDE, fitsWidth, isAccessible, isDark, isFlawless, launch, open, shot } from './lib/browser.mjs';

const LOGIN = 'browser-resume', OTHER = 'browser-resume-b', NAME = newName('resume ');
let browser;

before(async () => {
	throttleClear();
	for (const login of [LOGIN, OTHER]) {
		person(login);
		roleGive(login, 'acme', 3);
	}
	browser = await launch();
});
after(async () => {
	await browser?.close();
	throttleClear();
	sql(`DELETE FROM integration WHERE name LIKE ${quote(`${NAME}%`)}`);
	roleTake(LOGIN);
	roleTake(OTHER);
	raise();
});

async function signOutInAnotherTab(page) {
	const tab = await page.context().newPage();

	await tab.goto('/account');
	await tab.locator('form[action="/logout"] button').evaluate((button) => button.click());
	await tab.waitForURL('**/login');
	return tab;
}

async function fillIn(page, name, secret) {
	await page.goto('/s/acme/integrations/new?type=jenkins');
	await page.getByLabel('Name', { exact: true }).fill(name);
	await page.getByLabel(/^URL 1/).fill('https://ci.browser.example/');
	await page.locator('#f-username').fill('ci-bot');
	await page.locator('#f-password').fill(secret);
}

const save = (page) => page.getByRole('button', { name: 'Save', exact: true }).last().click();

for (const way of [{ scheme: 'light', size: WIDE, scripts: true }, { scheme: 'dark', size: NARROW, scripts: false }])
	test(`signed out in another tab: ${way.scheme}, ${way.size.width} px, ${way.scripts ? 'with' : 'without'} scripts`, async () => {
		const visitor = await new Visitor().signIn(LOGIN, person(LOGIN));
		const page = await open(browser, { ...way, visitor, expect: [401, 422] });
		const name = `${NAME} ${way.scheme}`, secret = newSecret();

		await fillIn(page, name, secret);
		if (way.scripts)
			await (await signOutInAnotherTab(page)).close();
		else
			sql(`DELETE FROM session WHERE account_id = (SELECT id FROM account WHERE login = ${quote(LOGIN)})`);
		await save(page);
		await page.getByText('You were signed out before your form arrived.').waitFor();
		assert.equal(await page.getByLabel('Login').inputValue(), LOGIN);
		assert.ok(!(await page.content()).includes(secret));
		if (way.scripts) {
			await isAccessible(page, 'the page');
			assert.equal(await isDark(page), false);
			assert.ok(await page.getByLabel('Password').evaluate((e) => e === document.activeElement), 'one can type at once');
		}
		await fitsWidth(page, 'the page');
		await shot(page, `resume ${way.scheme}`);
		await page.getByLabel('Password').fill('not the password');
		await page.keyboard.press('Enter');
		await page.getByText('This is not the password. Try again.').waitFor();
		await fitsWidth(page, 'the page with its error');
		await page.getByLabel('Password').fill(person(LOGIN));
		await page.getByRole('button', { name: 'Sign in and go on' }).click();
		await page.getByText('The integration was added.').waitFor();
		assert.equal(sqlValue(`SELECT COUNT(*) FROM sealed s JOIN integration i ON i.id = s.integration_id WHERE i.name =
			${quote(name)}`), '1');
		isFlawless(page, 'the walk');
		await page.context().close();
	});

test('somebody else signed in meanwhile: the page says whose form it is, and leaves them theirs', async () => {
	const visitor = await new Visitor().signIn(LOGIN, person(LOGIN));
	const page = await open(browser, { visitor, expect: [409] });
	const name = `${NAME} other`;

	await fillIn(page, name, newSecret());
	const tab = await signOutInAnotherTab(page);
	await tab.getByLabel('Login').fill(OTHER);
	await tab.getByLabel('Password').fill(person(OTHER));
	await tab.keyboard.press('Enter');
	await tab.waitForURL((url) => !url.pathname.startsWith('/login'));
	await save(page);
	await page.getByText(`This form was filled in by ${LOGIN}`).waitFor();
	await isAccessible(page, 'the page');
	await fitsWidth(page, 'the page');
	await shot(page, 'resume other');
	await page.getByRole('link', { name: 'Go on without the form' }).click();
	await page.waitForURL('**/integrations/new');
	assert.equal(sqlValue(`SELECT COUNT(*) FROM integration WHERE name = ${quote(name)}`), '0');
	isFlawless(page, 'the walk');
	await page.context().close();
});
