/* subscription.c: subscriptions. */
#include "store/subscription.h"

#include "base/clock.h"
#include "store/audit.h"
#include "base/banned.h"

enum { INSERT, FIND, LOCK, RAISE, RAISE_ACTIVITY, ROLE_NOW, FACTS, SETTINGS, RENAME, GRACE };

static const struct stmt STMTS[] = {
	[INSERT] = {"INSERT INTO subscription (uid, slug, name, created_at) VALUES (?, ?, ?, ?)",
		    "bssi", ""},
	[FIND] = {"SELECT id, uid, slug FROM subscription WHERE slug = ?", "s", "ibs"},
	[LOCK] = {"SELECT revision FROM subscription WHERE id = ? FOR UPDATE", "i", "i"},
	[RAISE] = {"UPDATE subscription SET revision = revision + 1 WHERE id = ?", "i", ""},
	[RAISE_ACTIVITY] = {"UPDATE subscription SET activity = activity + 1 WHERE id = ?", "i", ""},
	[ROLE_NOW] = {"SELECT r.role FROM role r JOIN account a ON a.id = r.account_id"
		      " WHERE r.subscription_id = ? AND r.account_id = ? AND a.disabled_at IS NULL",
		      "ii", "i"},
	[FACTS] = {"SELECT s.name, s.created_at,"
		   " (SELECT COUNT(*) FROM role r WHERE r.subscription_id = s.id AND r.role = 3),"
		   " (SELECT COUNT(*) FROM role r WHERE r.subscription_id = s.id AND r.role = 2),"
		   " (SELECT COUNT(*) FROM role r WHERE r.subscription_id = s.id AND r.role = 1),"
		   " (SELECT COUNT(*) FROM project p WHERE p.subscription_id = s.id),"
		   " (SELECT COUNT(*) FROM integration i WHERE i.subscription_id = s.id),"
		   " s.grace_days FROM subscription s WHERE s.id = ?",
		   "i", "siiiiiii"},
	[SETTINGS] = {"SELECT name, grace_days FROM subscription WHERE id = ?", "i", "si"},
	[RENAME] = {"UPDATE subscription SET name = ? WHERE id = ?", "si", ""},
	[GRACE] = {"UPDATE subscription SET grace_days = ? WHERE id = ?", "ii", ""},
};

const struct stmt_table STORE_SUBSCRIPTION = {"subscription", STMTS, COUNT(STMTS)};

struct creation {
	struct arena *arena;
	const struct subscription_new *new;
	int64_t id;
};

static int create(struct db *db, void *arg)
{
	struct creation *c = arg;
	struct audit_entry e = {
		.actor = c->new->actor,
		.action = AUDIT_SUBSCRIPTION_CREATE,
		.object = c->new->slug,
		.fields = SPAN("slug, name"),
	};

	TRY(db_run(db, &STMTS[INSERT], NULL, c->new->uid, c->new->slug, c->new->name, clock_now()));
	e.object_id = c->id = db_last_id(db);
	e.chain = audit_chain_subscription(c->arena, c->id);
	return store_audit_write(db, c->arena, &e);
}

int store_subscription_create(struct db *db, struct arena *a, const struct subscription_new *n,
			      int64_t *id)
{
	struct creation c = {a, n, 0};

	TRY(db_transaction(db, create, &c));
	*id = c.id;
	return OK;
}

int store_subscription_find(struct db *db, struct arena *a, struct span slug, int64_t *id,
			    struct span *uid)
{
	struct span found;
	struct rows *rows;

	TRY(db_select(db, a, &STMTS[FIND], &rows, slug));
	/* the database takes "acme " for "acme" */
	return rows_next(rows, id, uid, &found) && span_eq(found, slug) ? OK : E_NOT_FOUND;
}

static int lock(struct db *db, struct arena *a, int64_t id, const struct stmt *raise)
{
	struct rows *rows;

	ASSERT(db_in_transaction(db));
	TRY(db_select(db, a, &STMTS[LOCK], &rows, id));
	if (rows_count(rows) == 0)
		return E_NOT_FOUND;
	return db_run(db, raise, NULL, id);
}

int store_subscription_lock(struct db *db, struct arena *a, int64_t id)
{
	return lock(db, a, id, &STMTS[RAISE]);
}

int store_subscription_lock_activity(struct db *db, struct arena *a, int64_t id)
{
	return lock(db, a, id, &STMTS[RAISE_ACTIVITY]);
}

int store_subscription_raise(struct db *db, int64_t id)
{
	ASSERT(db_in_transaction(db));
	return db_run(db, &STMTS[RAISE], NULL, id);
}

int store_subscription_lock_admin(struct db *db, struct arena *a, const struct scope *s)
{
	int64_t role = ROLE_NONE;
	struct rows *rows;

	TRY(store_subscription_lock(db, a, s->subscription_id));
	if (s->account_id == 0)
		return OK;
	TRY(db_select(db, a, &STMTS[ROLE_NOW], &rows, s->subscription_id, s->account_id));
	rows_next(rows, &role);
	return role == ROLE_ADMIN ? OK : E_DENIED;
}

int store_subscription_facts(struct db *db, struct arena *a, const struct scope *s,
			     struct subscription_facts *out)
{
	struct rows *rows;

	TRY(db_select(db, a, &STMTS[FACTS], &rows, s->subscription_id));
	if (!rows_next(rows, &out->name, &out->created_at, &out->admins, &out->members,
		       &out->collaborators, &out->projects, &out->integrations, &out->grace_days))
		return E_NOT_FOUND;
	return OK;
}

int store_subscription_grace(struct db *db, struct arena *a, const struct scope *s, int64_t *days)
{
	struct rows *rows;
	struct span name;

	TRY(db_select(db, a, &STMTS[SETTINGS], &rows, s->subscription_id));
	return rows_next(rows, &name, days) ? OK : E_NOT_FOUND;
}

struct setting {
	struct arena *arena;
	const struct scope *scope;
	const struct actor *actor;
	const struct subscription_settings *was, *now;
};

static int note(struct db *db, const struct setting *c, enum audit_action action,
		struct span fields)
{
	struct audit_entry e = {
		.chain = audit_chain_subscription(c->arena, c->scope->subscription_id),
		.actor = *c->actor,
		.action = action,
		.object_id = c->scope->subscription_id,
		.object = c->now->name,
		.fields = fields,
	};

	return store_audit_write(db, c->arena, &e);
}

static int rename_it(struct db *db, const struct setting *c)
{
	TRY(db_run(db, &STMTS[RENAME], NULL, c->now->name, c->scope->subscription_id));
	return note(db, c, AUDIT_SUBSCRIPTION_RENAME, SPAN("name"));
}

static int set_grace(struct db *db, const struct setting *c)
{
	TRY(db_run(db, &STMTS[GRACE], NULL, c->now->grace_days, c->scope->subscription_id));
	return note(db, c, AUDIT_SUBSCRIPTION_GRACE,
		    arena_printf(c->arena, "from %lld to %lld", (long long)c->was->grace_days,
				 (long long)c->now->grace_days));
}

static int set(struct db *db, void *arg)
{
	const struct setting *c = arg;
	bool name = !span_eq(c->now->name, c->was->name);
	bool grace = c->now->grace_days != c->was->grace_days;
	struct subscription_settings is;
	struct rows *rows;

	TRY(store_subscription_lock_admin(db, c->arena, c->scope));
	TRY(db_select(db, c->arena, &STMTS[SETTINGS], &rows, c->scope->subscription_id));
	if (!rows_next(rows, &is.name, &is.grace_days))
		return E_NOT_FOUND;
	if ((name && !span_eq(is.name, c->was->name)) ||
	    (grace && is.grace_days != c->was->grace_days))
		return E_CONFLICT;
	if (name)
		TRY(rename_it(db, c));
	return grace ? set_grace(db, c) : OK;
}

int store_subscription_set(struct db *db, struct arena *a, const struct scope *s,
			   const struct actor *actor, const struct subscription_settings *was,
			   const struct subscription_settings *now)
{
	struct setting c = {a, s, actor, was, now};

	return db_transaction(db, set, &c);
}
