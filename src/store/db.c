/* db.c: connecting, errors, preparing statements. Running them is in query.c, transactions are in
 * transaction.c. */
#include "store/db.h"
#include "store/db_private.h"

#include <errmsg.h>
#include <mysqld_error.h>
#include <stdlib.h>

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

/* Prepared statements go with the connection; so does what was kept: the next server may have lost
 * our last commits, and count its revisions on from there. */
void db_disconnect(struct db *db)
{
	for (size_t i = 0; i < DB_CACHE; i++) {
		if (db->cache[i].handle)
			mysql_stmt_close(db->cache[i].handle);
		db->cache[i] = (struct prepared){NULL, NULL};
	}
	db->ncached = 0;
	db_kept_drop(db);
	if (db->handle)
		mysql_close(db->handle);
	db->handle = NULL;
	db->epoch++;
}

int64_t db_epoch(const struct db *db)
{
	return db->lost ? db->epoch + 1 : db->epoch;
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
	switch (code) {
	case CR_SERVER_GONE_ERROR:
	case CR_SERVER_LOST:
	case CR_SERVER_LOST_EXTENDED:
	case CR_CONNECTION_ERROR:
	case CR_CONN_HOST_ERROR:
	case CR_COMMANDS_OUT_OF_SYNC: /* whatever came back is not the answer to our question */
	case CR_MALFORMED_PACKET:
	case ER_SERVER_SHUTDOWN:
	case ER_CON_COUNT_ERROR:
	case 1927: /* ER_CONNECTION_KILLED, MariaDB's */
	case 3169: /* ER_SESSION_WAS_KILLED, MySQL's; next: ER_CLIENT_INTERACTION_TIMEOUT */
	case 4031:
		return true;
	default:
		return false;
	}
}

bool db_has_time(int64_t began)
{
	return clock_ms() - began < DB_PATIENCE_MS;
}

/* The server did not refuse us: it did not answer. */
static void note_silence(struct db *db)
{
	if (!db_has_time(db->asked_ms))
		db->away_ms = clock_ms() + DB_AWAY_MS;
}

int db_fail(struct db *db, unsigned code, const char *text, const char *sql)
{
	if (is_loss(code)) {
		note_silence(db);
		db->lost = true;
		return E_UNAVAILABLE;
	}
	switch (code) {
	case ER_DUP_ENTRY:
	case ER_ROW_IS_REFERENCED: /* these two: to an account that may not see the other table */
	case ER_NO_REFERENCED_ROW:
	case ER_ROW_IS_REFERENCED_2:
	case ER_NO_REFERENCED_ROW_2:
		return E_CONFLICT;
	case ER_LOCK_DEADLOCK:
	case ER_LOCK_WAIT_TIMEOUT:
	case ER_CHECKREAD: /* MariaDB's snapshot conflict */
		db->doomed = db->in_transaction;
		return E_RETRY;
	default:
		break;
	}
	log_error("database error %u: %s, in: %.200s", code, text, sql);
	return E_BUG;
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
	note_silence(db);
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
		"ERROR_FOR_DIVISION_BY_ZERO', time_zone = '+00:00', innodb_lock_wait_timeout = 2,"
		" group_concat_max_len = 1000000";
	MYSQL *h;

	if (db->lost && !db->in_transaction) {
		db_disconnect(db);
		db->lost = false;
	}
	if (db->lost)
		return E_UNAVAILABLE;
	if (db->doomed)
		return E_RETRY;
	db->asked_ms = clock_ms();
	if (db->handle)
		return OK;
	ASSERT(!db->in_transaction);
	if (db->asked_ms < db->away_ms)
		return E_UNAVAILABLE;
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
		log_error("statement's signature is not (%s)(%s): %s", s->params, s->results,
			  s->sql);
		mysql_stmt_close(h);
		return E_BUG;
	}
	*out = h;
	return OK;
}

int db_prepared(struct db *db, const struct stmt *s, MYSQL_STMT **out)
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

int db_raw(struct db *db, const char *sql)
{
	MYSQL_RES *result;

	TRY(db_ready(db));
	db->raw_error = 0;
	if (mysql_query(db->handle, sql) != 0) {
		db->raw_error = mysql_errno(db->handle);
		snprintf(db->error, sizeof(db->error), "%s", mysql_error(db->handle));
		return db_fail(db, mysql_errno(db->handle), mysql_error(db->handle), sql);
	}
	result = mysql_store_result(db->handle);
	if (result)
		mysql_free_result(result);
	return OK;
}

bool db_raw_repeated(const struct db *db)
{
	return db->raw_error == ER_DUP_FIELDNAME || db->raw_error == ER_DUP_KEYNAME;
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
			log_error("statement %zu of %s does not fit the schema", k,
				  tables[t]->name);
			worst = E_BUG;
		}
	}
	return worst;
}
