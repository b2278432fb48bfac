/* An admin adds a person, makes them collaborator on a project, they look around, the admin takes them out
 * again; and every page of people, projects and settings in both themes and at 390 px. */
import { after, before, beforeEach, test } from 'node:test';
import assert from 'node:assert/strict';

import { sql, throttleClear } from '../flow/lib/stack.mjs';
import { Visitor, as } from '../flow/lib/client.mjs';
import { cleanUp, newName, projectId } from '../flow/lib/integration.mjs';
import { accountId, person, projectsClear, roleTake } from '../flow/lib/people.mjs';
import { NARROW, WIDE, fitsWidth, isAccessible, isDark, isFlawless, launch, open } from './lib/browser.mjs';

const ANN = 'flow-ann', LOST = 'flow-lost';
const visitors = {};
let browser;

function clear() {
	roleTake(ANN);
	cleanUp();
	projectsClear();
}
before(async () => {
	throttleClear();
	sql("UPDATE account SET theme = 'auto'");
	for (const login of ['admin', 'member', 'collaborator', 'siteadmin'])
		visitors[login] = await as(login);
	visitors.ann = await new Visitor().signIn(ANN, person(ANN));
	visitors.lost = await new Visitor().signIn(LOST, person(LOST));
	browser = await launch();
});
beforeEach(clear);
after(async () => {
	await browser?.close();
	clear();
	throttleClear();
});

const press = (page, name) => page.getByRole('button', { name, exact: true }).click();

async function addPerson(page) {
	await page.getByRole('link', { name: 'Add', exact: true }).click();
	await page.getByLabel('Login').fill('flow-nobody');
	await page.getByLabel('Collaborator', { exact: false }).check();
	await press(page, 'Add person');
	await page.locator('#login-error').waitFor();
	assert.ok(await page.getByRole('radio', { name: /^Collaborator/ }).isChecked(), 'the choice is still there');
	await page.getByLabel('Login').fill(ANN);
	await press(page, 'Add person');
	await page.getByText('Now name them on a project').waitFor();
}

async function addProject(page, name) {
	await page.goto('/s/acme/projects');
	await page.getByRole('link', { name: 'Add', exact: true }).click();
	await page.getByLabel('Name').fill(name);
	await press(page, 'Add project');
	await page.getByText('The project was added.').waitFor();
}

const WAYS = [{ scheme: 'light', size: WIDE }, { scheme: 'dark', size: NARROW }, { scheme: 'light', size: NARROW, scripts: false }];

for (const way of WAYS) {
	const title = `${way.scheme}, ${way.size.width} px${way.scripts === false ? ', without scripts' : ''}`;
	test(`the walk: ${title}`, async () => {
		const page = await open(browser, { ...way, visitor: visitors.admin, expect: [422] });
		const ann = await open(browser, { ...way, visitor: visitors.ann, expect: [404] });
		const project = newName();

		await page.goto('/s/acme/people');
		await addPerson(page);
		await fitsWidth(page, 'person');
		await ann.goto('/');
		await ann.getByText('You are on no project, so you see no integration').waitFor();
		await addProject(page, project);
		await fitsWidth(page, 'project');
		await page.getByLabel('Add a collaborator').fill(ANN);
		await page.getByRole('button', { name: 'Add', exact: true }).click();
		await page.getByText('The collaborator is named on the project.').waitFor();
		await page.getByRole('link', { name: ANN }).click();
		await page.getByRole('heading', { name: ANN, level: 1 }).waitFor();
		await page.getByLabel('Name them on a project').fill('web');
		await page.getByRole('button', { name: 'Add', exact: true }).click();
		await page.getByRole('link', { name: 'web', exact: true }).waitFor();

		/* their view: what the two projects may use, no + Add, their projects */
		await ann.goto('/s/acme/integrations');
		await ann.getByRole('link', { name: 'deploy-key', exact: true }).waitFor();
		assert.equal(await ann.getByRole('link', { name: 'signing-cert' }).count(), 0);
		assert.equal(await ann.getByRole('link', { name: 'Add', exact: true }).count(), 0);
		await ann.goto('/s/acme/projects');
		assert.deepEqual((await ann.locator('td.name-cell').allInnerTexts()).map((t) => t.trim()), [project, 'web']);
		await fitsWidth(ann, 'their projects');

		await page.getByRole('button', { name: 'Take off web' }).click();
		await page.getByText('The collaborator is off the project.').waitFor();
		await page.getByRole('link', { name: 'Remove…' }).click();
		await page.getByText('loses the role').waitFor();
		await fitsWidth(page, 'before removing');
		await press(page, 'Remove');
		await page.waitForURL('**/s/acme/people');
		assert.equal(await page.getByRole('link', { name: ANN, exact: true }).count(), 0);
		await ann.goto('/s/acme/projects');
		await ann.getByText('Page not found').waitFor();
		await ann.goto('/');
		await ann.getByText('You have no role in any subscription').waitFor();

		await page.goto('/s/acme/projects');
		await page.getByRole('link', { name: project, exact: true }).click();
		await page.getByRole('link', { name: 'Delete…' }).click();
		await press(page, 'Delete project');
		await page.getByText('The project was deleted.').waitFor();
		for (const [window, what] of [[page, 'admin'], [ann, 'collaborator']]) {
			assert.equal(await isDark(window), way.scheme === 'dark');
			isFlawless(window, what);
			await window.context().close();
		}
	});
}

async function go(page, address, status = 200) {
	assert.equal((await page.goto(address)).status(), status, address);
}

async function wrongName(page) {
	await go(page, '/s/acme/projects/new');
	await page.getByLabel('Name').fill('a '.repeat(60));
	await press(page, 'Add project');
	await page.locator('#name-error').waitFor();
}

async function wrongLogin(page) {
	await go(page, '/s/acme/people/new');
	await page.getByLabel('Login').fill('member');
	await press(page, 'Add person');
	await page.locator('#login-error').waitFor();
}

async function wrongProject(page) {
	await go(page, `/s/acme/people/${accountId('collaborator')}`);
	await page.getByLabel('Name them on a project').fill('Web');
	await page.getByRole('button', { name: 'Add', exact: true }).click();
	await page.locator('#project-error').waitFor();
}

async function longNames(page) {
	sql(`INSERT INTO project (subscription_id, name, created_at) SELECT id, CONCAT('flow ', REPEAT('W', 75)), 1 FROM subscription
		WHERE slug = 'acme'`);
	await go(page, '/s/acme/projects?q=WWWW');
}

const web = () => `/s/acme/projects/${projectId('acme', 'web')}`;
const one = (login) => `/s/acme/people/${accountId(login)}`;

/* Who sees which page, and how one gets there. */
const PAGES = {
	'people': ['admin', (p) => go(p, '/s/acme/people')],
	'nobody found': ['admin', (p) => go(p, '/s/acme/people?q=nobody')],
	'add a person': ['admin', (p) => go(p, '/s/acme/people/new')],
	'add a person, wrongly': ['admin', wrongLogin],
	'a collaborator': ['admin', (p) => go(p, one('collaborator'))],
	'a collaborator, wrong project': ['admin', wrongProject],
	'the last admin': ['admin', (p) => go(p, one('admin'))],
	'before removing': ['admin', (p) => go(p, `${one('collaborator')}/remove`)],
	'projects': ['admin', (p) => go(p, '/s/acme/projects')],
	'projects, a long name': ['admin', longNames],
	'no project found': ['member', (p) => go(p, '/s/acme/projects?q=nothing')],
	'add a project, wrongly': ['admin', wrongName],
	'a project': ['admin', (p) => go(p, web())],
	'a project, seen by a collaborator': ['collaborator', (p) => go(p, web())],
	'before deleting': ['admin', (p) => go(p, `${web()}/delete`)],
	'settings': ['admin', (p) => go(p, '/s/acme/settings')],
	'home of somebody without a role': ['lost', (p) => go(p, '/')],
	'home of a site admin': ['siteadmin', (p) => go(p, '/')],
};

for (const [what, [who, there]] of Object.entries(PAGES))
	test(`${what}: light, dark, 390 px`, async () => {
		const page = await open(browser, { visitor: visitors[who], size: WIDE, expect: [422] });

		await there(page);
		for (const scheme of ['light', 'dark']) {
			await page.emulateMedia({ colorScheme: scheme });
			await isAccessible(page, `${what}, ${scheme}`);
			await fitsWidth(page, `${what}, ${scheme}`);
		}
		await page.setViewportSize(NARROW);
		await fitsWidth(page, `${what}, 390 px`);
		await isAccessible(page, `${what}, 390 px`);
		isFlawless(page, what);
		await page.context().close();
	});
