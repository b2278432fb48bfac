/* query.c: running prepared statements, and their rows. */
#include "store/db.h"
#include "store/db_private.h"

#include "base/clock.h"
#include "base/banned.h"

static void bind_number(struct parameters *p, size_t k, const int64_t *v)
{
	if (!v) {
		p->bind[k].buffer_type = MYSQL_TYPE_NULL;
		return;
	}
	p->number[k] = *v;
	p->bind[k].buffer_type = MYSQL_TYPE_LONGLONG;
	p->bind[k].buffer = &p->number[k];
}

static void bind_span(struct parameters *p, size_t k, struct span s, enum enum_field_types type)
{
	p->length[k] = (unsigned long)s.n;
	p->bind[k].buffer_type = type;
	p->bind[k].buffer = (void *)(uintptr_t)(s.n ? s.p : "");
	p->bind[k].buffer_length = p->length[k];
	p->bind[k].length = &p->length[k];
}

void db_parameters(struct parameters *p, const char *signature, va_list ap)
{
	ASSERT(strlen(signature) <= DB_COLUMNS);
	memset(p->bind, 0, sizeof(p->bind));
	for (size_t k = 0; signature[k]; k++) {
		int64_t v;
		p->number[k] = 0;
		p->length[k] = 0;
		switch (signature[k]) {
		case 'i':
			v = va_arg(ap, int64_t);
			bind_number(p, k, &v);
			break;
		case 'I': bind_number(p, k, va_arg(ap, const int64_t *)); break;
		case 's': bind_span(p, k, va_arg(ap, struct span), MYSQL_TYPE_STRING); break;
		case 'b': bind_span(p, k, va_arg(ap, struct span), MYSQL_TYPE_BLOB); break;
		default: ASSERT(!"unknown letter in a signature");
		}
	}
}

static int execute(struct db *db, const struct stmt *s, struct parameters *p, MYSQL_STMT **out)
{
	TRY(db_prepared(db, s, out));
	if ((*s->params && mysql_stmt_bind_param(*out, p->bind) != 0) ||
	    mysql_stmt_execute(*out) != 0)
		return db_fail(db, mysql_stmt_errno(*out), mysql_stmt_error(*out), s->sql);
	return OK;
}

/* Outside a transaction a deadlock took back this statement alone, and nobody else would run it
 * again. */
static int execute_here(struct db *db, const struct stmt *s, struct parameters *p, MYSQL_STMT **out)
{
	int64_t began = clock_ms();
	int rc = execute(db, s, p, out);

	if (db->in_transaction)
		return rc;
	for (int try = 0; rc == E_RETRY && try < DB_TRIES && db_has_time(began); try++) {
		db_back_off(try);
		rc = execute(db, s, p, out);
	}
	return rc == E_RETRY ? E_UNAVAILABLE : rc;
}

int db_run(struct db *db, const struct stmt *s, int64_t *affected, ...)
{
	struct parameters p;
	MYSQL_STMT *h;
	va_list ap;

	ASSERT(!*s->results);
	va_start(ap, affected);
	db_parameters(&p, s->params, ap);
	va_end(ap);
	TRY(execute_here(db, s, &p, &h));
	if (affected)
		*affected = (int64_t)mysql_stmt_affected_rows(h);
	db->last_id = (int64_t)mysql_stmt_insert_id(h);
	return OK;
}

int64_t db_last_id(struct db *db)
{
	return db->last_id;
}

enum { SCRATCH = 512 };

struct results {
	MYSQL_BIND bind[DB_COLUMNS];
	int64_t number[DB_COLUMNS];
	unsigned long length[DB_COLUMNS];
	my_bool null[DB_COLUMNS];
	char scratch[DB_COLUMNS][SCRATCH];
};

static void results_bind(struct results *r, const char *signature)
{
	ASSERT(strlen(signature) <= DB_COLUMNS);
	memset(r->bind, 0, sizeof(r->bind));
	for (size_t k = 0; signature[k]; k++) {
		MYSQL_BIND *b = &r->bind[k];
		b->length = &r->length[k];
		b->is_null = &r->null[k];
		if (signature[k] == 'i' || signature[k] == 'I') {
			b->buffer_type = MYSQL_TYPE_LONGLONG;
			b->buffer = &r->number[k];
		} else {
			b->buffer_type = signature[k] == 'b' ? MYSQL_TYPE_BLOB : MYSQL_TYPE_STRING;
			b->buffer = r->scratch[k];
			b->buffer_length = SCRATCH;
		}
	}
}

/* A value longer than the scratch buffer is fetched again at its full length: fetch() then answers
 * MYSQL_DATA_TRUNCATED, which is no error and no end. */
static int cell_text(MYSQL_STMT *h, struct results *r, size_t k, struct arena *a, struct span *out)
{
	unsigned long n = r->length[k];
	MYSQL_BIND again = {0};
	char *p;

	if (n <= SCRATCH) {
		*out = arena_span(a, span_of(r->scratch[k], n));
		return OK;
	}
	p = arena_alloc(a, n + 1);
	again.buffer_type = r->bind[k].buffer_type;
	again.buffer = p;
	again.buffer_length = n;
	again.length = &n;
	if (mysql_stmt_fetch_column(h, &again, (unsigned)k, 0) != 0)
		return E_BUG;
	*out = span_of(p, n);
	return OK;
}

static int row_keep(MYSQL_STMT *h, struct results *r, struct arena *a, struct rows *rows)
{
	struct cell *row = rows->cells + rows->count * rows->columns;

	for (size_t k = 0; k < rows->columns; k++) {
		if (r->null[k])
			continue;
		if (rows->signature[k] == 'i' || rows->signature[k] == 'I')
			row[k].number = r->number[k];
		else
			TRY(cell_text(h, r, k, a, &row[k].text));
	}
	rows->count++;
	return OK;
}

static int fetch_all(struct db *db, MYSQL_STMT *h, const struct stmt *s, struct arena *a,
		     struct rows *rows)
{
	struct results r;
	int got;

	results_bind(&r, s->results);
	if (mysql_stmt_bind_result(h, r.bind) != 0 || mysql_stmt_store_result(h) != 0)
		return db_fail(db, mysql_stmt_errno(h), mysql_stmt_error(h), s->sql);
	rows->cells = ARENA_ARRAY(a, struct cell, mysql_stmt_num_rows(h) * rows->columns);
	while ((got = mysql_stmt_fetch(h)) == 0 || got == MYSQL_DATA_TRUNCATED)
		TRY(row_keep(h, &r, a, rows));
	if (got != MYSQL_NO_DATA)
		return db_fail(db, mysql_stmt_errno(h), mysql_stmt_error(h), s->sql);
	return OK;
}

int db_rows(struct db *db, MYSQL_STMT *h, const struct stmt *s, struct arena *a, struct rows **out)
{
	struct rows *rows = ARENA_NEW(a, struct rows);
	int rc;

	rows->signature = s->results;
	rows->columns = strlen(s->results);
	rc = fetch_all(db, h, s, a, rows);
	mysql_stmt_free_result(h);
	*out = rows;
	return rc;
}

static int select_once(struct db *db, struct arena *a, const struct stmt *s, struct parameters *p,
		       struct rows **out)
{
	MYSQL_STMT *h;

	TRY(execute(db, s, p, &h));
	return db_rows(db, h, s, a, out);
}

int db_select_with(struct db *db, struct arena *a, const struct stmt *s, struct parameters *p,
		   struct rows **out)
{
	int64_t began = clock_ms();
	int rc;

	ASSERT(*s->results);
	rc = select_once(db, a, s, p, out);
	/* outside a transaction a read may be asked twice: the server may have dropped us while
	 * idle */
	if (rc == E_UNAVAILABLE && db->lost && !db->in_transaction && db_has_time(began))
		rc = select_once(db, a, s, p, out);
	return rc;
}

int db_select(struct db *db, struct arena *a, const struct stmt *s, struct rows **out, ...)
{
	struct parameters p;
	va_list ap;

	va_start(ap, out);
	db_parameters(&p, s->params, ap);
	va_end(ap);
	return db_select_with(db, a, s, &p, out);
}

size_t rows_count(const struct rows *r)
{
	return r->count;
}

bool rows_next(struct rows *r, ...)
{
	const struct cell *row = r->cells + r->at * r->columns;
	va_list ap;

	if (r->at == r->count)
		return false;
	r->at++;
	va_start(ap, r);
	for (size_t k = 0; k < r->columns; k++) {
		if (r->signature[k] == 'i' || r->signature[k] == 'I')
			*va_arg(ap, int64_t *) = row[k].number;
		else
			*va_arg(ap, struct span *) = row[k].text;
	}
	va_end(ap);
	return true;
}
