/* clock.h: time, in UTC. */
#ifndef BASE_CLOCK_H
#define BASE_CLOCK_H

#include <stdint.h>

#include "base/arena.h"

/* Seconds since the epoch, UTC. */
int64_t clock_now(void);
/* Milliseconds of a clock that never goes back; only differences mean something. */
int64_t clock_ms(void);
/* "2026-11-22 14:05 UTC", in the arena. */
struct span clock_text(struct arena *a, int64_t at);
/* "2026-11-22", UTC, in the arena. */
struct span clock_day(struct arena *a, int64_t at);
/* "2026-11-22 14:05:09", UTC, in the arena. */
struct span clock_text_second(struct arena *a, int64_t at);
/* The first second, UTC, of a day written as 2026-11-22. E_INVALID: no such day, or before 1970. */
int clock_date(struct span text, int64_t *at) WARN_UNUSED;
/* How long ago, in words: "just now", "4 min ago", "3 h ago", "2 days ago", else the date. */
struct span clock_ago(struct arena *a, int64_t at, int64_t now);

#endif
