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
		await second.getByRole('heading', { name: /Member of acme changed this/ }).waitFor();
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
