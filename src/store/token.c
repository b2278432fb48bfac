/* token.c: access tokens. */
#include "store/token.h"

#include "store/audit.h"
#include "store/session.h"
#include "base/banned.h"

enum { FIND, SEEN, LIST, GET, TAKEN, HOW_MANY, LOCK, INSERT, DELETE };

#define TOKEN "id, name, scopes, created_at, expires_at, seen_at, seen_address"

static const struct stmt STMTS[] = {
	[FIND] = {"SELECT a.id, a.uid, a.login, a.name, a.theme, sr.account_id, p.revision,"
		  " t.seen_at, r.role, s.id, s.uid, s.slug, s.name, s.revision, s.disabled_at, t.id,"
		  " t.scopes"
		  " FROM access_token t JOIN account a ON a.id = t.account_id"
		  " LEFT JOIN people_revision p ON p.id = 1"
		  " LEFT JOIN site_role sr ON sr.account_id = a.id"
		  " LEFT JOIN role r ON r.account_id = a.id"
		  " LEFT JOIN subscription s ON s.id = r.subscription_id"
		  " WHERE t.token_hash = ? AND t.expires_at > ? AND a.disabled_at IS NULL",
		  "bi", "ibsssIIiIIbssIIii"},
	[SEEN] = {"UPDATE access_token SET seen_at = ?, seen_address = ? WHERE id = ?", "isi", ""},
	[LIST] = {"SELECT " TOKEN " FROM access_token WHERE account_id = ? ORDER BY id DESC", "i",
		  "isiiiis"},
	[GET] = {"SELECT " TOKEN " FROM access_token WHERE account_id = ? AND id = ?", "ii",
		 "isiiiis"},
	[TAKEN] = {"SELECT id FROM access_token WHERE account_id = ? AND name = ?", "is", "i"},
	[HOW_MANY] = {"SELECT COUNT(*) FROM access_token WHERE account_id = ?", "i", "i"},
	/* the account's row would need a right to UPDATE it: its tokens' gap does as well */
	[LOCK] = {"SELECT id FROM access_token WHERE account_id = ? FOR UPDATE", "i", "i"},
	[INSERT] = {"INSERT INTO access_token (account_id, token_hash, name, scopes, created_at,"
		    " expires_at) VALUES (?, ?, ?, ?, ?, ?)",
		    "ibsiii", ""},
	[DELETE] = {"DELETE FROM access_token WHERE account_id = ? AND id = ?", "ii", ""},
};

const struct stmt_table STORE_TOKEN = {"token", STMTS, COUNT(STMTS)};

int store_token_find(struct db *db, struct arena *a, struct span token_hash, int64_t now,
		     struct who **out, struct access_token *token)
{
	struct who *w = ARENA_NEW(a, struct who);
	struct membership m = {0};
	int64_t site, role, disabled, scopes;
	struct rows *rows;

	TRY(db_select(db, a, &STMTS[FIND], &rows, token_hash, now));
	if (rows_count(rows) == 0)
		return E_NOT_FOUND;
	w->memberships = ARENA_ARRAY(a, struct membership, rows_count(rows));
	while (rows_next(rows, &w->account_id, &w->uid, &w->login, &w->name, &w->theme, &site,
			 &w->people_revision, &token->seen_at, &role, &m.subscription_id,
			 &m.subscription_uid, &m.slug, &m.name, &m.revision, &disabled, &token->id, &scopes)) {
		w->site_admin = site != 0;
		m.role = (enum role)role;
		m.disabled = disabled != 0;
		if (m.subscription_id)
			w->memberships[w->nmemberships++] = m;
	}
	store_session_sort(w);
	token->scopes = (unsigned)scopes;
	w->token_hash = arena_span(a, token_hash);
	*out = w;
	return OK;
}

int store_token_seen(struct db *db, int64_t id, struct span address, int64_t now)
{
	return db_run(db, &STMTS[SEEN], NULL, now, address, id);
}

static bool next(struct rows *rows, struct access_token *t)
{
	int64_t scopes;

	if (!rows_next(rows, &t->id, &t->name, &scopes, &t->created_at, &t->expires_at, &t->seen_at,
		       &t->seen_address))
		return false;
	t->scopes = (unsigned)scopes;
	return true;
}

int store_token_list(struct db *db, struct arena *a, int64_t account_id, struct access_token **list,
		     size_t *n)
{
	struct rows *rows;

	TRY(db_select(db, a, &STMTS[LIST], &rows, account_id));
	*list = ARENA_ARRAY(a, struct access_token, rows_count(rows) + 1);
	*n = 0;
	while (next(rows, &(*list)[*n]))
		(*n)++;
	return OK;
}

int store_token_get(struct db *db, struct arena *a, int64_t account_id, int64_t id,
		    struct access_token *out)
{
	struct rows *rows;

	TRY(db_select(db, a, &STMTS[GET], &rows, account_id, id));
	return next(rows, out) ? OK : E_NOT_FOUND;
}

struct work {
	struct arena *arena;
	const struct actor *actor;
	const struct access_token *token;
	struct span hash;
	int64_t id;
};

static int note(struct db *db, const struct work *w, enum audit_action action, struct span name,
		struct span fields)
{
	struct audit_entry e = {
		.chain = audit_chain_account(w->arena, w->actor->account_id),
		.actor = *w->actor,
		.action = action,
		.object_id = w->id,
		.object = name,
		.fields = fields,
	};

	return store_audit_write(db, w->arena, &e);
}

/* The account's tokens are locked, so that two made at once are counted. */
static int check_room(struct db *db, const struct work *w)
{
	int64_t account = w->actor->account_id, n = 0, id;
	struct rows *rows;

	TRY(db_select(db, w->arena, &STMTS[LOCK], &rows, account));
	TRY(db_select(db, w->arena, &STMTS[HOW_MANY], &rows, account));
	rows_next(rows, &n);
	if (n >= TOKENS_MOST)
		return E_CONFLICT;
	TRY(db_select(db, w->arena, &STMTS[TAKEN], &rows, account, w->token->name));
	return rows_next(rows, &id) ? E_CONFLICT : OK;
}

static int create(struct db *db, void *arg)
{
	struct work *w = arg;
	const struct access_token *t = w->token;

	TRY(check_room(db, w));
	TRY(db_run(db, &STMTS[INSERT], NULL, w->actor->account_id, w->hash, t->name,
		   (int64_t)t->scopes, t->created_at, t->expires_at));
	w->id = db_last_id(db);
	return note(db, w, AUDIT_TOKEN_CREATE, t->name, SPAN("name, scopes, expiry"));
}

int store_token_create(struct db *db, struct arena *a, const struct actor *actor,
		       const struct access_token *t, struct span token_hash, int64_t *id)
{
	struct work w = {.arena = a, .actor = actor, .token = t, .hash = token_hash};

	TRY(db_transaction(db, create, &w));
	*id = w.id;
	return OK;
}

static int revoke(struct db *db, void *arg)
{
	struct work *w = arg;
	struct access_token t;
	int64_t gone;

	TRY(store_token_get(db, w->arena, w->actor->account_id, w->id, &t));
	TRY(db_run(db, &STMTS[DELETE], &gone, w->actor->account_id, w->id));
	return gone ? note(db, w, AUDIT_TOKEN_REVOKE, t.name, SPAN("")) : E_NOT_FOUND;
}

int store_token_revoke(struct db *db, struct arena *a, const struct actor *actor, int64_t id)
{
	struct work w = {.arena = a, .actor = actor, .id = id};

	return db_transaction(db, revoke, &w);
}
