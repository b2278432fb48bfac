/* integration_file.c: a key that was chosen as a file, beside its text area. */
#include "page/integration_input.h"

#include "http/form.h"
#include "base/banned.h"

bool input_takes_file(const struct type_field *f)
{
	return f->kind == FIELD_LINES || f->kind == FIELD_SECRET_LINES;
}

/* Browsers end the lines of a text area with CRLF; keys and their checksums want LF. */
size_t input_unix_lines(char *p, size_t n)
{
	size_t out = 0;

	for (size_t k = 0; k < n; k++)
		if (p[k] != '\r' || k + 1 == n || p[k + 1] != '\n')
			p[out++] = p[k];
	wipe(p + out, n - out);
	return out;
}

static struct span file_name(const struct input *in, const struct type_field *f)
{
	return arena_printf(in->r->arena, "file.%.*s", SPAN_ARG(f->name));
}

/* Editors of other systems put a mark before the text (U+FEFF), which no reader of keys knows. */
static void drop_mark(char **p, size_t *n)
{
	if (span_starts(span_of(*p, *n), SPAN("\xEF\xBB\xBF"))) {
		*p += 3;
		*n -= 3;
	}
}

bool input_file_take(struct input *in, const struct type_field *f, char **p, size_t *n)
{
	if (!input_takes_file(f) || !form_secret_take(in->r->form, file_name(in, f), p, n))
		return false;
	drop_mark(p, n);
	return true;
}

struct span input_file_fault(const struct input *in, const struct type_field *f, struct span bytes)
{
	struct span fault = in->r->form ? form_message(in->r->form, file_name(in, f)) : SPAN_NONE;

	if (fault.p)
		return fault;
	if (span_is_utf8(bytes) && (bytes.n == 0 || !memchr(bytes.p, '\0', bytes.n)))
		return SPAN_NONE;
	return SPAN("This file is not text. Choose the key in its text form, which begins with a "
		    "line of five hyphens and BEGIN, or with ssh-.");
}
