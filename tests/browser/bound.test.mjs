/* Bound integrations as a subscription's admin meets them: in the list, opened, narrowed, deleted. */
import { after, before, test } from 'node:test';
import assert from 'node:assert/strict';

import { sql, sqlValue, throttleClear } from '../flow/lib/stack.mjs';
import { as } from '../flow/lib/client.mjs';
import { newName, projectId } from '../flow/lib/integration.mjs';
import { bindingsClear, boundMake } from '../flow/lib/binding.mjs';
import { person, roleGive } from '../flow/lib/people.mjs';
import { NARROW, WIDE, fitsWidth, isAccessible, isDark, isFlawless, launch, open, shot } from './lib/browser.mjs';

const OWNER = 'flow-bound-browser';
let browser, admin;

before(async () => {
	throttleClear();
	person(OWNER);
	roleGive(OWNER, 'acme', 2);
	admin = await as('admin');
	browser = await launch();
});
after(async () => {
	await browser?.close();
	bindingsClear(OWNER);
});

const WAYS = [{ scheme: 'light', size: WIDE }, { scheme: 'dark', size: WIDE }, { scheme: 'light', size: NARROW },
	{ scheme: 'dark', size: NARROW, scripts: false }];

for (const way of WAYS) {
	const title = `${way.scheme}, ${way.size.width} px${way.scripts === false ? ', without scripts' : ''}`;
	test(`the list, details, fewer projects, Delete: ${title}`, async () => {
		const name = newName('bound '), taken = newName('taken ');
		const id = boundMake(OWNER, { name });
		const page = await open(browser, { ...way, visitor: admin });
		const looks = async (what) => {
			await fitsWidth(page, what);
			assert.equal(await isDark(page), way.scheme === 'dark', what);
			if (way.scripts !== false)
				await isAccessible(page, what);
			await shot(page, `bound ${what} ${title}`);
		};

		sql(`UPDATE scope_grant g JOIN binding b ON b.account_integration_id = g.integration_id SET g.entry = 1,
			g.all_projects = 0, g.projects = '${['api', 'web'].map((p) => Number(projectId('acme', p))).sort((a, b) => a - b)}'
			WHERE b.integration_id = ${id}`);
		boundMake(OWNER, { name: taken });
		sql(`DELETE g FROM scope_grant g JOIN binding b ON b.account_integration_id = g.integration_id JOIN integration i
			ON i.id = b.integration_id WHERE i.name = '${taken}'; UPDATE subscription SET revision = revision + 1`);
		await page.goto('/s/acme/integrations');
		await page.getByLabel('Owner').selectOption('Personal');
		if (way.scripts !== false) /* htmx says so in the console when it gives up a request for a newer one */
			await page.waitForURL(/owner=personal/);
		await page.getByLabel('State').selectOption('Withdrawn');
		if (way.scripts === false)
			await page.getByRole('button', { name: 'Search' }).click();
		const row = page.getByRole('row').filter({ hasText: taken });
		await row.getByText('Withdrawn').waitFor();
		await page.getByRole('row').filter({ hasText: name }).waitFor({ state: 'detached' });
		await page.waitForURL(/owner=personal&state=withdrawn/);
		await row.getByRole('link', { name: `Rebind ${taken}` }).waitFor();
		await looks('list');

		await page.goto('/s/acme/integrations?owner=personal');
		await page.getByRole('link', { name, exact: true }).click();
		await page.getByRole('heading', { name: /^Personal integration of/ }).waitFor();
		await page.getByText('Its owner allows').waitFor();
		await looks('details');
		await page.getByRole('link', { name: 'Edit', exact: true }).click();
		await page.getByLabel('Only these projects').check();
		await page.getByLabel('web', { exact: true }).check();
		assert.ok(await page.getByLabel(/^docs/).isDisabled());
		await looks('form');
		await page.getByRole('button', { name: 'Save', exact: true }).last().click();
		await page.getByText('Your changes are saved.').waitFor();
		await page.getByRole('link', { name: 'Edit', exact: true }).click();
		await page.getByText(/Deleting it takes acme out of the scope/).waitFor();
		await page.getByLabel(`Delete ${name}`).check();
		await page.getByRole('button', { name: 'Delete', exact: true }).click();
		await page.getByText('The integration was deleted').waitFor();
		assert.equal(sqlValue(`SELECT COUNT(*) FROM integration WHERE id = ${id}`), '0');
		isFlawless(page, title);
		await page.context().close();
	});
}
