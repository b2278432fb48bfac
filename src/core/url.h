/* url.h: URLs of integrations, and their origin: scheme, host and port, the unit of trust to which
 * a secret may be sent (product rule 14). */
#ifndef CORE_URL_H
#define CORE_URL_H

#include "base/arena.h"

enum { URL_BYTES_MAX = 2000, ORIGIN_BYTES_MAX = 300 };

/* Checks a URL as a person typed it and gives its origin in normal form: lower-case scheme and
 * host, the port always written: "https://ci.example:443". Accepted: absolute http and https, a
 * host name (ASCII letters, digits, '-', '.', or xn--), a dotted IPv4 or bracketed IPv6 address, an
 * optional port 1-65535, path, query. Refused, each with its own sentence in *fault: no scheme
 * ("Write the whole URL, with its scheme: https://ci.example/...", with the typed host where it
 * looks like one; never the path, which may itself be a secret), another scheme, user name or
 * password inside ("put them in the fields below"), a fragment, blanks, control characters,
 * backslash, non-ASCII characters (say: write them percent-encoded, or the host as xn--), malformed
 * escapes, too long, a dot at the end of the host, IPv4 in odd notation (octal, hex, short forms,
 * as IPv6), host 0.
 * `schemes`: the whole list, NULL-terminated, lower case; NULL = http and https. E_INVALID with
 * *fault set; else OK with *origin set and *fault SPAN_NONE. Both in the arena. */
int url_origin(struct arena *a, struct span url, const char *const *schemes, struct span *origin,
	       struct span *fault) WARN_UNUSED;

/* A set of origins: sorted by bytes, without repeats. */
struct origins {
	struct span *list;
	size_t n;
};

/* From any list; sorts, removes repeats. Borrowed spans, list in the arena. */
struct origins origins_of(struct arena *a, const struct span *list, size_t n);
/* For people: without the port that its scheme has anyway. In the arena. */
struct span origin_short(struct arena *a, struct span origin);
bool origins_has(const struct origins *o, struct span origin);
/* The first origin of `wanted` that `allowed` lacks; SPAN_NONE when allowed covers all. */
struct span origins_missing(const struct origins *allowed, const struct origins *wanted);
/* One line each, '\n' between; and back. E_CORRUPT when the text is not what origins_text makes. */
struct span origins_text(struct arena *a, const struct origins *o);
int origins_read(struct arena *a, struct span text, struct origins *out) WARN_UNUSED;

#endif
