/* admin_audit_files.c: the signed files, line by line, and each head that they know against its
 * entry. */
#include "bin/admin_audit.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/clock.h"
#include "base/lines.h"
#include "base/numbered.h"
#include "seal/hash.h"
#include "store/audit_walk.h"
#include "base/banned.h"

#define PREFIX "heads-"
enum { PATIENCE = 180 };

static bool is_signed(void *arg, struct span text, const unsigned char signature[HEAD_SIGNATURE])
{
	const struct verify *v = arg;

	return signature_fits(v->key, text, signature);
}

static struct span line_name(struct verify *v, int64_t n)
{
	return n ? arena_printf(v->admin->arena, "signed heads, line %lld", (long long)n)
		 : SPAN("signed heads");
}

static void on_fault(void *arg, int64_t n, const char *what)
{
	struct verify *v = arg;

	verify_fault(v, line_name(v, n), "%s", what);
}

static void on_note(void *arg, int64_t n, const char *what)
{
	struct verify *v = arg;

	verify_note(v, line_name(v, n), "%s", what);
}

static void keep_lowest(int64_t *kept, int64_t seq)
{
	if (*kept == 0 || seq < *kept)
		*kept = seq;
}

/* The entry that a head speaks of must be there, and be that one. Files begin with what was said
 * before: that is not asked twice. */
static int on_head(void *arg, const struct head_line *l)
{
	struct verify *v = arg;
	struct head_known *k;
	struct arena *a;
	struct span hash, want = span_of((const char *)l->hash, HEAD_HASH);
	int rc;

	v->heads++;
	if (v->only.n && !span_eq(v->only, l->chain))
		return OK;
	k = head_table_at(&v->table, l->chain);
	if (k->seq == l->seq && memcmp(k->hash, l->hash, HEAD_HASH) == 0)
		return OK;
	a = arena_new();
	rc = store_audit_hash(v->admin->db, a, l->chain, l->seq, &hash);
	if (rc == E_NOT_FOUND)
		keep_lowest(&k->missing, l->seq);
	else if (rc == OK && !span_eq(hash, want))
		keep_lowest(&k->differs, l->seq);
	arena_free(a);
	if (l->seq >= k->seq) {
		k->seq = l->seq;
		k->at = l->at;
		memcpy(k->hash, l->hash, HEAD_HASH);
	}
	return rc == E_NOT_FOUND ? OK : rc;
}

struct reading {
	struct verify *v;
	bool last; /* the newest file: the vault may be writing its last line just now */
	bool torn;
};

static int on_line(void *arg, struct span line, bool ended)
{
	struct reading *r = arg;

	r->torn = !ended && r->last;
	return r->torn ? OK : head_check_line(&r->v->check, line);
}

static int read_file(struct reading *r, const char *path)
{
	int fd = open(path, O_RDONLY | O_CLOEXEC), rc;

	if (fd < 0) {
		fprintf(stderr, "signet-admin: cannot read %s\n", path);
		return E_UNAVAILABLE;
	}
	rc = lines_each(fd, on_line, r);
	close(fd);
	return rc;
}

static int64_t size_of(const char *path)
{
	struct stat st;

	return stat(path, &st) == 0 ? (int64_t)st.st_size : -1;
}

/* An end without a line's end is one that is being written, if it then goes on. */
static void check_torn(struct verify *v, const char *path, int64_t size)
{
	for (int k = 0; k < 20 && size_of(path) == size; k++)
		usleep(100 * 1000);
	if (size_of(path) == size)
		verify_fault(v, line_name(v, v->check.n + 1), "is cut off in its middle");
}

static void check_end(struct verify *v)
{
	int64_t age = clock_now() - v->check.at;

	head_check_end(&v->check);
	if (v->check.any && age > v->age)
		verify_fault(
			v, line_name(v, v->check.n),
			"is the last and %lld min old: the vault signs nothing now, or the end was "
			"cut off",
			(long long)age / 60);
}

static int read_files(struct verify *v, const int64_t *list, size_t n)
{
	struct arena *a = v->admin->arena;
	struct reading r = {.v = v};

	for (size_t k = 0; k < n; k++) {
		const char *path = numbered_path(a, v->folder, PREFIX, list[k]);
		int64_t size = size_of(path);
		r.last = k + 1 == n;
		head_check_file(&v->check, list[k]);
		TRY(read_file(&r, path));
		v->files++;
		if (r.torn)
			check_torn(v, path, size);
	}
	check_end(v);
	return OK;
}

int verify_files(struct verify *v)
{
	int64_t *list;
	size_t n;
	int rc = sign_public_read(v->admin->arena, v->key_path, v->key);

	if (rc != OK) {
		verify_fault(v, SPAN("signed heads"), "cannot be checked: %s %s", v->key_path,
			     rc == E_NOT_FOUND ? "cannot be read" : "is no key");
		return OK;
	}
	if (numbered_list(v->admin->arena, v->folder, PREFIX, &list, &n) != OK || n == 0) {
		verify_fault(v, SPAN("signed heads"), "are not there: no files in %s", v->folder);
		return OK;
	}
	v->check = (struct head_check){.hash = hash_bytes,
				       .is_signed = is_signed,
				       .fault = on_fault,
				       .note = on_note,
				       .head = on_head,
				       .arg = v,
				       .gap = verify_patience(v->admin->config)};
	return read_files(v, list, n);
}

int64_t verify_patience(const struct config *c)
{
	int64_t every = config_int(c, "vault", "sign_every", 60, 1, 3600);

	return 3 * every > PATIENCE ? 3 * every : PATIENCE;
}

static int on_last(void *arg, struct span line, bool ended)
{
	int64_t *at = arg;
	struct head_line l;
	struct span text;

	if (ended && head_line_read(line, &l, &text) == OK)
		*at = l.at;
	return OK;
}

int verify_last_signed(struct arena *a, const char *folder, int64_t *at)
{
	int64_t *list;
	size_t n;
	int fd, rc;

	*at = 0;
	TRY(numbered_list(a, folder, PREFIX, &list, &n));
	if (n == 0)
		return E_NOT_FOUND;
	fd = open(numbered_path(a, folder, PREFIX, list[n - 1]), O_RDONLY | O_CLOEXEC);
	if (fd < 0)
		return E_NOT_FOUND;
	/* the end is enough; a first line that is cut in its middle is none */
	if (lseek(fd, -4096, SEEK_END) < 0)
		lseek(fd, 0, SEEK_SET);
	rc = lines_each(fd, on_last, at);
	close(fd);
	return rc == OK && *at ? OK : E_NOT_FOUND;
}
