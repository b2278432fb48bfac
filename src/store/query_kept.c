/* query_kept.c: answers that are kept from one request to the next. The request has read a revision
 * (of the subscription that it asks about, or people_revision), and whatever changes what hangs on
 * it raises that in the same transaction; so an answer that was read under this revision, or after
 * it, is what the database would say now. Nothing is kept across a lost connection; session, account
 * and the role that a request needs are never kept. */
#include "store/db_private.h"

#include <stdlib.h>

#include "base/buf.h"
#include "base/banned.h"

/* A larger answer is not kept; so DB_KEPT of them are at most two megabytes. */
enum { KEPT_MOST = 16 * 1024 };

/* One allocation: key, then cells, then the text into which the cells point. */
struct kept {
	struct span key;
	const char *signature;
	size_t columns, count, text_bytes;
	struct cell *cells;
	char *text;
};

void db_kept_drop(struct db *db)
{
	for (size_t k = 0; k < DB_KEPT; k++) {
		free(db->kept[k]);
		db->kept[k] = NULL;
	}
}

static void put(struct buf *key, const void *p, size_t n)
{
	buf_put(key, span_of(p, n));
}

static struct span key_of(struct arena *a, const struct stmt *s, int64_t revision,
			  const struct parameters *p)
{
	struct buf key = BUF_INIT;
	struct span made;

	put(&key, &s, sizeof(s));
	put(&key, &revision, sizeof(revision));
	for (size_t k = 0; s->params[k]; k++) {
		put(&key, &p->bind[k].buffer_type, sizeof(p->bind[k].buffer_type));
		put(&key, &p->number[k], sizeof(p->number[k]));
		put(&key, &p->length[k], sizeof(p->length[k]));
		put(&key, p->bind[k].buffer, p->length[k]);
	}
	made = arena_span(a, buf_span(&key));
	buf_release(&key);
	return made;
}

static size_t slot_of(struct span key)
{
	uint32_t h = 2166136261u; /* FNV-1a */

	for (size_t i = 0; i < key.n; i++)
		h = (h ^ (unsigned char)key.p[i]) * 16777619u;
	return h % DB_KEPT;
}

/* The cells with their text moved from one place to another. */
static void copy_cells(struct cell *to, char *text, const struct cell *from, size_t n)
{
	for (size_t k = 0; k < n; k++) {
		to[k] = from[k];
		if (!from[k].text.p)
			continue;
		memcpy(text, from[k].text.p, from[k].text.n);
		to[k].text.p = text;
		text += from[k].text.n;
	}
}

static struct rows *rows_of(struct arena *a, const struct kept *kept)
{
	struct rows *r = ARENA_NEW(a, struct rows);
	size_t n = kept->count * kept->columns;

	*r = (struct rows){.signature = kept->signature, .columns = kept->columns,
			   .count = kept->count};
	r->cells = ARENA_ARRAY(a, struct cell, n);
	copy_cells(r->cells, arena_alloc(a, kept->text_bytes), kept->cells, n);
	return r;
}

static void keep(struct db *db, struct span key, const struct rows *r)
{
	size_t n = r->count * r->columns, key_room = (key.n + 15) / 16 * 16, text = 0, total;
	size_t slot = slot_of(key);
	struct kept *kept;
	char *p;

	for (size_t k = 0; k < n; k++)
		text += r->cells[k].text.n;
	total = sizeof(*kept) + key_room + n * sizeof(struct cell) + text;
	if (total > KEPT_MOST)
		return;
	free(db->kept[slot]);
	db->kept[slot] = kept = malloc(total);
	ASSERT(kept != NULL);
	p = (char *)(kept + 1);
	memcpy(p, key.p, key.n);
	*kept = (struct kept){span_of(p, key.n), r->signature, r->columns, r->count, text,
			      (struct cell *)(void *)(p + key_room),
			      p + key_room + n * sizeof(struct cell)};
	copy_cells(kept->cells, kept->text, r->cells, n);
}

int db_select_kept(struct db *db, struct arena *a, const struct stmt *s, int64_t revision,
		   struct rows **out, ...)
{
	struct parameters p;
	struct span key;
	struct kept *kept;
	va_list ap;

	ASSERT(!db->in_transaction);
	va_start(ap, out);
	db_parameters(&p, s->params, ap);
	va_end(ap);
	if (revision == 0)
		return db_select_with(db, a, s, &p, out);
	TRY(db_ready(db)); /* after a loss it forgets what was kept */
	key = key_of(a, s, revision, &p);
	kept = db->kept[slot_of(key)];
	if (kept && span_eq(kept->key, key)) {
		*out = rows_of(a, kept);
		return OK;
	}
	TRY(db_select_with(db, a, s, &p, out));
	keep(db, key, *out);
	return OK;
}
