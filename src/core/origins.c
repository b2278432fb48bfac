/* origins.c: sets of origins, small enough to search in order. */
#include "core/url.h"

#include <stdlib.h>

#include "base/banned.h"

static int compare(const void *a, const void *b)
{
	return span_cmp(*(const struct span *)a, *(const struct span *)b);
}

struct origins origins_of(struct arena *a, const struct span *list, size_t n)
{
	struct origins o = {ARENA_ARRAY(a, struct span, n), 0};

	if (n == 0)
		return o;
	memcpy(o.list, list, n * sizeof(*list));
	qsort(o.list, n, sizeof(*o.list), compare);
	for (size_t i = 0; i < n; i++)
		if (o.n == 0 || !span_eq(o.list[o.n - 1], o.list[i]))
			o.list[o.n++] = o.list[i];
	return o;
}

struct span origin_short(struct arena *a, struct span origin)
{
	static const struct {
		struct span scheme, port;
	} USUAL[] = {{SPAN("https://"), SPAN(":443")}, {SPAN("http://"), SPAN(":80")}};

	for (size_t i = 0; i < COUNT(USUAL); i++) {
		struct span port = USUAL[i].port, end;
		if (!span_starts(origin, USUAL[i].scheme) || origin.n < port.n)
			continue;
		end = span_of(origin.p + origin.n - port.n, port.n);
		if (span_eq(end, port))
			origin.n -= port.n;
	}
	return arena_span(a, origin);
}

bool origins_has(const struct origins *o, struct span origin)
{
	for (size_t i = 0; i < o->n; i++)
		if (span_eq(o->list[i], origin))
			return true;
	return false;
}

struct span origins_missing(const struct origins *allowed, const struct origins *wanted)
{
	for (size_t i = 0; i < wanted->n; i++)
		if (!origins_has(allowed, wanted->list[i]))
			return wanted->list[i];
	return SPAN_NONE;
}

struct span origins_text(struct arena *a, const struct origins *o)
{
	size_t bytes = 0;
	char *text, *p;

	for (size_t i = 0; i < o->n; i++)
		bytes += o->list[i].n + 1;
	p = text = arena_alloc(a, bytes + 1);
	for (size_t i = 0; i < o->n; i++) {
		if (i > 0)
			*p++ = '\n';
		memcpy(p, o->list[i].p, o->list[i].n);
		p += o->list[i].n;
	}
	return span_of(text, (size_t)(p - text));
}

/* Could url_origin() have made it? Only its bytes are looked at; who may be trusted is decided by
 * comparing origins, not by reading them. */
static bool is_origin(struct span s)
{
	if (s.n == 0 || s.n > ORIGIN_BYTES_MAX)
		return false;
	for (size_t i = 0; i < s.n; i++) {
		char c = s.p[i];
		bool known = (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') ||
			     (c != '\0' && strchr(":/.-+[]", c));
		if (!known)
			return false;
	}
	return true;
}

int origins_read(struct arena *a, struct span text, struct origins *out)
{
	struct origins o = {NULL, 0};
	size_t lines = 1;
	struct span line;

	for (size_t i = 0; i < text.n; i++)
		lines += text.p[i] == '\n';
	o.list = ARENA_ARRAY(a, struct span, lines);
	while (text.n && span_cut(&text, '\n', &line)) {
		bool sorted = o.n == 0 || span_cmp(o.list[o.n - 1], line) < 0;
		if (!is_origin(line) || !sorted || (text.p && text.n == 0))
			return E_CORRUPT;
		o.list[o.n++] = line;
	}
	*out = o;
	return OK;
}
