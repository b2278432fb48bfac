/* site_subscription.c: subscriptions as site administration sees them. */
#include "store/site_subscription.h"

#include "base/clock.h"
#include "store/audit.h"
#include "store/subscription.h"
#include "base/banned.h"

enum { LIST, COUNT_ALL, GET, ADMINS, INSIDE, RENAME, DISABLE, ENABLE, DELETE };

#define CAN_ACT                                                                                    \
	"EXISTS (SELECT 1 FROM role r JOIN account a ON a.id = r.account_id"                       \
	" WHERE r.subscription_id = s.id AND r.role = 3 AND a.disabled_at IS NULL)"
#define ROW                                                                                        \
	"SELECT s.id, s.slug, s.name, s.created_at, s.disabled_at,"                                \
	" (SELECT COUNT(*) FROM role r WHERE r.subscription_id = s.id),"                           \
	" (SELECT COUNT(*) FROM project p WHERE p.subscription_id = s.id), " CAN_ACT               \
	" FROM subscription s"
#define MATCHES                                                                                    \
	" (? = '' OR LOCATE(LOWER(?), LOWER(s.slug)) > 0 OR LOCATE(LOWER(?), LOWER(s.name)) > 0)"  \
	" AND (? = 0 OR NOT " CAN_ACT ")"

static const struct stmt STMTS[] = {
	[LIST] = {ROW " WHERE s.slug > ? AND" MATCHES " ORDER BY s.slug LIMIT ?", "ssssii",
		  "issiIiii"},
	[COUNT_ALL] = {"SELECT COUNT(*) FROM subscription s WHERE" MATCHES, "sssi", "i"},
	[GET] = {ROW " WHERE s.id = ?", "i", "issiIiii"},
	[ADMINS] = {"SELECT a.id, a.login, a.name, a.disabled_at FROM role r JOIN account a"
		    " ON a.id = r.account_id WHERE r.subscription_id = ? AND r.role = 3"
		    " ORDER BY a.login LIMIT 100",
		    "i", "issI"},
	[INSIDE] = {"SELECT EXISTS (SELECT 1 FROM project WHERE subscription_id = ?)"
		    " OR EXISTS (SELECT 1 FROM integration WHERE subscription_id = ?)",
		    "ii", "i"},
	[RENAME] = {"UPDATE subscription SET name = ? WHERE id = ?", "si", ""},
	[DISABLE] = {"UPDATE subscription SET disabled_at = ? WHERE id = ? AND disabled_at IS NULL",
		     "ii", ""},
	[ENABLE] = {"UPDATE subscription SET disabled_at = NULL WHERE id = ?"
		    " AND disabled_at IS NOT NULL",
		    "i", ""},
	[DELETE] = {"DELETE FROM subscription WHERE id = ?", "i", ""},
};

const struct stmt_table STORE_SITE_SUBSCRIPTION = {"site_subscription", STMTS, COUNT(STMTS)};

static bool next(struct rows *rows, struct site_subscription *out)
{
	int64_t can_act = 0;

	if (!rows_next(rows, &out->id, &out->slug, &out->name, &out->created_at, &out->disabled_at,
		       &out->people, &out->projects, &can_act))
		return false;
	out->can_act = can_act != 0;
	return true;
}

int store_site_subscription_list(struct db *db, struct arena *a,
				 const struct site_subscription_filter *f, struct span after,
				 int64_t limit, struct site_subscription **list, size_t *n)
{
	int64_t no_admin = f->no_admin;
	struct rows *rows;

	TRY(db_select(db, a, &STMTS[LIST], &rows, after, f->search, f->search, f->search, no_admin,
		      limit));
	*list = ARENA_ARRAY(a, struct site_subscription, rows_count(rows) + 1);
	for (*n = 0; next(rows, &(*list)[*n]);)
		++*n;
	return OK;
}

int store_site_subscription_count(struct db *db, struct arena *a,
				  const struct site_subscription_filter *f, int64_t *total)
{
	int64_t no_admin = f->no_admin;
	struct rows *rows;

	TRY(db_select(db, a, &STMTS[COUNT_ALL], &rows, f->search, f->search, f->search, no_admin));
	return rows_next(rows, total) ? OK : E_BUG;
}

int store_site_subscription_get(struct db *db, struct arena *a, int64_t id,
				struct site_subscription *out)
{
	struct rows *rows;

	TRY(db_select(db, a, &STMTS[GET], &rows, id));
	return next(rows, out) ? OK : E_NOT_FOUND;
}

int store_site_subscription_admins(struct db *db, struct arena *a, int64_t id,
				   struct site_subscription_admin **list, size_t *n)
{
	struct site_subscription_admin r = {0};
	int64_t disabled;
	struct rows *rows;

	TRY(db_select(db, a, &STMTS[ADMINS], &rows, id));
	*list = ARENA_ARRAY(a, struct site_subscription_admin, rows_count(rows) + 1);
	*n = 0;
	while (rows_next(rows, &r.account_id, &r.login, &r.name, &disabled)) {
		r.disabled = disabled != 0;
		(*list)[(*n)++] = r;
	}
	return OK;
}

int store_site_subscription_empty(struct db *db, struct arena *a, int64_t id, bool *empty)
{
	int64_t inside = 1;
	struct rows *rows;

	TRY(db_select(db, a, &STMTS[INSIDE], &rows, id, id));
	rows_next(rows, &inside);
	*empty = inside == 0;
	return OK;
}

struct work {
	struct arena *arena;
	const struct actor *actor;
	int64_t id;
	struct span name;
	bool enabled;
};

/* The lock, then what it is called: the first of every change. */
static int lock(struct db *db, const struct work *w, struct site_subscription *out)
{
	TRY(store_subscription_lock(db, w->arena, w->id));
	return store_site_subscription_get(db, w->arena, w->id, out);
}

static int note(struct db *db, const struct work *w, struct span chain, enum audit_action action,
		struct span slug, struct span fields)
{
	struct audit_entry e = {
		.chain = chain,
		.actor = *w->actor,
		.action = action,
		.object_id = w->id,
		.object = slug,
		.fields = fields,
	};

	return store_audit_write(db, w->arena, &e);
}

static struct span chain_of(const struct work *w)
{
	return audit_chain_subscription(w->arena, w->id);
}

static int rename_it(struct db *db, void *arg)
{
	const struct work *w = arg;
	struct site_subscription s;

	TRY(lock(db, w, &s));
	TRY(db_run(db, &STMTS[RENAME], NULL, w->name, w->id));
	return note(db, w, chain_of(w), AUDIT_SUBSCRIPTION_RENAME, s.slug, SPAN("name"));
}

int store_site_subscription_rename(struct db *db, struct arena *a, const struct actor *actor,
				   int64_t id, struct span name)
{
	struct work w = {.arena = a, .actor = actor, .id = id, .name = name};

	return db_transaction(db, rename_it, &w);
}

static int enable_it(struct db *db, void *arg)
{
	const struct work *w = arg;
	struct site_subscription s;
	int64_t changed;

	TRY(lock(db, w, &s));
	if (w->enabled)
		TRY(db_run(db, &STMTS[ENABLE], &changed, w->id));
	else
		TRY(db_run(db, &STMTS[DISABLE], &changed, clock_now(), w->id));
	if (changed == 0)
		return OK;
	return note(db, w, chain_of(w),
		    w->enabled ? AUDIT_SUBSCRIPTION_ENABLE : AUDIT_SUBSCRIPTION_DISABLE, s.slug,
		    SPAN(""));
}

int store_site_subscription_enable(struct db *db, struct arena *a, const struct actor *actor,
				   int64_t id, bool enabled)
{
	struct work w = {.arena = a, .actor = actor, .id = id, .enabled = enabled};

	return db_transaction(db, enable_it, &w);
}

static int delete_it(struct db *db, void *arg)
{
	const struct work *w = arg;
	struct site_subscription s;
	bool empty;

	TRY(lock(db, w, &s));
	TRY(store_site_subscription_empty(db, w->arena, w->id, &empty));
	if (!empty)
		return E_CONFLICT;
	TRY(db_run(db, &STMTS[DELETE], NULL, w->id));
	TRY(note(db, w, AUDIT_CHAIN_SITE, AUDIT_SUBSCRIPTION_DELETE, s.slug, SPAN("")));
	return note(db, w, chain_of(w), AUDIT_SUBSCRIPTION_DELETE, s.slug, SPAN(""));
}

int store_site_subscription_delete(struct db *db, struct arena *a, const struct actor *actor,
				   int64_t id)
{
	struct work w = {.arena = a, .actor = actor, .id = id};

	return db_transaction(db, delete_it, &w);
}
