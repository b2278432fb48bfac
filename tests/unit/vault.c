/* vault.c: who may ask what, the MACs of rows, Argon2 one at a time, and the sandbox. What needs a
 * database is tested with the store. */
#include "unit/suites.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <sys/ptrace.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#include "seal/keygen.h"
#include "seal/pwhash.h"
#include "vault/argon2.h"
#include "proto/listener.h"
#include "vault/mac.h"
#include "vault/sandbox.h"

static char folder[32];
static char secret_path[64], public_path[64], socket_path[64];
static struct vault_options options;
static struct vault vault;
static struct open_key *key;

static void vault_setup(void)
{
	struct seal_key k;

	secret_setup();
	snprintf(folder, sizeof(folder), "/tmp/signet-vault-XXXXXX");
	ck_assert_ptr_nonnull(mkdtemp(folder));
	snprintf(secret_path, sizeof(secret_path), "%s/secret", folder);
	snprintf(public_path, sizeof(public_path), "%s/public", folder);
	snprintf(socket_path, sizeof(socket_path), "%s/socket", folder);
	ck_assert_int_eq(keygen_write(secret_path, public_path, &k), OK);
	ck_assert_int_eq(open_key_read(secret_path, &key), OK);
	options = (struct vault_options){
		.web = 1001, .admin = 1002, .workers = 2,
		.db = {.socket = "/nonexistent/db", .user = "nobody", .database = "none"},
	};
	vault = (struct vault){.options = &options, .key = key, .shared = vault_shared_new(),
			       .arena = arena_new()};
	vault.db = db_new(&options.db);
}

static void vault_teardown(void)
{
	db_close(vault.db);
	arena_free(vault.arena);
	unlink(secret_path);
	unlink(public_path);
	unlink(socket_path);
	rmdir(folder);
}

START_TEST(peers_by_uid)
{
	ck_assert_uint_eq(vault_peers(&options, 1001), PEER_WEB);
	ck_assert_uint_eq(vault_peers(&options, 1002), PEER_ADMIN);
	ck_assert_uint_eq(vault_peers(&options, 0), PEER_ADMIN);
	ck_assert_uint_eq(vault_peers(&options, 1003), 0);
	options.admin = 1001;
	ck_assert_uint_eq(vault_peers(&options, 1001), PEER_WEB | PEER_ADMIN);
}
END_TEST

static int ask(unsigned peers, struct span message, enum vault_op op, struct vault_answer *s)
{
	char room[PROTO_ROOM];
	struct wire_out out = wire_into(room, sizeof(room));

	vault_dispatch(&vault, peers, message, &out);
	ck_assert_int_eq(proto_answer_get(span_of(room, out.n), op, s), OK);
	return s->err;
}

/* There is no database here: an operation that is allowed gets as far as that. */
static const struct {
	enum vault_op op;
	int web, admin;
} MAY[] = {
	{VAULT_STATUS, OK, OK},
	{VAULT_PASSWORD_CHECK, E_UNAVAILABLE, E_DENIED},
	{VAULT_PASSWORD_SET, E_UNAVAILABLE, E_UNAVAILABLE},
	{VAULT_ROLE_GRANT, E_UNAVAILABLE, E_UNAVAILABLE},
	{VAULT_SEALED_CHECK, E_DENIED, E_UNAVAILABLE},
	{VAULT_RIGHTS_CHECK, E_DENIED, E_UNAVAILABLE},
	{VAULT_ACCOUNT_ENABLE, E_UNAVAILABLE, E_UNAVAILABLE},
	{VAULT_LINK_CREATE, E_UNAVAILABLE, E_UNAVAILABLE},
	{VAULT_LINK_PASSWORD, E_UNAVAILABLE, E_DENIED},
	{VAULT_SCOPE_GRANT, E_UNAVAILABLE, E_DENIED},
	{VAULT_REBIND, E_UNAVAILABLE, E_DENIED},
};

START_TEST(dispatch_by_peer)
{
	struct vault_request q = {.op = MAY[_i].op, .grant = {.kind = GRANT_ROLE}};
	char room[PROTO_ROOM];
	struct wire_out w = wire_into(room, sizeof(room));
	struct vault_answer s;
	struct span m;

	proto_request_put(&w, &q);
	m = span_of(room, w.n);
	ck_assert_int_eq(ask(PEER_WEB, m, q.op, &s), MAY[_i].web);
	ck_assert_int_eq(ask(PEER_ADMIN, m, q.op, &s), MAY[_i].admin);
	ck_assert_int_eq(ask(0, m, q.op, &s), E_DENIED);
	if (q.op == VAULT_STATUS) {
		ask(PEER_WEB, m, q.op, &s);
		ck_assert_str_eq(s.status.key_id, open_key_public(key)->id);
		ck_assert_int_eq(s.status.workers, 2);
	}
}
END_TEST

START_TEST(dispatch_malformed)
{
	struct vault_answer s;

	ck_assert_int_eq(ask(PEER_WEB, SPAN(""), (enum vault_op)0, &s), E_CORRUPT);
	ck_assert_int_eq(ask(PEER_WEB, SPAN("\2"), (enum vault_op)0, &s), E_CORRUPT);
	ck_assert_int_eq(ask(PEER_WEB, SPAN("\2\1x"), VAULT_STATUS, &s), E_CORRUPT);
	ck_assert_int_eq(ask(PEER_WEB, SPAN("\1\1"), VAULT_STATUS, &s), E_CORRUPT);
	ck_assert_int_eq(ask(PEER_ADMIN, SPAN("\2\177"), (enum vault_op)127, &s), E_CORRUPT);
	ck_assert_int_eq(ask(PEER_ADMIN, SPAN("\2\377"), (enum vault_op)255, &s), E_CORRUPT);
}
END_TEST

START_TEST(mac_covers_every_column)
{
	const struct right r = {RIGHT_ROLE, 1, 2, 3, 3, 5, SPAN("hand"), SPAN_NONE};
	struct right s[9];
	unsigned char mac[HASH_BYTES];

	ck_assert_int_eq(mac_right(key, &r, mac), OK);
	for (size_t i = 0; i < COUNT(s); i++) {
		s[i] = r;
		s[i].mac = span_of((const char *)mac, sizeof(mac));
	}
	ck_assert(mac_right_fits(key, &s[0]));
	s[1].account_id++;
	s[2].subscription_id++;
	s[3].project_id++;
	s[4].role--;
	s[5].granted_at++;
	s[6].source = SPAN("hanD");
	s[7].table = RIGHT_COLLABORATOR;
	s[8].mac.n--;
	for (size_t i = 1; i < COUNT(s); i++)
		ck_assert_msg(!mac_right_fits(key, &s[i]), "change %zu", i);
}
END_TEST

START_TEST(mac_of_passwords)
{
	const struct password_row r = {.account_id = 1, .hash = SPAN("$argon2id$"), .set_at = 9};
	struct password_row s[5];
	static char big[2000];
	unsigned char mac[HASH_BYTES];

	mac_password(key, &r, mac);
	for (size_t i = 0; i < COUNT(s); i++) {
		s[i] = r;
		s[i].mac = span_of((const char *)mac, sizeof(mac));
	}
	ck_assert(mac_password_fits(key, &s[0]));
	s[1].account_id = 2;
	s[2].hash = SPAN("$argon2iD$");
	s[3].set_at = 8;
	s[4].hash = span_of(big, sizeof(big));
	for (size_t i = 1; i < COUNT(s); i++)
		ck_assert_msg(!mac_password_fits(key, &s[i]), "change %zu", i);
}
END_TEST

static struct span bytes_of(char c)
{
	char *p = arena_alloc(vault.arena, HASH_BYTES);

	memset(p, c, HASH_BYTES);
	return span_of(p, HASH_BYTES);
}

START_TEST(mac_of_confirmations)
{
	const struct confirmation c = {bytes_of('s'), 1, 1000, SPAN_NONE};
	struct confirmation d[5];
	unsigned char mac[HASH_BYTES];

	ck_assert_int_eq(mac_confirmation(key, &c, mac), OK);
	for (size_t i = 0; i < COUNT(d); i++) {
		d[i] = c;
		d[i].mac = span_of((const char *)mac, sizeof(mac));
	}
	ck_assert(mac_confirmation_fits(key, &d[0]));
	d[1].session_hash = bytes_of('t');
	d[2].account_id++;
	d[3].at++;
	d[4].mac.n--;
	for (size_t i = 1; i < COUNT(d); i++)
		ck_assert_msg(!mac_confirmation_fits(key, &d[i]), "change %zu", i);
}
END_TEST

START_TEST(mac_of_links)
{
	const struct password_link l = {1, bytes_of('c'), 1000, 2000, SPAN_NONE, SPAN_NONE};
	struct password_link m[7];
	unsigned char mac[HASH_BYTES];

	ck_assert_int_eq(mac_link(key, &l, mac), OK);
	for (size_t i = 0; i < COUNT(m); i++) {
		m[i] = l;
		m[i].mac = span_of((const char *)mac, sizeof(mac));
	}
	ck_assert(mac_link_fits(key, &m[0]));
	m[1].account_id++;
	m[2].code_hash = bytes_of('d');
	m[3].created_at++;
	m[4].expires_at++;
	m[5].mac.n--;
	m[6].password_mac = bytes_of('p'); /* the account has a password meanwhile */
	for (size_t i = 1; i < COUNT(m); i++)
		ck_assert_msg(!mac_link_fits(key, &m[i]), "change %zu", i);
}
END_TEST

START_TEST(mac_of_consents)
{
	const struct scope_grant g = {1, 2, 3, 0, SPAN("4,5"), 6, 7, 8, SPAN_NONE};
	struct scope_grant h[11];
	unsigned char mac[HASH_BYTES];

	mac_scope_grant(key, &g, mac);
	for (size_t i = 0; i < COUNT(h); i++) {
		h[i] = g;
		h[i].mac = span_of((const char *)mac, sizeof(mac));
	}
	ck_assert(mac_scope_grant_fits(key, &h[0]));
	h[1].integration_id++;
	h[2].subscription_id++;
	h[3].account_id++;
	h[4].all_projects = 1;
	h[5].projects = SPAN("4,5,6");
	h[6].projects = SPAN("");
	h[7].granted_at++;
	h[8].released_until = 0;
	h[9].entry++;
	h[10].mac.n--;
	for (size_t i = 1; i < COUNT(h); i++)
		ck_assert_msg(!mac_scope_grant_fits(key, &h[i]), "change %zu", i);
}
END_TEST

START_TEST(mac_of_bindings)
{
	const struct binding_row b = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, SPAN_NONE};
	struct binding_row c[12];
	unsigned char mac[HASH_BYTES];

	mac_binding(key, &b, mac);
	for (size_t i = 0; i < COUNT(c); i++) {
		c[i] = b;
		c[i].mac = span_of((const char *)mac, sizeof(mac));
	}
	ck_assert(mac_binding_fits(key, &c[0]));
	c[1].integration_id++;
	c[2].subscription_id++;
	c[3].account_integration_id++;
	c[4].account_id++;
	c[5].bound_at++;
	c[6].bound_by++;
	c[7].undo_integration_id++;
	c[8].undo_account_id++;
	c[9].undo_until++;
	c[10].entry++;
	c[11].mac.n--;
	for (size_t i = 1; i < COUNT(c); i++)
		ck_assert_msg(!mac_binding_fits(key, &c[i]), "change %zu", i);
}
END_TEST

START_TEST(mac_of_departures)
{
	const struct departure d = {1, 2, 3, SPAN_NONE};
	struct departure e[5];
	unsigned char mac[HASH_BYTES];

	mac_departure(key, &d, mac);
	for (size_t i = 0; i < COUNT(e); i++) {
		e[i] = d;
		e[i].mac = span_of((const char *)mac, sizeof(mac));
	}
	ck_assert(mac_departure_fits(key, &e[0]));
	e[1].account_id++;
	e[2].subscription_id++;
	e[3].left_at++;
	e[4].mac.n--;
	for (size_t i = 1; i < COUNT(e); i++)
		ck_assert_msg(!mac_departure_fits(key, &e[i]), "change %zu", i);
}
END_TEST

static struct secret typed(const char *text)
{
	return secret_take(vault.arena, arena_str(vault.arena, span_str(text)), strlen(text));
}

/* Counted over processes; and a process that dies with the turn does not keep it. */
START_TEST(argon2_takes_turns)
{
	struct secret p = typed("correct horse battery");
	struct span hash;
	pid_t pid;

	ck_assert_int_eq(vault_argon2_make(&vault, &p, &hash), OK);
	pid = fork();
	if (pid == 0)
		_exit(vault_argon2_check(&vault, hash, &p) == OK ? 0 : 1);
	ck_assert_int_eq(waitpid(pid, NULL, 0), pid);
	ck_assert_int_eq(vault_argon2_calls(&vault), 2);
	pid = fork();
	if (pid == 0) {
		pthread_mutex_lock(&vault.shared->argon2);
		_exit(0);
	}
	ck_assert_int_eq(waitpid(pid, NULL, 0), pid);
	ck_assert_int_eq(vault_argon2_check(&vault, hash, &p), OK);
	p = typed("another one here");
	ck_assert_int_eq(vault_argon2_check(&vault, hash, &p), E_DENIED);
	ck_assert_int_eq(vault_argon2_calls(&vault), 4);
}
END_TEST

START_TEST(listener_takes_a_dead_socket)
{
	int fd, second;

	ck_assert_int_eq(listener_open(socket_path, (gid_t)-1, &fd), OK);
	ck_assert_int_eq(listener_open(socket_path, (gid_t)-1, &second), E_CONFLICT);
	close(fd);
	ck_assert_int_eq(listener_open(socket_path, (gid_t)-1, &fd), OK);
	close(fd);
	ck_assert_int_eq(listener_open(secret_path, (gid_t)-1, &fd), E_UNAVAILABLE);
	ck_assert_int_eq(access(secret_path, F_OK), 0);
	ck_assert_int_eq(listener_open("/nonexistent/socket", (gid_t)-1, &fd), E_UNAVAILABLE);
}
END_TEST

/* In a child: the number of the first expectation that does not hold, 0 = all do. */
#define EXPECT(n, cond)                                                                            \
	do {                                                                                       \
		if (!(cond))                                                                       \
			_exit(n);                                                                  \
	} while (0)

static bool refused(long rc)
{
	return rc == -1 && errno == EPERM;
}

static char *const NO_ARGUMENTS[] = {NULL};

static void in_master(void)
{
	pid_t pid;
	int status;

	EXPECT(1, sandbox_master() == OK);
	EXPECT(2, refused(socket(AF_INET, SOCK_STREAM, 0)));
	EXPECT(3, refused(socket(AF_INET6, SOCK_DGRAM, 0)));
	EXPECT(4, refused(socket(AF_NETLINK, SOCK_RAW, 0)));
	EXPECT(5, socket(AF_UNIX, SOCK_SEQPACKET, 0) >= 0);
	EXPECT(6, refused(execve("/bin/true", NO_ARGUMENTS, NO_ARGUMENTS)));
	EXPECT(7, refused(ptrace(PTRACE_TRACEME, 0, NULL, NULL)));
	pid = fork();
	if (pid == 0)
		_exit(refused(execve("/bin/true", NO_ARGUMENTS, NO_ARGUMENTS)) ? 33 : 1);
	EXPECT(8, pid > 0 && waitpid(pid, &status, 0) == pid);
	EXPECT(9, WIFEXITED(status) && WEXITSTATUS(status) == 33);
	_exit(0);
}

static void in_worker(void)
{
	struct secret p;
	struct span hash;
	int fd, log_fd = open(public_path, O_WRONLY | O_APPEND);

	EXPECT(1, sandbox_worker() == OK);
	EXPECT(2, refused(socket(AF_INET, SOCK_STREAM, 0)));
	EXPECT(3, refused(socket(AF_INET6, SOCK_STREAM, 0)));
	EXPECT(4, refused(fork()));
	EXPECT(5, refused(execve("/bin/true", NO_ARGUMENTS, NO_ARGUMENTS)));
	EXPECT(6, refused(ptrace(PTRACE_TRACEME, 0, NULL, NULL)));
	EXPECT(7, refused(kill(getppid(), 0)));
	EXPECT(8, refused(open(socket_path, O_WRONLY | O_CREAT, 0600)));
#ifndef __SANITIZE_ADDRESS__
	EXPECT(9, refused(open(public_path, O_WRONLY)));
	EXPECT(10, refused(unlink(public_path)));
	EXPECT(11, mmap(NULL, 4096, PROT_READ | PROT_EXEC, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0) ==
			   MAP_FAILED);
#endif
	/* what a worker lives on; and the signer, whose file is open before */
	EXPECT(12, socket(AF_UNIX, SOCK_STREAM, 0) >= 0);
	fd = open(public_path, O_RDONLY);
	EXPECT(13, fd >= 0 && close(fd) == 0);
	p = typed("correct horse battery");
	EXPECT(14, vault_argon2_make(&vault, &p, &hash) == OK);
	EXPECT(15, vault_argon2_check(&vault, hash, &p) == OK);
	EXPECT(17, write(log_fd, "x\n", 2) == 2 && fdatasync(log_fd) == 0);
	EXPECT(16, db_ready(vault.db) == E_UNAVAILABLE);
	_exit(0);
}

static int ends(void (*fn)(void))
{
	pid_t pid = fork();
	int status;

	if (pid == 0)
		fn();
	ck_assert_int_eq(waitpid(pid, &status, 0), pid);
	ck_assert(WIFEXITED(status));
	return WEXITSTATUS(status);
}

START_TEST(sandbox_of_a_worker)
{
	ck_assert_int_eq(ends(in_worker), 0);
	ck_assert_int_eq(access(public_path, F_OK), 0);
}
END_TEST

START_TEST(sandbox_of_the_master)
{
	ck_assert_int_eq(ends(in_master), 0);
}
END_TEST

Suite *vault_suite(void)
{
	Suite *s = suite_create("vault");
	TCase *t = tcase_create("vault");

	tcase_set_timeout(t, 30);
	tcase_add_checked_fixture(t, vault_setup, vault_teardown);
	tcase_add_test(t, peers_by_uid);
	tcase_add_loop_test(t, dispatch_by_peer, 0, (int)COUNT(MAY));
	tcase_add_test(t, dispatch_malformed);
	tcase_add_test(t, mac_covers_every_column);
	tcase_add_test(t, mac_of_passwords);
	tcase_add_test(t, mac_of_confirmations);
	tcase_add_test(t, mac_of_links);
	tcase_add_test(t, mac_of_consents);
	tcase_add_test(t, mac_of_bindings);
	tcase_add_test(t, mac_of_departures);
	tcase_add_test(t, argon2_takes_turns);
	tcase_add_test(t, listener_takes_a_dead_socket);
	tcase_add_test(t, sandbox_of_a_worker);
	tcase_add_test(t, sandbox_of_the_master);
	suite_add_tcase(s, t);
	return s;
}
