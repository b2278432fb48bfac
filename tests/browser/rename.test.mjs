/* A rename in a browser: from the pencil that does not do it, over the diff that is downloaded and applied by
 * git, to a sync after which nothing is left; in both themes, at 390 px and without scripts. */
import { after, before, beforeEach, test } from 'node:test';
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';

import { sql, throttleClear } from '../flow/lib/stack.mjs';
import { as } from '../flow/lib/client.mjs';
import { add, cleanUp, jenkins, newName, projectId } from '../flow/lib/integration.mjs';
import { projectsClear, raise } from '../flow/lib/people.mjs';
import { Program } from '../flow/lib/program.mjs';
import { NARROW, WIDE, fitsWidth, isAccessible, isDark, isFlawless, launch, open, shot } from './lib/browser.mjs';

const WAYS = [{ scheme: 'light', size: WIDE }, { scheme: 'dark', size: WIDE }, { scheme: 'light', size: NARROW }, { scheme: 'dark', size: NARROW, scripts: false }];

let browser, admin, sender, thing, project, folder;

before(async () => {
	throttleClear();
	sql("UPDATE account SET theme = 'auto'");
	admin = await as('admin');
	sender = await Program.of(admin, ['workflow']);
	browser = await launch();
});
beforeEach(async () => {
	const name = newName(), projectName = newName();

	thing = { name, id: await add(admin, 'jenkins', jenkins({ name })) };
	await admin.post('/s/acme/projects/new', { name: projectName });
	project = { name: projectName, id: projectId('acme', projectName) };
	folder = mkdtempSync(path.join(tmpdir(), 'signet-browser-'));
});
after(async () => {
	await browser?.close();
	cleanUp();
	projectsClear();
	sql("DELETE FROM access_token WHERE name LIKE 'flow %'");
	raise();
	throttleClear();
});

async function send(file, text) {
	const answer = await sender.send('PUT', `/api/v1/s/acme/projects/${project.id}/workflow?path=${encodeURIComponent(file)}`,
		{ body: text, headers: { 'Content-Type': 'application/octet-stream' } });

	assert.equal(answer.status, 200, answer.text);
}

const press = (page, name) => page.getByRole('button', { name, exact: true }).click();

/* Without scripts nothing can look for what axe knows. */
async function isFine(page, what) {
	await fitsWidth(page, what);
	if (!what.includes('without scripts'))
		await isAccessible(page, what);
	await shot(page, `rename ${what}`);
}

const files = (name) => ({
	'ci/shippable.yml': `language: node_js\nintegrations:\n  hub:\n    - integrationName: '${name}'   # the build's own\n      type: dockerRegistryLogin\n`,
	'jobs.yml': `jobs:\n  - name: build and ship it to everybody, everywhere\n    type: runSh\n    integrations: [${name}, team-slack]\n    steps:\n      - TASK:\n` +
		`          - script: make\n\t\t# ${'a long remark '.repeat(12)}\n`.replaceAll('\t', '') + `  - name: other\n    integration: &ci ${name}\n  - {name: third, integration: *ci}\n`,
});

for (const way of WAYS) {
	const what = `${way.scheme} ${way.size.width}${way.scripts === false ? ' without scripts' : ''}`;

	test(`from the pencil to a repository that says the new name: ${what}`, async () => {
		const page = await open(browser, { visitor: admin, ...way, expect: [409, 422] });
		const to = newName();

		for (const [file, text] of Object.entries(files(thing.name)))
			await send(file, text);
		await page.goto(`/s/acme/integrations/${thing.id}/edit`);
		await page.getByLabel('Name', { exact: true }).fill(to);
		await press(page, 'Save');
		await page.getByText('Nothing is saved yet: the name cannot change here.').waitFor();
		await isFine(page, `refused by edit ${what}`);
		await page.getByRole('link', { name: 'Rename it there' }).click();
		await page.getByRole('heading', { name: 'What would not resolve any more' }).waitFor();
		assert.equal(await isDark(page), way.scheme === 'dark');
		assert.equal(await page.getByLabel('Name', { exact: true }).inputValue(), to, 'what was typed came along');
		const gone = await page.locator('.diff-gone').allInnerTexts(), added = await page.locator('.diff-added').allInnerTexts();
		assert.equal(gone.length, 4);
		assert.deepEqual(added.map((line) => line.trim()).slice(0, 1), [`+    - integrationName: '${to}'   # the build's own`]);
		await isFine(page, `diffs ${what}`);
		/* the new name is wrong once more */
		await page.getByLabel('The new name once more').fill(thing.name);
		await press(page, 'Rename');
		await page.locator('#again-error').waitFor();
		assert.equal(await page.getByLabel('The new name once more').inputValue(), thing.name);
		await isFine(page, `again ${what}`);
		await page.getByLabel('The new name once more').fill(to);
		await press(page, 'Rename');
		await page.getByText('It has its new name.').waitFor();
		await page.getByRole('heading', { name: 'What still names' }).waitFor();
		await isFine(page, `done ${what}`);
		/* the diff afterwards, by git */
		const [download] = await Promise.all([page.waitForEvent('download'), page.getByRole('link', { name: 'Diff of the project' }).click()]);
		assert.equal(download.suggestedFilename(), `${project.name.replace(' ', '-')}.diff`);
		for (const [file, text] of Object.entries(files(thing.name))) {
			execFileSync('mkdir', ['-p', path.dirname(path.join(folder, file))]);
			writeFileSync(path.join(folder, file), text);
		}
		await download.saveAs(path.join(folder, 'rename.diff'));
		execFileSync('git', ['init', '-q'], { cwd: folder });
		execFileSync('git', ['apply', 'rename.diff'], { cwd: folder });
		for (const file of Object.keys(files('')))
			await send(file, readFileSync(path.join(folder, file), 'utf8'));
		await page.reload();
		await page.getByRole('heading', { name: 'No line is left' }).waitFor();
		await isFine(page, `nothing left ${what}`);
		await page.getByRole('link', { name: 'To the integration' }).click();
		await page.getByText(`Renamed, before: ${thing.name}`).waitFor();
		await page.getByRole('link', { name: 'Rename…' }).click();
		await page.getByRole('heading', { name: `Rename ${to}` }).waitFor();
		isFlawless(page, what);
		await page.context().close();
		rmSync(folder, { recursive: true, force: true });
	});
}

test('one that nothing names, and one whose lines are changed by hand', async () => {
	const page = await open(browser, { visitor: admin });

	await page.goto(`/s/acme/integrations/${thing.id}/rename`);
	await page.getByText('No workflow file that was sent names it').waitFor();
	await isFine(page, 'unused');
	await send('a.yml', `jobs:\n- name: j\n  integration: "flow\n    ${thing.name.slice(5)}"\n`);
	await page.goto(`/s/acme/integrations/${thing.id}/rename?name=flow%20other`);
	await page.getByText('by hand', { exact: true }).waitFor();
	assert.equal(await page.getByRole('link', { name: 'Diff of' }).count(), 0);
	await isFine(page, 'by hand');
	isFlawless(page, 'by hand');
	await page.context().close();
});
