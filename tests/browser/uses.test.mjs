/* How often workflow files name an integration: in the list, as a link to where, and as filters with a day. */
import { after, before, test } from 'node:test';
import assert from 'node:assert/strict';

import { sql, throttleClear } from '../flow/lib/stack.mjs';
import { as } from '../flow/lib/client.mjs';
import { projectsClear, raise } from '../flow/lib/people.mjs';
import { Program } from '../flow/lib/program.mjs';
import { NARROW, fitsWidth, isAccessible, isFlawless, launch, open } from './lib/browser.mjs';

const LIST = '/s/acme/integrations';
let admin, browser;

before(async () => {
	throttleClear();
	browser = await launch();
	admin = await as('admin');
	const to = (await admin.post('/s/acme/projects/new', { name: 'flow uses' })).location;
	const program = await Program.of(admin, ['workflow']);
	const answer = await program.send('PUT', `/api/v1${to}/workflow?path=ci.yml`, { headers: { 'Content-Type': 'application/octet-stream' },
		body: 'jobs:\n- {name: a, type: runSh, integrations: [docker hub, team-slack]}\n- {name: b, type: runSh, integrations: [docker hub]}\n' });
	assert.equal(answer.status, 200);
	sql(`UPDATE integration SET used_at = 1800000000 WHERE name = 'gh-release'`);
	raise();
});
after(async () => {
	await browser?.close();
	projectsClear();
	sql(`UPDATE integration SET used_at = 0 WHERE name = 'gh-release'; DELETE FROM access_token WHERE name LIKE 'flow %'`);
	raise();
	throttleClear();
});

const names = (page) => page.locator('.integrations tbody td:nth-child(2) > a').allTextContents();
const used = (page, name) => page.locator('.integrations tbody tr').filter({ has: page.getByRole('link', { name, exact: true }) })
	.locator('td:nth-child(6)');
const shows = (page, what) => page.waitForFunction((text) =>
	document.querySelector('#list [role="status"]')?.textContent.includes(text), what);

for (const scheme of ['light', 'dark'])
	test(`from the list to the places, and what is unused since a day (${scheme})`, async () => {
		const page = await open(browser, { visitor: admin, scheme });

		await page.goto(LIST);
		const all = await names(page);
		assert.equal(await used(page, 'docker hub').textContent(), '2 places');
		assert.equal(await used(page, 'team-slack').textContent(), '1 place');
		assert.equal(await used(page, 'gh-release').textContent(), 'unused since 2027-01-15');
		assert.equal(await used(page, 'registry').textContent(), 'unused');
		assert.equal(await page.locator('#since').isVisible(), false, 'a day is for what is unused');
		await isAccessible(page, 'counts');
		await page.locator('#use').selectOption('used');
		await shows(page, '2 of 2 that match');
		assert.deepEqual(await names(page), ['docker hub', 'team-slack']);
		await page.locator('#use').selectOption('unused');
		await shows(page, `${all.length - 2} of ${all.length - 2} that match`);
		await page.locator('#since').fill('2027-01-15');
		await shows(page, `${all.length - 3} of ${all.length - 3} that match`);
		assert.ok(!(await names(page)).includes('gh-release'));
		assert.equal(new URL(page.url()).search, '?use=unused&since=2027-01-15');
		await isAccessible(page, 'a day');
		await page.locator('#since').fill('2027-01-16');
		await shows(page, `${all.length - 2} of ${all.length - 2} that match`);
		await page.reload();
		assert.equal(await page.locator('#since').inputValue(), '2027-01-16', 'the address brings it back');
		await isFlawless(page, 'unused ones');
		await page.locator('#use').selectOption('');
		await shows(page, `${all.length} of ${all.length}`);
		await page.getByRole('link', { name: 'docker hub: 2 places' }).click();
		await page.getByRole('heading', { name: 'Where docker hub is used' }).waitFor();
		assert.equal(await page.locator('li.reference').count(), 2);
		await page.context().close();
	});

test('without scripts, on a narrow screen', async () => {
	const page = await open(browser, { visitor: admin, size: NARROW, scripts: false });

	await page.goto(LIST);
	await fitsWidth(page, 'counts');
	await page.locator('#use').selectOption('unused');
	assert.ok(await page.locator('#since').isVisible());
	await page.locator('#since').fill('2027-01-15');
	await page.getByRole('button', { name: 'Search' }).click();
	await page.waitForURL(/use=unused&since=2027-01-15/);
	assert.ok(!(await names(page)).includes('docker hub') && !(await names(page)).includes('gh-release'));
	assert.ok((await names(page)).includes('registry'));
	await fitsWidth(page, 'unused ones');
	await page.context().close();
});
