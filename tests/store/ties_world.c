/* ties_world.c: account integrations, consents and bindings for tests. */
#include "store/ties_world.h"

#include <stdio.h>

#include "store/audit.h"

int64_t jenkins, anns;

static void eve_rules_globex(void)
{
	struct vault_grant g = role_grant(w.eve, ROLE_ADMIN);

	g.subscription_id = w.globex;
	as_operator(g);
}

void ties_world_set_up(void)
{
	struct vault_grant api = {.kind = GRANT_COLLABORATOR, .account_id = w.col};

	vault_world_set_up();
	as_operator(role_grant(w.mem, ROLE_MEMBER));
	as_operator(role_grant(w.col, ROLE_COLLABORATOR));
	api.account_id = w.col;
	api.subscription_id = w.acme;
	api.project_id = w.api;
	as_operator(api);
	eve_rules_globex();
	confirmed_at(w.mem, 'm', clock_now());
	confirmed_at(w.col, 'c', clock_now());
	confirmed_at(w.eve, 'e', clock_now());
	jenkins = own_new(w.mem, "jenkins");
	anns = own_new(w.ann, "ann''s");
}

int64_t own_new(int64_t account, const char *name)
{
	static int uids;

	sql_run("INSERT INTO integration (uid, account_id, name, type, url, all_projects, edit_roles,"
		" created_at, changed_at) VALUES (LPAD('%d', 16, 'o'), %ld, '%s', 'jenkins',"
		" 'https://ci.example/', 1, 4, 1, 1)",
		++uids, account, name);
	return (int64_t)mysql_insert_id(t.sql);
}

struct vault_scope scope_of(int64_t own, const char *name)
{
	return (struct vault_scope){.integration_id = own, .subscription_id = w.acme,
				    .all_projects = true, .name = span_str(name), .expect = -1};
}

struct vault_scope scope_listed(int64_t own, const char *name, int64_t one, int64_t two)
{
	struct vault_scope s = scope_of(own, name);
	int64_t *ids = ARENA_ARRAY(t.a, int64_t, 2);

	ids[0] = one;
	ids[1] = two;
	s.all_projects = false;
	s.projects = ids;
	s.nprojects = two ? 2 : one ? 1 : 0;
	return s;
}

int scope_by(struct vault_request q, struct vault_scope s)
{
	q.op = VAULT_SCOPE_GRANT;
	q.scope = s;
	answer = (struct vault_answer){0};
	return vault_op_scope_grant(&v, PEER_WEB, &q, &answer);
}

int64_t bound_make(struct vault_request q, struct vault_scope s)
{
	ck_assert_int_eq(scope_by(q, s), OK);
	ck_assert_int_gt(answer.handle_id, 0);
	return answer.handle_id;
}

struct vault_rebind rebind_of(int64_t handle, int64_t to)
{
	int64_t *ids = ARENA_ARRAY(t.a, int64_t, 1);

	ids[0] = handle;
	return (struct vault_rebind){.subscription_id = w.acme, .to = to, .handles = ids,
				     .nhandles = 1, .all_projects = true};
}

struct vault_rebind undo_of(int64_t handle)
{
	struct vault_rebind r = rebind_of(handle, 0);

	r.undo = true;
	return r;
}

int rebind_by(struct vault_request q, struct vault_rebind r)
{
	q.op = VAULT_REBIND;
	q.rebind = r;
	return vault_op_rebind(&v, PEER_WEB, &q, &answer);
}

int leave(struct vault_request q, int64_t account)
{
	return grant_by(PEER_WEB, q, role_grant(account, ROLE_NONE));
}

const char *grant_of(int64_t own)
{
	const char *text = sql_text("SELECT CONCAT(IF(released_until IS NULL, 'live ', 'released '),"
				    " IF(all_projects, 'all', projects)) FROM scope_grant WHERE"
				    " integration_id = %ld AND subscription_id = %ld", own, w.acme);

	return *text ? text : "none";
}

int64_t bound_to(int64_t handle)
{
	return sql_number("SELECT account_integration_id FROM binding WHERE integration_id = %ld", handle);
}

const char *newest_of(const char *chain, int n)
{
	return sql_text("SELECT GROUP_CONCAT(CONCAT_WS(' ', action, object, NULLIF(fields, ''))"
			" ORDER BY seq SEPARATOR '; ') FROM (SELECT * FROM audit WHERE chain = '%s'"
			" ORDER BY seq DESC LIMIT %d) x", chain, n);
}

static int append(struct db *db, void *arg)
{
	return store_audit_write(db, t.a, arg);
}

void audit_append(struct audit_entry *e)
{
	ck_assert_int_eq(db_transaction(t.web, append, e), OK);
}

const char *hex(const unsigned char mac[HASH_BYTES])
{
	char *text = arena_alloc(t.a, 2 * HASH_BYTES + 1);

	for (size_t k = 0; k < HASH_BYTES; k++)
		snprintf(text + 2 * k, 3, "%02x", mac[k]);
	return text;
}

struct vault_check check_all(void)
{
	struct vault_request q = {.op = VAULT_RIGHTS_CHECK};
	struct vault_check sum = {0};

	do {
		answer = (struct vault_answer){0};
		ck_assert_int_eq(vault_op_rights_check(&v, PEER_ADMIN, &q, &answer), OK);
		sum.checked += answer.check.checked;
		sum.good += answer.check.good;
		for (int k = 0; k < WHY_KINDS; k++)
			sum.why[k] += answer.check.why[k];
		for (size_t k = 0; k < answer.check.nfaults && sum.nfaults < VAULT_FAULTS; k++)
			sum.faults[sum.nfaults++] = answer.check.faults[k];
		q.after = answer.check.next;
	} while (q.after);
	return sum;
}

void keep_rows(const char *table)
{
	sql_run("CREATE OR REPLACE TABLE scratch_rows AS SELECT * FROM %s", table);
}

void put_back(const char *table)
{
	sql_run("REPLACE INTO %s SELECT * FROM scratch_rows", table);
	sql_run("DROP TABLE scratch_rows");
}
