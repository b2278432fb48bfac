/* sync_token.c: sync tokens of projects. */
#include "store/sync_token.h"

#include "store/account.h"
#include "store/audit.h"
#include "store/subscription.h"
#include "base/banned.h"

enum { FIND, SEEN, MAY, LIST, NAME, PROJECT, TAKEN, HOW_MANY, INSERT, DELETE };

/* The same for finding and for asking again: what ends a token. */
#define ALIVE                                                                                      \
	" FROM sync_token t JOIN project p ON p.id = t.project_id AND p.subscription_id ="         \
	" t.subscription_id JOIN subscription s ON s.id = t.subscription_id AND"                   \
	" s.disabled_at IS NULL WHERE t.expires_at > ?"

static const struct stmt STMTS[] = {
	[FIND] = {"SELECT t.id, t.name, t.seen_at, t.project_id, s.id, s.uid, s.slug, s.name,"
		  " s.revision" ALIVE " AND t.token_hash = ?",
		  "ib", "isiiibssi"},
	[SEEN] = {"UPDATE sync_token SET seen_at = ?, seen_address = ? WHERE id = ?", "isi", ""},
	[MAY] = {"SELECT p.name" ALIVE " AND t.id = ? AND t.project_id = ? AND"
		 " t.subscription_id = ?",
		 "iiii", "s"},
	[LIST] = {"SELECT t.id, t.name, t.created_at," ACCOUNT_WHO(
			  "a") ", r.role IS NULL OR"
			       " a.disabled_at IS NOT NULL, t.expires_at, t.seen_at, t.seen_address"
			       " FROM sync_token t LEFT JOIN account a ON a.id = t.created_by"
			       " LEFT JOIN role r ON r.account_id = a.id AND r.subscription_id ="
			       " t.subscription_id WHERE t.subscription_id = ? AND t.project_id = ?"
			       " ORDER BY t.id DESC",
		  "ii", "isisiiis"},
	[NAME] = {"SELECT name FROM sync_token WHERE subscription_id = ? AND project_id = ? AND"
		  " id = ?",
		  "iii", "s"},
	[PROJECT] = {"SELECT name FROM project WHERE subscription_id = ? AND id = ?", "ii", "s"},
	[TAKEN] = {"SELECT id FROM sync_token WHERE project_id = ? AND name = ?", "is", "i"},
	[HOW_MANY] = {"SELECT COUNT(*) FROM sync_token WHERE project_id = ?", "i", "i"},
	[INSERT] = {"INSERT INTO sync_token (subscription_id, project_id, token_hash, name,"
		    " created_at, created_by, expires_at) VALUES (?, ?, ?, ?, ?, ?, ?)",
		    "iibsiii", ""},
	[DELETE] = {"DELETE FROM sync_token WHERE subscription_id = ? AND project_id = ? AND"
		    " id = ?",
		    "iii", ""},
};

const struct stmt_table STORE_SYNC_TOKEN = {"sync_token", STMTS, COUNT(STMTS)};

int store_sync_token_find(struct db *db, struct arena *a, struct span token_hash, int64_t now,
			  struct scope *scope, struct sync_token *t)
{
	struct scope s = {.account_id = ACCOUNT_NONE, .role = ROLE_NONE};
	struct rows *rows;

	TRY(db_select(db, a, &STMTS[FIND], &rows, now, token_hash));
	if (!rows_next(rows, &t->id, &t->name, &t->seen_at, &s.project_id, &s.subscription_id,
		       &s.subscription_uid, &s.slug, &s.name, &s.revision))
		return E_NOT_FOUND;
	s.sync_token_id = t->id;
	*scope = s;
	return OK;
}

int store_sync_token_seen(struct db *db, int64_t id, struct span address, int64_t now)
{
	return db_run(db, &STMTS[SEEN], NULL, now, address, id);
}

int store_sync_token_may(struct db *db, struct arena *a, const struct scope *s, int64_t project_id,
			 int64_t now, struct span *project)
{
	struct rows *rows;

	ASSERT(db_in_transaction(db));
	if (project_id != s->project_id)
		return E_NOT_FOUND;
	TRY(db_select(db, a, &STMTS[MAY], &rows, now, s->sync_token_id, project_id,
		      s->subscription_id));
	return rows_next(rows, project) ? OK : E_NOT_FOUND;
}

int store_sync_token_list(struct db *db, struct arena *a, const struct scope *s, int64_t project_id,
			  struct sync_token **list, size_t *n)
{
	struct sync_token t = {0};
	struct rows *rows;
	int64_t left;

	TRY(db_select(db, a, &STMTS[LIST], &rows, s->subscription_id, project_id));
	*list = ARENA_ARRAY(a, struct sync_token, rows_count(rows) + 1);
	for (*n = 0; rows_next(rows, &t.id, &t.name, &t.created_at, &t.created_by, &left,
			       &t.expires_at, &t.seen_at, &t.seen_address);) {
		t.maker_left = left != 0;
		(*list)[(*n)++] = t;
	}
	return OK;
}

struct work {
	struct arena *arena;
	const struct scope *scope;
	const struct actor *actor;
	struct sync_token_new *new;
	int64_t project_id, id;
};

/* About the project, in the name of the token; the project's own name is beside it. */
static int note(struct db *db, const struct work *w, enum audit_action action, struct span name)
{
	struct audit_entry e = {
		.chain = audit_chain_subscription(w->arena, w->scope->subscription_id),
		.actor = *w->actor,
		.action = action,
		.object_id = w->project_id,
		.object = name,
	};
	struct span project;
	struct rows *rows;

	TRY(db_select(db, w->arena, &STMTS[PROJECT], &rows, w->scope->subscription_id,
		      w->project_id));
	if (!rows_next(rows, &project))
		return E_NOT_FOUND;
	e.fields = arena_printf(w->arena, "of project %.*s", SPAN_ARG(project));
	return store_audit_write(db, w->arena, &e);
}

static int check_room(struct db *db, const struct work *w)
{
	struct sync_token_new *n = w->new;
	struct rows *rows;
	int64_t count = 0;

	TRY(db_select(db, w->arena, &STMTS[HOW_MANY], &rows, w->project_id));
	rows_next(rows, &count);
	n->too_many = count >= SYNC_TOKENS_MOST;
	TRY(db_select(db, w->arena, &STMTS[TAKEN], &rows, w->project_id, n->token.name));
	n->name_taken = rows_count(rows) > 0;
	return n->too_many || n->name_taken ? E_CONFLICT : OK;
}

static int create(struct db *db, void *arg)
{
	struct work *w = arg;
	const struct sync_token *t = &w->new->token;
	struct rows *rows;

	TRY(store_subscription_lock_admin(db, w->arena, w->scope));
	TRY(db_select(db, w->arena, &STMTS[PROJECT], &rows, w->scope->subscription_id,
		      w->project_id));
	if (rows_count(rows) == 0)
		return E_NOT_FOUND;
	TRY(check_room(db, w));
	TRY(db_run(db, &STMTS[INSERT], NULL, w->scope->subscription_id, w->project_id, w->new->hash,
		   t->name, t->created_at, w->actor->account_id, t->expires_at));
	w->id = db_last_id(db);
	return note(db, w, AUDIT_SYNC_TOKEN_CREATE, t->name);
}

int store_sync_token_create(struct db *db, struct arena *a, const struct scope *s,
			    const struct actor *actor, struct sync_token_new *n, int64_t *id)
{
	struct work w = {a, s, actor, n, n->project_id, 0};

	TRY(db_transaction(db, create, &w));
	*id = w.id;
	return OK;
}

static int revoke(struct db *db, void *arg)
{
	const struct work *w = arg;
	int64_t sub = w->scope->subscription_id;
	struct span name;
	struct rows *rows;

	TRY(store_subscription_lock_admin(db, w->arena, w->scope));
	TRY(db_select(db, w->arena, &STMTS[NAME], &rows, sub, w->project_id, w->id));
	if (!rows_next(rows, &name))
		return E_NOT_FOUND;
	TRY(db_run(db, &STMTS[DELETE], NULL, sub, w->project_id, w->id));
	return note(db, w, AUDIT_SYNC_TOKEN_REVOKE, name);
}

int store_sync_token_revoke(struct db *db, struct arena *a, const struct scope *s,
			    const struct actor *actor, int64_t project_id, int64_t id)
{
	struct work w = {a, s, actor, NULL, project_id, id};

	return db_transaction(db, revoke, &w);
}
