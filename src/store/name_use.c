/* name_use.c: the table of counts. A row is there while a place is. Counts are changed by taking
 * the old rows out and putting new ones in, many at a time: one way to the server for NAMES_MANY
 * names.
 */
#include "store/name_use.h"

#include <stdlib.h>

#include "base/log.h"
#include "core/name.h"
#include "store/names_sql.h"
#include "store/subscription.h"
#include "base/banned.h"

enum {
	READ_FEW,
	READ_MANY,
	DROP_FEW,
	DROP_MANY,
	ENDED_FEW,
	ENDED_MANY,
	INSERT_64,
	INSERT_16,
	INSERT_4,
	INSERT_1,
	OF_FILE,
	OF_PROJECT,
	RENAMED,
	OF_ONE,
	COUNT_ONE,
};

#define NAMED_FEW " WHERE subscription_id = ? AND name" IN_FEW
#define NAMED_MANY " WHERE subscription_id = ? AND name" IN_MANY
#define FEW_PARAMS "i" IN_FEW_PARAMS
#define MANY_PARAMS "i" IN_MANY_PARAMS

#define READ "SELECT name, uses FROM name_use"
#define DROP "DELETE FROM name_use"
#define ENDED "UPDATE integration SET used_at = ?"
#define INSERT "INSERT INTO name_use (subscription_id, name, uses) VALUES "
#define ROW "(?, ?, ?)"
#define ROWS_4 ROW "," ROW "," ROW "," ROW
#define ROWS_16 ROWS_4 "," ROWS_4 "," ROWS_4 "," ROWS_4
#define CELLS "isi"
#define CELLS_4 CELLS CELLS CELLS CELLS
#define CELLS_16 CELLS_4 CELLS_4 CELLS_4 CELLS_4
#define OF                                                                                         \
	"SELECT r.name FROM workflow_file w JOIN reference r ON r.file_id = w.id AND"              \
	" r.is_dynamic = 0 WHERE w.subscription_id = ?"

static const struct stmt STMTS[] = {
	[READ_FEW] = {READ NAMED_FEW, FEW_PARAMS, "si"},
	[READ_MANY] = {READ NAMED_MANY, MANY_PARAMS, "si"},
	[DROP_FEW] = {DROP NAMED_FEW, FEW_PARAMS, ""},
	[DROP_MANY] = {DROP NAMED_MANY, MANY_PARAMS, ""},
	[ENDED_FEW] = {ENDED NAMED_FEW, "i" FEW_PARAMS, ""},
	[ENDED_MANY] = {ENDED NAMED_MANY, "i" MANY_PARAMS, ""},
	[INSERT_64] = {INSERT ROWS_16 "," ROWS_16 "," ROWS_16 "," ROWS_16,
		       CELLS_16 CELLS_16 CELLS_16 CELLS_16, ""},
	[INSERT_16] = {INSERT ROWS_16, CELLS_16, ""},
	[INSERT_4] = {INSERT ROWS_4, CELLS_4, ""},
	[INSERT_1] = {INSERT ROW, CELLS, ""},
	[OF_FILE] = {OF " AND w.id = ?", "ii", "s"},
	[OF_PROJECT] = {OF " AND w.project_id = ?", "ii", "s"},
	[RENAMED] = {"UPDATE integration SET used_at = ? WHERE subscription_id = ? AND id = ? AND"
		     " EXISTS (SELECT 1 FROM name_use u WHERE u.subscription_id = ? AND u.name ="
		     " ?)",
		     "iiiis", ""},
	[OF_ONE] = {"SELECT COALESCE(u.uses, 0), i.used_at FROM integration i LEFT JOIN name_use u"
		    " ON u.subscription_id = i.subscription_id AND u.name = i.name"
		    " WHERE i.subscription_id = ? AND i.id = ?",
		    "ii", "ii"},
	[COUNT_ONE] = {"SELECT uses FROM name_use WHERE subscription_id = ? AND name = ? AND"
		       " LENGTH(name) = LENGTH(?)",
		       "iss", "i"},
};

const struct stmt_table STORE_NAME_USE = {"name_use", STMTS, COUNT(STMTS)};

/* --- what is noted --- */

/* Could an integration have it? The database takes "a " for "a", of which none ends in a blank. */
static bool is_kept(struct span name)
{
	return name.n && name.p[name.n - 1] != ' ' &&
	       reference_cut(name, NAME_CHARS_MAX).n == name.n;
}

static void note(struct name_uses *u, struct span name, int64_t by)
{
	if (!is_kept(name))
		return;
	if (u->n == u->room) {
		struct name_use *more;

		u->room = u->room ? 2 * u->room : 64;
		more = ARENA_ARRAY(u->arena, struct name_use, u->room);
		if (u->n)
			memcpy(more, u->list, u->n * sizeof(*more));
		u->list = more;
	}
	u->list[u->n++] = (struct name_use){name, by};
}

void name_uses_note(struct name_uses *u, const struct reference *list, size_t n, int64_t by)
{
	for (size_t k = 0; k < n; k++)
		if (!list[k].dynamic)
			note(u, list[k].name, by);
}

static int all_go(struct db *db, struct name_uses *u, const struct scope *s, int stmt, int64_t id)
{
	struct rows *rows;
	struct span name;

	TRY(db_select(db, u->arena, &STMTS[stmt], &rows, s->subscription_id, id));
	while (rows_next(rows, &name))
		note(u, name, -1);
	return OK;
}

int store_name_use_file_goes(struct db *db, struct name_uses *u, const struct scope *s,
			     int64_t file_id)
{
	return all_go(db, u, s, OF_FILE, file_id);
}

int store_name_use_project_goes(struct db *db, struct name_uses *u, const struct scope *s,
				int64_t project_id)
{
	return all_go(db, u, s, OF_PROJECT, project_id);
}

/* --- applying it --- */

static int by_name(const void *a, const void *b)
{
	return span_cmp(((const struct name_use *)a)->name, ((const struct name_use *)b)->name);
}

/* Each name once, in order; none of which as many come as go. */
static struct name_uses net(const struct name_uses *u)
{
	struct name_uses sum = {.arena = u->arena};

	sum.list = ARENA_ARRAY(u->arena, struct name_use, u->n + 1);
	memcpy(sum.list, u->list, u->n * sizeof(*u->list));
	qsort(sum.list, u->n, sizeof(*sum.list), by_name);
	for (size_t k = 0, end; k < u->n; k = end) {
		struct name_use one = sum.list[k];

		for (end = k + 1; end < u->n && span_eq(sum.list[end].name, one.name); end++)
			one.by += sum.list[end].by;
		if (one.by)
			sum.list[sum.n++] = one;
	}
	return sum;
}

/* Some of the names, and how many places they have. */
struct chunk {
	struct db *db;
	struct arena *arena;
	int64_t subscription_id, now;
	struct name_use *list;
	size_t n, room; /* of the statements */
};

/* A statement's cells: what stands before, the subscription, then the names. */
static struct db_cell *cells_of(const struct chunk *c, int64_t before, const struct span *names,
				size_t n)
{
	struct db_cell *cells = ARENA_ARRAY(c->arena, struct db_cell, c->room + 2);

	cells[0].number = before;
	cells[1].number = c->subscription_id;
	names_fill(cells + 2, c->room, names, n);
	return cells;
}

/* Adds to each what it has, and takes the rows of those away. A plain read: the lock is there, so
 * that nobody else changes them, and a read that locks would lock the gaps between names. */
static int take_out(const struct chunk *c)
{
	struct span *names = ARENA_ARRAY(c->arena, struct span, c->n);
	struct name_use key = {0}, *found;
	size_t many = c->room == NAMES_MANY, there = 0;
	struct rows *rows;
	int64_t uses;

	for (size_t k = 0; k < c->n; k++)
		names[k] = c->list[k].name;
	TRY(db_select_cells(c->db, c->arena, &STMTS[READ_FEW + many],
			    cells_of(c, 0, names, c->n) + 1, &rows));
	while (rows_next(rows, &key.name, &uses)) {
		found = bsearch(&key, c->list, c->n, sizeof(key), by_name);
		if (!found)
			continue;
		found->by += uses;
		names[there++] = found->name;
	}
	if (there == 0)
		return OK;
	return db_run_cells(c->db, c->arena, &STMTS[DROP_FEW + many],
			    cells_of(c, 0, names, there) + 1);
}

static int put_in(const struct chunk *c)
{
	static const size_t SIZES[] = {64, 16, 4, 1};
	struct db_cell *cells = ARENA_ARRAY(c->arena, struct db_cell, 3 * c->n + 1);
	size_t n = 0, at = 0;

	for (size_t k = 0; k < c->n; k++) {
		if (c->list[k].by <= 0)
			continue;
		cells[3 * n] = (struct db_cell){.number = c->subscription_id};
		cells[3 * n + 1] = (struct db_cell){.text = c->list[k].name};
		cells[3 * n + 2] = (struct db_cell){.number = c->list[k].by};
		n++;
	}
	for (int k = 0; k < (int)COUNT(SIZES); k++)
		for (; n - at >= SIZES[k]; at += SIZES[k])
			TRY(db_run_cells(c->db, c->arena, &STMTS[INSERT_64 + k], cells + 3 * at));
	return OK;
}

static int end_uses(const struct chunk *c)
{
	struct span *names = ARENA_ARRAY(c->arena, struct span, c->n);
	size_t n = 0;

	for (size_t k = 0; k < c->n; k++) {
		if (c->list[k].by < 0)
			log_error("fewer than no places have a name in subscription %lld: see "
				  "signet-admin doctor",
				  (long long)c->subscription_id);
		if (c->list[k].by <= 0)
			names[n++] = c->list[k].name;
	}
	if (n == 0)
		return OK;
	return db_run_cells(c->db, c->arena, &STMTS[ENDED_FEW + (c->room == NAMES_MANY)],
			    cells_of(c, c->now, names, n));
}

int store_name_use_apply(struct db *db, const struct name_uses *u, const struct scope *s,
			 int64_t now)
{
	struct name_uses sum;
	struct chunk c = {
		.db = db, .arena = u->arena, .subscription_id = s->subscription_id, .now = now};

	ASSERT(db_in_transaction(db));
	if (u->n == 0)
		return OK;
	sum = net(u);
	for (size_t at = 0; at < sum.n; at += c.n) {
		c.list = sum.list + at;
		c.n = sum.n - at < NAMES_MANY ? sum.n - at : NAMES_MANY;
		c.room = names_room(c.n);
		TRY(take_out(&c));
		TRY(end_uses(&c));
	}
	c.list = sum.list;
	c.n = sum.n;
	TRY(put_in(&c));
	return sum.n ? store_subscription_raise(db, s->subscription_id) : OK;
}

int store_name_use_renamed(struct db *db, const struct scope *s, int64_t integration_id,
			   struct span was, int64_t now)
{
	return db_run(db, &STMTS[RENAMED], NULL, now, s->subscription_id, integration_id,
		      s->subscription_id, was);
}

int store_name_use_of(struct db *db, struct arena *a, const struct scope *s, int64_t integration_id,
		      int64_t *uses, int64_t *used_at)
{
	struct rows *rows;

	TRY(db_select(db, a, &STMTS[OF_ONE], &rows, s->subscription_id, integration_id));
	return rows_next(rows, uses, used_at) ? OK : E_NOT_FOUND;
}

int store_name_use_count(struct db *db, struct arena *a, const struct scope *s, struct span name,
			 int64_t *uses)
{
	struct rows *rows;

	*uses = 0;
	TRY(db_select(db, a, &STMTS[COUNT_ONE], &rows, s->subscription_id, name, name));
	rows_next(rows, uses);
	return OK;
}
