/* url.c: whatever url_origin() accepts has an origin that reads back as itself, byte for byte, and
 * holds nothing by which another reader could find another host. */
#include <stdlib.h>

#include "core/url.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct arena *a = arena_new();
	struct span url = span_of((const char *)data, size);
	struct span origin = SPAN_NONE, again = SPAN_NONE, fault = SPAN_NONE;
	struct origins set, back;

	if (url_origin(a, url, NULL, &origin, &fault) != OK) {
		ASSERT(fault.p && fault.n > 0 && !origin.p);
		arena_free(a);
		return 0;
	}
	ASSERT(!fault.p && origin.n <= ORIGIN_BYTES_MAX);
	ASSERT(url_origin(a, origin, NULL, &again, &fault) == OK);
	ASSERT(span_eq(origin, again));
	for (size_t i = 0; i < origin.n; i++)
		ASSERT(origin.p[i] > ' ' && origin.p[i] < 0x7F && !strchr("@\\%", origin.p[i]));
	set = origins_of(a, &origin, 1);
	ASSERT(origins_read(a, origins_text(a, &set), &back) == OK);
	ASSERT(back.n == 1 && origins_has(&back, origin));
	arena_free(a);
	return 0;
}
