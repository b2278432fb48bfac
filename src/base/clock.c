/* clock.c: time and its words. */
#include "base/clock.h"

#include <time.h>

#include "base/banned.h"

int64_t clock_now(void)
{
	return (int64_t)time(NULL);
}

int64_t clock_ms(void)
{
	struct timespec t;

	clock_gettime(CLOCK_MONOTONIC, &t);
	return (int64_t)t.tv_sec * 1000 + t.tv_nsec / 1000000;
}

static struct span format(struct arena *a, int64_t at, const char *form)
{
	time_t t = (time_t)at;
	struct tm tm;
	char text[64];
	size_t n;

	if (!gmtime_r(&t, &tm))
		return SPAN("");
	n = strftime(text, sizeof(text), form, &tm);
	return arena_span(a, span_of(text, n));
}

struct span clock_text(struct arena *a, int64_t at)
{
	return format(a, at, "%Y-%m-%d %H:%M UTC");
}

struct span clock_ago(struct arena *a, int64_t at, int64_t now)
{
	int64_t s = now - at;

	if (s < 60)
		return SPAN("just now");
	if (s < 3600)
		return arena_printf(a, "%d min ago", (int)(s / 60));
	if (s < 86400)
		return arena_printf(a, "%d h ago", (int)(s / 3600));
	if (s < 14 * 86400)
		return arena_printf(a, s < 2 * 86400 ? "%d day ago" : "%d days ago",
				    (int)(s / 86400));
	return format(a, at, "%Y-%m-%d");
}
