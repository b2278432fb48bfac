/* "Confirm it's you" in Chromium: a 307 sends the form again, past the policy and the check of its origin. */
import { after, before, test } from 'node:test';
import assert from 'node:assert/strict';

import { quote, sql, sqlValue, throttleClear } from '../flow/lib/stack.mjs';
import { Visitor } from '../flow/lib/client.mjs';
import { person } from '../flow/lib/people.mjs';
import { NARROW, WIDE, fitsWidth, isAccessible, isDark, isFlawless, launch, open } from './lib/browser.mjs';

const LOGIN = 'browser-confirm';
let browser;

before(async () => {
	throttleClear();
	person(LOGIN);
	browser = await launch();
});
after(async () => {
	await browser?.close();
	throttleClear();
	sql(`UPDATE account SET theme = 'auto' WHERE login = ${quote(LOGIN)}`);
});

/* A form that waits, as a page of ours would make it. */
async function waiting(page, fields) {
	await page.evaluate((list) => {
		const form = document.querySelector('form[action="/confirm"]');
		for (const [name, value] of list) {
			const input = document.createElement('input');
			Object.assign(input, { type: 'hidden', name, value });
			form.append(input);
		}
	}, fields);
}

for (const way of [{ scheme: 'light', size: WIDE }, { scheme: 'dark', size: NARROW }])
	test(`the password, and on with the form: ${way.scheme}, ${way.size.width} px`, async () => {
		const visitor = await new Visitor().signIn(LOGIN, person(LOGIN));
		const page = await open(browser, { ...way, visitor, expect: [422] });

		sql(`UPDATE account SET theme = 'auto' WHERE login = ${quote(LOGIN)}`);
		await page.goto('/confirm');
		await fitsWidth(page, 'the page');
		await isAccessible(page, 'the page');
		assert.equal(await isDark(page), way.scheme === 'dark');
		assert.ok(await page.getByLabel('Password').evaluate((e) => e === document.activeElement), 'one can type at once');
		await waiting(page, [['confirm_to', '/account/theme'], ['theme', 'dark'], ['x'.repeat(100), 'y'.repeat(50)]]);
		await page.getByLabel('Password').fill('not the password');
		await page.getByRole('button', { name: 'Confirm' }).click();
		await page.getByText('This is not your password. Try again.').waitFor();
		await fitsWidth(page, 'the page with its error');
		await isAccessible(page, 'the page with its error');
		const sent = page.waitForRequest((request) => request.method() === 'POST' && request.url().endsWith('/account/theme'));
		await page.getByLabel('Password').fill(person(LOGIN));
		await page.keyboard.press('Enter');
		const headers = await (await sent).allHeaders();
		assert.equal(headers.origin, new URL(page.url()).origin);
		await page.waitForURL('**/account');
		await page.getByText('Your theme is saved.').waitFor();
		assert.equal(sqlValue(`SELECT theme FROM account WHERE login = ${quote(LOGIN)}`), 'dark');
		isFlawless(page, 'the walk');
		await page.context().close();
	});
