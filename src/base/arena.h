/* arena.h: the memory of one request. What is allocated here lives until arena_reset(), which runs
 * the defers in reverse, wipes every byte that was handed out, and starts over. Nothing is freed by
 * hand. Under AddressSanitizer each allocation is a malloc of its own, so that an overrun is seen.
 */
#ifndef BASE_ARENA_H
#define BASE_ARENA_H

#include "base/err.h"
#include "base/span.h"

struct arena; /* opaque; one per worker, reset after each request */

/* A new arena; ends the process when memory is out. Free with arena_free(). */
struct arena *arena_new(void);
/* Runs the defers, wipes, gives everything back. NULL is fine. */
void arena_free(struct arena *a);
/* Runs the defers (last first), wipes what was used, keeps the first block for the next request. */
void arena_reset(struct arena *a);

/* `size` zeroed bytes, aligned for any type. Never NULL: out of memory ends the process, so cap
 * whatever input sizes. */
void *arena_alloc(struct arena *a, size_t size) __attribute__((returns_nonnull));
#define ARENA_NEW(a, type) ((type *)arena_alloc((a), sizeof(type)))
#define ARENA_ARRAY(a, type, n) ((type *)arena_array((a), sizeof(type), (n)))
void *arena_array(struct arena *a, size_t size, size_t n) __attribute__((returns_nonnull));
/* A copy with a NUL behind it (not counted). */
struct span arena_span(struct arena *a, struct span s);
char *arena_str(struct arena *a, struct span s) __attribute__((returns_nonnull));
/* printf into the arena, NUL-terminated. */
struct span arena_printf(struct arena *a, const char *format, ...)
	__attribute__((format(printf, 2, 3)));
/* fn(data) runs at arena_reset(), in reverse order of registration. */
void arena_defer(struct arena *a, void (*fn)(void *), void *data);
/* Bytes handed out since the last reset. */
size_t arena_used(const struct arena *a);

/* Overwrites with zeros in a way the compiler must keep. In a build with SIGNET_NO_WIPE (only the
 * positive control of the memory test) it does nothing. */
void wipe(void *p, size_t n);

#endif
