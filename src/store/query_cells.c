/* query_cells.c: statements with many parameters, for many rows at a time. */
#include "store/db.h"
#include "store/db_private.h"

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

int db_run_cells(struct db *db, struct arena *a, const struct stmt *s, const struct db_cell *cells)
{
	size_t n = strlen(s->params);
	MYSQL_BIND *bind = ARENA_ARRAY(a, MYSQL_BIND, n);
	unsigned long *lengths = ARENA_ARRAY(a, unsigned long, n);
	MYSQL_STMT *h;

	ASSERT(db->in_transaction && !*s->results);
	for (size_t k = 0; k < n; k++)
		bind_cell(&bind[k], &lengths[k], s->params[k], &cells[k]);
	TRY(db_prepared(db, s, &h));
	if (mysql_stmt_bind_param(h, bind) != 0 || mysql_stmt_execute(h) != 0)
		return db_fail(db, mysql_stmt_errno(h), mysql_stmt_error(h), s->sql);
	return OK;
}
