/* Two people edit the same integration: the second one chooses, with and without scripts, in both themes. */
import { after, before, test } from 'node:test';
import assert from 'node:assert/strict';

import { sql, throttleClear } from '../flow/lib/stack.mjs';
import { as } from '../flow/lib/client.mjs';
import { add, cleanUp, jenkins, newName, newSecret, pathOf, rowOf } from '../flow/lib/integration.mjs';
import { NARROW, WIDE, fitsWidth, isAccessible, isDark, isFlawless, launch, open, shot } from './lib/browser.mjs';

let browser;

before(async () => {
	throttleClear();
	sql("UPDATE account SET theme = 'auto'");
	browser = await launch();
});
after(async () => {
	await browser?.close();
	cleanUp();
});

const WAYS = [{ scheme: 'light', size: WIDE }, { scheme: 'dark', size: WIDE }, { scheme: 'light', size: NARROW },
	{ scheme: 'dark', size: NARROW, scripts: false }];

for (const way of WAYS) {
	const title = `${way.scheme}, ${way.size.width} px${way.scripts === false ? ', without scripts' : ''}`;
	test(`two people, one integration: ${title}`, async () => {
		const admin = await as('admin'), member = await as('member');
		const id = await add(admin, 'jenkins', jenkins());
		const first = await open(browser, { ...way, visitor: member });
		const second = await open(browser, { ...way, visitor: admin, expect: [409, 422] });
		const mine = newName('mine '), theirs = newName('theirs ');
		const looks = async (what) => {
			await fitsWidth(second, what);
			assert.equal(await isDark(second), way.scheme === 'dark', what);
			if (way.scripts !== false)
				await isAccessible(second, what);
			await shot(second, `${what} ${title}`);
		};

		await first.goto(`${pathOf(id)}/edit`);
		await second.goto(`${pathOf(id)}/edit`);
		await first.getByLabel('Name', { exact: true }).fill(theirs);
		await first.getByLabel('Username').fill('ci-bot-two');
		await first.getByLabel('URL 1, required').fill('https://ci.one.example/a-path/of-some-length/for-the-narrow-page');
		await first.getByLabel('API token or password').fill(newSecret());
		await first.getByRole('button', { name: 'Save', exact: true }).last().click();
		await first.waitForURL(/\/integrations\/\d+$/);

		await second.getByLabel('Name', { exact: true }).fill(mine);
		await second.getByLabel('API token or password').fill(newSecret());
		await second.getByRole('button', { name: 'Save', exact: true }).last().click();
		await second.getByRole('heading', { name: /Member of acme \(member\) changed this/ }).waitFor();
		await looks('the conflict');
		assert.equal(await second.getByLabel('Username').inputValue(), 'ci-bot-two', 'taken over');
		assert.equal(await second.getByLabel('Name', { exact: true }).inputValue(), mine, 'kept');

		/* by keyboard: nothing chosen, then one of the two, then the other */
		await second.getByRole('button', { name: 'Save on top of theirs' }).focus();
		await second.keyboard.press('Enter');
		await second.locator('#asks-error').waitFor();
		await looks('a choice is missing');
		const choices = (name) => second.getByRole('group', { name, exact: true });
		await choices('Name').getByLabel(/^Theirs/).focus();
		await second.keyboard.press('Space');
		await choices('API token or password').getByLabel(/^Yours/).focus();
		await second.keyboard.press('Space');
		await second.getByRole('button', { name: 'Save on top of theirs' }).focus();
		await second.keyboard.press('Enter');
		await second.waitForURL(/\/integrations\/\d+$/);
		assert.deepEqual([rowOf(id).name, rowOf(id).version], [theirs, 3]);
		for (const [page, what] of [[first, 'the first'], [second, 'the second']]) {
			isFlawless(page, what);
			await page.context().close();
		}
	});
}

for (const way of WAYS) {
	const title = `${way.scheme}, ${way.size.width} px${way.scripts === false ? ', without scripts' : ''}`;
	test(`details, disabled and enabled: ${title}`, async () => {
		const admin = await as('admin');
		const id = await add(admin, 'sshKey', { name: newName('a key: with a colon '), values: { publicKey: 'ssh-ed25519 AAAA' },
			secrets: { privateKey: newSecret() } });
		const page = await open(browser, { ...way, visitor: admin });
		const looks = async (what) => {
			await fitsWidth(page, what);
			if (way.scripts !== false)
				await isAccessible(page, what);
			await shot(page, `${what} ${title}`);
		};

		await page.goto(pathOf(id));
		await looks('details');
		assert.match(await page.locator('#use-1').textContent(), /^- integrationName: "flow a key: with a colon \w+"\n {2}type: sshKey$/);
		if (way.scripts === false) {
			assert.equal(await page.getByRole('button', { name: 'Copy' }).count(), 0);
		} else {
			await page.context().grantPermissions(['clipboard-read', 'clipboard-write']);
			await page.getByRole('button', { name: 'Copy' }).first().click();
			await page.getByRole('button', { name: 'Copied' }).waitFor();
			assert.equal(await page.evaluate(() => navigator.clipboard.readText()), await page.locator('#use-1').textContent());
		}
		await page.locator('summary', { hasText: 'Disable' }).click();
		await page.getByLabel('Why?').fill('The key was on a laptop that is lost; a new one comes tomorrow.');
		await page.getByRole('button', { name: 'Disable', exact: true }).click();
		await page.getByRole('heading', { name: /^Disabled/ }).waitFor();
		await looks('disabled');
		await page.goto('/s/acme/integrations');
		await page.locator('.integrations .badge', { hasText: 'Disabled' }).first().waitFor();
		await looks('list with a disabled one');
		await page.goto(pathOf(id));
		await page.getByRole('button', { name: 'Enable' }).click();
		await page.getByText('The integration is enabled again.').waitFor();
		isFlawless(page, 'details');
		await page.context().close();
	});

	test(`+ Add: the search among types: ${title}`, async () => {
		const page = await open(browser, { ...way, visitor: await as('admin') });
		const scripts = way.scripts !== false;
		const search = async (text) => {
			await page.getByRole('searchbox').fill(text);
			if (!scripts)
				await page.keyboard.press('Enter');
		};
		const cards = page.locator('a.card-link:visible');

		await page.goto('/s/acme/integrations/new');
		assert.ok(await page.getByRole('searchbox').evaluate((e) => e === document.activeElement), 'one can type at once');
		await shot(page, `types ${title}`);
		await search('ssh');
		await page.getByRole('status').filter({ hasText: 'One type' }).waitFor();
		assert.equal(await cards.count(), 1);
		assert.equal(await page.locator('h2.subheader:visible').count(), 1, 'a family without a card is away');
		if (!scripts)
			await page.goto('/s/acme/integrations/new');
		await search('nothing is called so');
		await page.getByText('No type fits').waitFor();
		await fitsWidth(page, 'no type');
		if (scripts)
			await isAccessible(page, 'no type');
		await shot(page, `no type ${title}`);
		if (!scripts)
			await page.goto('/s/acme/integrations/new');
		await search('KEY ssh');
		await cards.first().waitFor();
		await page.getByRole('searchbox').focus();
		await page.keyboard.press('Tab');
		await page.keyboard.press('Tab');
		if (!scripts)
			await page.keyboard.press('Tab'); /* "Show all" */
		await page.keyboard.press('Enter');
		await page.waitForURL(/type=sshKey/);
		if (scripts) {
			await page.setInputFiles('#file-privateKey', { name: 'photo.jpg', mimeType: 'image/jpeg', buffer: Buffer.alloc(2e6, 'x') });
			await page.getByText('photo.jpg has 2000000 bytes, and at most 32768 fit. Choose another file.').waitFor();
			assert.equal(await page.locator('#file-privateKey').inputValue(), '');
		}
		await page.setInputFiles('#file-privateKey', { name: 'id_ed25519', mimeType: 'application/octet-stream', buffer: Buffer.from('-----BEGIN KEY-----\nx\n') });
		await page.setInputFiles('#file-publicKey', { name: 'id_ed25519.pub', mimeType: 'text/plain', buffer: Buffer.from('ssh-ed25519 AAAA\n') });
		await fitsWidth(page, 'files');
		await shot(page, `files ${title}`);
		await page.getByLabel('Name', { exact: true }).fill(newName());
		await page.getByRole('button', { name: 'Save', exact: true }).last().click();
		await page.waitForURL(/\/integrations\/\d+$/);
		isFlawless(page, 'types');
		await page.context().close();
	});
}
