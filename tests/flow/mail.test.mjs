/* One-time links by mail: a real mail server gets them, and what happens when there is none, or a bad one. */
import { after, before, beforeEach, test } from 'node:test';
import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { readFileSync, readdirSync, rmSync } from 'node:fs';
import path from 'node:path';

import { BASE, BIN, IS_ROOT, VAR, config, passwordOf, program, quote, sql, sqlValue, throttleClear, until } from './lib/stack.mjs';
import { HOST, Visitor } from './lib/client.mjs';
import { alerts, byId, formOf, says, textOf } from './lib/html.mjs';
import { accountId, person } from './lib/people.mjs';
import { Program } from './lib/program.mjs';
import { secondWeb } from './lib/second.mjs';
import { SMTP_PORT, askMail, certificateMake, freePort, mailLog, mailRequest, secondMail, silentServer, smtpServer } from './lib/mail.mjs';

const LOGIN = 'flow-mail', ADDRESS = 'flow-mail@example.com';
const SECRETS = [];
let site, page, code;

const note = (email = ADDRESS, login = LOGIN) => sql(`UPDATE account SET email = ${email ? quote(email) : 'NULL'} WHERE id = ${accountId(login)}`);
const accountPage = () => `/admin/accounts/${accountId(LOGIN)}`;
const links = () => sqlValue(`SELECT COUNT(*) FROM audit WHERE action = 'password.link' AND object = ${quote(LOGIN)}`);

/* The page after "Mail a link to". */
const mailLink = (visitor = site, mail = ADDRESS, options = {}) => visitor.post(`${accountPage()}/link`, { mail }, options);
/* What the log of signet-mail says from here on. */
function newLines(log = mailLog) {
	const before = log().length;

	return () => log().slice(before);
}

/* The link in a mail, and its code noted as a secret. */
function linkOf(mail) {
	const [link, found] = /^http\S+\/password\?code=([A-Za-z0-9_-]{43})$/m.exec(mail.text);

	SECRETS.push(found);
	return link;
}

before(async () => {
	throttleClear();
	person(LOGIN);
	site = await new Visitor().signIn('siteadmin');
});
beforeEach(() => {
	throttleClear();
	note();
});
after(() => {
	note(null);
	note(null, 'siteadmin');
	throttleClear();
});

/* --- addresses -------------------------------------------------------------------------------------- */

test('an address is noted by its owner and by site admins; the trail says that, and not which', async () => {
	const visitor = await new Visitor().signIn(LOGIN, person(LOGIN));
	const trail = (chain) => sql(`SELECT action, actor, object, fields FROM audit WHERE chain = ${quote(chain)} AND action = 'account.email'
		ORDER BY seq DESC LIMIT 1`)[0];

	note(null);
	const form = await visitor.form('/account', '/account/name');
	assert.equal(form.value('email'), '');
	const done = await visitor.submit(form.set('email', ' own@example.com '));
	assert.equal(done.status, 303, alerts(done.text).join());
	assert.equal(formOf((await visitor.get('/account')).text, '/account/name').value('email'), 'own@example.com');
	assert.deepEqual(trail(`account:${accountId(LOGIN)}`), ['account.email', LOGIN, LOGIN, 'email']);
	const theirs = await site.form(accountPage(), `${accountPage()}/name`);
	assert.equal(theirs.value('email'), 'own@example.com');
	assert.equal((await site.submit(theirs.set('email', ''))).status, 303);
	assert.deepEqual(trail('site'), ['account.email', 'siteadmin', LOGIN, 'email']);
	assert.equal(sqlValue(`SELECT email IS NULL FROM account WHERE login = ${quote(LOGIN)}`), '1');
	const login = `flow-mail-new-${Date.now()}`;
	const made = await site.post('/admin/accounts/new', { login, name: '', email: 'made@example.com' });
	assert.equal(made.status, 303);
	assert.equal(sqlValue(`SELECT email FROM account WHERE login = ${quote(login)}`), 'made@example.com');
	for (const address of ['own@example.com', 'made@example.com'])
		assert.ok(!sql('SELECT * FROM audit').flat().join(' ').includes(address));
	says(await site.get('/admin/audit'), /changed the mail address of/);
});

test('a new address needs a confirmation, and goes on with what was typed; a new name alone does not', async () => {
	const visitor = await new Visitor().signIn(LOGIN, person(LOGIN));

	for (const [who, password, action] of [[visitor, person(LOGIN), '/account/name'], [site, passwordOf('siteadmin'), `${accountPage()}/name`]]) {
		sql('DELETE FROM confirmation');
		assert.equal((await who.post(action, { name: 'Flow mail', email: ADDRESS })).status, 303, 'as it is');
		const asked = await who.post(action, { name: 'Flow mail 2', email: 'another@example.com' });
		const form = formOf(asked.text, '/confirm');
		assert.equal(sqlValue(`SELECT CONCAT(name, email) FROM account WHERE login = ${quote(LOGIN)}`), `Flow mail${ADDRESS}`);
		assert.deepEqual([form.value('email'), form.value('name')], ['another@example.com', 'Flow mail 2']);
		const on = await who.submit(form.set('confirm_password', password));
		assert.deepEqual([on.status, on.location], [307, action]);
		assert.equal((await who.post(action, { name: LOGIN, email: 'another@example.com' })).status, 303);
		assert.equal(sqlValue(`SELECT CONCAT(name, email) FROM account WHERE login = ${quote(LOGIN)}`), `${LOGIN}another@example.com`);
		note();
	}
	const one = await Program.of(await new Visitor().signIn(LOGIN, person(LOGIN)));
	const refused = await one.put('/api/v1/account', { name: LOGIN, email: 'x@example.com' });
	assert.deepEqual([refused.status, JSON.parse(refused.text).type], [403, 'urn:signet:confirmation-needed']);
	assert.equal(JSON.parse((await one.put('/api/v1/account', { name: LOGIN })).text).email, ADDRESS, 'left out, it stays');
	await one.confirm(person(LOGIN));
	assert.equal(JSON.parse((await one.put('/api/v1/account', { name: LOGIN, email: '' })).text).email, null);
});

test('what is no single address is refused in a sentence, and stays typed', async () => {
	for (const [address, sentence] of [['ann', /with an @ in it/], ['a@b@c.example', /behind the @/], ['a b@c.example', /before the @/],
		['a@b.example, c@d.example', /Only one address fits/], ['a@b.example\r\nBcc: c@d.example', /./], ['Ann <a@b.example>', /before the @/],
		[`${'x'.repeat(243)}@example.com`, /at most 254/], ['\u00e4nn@example.com', /accents/], ['a@b.example\u202e', /./]])
		for (const action of [`${accountPage()}/name`, '/account/name', '/admin/accounts/new']) {
			const answer = await site.post(action, { login: 'flow-mail-bad', name: 'Kept', email: address });
			const again = formOf(answer.text, action);
			assert.equal(answer.status, 422, `${action}: ${address}`);
			assert.match(byId(answer.text, 'email-error'), sentence, address);
			assert.equal(again.value('name'), 'Kept');
			if (!/[\r\n\u202e]/.test(address))
				assert.equal(again.value('email'), address);
		}
	assert.equal(sqlValue(`SELECT email FROM account WHERE login = ${quote(LOGIN)}`), ADDRESS);
});

/* --- a link by mail ---------------------------------------------------------------------------------- */

test('a link comes by mail, no page shows it, and it sets the password once', async () => {
	const server = await smtpServer();

	try {
		page = await site.get(accountPage());
		assert.match(page.text, new RegExp(`name="mail" value="${ADDRESS}"`));
		const answer = await mailLink();
		assert.equal(answer.status, 200, alerts(answer.text).join());
		says(answer, new RegExp(`A link for ${LOGIN} is on its way to ${ADDRESS} ?\\. It is good for 24 hours and one use`));
		const [mail] = await until(() => server.mails().length && server.mails(), 20, 'the mail is there');
		const link = linkOf(mail), headers = Object.fromEntries(mail.headers);
		code = link.split('=')[1];
		assert.ok(!answer.text.includes('code='), 'the page does not have it');
		assert.ok(link.startsWith(`${BASE}/password?code=`));
		assert.deepEqual([mail.from, mail.to, mail.defects], ['signet@localhost', [ADDRESS], []]);
		assert.equal(headers.From, 'Signet <signet@localhost>');
		assert.equal(headers.To, ADDRESS);
		assert.equal(headers.Subject, 'Set your password for Signet');
		assert.match(headers['Message-ID'], /^<[0-9a-f]{32}@localhost>$/);
		assert.ok(Math.abs(Date.parse(headers.Date) - Date.now()) < 600000, headers.Date);
		assert.equal(headers['Auto-Submitted'], 'auto-generated');
		assert.match(mail.type, /^text\/plain; charset="?utf-8"?$/);
		assert.match(mail.text, new RegExp(`\\(siteadmin\\) had Signet at ${BASE} make this link for you\\.`));
		assert.match(mail.text, new RegExp(`the password of the account "${LOGIN}"`));
		assert.match(mail.text, /good for 24 hours, until \d{4}-\d\d-\d\d \d\d:\d\d UTC, and for one use/);
		for (const line of mail.raw.split('\r\n'))
			assert.ok(line.length <= 78 || /^Content-Type: multipart/.test(line), line);
		const password = randomBytes(12).toString('base64url');
		SECRETS.push(password);
		for (const status of [303, 410]) {
			const visitor = new Visitor();
			await visitor.get(link.slice(BASE.length));
			assert.equal((await visitor.send('POST', '/password', { body: new URLSearchParams({ csrf: formOf((await visitor.get('/password')).text, '/password')
				.value('csrf'), password, again: password }).toString(), headers: { 'Content-Type': 'application/x-www-form-urlencoded', Origin: BASE } })).status, status);
		}
		await new Visitor().signIn(LOGIN, password);
		await until(() => new RegExp(`mail \\d+ to ${ADDRESS} is delivered at try 1\n`).test(mailLog()), 10, 'the log says so');
	} finally {
		await server.stop();
	}
});

test('a program has a link mailed, and does not get it either', async () => {
	const server = await smtpServer();

	try {
		const one = await (await Program.of(site)).confirm(passwordOf('siteadmin'));
		const answer = await one.post(`/api/v1${accountPage()}/link`, { mail: ADDRESS });
		assert.equal(answer.status, 200, answer.text);
		assert.deepEqual(JSON.parse(answer.text), { id: accountId(LOGIN), login: LOGIN, link: null, mailed_to: ADDRESS, hours: 24 });
		const [mail] = await until(() => server.mails().length && server.mails(), 20, 'the mail is there');
		linkOf(mail);
		const shown = JSON.parse((await one.post(`/api/v1${accountPage()}/link`, {})).text);
		assert.equal(shown.mailed_to, null);
		assert.match(shown.link, /\/password\?code=/);
	} finally {
		await server.stop();
	}
});

test('the mail names the configured host, whatever name the site admin came by', async () => {
	const server = await smtpServer();
	const other = HOST.replace('127.0.0.1', 'localhost');

	try {
		assert.equal(config.site.hosts.split(' ')[1], other);
		const answer = await mailLink(site, ADDRESS, { headers: { Host: other, Origin: `http://${other}` } });
		assert.equal(answer.status, 200);
		const [mail] = await until(() => server.mails().length && server.mails(), 20, 'the mail is there');
		assert.ok(linkOf(mail).startsWith(`${BASE}/`));
		assert.ok(!mail.raw.includes('localhost:'), 'the other name is not in it');
		assert.equal((await mailLink(site, ADDRESS, { headers: { Host: 'evil.example', Origin: 'http://evil.example' } })).status, 421);
	} finally {
		await server.stop();
	}
});

test('to another address than the one on the page nothing goes', async () => {
	const [made, says_] = [links(), newLines()];

	for (const address of ['other@example.com', `${ADDRESS}\r\nBcc: c@d.example`, `${ADDRESS},c@d.example`, ADDRESS.toUpperCase()]) {
		const answer = await mailLink(site, address);
		assert.equal(answer.status, 422, address);
		assert.equal(alerts(answer.text).length, 1, address);
	}
	note(null);
	assert.equal((await mailLink()).status, 422);
	assert.ok(!(await site.get(accountPage())).text.includes('name="mail"'), 'no button without an address');
	says(await site.get(accountPage()), /Once a mail address is noted in the profile, Signet can mail it/);
	assert.deepEqual([links(), says_()], [made, '']);
});

test('who did not confirm their password is asked first, and then it goes', async () => {
	const server = await smtpServer();

	try {
		sql('DELETE FROM confirmation');
		const asked = await mailLink();
		const form = formOf(asked.text, '/confirm');
		assert.equal(form.value('mail'), ADDRESS);
		const on = await site.submit(form.set('confirm_password', passwordOf('siteadmin')));
		assert.deepEqual([on.status, on.location], [307, `${accountPage()}/link`]);
		assert.equal((await mailLink()).status, 200);
		linkOf((await until(() => server.mails().length && server.mails(), 20, 'the mail is there'))[0]);
		assert.equal(server.mails().length, 1);
	} finally {
		await server.stop();
	}
});

/* --- when it does not work ---------------------------------------------------------------------------- */

test('a mail server that is down at first gets the mail when it is back', async () => {
	const log = newLines();

	assert.equal((await mailLink()).status, 200);
	await until(() => log().match(/: Couldn't connect/g)?.length >= 2, 20, 'it is tried again');
	const server = await smtpServer();
	try {
		linkOf((await until(() => server.mails().length && server.mails(), 40, 'it is delivered'))[0]);
		await until(() => /is delivered at try [3-9]/.test(log()), 10, 'the log says so');
	} finally {
		await server.stop();
	}
});

test('one that never answers keeps nobody waiting, and loses no mail', async () => {
	const silent = await silentServer();
	let real;

	try {
		for (let k = 0; k < 6; k++)
			assert.equal((await mailLink()).status, 200);
		await until(() => silent.connections() === 4, 20, 'four deliveries are under way');
		assert.equal((await mailLink()).status, 200, 'a seventh is taken');
		assert.equal((await site.get(accountPage())).status, 200);
		assert.equal(silent.connections(), 4, 'nothing has ended meanwhile');
	} finally {
		await silent.stop();
	}
	real = await smtpServer();
	try {
		await until(() => real.mails().length === 7, 60, 'all seven are delivered');
		real.mails().forEach(linkOf);
	} finally {
		await real.stop();
	}
});

test('one that never answers to a mail keeps no other mail waiting', async () => {
	const port = await freePort(), server = await smtpServer(port);

	try {
		await withMail({ smtp_url: `smtp://127.0.0.1:${port}` }, {}, async (visitor, mail) => {
			note('hang@example.com');
			assert.equal((await mailLink(visitor, 'hang@example.com')).status, 200);
			await until(() => program('signet-mail', mail.file).workers.length === 1, 20, 'it is being delivered');
			note();
			assert.equal((await mailLink(visitor)).status, 200);
			linkOf((await until(() => server.mails().length && server.mails(), 20, 'the other is there'))[0]);
			await until(() => /mail 2 to .* is delivered/.test(mail.log()), 20, 'the log says so');
			assert.doesNotMatch(mail.log(), /mail 1 to \S+ is [^t]|mail 1 to \S+:/, 'the first is not over');
		});
	} finally {
		await server.stop();
	}
});

test('refused for good it is dropped, refused for now it is tried again; the log has the address alone', async () => {
	const server = await smtpServer(), log = newLines();

	try {
		note('refused@example.com');
		assert.equal((await mailLink(site, 'refused@example.com')).status, 200);
		await until(() => /mail \d+ to refused@example\.com is dropped after 1 tries: the server refuses it/.test(log()), 20, 'dropped');
		assert.match(log(), /the server's last answer: 550/);
		note('later@example.com');
		assert.equal((await mailLink(site, 'later@example.com')).status, 200);
		await until(() => log().match(/to later@example\.com: .*last answer: 450/g)?.length >= 2, 20, 'tried again');
		assert.deepEqual(server.mails(), []);
	} finally {
		await server.stop();
	}
});

test('without signet-mail: a clear error, the link of before stays good, and one can be shown', async () => {
	const web = await secondWeb({}, BIN, path.join(VAR, 'run/no-such.sock'));

	try {
		const shown = await site.post(`${accountPage()}/link`);
		const visitor = await web.visitor().signIn('siteadmin'), before_ = links();
		const answer = await mailLink(visitor);
		assert.equal(answer.status, 503);
		assert.match(alerts(answer.text)[0], /No mail was sent: the program that sends mails does not answer or is busy/);
		assert.match(answer.text, /Make a link</);
		assert.equal(links(), before_, 'none was made');
		const [, link] = /<pre[^>]*id="link"[^>]*>http[^<]*(\/password\?code=[^<]+)</.exec(shown.text);
		assert.equal((await new Visitor().get(link)).location, '/password');
		assert.equal((await visitor.post(`${accountPage()}/link`)).status, 200);
	} finally {
		await web.stop();
	}
});

test('where no mail server is configured nothing offers it', async () => {
	const web = await secondWeb({ smtp_url: '' });

	try {
		const visitor = await web.visitor().signIn('siteadmin'), before_ = links();
		const account = await visitor.get(accountPage());
		says(account, /Signet sends no mail/);
		assert.ok(!account.text.includes('name="mail"'));
		for (const at of [accountPage(), '/account', '/admin/accounts/new'])
			assert.doesNotMatch(textOf((await visitor.get(at)).text), /mailed|mail it|on its way/i, at);
		const answer = await mailLink(visitor);
		assert.equal(answer.status, 422);
		assert.match(alerts(answer.text)[0], /Signet is not told how to send mails/);
		assert.equal(links(), before_);
		assert.equal((await visitor.post(`${accountPage()}/link`)).status, 200);
	} finally {
		await web.stop();
	}
});

/* --- encryption ---------------------------------------------------------------------------------------- */

/* A signet-mail of its own for this mail server, and a signet-web that hands mails to it. */
async function withMail(changes, files, what) {
	const mail = await secondMail(changes, files);
	let web;

	try {
		web = await secondWeb({}, BIN, mail.socket);
		await what(await web.visitor().signIn('siteadmin'), mail);
	} finally {
		await web?.stop();
		await mail.stop();
	}
}

test('TLS required and not offered: nothing goes out, the log says why, and in the end it is dropped', async () => {
	const port = await freePort(), server = await smtpServer(port);

	try {
		await withMail({ smtp_url: `smtp://127.0.0.1:${port}`, tls: 'required', keep_for: 2 }, {}, async (visitor, mail) => {
			assert.equal((await mailLink(visitor)).status, 200);
			await until(() => /is dropped after \d tries: it was tried for long enough/.test(mail.log()), 20, 'dropped');
			assert.match(mail.log(), new RegExp(`mail 1 to ${ADDRESS}: Requested SSL level failed`), mail.log());
			assert.deepEqual(server.mails(), []);
		});
	} finally {
		await server.stop();
	}
});

test('TLS and a password: by STARTTLS, from a file, and only where the certificate is trusted', async () => {
	const cert = certificateMake(), port = await freePort();
	const password = randomBytes(12).toString('hex');
	const server = await smtpServer(port, '--tls', cert.certificate, cert.key, '--user', 'signet', password);
	const common = { smtp_url: `smtp://127.0.0.1:${port}`, tls: 'required', user: 'signet', password_file: 'FOLDER/password' };
	const files = { password: `${password}\n`, 'ca.pem': readFileSync(cert.certificate) };

	SECRETS.push(password);
	try {
		await withMail({ ...common, keep_for: 2 }, files, async (visitor, mail) => {
			assert.equal((await mailLink(visitor)).status, 200);
			await until(() => /is dropped/.test(mail.log()), 20, 'dropped');
			assert.match(mail.log(), /certificate/i);
			assert.deepEqual(server.mails(), []);
			assert.ok(!mail.log().includes(password));
		});
		await withMail({ ...common, ca_file: 'FOLDER/ca.pem' }, files, async (visitor, mail) => {
			assert.equal((await mailLink(visitor)).status, 200);
			const [one] = await until(() => server.mails().length && server.mails(), 20, 'delivered');
			linkOf(one);
			assert.deepEqual([one.tls, one.user], [true, 'signet']);
			assert.ok(!mail.log().includes(password));
		});
		await withMail({ ...common, ca_file: 'FOLDER/ca.pem' }, { ...files, password: 'another' }, async (visitor, mail) => {
			assert.equal((await mailLink(visitor)).status, 200);
			await until(() => /is dropped after 1 tries: the server refuses it/.test(mail.log()), 20, 'dropped');
		});
	} finally {
		await server.stop();
		rmSync(cert.folder, { recursive: true });
	}
});

test('a configuration that would send a password or a link in the clear by mistake does not start', async () => {
	const url = 'smtp://127.0.0.1:25', password = { user: 'signet', password_file: 'FOLDER/password' };

	for (const [changes, sentence] of [[{ ...password, smtp_url: url, tls: 'try' }, /by TLS alone/], [{ smtp_url: 'smtp://u:very-secret@127.0.0.1' }, /holds no user/],
		[{ smtp_url: 'smpt://u:very-secret@127.0.0.1' }, /holds no user/],
		[{ smtp_url: 'http://127.0.0.1' }, /must begin with smtp/], [{ tls: 'maybe' }, /none, try or required/], [{ smtp_url: '' }, /smtp_url must be set/],
		[{ from: 'Signet' }, /from is no address/], [{ from: 'a@b\u00e4' }, /from is no address/], [{ user: 'signet' }, /needs a password_file/],
		[{ ...password, tls: 'required', password_file: '/nowhere' }, /cannot read the password_file/]]) {
		const mail = await secondMail(changes, { password: 'x' });
		assert.match(mail.log(), sentence, JSON.stringify(changes));
		assert.ok(!mail.log().includes('very-secret'), 'a password that stands in the wrong place is not logged');
		assert.equal(await mail.ended, 78);
		await mail.stop();
	}
});

/* --- the program ---------------------------------------------------------------------------------------- */

test('whatever comes by its socket, one mail to one address goes out or none', async () => {
	const server = await smtpServer(), log = newLines();
	const OK = '010200', INVALID = '010204';

	try {
		for (const [to, subject, text] of [['a@b.example\r\nBcc: c@d.example', 's', 't\n'], ['a@b.example,c@d.example', 's', 't\n'],
			['a@b.example>\r\nRCPT TO:<c@d.example', 's', 't\n'], ['', 's', 't\n'], ['a@b.example', 's\r\nBcc: c@d.example', 't\n'],
			['a@b.example', 's\nX: y', 't\n'], ['a@b.example', '', 't\n'], ['a@b.example', 's', 't\r\n.\r\nMAIL FROM:<x@y.example>\r\n']])
			assert.equal(askMail(mailRequest(to, subject, text)), INVALID, JSON.stringify([to, subject, text]));
		for (const bytes of ['', '00', '0109', mailRequest('a@b.example', 's', 't').slice(0, -2), `${mailRequest('a@b.example', 's', 't')}00`,
			'ff'.repeat(9000)])
			assert.equal(askMail(bytes), '', bytes.slice(0, 20));
		assert.equal(askMail('0101'), '010100', 'it goes on');
		const subject = 'Gr\u00fc\u00dfe \ud83d\ude00 '.repeat(8), text = '.\n..\n.\nF\u00fcr \u00c4nn =41\n.\n';
		assert.equal(askMail(mailRequest('flow-raw@example.com', subject, text)), OK);
		const mail = await until(() => server.mails().find(({ to }) => to[0] === 'flow-raw@example.com'), 20, 'delivered');
		assert.deepEqual([mail.to, mail.headers.find(([name]) => name === 'Subject')[1].trim(), mail.text.replaceAll('\r\n', '\n')],
			[['flow-raw@example.com'], subject.trim(), text]);
		for (const line of mail.raw.split('\r\n'))
			assert.match(line, /^([\x20-\x7e]{0,78}|Content-Type: multipart\/[\x20-\x7e]*)$/);
		assert.equal(server.mails().length, 1);
		assert.doesNotMatch(log(), /Bcc|d\.example/);
	} finally {
		await server.stop();
	}
});

test('it has no more rights than it needs, and leaves no core', () => {
	const { master } = program('signet-mail');
	const status = (name) => new RegExp(`^${name}:\\s*(.+)$`, 'm').exec(readFileSync(`/proc/${master}/status`, 'utf8'))[1];

	assert.match(readFileSync(`/proc/${master}/limits`, 'utf8'), /^Max core file size +0 +0 /m);
	assert.equal(status('NoNewPrivs'), '1');
	assert.equal(status('CapEff'), '0000000000000000');
	if (!IS_ROOT)
		return;
	for (const user of ['signet_admin', 'signet_vault', 'root'])
		assert.equal(askMail('0101', user), '', `${user} is not answered`);
	assert.throws(() => askMail('0101', 'www-data'), 'nginx does not reach it');
});

test('told to end, it says which mails are lost', async () => {
	const mail = await secondMail({ smtp_url: `smtp://127.0.0.1:${await freePort()}` });
	const web = await secondWeb({}, BIN, mail.socket);

	try {
		const visitor = await web.visitor().signIn('siteadmin');
		assert.equal((await mailLink(visitor)).status, 200);
		await until(() => /Couldn't connect/.test(mail.log()), 20, 'tried');
		process.kill(mail.pid, 'SIGTERM');
		assert.equal(await mail.ended, 0);
		assert.match(mail.log(), new RegExp(`mail 1 to ${ADDRESS} is dropped after \\d+ tries: the program ends`));
		assert.match(mail.log(), /stopped\n$/);
	} finally {
		await web.stop();
		await mail.stop();
	}
});

test('no link and no password is in a log, in the database, or in the trail', () => {
	const logs = readdirSync(path.join(VAR, 'log')).map((name) => readFileSync(path.join(VAR, 'log', name), 'latin1')).join();
	const rows = ['audit', 'session', 'account'].map((table) => sql(`SELECT * FROM ${table}`).flat().join(' ')).join();

	assert.ok(SECRETS.length > 10 && code, `${SECRETS.length} secrets`);
	assert.match(logs, new RegExp(`to ${ADDRESS} is delivered`), 'the logs are read');
	for (const secret of SECRETS) {
		assert.ok(!logs.includes(secret));
		assert.ok(!rows.includes(secret));
	}
	assert.ok(SMTP_PORT > 0 && !logs.includes('had Signet at'));
});
