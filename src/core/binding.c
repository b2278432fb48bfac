/* binding.c: how a bound integration stands, and which projects may use it. */
#include "core/binding.h"

#include "base/clock.h"

#include <string.h>

#include "core/name.h"
#include "base/buf.h"
#include "base/banned.h"

enum { DAY = 24 * 3600 };

static bool read_id(struct span s, int64_t *out)
{
	int64_t id = 0;

	if (s.n == 0 || s.n > 18 || s.p[0] == '0')
		return false;
	for (size_t k = 0; k < s.n; k++) {
		if (s.p[k] < '0' || s.p[k] > '9')
			return false;
		id = id * 10 + (s.p[k] - '0');
	}
	*out = id;
	return true;
}

int project_set_read(struct arena *a, struct span text, struct project_set *out)
{
	int64_t *ids, last = 0;
	struct span word;
	size_t n = 0;

	*out = (struct project_set){0};
	if (text.n == 0)
		return OK;
	for (size_t k = 0; k < text.n; k++)
		n += text.p[k] == ',';
	if (n >= SCOPE_PROJECTS_MAX)
		return E_TOO_BIG;
	ids = ARENA_ARRAY(a, int64_t, n + 1);
	for (n = 0; span_cut(&text, ',', &word); last = ids[n++])
		if (!read_id(word, &ids[n]) || ids[n] <= last)
			return E_CORRUPT;
	*out = (struct project_set){.ids = ids, .n = n};
	return OK;
}

struct span project_set_text(struct arena *a, const struct project_set *set)
{
	struct buf out = BUF_INIT;
	struct span text;

	for (size_t k = 0; k < set->n; k++)
		buf_printf(&out, "%s%lld", k ? "," : "", (long long)set->ids[k]);
	text = arena_span(a, buf_span(&out));
	buf_release(&out);
	return text;
}

bool project_set_has(const struct project_set *set, int64_t project_id)
{
	for (size_t k = 0; !set->all && k < set->n; k++)
		if (set->ids[k] == project_id)
			return true;
	return set->all;
}

struct project_set project_set_both(struct arena *a, const struct project_set *x,
				    const struct project_set *y)
{
	const struct project_set *list = x->all ? y : x, *other = x->all ? x : y;
	struct project_set both = {0};
	int64_t *ids;

	if (list->all)
		return *list;
	both.ids = ids = ARENA_ARRAY(a, int64_t, list->n + 1);
	for (size_t k = 0; k < list->n; k++)
		if (project_set_has(other, list->ids[k]))
			ids[both.n++] = list->ids[k];
	return both;
}

enum binding_state binding_state(const struct binding_facts *f)
{
	if (!f->there)
		return BINDING_ERASED;
	if (!f->granted)
		return BINDING_WITHDRAWN;
	if (!f->owner_here)
		return BINDING_OWNER_LEFT;
	return f->enabled ? BINDING_LIVE : BINDING_PAUSED;
}

struct span binding_state_text(enum binding_state s)
{
	static const char *const TEXTS[BINDING_STATES] = {
		[BINDING_LIVE] = "",
		[BINDING_PAUSED] = "disabled by its owner",
		[BINDING_OWNER_LEFT] = "owner left",
		[BINDING_WITHDRAWN] = "withdrawn",
		[BINDING_ERASED] = "deleted by its owner",
	};

	return span_str(TEXTS[s]);
}

int64_t binding_grace_end(int64_t left_at, int64_t grace_days)
{
	if (grace_days > BINDING_GRACE_MOST)
		grace_days = BINDING_GRACE_MOST;
	return grace_days < 0 ? left_at : left_at + grace_days * DAY;
}

bool binding_in_grace(int64_t left_at, int64_t grace_days, int64_t now)
{
	return left_at <= now && now < binding_grace_end(left_at, grace_days);
}

static struct span grace_text(struct arena *a, int64_t left_at, int64_t grace_days, int64_t now)
{
	struct span end = clock_text(a, binding_grace_end(left_at, grace_days));
	const char *s = grace_days == 1 ? "" : "s";

	if (grace_days <= 0)
		return SPAN("Runners get no value since its owner left: this subscription gives no "
			    "days of grace.");
	if (binding_in_grace(left_at, grace_days, now))
		return arena_printf(a,
				    "Runners still get its values until %.*s, %lld day%s after its "
				    "owner left, and none from then on.",
				    SPAN_ARG(end), (long long)grace_days, s);
	return arena_printf(a,
			    "Runners get no value: the %lld day%s of grace since its owner left "
			    "were over on %.*s.",
			    (long long)grace_days, s, SPAN_ARG(end));
}

struct span binding_runners_text(struct arena *a, enum binding_state s, bool paused,
				 int64_t left_at, int64_t grace_days, int64_t now)
{
	switch (s) {
	case BINDING_OWNER_LEFT:
		if (!paused)
			return grace_text(a, left_at, grace_days, now);
		return SPAN("Runners get no value: its owner disabled it.");
	case BINDING_PAUSED:
		return SPAN("Runners get no value while its owner has it disabled.");
	case BINDING_WITHDRAWN:
		return SPAN("Runners get no value: its owner withdrew the consent.");
	case BINDING_ERASED:
		return SPAN("Runners get no value: its owner deleted it, with all values.");
	case BINDING_LIVE:
	case BINDING_STATES:
		break;
	}
	return SPAN("");
}

/* The first `most` characters of it. */
static struct span front(struct span s, size_t most)
{
	size_t k = 0;

	for (size_t characters = 0; k < s.n; k++)
		if (((unsigned char)s.p[k] & 0xC0) != 0x80 && characters++ == most)
			break;
	while (k > 0 && s.p[k - 1] == ' ')
		k--; /* no space at an end */
	return span_of(s.p, k);
}

struct span binding_free_name(struct arena *a, struct span name,
			      bool (*taken)(void *arg, struct span name), void *arg)
{
	for (int n = 2;; n++) {
		struct span tail = arena_printf(a, "-%d", n);
		struct span stem = front(name, NAME_CHARS_MAX - tail.n);
		struct span free = arena_printf(a, "%.*s%.*s", SPAN_ARG(stem), SPAN_ARG(tail));

		if (!taken(arg, free))
			return free;
	}
}
