/* head_check.c: one line after the other. */
#include "core/head_check.h"

#include <stdarg.h>
#include <stdio.h>

#include "base/arena.h"
#include "base/banned.h"

static const unsigned char NOTHING[HEAD_HASH];

__attribute__((format(printf, 4, 5))) static void tell(struct head_check *c,
						       void (*to)(void *, int64_t, const char *),
						       int64_t n, const char *format, ...)
{
	char what[200];
	va_list ap;

	va_start(ap, format);
	vsnprintf(what, sizeof(what), format, ap);
	va_end(ap);
	to(c->arg, n, what);
}

void head_check_file(struct head_check *c, int64_t number)
{
	if (!c->any && number != 1)
		tell(c, c->note, 0, "the files before number %lld are not here", (long long)number);
	if (c->any && number != c->file + 1)
		tell(c, c->fault, c->n, "between files %lld and %lld others are missing",
		     (long long)c->file, (long long)number);
	c->file = number;
	c->file_begins = true;
}

/* Only when the next line was signed with it in view is it one that was cut off as it was written.
 */
static void tell_damaged(struct head_check *c, bool follows)
{
	if (c->damaged && follows)
		tell(c, c->note, c->damaged,
		     "was cut off as it was written; the vault went on behind it");
	else if (c->damaged)
		tell(c, c->fault, c->damaged, "is no line of this file");
	c->damaged = 0;
}

static bool follows(const struct head_check *c, const struct head_line *l)
{
	if (!c->any) /* whatever was before is not here */
		return l->n != 1 || memcmp(l->before, NOTHING, HEAD_HASH) == 0;
	return memcmp(l->before, c->before, HEAD_HASH) == 0;
}

static void check_place(struct head_check *c, const struct head_line *l)
{
	bool right = follows(c, l);

	tell_damaged(c, right);
	if (!c->any && c->file == 1 && l->n != 1)
		tell(c, c->fault, l->n, "is the first, lines before it are missing");
	else if (c->any && l->n > c->n + 1)
		tell(c, c->fault, l->n, "lines %lld to %lld are missing before it",
		     (long long)c->n + 1, (long long)l->n - 1);
	else if (!right || (c->any && l->n != c->n + 1))
		tell(c, c->fault, l->n,
		     "does not follow the line before it: one of them was changed or put here");
	if (c->file_begins != (l->kind == HEAD_BEGIN) || (c->file_begins && l->seq != c->file))
		tell(c, c->fault, l->n, "is not where it belongs: file %lld begins otherwise",
		     (long long)c->file);
	if (c->any && l->at - c->at > c->gap)
		tell(c, c->note, l->n,
		     "comes %lld min after the line before: vault or database were down, or the "
		     "end "
		     "of the file was cut off while they were",
		     (long long)(l->at - c->at) / 60);
	else if (c->any && l->at < c->at - c->gap)
		tell(c, c->note, l->n, "is older than the line before: the clock was set back");
}

int head_check_line(struct head_check *c, struct span line)
{
	struct head_line l;
	struct span text;
	int rc = OK;

	c->lines++;
	if (head_line_read(line, &l, &text) != OK) {
		tell_damaged(c, false);
		c->damaged = ++c->n;
	} else if (!c->is_signed(c->arg, text, l.signature)) {
		tell_damaged(c, false);
		tell(c, c->fault, l.n, "does not have the vault's signature");
		c->n++;
	} else {
		check_place(c, &l);
		c->n = l.n;
		c->at = l.at;
		rc = l.kind == HEAD_CHAIN ? c->head(c->arg, &l) : OK;
	}
	c->hash(line, c->before);
	c->any = true;
	c->file_begins = false;
	return rc;
}

void head_check_end(struct head_check *c)
{
	tell_damaged(c, false);
}
