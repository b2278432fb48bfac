/* "My integrations" by hand: from the empty list over adding, editing and disabling to a Delete panel that says
 * what becomes of each handle. */
import { after, before, test } from 'node:test';
import assert from 'node:assert/strict';

import { quote, sql, sqlValue, throttleClear } from '../flow/lib/stack.mjs';
import { Visitor } from '../flow/lib/client.mjs';
import { cleanUp, newName, newSecret } from '../flow/lib/integration.mjs';
import { bind } from '../flow/lib/own.mjs';
import { person, roleGive, subscriptionMake, subscriptionRemove } from '../flow/lib/people.mjs';
import { NARROW, WIDE, fitsWidth, isAccessible, isDark, isFlawless, launch, open, shot } from './lib/browser.mjs';

const LEFT = 'flow-personal-left', OWNER = 'flow-personal-browser';
let browser, owner;

before(async () => {
	throttleClear();
	subscriptionMake(LEFT);
	const password = person(OWNER);
	roleGive(OWNER, 'acme', 2);
	sql(`UPDATE account SET theme = 'auto', name = 'Personal Browser' WHERE login = ${quote(OWNER)}`);
	owner = await new Visitor().signIn(OWNER, password);
	browser = await launch();
});
after(async () => {
	await browser?.close();
	cleanUp();
	subscriptionRemove(LEFT, OWNER);
});

const WAYS = [{ scheme: 'light', size: WIDE }, { scheme: 'dark', size: WIDE }, { scheme: 'light', size: NARROW },
	{ scheme: 'dark', size: NARROW, scripts: false }];

for (const way of WAYS) {
	const title = `${way.scheme}, ${way.size.width} px${way.scripts === false ? ', without scripts' : ''}`;
	test(`add, edit, disable, delete: ${title}`, async () => {
		sql(`DELETE i FROM integration i JOIN account a ON a.id = i.account_id WHERE a.login = ${quote(OWNER)}`);
		const page = await open(browser, { ...way, visitor: owner, expect: [422] });
		const name = newName('my jenkins '), save = () => page.getByRole('button', { name: 'Save', exact: true }).last().click();
		const looks = async (what) => {
			await fitsWidth(page, what);
			assert.equal(await isDark(page), way.scheme === 'dark', what);
			if (way.scripts !== false)
				await isAccessible(page, what);
			await shot(page, `own ${what} ${title}`);
		};

		/* there by the navigation, which a narrow page folds away */
		await page.goto('/');
		if (way.size === NARROW)
			await page.locator('.nav-toggle summary').click();
		await page.getByRole('navigation', { name: 'Main' }).getByRole('link', { name: 'My integrations' }).click();
		await page.getByText('You have no integrations of your own').waitFor();
		await looks('empty list');
		await page.getByRole('link', { name: 'Add an integration' }).click();
		await looks('types');
		await page.getByRole('link', { name: /^Jenkins/ }).click();
		await page.getByRole('heading', { name: 'Yours alone' }).waitFor();
		await page.getByLabel('Name', { exact: true }).fill(name);
		await page.getByLabel('URL 1, required').fill('ci.one.example');
		await page.getByLabel('Username').fill('ci-bot');
		await page.getByLabel('API token or password').fill(newSecret());
		await save();
		await page.locator('#url-1-error').waitFor();
		await page.getByText('What you typed is kept, sealed.').waitFor();
		await looks('form with an error');
		await page.getByLabel('URL 1, required').fill('https://ci.one.example/a-path/of-some-length/for-the-narrow-page');
		await save();
		await page.getByText('The integration was added.').waitFor();
		await page.getByText('Not used yet.').waitFor();
		await looks('details, not used');
		const id = Number(/\/(\d+)$/.exec(page.url())[1]);

		await page.getByRole('link', { name: 'Edit' }).click();
		await page.getByLabel('Username').fill('another-bot');
		await save();
		await page.getByText('Your changes are saved.').waitFor();
		await page.locator('summary', { hasText: 'Disable' }).click();
		await page.getByLabel('Why?').fill('The token was on a laptop that is lost.');
		await page.getByRole('button', { name: 'Disable', exact: true }).click();
		await page.getByRole('heading', { name: /^Disabled/ }).waitFor();

		bind(id, 'acme', newName('handle '));
		bind(id, 'acme', newName('another handle '));
		bind(id, LEFT, newName('left '));
		await page.reload();
		await page.getByText('you left', { exact: true }).waitFor();
		await looks('details, used');
		await page.getByRole('button', { name: 'Enable' }).click();
		await page.getByText('The integration is enabled again.').waitFor();
		await page.getByRole('navigation', { name: 'Breadcrumb' }).getByRole('link', { name: 'My integrations' }).click();
		await page.getByText('2 subscriptions, 3 names').waitFor();
		await looks('list');
		await page.getByLabel('Search by name or URL').fill('nothing of this name');
		await page.keyboard.press('Enter');
		await page.getByText('No integration matches').waitFor();
		await page.goBack();

		await page.getByRole('link', { name: `Edit ${name}` }).click();
		await page.getByText('These bound integrations are deleted.').waitFor();
		await page.getByText('You left: these bound integrations stay, without values, for an admin to rebind.').waitFor();
		await looks('Delete panel');
		await page.getByLabel(`Delete ${name} and its sealed values`).check();
		await page.getByRole('button', { name: 'Delete', exact: true }).click();
		await page.getByText('The integration was deleted, with its sealed values.').waitFor();
		await page.getByText('You have no integrations of your own').waitFor();
		assert.equal(sqlValue(`SELECT COUNT(*) FROM binding WHERE account_integration_id = ${id}`), '1');
		isFlawless(page, title);
		await page.context().close();
	});
}
