/* world.c: what most tests begin with, and the walk over the audit chains. */
#include "store/fixture.h"

#include "seal/hash.h"
#include "store/integration.h"
#include "store/integration_list.h"

struct span uid_of(int n)
{
	char *uid = arena_alloc(t.a, UID_BYTES);

	memset(uid, 'u', UID_BYTES);
	memcpy(uid, &n, sizeof(n));
	return span_of(uid, UID_BYTES);
}

static int64_t account(int n, const char *login)
{
	sql_run("INSERT INTO account (uid, login, name, created_at) VALUES"
		" (CONCAT('account', %d), '%s', '%s', 1)",
		n, login, login);
	return (int64_t)mysql_insert_id(t.sql);
}

static int64_t subscription(int n, const char *slug)
{
	sql_run("INSERT INTO subscription (uid, slug, name, created_at) VALUES"
		" (CONCAT('subscription', %d), '%s', '%s', 1)",
		n, slug, slug);
	return (int64_t)mysql_insert_id(t.sql);
}

static int64_t project(int64_t sub, const char *name)
{
	sql_run("INSERT INTO project (subscription_id, name, created_at) VALUES (%ld, '%s', 1)", sub,
		name);
	return (int64_t)mysql_insert_id(t.sql);
}

static struct scope scope(int64_t sub, int64_t who, enum role role)
{
	sql_run("INSERT INTO role (account_id, subscription_id, role, granted_at, mac)"
		" VALUES (%ld, %ld, %d, 1, '')",
		who, sub, (int)role);
	return (struct scope){.subscription_id = sub, .account_id = who, .role = role};
}

void world_make(struct world *w)
{
	w->acme = subscription(1, "acme");
	w->globex = subscription(2, "globex");
	w->ann = account(1, "ann");
	w->mem = account(2, "mem");
	w->col = account(3, "col");
	w->eve = account(4, "eve");
	w->web = project(w->acme, "web");
	w->api = project(w->acme, "api");
	w->ops = project(w->acme, "ops");
	w->store = project(w->globex, "store");
	w->admin = scope(w->acme, w->ann, ROLE_ADMIN);
	w->member = scope(w->acme, w->mem, ROLE_MEMBER);
	w->collaborator = scope(w->acme, w->col, ROLE_COLLABORATOR);
	w->foreign = scope(w->globex, w->eve, ROLE_ADMIN);
	sql_run("INSERT INTO collaborator (account_id, project_id, subscription_id, granted_at, mac)"
		" VALUES (%ld, %ld, %ld, 1, '')",
		w->col, w->api, w->acme);
	sql_run("INSERT INTO seal_key VALUES ('%s', '', 'active', 1), ('%s', '', 'retired', 1)",
		KEY_ACTIVE.p, KEY_RETIRED.p);
	w->actor = (struct actor){w->ann, SPAN("ann"), SPAN("192.0.2.7"), SPAN("0011223344556677")};
}

struct integration_change change_named(const char *name)
{
	static struct integration_url url = {SPAN("apiUrl"), SPAN("https://ci.example/"),
					     SPAN("https://ci.example:443")};
	static int uids;

	return (struct integration_change){
		.uid = uid_of(++uids),
		.name = span_str(name),
		.type = SPAN("jenkins"),
		.url = url.url,
		.urls = &url,
		.nurls = 1,
		.all_projects = true,
		.edit_roles = ROLE_SET_NEW,
		.fields = SPAN("name, urls"),
	};
}

int64_t integration_make(const struct world *w, const char *name)
{
	struct integration_change c = change_named(name);
	int64_t id;

	ck_assert_int_eq(store_integration_create(t.web, t.a, &w->admin, &w->actor, &c, &id), OK);
	return id;
}

int integration_delete(const struct world *w, const struct scope *s, int64_t id)
{
	struct integration_change c = {.id = id};

	c.version = sql_number("SELECT version FROM integration WHERE id = %ld", id);
	return store_integration_delete(t.web, t.a, s, &w->actor, &c);
}

int list_by_name(const struct scope *s, struct span after, int64_t limit, struct integration_row **list,
		 size_t *n)
{
	struct integration_row from = {.name = after};
	struct integration_query q = {.search = SPAN(""), .type = SPAN(""), .limit = limit,
				      .from = after.n ? &from : NULL};

	return store_integration_list(t.web, t.a, s, &q, list, n);
}

int64_t list_count(const struct scope *s)
{
	struct integration_query q = {.search = SPAN(""), .type = SPAN("")};
	int64_t n;

	ck_assert_int_eq(store_integration_count(t.web, t.a, s, &q, &n), OK);
	return n;
}

int64_t entries_of(int64_t subscription)
{
	return sql_number("SELECT COUNT(*) FROM audit WHERE chain = 'sub:%ld'", subscription);
}

static struct span column(MYSQL_RES *r, MYSQL_ROW row, unsigned k)
{
	return row[k] ? span_of(row[k], mysql_fetch_lengths(r)[k]) : SPAN("0");
}

static int64_t column_number(MYSQL_RES *r, MYSQL_ROW row, unsigned k)
{
	int64_t v;

	ck_assert_int_eq(span_i64(column(r, row, k), &v), OK);
	return v;
}

/* AUDIT_ACTIONS when it is none. */
static enum audit_action action_of(struct span text)
{
	int k = 0;

	while (k < AUDIT_ACTIONS && !span_is(text, audit_action_text((enum audit_action)k)))
		k++;
	return (enum audit_action)k;
}

struct link {
	struct span chain, hash;
	int64_t seq;
};

/* One entry against the one before it. */
static bool link_fits(MYSQL_RES *r, MYSQL_ROW row, struct link *last)
{
	static const char ZEROS[32];
	struct span chain = column(r, row, 0), prev = column(r, row, 11), hash = column(r, row, 12);
	bool first = !span_eq(chain, last->chain);
	struct audit_entry e = {
		.chain = chain,
		.seq = column_number(r, row, 1),
		.at = column_number(r, row, 2),
		.actor = {column_number(r, row, 3), column(r, row, 4), column(r, row, 5),
			  column(r, row, 6)},
		.action = action_of(column(r, row, 7)),
		.object_id = column_number(r, row, 8),
		.object = column(r, row, 9),
		.fields = column(r, row, 10),
	};
	struct buf bytes = BUF_INIT;
	unsigned char sum[HASH_BYTES];

	if (e.action == AUDIT_ACTIONS || e.seq != (first ? 1 : last->seq + 1) ||
	    !span_eq(prev, first ? span_of(ZEROS, sizeof(ZEROS)) : last->hash))
		return false;
	audit_bytes(&e, prev, &bytes);
	hash_bytes(buf_span(&bytes), sum);
	buf_release(&bytes);
	*last = (struct link){chain, hash, e.seq};
	return span_eq(hash, span_of((const char *)sum, sizeof(sum)));
}

/* Every chain has a head, which is its last entry. */
static bool heads_fit(void)
{
	int64_t heads = sql_number("SELECT COUNT(*) FROM audit_head");

	return heads == sql_number("SELECT COUNT(DISTINCT chain) FROM audit") &&
	       heads == sql_number("SELECT COUNT(*) FROM audit_head h JOIN audit a ON a.chain = h.chain"
				   " AND a.seq = h.seq AND a.hash = h.hash WHERE NOT EXISTS (SELECT 1"
				   " FROM audit x WHERE x.chain = h.chain AND x.seq > h.seq)");
}

int64_t chains_check(void)
{
	struct link last = {SPAN_NONE, SPAN_NONE, 0};
	bool whole = heads_fit();
	MYSQL_RES *r;
	MYSQL_ROW row;
	int64_t n = 0;

	ck_assert_int_eq(
		mysql_query(t.sql, "SELECT chain, seq, at, actor_id, actor, address, request, action,"
				   " object_id, object, fields, prev, hash FROM audit"
				   " ORDER BY chain, seq"),
		0);
	r = mysql_store_result(t.sql);
	for (; whole && (row = mysql_fetch_row(r)); n++)
		whole = link_fits(r, row, &last);
	mysql_free_result(r);
	return whole ? n : -1;
}
