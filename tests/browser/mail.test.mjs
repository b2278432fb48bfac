/* A new person gets in by mail: the address on the account's pages, the link in the mail, the password. */
import { after, before, test } from 'node:test';
import assert from 'node:assert/strict';

import { passwordOf, sql, throttleClear, until } from '../flow/lib/stack.mjs';
import { Visitor } from '../flow/lib/client.mjs';
import { smtpServer } from '../flow/lib/mail.mjs';
import { NARROW, WIDE, fitsWidth, isAccessible, isFlawless, launch, open, shot } from './lib/browser.mjs';

let browser, server;

before(async () => {
	throttleClear();
	browser = await launch();
	server = await smtpServer();
});
after(async () => {
	await browser?.close();
	await server?.stop();
	throttleClear();
});

const button = (page, name) => page.getByRole('button', { name });

async function look(page, what, scripts) {
	if (scripts !== false) {
		await fitsWidth(page, what);
		await isAccessible(page, what);
	}
	await shot(page, `mail ${what}`);
}

for (const way of [{ scheme: 'light', size: WIDE }, { scheme: 'dark', size: NARROW }, { scheme: 'light', size: NARROW, scripts: false }])
	test(`a link by mail: ${way.scheme}, ${way.size.width} px${way.scripts === false ? ', without scripts' : ''}`, async () => {
		const at = Date.now(), login = `browser-mail-${at}`, address = `somebody-with-a-rather-long-name-${at}@mail.department.example.com`;
		const password = `their own ${login}`, how = `${way.scheme} ${way.size.width}${way.scripts === false ? ' plain' : ''}`;
		const page = await open(browser, { ...way, visitor: await new Visitor().signIn('siteadmin'), expect: [403, 422] });
		const theirs = await open(browser, { ...way });

		sql('DELETE FROM confirmation');
		await page.goto('/admin/accounts/new');
		await page.getByLabel('Login').fill(login);
		await page.getByLabel('Mail address').fill('no address');
		await button(page, 'Add account').click();
		await page.getByText('Write one mail address with an @ in it').waitFor();
		await look(page, `new, refused, ${how}`, way.scripts);
		await page.getByLabel('Mail address').fill(address);
		await button(page, 'Add account').click();
		await page.getByText('Make a link for its password now').waitFor();
		await look(page, `account, ${how}`, way.scripts);
		await button(page, `Mail a link to ${address}`).click();
		await page.getByRole('heading', { name: /confirm/i }).waitFor();
		await page.getByLabel('Password').fill(passwordOf('siteadmin'));
		await button(page, 'Confirm').click();
		await page.getByText('is on its way to').waitFor();
		await look(page, `on its way, ${how}`, way.scripts);
		const mail = await until(() => server.mails().find(({ to }) => to[0] === address), 20, 'the mail is there');
		await theirs.goto(/^http\S+$/m.exec(mail.text)[0]);
		await theirs.getByLabel('New password', { exact: true }).fill(password);
		await theirs.getByLabel(/again/).fill(password);
		await theirs.locator('form button[type=submit]').last().click();
		await theirs.getByLabel('Password').fill(password);
		await button(theirs, 'Sign in').click();
		await theirs.getByText('You have no role in any subscription').waitFor();
		await theirs.goto('/account');
		assert.equal(await theirs.getByLabel('Mail address').inputValue(), address);
		await look(theirs, `own account, ${how}`, way.scripts);
		await theirs.getByLabel('Mail address').fill('another@example.com');
		await button(theirs, 'Save profile').click();
		await theirs.getByText('The profile is saved').waitFor();
		isFlawless(page, 'the site admin');
		isFlawless(theirs, 'the new person');
		await page.context().close();
		await theirs.context().close();
	});
