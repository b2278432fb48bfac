/* Who may use one's own integration, by hand: from its scope page, and from + Add of a subscription, where one is
 * made on the spot. */
import { after, before, test } from 'node:test';
import assert from 'node:assert/strict';

import { quote, sql, sqlValue, throttleClear } from '../flow/lib/stack.mjs';
import { Visitor, as } from '../flow/lib/client.mjs';
import { add, cleanUp, jenkins, newName, newSecret, projectId } from '../flow/lib/integration.mjs';
import { accountId, person, roleTake } from '../flow/lib/people.mjs';
import { Program } from '../flow/lib/program.mjs';
import { NARROW, WIDE, fitsWidth, isAccessible, isDark, isFlawless, launch, open, shot } from './lib/browser.mjs';

const OWNER = 'flow-scope-browser';
let browser, owner;

before(async () => {
	const password = person(OWNER), admin = await as('admin');

	throttleClear();
	roleTake(OWNER);
	assert.equal((await admin.post('/s/acme/people/new', { login: OWNER, role: 'member' })).status, 303);
	sql(`UPDATE account SET theme = 'auto', name = 'Scope Browser' WHERE id = ${accountId(OWNER)}`);
	owner = await new Visitor().signIn(OWNER, password);
	browser = await launch();
});
after(async () => {
	await browser?.close();
	cleanUp();
	roleTake(OWNER);
});

async function confirm(page) {
	await page.getByRole('heading', { name: "Confirm it's you" }).waitFor();
	await page.locator('input[type=password]').first().fill(person(OWNER));
	await page.keyboard.press('Enter');
}

const WAYS = [{ scheme: 'light', size: WIDE }, { scheme: 'dark', size: WIDE }, { scheme: 'light', size: NARROW },
	{ scheme: 'dark', size: NARROW, scripts: false }];

for (const way of WAYS) {
	const title = `${way.scheme}, ${way.size.width} px${way.scripts === false ? ', without scripts' : ''}`;
	const lookAt = (page) => async (what) => {
		await fitsWidth(page, what);
		assert.equal(await isDark(page), way.scheme === 'dark', what);
		if (way.scripts !== false)
			await isAccessible(page, what);
		await shot(page, `scope ${what} ${title}`);
	};
	const states = (id) => sqlValue(`SELECT CONCAT_WS(' ', (SELECT COUNT(*) FROM scope_grant WHERE integration_id = ${id}),
		(SELECT COUNT(*) FROM binding WHERE account_integration_id = ${id}))`);

	test(`what workflow files name stays, and a rebind warns: ${title}`, async () => {
		const admin = await as('admin'), name = newName('named '), scope = (id) => `/integrations/${id}/scope/${sqlValue("SELECT id FROM subscription WHERE slug = 'acme'")}`;
		const id = await add(owner, 'jenkins', jenkins({ name }), null), other = await add(admin, 'jenkins', jenkins(), null);
		const file = `/api/v1/s/acme/projects/${projectId('acme', 'web')}/workflow?path=named.yml`;
		const program = await Program.of(admin, ['workflow']);

		await owner.post('/confirm', { confirm_password: person(OWNER), confirm_next: '/account' });
		assert.equal((await owner.post(scope(id), { name, scope: 'all' })).status, 303);
		assert.equal((await admin.post(scope(other), { name: newName(), scope: 'some', project: projectId('acme', 'docs') })).status, 303);
		assert.equal((await program.send('PUT', file, { headers: { 'Content-Type': 'application/octet-stream' },
			body: `jobs:\n  - name: ship\n    type: runSh\n    integrations: ["${name}"]\n` })).status, 200);
		try {
			const mine = await open(browser, { ...way, visitor: owner }), theirs = await open(browser, { ...way, visitor: admin });
			const handle = sqlValue(`SELECT integration_id FROM binding WHERE account_integration_id = ${id}`);

			await mine.goto(`${scope(id)}/remove`);
			await mine.getByText('cannot be taken out of its scope').waitFor();
			await lookAt(mine)('named, take out');
			assert.equal(await mine.getByRole('button', { name: 'Take acme out' }).count(), 0);
			await mine.goto(`/integrations/${id}/edit`);
			await mine.getByText('so it cannot be deleted').waitFor();
			await lookAt(mine)('named, delete');
			await theirs.goto(`/s/acme/integrations/${handle}/rebind?to=${other}`);
			await theirs.getByText('One place in workflow files names it').waitFor();
			await fitsWidth(theirs, 'rebind warns');
			if (way.scripts !== false)
				await isAccessible(theirs, 'rebind warns');
			await shot(theirs, `scope rebind warns ${title}`);
			isFlawless(mine, title);
			isFlawless(theirs, title);
		} finally {
			await program.send('DELETE', file);
		}
	});

	test(`allow, narrow, withdraw, take out: ${title}`, async () => {
		const name = newName('my jenkins '), id = await add(owner, 'jenkins', jenkins({ name }), null);
		const page = await open(browser, { ...way, visitor: owner, expect: [422, 403] }), looks = lookAt(page);

		await page.goto(`/integrations/${id}`);
		await page.getByRole('link', { name: 'Choose where' }).click();
		await looks('nowhere yet');
		await page.getByRole('link', { name: 'Let acme use it' }).click();
		await page.getByText('Admins of acme can have runners receive these values').waitFor();
		await page.getByLabel('Name in acme').fill('jenkins-prod');
		await page.getByLabel('Only these projects').check();
		await page.getByLabel('web', { exact: true }).check();
		sql(`DELETE FROM confirmation WHERE account_id = ${accountId(OWNER)}`);
		await page.getByLabel('Name in acme').press('Enter');
		await page.locator('#name-error').waitFor();
		await looks('name taken');
		assert.ok(await page.getByLabel('web', { exact: true }).isChecked());
		await page.getByLabel('Name in acme').fill(name);
		await page.getByRole('button', { name: 'Allow it', exact: true }).click();
		await confirm(page);
		await page.getByText('The bound integration is there.').waitFor();
		assert.equal(states(id), '1 1');
		await looks('in scope');

		await page.getByLabel('docs', { exact: true }).check();
		await page.getByRole('button', { name: 'Save', exact: true }).last().click();
		await page.getByText('Your changes are saved.').waitFor();
		await page.getByText('docs, web').waitFor();
		await page.locator('summary', { hasText: 'Another name for it' }).click();
		await page.getByLabel('Name in acme').fill(`${name} b`);
		await page.getByLabel('Name in acme').press('Enter');
		await page.getByText('The bound integration is there.').waitFor();
		await page.getByRole('navigation', { name: 'Breadcrumb' }).getByRole('link', { name: 'Scope' }).click();
		await looks('list');

		await page.getByRole('link', { name: 'Change what acme may use' }).click();
		await page.getByRole('button', { name: 'Withdraw' }).click();
		await page.getByText('Withdrawn. Runners get no value from now on.').waitFor();
		assert.equal(states(id), '0 2');
		await looks('withdrawn');
		await page.getByRole('link', { name: 'Take out…' }).click();
		await page.getByText('These 2 bound integrations of acme are deleted').waitFor();
		await looks('taking out');
		await page.getByRole('button', { name: 'Take acme out' }).focus();
		await page.keyboard.press('Enter');
		await page.getByText('The subscription is out of the scope').waitFor();
		assert.equal(states(id), '0 0');
		isFlawless(page, title);
		await page.context().close();
	});

	test(`used from + Add, made on the spot: ${title}`, async () => {
		const name = newName('made here '), handle = newName('handle ');
		const page = await open(browser, { ...way, visitor: owner, expect: [422, 403] }), looks = lookAt(page);

		await add(owner, 'jenkins', jenkins({ name: newName('another ') }), null);
		await page.goto('/s/acme/integrations');
		await page.getByRole('link', { name: 'Add', exact: true }).first().click();
		await page.getByRole('link', { name: 'Use an account integration' }).click();
		await looks('own to choose from');
		if (way.scripts !== false) {
			await page.getByLabel('Which of yours?').fill('nothing of this name');
			await page.getByText('None of yours fits.').waitFor();
			await page.getByLabel('Which of yours?').fill('another');
		}
		await page.getByRole('link', { name: /^flow another/ }).first().click();
		await page.getByLabel('Name in acme').fill(handle);
		await page.getByLabel('Only these projects').check();
		await page.getByLabel('mobile', { exact: true }).check();
		await page.getByRole('button', { name: 'Create a new one…' }).click();
		await page.getByText('Once it is saved, you go on where you came from.').waitFor();
		await looks('type of a new one');
		await page.getByRole('link', { name: /^Jenkins/ }).click();
		await page.getByLabel('Name', { exact: true }).fill(name);
		await page.getByLabel('URL 1, required').fill('https://ci.one.example/');
		await page.getByLabel('Username').fill('ci-bot');
		await page.getByLabel('API token or password').fill(newSecret());
		await page.getByRole('button', { name: 'Save', exact: true }).last().click();
		await page.getByText('The integration was added.').waitFor();
		await page.getByText(name, { exact: true }).waitFor();
		assert.equal(await page.getByLabel('Name in acme').inputValue(), handle);
		assert.ok(await page.getByLabel('mobile', { exact: true }).isChecked());
		await looks('the form as it was');
		sql(`DELETE FROM confirmation WHERE account_id = ${accountId(OWNER)}`);
		await page.getByRole('button', { name: 'Add', exact: true }).last().click();
		await confirm(page);
		await page.getByText('The bound integration is there.').waitFor();
		await page.getByRole('heading', { name: handle }).waitFor();
		await looks('the bound one');
		const id = sqlValue(`SELECT id FROM integration WHERE name = ${quote(name)}`);
		assert.equal(states(id), '1 1');
		await page.goto(`/s/acme/integrations/new?tab=own&use=${id}`);
		await page.getByText('You allowed acme this before, and it stays as it is.').waitFor();
		await looks('allowed before');
		isFlawless(page, title);
		await page.context().close();
	});
}
