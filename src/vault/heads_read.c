/* heads_read.c: reading the newest of our own files. */
#include "vault/heads_read.h"

#include <errno.h>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/lines.h"
#include "base/log.h"
#include "base/numbered.h"
#include "seal/hash.h"
#include "vault/heads_file.h"
#include "base/banned.h"

static int take(void *arg, struct span line, bool ended)
{
	struct heads_read *r = arg;
	struct head_line l;
	struct span text;

	r->torn = !ended;
	hash_bytes(line, r->before);
	if (!ended || head_line_read(line, &l, &text) != OK) {
		r->n++;
		return OK;
	}
	r->n = l.n;
	r->alive = r->alive || l.kind == HEAD_ALIVE;
	if (l.kind == HEAD_CHAIN) {
		struct head_known *k = head_table_at(&r->table, l.chain);
		k->seq = l.seq;
		memcpy(k->hash, l.hash, HEAD_HASH);
	}
	return OK;
}

static int read_file(const char *path, struct heads_read *r)
{
	int fd = open(path, O_RDONLY | O_NOFOLLOW | O_CLOEXEC), rc;
	struct stat st;

	r->alive = r->torn = false;
	r->bytes = 0;
	rc = fd >= 0 && fstat(fd, &st) == 0 ? lines_each(fd, take, r) : E_UNAVAILABLE;
	if (rc == OK)
		r->bytes = st.st_size;
	else
		log_error("audit heads are not signed: cannot read %s: %s", path,
			  rc == E_TOO_BIG ? "it has lines that are none" : strerror(errno));
	if (fd >= 0)
		close(fd);
	return rc == OK ? OK : E_UNAVAILABLE;
}

/* Empties it of what an older file said. */
static void forget(struct heads_read *r)
{
	head_table_release(&r->table);
	*r = (struct heads_read){0};
}

/* From the file `first` on, all of them. */
static int read_from(struct arena *a, const char *folder, const int64_t *list, size_t first,
		     size_t n, struct heads_read *r)
{
	forget(r);
	for (size_t k = first; k < n; k++) {
		TRY(read_file(numbered_path(a, folder, HEADS_PREFIX, list[k]), r));
		r->number = list[k];
	}
	return OK;
}

static bool is_whole(const char *path)
{
	struct heads_read one = {0};
	bool alive = read_file(path, &one) == OK && one.alive;

	head_table_release(&one.table);
	return alive;
}

int heads_read(struct arena *a, const char *folder, struct heads_read *out)
{
	int64_t *list;
	size_t n, first;

	*out = (struct heads_read){0};
	if (numbered_list(a, folder, HEADS_PREFIX, &list, &n) != OK) {
		log_error("audit heads are not signed: cannot read %s: %s", folder,
			  strerror(errno));
		return E_UNAVAILABLE;
	}
	if (n == 0)
		return OK;
	first = n - 1;
	while (first > 0 && !is_whole(numbered_path(a, folder, HEADS_PREFIX, list[first])))
		first--;
	return read_from(a, folder, list, first, n, out);
}
