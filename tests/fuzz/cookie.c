/* cookie.c: any Cookie header. The first line of the input is the name that is asked for. */
#include "http/req.h"
#include "base/banned.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n)
{
	struct arena *a = arena_new();
	struct span rest = arena_span(a, span_of((const char *)data, n)), name, value;
	struct req r = {.arena = a};

	span_cut(&rest, '\n', &name);
	r.cookies = rest;
	value = req_cookie(&r, arena_str(a, name));
	if (value.p) {
		ASSERT(value.p >= rest.p && value.p + value.n <= rest.p + rest.n);
		ASSERT(value.n == 0 || !memchr(value.p, ';', value.n));
		ASSERT(span_eq(span_trim(value), value));
	}
	/* the same bytes as a query */
	r.query = rest;
	value = req_query(&r, arena_str(a, name));
	ASSERT(span_is_utf8(value));
	ASSERT(value.n == 0 || !memchr(value.p, '\0', value.n));
	arena_free(a);
	return 0;
}
