/* query_cells.c: statements with many parameters, for many rows at a time. */
#include "store/db.h"
#include "store/db_private.h"

#include "base/clock.h"
#include "base/banned.h"

static void bind_cell(MYSQL_BIND *bind, unsigned long *length, char letter,
		      const struct db_cell *cell)
{
	if (letter == 'i') {
		bind->buffer_type = MYSQL_TYPE_LONGLONG;
		bind->buffer = (void *)(uintptr_t)&cell->number;
		return;
	}
	ASSERT(letter == 's');
	*length = (unsigned long)cell->text.n;
	bind->buffer_type = MYSQL_TYPE_STRING;
	bind->buffer = (void *)(uintptr_t)(cell->text.n ? cell->text.p : "");
	bind->buffer_length = *length;
	bind->length = length;
}

static int execute(struct db *db, struct arena *a, const struct stmt *s,
		   const struct db_cell *cells, MYSQL_STMT **out)
{
	size_t n = strlen(s->params);
	MYSQL_BIND *bind = ARENA_ARRAY(a, MYSQL_BIND, n);
	unsigned long *lengths = ARENA_ARRAY(a, unsigned long, n);

	for (size_t k = 0; k < n; k++)
		bind_cell(&bind[k], &lengths[k], s->params[k], &cells[k]);
	TRY(db_prepared(db, s, out));
	if (mysql_stmt_bind_param(*out, bind) != 0 || mysql_stmt_execute(*out) != 0)
		return db_fail(db, mysql_stmt_errno(*out), mysql_stmt_error(*out), s->sql);
	return OK;
}

int db_run_cells(struct db *db, struct arena *a, const struct stmt *s, const struct db_cell *cells)
{
	MYSQL_STMT *h;

	ASSERT(db->in_transaction && !*s->results);
	return execute(db, a, s, cells, &h);
}

static int select_once(struct db *db, struct arena *a, const struct stmt *s,
		       const struct db_cell *cells, struct rows **out)
{
	MYSQL_STMT *h;

	TRY(execute(db, a, s, cells, &h));
	return db_rows(db, h, s, a, out);
}

int db_select_cells(struct db *db, struct arena *a, const struct stmt *s,
		    const struct db_cell *cells, struct rows **out)
{
	int64_t began = clock_ms();
	int rc;

	ASSERT(*s->results);
	rc = select_once(db, a, s, cells, out);
	/* as db_select_with() does */
	if (rc == E_UNAVAILABLE && db->lost && !db->in_transaction && db_has_time(began))
		rc = select_once(db, a, s, cells, out);
	return rc;
}
