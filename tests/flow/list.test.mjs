/* The list: search, filters, orders and pages, as addresses and without scripts. */
import { after, before, test } from 'node:test';
import assert from 'node:assert/strict';

import { quote, sql } from './lib/stack.mjs';
import { Visitor } from './lib/client.mjs';
import { decode, says, textOf } from './lib/html.mjs';
import { collaboratorGive, person, projectMake, raise, roleGive, subscriptionMake, subscriptionRemove } from './lib/people.mjs';
import { listPath } from './lib/integration.mjs';

const SUB = 'flow-list';
const PEOPLE = { boss: 3, mate: 2, help: 1 };
const VISITORS = {};
const TYPES = ['jenkins', 'github', 'slackKey'];
const COUNT = 120;

before(async () => {
	subscriptionMake(SUB);
	projectMake(SUB, 'web');
	for (const [name, role] of Object.entries(PEOPLE)) {
		const login = `flow-list-${name}`;
		const password = person(login);
		roleGive(login, SUB, role);
		VISITORS[name] = await new Visitor().signIn(login, password);
	}
	collaboratorGive('flow-list-help', SUB, 'web');
	const rows = Array.from({ length: COUNT }, (_, k) => `(RANDOM_BYTES(16), @s, 'row ${String(k).padStart(3, '0')}',
		'${TYPES[k % 3]}', 'https://h${k}.example/Path', ${k % 2}, ${k % 5 ? 6 : 4}, 1, ${1000 + k * 37 % 60})`);
	sql(`SET @s = (SELECT id FROM subscription WHERE slug = ${quote(SUB)});
		INSERT INTO integration (uid, subscription_id, name, type, url, all_projects, edit_roles, created_at, changed_at)
		VALUES ${rows.join(', ')}`);
	raise();
});

after(() => subscriptionRemove(SUB, ...Object.keys(PEOPLE).map((name) => `flow-list-${name}`)));

const namesOf = (page) => [...page.text.matchAll(/<td><a href="integrations\/\d+">([^<]+)</g)].map(([, name]) => decode(name));
const get = async (query = '', who = 'boss') => {
	const page = await VISITORS[who].get(`${listPath(SUB)}${query}`);
	assert.equal(page.status, 200, query);
	return page;
};

/* All pages from one on, by the links that the pages give. */
async function walk(page, rel) {
	const pages = [];

	for (let href; ; page = await get(decode(href))) {
		assert.ok(pages.length < 20);
		pages.push(namesOf(page));
		href = new RegExp(`rel="${rel}" href="(\\?[^"]*)"`).exec(page.text)?.[1];
		if (!href)
			return { pages, last: page };
	}
}

test('all pages, forth and back, in each order and with each filter', async () => {
	for (const query of ['', '?sort=type', '?sort=changed', '?q=row', '?q=ROW&sort=type', '?q=example&sort=changed',
		'?state=enabled', '?sort=changed&state=enabled']) {
		const forth = await walk(await get(query), 'next');
		const all = forth.pages.flat();
		assert.equal(all.length, COUNT, query);
		assert.equal(new Set(all).size, COUNT, query);
		assert.deepEqual(forth.pages.map((p) => p.length), [50, 50, 20], query);
		const back = await walk(forth.last, 'prev');
		assert.deepEqual(back.pages.flatMap((p) => [...p].reverse()).slice(0, 70).reverse(), all.slice(50), query);
		assert.deepEqual(back.pages.at(-1), forth.pages[0], `${query}: back on the first page, which is whole`);
	}
});

test('orders', async () => {
	const rows = (order) => sql(`SELECT i.name FROM integration i JOIN subscription s ON s.id = i.subscription_id
		WHERE s.slug = ${quote(SUB)} ORDER BY ${order} LIMIT 50`).flat();

	assert.deepEqual(namesOf(await get()), rows('i.name'));
	assert.deepEqual(namesOf(await get('?sort=type')), rows('i.type, i.name'));
	const page = await get('?sort=changed');
	assert.deepEqual(namesOf(page), rows('i.changed_at DESC, i.id DESC'));
	says(page, /changed 1970-01-01/, 'the order shows by what');
});

test('search and counts', async () => {
	says(await get(), /50 of 120 integrations/);
	says(await get('?q=row+11'), /10 of 10 that match, of 120 integrations in all/);
	says(await get('?q=PATH&type=github'), /40 of 40 that match/);
	assert.deepEqual(namesOf(await get('?q=h7.EXAMPLE')), ['row 007']);
	assert.deepEqual(namesOf(await get('?q=%20h7.example%20')), ['row 007'], 'blanks around do not count');
	for (const q of ['%25', '_', 'row%25', "'", '%5C', 'x'.repeat(3000)])
		says(await get(`?q=${q}`), /No integration matches/, q);
	const none = await get('?q=%3Cb%3Enowhere');
	says(none, /No integration matches “ ?<b>nowhere ?”/);
	assert.ok(none.text.includes(`href="${listPath(SUB)}"`), 'and how to see all');
	assert.match(none.text, /name="q" value="&lt;b&gt;nowhere"/, 'what was typed is still there');
});

test('filters keep what was chosen, and what is not known counts as nothing', async () => {
	const page = await get('?q=row&type=github&state=enabled&sort=type');

	assert.equal(namesOf(page).length, 40);
	for (const chosen of ['value="github" selected', 'value="enabled" selected', 'value="type" selected', 'name="q" value="row"'])
		assert.ok(page.text.includes(chosen), chosen);
	for (const query of ['?type=nonsense', '?state=x', '?sort=x', '?after=', '?before=&after=', '?sort=changed&after=1',
		'?sort=changed&after=a:b', '?sort=type&after=github', '?after=%00', '?q=%00', '?q=%FF'])
		assert.deepEqual(namesOf(await get(query)), namesOf(await get(query.includes('sort=c') ? '?sort=changed' :
			query.includes('sort=t') ? '?sort=type' : '')), query);
});

test('disabled ones say so', async () => {
	sql(`UPDATE integration SET disabled_at = 5 WHERE name = 'row 003' AND url = 'https://h3.example/Path'`);
	raise();
	const page = await get('?state=disabled');
	assert.deepEqual(namesOf(page), ['row 003']);
	assert.match(textOf(/<tbody>.*<\/tbody>/s.exec(page.text)[0]), /Disabled/);
	assert.equal(namesOf(await get('?state=enabled&q=row+003')).length, 0);
	sql(`UPDATE integration SET disabled_at = NULL WHERE name = 'row 003'`);
	raise();
});

test('a URL is found only by those who see it', async () => {
	assert.deepEqual(namesOf(await get('?q=h5.example')), ['row 005']);
	assert.deepEqual(namesOf(await get('?q=h5.example', 'mate')), [], 'for admins to edit');
	assert.deepEqual(namesOf(await get('?q=h7.example', 'mate')), ['row 007']);
	assert.deepEqual(namesOf(await get('?q=h7.example', 'help')), []);
	assert.deepEqual(namesOf(await get('?q=5%0Ahttps://h5', 'mate')), [], 'nor by a bridge from the name');
	assert.deepEqual(namesOf(await get('?q=row+005', 'mate')), ['row 005']);
});

test('a collaborator pages through what they see, and nothing else counts', async () => {
	says(await get('', 'help'), /50 of 60 integrations/);
	says(await get('?q=row+00', 'help'), /5 of 5 that match, of 60/);
	assert.equal(namesOf(await get('?after=row+100', 'help')).length, 10);
});

test('past the end there is a way back', async () => {
	says(await get('?after=zzz'), /nothing behind this place/);
	assert.deepEqual(namesOf(await get('?before=a')), namesOf(await get()));
});
