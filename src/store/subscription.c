/* subscription.c: subscriptions and their projects. */
#include "store/subscription.h"

#include "base/clock.h"
#include "store/audit.h"
#include "base/banned.h"

enum { INSERT, FIND, LOCK, RAISE, PROJECT_INSERT, PROJECTS, PROJECTS_NAMED, PROJECTS_COUNT };

static const struct stmt STMTS[] = {
	[INSERT] = {"INSERT INTO subscription (uid, slug, name, created_at) VALUES (?, ?, ?, ?)",
		    "bssi", ""},
	[FIND] = {"SELECT id, uid, slug FROM subscription WHERE slug = ?", "s", "ibs"},
	[LOCK] = {"SELECT revision FROM subscription WHERE id = ? FOR UPDATE", "i", "i"},
	[RAISE] = {"UPDATE subscription SET revision = revision + 1 WHERE id = ?", "i", ""},
	[PROJECT_INSERT] =
		{"INSERT INTO project (subscription_id, name, created_at) VALUES (?, ?, ?)", "isi",
		 ""},
	[PROJECTS] = {"SELECT id, name FROM project WHERE subscription_id = ? ORDER BY name", "i",
		      "is"},
	[PROJECTS_NAMED] = {"SELECT p.id, p.name FROM project p JOIN collaborator c"
			    " ON c.project_id = p.id AND c.account_id = ?"
			    " WHERE p.subscription_id = ? ORDER BY p.name",
			    "ii", "is"},
	[PROJECTS_COUNT] = {"SELECT COUNT(*) FROM project WHERE subscription_id = ?", "i", "i"},
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

int store_subscription_lock(struct db *db, struct arena *a, int64_t id)
{
	struct rows *rows;

	ASSERT(db_in_transaction(db));
	TRY(db_select(db, a, &STMTS[LOCK], &rows, id));
	if (rows_count(rows) == 0)
		return E_NOT_FOUND;
	return db_run(db, &STMTS[RAISE], NULL, id);
}

struct project_creation {
	struct arena *arena;
	const struct scope *scope;
	const struct actor *actor;
	struct span name;
	int64_t id;
};

static int project_create(struct db *db, void *arg)
{
	struct project_creation *c = arg;
	int64_t subscription = c->scope->subscription_id;
	struct audit_entry e = {
		.chain = audit_chain_subscription(c->arena, subscription),
		.actor = *c->actor,
		.action = AUDIT_PROJECT_CREATE,
		.object = c->name,
		.fields = SPAN("name"),
	};

	TRY(store_subscription_lock(db, c->arena, subscription));
	TRY(db_run(db, &STMTS[PROJECT_INSERT], NULL, subscription, c->name, clock_now()));
	e.object_id = c->id = db_last_id(db);
	return store_audit_write(db, c->arena, &e);
}

int store_project_create(struct db *db, struct arena *a, const struct scope *s,
			 const struct actor *actor, struct span name, int64_t *id)
{
	struct project_creation c = {a, s, actor, name, 0};

	TRY(db_transaction(db, project_create, &c));
	*id = c.id;
	return OK;
}

static int count_projects(struct db *db, struct arena *a, int64_t subscription, int64_t *total)
{
	struct rows *rows;

	TRY(db_select(db, a, &STMTS[PROJECTS_COUNT], &rows, subscription));
	return rows_next(rows, total) ? OK : E_BUG;
}

int store_project_list(struct db *db, struct arena *a, const struct scope *s, struct project **list,
		       size_t *n, int64_t *total)
{
	bool sees_all = s->role >= ROLE_MEMBER;
	struct project p = {0};
	struct rows *rows;

	if (!sees_all)
		TRY(db_select(db, a, &STMTS[PROJECTS_NAMED], &rows, s->account_id,
			      s->subscription_id));
	else
		TRY(db_select(db, a, &STMTS[PROJECTS], &rows, s->subscription_id));
	*list = ARENA_ARRAY(a, struct project, rows_count(rows));
	*n = 0;
	while (rows_next(rows, &p.id, &p.name))
		(*list)[(*n)++] = p;
	*total = (int64_t)*n;
	return sees_all ? OK : count_projects(db, a, s->subscription_id, total);
}
