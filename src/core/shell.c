/* shell.c: words for a shell. */
#include "core/shell.h"

#include "base/buf.h"
#include "base/banned.h"

static bool is_plain(struct span text)
{
	for (size_t k = 0; k < text.n; k++) {
		char c = text.p[k];
		bool letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');

		if (!letter && !(c >= '0' && c <= '9') && c != '/' && c != '-' && c != '_' &&
		    c != '.')
			return false;
	}
	return text.n > 0;
}

struct span shell_word(struct arena *a, struct span text)
{
	struct buf out = BUF_INIT;
	struct span word;

	if (is_plain(text))
		return text;
	buf_putc(&out, '\'');
	for (size_t k = 0; k < text.n; k++)
		if (text.p[k] == '\'')
			buf_puts(&out, "'\\''");
		else
			buf_putc(&out, text.p[k]);
	buf_putc(&out, '\'');
	word = arena_span(a, buf_span(&out));
	buf_release(&out);
	return word;
}
