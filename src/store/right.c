/* right.c: who may what, as rows. */
#include "store/right.h"

#include "store/audit.h"
#include "store/batch.h"
#include "store/subscription.h"
#include "base/banned.h"

enum {
	LOGIN,
	PROJECT,
	OTHER_ADMINS,
	OTHER_SITE_ADMINS,
	SITE_LOCK,
	DROP_PROJECTS,
	FIND_ROLE,
	FIND_SITE_ROLE,
	FIND_PROJECTS,
	FIND_ADMINS,
	UPDATE, /* three statements, by table; likewise below */
	INSERT = UPDATE + RIGHT_TABLES,
	DELETE = INSERT + RIGHT_TABLES,
	COUNTS = DELETE + RIGHT_TABLES,
	PAGE = COUNTS + RIGHT_TABLES,
};

#define COUNTS_OF(table)                                                                           \
	"SELECT account_id, COUNT(*) FROM " table " WHERE account_id > ? GROUP BY account_id"      \
	" ORDER BY account_id LIMIT " BATCH_LIMIT
#define PAGE_WHERE " WHERE account_id > ? AND account_id <= ? ORDER BY account_id"

static const struct stmt STMTS[] = {
	[LOGIN] = {"SELECT login FROM account WHERE id = ?", "i", "s"},
	[PROJECT] = {"SELECT name FROM project WHERE id = ? AND subscription_id = ?", "ii", "s"},
	[OTHER_ADMINS] = {"SELECT COUNT(*) FROM role r JOIN account a ON a.id = r.account_id"
			  " WHERE r.subscription_id = ? AND r.role = 3 AND r.account_id <> ?"
			  " AND a.disabled_at IS NULL",
			  "ii", "i"},
	[OTHER_SITE_ADMINS] = {"SELECT COUNT(*) FROM site_role r"
			       " JOIN account a ON a.id = r.account_id"
			       " WHERE r.account_id <> ? AND a.disabled_at IS NULL",
			       "i", "i"},
	[SITE_LOCK] = {"SELECT account_id FROM site_role FOR UPDATE", "", "i"},
	[FIND_ROLE] = {"SELECT account_id, subscription_id, 0, role, granted_at, source, mac"
		       " FROM role WHERE account_id = ? AND subscription_id = ?",
		       "ii", "iiiiisb"},
	[FIND_SITE_ROLE] = {"SELECT account_id, 0, 0, 0, granted_at, source, mac FROM site_role"
			    " WHERE account_id = ?",
			    "i", "iiiiisb"},
	[FIND_PROJECTS] =
		{"SELECT account_id, subscription_id, project_id, 0, granted_at, source, mac"
		 " FROM collaborator WHERE account_id = ? AND subscription_id = ?",
		 "ii", "iiiiisb"},
	[FIND_ADMINS] =
		{"SELECT r.account_id, r.subscription_id, 0, r.role, r.granted_at, r.source,"
		 " r.mac FROM role r JOIN account a ON a.id = r.account_id"
		 " WHERE r.subscription_id = ? AND r.role = 3 AND a.disabled_at IS NULL",
		 "i", "iiiiisb"},
	[DROP_PROJECTS] = {"DELETE FROM collaborator WHERE account_id = ? AND subscription_id = ?",
			   "ii", ""},
	[UPDATE + RIGHT_SITE_ROLE] = {"UPDATE site_role SET granted_at = ?, source = ?, mac = ?"
				      " WHERE account_id = ?",
				      "isbi", ""},
	[UPDATE + RIGHT_ROLE] = {"UPDATE role SET granted_at = ?, source = ?, mac = ?, role = ?"
				 " WHERE account_id = ? AND subscription_id = ?",
				 "isbiii", ""},
	[UPDATE + RIGHT_COLLABORATOR] = {"UPDATE collaborator SET granted_at = ?, source = ?,"
					 " mac = ?, subscription_id = ?"
					 " WHERE account_id = ? AND project_id = ?",
					 "isbiii", ""},
	[INSERT + RIGHT_SITE_ROLE] = {"INSERT INTO site_role (granted_at, source, mac, account_id)"
				      " VALUES (?, ?, ?, ?)",
				      "isbi", ""},
	[INSERT + RIGHT_ROLE] = {"INSERT INTO role (granted_at, source, mac, role, account_id,"
				 " subscription_id) VALUES (?, ?, ?, ?, ?, ?)",
				 "isbiii", ""},
	[INSERT + RIGHT_COLLABORATOR] = {"INSERT INTO collaborator (granted_at, source, mac,"
					 " subscription_id, account_id, project_id)"
					 " VALUES (?, ?, ?, ?, ?, ?)",
					 "isbiii", ""},
	[DELETE + RIGHT_SITE_ROLE] = {"DELETE FROM site_role WHERE account_id = ?", "i", ""},
	[DELETE + RIGHT_ROLE] = {"DELETE FROM role WHERE account_id = ? AND subscription_id = ?",
				 "ii", ""},
	[DELETE + RIGHT_COLLABORATOR] = {"DELETE FROM collaborator WHERE account_id = ?"
					 " AND project_id = ?",
					 "ii", ""},
	[COUNTS + RIGHT_SITE_ROLE] = {COUNTS_OF("site_role"), "i", "ii"},
	[COUNTS + RIGHT_ROLE] = {COUNTS_OF("role"), "i", "ii"},
	[COUNTS + RIGHT_COLLABORATOR] = {COUNTS_OF("collaborator"), "i", "ii"},
	[PAGE + RIGHT_SITE_ROLE] = {"SELECT account_id, 0, 0, 0, granted_at, source, mac"
				    " FROM site_role" PAGE_WHERE,
				    "ii", "iiiiisb"},
	[PAGE + RIGHT_ROLE] = {"SELECT account_id, subscription_id, 0, role, granted_at, source,"
			       " mac FROM role" PAGE_WHERE,
			       "ii", "iiiiisb"},
	[PAGE + RIGHT_COLLABORATOR] = {"SELECT account_id, subscription_id, project_id, 0,"
				       " granted_at, source, mac FROM collaborator" PAGE_WHERE,
				       "ii", "iiiiisb"},
};

const struct stmt_table STORE_RIGHT = {"right", STMTS, COUNT(STMTS)};

struct change {
	struct arena *arena;
	const struct actor *actor;
	const struct right *right;
	enum right_act act;
};

static bool next_right(struct rows *rows, enum right_table table, struct right *r)
{
	if (!rows_next(rows, &r->account_id, &r->subscription_id, &r->project_id, &r->role,
		       &r->granted_at, &r->source, &r->mac))
		return false;
	r->table = table;
	return true;
}

int store_right_find(struct db *db, struct arena *a, enum right_table table, int64_t account_id,
		     int64_t subscription_id, struct right *out)
{
	struct rows *rows;

	if (table == RIGHT_SITE_ROLE)
		TRY(db_select(db, a, &STMTS[FIND_SITE_ROLE], &rows, account_id));
	else
		TRY(db_select(db, a, &STMTS[FIND_ROLE], &rows, account_id, subscription_id));
	return next_right(rows, table, out) ? OK : E_NOT_FOUND;
}

static void rights_of(struct arena *a, struct rows *rows, enum right_table table,
		      struct right **list, size_t *n)
{
	struct right *r = ARENA_ARRAY(a, struct right, rows_count(rows) + 1);

	*list = r;
	for (*n = 0; next_right(rows, table, r); r++)
		++*n;
}

int store_right_projects(struct db *db, struct arena *a, int64_t account_id,
			 int64_t subscription_id, struct right **list, size_t *n)
{
	struct rows *rows;

	TRY(db_select(db, a, &STMTS[FIND_PROJECTS], &rows, account_id, subscription_id));
	rights_of(a, rows, RIGHT_COLLABORATOR, list, n);
	return OK;
}

int store_right_admins(struct db *db, struct arena *a, int64_t subscription_id, struct right **list,
		       size_t *n)
{
	struct rows *rows;

	TRY(db_select(db, a, &STMTS[FIND_ADMINS], &rows, subscription_id));
	rights_of(a, rows, RIGHT_ROLE, list, n);
	return OK;
}

static int text_of(struct rows *rows, struct span *out)
{
	return rows_next(rows, out) ? OK : E_NOT_FOUND;
}

static int update(struct db *db, const struct right *r, int64_t *n)
{
	const struct stmt *s = &STMTS[UPDATE + (int)r->table];

	if (r->table == RIGHT_SITE_ROLE)
		return db_run(db, s, n, r->granted_at, r->source, r->mac, r->account_id);
	if (r->table == RIGHT_ROLE)
		return db_run(db, s, n, r->granted_at, r->source, r->mac, r->role, r->account_id,
			      r->subscription_id);
	return db_run(db, s, n, r->granted_at, r->source, r->mac, r->subscription_id, r->account_id,
		      r->project_id);
}

static int insert(struct db *db, const struct right *r)
{
	const struct stmt *s = &STMTS[INSERT + (int)r->table];

	if (r->table == RIGHT_SITE_ROLE)
		return db_run(db, s, NULL, r->granted_at, r->source, r->mac, r->account_id);
	if (r->table == RIGHT_ROLE)
		return db_run(db, s, NULL, r->granted_at, r->source, r->mac, r->role, r->account_id,
			      r->subscription_id);
	return db_run(db, s, NULL, r->granted_at, r->source, r->mac, r->subscription_id,
		      r->account_id, r->project_id);
}

static int delete (struct db *db, const struct right *r)
{
	const struct stmt *s = &STMTS[DELETE + (int)r->table];
	int64_t n;

	if (r->table == RIGHT_SITE_ROLE)
		TRY(db_run(db, s, &n, r->account_id));
	else if (r->table == RIGHT_ROLE)
		TRY(db_run(db, s, &n, r->account_id, r->subscription_id));
	else
		TRY(db_run(db, s, &n, r->account_id, r->project_id));
	if (n && r->table == RIGHT_ROLE)
		TRY(db_run(db, &STMTS[DROP_PROJECTS], NULL, r->account_id, r->subscription_id));
	return n ? OK : E_NOT_FOUND;
}

int store_right_other_admins(struct db *db, struct arena *a, const struct right *r, int64_t *others)
{
	struct rows *rows;

	*others = 0;
	if (r->table == RIGHT_SITE_ROLE)
		TRY(db_select(db, a, &STMTS[OTHER_SITE_ADMINS], &rows, r->account_id));
	else
		TRY(db_select(db, a, &STMTS[OTHER_ADMINS], &rows, r->subscription_id,
			      r->account_id));
	rows_next(rows, others);
	return OK;
}

/* E_CONFLICT when the account is the last admin that can act, and would not be one afterwards. */
static int last_admin(struct db *db, const struct change *c)
{
	const struct right *r = c->right;
	struct right now;
	int64_t others;
	int rc;

	if (r->table == RIGHT_COLLABORATOR)
		return OK;
	if (c->act != RIGHT_REVOKE && (r->table == RIGHT_SITE_ROLE || r->role == ROLE_ADMIN))
		return OK;
	rc = store_right_find(db, c->arena, r->table, r->account_id, r->subscription_id, &now);
	if (rc == E_NOT_FOUND || (rc == OK && r->table == RIGHT_ROLE && now.role != ROLE_ADMIN))
		return OK;
	TRY(rc);
	TRY(store_right_other_admins(db, c->arena, r, &others));
	return others ? OK : E_CONFLICT;
}

/* Only collaborators are named on projects: a row of anybody else's would wait for the day on which
 * they become one. */
static int is_collaborator(struct db *db, const struct change *c)
{
	const struct right *r = c->right;
	struct right now = {.role = ROLE_NONE};
	int rc;

	if (r->table != RIGHT_COLLABORATOR || c->act == RIGHT_REVOKE)
		return OK;
	rc = store_right_find(db, c->arena, RIGHT_ROLE, r->account_id, r->subscription_id, &now);
	if (rc != OK && rc != E_NOT_FOUND)
		return rc;
	return rc == OK && now.role == ROLE_COLLABORATOR ? OK : E_CONFLICT;
}

static enum audit_action action_of(const struct right *r, enum right_act act)
{
	static const enum audit_action ACTIONS[RIGHT_TABLES][RIGHT_ACTS] = {
		[RIGHT_SITE_ROLE] = {AUDIT_SITE_ADMIN_GRANT, AUDIT_SITE_ADMIN_GRANT,
				     AUDIT_SITE_ADMIN_REVOKE},
		[RIGHT_ROLE] = {AUDIT_ROLE_GRANT, AUDIT_ROLE_APPOINT, AUDIT_ROLE_REVOKE},
		[RIGHT_COLLABORATOR] = {AUDIT_COLLABORATOR_GRANT, AUDIT_COLLABORATOR_GRANT,
					AUDIT_COLLABORATOR_REVOKE},
	};

	return ACTIONS[r->table][act];
}

/* What is granted stands in `fields`, since without it the trail would
 * not say much; a role and a project are no secrets. */
static int entry_fill(struct db *db, const struct change *c, struct audit_entry *e)
{
	const struct right *r = c->right;
	struct rows *rows;

	e->chain = r->table == RIGHT_SITE_ROLE
			   ? AUDIT_CHAIN_SITE
			   : audit_chain_subscription(c->arena, r->subscription_id);
	e->at = r->granted_at;
	e->actor = *c->actor;
	e->action = action_of(r, c->act);
	e->object_id = r->account_id;
	TRY(db_select(db, c->arena, &STMTS[LOGIN], &rows, r->account_id));
	TRY(text_of(rows, &e->object));
	if (r->table == RIGHT_ROLE && c->act != RIGHT_REVOKE)
		e->fields = role_text((enum role)r->role);
	if (r->table != RIGHT_COLLABORATOR)
		return OK;
	TRY(db_select(db, c->arena, &STMTS[PROJECT], &rows, r->project_id, r->subscription_id));
	return text_of(rows, &e->fields);
}

int store_right_lock(struct db *db, struct arena *a, const struct right *r)
{
	struct rows *rows;

	ASSERT(db_in_transaction(db));
	if (r->table != RIGHT_SITE_ROLE)
		return store_subscription_lock(db, a, r->subscription_id);
	return db_select(db, a, &STMTS[SITE_LOCK], &rows);
}

int store_right_change(struct db *db, struct arena *a, const struct actor *actor,
		       const struct right *r, enum right_act act)
{
	const struct change c = {a, actor, r, act};
	struct audit_entry e = {.fields = SPAN("")};
	int64_t there = 0;

	TRY(entry_fill(db, &c, &e));
	TRY(store_audit_write(db, a, &e));
	TRY(last_admin(db, &c));
	TRY(is_collaborator(db, &c));
	if (act == RIGHT_REVOKE)
		return delete (db, r);
	if (r->table == RIGHT_ROLE && r->role != ROLE_COLLABORATOR)
		TRY(db_run(db, &STMTS[DROP_PROJECTS], NULL, r->account_id, r->subscription_id));
	TRY(update(db, r, &there));
	return there ? OK : insert(db, r);
}

static int change(struct db *db, void *arg)
{
	const struct change *c = arg;

	TRY(store_right_lock(db, c->arena, c->right));
	return store_right_change(db, c->arena, c->actor, c->right, c->act);
}

int store_right_put(struct db *db, struct arena *a, const struct actor *actor,
		    const struct right *r)
{
	struct change c = {a, actor, r, RIGHT_GRANT};

	return db_transaction(db, change, &c);
}

int store_right_remove(struct db *db, struct arena *a, const struct actor *actor,
		       const struct right *r)
{
	struct change c = {a, actor, r, RIGHT_REVOKE};

	return db_transaction(db, change, &c);
}

int store_right_page(struct db *db, struct arena *a, enum right_table table, int64_t after,
		     struct right **list, size_t *n, int64_t *next)
{
	struct rows *rows;
	int64_t last;

	TRY(store_batch(db, a, &STMTS[COUNTS + (int)table], after, &last, next));
	TRY(db_select(db, a, &STMTS[PAGE + (int)table], &rows, after, last));
	rights_of(a, rows, table, list, n);
	return OK;
}
