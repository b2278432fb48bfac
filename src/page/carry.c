/* carry.c: forms that wait. */
#include "page/carry.h"

#include "http/pct.h"
#include "base/banned.h"

enum { ADDRESS_MOST = 2000 };

/* Of the pages that ask for the password. */
static bool is_own(struct span name)
{
	return span_is(name, "csrf") || span_is(name, FORM_CONFIRM_TO) ||
	       span_is(name, FORM_CONFIRM_PASSWORD) || span_is(name, "confirm_next");
}

/* A path with what does not stand in one as it is, so that it reads back as the same. */
static struct span address_of(const struct req *r)
{
	struct span path = pct_encode(r->arena, r->path);

	if (!r->query.n || path.n + r->query.n >= ADDRESS_MOST)
		return path;
	return arena_printf(r->arena, "%.*s?%.*s", SPAN_ARG(path), SPAN_ARG(r->query));
}

void carry_add(struct carry *c, struct span name, struct span value)
{
	ASSERT(c->nfields < c->room);
	c->fields[c->nfields++] = (struct view_kept){name, value};
}

void carry_lose(struct carry *c, struct span label)
{
	for (size_t k = 0; k < c->nlost; k++)
		if (span_eq(c->lost[k], label))
			return;
	ASSERT(c->nlost < c->room);
	c->lost[c->nlost++] = label;
}

struct carry carry_form(struct req *r, size_t more)
{
	const struct form *f = r->form;
	struct carry c = {.to = address_of(r), .room = (f ? f->nvalues : 0) + more + 1};

	c.fields = ARENA_ARRAY(r->arena, struct view_kept, c.room);
	c.lost = ARENA_ARRAY(r->arena, struct span, c.room);
	for (size_t i = 0; f && i < f->nvalues; i++) {
		const struct form_value *v = &f->values[i];
		bool secret = v->field->kind == FORM_SECRET || v->field->kind == FORM_FILE;

		if (is_own(v->name))
			continue;
		if (!secret)
			carry_add(&c, v->name, v->value);
		else if (v->nsecret)
			carry_lose(&c, span_str(v->field->label));
	}
	return c;
}

/* Letters, digits and "*-._" stay; a blank is '+'; a line end is sent as two, all else as "%41". */
static size_t encoded(struct span s)
{
	size_t n = 0;

	for (size_t i = 0; i < s.n; i++) {
		char ch = s.p[i];
		bool plain = (ch >= '0' && ch <= '9') || ((ch | 32) >= 'a' && (ch | 32) <= 'z') ||
			     (ch && strchr("*-._ ", ch));
		n += plain ? 1 : ch == '\n' ? 6 : 3;
	}
	return n;
}

size_t carry_bytes(const struct carry *c)
{
	size_t n = 0;

	for (size_t i = 0; i < c->nfields; i++)
		n += encoded(c->fields[i].name) + encoded(c->fields[i].value) + 2;
	return n;
}
