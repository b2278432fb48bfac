/* Back to a form that was used, and the pencil of something that is deleted meanwhile, in Chromium. */
import { after, before, test } from 'node:test';
import assert from 'node:assert/strict';

import { quote, sql, throttleClear } from '../flow/lib/stack.mjs';
import { as } from '../flow/lib/client.mjs';
import { raise } from '../flow/lib/people.mjs';
import { add, jenkins, newName, newSecret, pathOf } from '../flow/lib/integration.mjs';
import { NARROW, WIDE, fitsWidth, isAccessible, isFlawless, launch, open, shot } from './lib/browser.mjs';

const NAME = newName('again ');
let browser, visitor;

before(async () => {
	throttleClear();
	visitor = await as('admin');
	browser = await launch();
});
after(async () => {
	await browser?.close();
	sql(`DELETE FROM integration WHERE name LIKE ${quote(`${NAME}%`)}`);
	raise();
});

const save = (page) => page.getByRole('button', { name: 'Save', exact: true }).last().click();

for (const way of [{ scheme: 'light', size: WIDE }, { scheme: 'dark', size: NARROW }])
	test(`Back after Save, and deleted meanwhile: ${way.scheme}, ${way.size.width} px`, async () => {
		const page = await open(browser, { ...way, visitor, expect: [409, 410] });
		const name = `${NAME} ${way.scheme}`;

		await page.goto('/s/acme/integrations/new?type=jenkins');
		await page.getByLabel('Name', { exact: true }).fill(name);
		await page.getByLabel(/^URL 1/).fill('https://ci.browser.example/');
		await page.locator('#f-username').fill('ci-bot');
		await page.locator('#f-password').fill(newSecret());
		/* the very form that was sent, as a page that the browser kept would have it */
		const form = await page.locator('form.form-grid').evaluate((f) => [...new FormData(f)].filter(([, v]) => typeof v === 'string'));
		await save(page);
		await page.getByText('The integration was added.').waitFor();
		await page.evaluate(([list, other]) => {
			const f = Object.assign(document.createElement('form'), { method: 'post', action: '/s/acme/integrations/new' });
			for (const [key, value] of list)
				f.append(Object.assign(document.createElement('input'), { type: 'hidden', name: key, value: key === 'name' ? other : value }));
			document.body.append(f);
			f.submit();
		}, [form, `${name} two`]);
		await page.getByText('This form was used already').waitFor();
		assert.equal(await page.getByLabel('Name', { exact: true }).inputValue(), `${name} two`);
		await fitsWidth(page, 'used');
		await isAccessible(page, 'used');
		await shot(page, `used ${way.scheme}`);
		await save(page);
		await page.getByText('The integration was added.').waitFor();

		const id = await add(visitor, 'jenkins', jenkins({ name: `${name} three` }));
		await page.goto(`${pathOf(id)}/edit`);
		await page.locator('#f-username').fill('somebody else');
		assert.equal((await visitor.post(`${pathOf(id)}/delete`, { version: 1, confirm: 'on' })).status, 303);
		await save(page);
		await page.getByText('Nothing of yours is saved').waitFor();
		assert.equal(await page.locator('#f-username').inputValue(), 'somebody else');
		await fitsWidth(page, 'deleted');
		await isAccessible(page, 'deleted');
		await shot(page, `deleted ${way.scheme}`);
		await page.locator('#f-password').fill(newSecret());
		await save(page);
		await page.getByText('The integration was added.').waitFor();
		await page.goto(pathOf(id));
		await page.getByRole('heading', { name: 'It was deleted' }).waitFor();
		await fitsWidth(page, 'its page');
		await shot(page, `gone ${way.scheme}`);
		isFlawless(page, 'the walk');
		await page.context().close();
	});
