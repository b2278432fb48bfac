/* The walk: sign in, add a Jenkins integration with its secret, find it, change it with the pencil, delete it. */
import { after, before, test } from 'node:test';
import assert from 'node:assert/strict';

import { passwordOf, sql, throttleClear } from '../flow/lib/stack.mjs';
import { as } from '../flow/lib/client.mjs';
import { boxesOf, cleanUp, newName, newSecret, originsOf, rowOf } from '../flow/lib/integration.mjs';
import { NARROW, WIDE, fitsWidth, isDark, isFlawless, launch, open } from './lib/browser.mjs';

let browser;

before(async () => {
	throttleClear();
	sql("UPDATE account SET theme = 'auto'");
	browser = await launch();
});
after(async () => {
	await browser?.close();
	cleanUp();
	sql("UPDATE account SET theme = 'auto'");
});

const WAYS = [{ scheme: 'light', size: WIDE }, { scheme: 'light', size: NARROW }, { scheme: 'dark', size: WIDE },
	{ scheme: 'dark', size: NARROW }, { scheme: 'light', size: NARROW, scripts: false },
	{ scheme: 'dark', size: WIDE, scripts: false }];

async function signIn(page) {
	await page.goto('/');
	assert.match(page.url(), /\/login\?next=/);
	await page.getByLabel('Login').fill('admin');
	await page.getByLabel('Password').fill(passwordOf('admin'));
	await page.getByRole('button', { name: 'Sign in' }).click();
	await page.waitForURL('**/s/acme/integrations');
}

async function addJenkins(page, name, secret) {
	await page.getByRole('link', { name: 'Add', exact: true }).click();
	await page.getByRole('link', { name: /^Jenkins/ }).click();
	await page.getByLabel('Name', { exact: true }).fill(name);
	await page.getByLabel('URL 1, required').fill('https://ci.one.example/jenkins');
	await page.getByLabel('Username').fill('ci-bot');
	await page.getByLabel('API token or password').fill(secret);
	await page.getByRole('button', { name: 'Save', exact: true }).last().click();
	await page.waitForURL(/\/integrations\/\d+$/);
	return Number(page.url().split('/').pop());
}

for (const way of WAYS) {
	const title = `${way.scheme}, ${way.size.width} px${way.scripts === false ? ', without scripts' : ''}`;
	test(`the walk: ${title}`, async () => {
		const page = await open(browser, way);
		const name = newName(), renamed = newName(), secret = newSecret();
		const looks = async (what) => {
			await fitsWidth(page, what);
			assert.equal(await isDark(page), way.scheme === 'dark', `${what}: its colours`);
			assert.ok(!(await page.content()).includes(secret), `${what}: no secret in it`);
		};

		await page.goto('/login');
		await looks('sign-in page');
		await signIn(page);
		await looks('list');
		const id = await addJenkins(page, name, secret);
		await looks('details');
		await page.getByText('The integration was added.').waitFor();
		await page.getByRole('heading', { name, level: 1 }).waitFor();
		assert.deepEqual(Object.keys(boxesOf(id)), ['password']);

		/* found in the list, by its name, and its pencil */
		await page.goto('/s/acme/integrations');
		const row = page.getByRole('row').filter({ hasText: name });
		assert.equal(await row.count(), 1);
		for (const text of ['Jenkins', 'https://ci.one.example/jenkins', 'Org', 'All projects', 'Not checked'])
			assert.ok((await row.innerText()).includes(text), text);
		await row.getByRole('link', { name: `Edit ${name}` }).click();
		await page.waitForURL(`**/${id}/edit`);
		await looks('edit');
		assert.equal(await page.getByLabel('API token or password').inputValue(), '');
		const boxes = boxesOf(id);
		await page.getByLabel('Name', { exact: true }).fill(renamed);
		await page.getByRole('button', { name: 'Save', exact: true }).last().click();
		await page.getByText('Your changes are saved.').waitFor();
		assert.deepEqual([rowOf(id).name, boxesOf(id)], [renamed, boxes]);

		/* deleted at the foot of Edit; without the tick nothing happens */
		await page.goto(`/s/acme/integrations/${id}/edit`);
		const panel = page.getByRole('region', { name: 'Delete integration' });
		await panel.getByRole('button', { name: 'Delete' }).click();
		assert.ok(rowOf(id), 'the tick is asked for');
		await panel.getByRole('checkbox').check();
		await panel.getByRole('button', { name: 'Delete' }).click();
		await page.getByText('The integration was deleted, with its sealed values.').waitFor();
		await looks('list after deleting');
		assert.equal(await page.getByRole('row').filter({ hasText: renamed }).count(), 0);
		assert.equal(rowOf(id), undefined);
		isFlawless(page, title);
		await page.context().close();
	});
}

/* Tab until the focus is on what `matches`; a person without a mouse sees where it is. */
async function tabTo(page, selector) {
	for (let k = 0; k < 80; k++) {
		await page.keyboard.press('Tab');
		const at = await page.evaluate((wanted) => {
			const e = document.activeElement, style = getComputedStyle(e);
			return { there: e.matches(wanted), html: e.outerHTML.slice(0, 100),
				seen: style.outlineStyle !== 'none' || style.boxShadow !== 'none' };
		}, selector);
		if (at.there) {
			assert.ok(at.seen, `the focus on ${at.html} can be seen`);
			return;
		}
	}
	assert.fail(`Tab never comes to ${selector}`);
}

for (const scripts of [true, false])
	test(`the form by keyboard alone${scripts ? '' : ', without scripts'}`, async () => {
		const page = await open(browser, { visitor: await as('admin'), scripts, expect: [422] });
		const name = newName();

		await page.goto('/s/acme/integrations');
		await tabTo(page, 'a[href$="/integrations/new"]');
		await page.keyboard.press('Enter');
		await page.waitForURL('**/new');
		await tabTo(page, 'a[href="?type=jenkins"]');
		await page.keyboard.press('Enter');
		await page.waitForURL('**/new?type=jenkins');
		await tabTo(page, '#name');
		await page.keyboard.type(name);
		await tabTo(page, '#url-1');
		await page.keyboard.type('ci.one.example');
		await tabTo(page, 'button[name=add_url]');
		await page.keyboard.press('Enter');
		await page.locator('#url-key-2').waitFor();
		/* with scripts the cursor waits in the new row; without, the page begins anew */
		if (scripts)
			await page.waitForFunction(() => document.activeElement.id === 'url-key-2');
		else
			await tabTo(page, '#url-key-2');
		await page.keyboard.type('blueUrl');
		await tabTo(page, '#url-2');
		await page.keyboard.type('https://ci.one.example/blue');
		await tabTo(page, '#f-username');
		await page.keyboard.type('ci-bot');
		await tabTo(page, '#f-password');
		await page.keyboard.type('a secret typed by keyboard');
		await tabTo(page, '[name=role_collaborator]');
		await page.keyboard.press('Space');
		await tabTo(page, '[name=scope]');
		await page.keyboard.press('ArrowDown');
		await tabTo(page, '[name=project]');
		await page.keyboard.press('Space');
		await tabTo(page, '.form-foot button');
		await page.keyboard.press('Enter');
		await page.locator('#url-1-error').waitFor();
		assert.equal(await page.locator('#name').inputValue(), name);
		await tabTo(page, '#url-1');
		await page.keyboard.press('Control+A');
		await page.keyboard.type('https://ci.one.example/');
		await page.keyboard.press('Enter'); /* Enter in a field saves, and does not press "Remove" */
		await page.waitForURL(/\/integrations\/\d+$/);
		const id = Number(page.url().split('/').pop());
		assert.deepEqual([rowOf(id).edit_roles, rowOf(id).all_projects, originsOf(id, 'password')],
			[7, 0, 'https://ci.one.example:443']);
		assert.deepEqual(sql(`SELECT url_key FROM integration_url WHERE integration_id = ${id} ORDER BY position`).flat(),
			['apiUrl', 'blueUrl']);
		isFlawless(page, 'by keyboard');
		await page.context().close();
	});

test('rows come and go in place; what was typed into the rest of the form stays, the secret too', async () => {
	const page = await open(browser, { visitor: await as('admin') });

	await page.goto('/s/acme/integrations/new?type=jenkins');
	await page.locator('#name').fill('flow in place');
	await page.locator('#url-1').fill('https://ci.one.example');
	await page.locator('#f-password').fill('typed before the row');
	await page.evaluate(() => {
		globalThis.samePage = true;
	});
	await page.getByRole('button', { name: 'Add URL' }).click();
	await page.locator('#url-key-2').waitFor();
	assert.equal(await page.evaluate(() => globalThis.samePage), true, 'no reload');
	assert.equal(await page.locator('#f-password').inputValue(), 'typed before the row');
	assert.equal(await page.locator('#url-1').inputValue(), 'https://ci.one.example');
	await page.getByRole('button', { name: 'Remove URL 2' }).click();
	await page.locator('#url-key-2').waitFor({ state: 'detached' });
	assert.equal(await page.locator('#f-password').inputValue(), 'typed before the row');

	await page.goto('/s/acme/integrations/new?type=keyValuePair');
	await page.getByLabel('Key 1').fill('A');
	await page.getByLabel('Value 1').fill('first');
	await page.getByRole('button', { name: 'Add row' }).click();
	await page.getByLabel('Key 2').waitFor();
	await page.getByLabel('Key 2').fill('B');
	await page.getByLabel('Value 2').fill('second');
	await page.locator('#name').fill('flow pairs in place');
	await page.getByRole('button', { name: 'Save', exact: true }).last().click();
	await page.waitForURL(/\/integrations\/\d+$/);
	assert.deepEqual(Object.keys(boxesOf(Number(page.url().split('/').pop()))), ['envs:A', 'envs:B']);
	isFlawless(page, 'rows in place');
	await page.context().close();
});

test('the theme is chosen in the account, and kept over the system\'s', async () => {
	const page = await open(browser, { visitor: await as('admin'), scheme: 'light' });

	await page.goto('/account');
	assert.equal(await isDark(page), false);
	await page.getByLabel('Dark').check();
	await page.getByRole('button', { name: 'Save theme' }).click();
	await page.getByText('Your theme is saved.').waitFor();
	assert.equal(await isDark(page), true);
	await page.emulateMedia({ colorScheme: 'dark' });
	await page.getByLabel('Light').check();
	await page.getByRole('button', { name: 'Save theme' }).click();
	await page.getByText('Your theme is saved.').waitFor();
	assert.equal(await isDark(page), false);
	await page.getByLabel('As the system says').check();
	await page.getByRole('button', { name: 'Save theme' }).click();
	await page.getByText('Your theme is saved.').waitFor();
	assert.equal(await isDark(page), true);
	isFlawless(page, 'themes');
	await page.context().close();
});

test('signing out by the account menu, also at 390 px', async () => {
	for (const size of [WIDE, NARROW]) {
		const page = await open(browser, { size });
		await signIn(page);
		if (size === NARROW)
			await page.getByLabel('Menu').click();
		await page.getByText('Account, theme, sign out').click();
		await page.getByRole('button', { name: 'Sign out' }).click();
		await page.getByText('You are signed out.').waitFor();
		await page.goBack();
		assert.match(page.url(), /\/(login|s\/acme)/);
		await page.reload();
		assert.match(page.url(), /\/login/, 'the page before is not shown any more');
		isFlawless(page, 'signing out');
		await page.context().close();
	}
});
