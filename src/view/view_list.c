/* view_list.c: a subscription's integrations, and the visitor's own. */
#include "view/frame.h"

#include "base/clock.h"
#include "view/binding.h"
#include "view/json.h"
#include "base/banned.h"

/* Why runners get no value, or soon will not. */
static void fill_flag(struct tpl *row, const struct view_row *r)
{
	static const char *const WORDS[BINDING_STATES] = {
		[BINDING_PAUSED] = "Disabled by its owner",
		[BINDING_OWNER_LEFT] = "Owner left",
		[BINDING_WITHDRAWN] = "Withdrawn",
		[BINDING_ERASED] = "Deleted by its owner",
	};
	struct tpl *flag;

	if (!r->bound || r->binding == BINDING_LIVE) {
		tpl_show(row, TPL_NOT_CHECKED, true);
		return;
	}
	flag = tpl_add(row, TPL_FLAGGED);
	tpl_set(flag, TPL_FLAG, span_str(WORDS[r->binding]));
	tpl_show(flag, r->binding < BINDING_WITHDRAWN ? TPL_FLAG_WARN : TPL_FLAG_BAD, true);
	tpl_show(flag, TPL_MAY_REBIND, r->may_rebind);
}

static void fill_owner(struct arena *a, struct tpl *row, const struct view_row *r)
{
	struct tpl *personal;

	tpl_show(row, TPL_ORG, !r->bound);
	if (!r->bound)
		return;
	personal = tpl_add(row, TPL_PERSONAL);
	tpl_set(personal, TPL_OWNER, r->owner);
	if (r->may_rebind && r->binding != BINDING_LIVE)
		tpl_set_show(personal, TPL_OWNER_ID, view_number(a, r->owner_id));
	else
		tpl_show(personal, TPL_OWNER_STAYS, true);
}

static struct span places_text(struct arena *a, int64_t n)
{
	return arena_printf(a, "%lld place%s", (long long)n, n == 1 ? "" : "s");
}

/* "3 places", "unused since 2026-11-22" */
static struct span uses_text(struct arena *a, const struct view_row *r)
{
	if (r->uses == USES_UNKNOWN)
		return SPAN("—");
	if (r->uses)
		return places_text(a, r->uses);
	return r->used_at ? arena_printf(a, "unused since %s", clock_day(a, r->used_at).p)
			  : SPAN("unused");
}

static void fill_row(struct arena *a, struct tpl *t, const struct view_row *r)
{
	tpl_set_i64(t, TPL_ID, r->id);
	tpl_set(t, TPL_ICON, r->icon);
	tpl_set(t, TPL_NAME, r->name);
	tpl_set(t, TPL_TYPE, r->type_label);
	tpl_set_show(t, TPL_CHANGED, r->changed);
	tpl_set(t, TPL_URL,
		r->bound ? SPAN("visible to its owner") : r->url.n ? r->url : SPAN("—"));
	fill_owner(a, t, r);
	fill_flag(t, r);
	tpl_set(t, TPL_USES, uses_text(a, r));
	tpl_show(t, r->uses > 0 && r->may_edit ? TPL_USES_LINK : TPL_USES_TEXT, true);
	tpl_set(t, TPL_PROJECTS, r->projects);
	tpl_show(t, TPL_MAY_EDIT, r->may_edit);
	tpl_show(t, TPL_IS_DISABLED, r->disabled);
}

/* "1 subscription, 2 names, 5 places" */
static struct span used_text(struct arena *a, const struct view_row *r)
{
	return arena_printf(a, "%lld subscription%s, %lld name%s, %s", (long long)r->subscriptions,
			    r->subscriptions == 1 ? "" : "s", (long long)r->handles,
			    r->handles == 1 ? "" : "s",
			    r->uses ? places_text(a, r->uses).p : "no place");
}

static void fill_own_row(struct arena *a, struct tpl *t, const struct view_row *r, int64_t now)
{
	tpl_set_i64(t, TPL_ID, r->id);
	tpl_set(t, TPL_ICON, r->icon);
	tpl_set(t, TPL_NAME, r->name);
	tpl_set(t, TPL_TYPE, r->type_label);
	tpl_set(t, TPL_URL, r->url.n ? r->url : SPAN("—"));
	if (r->handles)
		tpl_set_show(t, TPL_USED, used_text(a, r));
	tpl_show(t, TPL_NOT_USED, r->handles == 0);
	tpl_set(t, TPL_CHANGED_AT, clock_text(a, r->changed_at));
	tpl_set(t, TPL_CHANGED, clock_ago(a, r->changed_at, now));
	tpl_show(t, r->disabled ? TPL_IS_DISABLED : TPL_IS_ENABLED, true);
}

static void fill_filter(struct tpl *table, const struct view_list *v)
{
	for (size_t i = 0; v->types && i < v->types->n; i++) {
		const struct type *type = &v->types->list[i];
		struct tpl *option = tpl_add(table, TPL_TYPE_OPTION);

		tpl_set(option, TPL_TYPE_NAME, type->name);
		tpl_set(option, TPL_TYPE_LABEL, type->label);
		tpl_show(option, TPL_CHOSEN, span_eq(type->name, v->type));
	}
	tpl_show(table, TPL_STATE_ENABLED, span_is(v->state, "enabled"));
	tpl_show(table, TPL_STATE_DISABLED, span_is(v->state, "disabled"));
	tpl_show(table, TPL_STATE_LEFT, span_is(v->state, "left"));
	tpl_show(table, TPL_STATE_WITHDRAWN, span_is(v->state, "withdrawn"));
	tpl_show(table, TPL_OWNER_ORG, span_is(v->owner, "org"));
	tpl_show(table, TPL_OWNER_PERSONAL, span_is(v->owner, "personal"));
	tpl_show(table, TPL_OWNER_MINE, span_is(v->owner, "mine"));
	tpl_show(table, TPL_USE_SOME, span_is(v->use, "used"));
	tpl_show(table, TPL_USE_NONE, span_is(v->use, "unused"));
	tpl_set(table, TPL_SINCE, v->since);
	tpl_show(table, TPL_SORT_TYPE, span_is(v->sort, "type"));
	tpl_show(table, TPL_SORT_CHANGED, span_is(v->sort, "changed"));
}

static void fill_foot(struct tpl *table, const struct view_list *v)
{
	struct tpl *foot = tpl_add(table, TPL_FOOT), *pages;

	tpl_set_i64(foot, TPL_SHOWN, (int64_t)v->nrows);
	tpl_set_i64(foot, TPL_MATCHES, v->matches);
	tpl_show(foot, v->filtered ? TPL_SOME : TPL_ALL, true);
	tpl_show(foot, TPL_PLURAL, v->total != 1);
	if (v->first && !v->next.n)
		return;
	pages = tpl_add(foot, TPL_PAGES);
	tpl_show(pages, TPL_FIRST_PAGE, !v->first);
	tpl_set_show(pages, TPL_BEFORE, v->previous);
	tpl_set_show(pages, TPL_AFTER, v->next);
}

/* What stays in an address from page to page. */
static void fill_query(struct tpl *table, const struct view_list *v)
{
	tpl_set_show(table, TPL_BY_SEARCH, v->search);
	tpl_set_show(table, TPL_BY_TYPE, v->type);
	tpl_set_show(table, TPL_BY_OWNER, v->owner);
	tpl_set_show(table, TPL_BY_STATE, v->state);
	tpl_set_show(table, TPL_BY_USE, v->use);
	tpl_set_show(table, TPL_BY_SINCE, v->since);
	tpl_set_show(table, TPL_BY_SORT, v->sort);
}

static void fill_rows(struct arena *a, struct tpl *table, const struct view_frame *f,
		      const struct view_list *v)
{
	struct tpl *rows = tpl_add(table, f->own ? TPL_OWN_ROWS : TPL_ROWS);

	for (size_t i = 0; i < v->nrows; i++) {
		if (f->own)
			fill_own_row(a, tpl_add(rows, TPL_OWN_ROW), &v->rows[i], v->now);
		else
			fill_row(a, tpl_add(rows, TPL_ROW), &v->rows[i]);
	}
}

static void fill_table(struct arena *a, struct tpl *body, const struct view_frame *f,
		       const struct view_list *v)
{
	struct tpl *table = tpl_add(body, TPL_TABLE);

	tpl_set(table, TPL_LIST_HREF, view_integrations_href(a, f, ""));
	fill_query(table, v);
	fill_filter(table, v);
	tpl_show(table, f->own ? TPL_NO_OWNER_FILTER : TPL_OWNER_FILTER, true);
	tpl_set_i64(table, TPL_TOTAL, v->total);
	if (v->nrows == 0) {
		tpl_show(tpl_add(table, TPL_NO_MATCH), v->first ? TPL_NO_MATCH_AT_ALL : TPL_NO_MORE,
			 true);
		return;
	}
	fill_rows(a, table, f, v);
	fill_foot(table, v);
}

int view_list_body(struct buf *out, struct arena *a, const struct view_frame *f,
		   const struct view_list *v)
{
	struct tpl *body;

	if (f->api)
		return f->own ? json_own_list(out, f, v) : json_list(out, f, v);
	body = tpl_new(a);
	if (f->scope)
		tpl_set(body, TPL_SLUG, f->scope->slug);
	view_leavers(a, body, f, v->leavers, v->nleavers);
	if (v->total)
		fill_table(a, body, f, v);
	else
		tpl_show(tpl_add(body, TPL_EMPTY),
			 f->own		 ? TPL_EMPTY_OWN
			 : v->may_add	 ? TPL_EMPTY_ADD
			 : v->no_project ? TPL_EMPTY_NAMED
					 : TPL_EMPTY_WAIT,
			 true);
	return tpl_render(body, TPL_FILE_LIST, out);
}

struct span view_list_head_key(struct arena *a, const struct view_frame *f, bool may_add)
{
	struct buf key = BUF_INIT;
	struct span made;

	buf_puts(&key, may_add ? " list add " : " list ");
	view_frame_key(&key, f);
	made = arena_span(a, buf_span(&key));
	buf_release(&key);
	return made;
}

int view_list_head(struct buf *out, struct arena *a, const struct view_frame *f, bool may_add)
{
	struct view_page p = view_page_apart(a, f);

	if (may_add)
		view_page_action(&p, TPL_ACTION_ADD, view_integrations_href(a, f, "/new"));
	if (!f->own)
		view_page_gear(a, &p, f);
	tpl_show(p.frame, TPL_SCRIPTS, true);
	return view_page_render(&p, out);
}

int view_list_foot(struct buf *out, struct arena *a)
{
	return view_page_foot(a, out);
}
