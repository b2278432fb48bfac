/* project_change.c: projects: adding, changing and deleting one. */
#include "store/project.h"

#include "base/clock.h"
#include "store/audit.h"
#include "store/name_use.h"
#include "store/subscription.h"
#include "base/banned.h"

enum { INSERT, NOW, CONCERNED, SET, LIMITED, TOUCH, DELETE };

static const struct stmt STMTS[] = {
	[INSERT] = {"INSERT INTO project (subscription_id, name, url, git_host, created_at)"
		    " VALUES (?, ?, ?, ?, ?)",
		    "issii", ""},
	[NOW] = {"SELECT name, url, git_host FROM project WHERE subscription_id = ? AND id = ?"
		 " FOR UPDATE",
		 "ii", "ssi"},
	[CONCERNED] = {"SELECT (SELECT COUNT(*) FROM integration_project x JOIN integration i ON"
		       " i.id = x.integration_id AND i.all_projects = 0 WHERE x.project_id = p.id),"
		       " (SELECT COUNT(*) FROM collaborator c WHERE c.project_id = p.id)"
		       " FROM project p WHERE p.id = ?",
		       "i", "ii"},
	[SET] = {"UPDATE project SET name = ?, url = ?, git_host = ? WHERE subscription_id = ? AND"
		 " id = ?",
		 "ssiii", ""},
	[LIMITED] = {"SELECT i.id, i.name FROM integration_project x JOIN integration i ON i.id ="
		     " x.integration_id AND i.all_projects = 0 WHERE x.project_id = ?"
		     " ORDER BY i.id",
		     "i", "is"},
	[TOUCH] = {"UPDATE integration SET version = version + 1, changed_at = ?, changed_by = ?"
		   " WHERE subscription_id = ? AND all_projects = 0 AND id IN (SELECT"
		   " integration_id FROM integration_project WHERE project_id = ?)",
		   "iIii", ""},
	[DELETE] = {"DELETE FROM project WHERE subscription_id = ? AND id = ?", "ii", ""},
};

const struct stmt_table STORE_PROJECT_CHANGE = {"project_change", STMTS, COUNT(STMTS)};

struct work {
	struct arena *arena;
	const struct scope *scope;
	const struct actor *actor;
	struct project_change *change;
};

static int note(struct db *db, const struct work *w, enum audit_action action, struct span object,
		struct span fields)
{
	struct audit_entry e = {
		.chain = audit_chain_subscription(w->arena, w->scope->subscription_id),
		.actor = *w->actor,
		.action = action,
		.object_id = w->change->id,
		.object = object,
		.fields = fields,
	};

	return store_audit_write(db, w->arena, &e);
}

static int create(struct db *db, void *arg)
{
	struct work *w = arg;
	struct project_change *c = w->change;
	struct span url = c->place.url.p ? c->place.url : SPAN("");
	int rc;

	TRY(store_subscription_lock_admin(db, w->arena, w->scope));
	rc = db_run(db, &STMTS[INSERT], NULL, w->scope->subscription_id, c->name, url,
		    (int64_t)c->place.host, clock_now());
	c->name_taken = rc == E_CONFLICT;
	TRY(rc);
	c->id = db_last_id(db);
	return note(db, w, AUDIT_PROJECT_CREATE, c->name, url.n ? SPAN("name, url") : SPAN("name"));
}

int store_project_add(struct db *db, struct arena *a, const struct scope *s,
		      const struct actor *actor, struct project_change *c)
{
	struct work w = {a, s, actor, c};

	return db_transaction(db, create, &w);
}

int store_project_create(struct db *db, struct arena *a, const struct scope *s,
			 const struct actor *actor, struct span name, int64_t *id)
{
	struct project_change c = {.name = name};

	TRY(store_project_add(db, a, s, actor, &c));
	*id = c.id;
	return OK;
}

/* Locks the subscription, then sees whether the project is still what the form showed. */
static int open_same(struct db *db, const struct work *w, struct git_place *place)
{
	struct project_change *c = w->change;
	struct rows *rows;
	struct span now;
	int64_t host;

	c->name_taken = c->stale = false;
	TRY(store_subscription_lock_admin(db, w->arena, w->scope));
	TRY(db_select(db, w->arena, &STMTS[NOW], &rows, w->scope->subscription_id, c->id));
	if (!rows_next(rows, &now, &place->url, &host))
		return E_NOT_FOUND;
	place->host = (enum git_host)host;
	c->stale = !span_eq(now, c->was) || (c->was_url.p && !span_eq(place->url, c->was_url));
	return c->stale ? E_CONFLICT : OK;
}

static int set(struct db *db, void *arg)
{
	struct work *w = arg;
	struct project_change *c = w->change;
	struct git_place was, now;
	int rc;

	TRY(open_same(db, w, &was));
	now = c->place.url.p ? c->place : was;
	rc = db_run(db, &STMTS[SET], NULL, c->name, now.url, (int64_t)now.host,
		    w->scope->subscription_id, c->id);
	c->name_taken = rc == E_CONFLICT;
	TRY(rc);
	if (!span_eq(c->name, c->was))
		TRY(note(db, w, AUDIT_PROJECT_RENAME, c->name, SPAN("name")));
	if (span_eq(now.url, was.url) && now.host == was.host)
		return OK;
	return note(db, w, AUDIT_PROJECT_URL, c->name, SPAN("url"));
}

int store_project_set(struct db *db, struct arena *a, const struct scope *s,
		      const struct actor *actor, struct project_change *c)
{
	struct work w = {a, s, actor, c};

	return db_transaction(db, set, &w);
}

/* Whoever confirmed a deletion confirmed it for so many integrations and people. */
static int check_concerned(struct db *db, const struct work *w)
{
	struct project_change *c = w->change;
	int64_t integrations = -1, collaborators = -1;
	struct rows *rows;

	TRY(db_select(db, w->arena, &STMTS[CONCERNED], &rows, c->id));
	rows_next(rows, &integrations, &collaborators);
	c->stale = integrations != c->integrations || collaborators != c->collaborators;
	return c->stale ? E_CONFLICT : OK;
}

/* Off the lists of integrations: a change of each, with an entry of its own. */
static int unlist(struct db *db, const struct work *w)
{
	const int64_t *by = w->actor->account_id ? &w->actor->account_id : NULL;
	struct audit_entry e = {
		.actor = *w->actor,
		.action = AUDIT_INTEGRATION_EDIT,
		.fields = SPAN("projects"),
	};
	struct rows *rows;

	TRY(db_select(db, w->arena, &STMTS[LIMITED], &rows, w->change->id));
	if (rows_count(rows) > PROJECT_INTEGRATIONS_MAX)
		return E_TOO_BIG;
	while (rows_next(rows, &e.object_id, &e.object)) {
		e.chain = audit_chain_subscription(w->arena, w->scope->subscription_id);
		TRY(store_audit_write(db, w->arena, &e));
	}
	return db_run(db, &STMTS[TOUCH], NULL, clock_now(), by, w->scope->subscription_id,
		      w->change->id);
}

static int delete (struct db *db, void *arg)
{
	struct work *w = arg;
	struct name_uses uses = {.arena = w->arena};
	struct git_place place;

	TRY(open_same(db, w, &place));
	TRY(check_concerned(db, w));
	TRY(unlist(db, w));
	TRY(store_name_use_project_goes(db, &uses, w->scope, w->change->id));
	TRY(store_name_use_apply(db, &uses, w->scope, clock_now()));
	/* its places in lists, its collaborators' rows and its workflow files go with it, by
	 * foreign key */
	TRY(db_run(db, &STMTS[DELETE], NULL, w->scope->subscription_id, w->change->id));
	return note(db, w, AUDIT_PROJECT_DELETE, w->change->was, SPAN(""));
}

int store_project_delete(struct db *db, struct arena *a, const struct scope *s,
			 const struct actor *actor, struct project_change *c)
{
	struct work w = {a, s, actor, c};

	return db_transaction(db, delete, &w);
}
