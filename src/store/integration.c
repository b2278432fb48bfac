/* integration.c: the row of an integration, of a subscription or of an account: of the two columns
 * that say whose it is, one is NULL, so every statement compares both. What hangs on it is in
 * integration_parts.c, lists are in integration_list.c.
 *
 * A collaborator sees an integration when one of their projects may use it, so each reading
 * statement stands here twice: for those who see all, and "SEEN" for collaborators. */
#include "store/integration.h"

#include "base/clock.h"
#include "store/account.h"
#include "store/audit.h"
#include "store/binding_sql.h"
#include "store/bound_delete.h"
#include "store/name_use.h"
#include "store/reference.h"
#include "store/rename.h"
#include "store/subscription.h"
#include "base/banned.h"

enum {
	GET, GET_SEEN, INSERT, NAMED, LOCK, UPDATE, DELETE,
	RENAME, DISABLE, ROLE_NOW, HERE_NOW, SEEN_NOW, USED_IN, OF_UID,
};

#define SEEN                                                                                       \
	" AND EXISTS (SELECT 1 FROM collaborator c WHERE c.account_id = ? AND"                     \
	" c.subscription_id = i.subscription_id AND (i.all_projects = 1 OR EXISTS (SELECT 1 FROM"  \
	" integration_project x WHERE x.integration_id = i.id AND x.project_id = c.project_id)))"      \
	BINDING_SEEN
#define OWNED "subscription_id <=> ? AND account_id <=> ?"
#define WHOLE                                                                                      \
	"SELECT i.id, i.uid, i.name, i.type, i.url, i.all_projects, i.edit_roles, i.version,"      \
	" i.created_at, i.changed_at," ACCOUNT_WHO("cb") "," ACCOUNT_WHO("hb") ", i.disabled_at,"  \
	ACCOUNT_WHO("db") ", COALESCE(i.disabled_reason, ''), i.bound"                             \
	" FROM integration i LEFT JOIN account cb ON cb.id = i.created_by"                         \
	" LEFT JOIN account hb ON hb.id = i.changed_by"                                            \
	" LEFT JOIN account db ON db.id = i.disabled_by"                                           \
	" WHERE i.subscription_id <=> ? AND i.account_id <=> ? AND i.id = ?"

static const struct stmt STMTS[] = {
	[GET] = {WHOLE, "IIi", "ibsssiiiiissIssi"},
	[GET_SEEN] = {WHOLE SEEN, "IIiii", "ibsssiiiiissIssi"},
	[INSERT] = {"INSERT INTO integration (uid, subscription_id, account_id, name, type, url,"
		    " all_projects, edit_roles, created_at, created_by, changed_at, changed_by)"
		    " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
		    "bIIsssiiiIiI", ""},
	[NAMED] = {"SELECT id FROM integration WHERE " OWNED " AND name = ?", "IIs", "i"},
	[LOCK] = {"SELECT version, edit_roles, name, disabled_at FROM integration"
		  " WHERE " OWNED " AND id = ? FOR UPDATE",
		  "IIi", "iisI"},
	[UPDATE] = {"UPDATE integration SET name = ?, url = ?, all_projects = ?, edit_roles = ?,"
		    " version = version + 1, changed_at = ?, changed_by = ?"
		    " WHERE " OWNED " AND id = ?",
		    "ssiiiIIIi", ""},
	[RENAME] = {"UPDATE integration SET name = ?, version = version + 1, changed_at = ?,"
		    " changed_by = ? WHERE " OWNED " AND id = ?",
		    "siIIIi", ""},
	[DELETE] = {"DELETE FROM integration WHERE " OWNED " AND id = ?", "IIi", ""},
	[DISABLE] = {"UPDATE integration SET disabled_at = ?, disabled_by = ?, disabled_reason = ?,"
		     " version = version + 1, changed_at = ?, changed_by = ?"
		     " WHERE " OWNED " AND id = ?",
		     "IIsiIIIi", ""},
	[ROLE_NOW] = {"SELECT r.role FROM role r JOIN account a ON a.id = r.account_id"
		      " WHERE r.subscription_id = ? AND r.account_id = ?"
		      " AND a.disabled_at IS NULL",
		      "ii", "i"},
	[HERE_NOW] = {"SELECT id FROM account WHERE id = ? AND disabled_at IS NULL", "i", "i"},
	[SEEN_NOW] = {"SELECT i.id FROM integration i WHERE i.subscription_id = ? AND i.id = ?" SEEN,
		      "iiii", "i"},
	[OF_UID] = {"SELECT id, name FROM integration WHERE " OWNED " AND uid = ?", "IIb", "is"},
	[USED_IN] = {"SELECT DISTINCT subscription_id FROM binding"
		     " WHERE account_integration_id = ? ORDER BY subscription_id",
		     "i", "i"},
};

const struct stmt_table STORE_INTEGRATION = {"integration", STMTS, COUNT(STMTS)};

static bool sees_all(const struct scope *s)
{
	return s->role == ROLE_ADMIN || s->role == ROLE_MEMBER;
}

int store_integration_get(struct db *db, struct arena *a, const struct scope *s, int64_t id,
			  struct integration **out)
{
	struct integration *i = ARENA_NEW(a, struct integration);
	int64_t all, roles, bound;
	struct rows *rows;

	if (sees_all(s))
		TRY(db_select(db, a, &STMTS[GET], &rows, scope_subscription(s),
			      scope_account(s), id));
	else
		TRY(db_select(db, a, &STMTS[GET_SEEN], &rows, scope_subscription(s),
			      scope_account(s), id, s->account_id, s->account_id));
	if (!rows_next(rows, &i->id, &i->uid, &i->name, &i->type, &i->url, &all, &roles,
		       &i->version, &i->created_at, &i->changed_at, &i->created_by, &i->changed_by,
		       &i->disabled_at, &i->disabled_by, &i->disabled_reason, &bound))
		return E_NOT_FOUND;
	if (!i->disabled_at)
		i->disabled_by = SPAN("");
	i->all_projects = all != 0;
	i->bound = bound != 0;
	i->edit_roles = (role_set)roles;
	*out = i;
	return store_integration_parts_read(db, a, s, i);
}

int store_integration_named(struct db *db, struct arena *a, const struct scope *s, struct span name,
			    struct integration **out)
{
	struct rows *rows;
	int64_t id;

	TRY(db_select(db, a, &STMTS[NAMED], &rows, scope_subscription(s), scope_account(s), name));
	if (!rows_next(rows, &id))
		return E_NOT_FOUND;
	TRY(store_integration_get(db, a, s, id, out));
	/* the database takes "a " for "a" */
	return span_eq((*out)->name, name) ? OK : E_NOT_FOUND;
}

int store_integration_of_uid(struct db *db, struct arena *a, const struct scope *s, struct span uid,
			     int64_t *id, struct span *name)
{
	struct rows *rows;

	TRY(db_select(db, a, &STMTS[OF_UID], &rows, scope_subscription(s), scope_account(s), uid));
	return rows_next(rows, id, name) ? OK : E_NOT_FOUND;
}

struct work {
	struct arena *arena;
	const struct scope *scope;
	const struct actor *actor;
	struct integration_change *change;
	int64_t id;
	struct span reason;     /* of disabling */

	/* The row as its lock found it. */
	int64_t version, disabled_at;
	role_set edit_roles;
	struct span name;
};

static int note(struct db *db, const struct work *w, enum audit_action action, struct span object,
		struct span fields)
{
	struct audit_entry e = {
		.chain = audit_chain_of(w->arena, w->scope),
		.actor = *w->actor,
		.action = action,
		.object_id = w->id,
		.object = object,
		.fields = fields,
	};

	return store_audit_write(db, w->arena, &e);
}

/* A subscription's row is locked, so what is read here stays true until the commit; for an
 * account's own the unique key has the last word. */
static int check_name(struct db *db, const struct work *w)
{
	struct integration_change *c = w->change;
	struct rows *rows;
	int64_t id;

	c->name_taken = false;
	TRY(db_select(db, w->arena, &STMTS[NAMED], &rows, scope_subscription(w->scope),
		      scope_account(w->scope), c->name));
	if (!rows_next(rows, &id) || id == c->id)
		return OK;
	c->name_taken = true;
	return E_CONFLICT;
}

static const int64_t *actor_id(const struct actor *actor)
{
	return actor->account_id ? &actor->account_id : NULL;
}

/* The vault locks the subscription's row, too, when it grants a role or takes one. What somebody
 * owns themselves is found by its owner. */
static int check_rights(struct db *db, const struct work *w, role_set may)
{
	const struct scope *s = w->scope;
	struct scope now = *s;
	struct rows *rows;
	int64_t role;

	w->change->refused = false;
	if (s->account_id == 0)
		return OK;
	if (s->subscription_id == 0) {
		TRY(db_select(db, w->arena, &STMTS[HERE_NOW], &rows, s->account_id));
		return rows_count(rows) ? OK : E_NOT_FOUND;
	}
	TRY(db_select(db, w->arena, &STMTS[ROLE_NOW], &rows, s->subscription_id, s->account_id));
	if (!rows_next(rows, &role))
		return E_NOT_FOUND;
	now.role = (enum role)role;
	w->change->refused = now.role != s->role || !integration_may_edit(&now, may);
	return w->change->refused ? E_DENIED : OK;
}

/* Of two who give two of an account's own the same name at the same moment, nothing stops the
 * second but the key. */
static int name_clash(const struct work *w, int rc)
{
	if (rc == E_CONFLICT && w->scope->subscription_id == 0)
		w->change->name_taken = true;
	return rc;
}

static int lock_subscription(struct db *db, const struct work *w)
{
	int64_t id = w->scope->subscription_id;

	return id ? store_subscription_lock(db, w->arena, id) : OK;
}

static int create(struct db *db, void *arg)
{
	struct work *w = arg;
	struct integration_change *c = w->change;
	const int64_t *by = actor_id(w->actor);
	int64_t now = clock_now();

	TRY(lock_subscription(db, w));
	TRY(check_rights(db, w, ROLE_BIT(ROLE_ADMIN) | ROLE_BIT(ROLE_MEMBER)));
	TRY(check_name(db, w));
	TRY(name_clash(w, db_run(db, &STMTS[INSERT], NULL, c->uid, scope_subscription(w->scope),
				 scope_account(w->scope), c->name, c->type, c->url,
				 (int64_t)c->all_projects, (int64_t)c->edit_roles, now, by, now,
				 by)));
	w->id = db_last_id(db);
	TRY(store_integration_parts_write(db, w->arena, w->scope, w->actor, w->id, c));
	return note(db, w, AUDIT_INTEGRATION_CREATE, c->name, c->fields);
}

int store_integration_create(struct db *db, struct arena *a, const struct scope *s,
			     const struct actor *actor, struct integration_change *c, int64_t *id)
{
	struct work w = {.arena = a, .scope = s, .actor = actor, .change = c};

	TRY(db_transaction(db, create, &w));
	*id = w.id;
	return OK;
}

/* Locks the subscription, if it is of one, and the integration, and asks whether the visitor may
 * change it. */
static int lock_row(struct db *db, struct work *w)
{
	const struct scope *s = w->scope;
	struct rows *rows, *seen;
	int64_t roles;

	TRY(lock_subscription(db, w));
	TRY(db_select(db, w->arena, &STMTS[LOCK], &rows, scope_subscription(s), scope_account(s),
		      w->id));
	if (!rows_next(rows, &w->version, &roles, &w->name, &w->disabled_at))
		return E_NOT_FOUND;
	w->edit_roles = (role_set)roles;
	if (!sees_all(s) && s->account_id) {
		TRY(db_select(db, w->arena, &STMTS[SEEN_NOW], &seen, s->subscription_id, w->id,
			      s->account_id, s->account_id));
		if (rows_count(seen) == 0)
			return E_NOT_FOUND;
	}
	return check_rights(db, w, w->edit_roles);
}

static int check_version(const struct work *w)
{
	w->change->stale = w->version != w->change->version;
	return w->change->stale ? E_CONFLICT : OK;
}

static int check_unused(struct db *db, const struct work *w)
{
	struct integration_change *c = w->change;

	TRY(store_reference_blocks(db, w->arena, w->scope->subscription_id, w->id, &c->in_use));
	return c->in_use ? E_CONFLICT : OK;
}

static int edit(struct db *db, void *arg)
{
	struct work *w = arg;
	struct integration_change *c = w->change;

	TRY(lock_row(db, w));
	TRY(check_version(w));
	TRY(check_name(db, w));
	if (w->scope->subscription_id && !span_eq(c->name, w->name))
		TRY(check_unused(db, w)); /* store_integration_rename() is for that */
	TRY(name_clash(w, db_run(db, &STMTS[UPDATE], NULL, c->name, c->url,
				 (int64_t)c->all_projects, (int64_t)c->edit_roles, clock_now(),
				 actor_id(w->actor), scope_subscription(w->scope),
				 scope_account(w->scope), c->id)));
	TRY(store_integration_parts_write(db, w->arena, w->scope, w->actor, c->id, c));
	if (!span_eq(c->name, w->name))
		TRY(store_name_use_renamed(db, w->scope, c->id, w->name, clock_now()));
	return note(db, w, AUDIT_INTEGRATION_EDIT, c->name, c->fields);
}

int store_integration_edit(struct db *db, struct arena *a, const struct scope *s,
			   const struct actor *actor, struct integration_change *c)
{
	struct work w = {.arena = a, .scope = s, .actor = actor, .change = c, .id = c->id};

	return db_transaction(db, edit, &w);
}

static int rename_one(struct db *db, void *arg)
{
	struct work *w = arg;
	struct integration_change *c = w->change;

	TRY(lock_row(db, w));
	TRY(check_version(w));
	TRY(check_name(db, w));
	TRY(store_rename_check(db, w->arena, w->scope, w->name, c));
	TRY(db_run(db, &STMTS[RENAME], NULL, c->name, clock_now(), actor_id(w->actor),
		   scope_subscription(w->scope), scope_account(w->scope), c->id));
	TRY(store_name_use_renamed(db, w->scope, c->id, w->name, clock_now()));
	return note(db, w, AUDIT_INTEGRATION_RENAME, c->name,
		    arena_printf(w->arena, "before: %.*s", SPAN_ARG(w->name)));
}

int store_integration_rename(struct db *db, struct arena *a, const struct scope *s,
			     const struct actor *actor, struct integration_change *c)
{
	struct work w = {.arena = a, .scope = s, .actor = actor, .change = c, .id = c->id};

	return db_transaction(db, rename_one, &w);
}

static int delete(struct db *db, void *arg)
{
	struct work *w = arg;

	TRY(lock_row(db, w));
	TRY(check_version(w));
	TRY(check_unused(db, w));
	TRY(db_run(db, &STMTS[DELETE], NULL, scope_subscription(w->scope),
		   scope_account(w->scope), w->id));
	return note(db, w, AUDIT_INTEGRATION_DELETE, w->name, SPAN(""));
}

int store_integration_delete(struct db *db, struct arena *a, const struct scope *s,
			     const struct actor *actor, struct integration_change *c)
{
	struct work w = {.arena = a, .scope = s, .actor = actor, .change = c, .id = c->id};
	bool bound;

	ASSERT(s->subscription_id != 0);
	TRY(store_bound_delete(db, a, s, actor, c, &bound));
	return bound ? OK : db_transaction(db, delete, &w);
}

/* Those that are bound to an account's own one show whether it is enabled, in lists that are kept
 * under their subscription's revision. Its row is locked: no binding comes or goes. */
static int raise_users(struct db *db, const struct work *w)
{
	struct rows *rows;
	int64_t id;

	if (w->scope->subscription_id)
		return OK;
	TRY(db_select(db, w->arena, &STMTS[USED_IN], &rows, w->id));
	while (rows_next(rows, &id))
		TRY(store_subscription_lock(db, w->arena, id));
	return OK;
}

static int disable(struct db *db, void *arg)
{
	struct work *w = arg;
	bool off = w->reason.n > 0;
	const int64_t *by = actor_id(w->actor);
	int64_t now = clock_now();

	TRY(lock_row(db, w));
	if (off == (w->disabled_at != 0))
		return E_CONFLICT;
	TRY(raise_users(db, w));
	TRY(db_run(db, &STMTS[DISABLE], NULL, off ? &now : NULL, off ? by : NULL,
		   off ? w->reason : SPAN_NONE, now, by, scope_subscription(w->scope),
		   scope_account(w->scope), w->id));
	return note(db, w, off ? AUDIT_INTEGRATION_DISABLE : AUDIT_INTEGRATION_ENABLE, w->name,
		    SPAN(""));
}

int store_integration_disable(struct db *db, struct arena *a, const struct scope *s,
			      const struct actor *actor, struct integration_change *c,
			      struct span reason)
{
	struct work w = {.arena = a, .scope = s, .actor = actor, .change = c, .id = c->id,
			 .reason = reason};

	return db_transaction(db, disable, &w);
}
