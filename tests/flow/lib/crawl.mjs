/* crawl.mjs: finds pages by following links, as a visitor would, and the forms on them. */
import assert from 'node:assert/strict';

import { routesOfProgram } from './routes.mjs';
import { domOf, formsOf, linksOf } from './dom.mjs';

/* Those with fewer ':' first. */
const TABLE = routesOfProgram().map((row) => ({ ...row, wanted: row.pattern.split('/') }))
	.sort((a, b) => a.pattern.split(':').length - b.pattern.split(':').length);

/* The pattern whose row a request of this method and path meets; what is written out goes before ':'. */
export function patternOf(method, path) {
	const parts = path.split('?')[0].split('/');

	return TABLE.find((row) => row.method === method && row.wanted.length === parts.length &&
		row.wanted.every((w, k) => w === parts[k] || (w[0] === ':' && parts[k])))?.pattern;
}

/* Pages are of one kind when pattern and the query's names agree; `most` of a kind are looked at. */
const kindOf = (path) => `${patternOf('GET', path)} ${[...new URL(path, 'http://x').searchParams.keys()].sort()}`;

/* {pages: [path...], forms: [{page, action, method, pattern, controls}...]}: forms of one kind once, the first that
 * was met. Pages whose address `wanted` refuses are left out. */
export async function crawl(visitor, starts, { wanted = () => true, most = 15 } = {}) {
	const queue = [...starts], seen = new Set(), kinds = new Map(), forms = new Map(), pages = [];

	while (queue.length) {
		const path = queue.shift().split('#')[0];
		const kind = kindOf(path);
		if (seen.has(path) || path.startsWith('/static') || !wanted(path) || (kinds.get(kind) ?? 0) >= most)
			continue;
		seen.add(path);
		kinds.set(kind, (kinds.get(kind) ?? 0) + 1);
		const answer = await visitor.get(path);
		if (answer.status === 303) {
			queue.push(answer.location);
			continue;
		}
		assert.ok(answer.status < 500, `GET ${path}: ${answer.status}`);
		if (answer.status !== 200 || !/^text\/html/.test(answer.header('content-type')))
			continue;
		pages.push(path);
		const dom = domOf(answer.text);
		queue.push(...linksOf(dom, path));
		for (const form of formsOf(dom, path)) {
			const pattern = patternOf(form.method, form.action);
			const key = `${form.method} ${pattern} ${form.controls.map((c) => c.name).join()}`;
			if (!forms.has(key) && wanted(form.action))
				forms.set(key, { ...form, page: path, pattern });
		}
	}
	return { pages, forms: [...forms.values()] };
}
