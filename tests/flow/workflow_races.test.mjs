/* Programs that sync workflow files while others add, delete, lend out and take back what these name, and delete
 * their projects: along the audit trail nothing goes while it is named, and each sync was told what was there.
 * (The same on the store alone, with processes of its own, is tests/store/workflow_rivals.c.) */
import { after, before, test } from 'node:test';
import assert from 'node:assert/strict';

import { admin, sql, sqlValue, throttleClear } from './lib/stack.mjs';
import { Visitor, as, encodeParts } from './lib/client.mjs';
import { broken } from './lib/invariants.mjs';
import { accountId, person, projectMake, subscriptionMake, subscriptionRemove } from './lib/people.mjs';
import { Program } from './lib/program.mjs';

const SUB = 'sync-races', CHIEF = 'sync-race-chief', OWNER = 'sync-race-owner';
const ORG = ['hub', 'slack'], LENT = ['team ci'], NAMES = [...ORG, ...LENT];
const ROUNDS = Math.max(30, Math.ceil(80 / Number(process.env.SIGNET_TEST_SHARE ?? 1)));
const JENKINS = { type: 'jenkins', urls: [{ key: 'apiUrl', url: 'https://ci.race.example/' }], values: { username: 'ci' },
	secrets: { password: 'not much of a secret' } };

let sub, owner, projects;
const at = `/api/v1/s/${SUB}`;

before(async () => {
	const site = await as('siteadmin');

	[CHIEF, OWNER].forEach(person);
	subscriptionMake(SUB);
	sub = sqlValue(`SELECT id FROM subscription WHERE slug = '${SUB}'`);
	['one', 'all', 'doomed'].forEach((name) => projectMake(SUB, name));
	projects = Object.fromEntries(sql(`SELECT name, id FROM project WHERE subscription_id = ${sub}`).map(([name, id]) => [name, Number(id)]));
	assert.equal((await site.post(`/admin/subscriptions/${sub}/admin`, { admin: CHIEF })).status, 303);
	const chief = await new Visitor().signIn(CHIEF, person(CHIEF));
	assert.equal((await chief.post(`/s/${SUB}/people/new`, { login: OWNER, role: 'member' })).status, 303);
	owner = await new Visitor().signIn(OWNER, person(OWNER));
});
after(() => {
	sql(`DELETE FROM integration WHERE account_id = ${accountId(OWNER)}; DELETE FROM access_token WHERE name LIKE 'flow %'`);
	subscriptionRemove(SUB, CHIEF, OWNER);
	throttleClear();
});

/* The same choices each time, for each actor others (mulberry32). */
function dice(seed) {
	let state = seed;
	return (sides) => {
		state = (state + 0x6D2B79F5) | 0;
		let t = Math.imul(state ^ (state >>> 15), 1 | state);
		t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
		return ((t ^ (t >>> 14)) >>> 0) % sides;
	};
}

/* What each sync found of what it named, by its path; and how often what was done, or refused. */
const told = new Map(), tally = {};
const count = (what) => { tally[what] = (tally[what] ?? 0) + 1; };
const fine = (answer) => assert.ok(answer.status < 500, `${answer.status}: ${answer.text.slice(0, 500)}`);
const member = () => Program.of(owner, ['read', 'write', 'workflow']);

/* Paths say what is named: "one/17 hub,slack". */
async function syncs(kind, roll) {
	const program = await member();

	for (let k = 0; k < ROUNDS; k++) {
		const names = [...new Set([NAMES[roll(3)], NAMES[roll(3)]])], path = `${kind}/${k} ${names.join()}`;
		const file = `jobs:\n  - {name: build, type: runSh, integrations: ${JSON.stringify(names)}}\n`;
		const project = `${at}/projects/${projects[kind]}`, one = `${project}/workflow?path=${encodeURIComponent(path)}`;
		const { type, body } = encodeParts([['file', { name: path, file }]]);
		const answer = kind === 'all'
			? await program.send('PUT', `${project}/workflows`, { body: body.toString('latin1'), headers: { 'Content-Type': type } })
			: await program.send('PUT', one, { body: file, headers: { 'Content-Type': 'application/octet-stream' } });

		fine(answer);
		count(`${kind} ${answer.status}`);
		if (answer.status !== 200)
			continue;
		const missing = JSON.parse(answer.text).problems.filter((p) => p.state === 'missing').map((p) => p.name);
		/* what is said of a project that was deleted before the answer binds nobody */
		if (kind !== 'doomed' || (await program.get(project)).status === 200)
			told.set(path, names.filter((name) => !missing.includes(name)));
		if (kind !== 'all' || roll(2))
			fine(await program.send('DELETE', one));
	}
}

async function deletes(roll) {
	const program = await Program.of(owner);

	for (let k = 0; k < ROUNDS; k++) {
		const name = ORG[roll(2)];

		fine(await program.post(`${at}/integrations`, { ...JENKINS, name }));
		const there = await program.get(`${at}/integrations?name=${encodeURIComponent(name)}`);
		fine(there);
		const [one] = JSON.parse(there.text).integrations ?? [];
		if (!one)
			continue; /* the other one was quicker */
		const answer = await program.delete(`${at}/integrations/${one.id}`);
		fine(answer);
		count(`delete ${answer.status === 409 && /workflow files name it/.test(answer.text) ? 'in use' : answer.status}`);
	}
}

/* Lends an account integration out; takes it back by its scope, or deletes it as a whole. */
async function lends(roll) {
	const program = await (await Program.of(owner)).confirm(person(OWNER));
	let id;

	for (let k = 0; k < ROUNDS; k++) {
		if (!id)
			id = JSON.parse((await program.post('/api/v1/integrations', { ...JENKINS, name: `lent ${k}` })).text).id;
		const scope = `/api/v1/integrations/${id}/scope/${sub}`;
		fine(await program.send('PUT', scope, { body: { scope: 'all', name: LENT[0] } }));
		const whole = roll(2) === 0, answer = await program.delete(whole ? `/api/v1/integrations/${id}` : scope);
		fine(answer);
		count(`${whole ? 'delete own' : 'take out'} ${answer.status === 409 && /workflow files/i.test(answer.text) ? 'in use' : answer.status}`);
		if (whole && answer.status < 300)
			id = undefined;
	}
}

async function projectGoes() {
	const chief = await Program.of(await new Visitor().signIn(CHIEF, person(CHIEF)));
	let was = 'doomed';

	for (let k = 0; k < ROUNDS; k++) {
		const old = projects.doomed, name = `doomed ${k}`;

		projects.doomed = JSON.parse((await chief.post(`${at}/projects`, { name })).text).id;
		const answer = await chief.send('DELETE', `${at}/projects/${old}`, { body: { was, integrations: '0', collaborators: '0' } });
		fine(answer);
		count(`project ${answer.status}`);
		was = name;
	}
}

/* Walks along the trail of the subscription: what is wrong at which entry; and how many names were found and missing. */
function walk() {
	const there = new Set(), files = new Map(), asked = new Map(), wrong = [], sum = { found: 0, missing: 0 };
	const drop = (project, path) => [...files].filter(([key, file]) => file.project === project && (!path || key === path))
		.forEach(([key]) => files.delete(key));
	const acts = {
		create: (object) => {
			there.add(object);
			asked.forEach((one) => one.may.add(object));
		},
		delete: (object, seq) => {
			there.delete(object);
			for (const [path, { names }] of files)
				if (names.includes(object))
					wrong.push(`${seq}: ${object} went while ${path} named it`);
		},
	};

	for (const [seq, action, id, object, fields] of sql(`SELECT seq, action, object_id, object, fields FROM audit
			WHERE chain = 'sub:${sub}' ORDER BY seq`)) {
		const [noun, verb] = action.split('.');

		if (noun === 'integration' || noun === 'binding')
			acts[verb]?.(object, seq);
		else if (action === 'project.delete')
			drop(id);
		else if (action === 'workflow.remove')
			drop(id, fields);
		else if (action === 'workflow.sync')
			for (const item of fields.split(', ')) {
				const names = item.split(' ').slice(1).join(' ').split(',');

				if (item.startsWith('removed: ')) {
					drop(id, item.slice('removed: '.length));
					continue;
				}
				files.set(item, { project: id, names });
				asked.set(item, { names, must: names.filter((name) => there.has(name)), may: new Set(there) });
			}
	}
	for (const [path, { names, must, may }] of asked) {
		const found = told.get(path) ?? [];

		if (told.has(path) && (must.some((name) => !found.includes(name)) || found.some((name) => !may.has(name))))
			wrong.push(`${path}: of ${must} at least, ${[...may]} at most was found ${found}`);
		sum.found += found.length;
		sum.missing += told.has(path) ? names.length - found.length : 0;
	}
	return { wrong, sum };
}

test('sync against delete: nothing that a sync found goes while a file names it', async () => {
	await Promise.all([syncs('one', dice(1)), syncs('all', dice(2)), syncs('doomed', dice(3)), deletes(dice(4)), deletes(dice(5)),
		lends(dice(6)), projectGoes()]);
	const { wrong, sum } = walk(), words = JSON.stringify([tally, sum]);

	assert.deepEqual(wrong, [], words);
	assert.deepEqual(broken(), [], words);
	for (const what of ['delete in use', 'delete 204', 'one 200', 'all 200', 'doomed 200', 'project 204'])
		assert.ok(tally[what] > 0, `${what} never happened: ${words}`);
	assert.ok((tally['take out in use'] ?? 0) + (tally['delete own in use'] ?? 0) > 0, words);
	assert.ok((tally['take out 204'] ?? 0) + (tally['delete own 204'] ?? 0) > 0, words);
	assert.ok(sum.found > 10 && sum.missing > 10, words);
	admin(['audit', 'verify']);
});
