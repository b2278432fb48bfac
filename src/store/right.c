/* right.c: who may what, as rows. */
#include "store/right.h"

#include "store/audit.h"
#include "store/batch.h"
#include "store/subscription.h"
#include "base/banned.h"

enum {
	LOGIN, PROJECT, ROLE_NOW, OTHER_ADMINS, DROP_PROJECTS,
	UPDATE,                           /* three statements, by table; likewise below */
	INSERT = UPDATE + RIGHT_TABLES,
	DELETE = INSERT + RIGHT_TABLES,
	COUNTS = DELETE + RIGHT_TABLES,
	PAGE = COUNTS + RIGHT_TABLES,
};

#define COUNTS_OF(table)                                                                           \
	"SELECT account_id, COUNT(*) FROM " table " WHERE account_id > ? GROUP BY account_id"     \
	" ORDER BY account_id LIMIT " BATCH_LIMIT
#define PAGE_WHERE " WHERE account_id > ? AND account_id <= ? ORDER BY account_id"

static const struct stmt STMTS[] = {
	[LOGIN] = {"SELECT login FROM account WHERE id = ?", "i", "s"},
	[PROJECT] = {"SELECT name FROM project WHERE id = ? AND subscription_id = ?", "ii", "s"},
	[ROLE_NOW] = {"SELECT role FROM role WHERE account_id = ? AND subscription_id = ?"
		      " FOR UPDATE", "ii", "i"},
	[OTHER_ADMINS] = {"SELECT COUNT(*) FROM role r JOIN account a ON a.id = r.account_id"
			  " WHERE r.subscription_id = ? AND r.role = 3 AND r.account_id <> ?"
			  " AND a.disabled_at IS NULL", "ii", "i"},
	[DROP_PROJECTS] = {"DELETE FROM collaborator WHERE account_id = ? AND subscription_id = ?",
			   "ii", ""},
	[UPDATE + RIGHT_SITE_ROLE] = {"UPDATE site_role SET granted_at = ?, source = ?, mac = ?"
				      " WHERE account_id = ?", "isbi", ""},
	[UPDATE + RIGHT_ROLE] = {"UPDATE role SET granted_at = ?, source = ?, mac = ?, role = ?"
				 " WHERE account_id = ? AND subscription_id = ?", "isbiii", ""},
	[UPDATE + RIGHT_COLLABORATOR] = {"UPDATE collaborator SET granted_at = ?, source = ?,"
					 " mac = ?, subscription_id = ?"
					 " WHERE account_id = ? AND project_id = ?", "isbiii", ""},
	[INSERT + RIGHT_SITE_ROLE] = {"INSERT INTO site_role (granted_at, source, mac, account_id)"
				      " VALUES (?, ?, ?, ?)", "isbi", ""},
	[INSERT + RIGHT_ROLE] = {"INSERT INTO role (granted_at, source, mac, role, account_id,"
				 " subscription_id) VALUES (?, ?, ?, ?, ?, ?)", "isbiii", ""},
	[INSERT + RIGHT_COLLABORATOR] = {"INSERT INTO collaborator (granted_at, source, mac,"
					 " subscription_id, account_id, project_id)"
					 " VALUES (?, ?, ?, ?, ?, ?)", "isbiii", ""},
	[DELETE + RIGHT_SITE_ROLE] = {"DELETE FROM site_role WHERE account_id = ?", "i", ""},
	[DELETE + RIGHT_ROLE] = {"DELETE FROM role WHERE account_id = ? AND subscription_id = ?",
				 "ii", ""},
	[DELETE + RIGHT_COLLABORATOR] = {"DELETE FROM collaborator WHERE account_id = ?"
					 " AND project_id = ?", "ii", ""},
	[COUNTS + RIGHT_SITE_ROLE] = {COUNTS_OF("site_role"), "i", "ii"},
	[COUNTS + RIGHT_ROLE] = {COUNTS_OF("role"), "i", "ii"},
	[COUNTS + RIGHT_COLLABORATOR] = {COUNTS_OF("collaborator"), "i", "ii"},
	[PAGE + RIGHT_SITE_ROLE] = {"SELECT account_id, 0, 0, 0, granted_at, source, mac"
				    " FROM site_role" PAGE_WHERE, "ii", "iiiiisb"},
	[PAGE + RIGHT_ROLE] = {"SELECT account_id, subscription_id, 0, role, granted_at, source,"
			       " mac FROM role" PAGE_WHERE, "ii", "iiiiisb"},
	[PAGE + RIGHT_COLLABORATOR] = {"SELECT account_id, subscription_id, project_id, 0,"
				       " granted_at, source, mac FROM collaborator" PAGE_WHERE,
				       "ii", "iiiiisb"},
};

const struct stmt_table STORE_RIGHT = {"right", STMTS, COUNT(STMTS)};

struct change {
	struct arena *arena;
	const struct actor *actor;
	const struct right *right;
	bool remove;
};

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

static int delete(struct db *db, const struct right *r)
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

/* E_CONFLICT when the account is the last admin that can act, and would not be one afterwards. */
static int last_admin(struct db *db, struct arena *a, const struct right *r, bool remove)
{
	int64_t role = ROLE_NONE, others = 0;
	struct rows *rows;

	if (r->table != RIGHT_ROLE || (!remove && r->role == ROLE_ADMIN))
		return OK;
	TRY(db_select(db, a, &STMTS[ROLE_NOW], &rows, r->account_id, r->subscription_id));
	rows_next(rows, &role);
	if (role != ROLE_ADMIN)
		return OK;
	TRY(db_select(db, a, &STMTS[OTHER_ADMINS], &rows, r->subscription_id, r->account_id));
	rows_next(rows, &others);
	return others ? OK : E_CONFLICT;
}

static enum audit_action action_of(const struct right *r, bool remove)
{
	static const enum audit_action ACTIONS[RIGHT_TABLES][2] = {
		[RIGHT_SITE_ROLE] = {AUDIT_SITE_ADMIN_GRANT, AUDIT_SITE_ADMIN_REVOKE},
		[RIGHT_ROLE] = {AUDIT_ROLE_GRANT, AUDIT_ROLE_REVOKE},
		[RIGHT_COLLABORATOR] = {AUDIT_COLLABORATOR_GRANT, AUDIT_COLLABORATOR_REVOKE},
	};

	return ACTIONS[r->table][remove];
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
	e->action = action_of(r, c->remove);
	e->object_id = r->account_id;
	TRY(db_select(db, c->arena, &STMTS[LOGIN], &rows, r->account_id));
	TRY(text_of(rows, &e->object));
	if (r->table == RIGHT_ROLE && !c->remove)
		e->fields = role_text((enum role)r->role);
	if (r->table != RIGHT_COLLABORATOR)
		return OK;
	TRY(db_select(db, c->arena, &STMTS[PROJECT], &rows, r->project_id, r->subscription_id));
	return text_of(rows, &e->fields);
}

static int change(struct db *db, void *arg)
{
	const struct change *c = arg;
	struct audit_entry e = {.fields = SPAN("")};
	int64_t there = 0;

	if (c->right->table != RIGHT_SITE_ROLE)
		TRY(store_subscription_lock(db, c->arena, c->right->subscription_id));
	TRY(entry_fill(db, c, &e));
	/* before the rows: for a site role the chain's head is the lock between two changes */
	TRY(store_audit_write(db, c->arena, &e));
	TRY(last_admin(db, c->arena, c->right, c->remove));
	if (c->remove)
		return delete(db, c->right);
	TRY(update(db, c->right, &there));
	return there ? OK : insert(db, c->right);
}

int store_right_put(struct db *db, struct arena *a, const struct actor *actor,
		    const struct right *r)
{
	struct change c = {a, actor, r, false};

	return db_transaction(db, change, &c);
}

int store_right_remove(struct db *db, struct arena *a, const struct actor *actor,
		       const struct right *r)
{
	struct change c = {a, actor, r, true};

	return db_transaction(db, change, &c);
}

int store_right_page(struct db *db, struct arena *a, enum right_table table, int64_t after,
		     struct right **list, size_t *n, int64_t *next)
{
	struct rows *rows;
	struct right *r;
	int64_t last;

	TRY(store_batch(db, a, &STMTS[COUNTS + (int)table], after, &last, next));
	TRY(db_select(db, a, &STMTS[PAGE + (int)table], &rows, after, last));
	*list = r = ARENA_ARRAY(a, struct right, rows_count(rows));
	for (*n = 0; rows_next(rows, &r->account_id, &r->subscription_id, &r->project_id, &r->role,
			       &r->granted_at, &r->source, &r->mac); r++, ++*n)
		r->table = table;
	return OK;
}
