/* bind.c: using one's own integration in a subscription: choose it, name it, say for which
 * projects. */
#include "page/bind.h"

#include "base/buf.h"
#include "page/bind_typed.h"
#include "page/frame.h"
#include "page/scope_form.h"
#include "page/scope_place.h"
#include "store/subscription.h"
#include "base/banned.h"

struct bind {
	struct req *r;
	struct scope_candidate *list; /* those of approved types */
	size_t n;
	const struct scope_candidate *chosen;
	struct bind_typed typed;
	struct view_bind v;
};

static const struct type *type_of(const struct req *r, const struct scope_candidate *c)
{
	return type_find(app_of(r)->types, c->type);
}

static int open_bind(struct bind *b, struct req *r, int64_t chosen)
{
	size_t n;

	*b = (struct bind){.r = r};
	TRY(store_scope_candidates(app_of(r)->db, r->arena, scope_of(r), &b->list, &n));
	b->v.none = n == 0;
	b->v.more = n == BINDING_ROWS_MAX;
	for (size_t k = 0; k < n; k++)
		if (type_of(r, &b->list[k]))
			b->list[b->n++] = b->list[k];
	for (size_t k = 0; k < b->n; k++)
		if (b->list[k].id == chosen)
			b->chosen = &b->list[k];
	b->typed.slug = scope_of(r)->slug;
	b->typed.name = SPAN("");
	return OK;
}

static struct view_bind_card card_of(const struct req *r, const struct scope_candidate *c)
{
	const struct type *type = type_of(r, c);

	return (struct view_bind_card){
		.id = c->id,
		.name = c->name,
		.type_label = type->label,
		.icon = type->icon,
		.disabled = !c->enabled,
		.here = c->here,
		.elsewhere = c->elsewhere,
	};
}

/* A search among one's own looks at their names, too. */
static bool fits(const struct req *r, const struct scope_candidate *c, struct span q)
{
	struct type searched = *type_of(r, c);

	searched.help = c->name;
	return type_fits(&searched, q);
}

static void fill_cards(struct bind *b)
{
	b->v.q = span_trim(req_query(b->r, "q"));
	b->v.cards = ARENA_ARRAY(b->r->arena, struct view_bind_card, b->n + 1);
	for (size_t k = 0; k < b->n; k++)
		if (fits(b->r, &b->list[k], b->v.q))
			b->v.cards[b->v.n++] = card_of(b->r, &b->list[k]);
}

static int show(struct bind *b, struct res *s, int status)
{
	struct req *r = b->r;
	struct view_frame f = frame_for(r, s, SPAN("Add an integration"));

	frame_crumbs_integrations(r, &f, true);
	if (!b->v.error.p)
		b->v.error = frame_message(r, "");
	TRY(bind_typed_text(r->arena, &b->typed, &b->v.typed));
	s->status = status;
	return view_bind(s->body, r->arena, &f, &b->v);
}

static int show_cards(struct bind *b, struct res *s, int status)
{
	fill_cards(b);
	return show(b, s, status);
}

/* What another consent would bring back. */
static struct span names_of(struct arena *a, const struct view_scope_place *p)
{
	struct buf out = BUF_INIT;
	struct span text;

	for (size_t k = 0; k < p->nhandles; k++) {
		buf_puts(&out, k ? ", " : "");
		buf_put(&out, p->handles[k].name);
	}
	text = arena_span(a, buf_span(&out));
	buf_release(&out);
	return text;
}

static int show_form(struct bind *b, struct res *s, int status, const struct scope_form *form)
{
	struct view_bind_card *card = ARENA_NEW(b->r->arena, struct view_bind_card);
	struct view_scope_place place;
	struct req *r = b->r;

	TRY(scope_place_read(r, b->chosen->id, scope_of(r)->subscription_id, &place));
	TRY(store_subscription_grace(app_of(r)->db, r->arena, scope_of(r), &b->v.grace_days));
	*card = card_of(r, b->chosen);
	b->v.chosen = card;
	b->v.as = form->as;
	b->v.as.error = frame_message(r, "name");
	b->v.consent = form->consent;
	b->v.consent.error = frame_message(r, "scope");
	if (!b->v.consent.error.p)
		b->v.consent.error = frame_message(r, "project");
	b->v.kept = place.state == SCOPE_LIVE;
	b->v.all = place.all;
	b->v.names = place.names;
	b->v.hidden = place.hidden;
	b->v.was = place.entry;
	if (place.state == SCOPE_WITHDRAWN)
		b->v.revives = names_of(r->arena, &place);
	return show(b, s, status);
}

static int open_form(struct bind *b, struct scope_form *form)
{
	TRY(scope_form_open(form, b->r, scope_of(b->r), b->chosen->id, b->chosen->name));
	form->asks_name = true;
	return OK;
}

/* The form as it was left, beside another integration perhaps. */
static void bring_back(struct scope_form *form, const struct bind_typed *t)
{
	const struct project_set set = {.all = t->all, .ids = t->ids, .n = t->n};

	if (t->name.n)
		form->as.name = t->name;
	scope_form_first(form);
	if (!t->chose || form->row.state == SCOPE_LIVE)
		return;
	form->consent.all = t->all;
	for (size_t k = 0; k < form->consent.nprojects; k++)
		form->consent.projects[k].chosen =
			!t->all && project_set_has(&set, form->consent.projects[k].id);
}

static int64_t number_of(struct span text)
{
	int64_t n;

	return span_i64(text, &n) == OK ? n : 0;
}

int page_bind(struct req *r, struct res *s)
{
	struct scope_form form;
	struct bind_typed t;
	struct bind b;

	TRY(open_bind(&b, r, number_of(req_query(r, "use"))));
	if (bind_typed_read(r->arena, req_query(r, "typed"), &t) == OK &&
	    span_eq(t.slug, b.typed.slug))
		b.typed = t;
	if (!b.chosen)
		return show_cards(&b, s, 200);
	TRY(open_form(&b, &form));
	bring_back(&form, &b.typed);
	return show_form(&b, s, 200, &form);
}

/* What was typed, to be shown again on another page. */
static void note_typed(struct bind *b, const struct scope_form *form)
{
	int64_t *ids = ARENA_ARRAY(b->r->arena, int64_t, form->consent.nprojects + 1);
	size_t n = 0;

	for (size_t k = 0; k < form->consent.nprojects; k++)
		if (form->consent.projects[k].chosen) {
			size_t at = n++;

			for (; at && ids[at - 1] > form->consent.projects[k].id; at--)
				ids[at] = ids[at - 1];
			ids[at] = form->consent.projects[k].id;
		}
	b->typed.name = span_eq(form->as.name, b->chosen->name) ? SPAN("") : form->as.name;
	b->typed.chose = !form->keep;
	b->typed.all = form->consent.all;
	b->typed.ids = ids;
	b->typed.n = n;
}

/* To the other page, and what was typed comes along. What is wrong with it is said later. */
static int leave(struct bind *b, struct res *s, struct scope_form *form, struct span go)
{
	struct req *r = b->r;
	struct span word, to;

	note_typed(b, form);
	if (bind_typed_text(r->arena, &b->typed, &word) != OK) {
		r->form = form_new(r->arena, r->route->form);
		form_fail(r->form, SPAN(""),
			  "So many single projects don't fit into an address. Choose the "
			  "integration first, then the projects.");
		b->typed.chose = false;
		return show_form(b, s, 422, form);
	}
	to = span_is(go, "create")
		     ? arena_printf(r->arena, "/integrations/new?back=%.*s", SPAN_ARG(word))
		     : arena_printf(r->arena, "/s/%.*s/integrations/new?tab=own&typed=%.*s",
				    SPAN_ARG(b->typed.slug), SPAN_ARG(word));
	res_redirect(s, 303, to);
	return OK;
}

static int no_such(struct bind *b, struct res *s)
{
	form_fail(b->r->form, SPAN("account_integration"),
		  "Choose one of your account integrations, of an approved type.");
	b->v.error = form_message(b->r->form, SPAN("account_integration"));
	return show_cards(b, s, 422);
}

/* Programs are told what a bound integration does not take. */
static void refuse_values(struct req *r, const struct scope_candidate *c)
{
	static const char *const OWN[] = {"url_key", "value.",  "secret.", "pair_key.",
					  "kept.", "remove.", "role_"};
	struct span type = form_text(r->form, "type");

	if (type.n && !span_eq(type, c->type))
		form_fail(r->form, SPAN("type"), "The account integration is of another type.");
	for (size_t k = 0; k < r->form->nvalues; k++)
		for (size_t m = 0; m < COUNT(OWN); m++)
			if (span_starts(r->form->values[k].name, span_str(OWN[m])))
				form_fail(r->form, r->form->values[k].name,
					  "A bound integration has none of its own: leave it out.");
}

int page_bind_create(struct req *r, struct res *s)
{
	struct span go = form_text(r->form, "go");
	struct scope_form form;
	int64_t handle = 0;
	struct bind b;
	int rc;

	TRY(open_bind(&b, r, form_id(r->form, "account_integration")));
	if (!b.chosen)
		return no_such(&b, s);
	refuse_values(r, b.chosen);
	TRY(open_form(&b, &form));
	TRY(scope_form_read(&form));
	if (go.n && !r->api)
		return leave(&b, s, &form, go);
	rc = r->form->errors ? E_INVALID : scope_form_grant(&form, &handle);
	if (rc == E_INVALID)
		return show_form(&b, s, 422, &form);
	if (rc == E_CONFLICT) {
		scope_form_first(&form);
		return show_form(&b, s, 409, &form);
	}
	TRY(rc);
	frame_say(r, s, SAID_SCOPE_GRANTED,
		  arena_printf(r->arena, "/s/%.*s/integrations/%lld", SPAN_ARG(b.typed.slug),
			       (long long)handle));
	return OK;
}
