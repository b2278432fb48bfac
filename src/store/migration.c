/* migration.c: forward-only migrations. DDL commits by itself in MySQL, so each statement is
 * recorded when it is done, and each is written so that running it twice does no harm. */
#include "store/migration.h"

#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>

#include "base/clock.h"
#include "base/file.h"
#include "base/log.h"
#include "base/buf.h"
#include "base/banned.h"

enum { DONE, RECORD, LOCK, UNLOCK };

static const struct stmt STMTS[] = {
	[DONE] = {"SELECT checksum FROM migration WHERE version = ? AND statement = ?", "ii", "b"},
	[RECORD] = {"INSERT INTO migration (version, statement, checksum, applied_at)"
		    " VALUES (?, ?, ?, ?)",
		    "iibi", ""},
	[LOCK] = {"SELECT GET_LOCK('signet.migrate', 60)", "", "I"},
	[UNLOCK] = {"SELECT RELEASE_LOCK('signet.migrate')", "", "I"},
};

const struct stmt_table STORE_MIGRATION = {"migration", STMTS, COUNT(STMTS)};

/* Statement 0 of a version is recorded when all its others are done. */
static const char TABLE[] =
	"CREATE TABLE IF NOT EXISTS migration (version INT NOT NULL, statement INT NOT NULL,"
	" checksum BINARY(32) NOT NULL, applied_at BIGINT NOT NULL, PRIMARY KEY (version, "
	"statement))"
	" ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin";

struct migration {
	struct db *db;
	struct arena *arena;
	void (*hash)(struct span, unsigned char out[32]);
	int64_t version;
	int64_t statement;
};

static int record(struct migration *m, int64_t statement, struct span text)
{
	unsigned char sum[32];

	m->hash(text, sum);
	return db_run(m->db, &STMTS[RECORD], NULL, m->version, statement,
		      span_of((const char *)sum, sizeof(sum)), clock_now());
}

/* *done: applied before, with the same text. */
static int was_done(struct migration *m, int64_t statement, struct span text, bool *done)
{
	unsigned char sum[32];
	struct span before;
	struct rows *rows;

	m->hash(text, sum);
	TRY(db_select(m->db, m->arena, &STMTS[DONE], &rows, m->version, statement));
	*done = rows_next(rows, &before);
	if (!*done || span_eq(before, span_of((const char *)sum, sizeof(sum))))
		return OK;
	log_error("migration %d, statement %d: was applied with other text",
		  (int)m->version, (int)statement);
	return E_CONFLICT;
}

static int apply(struct migration *m, struct span statement)
{
	bool done;

	m->statement++;
	TRY(was_done(m, m->statement, statement, &done));
	if (done)
		return OK;
	/* a run that was cut off before it could note that it had added them */
	if (db_raw(m->db, arena_str(m->arena, statement)) != OK && !db_raw_repeated(m->db)) {
		log_error("migration %d, statement %d: %s", (int)m->version, (int)m->statement,
			  db_error(m->db));
		return E_BUG;
	}
	return record(m, m->statement, statement);
}

/* Our files have no ';' within a statement but at a line's end, and comments on lines of their own.
 * False at the end; then *out is what stands there without a ';', of which nothing may be left. */
static bool next_statement(struct arena *a, struct span *rest, struct span *out)
{
	struct buf text = BUF_INIT;
	struct span line;
	bool whole = false;

	while (!whole && span_cut(rest, '\n', &line)) {
		line = span_trim(line);
		if (line.n == 0 || span_starts(line, SPAN("--")))
			continue;
		whole = line.p[line.n - 1] == ';';
		if (whole)
			line.n--;
		buf_put(&text, line);
		buf_putc(&text, '\n');
	}
	*out = arena_span(a, span_trim(buf_span(&text)));
	buf_release(&text);
	return whole;
}

static int whole_file(struct span rest, const char *path)
{
	if (rest.n == 0)
		return OK;
	log_error("%s: its last statement does not end in ';'", path);
	return E_INVALID;
}

static int apply_file(struct migration *m, const char *path)
{
	struct span text, statement;
	bool done;

	TRY(file_read(m->arena, path, 1 << 20, &text));
	TRY(was_done(m, 0, text, &done));
	if (done)
		return OK;
	m->statement = 0;
	while (next_statement(m->arena, &text, &statement))
		TRY(apply(m, statement));
	TRY(whole_file(statement, path));
	TRY(file_read(m->arena, path, 1 << 20, &text));
	log_info("migration %d applied", (int)m->version);
	return record(m, 0, text);
}

static int is_migration(const struct dirent *e)
{
	size_t n = strlen(e->d_name);

	return n > 9 && strspn(e->d_name, "0123456789") == 4 && e->d_name[4] == '_' &&
	       strcmp(e->d_name + n - 4, ".sql") == 0;
}

static int apply_files(struct migration *m, const char *folder)
{
	struct dirent **list;
	int n = scandir(folder, &list, is_migration, alphasort), rc = n > 0 ? OK : E_NOT_FOUND;

	for (int k = 0; k < n; k++) {
		struct span path = arena_printf(m->arena, "%s/%s", folder, list[k]->d_name);
		m->version = strtol(list[k]->d_name, NULL, 10);
		if (rc == OK)
			rc = apply_file(m, path.p);
		free(list[k]);
	}
	if (n >= 0)
		free(list);
	return rc;
}

/* "@db@" becomes the database's name. */
static char *fill_in(struct arena *a, struct span statement, const char *database)
{
	struct buf out = BUF_INIT;
	char *text;

	for (size_t k = 0; k < statement.n; k++) {
		if (span_starts(span_of(statement.p + k, statement.n - k), SPAN("@db@"))) {
			buf_printf(&out, "`%s`", database);
			k += 3;
		} else {
			buf_putc(&out, statement.p[k]);
		}
	}
	text = arena_str(a, buf_span(&out));
	buf_release(&out);
	return text;
}

static int apply_grants(struct db *db, struct arena *a, const char *folder, const char *database)
{
	struct span text, statement, path = arena_printf(a, "%s/grants.sql", folder);

	TRY(file_read(a, path.p, 1 << 20, &text));
	while (next_statement(a, &text, &statement)) {
		int rc = db_raw(db, fill_in(a, statement, database));
		if (rc != OK) {
			log_error("grants: %s", db_error(db));
			return rc;
		}
	}
	return whole_file(statement, path.p);
}

int store_migrate(struct db *db, struct arena *a, const char *folder, const char *database,
			 void (*hash)(struct span, unsigned char out[32]))
{
	struct migration m = {.db = db, .arena = a, .hash = hash};
	int64_t locked = 0;
	struct rows *rows;
	int rc;

	TRY(db_raw(db, TABLE));
	TRY(db_select(db, a, &STMTS[LOCK], &rows));
	rows_next(rows, &locked);
	if (!locked) {
		log_error("another migration is running");
		return E_UNAVAILABLE;
	}
	rc = apply_files(&m, folder);
	if (rc == OK)
		rc = apply_grants(db, a, folder, database);
	if (db_select(db, a, &STMTS[UNLOCK], &rows) != OK)
		log_warn("the migration's lock goes with the connection");
	return rc;
}
