/* json.c: texts, times and whole documents. */
#include "view/json.h"

#include <time.h>

#include "base/banned.h"

json_t *json_text(struct span s)
{
	return json_stringn(s.n ? s.p : "", s.n);
}

json_t *json_text_or_null(struct span s)
{
	return s.n ? json_text(s) : json_null();
}

json_t *json_time(int64_t at)
{
	time_t t = (time_t)at;
	struct tm tm;
	char text[32];

	if (at == 0 || !gmtime_r(&t, &tm) ||
	    !strftime(text, sizeof(text), "%Y-%m-%dT%H:%M:%SZ", &tm))
		return json_null();
	return json_string(text);
}

json_t *json_roles(role_set roles)
{
	return json_pack("{sbsbsb}", "admin", 1, "member", (roles & ROLE_BIT(ROLE_MEMBER)) != 0,
			 "collaborator", (roles & ROLE_BIT(ROLE_COLLABORATOR)) != 0);
}

json_t *json_lines(struct span lines)
{
	json_t *list = json_array();
	struct span line;

	while (lines.n && span_cut(&lines, '\n', &line))
		json_array_append_new(list, json_text(line));
	return list;
}

/* What RFC 3986 calls unreserved stands for itself. */
static void put_escaped(struct buf *b, struct span s)
{
	static const char HEX[] = "0123456789ABCDEF";

	for (size_t i = 0; i < s.n; i++) {
		unsigned char c = (unsigned char)s.p[i];
		bool letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');

		if (letter || (c >= '0' && c <= '9') || memchr("-._~/", c, 5)) {
			buf_putc(b, (char)c);
		} else {
			buf_putc(b, '%');
			buf_putc(b, HEX[c >> 4]);
			buf_putc(b, HEX[c & 15]);
		}
	}
}

static bool is_place(struct span pair, const struct json_place *places, size_t n)
{
	struct span rest = pair, name = SPAN("");

	(void)span_cut(&rest, '=', &name);
	for (size_t i = 0; i < n; i++)
		if (span_is(name, places[i].name))
			return true;
	return false;
}

json_t *json_next(const struct view_frame *f, const struct json_place *places, size_t n)
{
	struct span rest = f->query, pair;
	struct buf b = BUF_INIT;
	char mark = '?';
	json_t *text;

	if (places[n - 1].value.n == 0)
		return json_null();
	put_escaped(&b, f->path);
	while (rest.n && span_cut(&rest, '&', &pair)) {
		if (pair.n == 0 || is_place(pair, places, n))
			continue;
		buf_putc(&b, mark);
		buf_put(&b, pair);
		mark = '&';
	}
	for (size_t i = 0; i < n; i++, mark = '&') {
		buf_printf(&b, "%c%s=", mark, places[i].name);
		put_escaped(&b, places[i].value);
	}
	text = json_text(buf_span(&b));
	buf_release(&b);
	return text;
}

static int put(const char *p, size_t n, void *out)
{
	buf_put(out, span_of(p, n));
	return 0;
}

int json_write(struct buf *out, json_t *document)
{
	int rc = document ? json_dump_callback(document, put, out, JSON_COMPACT) : -1;

	json_decref(document);
	buf_putc(out, '\n');
	return rc == 0 ? out->err : E_BUG;
}

int view_problem(struct buf *out, const struct view_problem *v)
{
	json_t *faults = json_array();
	json_t *all = json_pack("{sososisoso}", "type",
				v->type.n ? json_text(v->type) : json_string("about:blank"),
				"title", json_text(v->title), "status", v->status, "detail",
				json_text(v->detail), "instance", json_text(v->request));

	for (size_t i = 0; i < v->nfaults; i++)
		json_array_append_new(faults,
				      json_pack("{soso}", "field", json_text(v->faults[i].field),
						"message", json_text(v->faults[i].message)));
	if (all && v->nfaults)
		json_object_set(all, "errors", faults);
	json_decref(faults);
	return json_write(out, all);
}
