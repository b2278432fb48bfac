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

struct span clock_day(struct arena *a, int64_t at)
{
	return format(a, at, "%Y-%m-%d");
}

struct span clock_text_second(struct arena *a, int64_t at)
{
	return format(a, at, "%Y-%m-%d %H:%M:%S");
}

int clock_date(struct span text, int64_t *at)
{
	int64_t part[3];
	struct tm tm = {0};
	struct tm again;
	time_t t;

	if (text.n != 10 || text.p[4] != '-' || text.p[7] != '-' ||
	    span_i64(span_of(text.p, 4), &part[0]) != OK ||
	    span_i64(span_of(text.p + 5, 2), &part[1]) != OK ||
	    span_i64(span_of(text.p + 8, 2), &part[2]) != OK || part[0] < 1970)
		return E_INVALID;
	tm.tm_year = (int)part[0] - 1900;
	tm.tm_mon = (int)part[1] - 1;
	tm.tm_mday = (int)part[2];
	t = timegm(&tm);
	/* the 31st of February would be a day in March */
	if (!gmtime_r(&t, &again) || again.tm_mon != (int)part[1] - 1 ||
	    again.tm_mday != (int)part[2])
		return E_INVALID;
	*at = (int64_t)t;
	return OK;
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
	return clock_day(a, at);
}
