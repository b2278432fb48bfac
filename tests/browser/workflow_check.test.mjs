/* A check of workflow files in a browser: found, mended, checked again and sent; with and without scripts, in both
 * themes and at 390 px. */
import { after, before, beforeEach, test } from 'node:test';
import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';

import { sql, sqlValue, throttleClear } from '../flow/lib/stack.mjs';
import { as } from '../flow/lib/client.mjs';
import { cleanUp, newName, projectId } from '../flow/lib/integration.mjs';
import { projectsClear, raise } from '../flow/lib/people.mjs';
import { NARROW, WIDE, fitsWidth, isAccessible, isDark, isFlawless, launch, open, shot } from './lib/browser.mjs';

const WAYS = [{ scheme: 'light', size: WIDE }, { scheme: 'dark', size: NARROW }, { scheme: 'light', size: NARROW, scripts: false }];
const FILE = `resources:
  - name: sources
    type: gitRepo
    integration: docker hub
  - {name: flags, type: integration, integration: build-flag}
jobs:
  - {name: ship it, type: runSh, integrations: [aws-prod, "x-\${STAGE}"]}
`;

let browser, admin, home, id;

before(async () => {
	throttleClear();
	sql("UPDATE account SET theme = 'auto'");
	admin = await as('admin');
	browser = await launch();
	home = mkdtempSync(path.join(tmpdir(), 'signet-browser-'));
});
beforeEach(async () => {
	const name = newName();

	await admin.post('/s/acme/projects/new', { name });
	id = projectId('acme', name);
});
after(async () => {
	await browser?.close();
	rmSync(home, { recursive: true, force: true });
	cleanUp();
	projectsClear();
	raise();
	throttleClear();
});

/* Without scripts nothing can look for what axe knows. */
async function isFine(page, what) {
	await fitsWidth(page, what);
	if (!what.includes('without scripts'))
		await isAccessible(page, what);
	await shot(page, `check ${what}`);
}

const form = (page, label) => page.locator('form', { has: page.getByLabel(label, { exact: true }) });
const check = (page, label) => form(page, label).getByRole('button', { name: 'Check without storing' }).click();
const row = (page, name) => page.locator('.reference').filter({ has: page.locator('.reference-name', { hasText: name }) });

for (const way of WAYS) {
	const what = `${way.scheme} ${way.size.width}${way.scripts === false ? ' without scripts' : ''}`;

	test(`a paste: found, mended, checked again, sent: ${what}`, async () => {
		const page = await open(browser, { visitor: admin, ...way });

		await page.goto(`/s/acme/projects/${id}`);
		assert.equal(await isDark(page), way.scheme === 'dark');
		await page.getByLabel('Path', { exact: true }).fill('shippable.yml');
		await page.getByLabel('File', { exact: true }).fill(FILE);
		await check(page, 'Path');
		await page.getByText('4 of 4 places to look at. Nothing is stored.').waitFor();
		assert.match(await row(page, 'docker hub').innerText(), /wrong type[\s\S]*shippable\.yml:4[\s\S]*takes GitHub or GitLab/);
		assert.match(await row(page, 'build-flag').innerText(), /missing[\s\S]*Did you mean "build-flags"\?/);
		assert.equal(await row(page, 'docker hub').locator('mark').innerText(), 'docker hub');
		await isFine(page, `found ${what}`);
		await page.getByLabel('File', { exact: true }).fill(FILE.replace('gitRepo', 'image').replace('build-flag}', 'build-flags}')
			.replace('[aws-prod, "x-${STAGE}"]', '[team-slack]'));
		await check(page, 'Path');
		await page.getByText('All is fine: 3 places in 1 file. Nothing is stored.').waitFor();
		await isFine(page, `fine ${what}`);
		assert.equal(sqlValue(`SELECT COUNT(*) FROM workflow_file WHERE project_id = ${id}`), '0');
		await page.getByRole('button', { name: 'Send paste' }).click();
		await page.getByText('The files are synced.').waitFor();
		isFlawless(page, what);
		await page.context().close();
	});
}

test('chosen files: one that cannot be read, and back', async () => {
	const page = await open(browser, { visitor: admin });

	writeFileSync(path.join(home, 'a.shippable.yml'), 'jobs: [\n');
	writeFileSync(path.join(home, 'b.shippable.yml'), FILE);
	await page.goto(`/s/acme/projects/${id}`);
	await page.getByLabel('Files', { exact: true }).setInputFiles(['a', 'b'].map((n) => path.join(home, `${n}.shippable.yml`)));
	await check(page, 'Files');
	await page.getByText('4 of 4 places to look at. 1 file not readable. Nothing is stored.').waitFor();
	await page.getByText(/^Line 2: /).waitFor();
	await isFine(page, 'chosen');
	await page.getByRole('link', { name: /^Back to/ }).click();
	await page.getByText('No workflow files yet').waitFor();
	isFlawless(page, 'chosen');
	await page.context().close();
});
