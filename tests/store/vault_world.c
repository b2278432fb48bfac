/* vault_world.c: a vault of the test's own, and who may what in it. */
#include "store/vault_world.h"

#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "seal/keygen.h"

struct world w;
struct vault v;
struct vault_answer answer;
static char folder[32];
int64_t sid;

static int64_t account_make(const char *login)
{
	sql_run("INSERT INTO account (uid, login, name, created_at) VALUES (LPAD('%s', 16, '.'), '%s', '%s', 1)",
		login, login, login);
	return (int64_t)mysql_insert_id(t.sql);
}

static void key_make(void)
{
	struct open_key *key;
	struct seal_key public;
	const char *secret, *open;

	snprintf(folder, sizeof(folder), "/tmp/signet-acting-XXXXXX");
	ck_assert_ptr_nonnull(mkdtemp(folder));
	secret = arena_printf(t.a, "%s/secret", folder).p;
	open = arena_printf(t.a, "%s/public", folder).p;
	ck_assert_int_eq(keygen_write(secret, open, &public), OK);
	ck_assert_int_eq(open_key_read(secret, &key), OK);
	unlink(secret);
	unlink(open);
	rmdir(folder);
	v.key = key;
}

struct span session_of(char c)
{
	char *p = arena_alloc(t.a, HASH_BYTES);

	memset(p, c, HASH_BYTES);
	return span_of(p, HASH_BYTES);
}

struct vault_request from(int64_t account, char c)
{
	return (struct vault_request){
		.actor = {account, SPAN("who web says"), SPAN("192.0.2.9"), SPAN("ab12")},
		.session = session_of(c),
	};
}

int grant_by(unsigned peers, struct vault_request q, struct vault_grant g)
{
	q.op = VAULT_ROLE_GRANT;
	q.grant = g;
	return vault_op_role_grant(&v, peers, &q, &answer);
}

struct vault_grant role_grant(int64_t account, int64_t role)
{
	return (struct vault_grant){.kind = GRANT_ROLE, .account_id = account,
				    .subscription_id = w.acme, .role = role};
}

struct vault_grant site_grant(int64_t account, bool revoke)
{
	return (struct vault_grant){.kind = GRANT_SITE_ADMIN, .account_id = account,
				    .revoke = revoke};
}

const struct vault_request OPERATOR = {.actor = {0, {"operator", 8}, {"", 0}, {"", 0}}};

void as_operator(struct vault_grant g)
{
	ck_assert_int_eq(grant_by(PEER_ADMIN, OPERATOR, g), OK);
}

void confirmed_at(int64_t account, char c, int64_t at)
{
	struct confirmation row = {session_of(c), account, at, SPAN_NONE};
	unsigned char mac[HASH_BYTES];

	ck_assert_int_eq(mac_confirmation(v.key, &row, mac), OK);
	row.mac = span_of((const char *)mac, sizeof(mac));
	ck_assert_int_eq(store_confirmation_put(t.vault, &row, 0), OK);
}

int64_t role_of(int64_t account)
{
	return sql_number("SELECT role FROM role WHERE account_id = %ld AND subscription_id = %ld",
			  account, w.acme);
}

void vault_world_set_up(void)
{
	store_set_up();
	world_make(&w);
	sid = account_make("sid");
	v = (struct vault){.db = t.vault, .arena = t.a, .shared = vault_shared_new()};
	key_make();
	as_operator(role_grant(w.ann, ROLE_ADMIN));
	as_operator(site_grant(sid, false));
	confirmed_at(w.ann, 'a', clock_now());
	confirmed_at(sid, 's', clock_now());
}
