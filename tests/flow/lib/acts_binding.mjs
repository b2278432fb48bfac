/* acts_binding.mjs: the acts of acts.mjs that are about bound integrations and about leaving. */
import { sql, sqlValue } from './stack.mjs';
import { as } from './client.mjs';
import { newName } from './integration.mjs';
import { accountId } from './people.mjs';
import { bindingOf, demo, grantOf, handleMake, ownMake, somebody } from './binding.mjs';

let owner, admin;

/* A handle of somebody's integration, and one of the admin's to which it can be bound. */
async function bound() {
	owner ??= await somebody('flow-act-owner');
	admin ??= await demo('admin');
	const names = [newName('bound '), newName('own '), newName('own ')];
	const own = await ownMake(owner, 'jenkins', names[1]), to = await ownMake(admin, 'jenkins', names[2]);

	return { id: await handleMake(owner, own, { name: names[0] }), own, to, names, version: 1 };
}

/* The same after a rebind. */
async function rebound() {
	const thing = await bound();

	await admin.visitor.post(`/s/acme/integrations/${thing.id}/rebind`, { version: 1, to: thing.to, scope: 'all' });
	return { ...thing, version: 2 };
}

/* Two of them, at the owner's page. */
async function many() {
	const thing = await bound(), name = newName('bound ');

	return { ...thing, id: owner.id, handles: [thing.id, await handleMake(owner, thing.own, { name })], names: [...thing.names, name] };
}

const one = (thing, handle) => {
	const now = bindingOf(handle);

	return [now.owner, now.to === thing.to, now.undo === thing.own, sqlValue(`SELECT version FROM integration WHERE id = ${handle}`)];
};
const state = (thing) => [(thing.handles ?? [thing.id]).map((handle) => one(thing, handle)), grantOf(thing.own), grantOf(thing.to)];
const REBIND = '/s/:sub/integrations/:id/rebind', BINDINGS = '/s/:sub/people/:id/bindings';

/* The demo's member has its role, also after it left. */
export async function memberBack() {
	if (!sqlValue(`SELECT 1 FROM role r JOIN subscription s ON s.id = r.subscription_id WHERE s.slug = 'acme' AND
		r.account_id = ${accountId('member')}`))
		await (await as('admin')).post('/s/acme/people/new', { login: 'member', role: 'member' });
	return { id: accountId('member'), login: 'member' };
}

export const BINDING_ACTS = [{
	page: `POST ${REBIND}`, api: `PUT /api/v1${REBIND}`,
	thing: bound,
	good: ({ to }) => ({ fields: { version: 1, to, scope: 'all' }, body: { to, scope: 'all' } }),
	bad: [
		() => ({ fields: { version: 1 }, body: {} }),
		({ own }) => ({ fields: { version: 1, to: own, scope: 'all' }, body: { to: own, scope: 'all' } }),
		({ to }) => ({ fields: { version: 1, to }, body: { to } }),
		({ to }) => ({ fields: { version: 1, to, scope: 'some' }, body: { to, scope: 'some' } }),
		({ to }) => ({ fields: { version: 9, to, scope: 'all' }, body: { to, scope: 'all' }, version: '"9"' }),
	],
	state,
}, {
	page: `POST ${REBIND}/undo`, api: `DELETE /api/v1${REBIND}`,
	thing: rebound,
	good: () => ({ fields: { version: 2 } }),
	bad: [() => ({ fields: { version: 1 }, version: '"1"' })],
	state,
}, {
	page: `POST ${BINDINGS}`, api: `POST /api/v1${BINDINGS}`,
	thing: many,
	good: ({ to, handles }) => ({ fields: [['type', 'jenkins'], ['to', to], ['scope', 'all'], ...handles.map((id) => ['handle', id])],
		body: { type: 'jenkins', to, scope: 'all', handles } }),
	bad: [
		({ to }) => ({ fields: { type: 'jenkins', to, scope: 'all' }, body: { type: 'jenkins', to, scope: 'all' } }),
		({ handles }) => ({ fields: { type: 'jenkins', handle: handles[0] }, body: { type: 'jenkins', handles: [handles[0]] } }),
		({ to, handles }) => ({ fields: { type: 'jenkins', to, handle: handles[0] }, body: { type: 'jenkins', to, handles: [handles[0]] } }),
		({ to, handles }) => ({ fields: { type: 'slackKey', to, handle: handles[0] }, body: { type: 'slackKey', to, handles: [handles[0]] } }),
	],
	state,
}, {
	page: 'POST /s/:sub/leave', api: 'POST /api/v1/s/:sub/leave', as: 'member',
	thing: memberBack,
	good: () => ({ fields: { was: 'member' }, body: { was: 'member' } }),
	bad: [() => ({ fields: { was: 'admin' }, body: { was: 'admin' } })],
	state: ({ id }) => [sql(`SELECT subscription_id, role FROM role WHERE account_id = ${id}`),
		sql(`SELECT subscription_id FROM departure WHERE account_id = ${id}`)],
}];
