/* heads_file.c: appending signed heads. What is there already is read in heads_read.c. */
#include "vault/heads_file.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/clock.h"
#include "base/file.h"
#include "base/log.h"
#include "base/numbered.h"
#include "vault/heads_read.h"
#include "base/banned.h"

enum { WRITE_AT = 64 * 1024, LINE_ABOUT = 320 };

struct heads_file {
	const struct sign_key *key;
	int fd;
	struct heads_read was; /* what is signed: goes on with each line */
	struct buf pending;
	int64_t bytes, most;
	int64_t round, given, back, odd;
};

static int cannot(const char *what, const char *path)
{
	log_error("audit heads are not signed: cannot %s %s: %s", what, path, strerror(errno));
	return E_UNAVAILABLE;
}

static int write_all(struct heads_file *h)
{
	struct span left = buf_span(&h->pending);

	while (left.n) {
		ssize_t n = write(h->fd, left.p, left.n);
		if (n < 0 && errno == EINTR)
			continue;
		if (n < 0)
			return cannot("write", "their file");
		left = span_of(left.p + n, left.n - (size_t)n);
		h->bytes += n;
	}
	buf_reset(&h->pending);
	return OK;
}

static int add(struct heads_file *h, enum head_kind kind, struct span chain, int64_t seq,
	       struct span hash)
{
	struct head_line l = {
		.n = h->was.n + 1, .at = clock_now(), .kind = kind, .chain = chain, .seq = seq};
	unsigned char signature[SIGNATURE_BYTES];
	size_t from = h->pending.n;

	if (hash.n)
		memcpy(l.hash, hash.p, HEAD_HASH);
	memcpy(l.before, h->was.before, HEAD_HASH);
	head_line_put(&h->pending, &l);
	sign_text(h->key, span_of(h->pending.p + from, h->pending.n - from), signature);
	head_line_sign(&h->pending, signature);
	hash_bytes(span_of(h->pending.p + from, h->pending.n - from - 1), h->was.before);
	h->was.n++;
	return h->pending.n >= WRITE_AT ? write_all(h) : OK;
}

/* All that is known: so that this file is whole without those before it. */
static int add_all(struct heads_file *h)
{
	const struct head_known *k;
	size_t at = 0;

	while ((k = head_table_next(&h->was.table, &at)) != NULL)
		TRY(add(h, HEAD_CHAIN, span_str(k->name), k->seq,
			span_of((const char *)k->hash, HEAD_HASH)));
	return OK;
}

/* The key must lie beside what it signed, or nobody could check it. */
static int publish(struct arena *a, const char *folder, const struct sign_key *key)
{
	const char *path = arena_printf(a, "%s/" HEADS_KEY, folder).p;
	unsigned char mine[SIGN_PUBLIC_BYTES], there[SIGN_PUBLIC_BYTES];
	struct span text;
	int fd, rc;

	sign_key_public(key, mine);
	text = sign_public_text(a, mine);
	fd = open(path, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0644);
	if (fd >= 0) {
		rc = write(fd, text.p, text.n) == (ssize_t)text.n && fchmod(fd, 0444) == 0 &&
				     fsync(fd) == 0
			     ? OK
			     : cannot("write", path);
		close(fd);
		if (rc != OK)
			unlink(path);
		return rc;
	}
	if (errno != EEXIST)
		return cannot("make", path);
	if (sign_public_read(a, path, there) == OK && memcmp(mine, there, sizeof(mine)) == 0)
		return OK;
	log_error("audit heads are not signed: %s is another key's; move its folder away, and the "
		  "vault "
		  "begins a new one",
		  path);
	return E_CONFLICT;
}

static int open_number(struct heads_file *h, struct arena *a, const char *folder, int64_t number,
		       int flags)
{
	const char *path = numbered_path(a, folder, HEADS_PREFIX, number);
	struct stat st;

	h->fd = open(path, O_WRONLY | O_APPEND | O_NOFOLLOW | O_CLOEXEC | flags, 0640);
	if (h->fd < 0 || fstat(h->fd, &st) != 0)
		return cannot("open", path);
	if ((flags & O_CREAT) && fchmod(h->fd, 0640) != 0)
		return cannot("open", path);
	h->bytes = st.st_size;
	return OK;
}

/* The newest file goes on where it ends, or the next one begins. */
static int go_on(struct heads_file *h, struct arena *a, const char *folder)
{
	int64_t number = h->was.number;
	bool next = number == 0 || h->was.bytes > h->most + LINE_ABOUT * (int64_t)h->was.table.n;

	TRY(open_number(h, a, folder, next ? number + 1 : number, next ? O_CREAT | O_EXCL : 0));
	h->was.number = next ? number + 1 : number;
	if (!next && h->was.torn)
		buf_putc(&h->pending, '\n');
	/* a line that was cut off has the next one as its witness, so that comes at once */
	if (h->bytes > 0)
		TRY(add(h, HEAD_START, SPAN("-"), 0, SPAN_NONE));
	else
		TRY(add(h, HEAD_BEGIN, SPAN("-"), h->was.number, SPAN_NONE));
	if (next || !h->was.alive)
		TRY(add_all(h));
	return write_all(h);
}

static struct heads_file *heads_new(const struct sign_key *key)
{
	struct heads_file *h = calloc(1, sizeof(*h));

	ASSERT(h != NULL);
	h->key = key;
	h->fd = -1;
	h->most = HEADS_FILE_MOST;
	return h;
}

int heads_file_open_most(struct arena *a, const char *folder, const struct sign_key *key,
			 int64_t most, struct heads_file **out)
{
	struct heads_file *h = heads_new(key);
	int rc = publish(a, folder, key);

	h->most = most;
	if (rc == OK)
		rc = heads_read(a, folder, &h->was);
	if (rc == OK)
		rc = go_on(h, a, folder);
	if (rc != OK) {
		heads_file_close(h);
		return rc;
	}
	log_info("audit heads are signed in %s, file %lld, from line %lld on", folder,
		 (long long)h->was.number, (long long)h->was.n + 1);
	*out = h;
	return OK;
}

int heads_file_open(struct arena *a, const char *folder, const struct sign_key *key,
		    struct heads_file **out)
{
	return heads_file_open_most(a, folder, key, HEADS_FILE_MOST, out);
}

void heads_file_close(struct heads_file *h)
{
	if (!h)
		return;
	if (h->fd >= 0)
		close(h->fd);
	head_table_release(&h->was.table);
	buf_release(&h->pending);
	free(h);
}

int heads_file_head(struct heads_file *h, struct span chain, int64_t seq, struct span hash)
{
	struct head_known *k;

	if (!head_chain_ok(chain) || hash.n != HEAD_HASH || seq < 1) {
		h->odd++;
		return OK;
	}
	k = head_table_at(&h->was.table, chain);
	if (k->mark != h->round + 1)
		h->given++;
	k->mark = h->round + 1;
	if (seq == k->seq && memcmp(k->hash, hash.p, HEAD_HASH) == 0)
		return OK;
	if (seq <= k->seq) {
		h->back++;
		log_error("the audit chain %s went back: %lld entries were signed, now it says "
			  "%lld; see "
			  "`signet-admin audit verify`",
			  k->name, (long long)k->seq, (long long)seq);
		return OK;
	}
	k->seq = seq;
	memcpy(k->hash, hash.p, HEAD_HASH);
	return add(h, HEAD_CHAIN, span_str(k->name), seq, hash);
}

int heads_file_end(struct heads_file *h)
{
	int64_t gone = (int64_t)h->was.table.n - h->given;

	if (gone > 0)
		log_error("%lld audit chains whose heads were signed are gone; see `signet-admin "
			  "audit "
			  "verify`",
			  (long long)gone);
	if (h->odd)
		log_error("%lld heads of audit chains are none: they are not signed",
			  (long long)h->odd);
	TRY(add(h, HEAD_ALIVE, SPAN("-"), h->given, SPAN_NONE));
	h->round++;
	h->given = h->back = h->odd = 0;
	TRY(write_all(h));
	return fdatasync(h->fd) == 0 ? OK : cannot("write", "their file");
}

bool heads_file_full(const struct heads_file *h)
{
	return h->bytes > h->most + LINE_ABOUT * (int64_t)h->was.table.n;
}
