/* proto.c: the vault's protocol: the codec, and the client against servers that misbehave. */
#include "unit/suites.h"

#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/clock.h"
#include "proto/codec.h"

static const struct vault_actor ACTOR = {7, {"ann", 3}, {"192.0.2.1", 9}, {"ab12", 4}};

#define SESSION {"0123456789abcdef0123456789abcde\0", 32}

static const int64_t IDS[] = {3, INT64_MAX, INT64_MIN};

static const struct vault_request REQUESTS[] = {
	{.op = VAULT_STATUS},
	{.op = VAULT_PASSWORD_CHECK, .login = {"ann", 3}, .password = {"p\0q", 3}},
	{.op = VAULT_PASSWORD_CHECK, .login = {"", 0}, .password = {"", 0}},
	{.op = VAULT_PASSWORD_CHECK, .login = {"ann", 3}, .password = {"p", 1}, .session = SESSION},
	{.op = VAULT_PASSWORD_SET, .actor = ACTOR, .account_id = 9, .current = {"old", 3},
	 .password = {"new", 3}},
	{.op = VAULT_ROLE_GRANT, .actor = ACTOR, .session = SESSION,
	 .grant = {GRANT_COLLABORATOR, 1, 2, INT64_MAX, -1, true, GRANT_EXPECT(3)}},
	{.op = VAULT_ROLE_GRANT, .actor = ACTOR, .grant = {GRANT_SITE_ADMIN, 1, 0, 0, 0, false, 0}},
	{.op = VAULT_SEALED_CHECK, .after = 1234567890123},
	{.op = VAULT_RIGHTS_CHECK, .after = INT64_MAX},
	{.op = VAULT_ACCOUNT_ENABLE, .actor = ACTOR, .session = SESSION, .account_id = 8,
	 .enabled = true},
	{.op = VAULT_ACCOUNT_ENABLE, .actor = ACTOR, .account_id = 8},
	{.op = VAULT_LINK_CREATE, .actor = ACTOR, .session = SESSION, .account_id = 8},
	{.op = VAULT_LINK_PASSWORD, .actor = ACTOR, .code = {"A_-", 3}, .password = {"new", 3}},
	{.op = VAULT_SCOPE_GRANT, .actor = ACTOR, .session = SESSION,
	 .scope = {11, 12, false, IDS, COUNT(IDS), {"docker hub", 10}, true, -1}},
	{.op = VAULT_SCOPE_GRANT, .actor = ACTOR, .scope = {11, 12, true, NULL, 0, {"", 0}, false, 7}},
	{.op = VAULT_REBIND, .actor = ACTOR, .session = SESSION,
	 .rebind = {12, 13, IDS, COUNT(IDS), true, true, IDS, 1, 9}},
	{.op = VAULT_REBIND, .actor = ACTOR, .rebind = {12, 13, IDS, 2, false, false, NULL, 0, 0}},
};

static char room[PROTO_ROOM];
static struct arena *arena;

static void proto_setup(void)
{
	arena = arena_new();
}

static void proto_teardown(void)
{
	arena_free(arena);
}

static struct span bytes_of(const struct vault_request *q)
{
	struct wire_out w = wire_into(room, sizeof(room));

	proto_request_put(&w, q);
	ck_assert_int_eq(w.err, OK);
	return span_of(room, w.n);
}

static bool same_ids(const int64_t *a, size_t na, const int64_t *b, size_t nb)
{
	return na == nb && (na == 0 || memcmp(a, b, na * sizeof(*a)) == 0);
}

static bool same_scope(const struct vault_scope *a, const struct vault_scope *b)
{
	return a->integration_id == b->integration_id && a->subscription_id == b->subscription_id &&
	       a->all_projects == b->all_projects && span_eq(a->name, b->name) &&
	       a->keep == b->keep && a->expect == b->expect &&
	       same_ids(a->projects, a->nprojects, b->projects, b->nprojects);
}

static bool same_rebind(const struct vault_rebind *a, const struct vault_rebind *b)
{
	return a->subscription_id == b->subscription_id && a->to == b->to && a->undo == b->undo &&
	       a->all_projects == b->all_projects && a->expect == b->expect &&
	       same_ids(a->handles, a->nhandles, b->handles, b->nhandles) &&
	       same_ids(a->projects, a->nprojects, b->projects, b->nprojects);
}

START_TEST(request_there_and_back)
{
	const struct vault_request *q = &REQUESTS[_i];
	struct vault_request r;

	ck_assert_int_eq(proto_request_get(arena, bytes_of(q), &r), OK);
	ck_assert_int_eq(r.op, q->op);
	ck_assert(span_eq(r.login, q->login));
	ck_assert(span_eq(r.password, q->password));
	ck_assert(span_eq(r.current, q->current));
	ck_assert(span_eq(r.actor.name, q->actor.name));
	ck_assert(span_eq(r.actor.address, q->actor.address));
	ck_assert(span_eq(r.actor.request, q->actor.request));
	ck_assert(r.actor.account_id == q->actor.account_id);
	ck_assert(r.account_id == q->account_id && r.after == q->after);
	ck_assert_int_eq(r.grant.kind, q->grant.kind);
	ck_assert(r.grant.project_id == q->grant.project_id && r.grant.role == q->grant.role);
	ck_assert(r.grant.expect == q->grant.expect);
	ck_assert(r.grant.revoke == q->grant.revoke && r.enabled == q->enabled);
	ck_assert(span_eq(r.session, q->session) && span_eq(r.code, q->code));
	ck_assert(same_scope(&r.scope, &q->scope) && same_rebind(&r.rebind, &q->rebind));
}
END_TEST

/* As many ids as there may be fit into a message, with the longest of everything else; one more goes
 * neither out nor in. */
START_TEST(request_of_many_ids)
{
	static char long_text[PROTO_NAME_MAX];
	static int64_t many[VAULT_SCOPE_PROJECTS + 1];
	struct vault_client c = {"/tmp/signet-no-such-socket", 500};
	struct vault_request r, q = {.op = VAULT_REBIND, .session = SESSION};
	struct wire_out w = wire_into(room, sizeof(room));
	int64_t handle;

	q.actor.name = span_of(long_text, PROTO_LOGIN_MAX);
	q.actor.address = q.actor.request = span_of(long_text, PROTO_ADDRESS_MAX);
	q.rebind = (struct vault_rebind){.handles = many, .nhandles = VAULT_REBIND_HANDLES,
					 .projects = many, .nprojects = VAULT_SCOPE_PROJECTS};
	ck_assert_int_eq(proto_request_get(arena, bytes_of(&q), &r), OK);
	ck_assert(same_rebind(&r.rebind, &q.rebind));
	q.op = VAULT_SCOPE_GRANT;
	q.scope = (struct vault_scope){.projects = many, .nprojects = VAULT_SCOPE_PROJECTS,
				       .name = span_of(long_text, PROTO_NAME_MAX)};
	ck_assert_int_eq(proto_request_get(arena, bytes_of(&q), &r), OK);
	ck_assert(same_scope(&r.scope, &q.scope));
	q.scope.nprojects = q.rebind.nprojects = VAULT_SCOPE_PROJECTS + 1;
	proto_request_put(&w, &q);
	ck_assert_int_eq(w.err, E_TOO_BIG);
	ck_assert_int_eq(vault_scope_grant(&c, &ACTOR, SPAN_NONE, &q.scope, &handle), E_INVALID);
	ck_assert_int_eq(vault_rebind(&c, &ACTOR, SPAN_NONE, &q.rebind), E_INVALID);
	q.rebind.nprojects = 0;
	q.rebind.nhandles = VAULT_REBIND_HANDLES + 1;
	ck_assert_int_eq(vault_rebind(&c, &ACTOR, SPAN_NONE, &q.rebind), E_INVALID);
	q.rebind.nhandles = VAULT_REBIND_HANDLES;
	ck_assert_int_eq(vault_rebind(&c, &ACTOR, SPAN_NONE, &q.rebind), E_UNAVAILABLE);
}
END_TEST

START_TEST(request_must_be_whole)
{
	struct span s = bytes_of(&REQUESTS[_i]);
	struct vault_request r;

	for (size_t n = 0; n < s.n; n++)
		ck_assert_int_eq(proto_request_get(arena, span_of(s.p, n), &r), E_CORRUPT);
	ck_assert_int_eq(proto_request_get(arena, span_of(s.p, s.n + 1), &r), E_CORRUPT);
	room[0] = PROTO_VERSION + 1;
	ck_assert_int_eq(proto_request_get(arena, s, &r), E_CORRUPT);
}
END_TEST

#define NUMBER "\0\0\0\0\0\0\0\1"
#define ZERO "\0\0\0\0\0\0\0\0"
#define MINUS "\377\377\377\377\377\377\377\377"
#define NOBODY NUMBER "\0\0\0\0" "\0\0\0\0" "\0\0\0\0"

static const struct {
	const char *bytes;
	size_t n;
} HOSTILE[] = {
	{"\2\0", 2},                                      /* no such operation */
	{"\2\177", 2},     {"\2\377", 2},
	{"\2\2\0\0\1\102", 6},                            /* a login of 322 */
	{"\2\2\377\377\377\377aaaa\0\0\0\0", 14},
	{"\2\4" NOBODY "\0\0\0\0" "\0" NUMBER NUMBER NUMBER NUMBER "\0", 60}, /* kind 0 */
	{"\2\4" NOBODY "\0\0\0\0" "\1" NUMBER NUMBER NUMBER NUMBER "\2", 60}, /* revoke 2 */
	{"\2\7" NOBODY "\0\0\0\0" NUMBER "\2", 35},                           /* enabled 2 */
	{"\2\7" NOBODY "\0\0\0\1" "h" NUMBER "\1", 36},                        /* a hash of 1 */
	{"\2\2\0\0\0\1a\0\0\0\1p\0\0\0\2hh", 18},
	{"\2\12" NOBODY "\0\0\0\0" NUMBER NUMBER "\2" ZERO "\0\0\0\0" "\0" ZERO, 64}, /* all 2 */
	{"\2\12" NOBODY "\0\0\0\0" NUMBER NUMBER "\0" ZERO "\0\0\0\0" "\2" ZERO, 64}, /* keep 2 */
	{"\2\12" NOBODY "\0\0\0\0" NUMBER NUMBER "\0" MINUS "\0\0\0\0" "\0" ZERO, 64},
	{"\2\12" NOBODY "\0\0\0\0" NUMBER NUMBER "\0" "\0\0\0\0\0\0\3\351", 51}, /* 1001 ids */
	{"\2\13" NOBODY "\0\0\0\0" NUMBER NUMBER "\0\0\0\0\0\0\0\311", 50},	 /* 201 ids */
	{"\2\13" NOBODY "\0\0\0\0" NUMBER NUMBER "\177\377\377\377\377\377\377\377", 50},
	{"\2\13" NOBODY "\0\0\0\0" NUMBER NUMBER ZERO "\2" "\0" ZERO ZERO, 68}, /* undo 2 */
};

START_TEST(request_hostile)
{
	struct vault_request r;

	ck_assert_int_eq(proto_request_get(arena, span_of(HOSTILE[_i].bytes, HOSTILE[_i].n), &r),
			 E_CORRUPT);
}
END_TEST

START_TEST(answer_there_and_back)
{
	struct vault_answer s = {.status = {"0123456789abcdef", 2, 3, 4}, .account_id = 5,
				 .check = {.checked = 1, .good = 2, .why = {0, 3, 4, 5, 6, 7, 8}, .next = 9}, .code = SPAN("code"), .handle_id = 6}, t;
	struct wire_out w;

	for (int k = 0; k < VAULT_FAULTS; k++)
		s.check.faults[s.check.nfaults++] = (struct vault_fault){ROW_BINDING, WHY_MOVED, k, 2, 3};
	for (enum vault_op op = VAULT_STATUS; op <= VAULT_OP_LAST; op++) {
		w = wire_into(room, sizeof(room));
		s.err = OK;
		proto_answer_put(&w, op, &s);
		ck_assert_int_eq(proto_answer_get(span_of(room, w.n), op, &t), OK);
		ck_assert_int_eq(t.err, OK);
		ck_assert_int_eq(proto_answer_get(span_of(room, w.n), (enum vault_op)99, &t),
				 E_CORRUPT);
		ck_assert_int_eq(proto_answer_get(span_of(room, w.n - 1), op, &t), E_CORRUPT);
		if (op == VAULT_STATUS) {
			ck_assert_int_eq(proto_answer_get(span_of(room, w.n), op, &t), OK);
			ck_assert_str_eq(t.status.key_id, s.status.key_id);
			ck_assert(t.status.workers == 2 && t.status.argon2_calls == 3);
			ck_assert(t.status.uptime_s == 4);
		}
		ck_assert_int_eq(proto_answer_get(span_of(room, w.n), op, &t), OK);
		ck_assert_uint_eq(t.code.n, op == VAULT_LINK_CREATE ? 4 : 0);
		ck_assert(t.account_id ==
			  (op == VAULT_PASSWORD_CHECK || op == VAULT_LINK_PASSWORD ? 5 : 0));
		if (op == VAULT_SEALED_CHECK || op == VAULT_RIGHTS_CHECK) {
			ck_assert(t.check.checked == 1 && t.check.good == 2 && t.check.next == 9);
			ck_assert_mem_eq(t.check.why, s.check.why, sizeof(t.check.why));
			ck_assert_uint_eq(t.check.nfaults, VAULT_FAULTS);
			ck_assert_mem_eq(t.check.faults, s.check.faults, sizeof(t.check.faults));
		}
		ck_assert(t.handle_id == (op == VAULT_SCOPE_GRANT ? 6 : 0));
		w = wire_into(room, sizeof(room));
		s.err = E_DENIED;
		proto_answer_put(&w, op, &s);
		ck_assert_uint_eq(w.n, 3);
		ck_assert_int_eq(proto_answer_get(span_of(room, w.n), op, &t), OK);
		ck_assert_int_eq(t.err, E_DENIED);
	}
	ck_assert_int_eq(proto_answer_get(SPAN("\2\1\144"), VAULT_STATUS, &t), E_CORRUPT);
}
END_TEST

/* A server for one connection: takes the request, answers `reply`; NULL = never answers. */
static char folder[32];
static char path[64];
static int listener = -1;
static pid_t server;

static void server_start(const char *reply, size_t n)
{
	struct sockaddr_un at = {.sun_family = AF_UNIX};

	snprintf(folder, sizeof(folder), "/tmp/signet-proto-XXXXXX");
	ck_assert_ptr_nonnull(mkdtemp(folder));
	snprintf(path, sizeof(path), "%s/s", folder);
	memcpy(at.sun_path, path, strlen(path) + 1);
	listener = socket(AF_UNIX, SOCK_SEQPACKET | SOCK_CLOEXEC, 0);
	ck_assert_int_eq(bind(listener, (struct sockaddr *)&at, sizeof(at)), 0);
	ck_assert_int_eq(listen(listener, 5), 0);
	server = fork();
	if (server == 0) {
		int fd = accept(listener, NULL, NULL);
		struct vault_request q;
		ssize_t got = recv(fd, room, sizeof(room), 0);
		if (got < 0 || proto_request_get(arena, span_of(room, (size_t)got), &q) != OK)
			_exit(1);
		if (!reply)
			poll(NULL, 0, 10000);
		else if (n && send(fd, reply, n, MSG_NOSIGNAL) < 0)
			_exit(1);
		_exit(0);
	}
}

static void server_end(void)
{
	kill(server, SIGKILL);
	waitpid(server, NULL, 0);
	close(listener);
	unlink(path);
	rmdir(folder);
}

static const struct {
	const char *reply;
	size_t n;
	int rc;
} SERVERS[] = {
	{"\2\2\0\0\0\0\0\0\0\0\52", 11, OK},
	{"\2\2\2", 3, E_DENIED},
	{"\2\1\0\0\0\0\0\0\0\0\52", 11, E_UNAVAILABLE},   /* to another question */
	{"\1\2\0\0\0\0\0\0\0\0\52", 11, E_UNAVAILABLE},   /* another version */
	{"\2\2\0\0\0\0\0\0\0\0\52x", 12, E_UNAVAILABLE},  /* something left over */
	{"", 0, E_UNAVAILABLE},                           /* hangs up */
	{NULL, 0, E_UNAVAILABLE},                         /* says nothing */
};

START_TEST(client_takes_the_answer)
{
	struct vault_client c = {path, SERVERS[_i].reply ? 2000 : 100};
	int64_t id = 0, from = clock_ms();
	int rc;

	server_start(SERVERS[_i].reply, SERVERS[_i].n);
	rc = vault_password_check(&c, SPAN("ann"), SPAN("secret"), SPAN_NONE, &id);
	server_end();
	ck_assert_int_eq(rc, SERVERS[_i].rc);
	ck_assert(id == (rc == OK ? 42 : 0));
	ck_assert_int_lt(clock_ms() - from, 1500);
}
END_TEST

/* Past any cap: cut to one byte more than can be right, and asked all the same. */
START_TEST(client_asks_with_long_texts)
{
	struct vault_client c = {path, 2000};
	static char big[100000];
	int64_t id;
	int rc;

	memset(big, 'x', sizeof(big));
	server_start("\2\2\2", 3);
	rc = vault_password_check(&c, span_of(big, sizeof(big)), span_of(big, sizeof(big)), SPAN_NONE,
				  &id);
	server_end();
	ck_assert_int_eq(rc, E_DENIED);
}
END_TEST

/* The code comes out whole with a NUL behind it, or not at all. */
START_TEST(client_takes_a_code)
{
	static const char REPLY[] = "\2\10\0\0\0\0\53"
				    "0123456789012345678901234567890123456789abc";
	static const char SHORT[] = "\2\10\0\0\0\0\3abc";
	struct vault_client c = {path, 2000};
	char code[48] = "before";
	int rc;

	server_start(_i ? SHORT : REPLY, _i ? sizeof(SHORT) - 1 : sizeof(REPLY) - 1);
	rc = vault_link_create(&c, &ACTOR, SPAN_NONE, 8, code);
	server_end();
	ck_assert_int_eq(rc, _i ? E_UNAVAILABLE : OK);
	ck_assert_str_eq(code, _i ? "" : "0123456789012345678901234567890123456789abc");
}
END_TEST

START_TEST(client_without_a_server)
{
	struct vault_client c = {"/tmp/signet-no-such-socket", 500};
	struct vault_status s;
	char big[300];

	ck_assert_int_eq(vault_status(&c, &s), E_UNAVAILABLE);
	memset(big, 'x', sizeof(big) - 1);
	big[sizeof(big) - 1] = '\0';
	c.socket = big;
	ck_assert_int_eq(vault_status(&c, &s), E_UNAVAILABLE);
}
END_TEST

Suite *proto_suite(void)
{
	Suite *s = suite_create("proto");
	TCase *t = tcase_create("proto");

	tcase_add_checked_fixture(t, proto_setup, proto_teardown);
	tcase_add_loop_test(t, request_there_and_back, 0, (int)COUNT(REQUESTS));
	tcase_add_loop_test(t, request_must_be_whole, 0, (int)COUNT(REQUESTS));
	tcase_add_test(t, request_of_many_ids);
	tcase_add_loop_test(t, request_hostile, 0, (int)COUNT(HOSTILE));
	tcase_add_test(t, answer_there_and_back);
	tcase_add_loop_test(t, client_takes_the_answer, 0, (int)COUNT(SERVERS));
	tcase_add_test(t, client_asks_with_long_texts);
	tcase_add_loop_test(t, client_takes_a_code, 0, 2);
	tcase_add_test(t, client_without_a_server);
	suite_add_tcase(s, t);
	return s;
}
