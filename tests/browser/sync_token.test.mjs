/* Sync tokens in a browser: from a project's page to a token that is copied, used and revoked, by keyboard
 * alone; with a confirmation on the way; in both themes and at 390 px. */
import { after, before, beforeEach, test } from 'node:test';
import assert from 'node:assert/strict';

import { passwordOf, quote, sql, sqlValue, throttleClear } from '../flow/lib/stack.mjs';
import { Visitor, as } from '../flow/lib/client.mjs';
import { newName, projectId } from '../flow/lib/integration.mjs';
import { projectsClear, raise } from '../flow/lib/people.mjs';
import { Program } from '../flow/lib/program.mjs';
import { NARROW, WIDE, fitsWidth, isAccessible, isDark, isFlawless, launch, open, shot } from './lib/browser.mjs';

const WAYS = [{ scheme: 'light', size: WIDE }, { scheme: 'dark', size: WIDE }, { scheme: 'light', size: NARROW },
	{ scheme: 'dark', size: NARROW, scripts: false }];
const LONG = `flow ${'wide-'.repeat(11)}`.slice(0, 60);

let browser, admin, project, address;

before(async () => {
	throttleClear();
	sql("UPDATE account SET theme = 'auto'");
	admin = await as('admin');
	browser = await launch();
});
beforeEach(async () => {
	const name = newName();

	await admin.post('/s/acme/projects/new', { name });
	project = { name, id: projectId('acme', name) };
	address = `/s/acme/projects/${project.id}`;
});
after(async () => {
	await browser?.close();
	projectsClear();
	raise();
	throttleClear();
});

/* Without scripts nothing can look for what axe knows. */
async function isFine(page, what) {
	await fitsWidth(page, what);
	if (!what.includes('without scripts'))
		await isAccessible(page, what);
	await shot(page, `sync tokens ${what}`);
}

const send = (token) => new Program(token).send('PUT', `/api/v1/s/acme/projects/${project.id}/workflow?path=shippable.yml`,
	{ body: 'jobs: []\n', headers: { 'Content-Type': 'application/octet-stream' } });
const press = (page, name) => page.getByRole('button', { name, exact: true }).click();

for (const way of WAYS) {
	const what = `${way.scheme} ${way.size.width}${way.scripts === false ? ' without scripts' : ''}`;

	test(`made, used, revoked: ${what}`, async () => {
		const page = await open(browser, { visitor: admin, ...way, expect: [422] });

		await page.goto(address);
		await isFine(page, `project ${what}`);
		await page.getByRole('link', { name: 'Sync tokens', exact: true }).click();
		await page.getByText('No sync tokens').waitFor();
		assert.equal(await isDark(page), way.scheme === 'dark');
		await isFine(page, `empty ${what}`);
		/* refused, with all that was typed */
		await page.getByLabel('Name', { exact: true }).fill(` ${LONG}`);
		await page.getByLabel('Days until it ends').fill('400');
		await press(page, 'Make sync token');
		await page.locator('#name-error').waitFor();
		await page.locator('#days-error').waitFor();
		assert.equal(await page.getByLabel('Name', { exact: true }).inputValue(), ` ${LONG}`);
		assert.equal(await page.getByLabel('Days until it ends').inputValue(), '400');
		await isFine(page, `wrong ${what}`);
		await page.getByLabel('Name', { exact: true }).fill(LONG);
		await page.getByLabel('Days until it ends').fill('30');
		await press(page, 'Make sync token');
		await page.getByText('Copy it now').waitFor();
		const token = await page.locator('#made-token').innerText();
		assert.match(token, /^sgs_[\w-]{43}$/);
		assert.ok(!page.url().includes('sgs_'));
		await fitsWidth(page, `made ${what}`);
		if (way.scripts !== false)
			await isAccessible(page, `made ${what}`);
		assert.equal((await send(token)).status, 200);
		/* once: not when the page is opened again */
		await page.goto(`${address}/tokens`);
		await page.getByRole('row', { name: LONG }).getByText('from 127.0.0.1').waitFor();
		assert.ok(!(await page.content()).includes(token));
		sql(`INSERT INTO sync_token (subscription_id, project_id, token_hash, name, created_at, created_by, expires_at) SELECT subscription_id,
			project_id, RANDOM_BYTES(32), 'an ended one', created_at - 8640000, created_by, created_at - 1000 FROM sync_token WHERE name = ${quote(LONG)}`);
		await page.reload();
		await page.getByText('Ended', { exact: true }).waitFor();
		await isFine(page, `list ${what}`);
		await page.getByRole('button', { name: `Revoke ${LONG}` }).click();
		await page.getByText('The sync token is revoked').waitFor();
		assert.equal((await send(token)).status, 401);
		isFlawless(page, what);
		await page.context().close();
	});
}

test('going back does not show it again: the browser has not kept the answer', async () => {
	const page = await open(browser, { visitor: admin });

	await page.goto(`${address}/tokens`);
	await page.getByLabel('Name', { exact: true }).fill('back');
	await press(page, 'Make sync token');
	await page.locator('#made-token').waitFor();
	await page.goto(address);
	await assert.rejects(page.goBack(), /ERR_CACHE_MISS/);
	await page.context().close();
});

test('by keyboard alone: made, copied, revoked', async () => {
	const page = await open(browser, { visitor: admin });
	const tabTo = async (locator) => {
		for (let k = 0; k < 60 && !(await locator.evaluate((e) => e === document.activeElement)); k++)
			await page.keyboard.press('Tab');
		assert.ok(await locator.evaluate((e) => e === document.activeElement), `${locator} is reached by Tab`);
	};

	await page.context().grantPermissions(['clipboard-read', 'clipboard-write']);
	await page.goto(address);
	await tabTo(page.getByRole('link', { name: 'Sync tokens', exact: true }));
	await page.keyboard.press('Enter');
	await page.getByText('No sync tokens').waitFor();
	await tabTo(page.getByLabel('Name', { exact: true }));
	await page.keyboard.type('by keyboard');
	await page.keyboard.press('Tab');
	await page.keyboard.press('Enter');
	await page.getByText('Copy it now').waitFor();
	await tabTo(page.getByRole('button', { name: 'Copy' }));
	await page.keyboard.press('Enter');
	await page.getByText('Copied.').waitFor();
	assert.equal(await page.evaluate(() => navigator.clipboard.readText()), await page.locator('#made-token').innerText());
	await tabTo(page.getByRole('button', { name: 'Revoke by keyboard' }));
	await page.keyboard.press('Enter');
	await page.getByText('The sync token is revoked').waitFor();
	isFlawless(page, 'keyboard');
	await page.context().close();
});

test('who signed in long ago confirms it first, and then has the token', async () => {
	const visitor = await new Visitor().signIn('admin');
	const page = await open(browser, { visitor, expect: [403] });

	throttleClear();
	sql(`DELETE c FROM confirmation c JOIN account a ON a.id = c.account_id WHERE a.login = 'admin'`);
	await page.goto(`${address}/tokens`);
	await page.getByLabel('Name', { exact: true }).fill('confirmed');
	await page.getByLabel('Days until it ends').fill('7');
	await press(page, 'Make sync token');
	await page.getByRole('heading', { name: 'Confirm it\'s you' }).waitFor();
	assert.equal(sqlValue(`SELECT COUNT(*) FROM sync_token WHERE name = 'confirmed'`), '0');
	await page.getByLabel('Password').fill(passwordOf('admin'));
	await press(page, 'Confirm');
	await page.getByText('Copy it now').waitFor();
	assert.equal((await send(await page.locator('#made-token').innerText())).status, 200);
	assert.equal(sqlValue(`SELECT expires_at - created_at FROM sync_token WHERE name = 'confirmed'`), String(7 * 86400));
	isFlawless(page, 'confirm');
	await page.context().close();
});
