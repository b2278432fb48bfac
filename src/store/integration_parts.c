/* integration_parts.c: what hangs on an integration: URLs, values, sealed fields, projects. The
 * scope stands in every statement through a join on the integration's row, except where the caller
 * has just found or locked that row within its scope in the same transaction. */
#include "store/integration.h"

#include "store/account.h"
#include "base/banned.h"

enum {
	URLS, VALUES, SEALED, PROJECTS, PROJECTS_NAMED, PROJECTS_COUNT,
	URLS_DELETE, URL_INSERT, VALUES_DELETE, VALUE_INSERT,
	KEY_LOCK, SEALED_DELETE, SEALED_INSERT, BOX_INSERT,
	PROJECT_DELETE, PROJECT_FIND, PROJECT_INSERT,
};

#define OF_SCOPE                                                                                   \
	" JOIN integration i ON i.id = t.integration_id AND i.subscription_id <=> ?"               \
	" AND i.account_id <=> ?"

static const struct stmt STMTS[] = {
	[URLS] = {"SELECT t.url_key, t.url, t.origin FROM integration_url t" OF_SCOPE
		  " WHERE t.integration_id = ? ORDER BY t.position",
		  "IIi", "sss"},
	[VALUES] = {"SELECT t.field, t.value FROM integration_value t" OF_SCOPE
		    " WHERE t.integration_id = ? ORDER BY t.field",
		    "IIi", "ss"},
	[SEALED] = {"SELECT t.field, t.origins, t.sealed_at," ACCOUNT_WHO("b")
		    " FROM sealed t" OF_SCOPE " LEFT JOIN account b ON b.id = t.sealed_by"
		    " WHERE t.integration_id = ? ORDER BY t.field",
		    "IIi", "ssis"},
	[PROJECTS] = {"SELECT p.id, p.name FROM integration_project t" OF_SCOPE
		      " JOIN project p ON p.id = t.project_id"
		      " WHERE t.integration_id = ? ORDER BY p.name",
		      "IIi", "is"},
	[PROJECTS_NAMED] = {"SELECT p.id, p.name FROM integration_project t" OF_SCOPE
			    " JOIN project p ON p.id = t.project_id"
			    " JOIN collaborator c ON c.project_id = p.id AND c.account_id = ?"
			    " WHERE t.integration_id = ? ORDER BY p.name",
			    "IIii", "is"},
	[PROJECTS_COUNT] = {"SELECT COUNT(*) FROM integration_project t" OF_SCOPE
			    " WHERE t.integration_id = ?",
			    "IIi", "i"},
	[URLS_DELETE] = {"DELETE FROM integration_url WHERE integration_id = ?", "i", ""},
	[URL_INSERT] =
		{"INSERT INTO integration_url (integration_id, position, url_key, url, origin)"
		 " VALUES (?, ?, ?, ?, ?)",
		 "iisss", ""},
	[VALUES_DELETE] = {"DELETE FROM integration_value WHERE integration_id = ?", "i", ""},
	[VALUE_INSERT] = {"INSERT INTO integration_value (integration_id, field, value)"
			  " VALUES (?, ?, ?)",
			  "iss", ""},
	[KEY_LOCK] = {"SELECT state FROM seal_key WHERE id = ? LOCK IN SHARE MODE", "s", "s"},
	[SEALED_INSERT] = {"INSERT INTO sealed (integration_id, field, key_id, origins, sealed_at,"
			   " sealed_by) VALUES (?, ?, ?, ?, ?, ?)",
			   "isssiI", ""},
	[BOX_INSERT] = {"INSERT INTO sealed_box (integration_id, field, box) VALUES (?, ?, ?)",
			"isb", ""},
	[SEALED_DELETE] = {"DELETE FROM sealed WHERE integration_id = ? AND field = ?", "is", ""},
	[PROJECT_DELETE] = {"DELETE FROM integration_project WHERE integration_id = ?"
			    " AND project_id = ?",
			    "ii", ""},
	[PROJECT_FIND] = {"SELECT p.id FROM project p LEFT JOIN integration_project x"
			  " ON x.project_id = p.id AND x.integration_id = ?"
			  " WHERE p.id = ? AND p.subscription_id = ? AND x.project_id IS NULL",
			  "iii", "i"},
	[PROJECT_INSERT] = {"INSERT INTO integration_project (integration_id, project_id)"
			    " VALUES (?, ?)",
			    "ii", ""},
};

const struct stmt_table STORE_INTEGRATION_PARTS = {"integration_parts", STMTS, COUNT(STMTS)};

static int read_urls(struct db *db, struct arena *a, const struct scope *s, struct integration *i)
{
	struct rows *rows;

	TRY(db_select(db, a, &STMTS[URLS], &rows, scope_subscription(s), scope_account(s), i->id));
	i->urls = ARENA_ARRAY(a, struct integration_url, rows_count(rows) + 1);
	while (rows_next(rows, &i->urls[i->nurls].key, &i->urls[i->nurls].url,
			 &i->urls[i->nurls].origin))
		i->nurls++;
	return OK;
}

static int read_values(struct db *db, struct arena *a, const struct scope *s,
		       struct integration *i)
{
	struct rows *rows;

	TRY(db_select(db, a, &STMTS[VALUES], &rows, scope_subscription(s), scope_account(s),
		      i->id));
	i->values = ARENA_ARRAY(a, struct integration_value, rows_count(rows) + 1);
	while (rows_next(rows, &i->values[i->nvalues].field, &i->values[i->nvalues].value))
		i->nvalues++;
	return OK;
}

static int read_sealed(struct db *db, struct arena *a, const struct scope *s,
		       struct integration *i)
{
	struct sealed_mark *m;
	struct rows *rows;

	TRY(db_select(db, a, &STMTS[SEALED], &rows, scope_subscription(s), scope_account(s),
		      i->id));
	m = i->sealed = ARENA_ARRAY(a, struct sealed_mark, rows_count(rows) + 1);
	while (rows_next(rows, &m->field, &m->origins, &m->sealed_at, &m->sealed_by))
		m++;
	i->nsealed = (size_t)(m - i->sealed);
	return OK;
}

static int read_projects(struct db *db, struct arena *a, const struct scope *s,
			 struct integration *i)
{
	int64_t all = 0;
	struct rows *rows, *count;

	if (s->subscription_id == 0)
		return OK; /* projects are a subscription's */
	if (s->role < ROLE_MEMBER)
		TRY(db_select(db, a, &STMTS[PROJECTS_NAMED], &rows, scope_subscription(s),
			      scope_account(s), s->account_id, i->id));
	else
		TRY(db_select(db, a, &STMTS[PROJECTS], &rows, scope_subscription(s),
			      scope_account(s), i->id));
	i->projects = ARENA_ARRAY(a, struct project, rows_count(rows) + 1);
	while (rows_next(rows, &i->projects[i->nprojects].id, &i->projects[i->nprojects].name))
		i->projects[i->nprojects++].chosen = true;
	TRY(db_select(db, a, &STMTS[PROJECTS_COUNT], &count, scope_subscription(s),
		      scope_account(s), i->id));
	rows_next(count, &all);
	i->hidden_projects = all - (int64_t)i->nprojects;
	return OK;
}

int store_integration_parts_read(struct db *db, struct arena *a, const struct scope *s,
				 struct integration *i)
{
	TRY(read_urls(db, a, s, i));
	TRY(read_values(db, a, s, i));
	TRY(read_sealed(db, a, s, i));
	return read_projects(db, a, s, i);
}

/* Nothing hangs on a new one yet. Looking for it all the same would lock the end of each table, and
 * every two creations at once would be a deadlock. */
static bool is_new(const struct integration_change *c)
{
	return c->id == 0;
}

static int write_urls(struct db *db, int64_t id, const struct integration_change *c)
{
	if (!is_new(c))
		TRY(db_run(db, &STMTS[URLS_DELETE], NULL, id));
	for (size_t k = 0; k < c->nurls; k++)
		TRY(db_run(db, &STMTS[URL_INSERT], NULL, id, (int64_t)k, c->urls[k].key,
			   c->urls[k].url, c->urls[k].origin));
	return OK;
}

static int write_values(struct db *db, int64_t id, const struct integration_change *c)
{
	if (!is_new(c))
		TRY(db_run(db, &STMTS[VALUES_DELETE], NULL, id));
	for (size_t k = 0; k < c->nvalues; k++)
		TRY(db_run(db, &STMTS[VALUE_INSERT], NULL, id, c->values[k].field,
			   c->values[k].value));
	return OK;
}

/* Share-locks the key's row: retiring a key waits for us, and we refuse one that is retired. */
static int key_is_active(struct db *db, struct arena *a, struct span key_id)
{
	struct span state = SPAN_NONE;
	struct rows *rows;

	TRY(db_select(db, a, &STMTS[KEY_LOCK], &rows, key_id));
	rows_next(rows, &state);
	return span_is(state, "active") ? OK : E_DENIED;
}

/* The database lets web write a box and never read, change or delete one: deleting the field's row
 * takes the old box along. */
static int write_sealed(struct db *db, struct arena *a, const struct actor *actor, int64_t id,
			const struct integration_change *c, const struct sealed_new *s)
{
	const int64_t *by = actor->account_id ? &actor->account_id : NULL;

	TRY(key_is_active(db, a, s->key_id));
	if (!is_new(c))
		TRY(db_run(db, &STMTS[SEALED_DELETE], NULL, id, s->field));
	TRY(db_run(db, &STMTS[SEALED_INSERT], NULL, id, s->field, s->key_id, s->origins,
		   s->sealed_at, by));
	return db_run(db, &STMTS[BOX_INSERT], NULL, id, s->field, s->box);
}

static int unlist_project(struct db *db, int64_t id, const struct integration_change *c,
			  int64_t project)
{
	return is_new(c) ? OK : db_run(db, &STMTS[PROJECT_DELETE], NULL, id, project);
}

static int list_project(struct db *db, struct arena *a, const struct scope *s, int64_t id,
			const struct project *p)
{
	struct rows *rows;

	TRY(db_select(db, a, &STMTS[PROJECT_FIND], &rows, id, p->id, s->subscription_id));
	if (rows_count(rows) == 0)
		return OK; /* there already, or no project of this subscription (any more) */
	return db_run(db, &STMTS[PROJECT_INSERT], NULL, id, p->id);
}

int store_integration_parts_write(struct db *db, struct arena *a, const struct scope *s,
				  const struct actor *actor, int64_t id,
				  const struct integration_change *c)
{
	TRY(write_urls(db, id, c));
	TRY(write_values(db, id, c));
	for (size_t k = 0; k < c->nunsealed; k++)
		TRY(db_run(db, &STMTS[SEALED_DELETE], NULL, id, c->unsealed[k]));
	for (size_t k = 0; k < c->nsealed; k++)
		TRY(write_sealed(db, a, actor, id, c, &c->sealed[k]));
	for (size_t k = 0; k < c->nprojects; k++)
		TRY(c->projects[k].chosen ? list_project(db, a, s, id, &c->projects[k])
					  : unlist_project(db, id, c, c->projects[k].id));
	return OK;
}
