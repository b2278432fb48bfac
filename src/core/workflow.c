/* workflow.c: quoting for YAML (https://yaml.org/spec/1.2.2/, 7.3.1 and 10.3.2). */
#include "core/workflow.h"

#include <strings.h>

#include "base/buf.h"
#include "base/banned.h"

static bool is_letter(char c)
{
	return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

/* What YAML 1.1 or 1.2 takes for a boolean or for nothing. */
static bool is_word_of_yaml(struct span s)
{
	static const char *const WORDS[] = {"y",   "n",	   "yes",   "no",  "on",
					    "off", "true", "false", "null"};

	for (size_t k = 0; k < COUNT(WORDS); k++)
		if (s.n == strlen(WORDS[k]) && strncasecmp(s.p, WORDS[k], s.n) == 0)
			return true;
	return false;
}

/* Letters first, then only what has no meaning to YAML anywhere. */
static bool is_plain(struct span s)
{
	if (s.n == 0 || !is_letter(s.p[0]) || is_word_of_yaml(s))
		return false;
	for (size_t k = 0; k < s.n; k++)
		if (!is_letter(s.p[k]) && !(s.p[k] >= '0' && s.p[k] <= '9') &&
		    !strchr("_-./", s.p[k]))
			return false;
	return true;
}

/* U+FFFE and U+FFFF are no characters of YAML; no name has other odd ones. */
static bool is_nonchar(struct span rest)
{
	return span_starts(rest, SPAN("\xEF\xBF\xBE")) || span_starts(rest, SPAN("\xEF\xBF\xBF"));
}

static struct span in_double_quotes(struct arena *a, struct span name)
{
	struct buf out = BUF_INIT;
	struct span text;

	buf_putc(&out, '"');
	for (size_t k = 0; k < name.n; k++) {
		if (is_nonchar(span_of(name.p + k, name.n - k))) {
			buf_puts(&out,
				 (unsigned char)name.p[k + 2] == 0xBE ? "\\uFFFE" : "\\uFFFF");
			k += 2;
			continue;
		}
		if (name.p[k] == '"' || name.p[k] == '\\')
			buf_putc(&out, '\\');
		buf_putc(&out, name.p[k]);
	}
	buf_putc(&out, '"');
	text = arena_span(a, buf_span(&out));
	buf_release(&out);
	return text;
}

struct span workflow_name_text(struct arena *a, struct span name)
{
	return is_plain(name) ? name : in_double_quotes(a, name);
}

static struct span in_single_quotes(struct arena *a, struct span name)
{
	struct buf out = BUF_INIT;
	struct span text;

	buf_putc(&out, '\'');
	for (size_t k = 0; k < name.n; k++) {
		if (name.p[k] == '\'')
			buf_putc(&out, '\'');
		buf_putc(&out, name.p[k]);
	}
	buf_putc(&out, '\'');
	text = arena_span(a, buf_span(&out));
	buf_release(&out);
	return text;
}

/* Single quotes have no escapes. */
static bool needs_escapes(struct span name)
{
	for (size_t k = 0; k < name.n; k++)
		if (is_nonchar(span_of(name.p + k, name.n - k)))
			return true;
	return false;
}

struct span workflow_name_text_as(struct arena *a, struct span name, struct span before)
{
	if (span_starts(before, SPAN("'")) && !needs_escapes(name))
		return in_single_quotes(a, name);
	if (span_starts(before, SPAN("'")) || span_starts(before, SPAN("\"")))
		return in_double_quotes(a, name);
	return workflow_name_text(a, name);
}

bool workflow_name_is_dynamic(struct span name)
{
	for (size_t k = 0; k + 1 < name.n; k++)
		if (name.p[k] == '$' &&
		    (name.p[k + 1] == '{' || name.p[k + 1] == '_' || is_letter(name.p[k + 1])))
			return true;
	return false;
}
