/* Workflow files in a browser: sent by paste and as chosen files, with and without scripts; the project's page
 * and what an integration is used by, in both themes and at 390 px. */
import { after, before, beforeEach, test } from 'node:test';
import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';

import { sql, throttleClear } from '../flow/lib/stack.mjs';
import { as } from '../flow/lib/client.mjs';
import { cleanUp, newName, projectId } from '../flow/lib/integration.mjs';
import { projectsClear, raise } from '../flow/lib/people.mjs';
import { NARROW, WIDE, fitsWidth, isAccessible, isDark, isFlawless, launch, open, shot } from './lib/browser.mjs';

const WAYS = [{ scheme: 'light', size: WIDE }, { scheme: 'dark', size: NARROW }, { scheme: 'light', size: NARROW, scripts: false }];
const CI = 'integrations:\n  hub:\n    - {integrationName: docker-hub, type: dockerRegistryLogin}\n  notifications:\n' +
	'    - {integrationName: team-slack, type: slack}\n';
const JOBS = 'jobs:\n  - name: ship it\n    type: runSh\n    integrations: [build-flags, aws-prod, "x-${STAGE}"]\n';

let browser, admin, home, address;

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
	address = `/s/acme/projects/${projectId('acme', name)}`;
});
after(async () => {
	await browser?.close();
	rmSync(home, { recursive: true, force: true });
	cleanUp();
	projectsClear();
	raise();
	throttleClear();
});

const press = (page, name) => page.getByRole('button', { name, exact: true }).click();

/* Without scripts nothing can look for what axe knows. */
async function isFine(page, what) {
	await fitsWidth(page, what);
	if (!what.includes('without scripts'))
		await isAccessible(page, what);
	await shot(page, `workflow ${what}`);
}

/* Its line in the list of references. */
const row = (page, name) => page.locator('.reference').filter({ has: page.locator('.reference-name', { hasText: name }) });

async function paste(page, file, text) {
	const form = page.getByText('Send workflow files…');

	if (!(await page.getByLabel('Path', { exact: true }).isVisible()))
		await form.click();
	await page.getByLabel('Path', { exact: true }).fill(file);
	await page.getByLabel('File', { exact: true }).fill(text);
	await press(page, 'Send paste');
}

for (const way of WAYS) {
	const what = `${way.scheme} ${way.size.width}${way.scripts === false ? ' without scripts' : ''}`;

	test(`from an empty page to what does not resolve: ${what}`, async () => {
		const page = await open(browser, { visitor: admin, ...way, expect: [422] });

		await page.goto(address);
		await page.getByText('No workflow files yet').waitFor();
		assert.equal(await isDark(page), way.scheme === 'dark');
		await isFine(page, `empty ${what}`);
		await paste(page, '/shippable.yml', CI);
		await page.locator('#path-error').waitFor();
		assert.equal(await page.getByLabel('File', { exact: true }).inputValue(), CI, 'what was pasted is still there');
		await isFine(page, `wrong path ${what}`);
		await paste(page, 'shippable.yml', CI);
		await page.getByText('The files are synced.').waitFor();
		assert.match(await row(page, 'docker-hub').innerText(), /missing[\s\S]*shippable\.yml:3[\s\S]*Did you mean "docker hub"\?/);
		/* several files at once, from a folder */
		writeFileSync(path.join(home, 'a.shippable.yml'), JOBS);
		writeFileSync(path.join(home, 'b.shippable.yml'), 'jobs: []\n');
		await page.getByText('Send workflow files…').click();
		await page.getByLabel('Files', { exact: true }).setInputFiles(['a', 'b'].map((n) => path.join(home, `${n}.shippable.yml`)));
		await page.getByLabel('Folder in the repository').fill('ci');
		await press(page, 'Send files');
		await page.getByText('The files are synced.').waitFor();
		assert.match(await row(page, 'aws-prod').innerText(), /denied[\s\S]*ci\/a\.shippable\.yml:4/);
		assert.match(await page.locator('.reference').last().innerText(), /team-slack/, 'what is fine comes last');
		/* its line, with the name marked, and where it is at the Git host */
		assert.equal(await row(page, 'aws-prod').locator('.code-here').innerText().then((text) => text.replace(/\s+/g, ' ').trim()),
			'4 integrations: [build-flags, aws-prod, "x-${STAGE}"]');
		assert.equal(await row(page, 'aws-prod').locator('mark').innerText(), 'aws-prod');
		await page.getByLabel('Repository', { exact: true }).fill('https://git.acme.example/acme/web');
		await press(page, 'Save');
		await page.getByText('Choose what runs at git.acme.example').waitFor();
		await isFine(page, `which Git host ${what}`);
		await page.getByLabel('Git host').selectOption('gitea');
		await press(page, 'Save');
		await page.getByText('Your changes are saved.').waitFor();
		assert.equal(await row(page, 'aws-prod').getByRole('link', { name: 'ci/a.shippable.yml:4' }).getAttribute('href'),
			'https://git.acme.example/acme/web/src/branch/HEAD/ci/a.shippable.yml#L4');
		await isFine(page, `lines ${what}`);
		/* one becomes unreadable */
		await paste(page, 'shippable.yml', 'integrations: [');
		await page.getByText('A file could not be read').waitFor();
		await page.getByText(/Line \d+: .* is kept/).waitFor();
		assert.match(await row(page, 'team-slack').innerText(), /stale/);
		await isFine(page, `stale ${what}`);
		/* to what it names, and back to where it is used */
		await page.getByRole('link', { name: 'build-flags' }).click();
		await page.getByRole('heading', { name: 'Where used' }).waitFor();
		await page.locator('.reference', { hasText: 'ci/a.shippable.yml:4' }).first().waitFor();
		await isFine(page, `where used ${what}`);
		await page.goto(address);
		await page.getByRole('button', { name: 'Remove ci/a.shippable.yml' }).click();
		await page.getByText('names no integration any more').waitFor();
		assert.equal(await row(page, 'aws-prod').count(), 0);
		isFlawless(page, what);
		await page.context().close();
	});
}

test('the lines for a CI step can be copied', async () => {
	const page = await open(browser, { visitor: admin });

	await page.context().grantPermissions(['clipboard-read', 'clipboard-write']);
	await page.goto(address);
	await page.getByRole('button', { name: 'Copy' }).first().click();
	await page.getByText('Copied', { exact: false }).first().waitFor();
	assert.match(await page.evaluate(() => navigator.clipboard.readText()), /^\{ printf .*\/workflows"$/s);
	isFlawless(page, 'copy');
	await page.context().close();
});
