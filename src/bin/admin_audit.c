/* admin_audit.c: signet-admin audit verify: the chains of the database, and what comes out. */
#include "bin/admin_audit.h"

#include <getopt.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>

#include "base/clock.h"
#include "seal/hash.h"
#include "store/audit_walk.h"
#include "base/banned.h"

enum { BATCH = 500, TOLD = 200, CLOCK_STEP = 300 };

static void tell(const char *kind, struct span where, const char *format, va_list ap)
{
	printf("%s: %.*s: ", kind, SPAN_ARG(where));
	vprintf(format, ap);
	putchar('\n');
}

void verify_fault(struct verify *v, struct span where, const char *format, ...)
{
	va_list ap;

	if (++v->faults > TOLD)
		return; /* they are counted */
	va_start(ap, format);
	tell("FAULT", where, format, ap);
	va_end(ap);
}

void verify_note(struct verify *v, struct span where, const char *format, ...)
{
	va_list ap;

	if (++v->notes > TOLD)
		return;
	va_start(ap, format);
	tell("note", where, format, ap);
	va_end(ap);
}

struct walking {
	struct verify *v;
	struct span chain;
	struct arena *arena;
	struct head_known *known; /* what was signed of it; NULL for a name that nobody signs */
	bool has_head;
	struct audit_head head; /* as it was before its entries were read */
	struct audit_walk walk;
};

/* Entries that came after the last signature cannot be older than it. */
static void check_time(struct walking *w, const struct audit_entry *e)
{
	if (w->known && w->known->seq && e->seq > w->known->seq &&
	    e->at < w->known->at - CLOCK_STEP)
		verify_note(w->v, w->chain,
			    "entry %lld is dated %.*s, but was not there when the head was signed "
			    "at %.*s",
			    (long long)e->seq, SPAN_ARG(clock_text(w->arena, e->at)),
			    SPAN_ARG(clock_text(w->arena, w->known->at)));
}

static int walk_batch(struct walking *w, struct arena *a, size_t *n)
{
	struct audit_stored *list;

	TRY(store_audit_entries(w->v->admin->db, a, w->chain, w->walk.seq, BATCH, &list, n));
	for (size_t k = 0; k < *n; k++) {
		struct span fault = audit_walk_fault(&w->walk, a, &list[k], hash_bytes);
		w->v->entries++;
		if (fault.p)
			verify_fault(w->v, w->chain, "entry %lld %.*s", (long long)list[k].e.seq,
				     SPAN_ARG(fault));
		check_time(w, &list[k].e);
		if (w->has_head && list[k].e.seq == w->head.seq &&
		    !span_eq(list[k].hash, w->head.hash))
			verify_fault(w->v, w->chain,
				     "entry %lld is not the one that the head knows",
				     (long long)w->head.seq);
	}
	return OK;
}

/* The head of now: it moves with each entry, so it is never behind what could be read before. */
static int check_head(struct walking *w)
{
	struct audit_head now;
	int rc = store_audit_head(w->v->admin->db, w->arena, w->chain, &now);

	if (rc == E_NOT_FOUND)
		verify_fault(w->v, w->chain, "has entries, but no head");
	else if (rc == OK && w->has_head && w->walk.seq < w->head.seq)
		verify_fault(w->v, w->chain,
			     "ends with entry %lld, its head says %lld: the end is missing",
			     (long long)w->walk.seq, (long long)w->head.seq);
	else if (rc == OK && w->walk.seq > now.seq)
		verify_fault(w->v, w->chain, "has entry %lld behind its head, which says %lld",
			     (long long)w->walk.seq, (long long)now.seq);
	return rc == E_NOT_FOUND ? OK : rc;
}

static void check_signed(struct walking *w)
{
	const struct head_known *k = w->known;
	struct span at;

	if (!k || !k->seq)
		return;
	at = clock_text(w->arena, k->at);
	if (w->walk.seq == 0)
		verify_fault(w->v, w->chain, "is gone: %lld entries were signed at %.*s",
			     (long long)k->seq, SPAN_ARG(at));
	else if (w->walk.seq < k->seq)
		verify_fault(
			w->v, w->chain,
			"ends with entry %lld, but %lld were signed at %.*s: the end was cut off",
			(long long)w->walk.seq, (long long)k->seq, SPAN_ARG(at));
	else if (k->missing)
		verify_fault(w->v, w->chain, "entry %lld was signed and is missing",
			     (long long)k->missing);
	if (k->differs)
		verify_fault(
			w->v, w->chain,
			"entry %lld is not the one that was signed: this part of the chain was "
			"written anew",
			(long long)k->differs);
}

static int walk_chain(struct walking *w)
{
	struct verify *v = w->v;
	int rc = store_audit_head(v->admin->db, w->arena, w->chain, &w->head);
	size_t n = BATCH;

	w->has_head = rc == OK;
	if (rc != OK && rc != E_NOT_FOUND)
		return rc;
	while (n == BATCH) {
		struct arena *a = arena_new();
		rc = walk_batch(w, a, &n);
		arena_free(a);
		TRY(rc);
	}
	if (w->walk.seq || w->has_head)
		TRY(check_head(w));
	check_signed(w);
	return OK;
}

static int check_chain(struct verify *v, struct span chain)
{
	struct walking w = {.v = v, .chain = chain, .arena = arena_new()};
	int rc;

	if (head_chain_ok(chain)) {
		w.known = head_table_at(&v->table, chain);
		w.known->mark = 1;
	} else {
		verify_fault(v, chain, "is no chain of Signet's");
	}
	v->chains++;
	rc = walk_chain(&w);
	arena_free(w.arena);
	return rc;
}

/* A name that outlives the arena of the rows that it came with. */
struct name {
	char text[4 * HEAD_CHAIN_MAX + 1];
	struct span span;
};

static void name_keep(struct name *n, struct span chain)
{
	ASSERT(chain.n < sizeof(n->text));
	memcpy(n->text, chain.p, chain.n);
	n->span = span_of(n->text, chain.n);
}

/* Those that have entries. */
static int check_with_entries(struct verify *v)
{
	struct name name = {.span = SPAN("")};
	int rc = OK;

	while (rc == OK) {
		struct arena *a = arena_new();
		struct span chain;
		rc = store_audit_next_chain(v->admin->db, a, name.span, &chain);
		if (rc == OK) {
			name_keep(&name, chain);
			rc = check_chain(v, name.span);
		}
		arena_free(a);
	}
	return rc == E_NOT_FOUND ? OK : rc;
}

static bool was_seen(const struct verify *v, struct span chain)
{
	const struct head_known *k =
		head_chain_ok(chain) ? head_table_find(&v->table, chain) : NULL;

	return k && k->mark;
}

/* Those of which there is only a head. */
static int check_heads(struct verify *v, struct arena *a, struct name *after, size_t *n)
{
	struct audit_head *list;

	TRY(store_audit_heads(v->admin->db, a, after->span, BATCH, &list, n));
	for (size_t k = 0; k < *n; k++)
		if (!was_seen(v, list[k].chain))
			TRY(check_chain(v, list[k].chain));
	if (*n)
		name_keep(after, list[*n - 1].chain);
	return OK;
}

/* Those of which there is only a head, or only a signature. */
static int check_without_entries(struct verify *v)
{
	struct name after = {.span = SPAN("")};
	const struct head_known *k;
	size_t n = BATCH, at = 0;

	while (n == BATCH) {
		struct arena *a = arena_new();
		int rc = check_heads(v, a, &after, &n);
		arena_free(a);
		TRY(rc);
	}
	while ((k = head_table_next(&v->table, &at)) != NULL)
		if (!k->mark)
			TRY(check_chain(v, span_str(k->name)));
	return OK;
}

int verify_chains(struct verify *v)
{
	if (v->only.n)
		return check_chain(v, v->only);
	TRY(check_with_entries(v));
	return check_without_entries(v);
}

static int verify(struct verify *v)
{
	struct arena *a = v->admin->arena;
	int rc = verify_files(v);

	if (rc == OK)
		rc = verify_chains(v);
	head_table_release(&v->table);
	if (rc != OK)
		return admin_failed("audit verify", rc);
	printf("signed heads: %lld files, %lld lines, %lld heads", (long long)v->files,
	       (long long)v->check.lines, (long long)v->heads);
	if (v->check.at)
		printf(", the last line of %.*s", SPAN_ARG(clock_text(a, v->check.at)));
	printf("\nchains: %lld, with %lld entries\n", (long long)v->chains, (long long)v->entries);
	printf("audit trail: %lld faults, %lld notes\n", (long long)v->faults, (long long)v->notes);
	return v->faults ? EXIT_FAILURE : EXIT_SUCCESS;
}

static int usage(void)
{
	fprintf(stderr,
		"usage: audit verify [--chain sub:7|account:3|site] [--log FOLDER [--age SECONDS]]"
		" [--key FILE]\n"
		"  --log: a copy of the vault's folder of signed heads, and how old its end may "
		"be\n"
		"  --key: a copy of its heads.pub\n");
	return 2;
}

static bool options_read(struct verify *v, int argc, char **argv)
{
	static const struct option OPTIONS[] = {{"chain", required_argument, NULL, 'c'},
						{"log", required_argument, NULL, 'l'},
						{"age", required_argument, NULL, 'a'},
						{"key", required_argument, NULL, 'k'},
						{0}};
	int opt;

	optind = 1;
	while ((opt = getopt_long(argc, argv, "", OPTIONS, NULL)) != -1) {
		switch (opt) {
		case 'c':
			v->only = span_str(optarg);
			break;
		case 'l':
			v->folder = optarg;
			break;
		case 'k':
			v->key_path = optarg;
			break;
		case 'a':
			if (span_i64(span_str(optarg), &v->age) != OK)
				return false;
			break;
		default:
			return false;
		}
	}
	return optind == argc && (!v->only.n || head_chain_ok(v->only));
}

int admin_audit(struct admin *a, int argc, char **argv)
{
	struct verify v = {.admin = a, .age = -1};

	if (argc < 1 || strcmp(argv[0], "verify") != 0 || !options_read(&v, argc, argv))
		return usage();
	if (v.age < 0 && v.folder)
		v.age = INT64_MAX; /* a copy is as old as it is */
	if (v.age < 0)
		v.age = verify_patience(a->config);
	if (!v.folder)
		v.folder = config_need(a->config, "vault", "audit_log");
	if (!v.key_path)
		v.key_path = arena_printf(a->arena, "%s/heads.pub", v.folder).p;
	return verify(&v);
}
