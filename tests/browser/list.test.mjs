/* The list as one types: it answers without a reload, and the address says what is shown. */
import { after, before, test } from 'node:test';
import assert from 'node:assert/strict';

import { as } from '../flow/lib/client.mjs';
import { NARROW, fitsWidth, isAccessible, isFlawless, launch, open } from './lib/browser.mjs';

const LIST = '/s/acme/integrations';
let browser;

before(async () => { browser = await launch(); });
after(() => browser.close());

const names = (page) => page.locator('.integrations tbody td:nth-child(2) > a').allTextContents();
const shows = (page, what) => page.waitForFunction((text) =>
	document.querySelector('#list [role="status"]')?.textContent.includes(text), what);

for (const scheme of ['light', 'dark'])
	test(`searching, filtering, and back again (${scheme})`, async () => {
		const page = await open(browser, { visitor: await as('admin'), scheme });
		let loads = 0;

		await page.goto(LIST);
		const all = await names(page);
		page.on('load', () => loads++);
		await page.locator('#q').pressSequentially('DOCKER');
		await shows(page, 'that match');
		assert.deepEqual(await names(page), ['docker hub']);
		assert.equal(new URL(page.url()).search, '?q=DOCKER');
		assert.equal(await page.evaluate(() => document.activeElement.id), 'q', 'one goes on typing');
		await isAccessible(page, 'list');
		await page.locator('#q').fill('');
		await shows(page, `${all.length} of ${all.length}`);
		assert.equal(new URL(page.url()).search, '');
		await page.locator('#type').selectOption('github');
		await shows(page, 'that match');
		assert.equal(new URL(page.url()).search, '?type=github');
		await page.locator('#q').pressSequentially('nowhere <b>');
		await shows(page, 'No integration matches “nowhere <b>”');
		await isAccessible(page, 'no match');
		assert.equal(loads, 0, 'all of it without a reload');
		await page.reload();
		assert.equal(await page.locator('#q').inputValue(), 'nowhere <b>', 'the address brings it all back');
		assert.equal(await page.locator('#type').inputValue(), 'github');
		await page.getByRole('link', { name: 'Show all integrations' }).click();
		await shows(page, `${all.length} of ${all.length}`);
		assert.deepEqual(await names(page), all);
		await isFlawless(page, 'list');
		await page.context().close();
	});

test('without scripts the button does it, on a narrow screen, too', async () => {
	const page = await open(browser, { visitor: await as('admin'), size: NARROW, scripts: false });

	await page.goto(LIST);
	await page.locator('#q').fill('docker');
	await page.locator('#sort').selectOption('changed');
	await page.getByRole('button', { name: 'Search' }).click();
	await page.waitForURL(/q=docker/);
	assert.deepEqual(await names(page), ['docker hub']);
	assert.match(await page.locator('.integrations').textContent(), /changed \d{4}-/);
	assert.equal(await page.locator('#sort').inputValue(), 'changed');
	await fitsWidth(page, 'list');
	await page.context().close();
});
