/* audit_read.c: one page of a chain.
 *
 * One condition is the key's: the id of the thing, else its name, else who, else what, else the
 * time alone. Whatever else is asked is looked at here, entry by entry, and no more than AUDIT_SCAN
 * of them, so that a page never reads a long chain from end to end. FORCE INDEX: so that the plan
 * of a page hangs on what it asks, not on statistics. */
#include "store/audit_read.h"

#include <stdlib.h>

#include "base/banned.h"

enum { BY_TIME, BY_ACTOR, BY_ACTION, BY_OBJECT, BY_OBJECT_ID, TOTAL };

#define PAGE(key, condition)                                                                       \
	"SELECT seq, at, actor, address, action, object_id, object, fields FROM audit"             \
	" FORCE INDEX (" key ") WHERE chain = ?" condition                                         \
	" AND at >= ? AND at <= ? AND (at < ? OR seq < ?) ORDER BY at DESC, seq DESC LIMIT ?"

static const struct stmt STMTS[] = {
	[BY_TIME] = {PAGE("audit_at", ""), "siiiii", "iisssiss"},
	[BY_ACTOR] = {PAGE("audit_actor", " AND actor = ?"), "ssiiiii", "iisssiss"},
	[BY_ACTION] = {PAGE("audit_action", " AND action = ?"), "ssiiiii", "iisssiss"},
	[BY_OBJECT] = {PAGE("audit_object", " AND object = ?"), "ssiiiii", "iisssiss"},
	[BY_OBJECT_ID] = {PAGE("audit_object_id", " AND object_id = ?"), "siiiiii", "iisssiss"},
	[TOTAL] = {"SELECT seq FROM audit_head WHERE chain = ?", "s", "i"},
};

const struct stmt_table STORE_AUDIT_READ = {"audit_read", STMTS, COUNT(STMTS)};

struct reading {
	struct db *db;
	struct arena *arena;
	struct span chain;
	const struct audit_filter *filter;
	int key;
	struct span action; /* BY_ACTION: which */
	struct audit_page page;
	size_t limit, scanned;
};

static int choose_key(const struct audit_filter *f)
{
	if (f->object_id)
		return BY_OBJECT_ID;
	if (f->object.n)
		return BY_OBJECT;
	if (f->actor.n)
		return BY_ACTOR;
	return f->actions ? BY_ACTION : BY_TIME;
}

/* Is there more to ask than what the key answers? */
static bool is_mixed(const struct audit_filter *f, int key)
{
	return (key > BY_OBJECT && f->object.n) || (key > BY_ACTOR && f->actor.n) ||
	       (key != BY_ACTION && f->actions);
}

static bool fits(const struct audit_filter *f, const struct audit_row *r)
{
	enum audit_action action;

	if ((f->object.n && !span_eq(f->object, r->object)) ||
	    (f->actor.n && !span_eq(f->actor, r->actor)) ||
	    (f->object_id && f->object_id != r->object_id))
		return false;
	return !f->actions ||
	       (audit_action_find(r->action, &action) == OK && f->actions->has[action]);
}

static int select_batch(struct reading *g, struct audit_place from, int64_t limit,
			struct rows **rows)
{
	const struct audit_filter *f = g->filter;
	const struct stmt *s = &STMTS[g->key];

	if (g->key == BY_TIME)
		return db_select(g->db, g->arena, s, rows, g->chain, f->from, from.at, from.at,
				 from.seq, limit);
	if (g->key == BY_OBJECT_ID)
		return db_select(g->db, g->arena, s, rows, g->chain, f->object_id, f->from, from.at,
				 from.at, from.seq, limit);
	return db_select(g->db, g->arena, s, rows, g->chain,
			 g->key == BY_ACTION  ? g->action
			 : g->key == BY_ACTOR ? f->actor
					      : f->object,
			 f->from, from.at, from.at, from.seq, limit);
}

/* Where a page begins: `to` is a place, too. */
static struct audit_place begin(const struct audit_filter *f)
{
	return f->before.at < f->to ? f->before : (struct audit_place){f->to, 0};
}

/* Reads on at g->page.last; keeps what fits. *end: nothing is left. */
static int read_batch(struct reading *g, size_t size, bool *end)
{
	struct audit_row r;
	struct rows *rows;
	size_t n;

	TRY(select_batch(g, g->page.last, (int64_t)size, &rows));
	n = rows_count(rows);
	*end = n < size;
	while (g->page.nrows < g->limit &&
	       rows_next(rows, &r.seq, &r.at, &r.actor, &r.address, &r.action, &r.object_id,
			 &r.object, &r.fields)) {
		n--;
		g->scanned++;
		g->page.last = (struct audit_place){r.at, r.seq};
		if (fits(g->filter, &r))
			g->page.rows[g->page.nrows++] = r;
	}
	*end = *end && n == 0;
	return OK;
}

static int read_by_key(struct reading *g)
{
	bool mixed = is_mixed(g->filter, g->key), end = false;
	size_t size = mixed ? 500 : g->limit + 1;

	while (!end && g->page.nrows < g->limit && g->scanned < AUDIT_SCAN)
		TRY(read_batch(g, size, &end));
	g->page.more = !end;
	g->page.cut_short = !end && g->page.nrows < g->limit;
	return OK;
}

static int newer_first(const void *a, const void *b)
{
	const struct audit_row *x = a, *y = b;

	if (x->at != y->at)
		return x->at < y->at ? 1 : -1;
	return x->seq < y->seq ? 1 : x->seq > y->seq ? -1 : 0;
}

/* A group of actions: the newest of each, then the newest of all of them. */
static int read_by_actions(struct reading *g)
{
	size_t most = g->limit, room = (most + 1) * AUDIT_ACTIONS, n = 0;
	struct audit_row *all = ARENA_ARRAY(g->arena, struct audit_row, room);
	struct audit_place start = g->page.last;

	g->limit = most + 1;
	for (size_t k = 0; k < AUDIT_ACTIONS; k++) {
		bool end;
		if (!g->filter->actions->has[k])
			continue;
		g->action = span_str(audit_action_text((enum audit_action)k));
		g->page = (struct audit_page){.rows = all + n, .last = start};
		TRY(read_batch(g, most + 1, &end));
		n += g->page.nrows;
	}
	qsort(all, n, sizeof(*all), newer_first);
	g->page = (struct audit_page){.rows = all, .nrows = n < most ? n : most, .more = n > most};
	if (g->page.nrows)
		g->page.last =
			(struct audit_place){all[g->page.nrows - 1].at, all[g->page.nrows - 1].seq};
	return OK;
}

int store_audit_page(struct db *db, struct arena *a, struct span chain,
		     const struct audit_filter *f, size_t limit, struct audit_page *out)
{
	struct reading g = {.db = db,
			    .arena = a,
			    .chain = chain,
			    .filter = f,
			    .key = choose_key(f),
			    .limit = limit};

	g.page.last = begin(f);
	g.page.rows = ARENA_ARRAY(a, struct audit_row, limit + 1);
	if (g.key == BY_ACTION)
		TRY(read_by_actions(&g));
	else
		TRY(read_by_key(&g));
	*out = g.page;
	return OK;
}

int store_audit_total(struct db *db, struct arena *a, struct span chain, int64_t *total)
{
	struct rows *rows;

	*total = 0;
	TRY(db_select(db, a, &STMTS[TOTAL], &rows, chain));
	rows_next(rows, total);
	return OK;
}
