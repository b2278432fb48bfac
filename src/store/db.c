/* db.c: connecting, and running prepared statements. Transactions are in transaction.c. */
#include "store/db.h"
#include "store/db_private.h"

#include <errmsg.h>
#include <mysqld_error.h>
#include <stdarg.h>
#include <stdlib.h>
#include <unistd.h>

#include "base/clock.h"
#include "base/file.h"
#include "base/log.h"
#include "base/banned.h"

/* Seconds. A page must answer within five, so a dead server is given up before that. */
enum { CONNECT_TIMEOUT = 2, IO_TIMEOUT = 4 };

void db_options_read(const struct config *c, const char *section, struct db_options *out)
{
	*out = (struct db_options){
		.socket = config_get(c, "database", "socket", NULL),
		.host = config_get(c, "database", "host", NULL),
		.port = config_int(c, "database", "port", 3306, 1, 65535),
		.database = config_get(c, "database", "name", "signet"),
		.user = config_need(c, section, "user"),
		.password_file = config_get(c, section, "password_file", NULL),
		.timeout_s = IO_TIMEOUT,
	};
}

struct db *db_new(const struct db_options *o)
{
	struct db *db = calloc(1, sizeof(*db));

	ASSERT(db != NULL);
	db->options = *o;
	return db;
}

/* Prepared statements go with the connection. */
void db_disconnect(struct db *db)
{
	for (size_t i = 0; i < DB_CACHE; i++) {
		if (db->cache[i].handle)
			mysql_stmt_close(db->cache[i].handle);
		db->cache[i] = (struct prepared){NULL, NULL};
	}
	db->ncached = 0;
	if (db->handle)
		mysql_close(db->handle);
	db->handle = NULL;
}

void db_close(struct db *db)
{
	if (!db)
		return;
	db_disconnect(db);
	free(db);
}

static bool is_loss(unsigned code)
{
	return code == CR_SERVER_GONE_ERROR || code == CR_SERVER_LOST ||
	       code == CR_SERVER_LOST_EXTENDED || code == CR_CONNECTION_ERROR ||
	       code == CR_CONN_HOST_ERROR || code == ER_SERVER_SHUTDOWN ||
	       code == ER_CON_COUNT_ERROR || code == 1927 /* ER_CONNECTION_KILLED, MariaDB's */;
}

/* Translates the server's code; what nobody expects is logged. */
int db_fail(struct db *db, unsigned code, const char *text, const char *sql)
{
	if (is_loss(code)) {
		db->lost = true;
		return E_UNAVAILABLE;
	}
	switch (code) {
	case ER_DUP_ENTRY:
	case ER_ROW_IS_REFERENCED_2:
	case ER_NO_REFERENCED_ROW_2: return E_CONFLICT;
	case ER_LOCK_DEADLOCK:
	case ER_LOCK_WAIT_TIMEOUT:
	case 1020 /* ER_CHECKREAD: MariaDB's snapshot conflict */: return E_RETRY;
	default: break;
	}
	log_error("database error %u: %s, in: %.200s", code, text, sql);
	return E_BUG;
}

bool db_try_again(const struct db *db, int64_t since_ms)
{
	return db->lost && clock_ms() - since_ms < 1000;
}

static int connect_refused(struct db *db, MYSQL *h)
{
	int64_t now = clock_ms();

	if (now - db->complained_ms > 1000) {
		log_error("no database: %s", mysql_error(h));
		db->complained_ms = now;
	}
	snprintf(db->error, sizeof(db->error), "%s", mysql_error(h));
	mysql_close(h);
	return E_UNAVAILABLE;
}

static void set_options(MYSQL *h, unsigned io)
{
	unsigned connect = CONNECT_TIMEOUT, no = 0;

	mysql_options(h, MYSQL_OPT_CONNECT_TIMEOUT, &connect);
	mysql_options(h, MYSQL_OPT_READ_TIMEOUT, &io);
	mysql_options(h, MYSQL_OPT_WRITE_TIMEOUT, &io);
	/* a hostile server could otherwise ask for our files */
	mysql_options(h, MYSQL_OPT_LOCAL_INFILE, &no);
	mysql_options(h, MYSQL_SET_CHARSET_NAME, "utf8mb4");
}

static bool real_connect(struct db *db, MYSQL *h)
{
	const struct db_options *o = &db->options;
	struct arena *a = arena_new();
	struct span password = SPAN("");
	bool ok = false;

	if (!o->password_file || file_read(a, o->password_file, 1024, &password) == OK) {
		password = span_trim(password);
		ok = mysql_real_connect(h, o->socket ? NULL : o->host, o->user,
					arena_str(a, password), o->database, (unsigned)o->port,
					o->socket, CLIENT_FOUND_ROWS) != NULL;
	} else {
		log_error("cannot read the database password file %s", o->password_file);
	}
	arena_free(a);
	return ok;
}

int db_ready(struct db *db)
{
	static const char SETUP[] =
		"SET SESSION sql_mode = 'STRICT_ALL_TABLES,NO_ENGINE_SUBSTITUTION,"
		"ERROR_FOR_DIVISION_BY_ZERO', time_zone = '+00:00', innodb_lock_wait_timeout = 3";
	MYSQL *h;

	if (db->lost && !db->in_transaction) {
		db_disconnect(db);
		db->lost = false;
	}
	if (db->lost)
		return E_UNAVAILABLE;
	if (db->handle)
		return OK;
	ASSERT(!db->in_transaction);
	h = mysql_init(NULL);
	ASSERT(h != NULL);
	set_options(h, db->options.timeout_s);
	if (!real_connect(db, h) || mysql_query(h, SETUP) != 0)
		return connect_refused(db, h);
	db->handle = h;
	return OK;
}

static int prepare_new(struct db *db, const struct stmt *s, MYSQL_STMT **out)
{
	MYSQL_STMT *h = mysql_stmt_init(db->handle);
	int rc;

	ASSERT(h != NULL);
	if (mysql_stmt_prepare(h, s->sql, strlen(s->sql)) != 0) {
		rc = db_fail(db, mysql_stmt_errno(h), mysql_stmt_error(h), s->sql);
		snprintf(db->error, sizeof(db->error), "%s", mysql_stmt_error(h));
		mysql_stmt_close(h);
		return rc;
	}
	if (mysql_stmt_param_count(h) != strlen(s->params) ||
	    mysql_stmt_field_count(h) != strlen(s->results)) {
		log_error("statement's signature is not (%s)(%s): %s", s->params, s->results, s->sql);
		mysql_stmt_close(h);
		return E_BUG;
	}
	*out = h;
	return OK;
}

/* The handle of a statement, prepared on first use on this connection. */
static int prepared(struct db *db, const struct stmt *s, MYSQL_STMT **out)
{
	size_t at = ((uintptr_t)s >> 3) % DB_CACHE;

	TRY(db_ready(db));
	while (db->cache[at].stmt && db->cache[at].stmt != s)
		at = (at + 1) % DB_CACHE;
	if (!db->cache[at].stmt) {
		TRY(prepare_new(db, s, &db->cache[at].handle));
		db->cache[at].stmt = s;
		ASSERT(++db->ncached < DB_CACHE - 8 || !"more statements than DB_CACHE holds");
	}
	*out = db->cache[at].handle;
	return OK;
}

struct parameters {
	MYSQL_BIND bind[DB_COLUMNS];
	int64_t number[DB_COLUMNS];
	unsigned long length[DB_COLUMNS];
};

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

static void parameters_fill(struct parameters *p, const char *signature, va_list ap)
{
	ASSERT(strlen(signature) <= DB_COLUMNS);
	memset(p->bind, 0, sizeof(p->bind));
	for (size_t k = 0; signature[k]; k++) {
		int64_t v;
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
	TRY(prepared(db, s, out));
	if ((*s->params && mysql_stmt_bind_param(*out, p->bind) != 0) ||
	    mysql_stmt_execute(*out) != 0)
		return db_fail(db, mysql_stmt_errno(*out), mysql_stmt_error(*out), s->sql);
	return OK;
}

int db_run(struct db *db, const struct stmt *s, int64_t *affected, ...)
{
	struct parameters p;
	MYSQL_STMT *h;
	va_list ap;

	ASSERT(!*s->results);
	va_start(ap, affected);
	parameters_fill(&p, s->params, ap);
	va_end(ap);
	TRY(execute(db, s, &p, &h));
	if (affected)
		*affected = (int64_t)mysql_stmt_affected_rows(h);
	db->last_id = (int64_t)mysql_stmt_insert_id(h);
	return OK;
}

int64_t db_last_id(struct db *db)
{
	return db->last_id;
}

struct cell {
	int64_t number;
	struct span text;
};

struct rows {
	const char *signature;
	size_t columns, count, at;
	struct cell *cells;
};

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

static int select_once(struct db *db, struct arena *a, const struct stmt *s, struct parameters *p,
		       struct rows **out)
{
	struct rows *rows = ARENA_NEW(a, struct rows);
	MYSQL_STMT *h;
	int rc;

	rows->signature = s->results;
	rows->columns = strlen(s->results);
	TRY(execute(db, s, p, &h));
	rc = fetch_all(db, h, s, a, rows);
	mysql_stmt_free_result(h);
	*out = rows;
	return rc;
}

int db_select(struct db *db, struct arena *a, const struct stmt *s, struct rows **out, ...)
{
	struct parameters p;
	int64_t start = clock_ms();
	va_list ap;
	int rc;

	ASSERT(*s->results);
	va_start(ap, out);
	parameters_fill(&p, s->params, ap);
	va_end(ap);
	rc = select_once(db, a, s, &p, out);
	/* outside a transaction a read may be asked twice: the server may have dropped us while idle */
	if (rc == E_UNAVAILABLE && !db->in_transaction && db_try_again(db, start))
		rc = select_once(db, a, s, &p, out);
	return rc;
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

int db_raw(struct db *db, const char *sql)
{
	MYSQL_RES *result;

	TRY(db_ready(db));
	if (mysql_query(db->handle, sql) != 0) {
		snprintf(db->error, sizeof(db->error), "%s", mysql_error(db->handle));
		return db_fail(db, mysql_errno(db->handle), mysql_error(db->handle), sql);
	}
	result = mysql_store_result(db->handle);
	if (result)
		mysql_free_result(result);
	return OK;
}

const char *db_error(const struct db *db)
{
	return db->error;
}

int db_self_test(struct db *db, const struct stmt_table *const *tables, size_t n)
{
	int worst = OK;

	TRY(db_ready(db));
	for (size_t t = 0; t < n; t++) {
		for (size_t k = 0; k < tables[t]->n; k++) {
			MYSQL_STMT *h;
			if (!tables[t]->list[k].sql)
				continue;
			if (prepare_new(db, &tables[t]->list[k], &h) == OK) {
				mysql_stmt_close(h);
				continue;
			}
			log_error("statement %zu of %s does not fit the schema", k, tables[t]->name);
			worst = E_BUG;
		}
	}
	return worst;
}
