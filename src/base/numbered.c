/* numbered.c: listing numbered files. */
#include "base/numbered.h"

#include <dirent.h>
#include <stdlib.h>

#include "base/buf.h"
#include "base/banned.h"

#define SUFFIX ".log"
enum { DIGITS = 6 };

/* 0: another file. */
static int64_t number_of(struct span name, struct span prefix)
{
	int64_t number;

	if (!span_starts(name, prefix) || name.n != prefix.n + DIGITS + sizeof(SUFFIX) - 1 ||
	    !span_is(span_of(name.p + prefix.n + DIGITS, sizeof(SUFFIX) - 1), SUFFIX) ||
	    span_i64(span_of(name.p + prefix.n, DIGITS), &number) != OK)
		return 0;
	return number;
}

static int ascending(const void *a, const void *b)
{
	const int64_t *x = a, *y = b;

	return *x < *y ? -1 : *x > *y;
}

int numbered_list(struct arena *a, const char *folder, const char *prefix, int64_t **list,
		  size_t *n)
{
	DIR *dir = opendir(folder);
	struct buf numbers = BUF_INIT;
	const struct dirent *e;

	if (!dir)
		return E_NOT_FOUND;
	while ((e = readdir(dir)) != NULL) {
		int64_t number = number_of(span_str(e->d_name), span_str(prefix));
		if (number > 0)
			buf_put(&numbers, span_of((const char *)&number, sizeof(number)));
	}
	closedir(dir);
	*n = numbers.n / sizeof(int64_t);
	*list = ARENA_ARRAY(a, int64_t, *n + 1);
	if (*n)
		memcpy(*list, numbers.p, numbers.n);
	qsort(*list, *n, sizeof(int64_t), ascending);
	buf_release(&numbers);
	return OK;
}

const char *numbered_path(struct arena *a, const char *folder, const char *prefix, int64_t number)
{
	return arena_printf(a, "%s/%s%0*lld" SUFFIX, folder, prefix, DIGITS, (long long)number).p;
}
