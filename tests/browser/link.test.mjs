/* A first password by a one-time link, in Chromium: the code is in no address that stays. */
import { after, before, test } from 'node:test';
import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';

import { BASE, admin, throttleClear } from '../flow/lib/stack.mjs';
import { person } from '../flow/lib/people.mjs';
import { NARROW, WIDE, fitsWidth, isAccessible, isDark, isFlawless, launch, open } from './lib/browser.mjs';

const LOGIN = 'browser-link';
let browser;

before(async () => {
	throttleClear();
	person(LOGIN);
	browser = await launch();
});
after(async () => {
	await browser?.close();
	throttleClear();
});

for (const way of [{ scheme: 'dark', size: WIDE }, { scheme: 'light', size: NARROW }])
	test(`the link, a password, signing in: ${way.scheme}, ${way.size.width} px`, async () => {
		const [address] = admin(['account', 'link', LOGIN]).split('\n');
		const password = randomBytes(12).toString('base64url');
		const page = await open(browser, { ...way, expect: [410, 422] });

		await page.goto(address);
		assert.equal(page.url(), `${BASE}/password`);
		for (const what of ['the form', 'the form with its error']) {
			await fitsWidth(page, what);
			await isAccessible(page, what);
			assert.equal(await isDark(page), way.scheme === 'dark');
			await page.getByLabel('New password', { exact: true }).fill('short');
			await page.getByLabel('New password again').fill('short');
			await page.getByRole('button', { name: 'Set password' }).click();
			await page.getByText('A password needs 12 to 1024 characters.').waitFor();
		}
		await page.getByLabel('New password', { exact: true }).fill(password);
		await page.getByLabel('New password again').fill(password);
		await page.keyboard.press('Enter');
		await page.getByText('Your password is set. Sign in with it.').waitFor();
		assert.equal(await page.getByLabel('Login').inputValue(), LOGIN);
		await page.getByLabel('Password').fill(password);
		await page.keyboard.press('Enter');
		await page.waitForURL(`${BASE}/`);
		await page.goto('/password');
		await page.getByText('This link is not good any more').waitFor();
		await fitsWidth(page, 'the page of a link that is over');
		await isAccessible(page, 'the page of a link that is over');
		isFlawless(page, 'the walk');
		await page.context().close();
	});
