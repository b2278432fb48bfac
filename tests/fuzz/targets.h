/* targets.h: the fuzz targets, one a file. Each is built twice: by "make fuzz" as a program of its
 * own, and into the unit tests under the name fuzz_<file>, which feed it its corpus. */
#ifndef TESTS_FUZZ_TARGETS_H
#define TESTS_FUZZ_TARGETS_H

#include <stddef.h>
#include <stdint.h>

#define FUZZ_TARGETS(X) \
	X(cookie)       \
	X(form)         \
	X(json)         \
	X(mail)         \
	X(multipart)    \
	X(proto)        \
	X(ref)          \
	X(request)      \
	X(url)

#define DECLARE(name) int fuzz_##name(const uint8_t *data, size_t n);
FUZZ_TARGETS(DECLARE)
#undef DECLARE

#endif
