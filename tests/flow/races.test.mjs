/* People who grant, rebind, leave, delete and rename at the same time, from several processes: whatever order
 * it comes out in, what must hold of the database holds afterwards, and the audit chains are whole. */
import { fork } from 'node:child_process';
import { after, before, test } from 'node:test';
import assert from 'node:assert/strict';
import path from 'node:path';

import { admin, passwordOf, sql, sqlValue, throttleClear } from './lib/stack.mjs';
import { Visitor, as } from './lib/client.mjs';
import { broken } from './lib/invariants.mjs';
import { accountId, person, projectMake, roleTake, subscriptionMake, subscriptionRemove } from './lib/people.mjs';

const RACER = path.join(import.meta.dirname ?? path.dirname(new URL(import.meta.url).pathname), 'lib/racer.mjs');
const SUBS = ['race-one', 'race-two'];
const OWNERS = ['race-owner-1', 'race-owner-2', 'race-owner-3'];
const PEOPLE = [...OWNERS, 'race-chief', 'race-victim'];
/* Each process that many; fewer where sanitizers slow everything down, but enough for each act to come to something. */
const ACTS = Math.max(250, Math.ceil(600 / Number(process.env.SIGNET_TEST_SHARE ?? 1)));

const CHIEF = 'race-chief';
const idOf = (slug) => Number(sqlValue(`SELECT id FROM subscription WHERE slug = '${slug}'`));
const done = (answer) => assert.equal(answer.status, 303, answer.text.slice(0, 2000));

/* By the acts of people, so that each row is the vault's. */
before(async () => {
	for (const login of PEOPLE)
		person(login);
	for (const slug of SUBS) {
		subscriptionMake(slug);
		projectMake(slug, 'p 0');
		projectMake(slug, 'p 1');
		done(await (await as('siteadmin')).post(`/admin/subscriptions/${idOf(slug)}/admin`, { admin: CHIEF }));
	}
	const chief = await new Visitor().signIn(CHIEF, person(CHIEF));

	for (const slug of SUBS)
		for (const login of PEOPLE.filter((each) => each !== CHIEF))
			done(await chief.post(`/s/${slug}/people/new`, { login, role: 'admin' }));
});

after(() => {
	for (const login of PEOPLE)
		sql(`DELETE FROM integration WHERE account_id = ${accountId(login)}`);
	for (const slug of SUBS)
		subscriptionRemove(slug, ...PEOPLE);
	PEOPLE.forEach(roleTake);
	throttleClear();
});

function race(part) {
	return new Promise((resolve, reject) => {
		const child = fork(RACER, [JSON.stringify(part)], { stdio: ['ignore', 'inherit', 'inherit', 'ipc'] });
		let answer;

		child.on('message', (message) => { answer = message; });
		child.on('error', reject);
		child.on('exit', (status) => (status === 0 && answer ? resolve(answer) : reject(new Error(`${part.login}: ${status}`))));
	});
}

test('at the same time, thousands of times: nothing is stranded, and the trail is whole', async () => {
	const subs = SUBS.map((slug) => ({ slug, id: idOf(slug) }));
	const owner = ['add', 'grant', 'grant', 'grant', 'grant', 'withdraw', 'takeOut', 'deleteOwn', 'pause', 'rebind', 'rebind',
		'rebind', 'undo', 'undo', 'rename', 'deleteHandle', 'leave'];
	const parts = [
		...OWNERS.map((login) => ({ login, password: person(login), kinds: owner })),
		{ login: 'race-victim', password: person('race-victim'), kinds: ['add', 'grant', 'grant', 'rebind'], acts: 40 },
		{ login: 'race-chief', password: person('race-chief'), kinds: ['rebind', 'rebind', 'undo', 'rename', 'remove', 'bring', 'bring',
			'bring', 'projectAdd', 'projectRename', 'projectDelete', 'deleteHandle'] },
	].map((part, k) => ({ acts: ACTS, seed: 1000 + k, subs, ...part }));
	/* the victim first adds what is then bound to all over the place; later its account comes and goes */
	const first = await race(parts.find((p) => p.login === 'race-victim'));
	const answers = [first, ...await Promise.all([...parts.filter((p) => p.login !== 'race-victim'),
		{ login: 'siteadmin', password: passwordOf('siteadmin'), kinds: ['disable'], acts: Math.ceil(ACTS / 8), seed: 7, subs }].map(race))];
	const sum = {};

	for (const { tally, faults } of answers) {
		assert.deepEqual(faults, [], 'no answer is an error of the server');
		for (const [kind, counts] of Object.entries(tally))
			for (const [status, n] of Object.entries(counts))
				sum[kind] = { ...sum[kind], [status]: (sum[kind]?.[status] ?? 0) + n };
	}
	assert.deepEqual(broken(), [], Object.entries(sum).map(([kind, counts]) => `${kind} ${JSON.stringify(counts)}`).join(', '));
	admin(['audit', 'verify']);
	assert.match(admin(['doctor']), /0 with a broken head/);
	/* each act has been done, and done often enough to meet others */
	for (const kind of new Set(parts.flatMap((p) => p.kinds)))
		assert.ok(sum[kind]?.[303] > 0, `${kind} was never done: ${JSON.stringify(sum[kind])}`);
});
