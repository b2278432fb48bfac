/* racer.mjs: one process of the races: a visitor who acts as fast as answers come, on what is there at that
 * moment or was a moment ago. Started by races.test.mjs with its part as JSON; sends back how often each act
 * was answered how. */
import { sql } from './stack.mjs';
import { Visitor } from './client.mjs';
import { formOf } from './html.mjs';

const part = JSON.parse(process.argv[2]); /* {login, password, acts, seed, kinds, subs} */

/* The same choices for the same seed (mulberry32). */
let state = part.seed;
function random() {
	state = (state + 0x6D2B79F5) | 0;
	let t = Math.imul(state ^ (state >>> 15), 1 | state);

	t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
	return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
}
const one = (list) => list[Math.floor(random() * list.length)];

/* What there is, looked at now and then: in between others change it. */
const SUBS = part.subs.map(({ id }) => id).join();
const WORLD = `SELECT 'own', i.id, i.version, '', '' FROM integration i JOIN account a ON a.id = i.account_id WHERE a.login = '${part.login}'
	UNION ALL SELECT 'handles', id, version, subscription_id, name FROM integration WHERE bound = 1 AND subscription_id IN (${SUBS})
	UNION ALL SELECT 'candidates', i.id, '', '', '' FROM integration i JOIN account a ON a.id = i.account_id WHERE a.login LIKE 'race-%'
	UNION ALL SELECT 'undoable', i.id, i.version, i.subscription_id, '' FROM integration i JOIN binding b ON b.integration_id = i.id
		WHERE b.undo_integration_id IS NOT NULL AND i.subscription_id IN (${SUBS})
	UNION ALL SELECT 'tied', integration_id, account_integration_id, subscription_id, '' FROM binding
	UNION ALL SELECT 'projects', id, subscription_id, name, '' FROM project WHERE subscription_id IN (${SUBS})
	UNION ALL SELECT 'people', a.id, a.login, COALESCE(r.subscription_id, ''), '' FROM account a LEFT JOIN role r ON r.account_id = a.id
		AND r.subscription_id IN (${SUBS}) WHERE a.login LIKE 'race-owner-%'
	UNION ALL SELECT 'victims', id, '', '', '' FROM account WHERE login = 'race-victim'`;
let world;
let age = 0;
function look() {
	if (world && age++ % 12)
		return world;
	world = { own: [], handles: [], candidates: [], undoable: [], tied: [], projects: [], people: [], victims: [] };
	for (const [kind, ...row] of sql(WORLD))
		world[kind].push(row);
	return world;
}

const visitor = new Visitor();
let count = 0;
const sub = () => one(part.subs);
const slugOf = (id) => part.subs.find((s) => String(s.id) === String(id)).slug;
/* All projects, or some of them. */
function consent(subscription) {
	const some = look().projects.filter((p) => Number(p[1]) === Number(subscription) && random() < 0.5);

	return random() < 0.5 || !some.length ? [['scope', 'all']] : [['scope', 'some'], ...some.map(([id]) => ['project', id])];
}

/* Each answers the promise of an answer, or nothing when there is nothing to act on. */
const ACTS = {
	add: () => visitor.post('/integrations/new', { type: 'jenkins', name: `${part.login} ${count++}`, url_key: 'apiUrl',
		url: 'https://ci.race.example/', 'value.username': 'ci', 'secret.password': `race ${random()}` }),
	grant: () => {
		const own = one(look().own), at = sub();

		return own && visitor.post(`/integrations/${own[0]}/scope/${at.id}`,
			[['name', `${part.login} ${Math.floor(random() * 30)}`], ...consent(at.id)]);
	},
	withdraw: () => {
		const own = one(look().own);

		return own && visitor.post(`/integrations/${own[0]}/scope/${sub().id}/withdraw`);
	},
	takeOut: () => {
		const own = one(look().own), at = sub();

		return own && visitor.post(`/integrations/${own[0]}/scope/${at.id}/remove`, [['shown', '1'],
			...look().tied.filter((t) => t[1] === own[0] && Number(t[2]) === at.id).map(([id]) => ['handle', id])]);
	},
	deleteOwn: async () => {
		const own = one(look().own);

		if (!own)
			return undefined;
		const page = await visitor.get(`/integrations/${own[0]}/edit`);
		if (page.status !== 200)
			return page;
		return visitor.submit(formOf(page.text, `/integrations/${own[0]}/delete`).tick('confirm'));
	},
	pause: () => {
		const own = one(look().own);

		return own && visitor.post(`/integrations/${own[0]}/${random() < 0.5 ? 'disable' : 'enable'}`, { reason: 'race' });
	},
	rebind: () => {
		const handle = one(look().handles), to = one(look().candidates);

		return handle && to && visitor.post(`/s/${slugOf(handle[2])}/integrations/${handle[0]}/rebind`,
			[['version', handle[1]], ['to', to[0]], ...consent(handle[2])]);
	},
	/* few have been rebound; those that were not are refused */
	undo: () => {
		const handle = one(look().undoable.length && random() < 0.8 ? look().undoable : look().handles);

		return handle && visitor.post(`/s/${slugOf(handle[2])}/integrations/${handle[0]}/rebind/undo`, { version: handle[1] });
	},
	rename: () => {
		const handle = one(look().handles);

		return handle && visitor.post(`/s/${slugOf(handle[2])}/integrations/${handle[0]}/edit`,
			[['version', handle[1]], ['name', `race ${Math.floor(random() * 40)}`], ...consent(handle[2])]);
	},
	deleteHandle: () => {
		const handle = one(look().handles);

		return handle && visitor.post(`/s/${slugOf(handle[2])}/integrations/${handle[0]}/delete`,
			{ version: handle[1], confirm: '1' });
	},
	projectAdd: () => visitor.post(`/s/${sub().slug}/projects/new`, { name: `p ${Math.floor(random() * 8)}` }),
	projectRename: () => {
		const project = one(look().projects);

		return project && visitor.post(`/s/${slugOf(project[1])}/projects/${project[0]}`,
			{ was: project[2], name: `p ${Math.floor(random() * 8)}` });
	},
	projectDelete: async () => {
		const project = one(look().projects);

		if (!project)
			return undefined;
		const path = `/s/${slugOf(project[1])}/projects/${project[0]}/delete`;
		const page = await visitor.get(path);
		if (page.status !== 200)
			return page;
		return visitor.submit(formOf(page.text, path));
	},
	remove: () => {
		const person = one(look().people.filter((p) => p[2]));

		return person && visitor.post(`/s/${slugOf(person[2])}/people/${person[0]}/remove`);
	},
	bring: () => {
		const person = one(look().people);

		return person && visitor.post(`/s/${sub().slug}/people/new`, { login: person[1], role: one(['admin', 'admin', 'member']) });
	},
	leave: () => visitor.post(`/s/${sub().slug}/leave`),
	disable: () => {
		const [account] = look().victims;

		return account && visitor.post(`/admin/accounts/${account[0]}/${random() < 0.5 ? 'disable' : 'enable'}`);
	},
};

const tally = {};
const faults = [];
await visitor.signIn(part.login, part.password);
for (let k = 0; k < part.acts; k++) {
	const kind = one(part.kinds);
	const answer = await ACTS[kind]();

	if (!answer)
		continue;
	tally[kind] ??= {};
	tally[kind][answer.status] = (tally[kind][answer.status] ?? 0) + 1;
	if (answer.status >= 500 && faults.length < 5)
		faults.push(`${kind}: ${answer.status} ${answer.header('x-request-id')}`);
}
process.send({ tally, faults });
process.disconnect();
