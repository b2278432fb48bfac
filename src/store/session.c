/* session.c: sessions. */
#include "store/session.h"

#include <stdlib.h>

#include "base/clock.h"
#include "store/audit.h"
#include "base/banned.h"

enum {
	FIND,
	FIND_AT,
	PERSON,
	SEEN,
	NOTE,
	INSERT,
	DELETE,
	DELETE_OTHERS,
	SWEEP,
	LIST,
	DELETE_OF,
};

#define LIVE " WHERE se.token_hash = ? AND se.seen_at > ? AND se.created_at > ?"

static const struct stmt STMTS[] = {
	[FIND] = {"SELECT a.id, a.uid, a.login, a.name, a.theme, sr.account_id, p.revision,"
		  " se.seen_at, r.role, s.id, s.uid, s.slug, s.name, s.revision, s.disabled_at"
		  " FROM session se JOIN account a ON a.id = se.account_id"
		  " LEFT JOIN people_revision p ON p.id = 1"
		  " LEFT JOIN site_role sr ON sr.account_id = a.id"
		  " LEFT JOIN role r ON r.account_id = a.id"
		  " LEFT JOIN subscription s ON s.id = r.subscription_id" LIVE
		  " AND a.disabled_at IS NULL",
		  "bii", "ibsssIIiIIbssII"},
	/* each row by a unique key, and no column too many: with a page that is kept, this is what
	 * the server does for it */
	[FIND_AT] = {"SELECT se.account_id, se.seen_at, p.revision, r.role, s.id, s.revision"
		     " FROM session se LEFT JOIN people_revision p ON p.id = 1"
		     " LEFT JOIN subscription s ON s.slug = ? LEFT JOIN role r"
		     " ON r.account_id = se.account_id AND r.subscription_id = s.id" LIVE,
		     "sbii", "iiIIII"},
	[PERSON] = {"SELECT a.uid, a.login, a.name, a.theme, sr.account_id, r.role, s.id, s.uid,"
		    " s.slug, s.name, s.disabled_at FROM account a"
		    " LEFT JOIN site_role sr ON sr.account_id = a.id"
		    " LEFT JOIN role r ON r.account_id = a.id"
		    " LEFT JOIN subscription s ON s.id = r.subscription_id"
		    " WHERE a.id = ? AND a.disabled_at IS NULL",
		    "i", "bsssIIIbssI"},
	[SEEN] = {"UPDATE session SET seen_at = ? WHERE token_hash = ?", "ib", ""},
	[NOTE] = {"UPDATE account SET signed_in_at = ? WHERE id = ?", "ii", ""},
	[INSERT] =
		{"INSERT INTO session (token_hash, account_id, created_at, seen_at, address, agent)"
		 " VALUES (?, ?, ?, ?, ?, ?)",
		 "biiiss", ""},
	[DELETE] = {"DELETE FROM session WHERE token_hash = ?", "b", ""},
	[DELETE_OTHERS] = {"DELETE FROM session WHERE account_id = ? AND token_hash <> ?", "ib",
			   ""},
	[SWEEP] = {"DELETE FROM session WHERE seen_at < ? ORDER BY seen_at LIMIT 100", "i", ""},
	[LIST] = {"SELECT token_hash, created_at, seen_at, address, agent FROM session"
		  " WHERE account_id = ? AND seen_at > ? AND created_at > ?"
		  " ORDER BY seen_at DESC, created_at DESC LIMIT 100",
		  "iii", "biiss"},
	[DELETE_OF] = {"DELETE FROM session WHERE account_id = ? AND token_hash = ?", "ib", ""},
};

const struct stmt_table STORE_SESSION = {"session", STMTS, COUNT(STMTS)};

/* By name. Sorted here, since this is asked with every request and the server would make a
 * temporary table of it. */
static int by_name(const void *a, const void *b)
{
	return span_cmp(((const struct membership *)a)->name, ((const struct membership *)b)->name);
}

void store_session_sort(struct who *w)
{
	qsort(w->memberships, w->nmemberships, sizeof(*w->memberships), by_name);
}

static void add_membership(struct who *w, const struct membership *m)
{
	if (m->subscription_id)
		w->memberships[w->nmemberships++] = *m;
}

static int find(struct db *db, struct arena *a, struct span token_hash, int64_t now, struct who *w,
		int64_t *seen_at)
{
	struct membership m = {0};
	int64_t site, role, disabled;
	struct rows *rows;

	TRY(db_select(db, a, &STMTS[FIND], &rows, token_hash, now - SESSION_IDLE,
		      now - SESSION_AGE));
	if (rows_count(rows) == 0)
		return E_NOT_FOUND;
	w->memberships = ARENA_ARRAY(a, struct membership, rows_count(rows));
	while (rows_next(rows, &w->account_id, &w->uid, &w->login, &w->name, &w->theme, &site,
			 &w->people_revision, seen_at, &role, &m.subscription_id,
			 &m.subscription_uid, &m.slug, &m.name, &m.revision, &disabled)) {
		w->site_admin = site != 0;
		m.role = (enum role)role;
		m.disabled = disabled != 0;
		add_membership(w, &m);
	}
	return OK;
}

/* What is read with each request: the subscription of the address, and the role in it. */
struct here {
	int64_t id, revision, role;
};

/* Who it is, with all memberships: of `here` with the role and the revision of now, the others as
 * kept, their revisions unknown. */
static int find_person(struct db *db, struct arena *a, struct who *w, int64_t people,
		       const struct here *here, bool *found)
{
	struct membership m = {0};
	int64_t site, role, disabled;
	struct rows *rows;

	*found = here->role == ROLE_NONE;
	TRY(db_select_kept(db, a, &STMTS[PERSON], people, &rows, w->account_id));
	if (rows_count(rows) == 0)
		return E_NOT_FOUND;
	w->memberships = ARENA_ARRAY(a, struct membership, rows_count(rows));
	while (rows_next(rows, &w->uid, &w->login, &w->name, &w->theme, &site, &role,
			 &m.subscription_id, &m.subscription_uid, &m.slug, &m.name, &disabled)) {
		bool is_here = m.subscription_id && m.subscription_id == here->id;

		w->site_admin = site != 0;
		*found = *found || is_here;
		m.role = (enum role)(is_here ? here->role : role);
		m.revision = is_here ? here->revision : 0;
		m.disabled = disabled != 0;
		if (m.role != ROLE_NONE)
			add_membership(w, &m);
	}
	return OK;
}

static int find_at(struct db *db, struct arena *a, struct span token_hash, struct span slug,
		   int64_t now, struct who *w, int64_t *seen_at)
{
	struct here here = {0};
	struct rows *rows;
	bool found;

	TRY(db_select(db, a, &STMTS[FIND_AT], &rows, slug, token_hash, now - SESSION_IDLE,
		      now - SESSION_AGE));
	if (!rows_next(rows, &w->account_id, seen_at, &w->people_revision, &here.role, &here.id,
		       &here.revision))
		return E_NOT_FOUND;
	TRY(find_person(db, a, w, w->people_revision, &here, &found));
	if (found)
		return OK;
	/* a role that came without its revision: what is kept does not know of it */
	w->nmemberships = 0;
	return find_person(db, a, w, 0, &here, &found);
}

int store_session_find(struct db *db, struct arena *a, struct span token_hash, struct span slug,
		       int64_t now, struct who **out, int64_t *seen_at)
{
	struct who *w = ARENA_NEW(a, struct who);

	if (slug.n && span_is_utf8(slug))
		TRY(find_at(db, a, token_hash, slug, now, w, seen_at));
	else
		TRY(find(db, a, token_hash, now, w, seen_at));
	store_session_sort(w);
	w->token_hash = arena_span(a, token_hash);
	*out = w;
	return OK;
}

int store_session_account(struct db *db, struct arena *a, int64_t account_id, struct who **out)
{
	static const struct here NOWHERE;
	struct who *w = ARENA_NEW(a, struct who);
	bool found;

	w->account_id = account_id;
	TRY(find_person(db, a, w, 0, &NOWHERE, &found));
	store_session_sort(w);
	w->token_hash = SPAN_NONE;
	*out = w;
	return OK;
}

int store_session_seen(struct db *db, struct span token_hash, int64_t now)
{
	return db_run(db, &STMTS[SEEN], NULL, now, token_hash);
}

struct change {
	struct arena *arena;
	const struct session_start *start;
	struct span token_hash;
	const struct actor *actor;
	int64_t account_id;
};

static int note(struct db *db, struct change *c, const struct actor *actor,
		enum audit_action action)
{
	struct audit_entry e = {
		.chain = audit_chain_account(c->arena, c->account_id),
		.actor = *actor,
		.action = action,
		.object_id = c->account_id,
		/* the operator acts for somebody whose login nobody asked for: the id says who */
		.object = actor->account_id ? actor->name : SPAN(""),
		.fields = SPAN(""),
	};

	return store_audit_write(db, c->arena, &e);
}

static int create(struct db *db, void *arg)
{
	struct change *c = arg;
	const struct session_start *s = c->start;
	int64_t now = clock_now();

	TRY(db_run(db, &STMTS[SWEEP], NULL, now - SESSION_IDLE));
	if (s->old_hash.n)
		TRY(db_run(db, &STMTS[DELETE], NULL, s->old_hash));
	/* before the session, whose foreign key would share the lock that this one needs alone */
	TRY(db_run(db, &STMTS[NOTE], NULL, now, s->actor.account_id));
	TRY(db_run(db, &STMTS[INSERT], NULL, s->token_hash, s->actor.account_id, now, now,
		   s->actor.address, s->agent));
	return note(db, c, &s->actor, AUDIT_SIGN_IN);
}

int store_session_create(struct db *db, struct arena *a, const struct session_start *s)
{
	struct change c = {.arena = a, .start = s, .account_id = s->actor.account_id};

	return db_transaction(db, create, &c);
}

static int end(struct db *db, void *arg)
{
	struct change *c = arg;
	int64_t gone;

	TRY(db_run(db, &STMTS[DELETE], &gone, c->token_hash));
	return gone ? note(db, c, c->actor, AUDIT_SIGN_OUT) : OK;
}

int store_session_end(struct db *db, struct arena *a, struct span token_hash,
		      const struct actor *actor)
{
	struct change c = {.arena = a,
			   .token_hash = token_hash,
			   .actor = actor,
			   .account_id = actor->account_id};

	return db_transaction(db, end, &c);
}

static int end_others(struct db *db, void *arg)
{
	struct change *c = arg;
	int64_t gone;

	TRY(db_run(db, &STMTS[DELETE_OTHERS], &gone, c->account_id, c->token_hash));
	return gone ? note(db, c, c->actor, AUDIT_SIGN_OUT_OTHERS) : OK;
}

int store_session_end_others(struct db *db, struct arena *a, int64_t account_id, struct span keep,
			     const struct actor *actor)
{
	struct change c = {
		.arena = a, .token_hash = keep, .actor = actor, .account_id = account_id};

	return db_transaction(db, end_others, &c);
}

int store_session_list(struct db *db, struct arena *a, int64_t account_id, int64_t now,
		       struct session_row **list, size_t *n)
{
	struct session_row *r;
	struct rows *rows;

	TRY(db_select(db, a, &STMTS[LIST], &rows, account_id, now - SESSION_IDLE,
		      now - SESSION_AGE));
	*list = r = ARENA_ARRAY(a, struct session_row, rows_count(rows));
	for (*n = 0;
	     rows_next(rows, &r->token_hash, &r->created_at, &r->seen_at, &r->address, &r->agent);
	     r++)
		++*n;
	return OK;
}

static int end_one(struct db *db, void *arg)
{
	struct change *c = arg;
	int64_t gone;

	TRY(db_run(db, &STMTS[DELETE_OF], &gone, c->account_id, c->token_hash));
	return gone ? note(db, c, c->actor, AUDIT_SESSION_END) : E_NOT_FOUND;
}

int store_session_end_one(struct db *db, struct arena *a, struct span token_hash,
			  const struct actor *actor)
{
	struct change c = {.arena = a,
			   .token_hash = token_hash,
			   .actor = actor,
			   .account_id = actor->account_id};

	return db_transaction(db, end_one, &c);
}
