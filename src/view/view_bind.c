/* view_bind.c: "Use an account integration", the second tab of + Add. */
#include "view/scope_parts.h"

#include "view/binding_parts.h"
#include "base/banned.h"

/* "used here as one name, elsewhere as 2" is what counts for whoever chooses. */
static struct span uses_text(struct arena *a, const struct view_bind_card *c)
{
	if (c->here + c->elsewhere == 0)
		return SPAN("Not used yet");
	if (c->here == 0)
		return arena_printf(a, "Used elsewhere under %lld name%s", (long long)c->elsewhere,
				    c->elsewhere == 1 ? "" : "s");
	if (c->elsewhere == 0)
		return arena_printf(a, "Used here under %lld name%s", (long long)c->here,
				    c->here == 1 ? "" : "s");
	return arena_printf(a, "Used under %lld name%s here, and %lld elsewhere",
			    (long long)c->here, c->here == 1 ? "" : "s", (long long)c->elsewhere);
}

static void fill_card(struct arena *a, struct tpl *t, const struct view_bind_card *c)
{
	tpl_set_i64(t, TPL_CARD_ID, c->id);
	tpl_set(t, TPL_CARD_NAME, c->name);
	tpl_set(t, TPL_CARD_TYPE, c->type_label);
	tpl_set(t, TPL_CARD_ICON, c->icon);
	tpl_set(t, TPL_CARD_USES, uses_text(a, c));
	tpl_show(t, TPL_CARD_DISABLED, c->disabled);
}

void view_add_tabs(struct tpl *body, const struct view_frame *f, bool own)
{
	struct tpl *t = tpl_include(body, TPL_TABS, TPL_FILE_ADD_TABS);

	tpl_set(t, TPL_SLUG, f->scope ? f->scope->slug : SPAN(""));
	tpl_show(t, own ? TPL_TAB_OWN : TPL_TAB_CREATE, true);
}

static int choose(struct buf *out, struct arena *a, const struct view_frame *f,
		  const struct view_bind *v)
{
	struct view_page p = view_page_open(a, f, TPL_FILE_BIND_CHOOSE, true);
	struct tpl *t;

	tpl_show(p.frame, TPL_SCRIPTS, true);
	view_add_tabs(p.body, f, true);
	tpl_set(p.body, TPL_TYPED, v->typed);
	tpl_set_show(p.body, TPL_BANNER, v->error);
	if (v->none) {
		tpl_show(p.body, TPL_NOTHING, true);
		return view_page_render(&p, out);
	}
	t = tpl_add(p.body, TPL_CHOOSE);
	tpl_set(t, TPL_Q, v->q);
	tpl_show(t, TPL_SEARCHED, v->q.n > 0);
	tpl_set_i64(t, TPL_SHOWN, (int64_t)v->n);
	tpl_show(t, v->n == 0 ? TPL_NO_CARD : v->n == 1 ? TPL_ONE_CARD : TPL_MANY_CARDS, true);
	tpl_show(t, TPL_SOME_CARD, v->n > 0);
	tpl_show(t, TPL_MORE, v->more);
	for (size_t k = 0; k < v->n; k++)
		fill_card(a, tpl_add(t, TPL_CARD), &v->cards[k]);
	return view_page_render(&p, out);
}

static void fill_scope(struct arena *a, struct tpl *body, const struct view_frame *f,
		       const struct view_bind *v)
{
	struct tpl *t = tpl_add(body, v->kept ? TPL_KEPT_SCOPE : TPL_ASKED_SCOPE);

	if (v->kept) {
		tpl_set(t, TPL_PROJECTS, view_scope_projects(a, v->all, v->names, v->hidden));
		tpl_set_i64(t, TPL_PLACE_ID, f->scope ? f->scope->subscription_id : 0);
		return;
	}
	view_consent(t, f, SPAN("projects"), SPAN("Projects that may use it"), &v->consent);
	tpl_set_show(t, TPL_REVIVES, v->revives);
}

int view_bind(struct buf *out, struct arena *a, const struct view_frame *f,
	      const struct view_bind *v)
{
	struct span sub = f->scope ? f->scope->name : SPAN("");
	struct view_page p;

	if (f->api)
		return OK;
	if (!v->chosen)
		return choose(out, a, f, v);
	p = view_page_open(a, f, TPL_FILE_BIND, true);
	view_add_tabs(p.body, f, true);
	tpl_set_show(p.body, TPL_BANNER, v->error);
	tpl_set(p.body, TPL_SUB_NAME, sub);
	tpl_set_i64(p.body, TPL_WAS, v->was);
	fill_card(a, p.body, v->chosen);
	view_scope_name(p.body, sub, &v->as);
	fill_scope(a, p.body, f, v);
	view_scope_means(a, p.body, sub, v->grace_days);
	return view_page_render(&p, out);
}
