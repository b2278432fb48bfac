/* acts_sync_token.mjs: making and revoking sync tokens. See acts.mjs. */
import { quote, sql, sqlValue } from './stack.mjs';
import { as } from './client.mjs';
import { newName, projectId } from './integration.mjs';

const web = () => projectId('acme', 'web');
const named = async () => ({ id: web(), name: newName() });

async function made() {
	const thing = await named();

	await (await as('admin')).post(`/s/acme/projects/${thing.id}/tokens`, { name: thing.name });
	thing.token = sqlValue(`SELECT id FROM sync_token WHERE name = ${quote(thing.name)}`);
	return thing;
}

const state = ({ name }) => sql(`SELECT subscription_id, project_id, LENGTH(token_hash), created_by, expires_at - created_at, seen_at,
	seen_address FROM sync_token WHERE name = ${quote(name)}`);
const same = (what) => ({ fields: what, body: what });

export const SYNC_TOKEN_ACTS = [{
	page: 'POST /s/:sub/projects/:id/tokens', api: 'POST /api/v1/s/:sub/projects/:id/tokens',
	thing: named,
	good: ({ name }) => same({ name, days: 7 }),
	bad: [
		() => same({ name: '', days: 0 }),
		() => same({ name: newName(), days: 366 }),
		() => same({ name: ` ${newName()}` }),
		() => same({ name: 'x'.repeat(61) }),
		() => same({ name: 'x'.repeat(400) }),
		({ name }) => same({ name: `${name}\u200f` }),
	],
	state,
	shown: 200, /* the token itself: no address leads to it */
}, {
	page: 'POST /s/:sub/projects/:id/tokens/:token/delete', api: 'DELETE /api/v1/s/:sub/projects/:id/tokens/:token',
	thing: made,
	good: () => ({ fields: {} }),
	bad: [],
	state,
}];
