/* The workflow files of all projects in a browser: looked over, and those of dead projects removed, with and
 * without scripts, in both themes and at 390 px. */
import { after, before, beforeEach, test } from 'node:test';
import assert from 'node:assert/strict';

import { sql, throttleClear } from '../flow/lib/stack.mjs';
import { as } from '../flow/lib/client.mjs';
import { add, cleanUp, jenkins, newName, projectId } from '../flow/lib/integration.mjs';
import { projectsClear, raise } from '../flow/lib/people.mjs';
import { NARROW, WIDE, fitsWidth, isAccessible, isFlawless, launch, open, shot } from './lib/browser.mjs';

const WAYS = [{ scheme: 'light', size: WIDE }, { scheme: 'dark', size: NARROW }, { scheme: 'light', size: NARROW, scripts: false }];
const DAY = 86400;

let browser, admin, dead, alive, only;

const job = (...names) => `jobs:\n  - {name: build, type: runSh, integrations: ${JSON.stringify(names)}}\n`;

async function project(text) {
	const name = newName();

	await admin.post('/s/acme/projects/new', { name });
	const id = projectId('acme', name);
	await admin.post(`/s/acme/projects/${id}/workflow`, { path: 'shippable.yml', text });
	return { id, name };
}

before(async () => {
	throttleClear();
	sql("UPDATE account SET theme = 'auto'");
	admin = await as('admin');
	browser = await launch();
});
beforeEach(async () => {
	only = newName('only ');
	await add(admin, 'jenkins', jenkins({ name: only }));
	dead = await project(job(only, 'docker hub', 'nothing'));
	alive = await project(job('docker hub'));
	sql(`UPDATE workflow_file SET synced_at = ${Math.floor(Date.now() / 1000) - 200 * DAY} WHERE project_id = ${dead.id}`);
});
after(async () => {
	await browser?.close();
	cleanUp();
	projectsClear();
	raise();
	throttleClear();
});

for (const way of WAYS) {
	const what = `${way.scheme} ${way.size.width}${way.scripts === false ? ' without scripts' : ''}`;

	test(`a dead project's files are found and removed: ${what}`, async () => {
		const page = await open(browser, { visitor: admin, ...way });
		const isFine = async (name) => {
			await fitsWidth(page, name);
			if (way.scripts !== false)
				await isAccessible(page, name);
			await shot(page, `workflow list ${name} ${what}`);
		};

		await page.goto('/s/acme/projects');
		await page.getByRole('link', { name: 'Workflow files' }).click();
		await page.getByRole('link', { name: alive.name }).waitFor();
		await isFine('all');
		await page.getByLabel('Not synced since').fill(new Date(Date.now() - 100 * DAY * 1000).toISOString().slice(0, 10));
		await page.getByRole('button', { name: 'Find' }).click();
		await page.getByRole('link', { name: alive.name }).waitFor({ state: 'detached' });
		assert.match(await page.getByRole('row', { name: dead.name }).innerText(), /2 to look at|1 to look at/);
		await page.getByLabel(`Choose ${dead.name}`).check();
		await page.getByRole('button', { name: 'Remove their files…' }).click();
		await page.getByText('1 integration is named nowhere else').waitFor();
		await page.getByRole('link', { name: only }).waitFor();
		await isFine('ask');
		await page.getByRole('button', { name: 'Remove 1 workflow file' }).click();
		await page.getByText('names no integration any more').waitFor();
		assert.deepEqual(sql(`SELECT path FROM workflow_file WHERE project_id = ${dead.id}`), []);
		await page.goto('/s/acme/workflow/remove');
		await page.getByText('No files to remove').waitFor();
		await isFine('none');
		await page.goto(`/s/acme/projects/${alive.id}/delete`);
		await page.getByText('forgets its 1 workflow file with 1 reference').waitFor();
		await isFine('delete project');
		isFlawless(page, what);
		await page.context().close();
	});
}
