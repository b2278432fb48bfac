/* acts.mjs: everything that can be changed, once as the page's form and once as the API's request. Each
 * act is done on a thing of its own both ways and must leave the same behind.
 *
 *   page, api      the rows of the route table
 *   thing()        makes what is acted upon: {id, name, ...}; `id` goes into the addresses
 *   good(thing)    what is sent: {fields, body}; body undefined: none
 *   bad            what must be refused, in the same words: a list of functions like good()
 *   state(thing)   what the database has afterwards, without what is each thing's own
 */
import { quote, sql, sqlValue } from './stack.mjs';
import { BINDING_ACTS } from './acts_binding.mjs';
import { SYNC_TOKEN_ACTS } from './acts_sync_token.mjs';
import { WORKFLOW_ACTS } from './acts_workflow.mjs';
import { as } from './client.mjs';
import { add, jenkins, newName, newSecret, projectId } from './integration.mjs';
import { accountId, person, roleTake, subscriptionMake } from './people.mjs';

/* Routes that change something and are nothing for programs. */
/* Rows of the API whose body is no JSON, and is no form's. */
export const ALONE = {
	'PUT /api/v1/s/:sub/projects/:id/workflow': 'the file itself: workflow.test.mjs',
	'DELETE /api/v1/s/:sub/projects/:id/workflow': 'names the file in its query: workflow.test.mjs',
	'PUT /api/v1/s/:sub/projects/:id/workflows': 'files as parts: workflow.test.mjs',
	'POST /api/v1/s/:sub/projects/:id/workflow/check': 'the same: workflow_check.test.mjs',
	'POST /api/v1/s/:sub/workflow/check': 'the same',
};
export const EXCEPTIONS = {
	'POST /login': 'a program has a token instead of a session',
	'POST /login/form': 'the same',
	'POST /logout': 'the same',
	'POST /password': 'people set a password by the link that they got',
	'POST /account/theme': 'how pages look',
	'POST /account/sessions/end': 'a session is a browser\'s',
	'POST /account/sessions/end-others': 'the same',
	'POST /account/password': 'people change it where they see which sites ask for it',
	'POST /s/:sub/projects/:id/workflow': 'programs send the file itself: workflow.test.mjs',
	'POST /s/:sub/projects/:id/workflow/remove': 'the same',
};

const SUB = 'acme';
const LONG = 'x'.repeat(400);

/* --- integrations ---------------------------------------------------------------------------------- */

const made = async (type, what) => ({ name: what.name, id: await add(await as('admin'), type, what), version: 1 });

function integrationState({ name, id }) {
	const where = `(SELECT id FROM integration WHERE ${id ? `id = ${id}` : `name = ${quote(name)}`})`;

	return [sql(`SELECT name = ${quote(name)} OR name LIKE 'flow renamed %', type, url, all_projects, edit_roles, version,
			disabled_at IS NULL, disabled_reason, created_by, changed_by FROM integration WHERE id IN ${where}`),
		sql(`SELECT position, url_key, url, origin FROM integration_url WHERE integration_id IN ${where} ORDER BY position`),
		sql(`SELECT field, value FROM integration_value WHERE integration_id IN ${where} ORDER BY field`),
		sql(`SELECT s.field, s.origins, s.sealed_by, LENGTH(b.box) FROM sealed s JOIN sealed_box b USING (integration_id, field)
			WHERE s.integration_id IN ${where} ORDER BY s.field`),
		sql(`SELECT project_id FROM integration_project WHERE integration_id IN ${where} ORDER BY project_id`)];
}

const URL_ONE = 'https://ci.one.example/a';
const jenkinsFields = (name, more = {}) => ({ name, url_key: 'apiUrl', url: URL_ONE, 'value.username': 'ci-bot', ...more });
const jenkinsBody = (name, more = {}) => ({ name, urls: [{ key: 'apiUrl', url: URL_ONE }], values: { username: 'ci-bot' }, ...more });

const integrationCreate = {
	page: 'POST /s/:sub/integrations/new', api: 'POST /api/v1/s/:sub/integrations',
	thing: async () => ({ name: newName(), secret: `${newSecret()}`.slice(0, 30) }),
	good: ({ name, secret }) => ({
		fields: [['type', 'jenkins'], ['name', name], ['url_key', 'apiUrl'], ['url', URL_ONE], ['url_key', 'more'],
			['url', 'http://other.example:8080/'], ['value.username', 'ci-bot'], ['secret.password', secret],
			['role_collaborator', '1'], ['scope', 'some'], ['project', projectId(SUB, 'web')], ['project', projectId(SUB, 'docs')]],
		body: { type: 'jenkins', name, urls: [{ key: 'apiUrl', url: URL_ONE }, { key: 'more', url: 'http://other.example:8080/' }],
			values: { username: 'ci-bot' }, secrets: { password: secret }, edit_roles: { collaborator: true },
			scope: 'some', projects: [Number(projectId(SUB, 'web')), projectId(SUB, 'docs')] } }),
	bad: [
		() => ({ fields: { type: 'none' }, body: { type: 'none' } }),
		() => ({ fields: { type: 'jenkins', name: '' }, body: { type: 'jenkins' } }),
		() => ({ fields: { type: 'jenkins', ...jenkinsFields(LONG) }, body: { type: 'jenkins', ...jenkinsBody(LONG) } }),
		() => ({ fields: { type: 'jenkins', ...jenkinsFields('a\u202eb'), 'secret.password': 's' },
			body: { type: 'jenkins', ...jenkinsBody('a\u202eb'), secrets: { password: 's' } } }),
		() => ({ fields: { type: 'jenkins', ...jenkinsFields('jenkins-prod'), 'secret.password': 's' },
			body: { type: 'jenkins', ...jenkinsBody('jenkins-prod'), secrets: { password: 's' } } }),
		() => ({ fields: [['type', 'jenkins'], ['name', ' x'], ['url_key', 'apiUrl'], ['url', 'ci.example'], ['url_key', ''],
			['url', 'https://b.example'], ['value.username', 'a\u0007'], ['secret.password', 'a\nb']],
		body: { type: 'jenkins', name: ' x', urls: [{ key: 'apiUrl', url: 'ci.example' }, { url: 'https://b.example' }],
			values: { username: 'a\u0007' }, secrets: { password: 'a\nb' } } }),
		() => ({ fields: { type: 'keyValuePair', name: newName(), 'pair_key.envs.0': '1A', 'secret.envs.0': 'x', 'pair_key.envs.1': 'B' },
			body: { type: 'keyValuePair', name: newName(), pairs: { envs: [{ key: '1A', value: 'x' }, { key: 'B' }] } } }),
	],
	state: integrationState,
};

const integrationSave = {
	page: 'POST /s/:sub/integrations/:id/edit', api: 'PUT /api/v1/s/:sub/integrations/:id',
	thing: () => made('jenkins', jenkins()),
	good: (thing) => ({ fields: { version: 1, role_member: '1', ...jenkinsFields(thing.renamed ??= newName('renamed '),
		{ url: `${URL_ONE}/b`, 'value.username': 'other' }) },
	body: jenkinsBody(thing.renamed ??= newName('renamed '), { urls: [{ key: 'apiUrl', url: `${URL_ONE}/b` }],
		values: { username: 'other' }, edit_roles: { member: true } }) }),
	bad: [
		({ name }) => ({ fields: { version: 1, ...jenkinsFields(name, { url: 'https://elsewhere.example/' }) },
			body: jenkinsBody(name, { urls: [{ key: 'apiUrl', url: 'https://elsewhere.example/' }] }) }),
		() => ({ fields: { version: 1, ...jenkinsFields('jenkins-prod') }, body: jenkinsBody('jenkins-prod') }),
		({ name }) => ({ fields: { version: 9, ...jenkinsFields(name) }, body: jenkinsBody(name), version: '"9"' }),
	],
	state: integrationState,
};

const integrationDelete = {
	page: 'POST /s/:sub/integrations/:id/delete', api: 'DELETE /api/v1/s/:sub/integrations/:id',
	thing: () => made('jenkins', jenkins()),
	good: () => ({ fields: { version: 1, confirm: '1' } }),
	bad: [() => ({ fields: { version: 9, confirm: '1' }, version: '"9"' })],
	state: integrationState,
};

const integrationRename = {
	page: 'POST /s/:sub/integrations/:id/rename', api: 'POST /api/v1/s/:sub/integrations/:id/rename',
	thing: () => made('jenkins', jenkins()),
	good: (thing) => ({ fields: { version: 1, name: (thing.renamed ??= newName('renamed ')) }, body: { name: (thing.renamed ??= newName('renamed ')) } }),
	bad: [
		...['', ' x', LONG, 'a\u202eb', 'jenkins-prod'].map((name) => () => ({ fields: { version: 1, name }, body: { name, version: 1 } })),
		({ name }) => ({ fields: { version: 1, name }, body: { name } }),
		({ name }) => ({ fields: { version: 9, name }, body: { name, version: 9 } }),
		() => ({ fields: { version: 1, name: 'x', mark: '1:1' }, body: { name: 'x', mark: '1:1' } }),
	],
	state: integrationState,
};

const INTEGRATION_MORE = [{
	page: 'POST /s/:sub/integrations/:id/disable', api: 'POST /api/v1/s/:sub/integrations/:id/disable',
	thing: () => made('jenkins', jenkins()),
	good: () => ({ fields: { reason: 'it leaks' }, body: { reason: 'it leaks' } }),
	bad: ['', 'x'.repeat(201), 'a\u202eb'].map((reason) => () => ({ fields: { reason }, body: { reason } })),
	state: integrationState,
}, {
	page: 'POST /s/:sub/integrations/:id/enable', api: 'POST /api/v1/s/:sub/integrations/:id/enable',
	thing: async () => {
		const thing = await made('jenkins', jenkins());

		await (await as('admin')).post(`/s/${SUB}/integrations/${thing.id}/disable`, { reason: 'for a while' });
		return thing;
	},
	good: () => ({ fields: {} }),
	bad: [],
	state: integrationState,
}];

/* --- one's own integrations ------------------------------------------------------------------------ */

const madeOwn = async (type, what) => ({ name: what.name, id: await add(await as('admin'), type, what, null), version: 1 });
const OWN_PAGE = '/integrations', OWN_API = '/api/v1/integrations';
/* The same acts, without what only a subscription's integrations have. */
const notShared = ({ fields, body, ...rest }) => {
	const { edit_roles, scope, projects, ...own } = body ?? {};
	const shared = ([name]) => !/^(role_|scope$|project$)/.test(name);

	return { fields: (Array.isArray(fields) ? fields : Object.entries(fields)).filter(shared), body: body && own, ...rest };
};
const taken = 'flow act own taken';
const ownOf = (act, page, api, thing) => ({ ...act, page, api, thing,
	good: (one) => notShared(act.good(one)),
	bad: act.bad.map((bad) => (one) => JSON.parse(JSON.stringify(notShared(bad(one))).replaceAll('jenkins-prod', taken))) });

const OWN = [
	ownOf(integrationCreate, `POST ${OWN_PAGE}/new`, `POST ${OWN_API}`, async () => {
		if (!Number(sqlValue(`SELECT COUNT(*) FROM integration WHERE account_id IS NOT NULL AND name = ${quote(taken)}`)))
			await madeOwn('jenkins', jenkins({ name: taken }));
		return integrationCreate.thing();
	}),
	ownOf(integrationSave, `POST ${OWN_PAGE}/:id/edit`, `PUT ${OWN_API}/:id`, () => madeOwn('jenkins', jenkins())),
	ownOf(integrationDelete, `POST ${OWN_PAGE}/:id/delete`, `DELETE ${OWN_API}/:id`, () => madeOwn('jenkins', jenkins())),
	ownOf(INTEGRATION_MORE[0], `POST ${OWN_PAGE}/:id/disable`, `POST ${OWN_API}/:id/disable`, () => madeOwn('jenkins', jenkins())),
	ownOf(INTEGRATION_MORE[1], `POST ${OWN_PAGE}/:id/enable`, `POST ${OWN_API}/:id/enable`, async () => {
		const thing = await madeOwn('jenkins', jenkins());

		await (await as('admin')).post(`${OWN_PAGE}/${thing.id}/disable`, { reason: 'for a while' });
		return thing;
	}),
];

/* --- who may use one's own ------------------------------------------------------------------------- */

const SCOPE_PAGE = `${OWN_PAGE}/:id/scope/:subscription`, SCOPE_API = `/api/v1${SCOPE_PAGE}`;
const subscriptionId = (slug) => Number(sqlValue(`SELECT id FROM subscription WHERE slug = ${quote(slug)}`));
const scoped = async () => ({ ...await madeOwn('jenkins', jenkins()), subscription: subscriptionId(SUB), version: undefined });
async function inScope() {
	const thing = await scoped();

	await (await as('admin')).post(`${OWN_PAGE}/${thing.id}/scope/${thing.subscription}`, { name: thing.name, scope: 'all' });
	thing.handle = Number(sqlValue(`SELECT integration_id FROM binding WHERE account_integration_id = ${thing.id}`));
	return thing;
}
const scopeState = ({ id, name }) => [sql(`SELECT subscription_id, account_id, all_projects, projects, released_until, LENGTH(mac) FROM scope_grant
		WHERE integration_id = ${id}`),
	sql(`SELECT b.subscription_id, b.account_id, b.bound_by, i.name = ${quote(name)}, i.type, i.url, i.all_projects, i.edit_roles, i.bound
		FROM binding b JOIN integration i ON i.id = b.integration_id WHERE b.account_integration_id = ${id} ORDER BY i.id`)];

const SCOPE = [{
	/* the same from the subscription's side */
	page: integrationCreate.page, api: integrationCreate.api,
	thing: scoped,
	good: ({ id, name }) => ({ fields: [['account_integration', id], ['name', name], ['scope', 'some'], ['project', projectId(SUB, 'web')]],
		body: { account_integration: id, name, scope: 'some', projects: [Number(projectId(SUB, 'web'))] } }),
	bad: [
		({ id }) => ({ fields: { account_integration: id, name: 'jenkins-prod', scope: 'all' },
			body: { account_integration: id, name: 'jenkins-prod', scope: 'all' } }),
		({ name }) => ({ fields: { account_integration: 999999999, name, scope: 'all' },
			body: { account_integration: 999999999, name, scope: 'all' } }),
		({ id, name }) => ({ fields: { account_integration: id, name }, body: { account_integration: id, name } }),
		({ id, name }) => ({ fields: { account_integration: id, name, scope: 'all', was: '7' },
			body: { account_integration: id, name, scope: 'all', was: 7 } }),
	],
	state: scopeState,
}, {
	page: `POST ${SCOPE_PAGE}`, api: `PUT ${SCOPE_API}`,
	thing: scoped,
	good: ({ name }) => ({ fields: [['name', name], ['scope', 'some'], ['project', projectId(SUB, 'web')], ['was', '0']],
		body: { name, scope: 'some', projects: [Number(projectId(SUB, 'web'))], was: 0 } }),
	bad: [
		() => ({ fields: { name: 'jenkins-prod', scope: 'all' }, body: { name: 'jenkins-prod', scope: 'all' } }),
		() => ({ fields: { name: ' x', scope: 'all' }, body: { name: ' x', scope: 'all' } }),
		({ name }) => ({ fields: { name }, body: { name } }),
		({ name }) => ({ fields: { name, scope: 'some', project: 999999999 }, body: { name, scope: 'some', projects: [999999999] } }),
		({ name }) => ({ fields: { name, scope: 'all', was: '7' }, body: { name, scope: 'all', was: 7 } }),
	],
	state: scopeState,
}, {
	page: `POST ${SCOPE_PAGE}/withdraw`, api: `POST ${SCOPE_API}/withdraw`,
	thing: inScope,
	good: () => ({ fields: {} }),
	bad: [],
	state: scopeState,
}, {
	page: `POST ${SCOPE_PAGE}/remove`, api: `DELETE ${SCOPE_API}`,
	thing: inScope,
	good: ({ handle }) => ({ fields: { handle }, body: { handle: [handle] } }),
	bad: [({ handle }) => ({ fields: { handle: handle + 1 }, body: { handle: [handle + 1] } })],
	state: scopeState,
}];

/* --- people ---------------------------------------------------------------------------------------- */

let count = 0;
/* An account of the tests with this role in the subscription; 0: none. */
async function somebody(role) {
	const login = `flow-act-${count++}`;

	person(login);
	roleTake(login);
	if (role)
		await (await as('admin')).post(`/s/${SUB}/people/new`, { login, role });
	return { id: accountId(login), login, name: login };
}

const personState = ({ id }) => [sql(`SELECT subscription_id, role, source FROM role WHERE account_id = ${id}`),
	sql(`SELECT project_id, source FROM collaborator WHERE account_id = ${id}`)];

const PEOPLE = [{
	page: 'POST /s/:sub/people/new', api: 'POST /api/v1/s/:sub/people',
	thing: () => somebody(),
	good: ({ login }) => ({ fields: { login, role: 'member' }, body: { login, role: 'member' } }),
	bad: [
		() => ({ fields: { login: '', role: '' }, body: {} }),
		() => ({ fields: { login: 'nobody-of-this-name', role: 'admin' }, body: { login: 'nobody-of-this-name', role: 'admin' } }),
		({ login }) => ({ fields: { login, role: 'king' }, body: { login, role: 'king' } }),
		() => ({ fields: { login: 'member', role: 'admin' }, body: { login: 'member', role: 'admin' } }),
	],
	state: personState,
}, {
	page: 'POST /s/:sub/people/:id', api: 'PUT /api/v1/s/:sub/people/:id',
	thing: () => somebody('member'),
	good: () => ({ fields: { was: 'member', role: 'admin' }, body: { was: 'member', role: 'admin' } }),
	bad: [
		() => ({ fields: { role: '' }, body: { role: '' } }),
		() => ({ fields: { was: 'admin', role: 'collaborator' }, body: { was: 'admin', role: 'collaborator' } }),
	],
	state: personState,
}, {
	page: 'POST /s/:sub/people/:id/projects', api: 'POST /api/v1/s/:sub/people/:id/projects',
	thing: () => somebody('collaborator'),
	good: () => ({ fields: { project: 'web' }, body: { project: 'web' } }),
	bad: [
		() => ({ fields: { project: '' }, body: {} }),
		() => ({ fields: { project: 'no such' }, body: { project: 'no such' } }),
	],
	state: personState,
}, {
	page: 'POST /s/:sub/people/:id/remove', api: 'DELETE /api/v1/s/:sub/people/:id',
	thing: () => somebody('member'),
	good: () => ({ fields: { was: 'member' } }),
	bad: [() => ({ fields: { was: 'admin' }, body: { was: 'admin' } })],
	state: personState,
}];

/* --- projects, settings ---------------------------------------------------------------------------- */

async function project() {
	const name = newName('project ');

	await (await as('admin')).post(`/s/${SUB}/projects/new`, { name });
	return { id: projectId(SUB, name), name };
}

const projectState = ({ name, id }) => {
	const where = `(SELECT id FROM project WHERE ${id ? `id = ${id}` : `name = ${quote(name)}`})`;

	return [sql(`SELECT subscription_id, name LIKE 'flow renamed %', url, git_host FROM project WHERE id IN ${where}`),
		sql(`SELECT account_id, source FROM collaborator WHERE project_id IN ${where}`)];
};

const PLACE = { url: 'https://git.acme.example/acme/web', git_host: 'gitea' };
const PROJECTS = [{
	page: 'POST /s/:sub/projects/new', api: 'POST /api/v1/s/:sub/projects',
	thing: async () => ({ name: newName('project ') }),
	good: ({ name }) => ({ fields: { name, ...PLACE }, body: { name, ...PLACE } }),
	bad: [...['', ' x', LONG, 'web', 'a\u0001b'].map((name) => ({ name })), { name: 'flow x', url: 'github.com/a/b' },
		{ name: 'flow x', url: 'https://git.acme.example/a' }, { name: 'flow x', ...PLACE, git_host: 'svn' }]
		.map((sent) => () => ({ fields: sent, body: sent })),
	state: projectState,
}, {
	page: 'POST /s/:sub/projects/:id', api: 'PUT /api/v1/s/:sub/projects/:id',
	thing: project,
	good: (thing) => {
		const sent = { was: thing.name, name: thing.renamed ??= newName('renamed '), was_url: '', ...PLACE };
		return { fields: sent, body: sent };
	},
	bad: [({ name }) => ({ was: name, name: 'web' }), () => ({ was: 'other', name: newName() }),
		({ name }) => ({ was: name, name, url: 'https://me:word@github.com/a/b' }), ({ name }) => ({ was: name, name, was_url: 'x', ...PLACE })]
		.map((of) => (thing) => ({ fields: of(thing), body: of(thing) })),
	state: projectState,
}, {
	page: 'POST /s/:sub/projects/:id/people', api: 'POST /api/v1/s/:sub/projects/:id/people',
	thing: project,
	good: () => ({ fields: { login: 'collaborator' }, body: { login: 'collaborator' } }),
	bad: ['', 'member', 'nobody-of-this-name'].map((login) => () => ({ fields: { login }, body: { login } })),
	state: projectState,
}, {
	page: 'POST /s/:sub/projects/:id/delete', api: 'DELETE /api/v1/s/:sub/projects/:id',
	thing: project,
	good: ({ name }) => ({ fields: { was: name, integrations: 0, collaborators: 0 } }),
	bad: [({ name }) => ({ fields: { was: name, integrations: 7, collaborators: 0 },
		body: { was: name, integrations: '7', collaborators: '0' } })],
	state: projectState,
}, {
	page: 'POST /s/:sub/settings', api: 'PUT /api/v1/s/:sub/settings',
	/* the same subscription twice: it gets its name and days back */
	thing: async () => {
		sql(`UPDATE subscription SET name = 'acme', grace_days = 30, revision = revision + 1 WHERE slug = 'acme'`);
		return { name: 'acme' };
	},
	good: () => ({ fields: { was: 'acme', name: 'Acme & sons', was_grace_days: '30', grace_days: '0' },
		body: { was: 'acme', name: 'Acme & sons', was_grace_days: 30, grace_days: 0 } }),
	bad: [
		() => ({ fields: { was: 'acme', name: '' }, body: { name: '' } }),
		() => ({ fields: { was: 'other', name: 'x' }, body: { was: 'other', name: 'x' } }),
		() => ({ fields: { was: 'acme', name: 'acme', was_grace_days: '7', grace_days: '8' },
			body: { name: 'acme', was_grace_days: 7, grace_days: 8 } }),
		...['366', '-1', 'soon', '', '99999999999999999999'].map((days) => () => ({ fields: { was: 'acme', name: 'acme', grace_days: days },
			body: { name: 'acme', grace_days: days } })),
	],
	state: () => sql(`SELECT name, grace_days FROM subscription WHERE slug = 'acme'`),
}];

/* --- access tokens --------------------------------------------------------------------------------- */

async function token() {
	const name = newName();

	await (await as('admin')).post('/account/tokens', { name, read: '1' });
	return { name, id: sqlValue(`SELECT id FROM access_token WHERE name = ${quote(name)}`) };
}

const tokenState = ({ name }) => sql(`SELECT account_id, LENGTH(token_hash), scopes, expires_at - created_at, seen_at, seen_address
	FROM access_token WHERE name = ${quote(name)}`);

const TOKENS = [{
	page: 'POST /account/tokens', api: 'POST /api/v1/account/tokens',
	thing: async () => ({ name: newName() }),
	good: ({ name }) => ({ fields: { name, read: '1', workflow: '1', days: '7' }, body: { name, read: true, workflow: true, days: 7 } }),
	bad: [
		() => ({ fields: { name: '', days: '0' }, body: { name: '', days: 0 } }),
		() => ({ fields: { name: newName(), read: '1', days: '366' }, body: { name: newName(), read: true, days: 366 } }),
		({ name }) => ({ fields: { name: `${name}\u200f`, read: '1' }, body: { name: `${name}\u200f`, read: true } }),
	],
	state: tokenState,
	shown: 200, /* the token itself: no address leads to it */
}, {
	page: 'POST /account/tokens/:id/delete', api: 'DELETE /api/v1/account/tokens/:id',
	thing: token,
	good: () => ({ fields: {} }),
	bad: [],
	state: tokenState,
}];

/* --- site administration --------------------------------------------------------------------------- */

const site = () => as('siteadmin');
const accountState = ({ login }) => sql(`SELECT NULLIF(a.name, a.login), a.email, a.theme, a.disabled_at IS NULL, s.source, l.expires_at - l.created_at, p.account_id IS NULL
	FROM account a LEFT JOIN site_role s ON s.account_id = a.id LEFT JOIN password_link l ON l.account_id = a.id
	LEFT JOIN password p ON p.account_id = a.id WHERE a.login = ${quote(login)}`);
const nothing = () => ({ fields: {} });

async function afterwards(what) {
	const thing = await somebody();

	await (await site()).post(`/admin/accounts/${thing.id}/${what}`);
	return thing;
}

/* A subscription in which nobody can act. */
function alone() {
	const slug = `flow-act-${count++}`;

	subscriptionMake(slug);
	return { slug, name: slug, id: sqlValue(`SELECT id FROM subscription WHERE slug = ${quote(slug)}`) };
}
async function shut() {
	const thing = alone();

	await (await site()).post(`/admin/subscriptions/${thing.id}/disable`);
	return thing;
}

const subscriptionState = ({ slug }) => sql(`SELECT NULLIF(s.name, s.slug), s.disabled_at IS NULL, r.account_id, r.role, r.source FROM subscription s
	LEFT JOIN role r ON r.subscription_id = s.id WHERE s.slug = ${quote(slug)}`);
const accountAct = (what, thing, more = {}) => ({ page: `POST /admin/accounts/:id/${what}`, api: `POST /api/v1/admin/accounts/:id/${what}`,
	thing, good: nothing, bad: [], state: accountState, ...more });
const subscriptionAct = (what, thing, more = {}) => ({ page: `POST /admin/subscriptions/:id/${what}`,
	api: `POST /api/v1/admin/subscriptions/:id/${what}`, thing, good: nothing, bad: [], state: subscriptionState, ...more });
const same = (what) => () => ({ fields: what, body: what });

const BAD_ADDRESSES = ['ann', 'a b@example.com', 'a@example.com, b@example.com', 'a@example.com\nBcc: b@example.com', '\u00e4@example.com',
	'Ann <a@example.com>', `${'x'.repeat(250)}@b.example`];

async function withAddress() {
	const thing = await somebody();

	sql(`UPDATE account SET email = 'later@example.com' WHERE id = ${thing.id}`);
	return { ...thing, email: 'later@example.com' };
}

const SITE = [{
	page: 'POST /account/name', api: 'PUT /api/v1/account',
	thing: async () => {
		sql(`UPDATE account SET name = 'Somebody', email = NULL WHERE login = 'siteadmin'`);
		return { login: 'siteadmin' };
	},
	good: same({ name: 'Somebody else', email: 'site@example.com' }),
	bad: [...['', ' x', LONG, 'a\u0001'].map((name) => same({ name })), ...BAD_ADDRESSES.map((email) => same({ name: 'x', email }))],
	state: accountState,
}, {
	page: 'POST /admin/accounts/new', api: 'POST /api/v1/admin/accounts',
	thing: async () => ({ login: `flow-act-new-${Date.now()}-${count++}` }),
	good: ({ login }) => same({ login, name: 'Flow act', email: 'act@example.com' })(),
	bad: [same({ login: '' }), same({ login: 'member' }), same({ login: 'a b\u202e' }), same({ login: LONG, name: LONG }),
		...BAD_ADDRESSES.map((email) => ({ login }) => same({ login, email })())],
	state: accountState,
}, {
	page: 'POST /admin/accounts/:id/name', api: 'PUT /api/v1/admin/accounts/:id',
	thing: () => somebody(),
	good: same({ name: 'Another name', email: ' other@example.com ' }),
	bad: [...['', ' x', LONG].map((name) => same({ name })), ...BAD_ADDRESSES.map((email) => same({ name: 'x', email }))],
	state: accountState,
}, accountAct('disable', () => somebody()), accountAct('enable', () => afterwards('disable')),
accountAct('site-admin', () => somebody()), accountAct('site-admin-end', () => afterwards('site-admin')),
accountAct('link', () => somebody(), { shown: 200 }),
accountAct('link', withAddress, { shown: 200, good: ({ email }) => same({ mail: email })(),
	bad: [same({ mail: 'another@example.com' }), same({ mail: 'a\u0001@example.com' })] }), {
	page: 'POST /admin/subscriptions/new', api: 'POST /api/v1/admin/subscriptions',
	thing: async () => ({ slug: `flow-act-${count++}` }),
	good: ({ slug }) => same({ slug, name: 'Flow sub', admin: 'member' })(),
	bad: [same({ slug: '', admin: '' }), same({ slug: 'acme', admin: 'member' }), ({ slug }) => same({ slug, admin: 'nobody-of-this-name' })(),
		same({ slug: 'A B', name: ' x', admin: 'member' })],
	state: subscriptionState,
}, {
	page: 'POST /admin/subscriptions/:id/name', api: 'PUT /api/v1/admin/subscriptions/:id',
	thing: async () => alone(),
	good: same({ name: 'Another name' }),
	bad: ['', ' x', LONG].map((name) => same({ name })),
	state: subscriptionState,
},
subscriptionAct('admin', async () => alone(), { good: same({ admin: 'member' }), bad: [same({ admin: '' }), same({ admin: 'nobody-of-this-name' })] }),
subscriptionAct('disable', async () => alone()), subscriptionAct('enable', shut), {
	page: 'POST /admin/subscriptions/:id/delete', api: 'DELETE /api/v1/admin/subscriptions/:id',
	thing: async () => alone(),
	good: () => ({ fields: { confirm: '1' } }),
	bad: [],
	state: subscriptionState,
}].map((act) => ({ as: 'siteadmin', ...act }));

export const ACTS = [...BINDING_ACTS, integrationCreate, integrationSave, integrationRename, integrationDelete, ...INTEGRATION_MORE, ...OWN, ...SCOPE, ...PEOPLE, ...PROJECTS, ...TOKENS, ...SYNC_TOKEN_ACTS, ...WORKFLOW_ACTS, ...SITE];
