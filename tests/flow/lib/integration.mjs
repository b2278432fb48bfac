/* integration.mjs: adding, reading and cleaning up integrations of the tests; and secrets that are
 * looked for in all that comes back. */
import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';

import { quote, sql, sqlValue } from './stack.mjs';
import { byId, formOf, textOf } from './html.mjs';
import { raise } from './people.mjs';

/* Every name of a test begins so, and cleanUp() takes all of them. */
export const newName = (what = '') => `flow ${what}${randomBytes(5).toString('hex')}`;
export const newSecret = () => `Sec/ret+${randomBytes(15).toString('base64')}&=%`;

export function cleanUp() {
	sql("DELETE FROM integration WHERE name LIKE 'flow %'");
	raise();
}

/* Records all answers of a visitor; the function that it returns looks for secrets in them. */
export function watch(visitor) {
	const inner = visitor.transport;
	const seen = [];

	visitor.transport = async (request, body) => {
		const answer = await inner(request, body);
		seen.push([`${request.method} ${request.path}`, `${answer.headers.flat().join('\n')}\n${answer.text}`]);
		return answer;
	};
	return (...secrets) => {
		visitor.transport = inner;
		assert.ok(seen.length > 0);
		for (const secret of secrets)
			for (const form of formsOf(secret))
				for (const [what, text] of seen)
					assert.ok(!text.includes(form), `${what} shows a secret`);
	};
}

/* A secret as it might stand somewhere: raw, escaped, encoded at each of base64's three phases. */
export function formsOf(secret) {
	const bytes = Buffer.from(secret);
	const out = new Set([secret, encodeURIComponent(secret), new URLSearchParams({ s: secret }).toString().slice(2),
		bytes.toString('hex'), secret.replaceAll('&', '&amp;').replaceAll('+', '&#43;')]);

	for (let phase = 0; phase < 3; phase++) {
		const text = Buffer.concat([Buffer.alloc(phase), bytes]).toString('base64')
			.slice(phase ? 4 : 0).replace(/=+$/, '').slice(0, -2);
		out.add(text).add(text.replaceAll('+', '-').replaceAll('/', '_'));
	}
	return [...out];
}

/* slug: the subscription; null: the visitor's own integrations. */
export const listPath = (slug = 'acme') => (slug === null ? '' : `/s/${slug}`) + '/integrations';
export const pathOf = (id, slug = 'acme') => `${listPath(slug)}/${id}`;

export function newForm(visitor, type, slug = 'acme') {
	return visitor.form(`${listPath(slug)}/new?type=${type}`, `${listPath(slug)}/new`);
}

export function editForm(visitor, id, slug = 'acme') {
	return visitor.form(`${pathOf(id, slug)}/edit`);
}

/* The form of an answer to one that was sent: with its errors, or with another row. */
export function again(answer, form) {
	return formOf(answer.text, form.action);
}

/* what: {name, urls: [[key, url]...] of the type's own rows, values: {}, secrets: {}, pairs: [[key, value]]} */
export function fill(form, what) {
	if (what.name !== undefined)
		form.set('name', what.name);
	(what.urls ?? []).forEach(([key, url], k) => {
		assert.equal(form.values('url_key')[k], key);
		form.set('url', url, k);
	});
	for (const [field, value] of Object.entries(what.values ?? {}))
		form.set(`value.${field}`, value);
	for (const [field, value] of Object.entries(what.secrets ?? {}))
		form.set(`secret.${field}`, value);
	return form;
}

/* A whole jenkins; `more` replaces parts. */
export const jenkins = (more = {}) => ({ name: newName(), urls: [['apiUrl', 'https://ci.one.example/a']],
	values: { username: 'ci-bot' }, secrets: { password: newSecret() }, ...more });

/* Adds and answers its id. */
export async function add(visitor, type, what, slug = 'acme') {
	const answer = await visitor.submit(fill(await newForm(visitor, type, slug), what));

	assert.equal(answer.status, 303, `adding a ${type}: ${errorsOf(answer).join(' | ')}`);
	return Number(/\/(\d+)$/.exec(answer.location)[1]);
}

/* All messages beside fields and above the form. */
export function errorsOf(answer) {
	return [...answer.text.matchAll(/<(?:div class="invalid-feedback"|p class="text-red"|div class="alert alert-danger")[^>]*>(.*?)<\/(?:p>|div>)/gs)]
		.map(([, inside]) => textOf(inside)).filter(Boolean);
}

/* The answer is the form again with this message beside this input, and no other field is blamed. */
export function failsAt(answer, input, pattern, what = '') {
	assert.equal(answer.status, 422, what);
	const message = byId(answer.text, `${input}-error`);
	assert.ok(message && pattern.test(message), `${what} beside ${input}: ${message}; all: ${errorsOf(answer)}`);
	const tag = new RegExp(`<(input|textarea|select)\\b[^>]*\\bid="${input}"[^>]*>`).exec(answer.text)?.[0] ?? '';
	assert.ok(/aria-invalid="true"/.test(tag), `${what}: the input is marked`);
	assert.ok(tag.includes(`${input}-error`), `${what}: and points at the message`);
}

export function rowOf(id) {
	const row = sql(`SELECT name, type, url, all_projects, edit_roles, version FROM integration
		WHERE id = ${id}`)[0];

	return row && { name: row[0], type: row[1], url: row[2], all_projects: Number(row[3]),
		edit_roles: Number(row[4]), version: Number(row[5]) };
}

/* {field: digest of its box}: equal digests are the same box. */
export function boxesOf(id) {
	return Object.fromEntries(sql(`SELECT field, MD5(box) FROM sealed_box WHERE integration_id = ${id}
		ORDER BY field`));
}

export const originsOf = (id, field) => sqlValue(`SELECT origins FROM sealed WHERE integration_id = ${id}
	AND field = ${quote(field)}`);

export const projectsOf = (id) => sql(`SELECT p.name FROM integration_project x JOIN project p ON
	p.id = x.project_id WHERE x.integration_id = ${id} ORDER BY p.name`).flat();

export const projectId = (slug, name) => sqlValue(`SELECT p.id FROM project p JOIN subscription s ON
	s.id = p.subscription_id WHERE s.slug = ${quote(slug)} AND p.name = ${quote(name)}`);

export const countNamed = (name) => Number(sqlValue(`SELECT COUNT(*) FROM integration WHERE name = ${quote(name)}`));
