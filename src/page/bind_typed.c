/* bind_typed.c: run of slug | run of name | 0 nothing, 1 all, 2 these: steps between ids, each as
 * groups of seven bits, the lowest first, all but the last with the eighth bit set. */
#include "page/bind_typed.h"

#include "base/buf.h"
#include "base/wire.h"
#include "core/binding.h"
#include "core/name.h"
#include "seal/hash.h"
#include "base/banned.h"

enum { NAME_MOST = 320, ROOM = BIND_TYPED_MOST / 4 * 3, SEVEN = 0x7F, MORE = 0x80 };

static void put_step(struct wire_out *w, uint64_t step)
{
	for (; step > SEVEN; step >>= 7)
		wire_put_byte(w, (unsigned)(step & SEVEN) | MORE);
	wire_put_byte(w, (unsigned)step);
}

int bind_typed_text(struct arena *a, const struct bind_typed *t, struct span *out)
{
	char *bytes = arena_alloc(a, ROOM);
	struct wire_out w = wire_into(bytes, ROOM);

	wire_put_run(&w, t->slug, NAME_SLUG_MAX);
	wire_put_run(&w, t->name, NAME_MOST);
	wire_put_byte(&w, !t->chose ? 0 : t->all ? 1 : 2);
	for (size_t k = 0; t->chose && !t->all && k < t->n; k++)
		put_step(&w, (uint64_t)(t->ids[k] - (k ? t->ids[k - 1] : 0)));
	TRY(w.err);
	*out = base64_text(a, span_of(bytes, w.n));
	return OK;
}

static uint64_t get_step(struct wire_in *r)
{
	uint64_t step = 0;
	unsigned byte = MORE;

	for (unsigned shift = 0; byte & MORE && shift < 56; shift += 7) {
		byte = wire_get_byte(r);
		step |= (uint64_t)(byte & SEVEN) << shift;
	}
	if (byte & MORE)
		r->err = E_CORRUPT;
	return step;
}

static int read_ids(struct arena *a, struct wire_in *r, struct bind_typed *t)
{
	int64_t *ids = ARENA_ARRAY(a, int64_t, SCOPE_PROJECTS_MAX + 1), last = 0;

	while (r->left && r->err == OK && t->n < SCOPE_PROJECTS_MAX) {
		uint64_t step = get_step(r);

		if (step == 0 || step > (uint64_t)(INT64_MAX - last))
			return E_INVALID;
		ids[t->n++] = last += (int64_t)step;
	}
	t->ids = ids;
	return OK;
}

int bind_typed_read(struct arena *a, struct span text, struct bind_typed *t)
{
	struct wire_in r;
	struct span bytes;
	unsigned kind;

	*t = (struct bind_typed){0};
	if (text.n == 0 || text.n > BIND_TYPED_MOST ||
	    base64_read(a, text, BIND_TYPED_MOST, &bytes) != OK)
		return E_INVALID;
	r = wire_from(bytes);
	t->slug = wire_get_run(&r, NAME_SLUG_MAX);
	t->name = wire_get_run(&r, NAME_MOST);
	kind = wire_get_byte(&r);
	t->chose = kind > 0;
	t->all = kind == 1;
	if (kind == 2)
		TRY(read_ids(a, &r, t));
	if (wire_end(&r) != OK || kind > 2 || name_slug_fault(a, t->slug).p ||
	    !span_is_utf8(t->name) || span_has_control(t->name, false, &kind, &(size_t){0}))
		return E_INVALID;
	return OK;
}

struct span bind_typed_path(struct arena *a, struct span text, int64_t integration_id)
{
	struct bind_typed t;

	if (bind_typed_read(a, text, &t) != OK)
		return SPAN_NONE;
	return arena_printf(a, "/s/%.*s/integrations/new?tab=own&use=%lld&typed=%.*s",
			    SPAN_ARG(t.slug), (long long)integration_id, SPAN_ARG(text));
}
