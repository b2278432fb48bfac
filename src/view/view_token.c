/* view_token.c: one's access tokens. */
#include "view/frame.h"

#include "base/clock.h"
#include "view/json.h"
#include "base/banned.h"

static void fill_row(struct arena *a, struct tpl *t, const struct access_token *k, int64_t now)
{
	tpl_set_i64(t, TPL_ID, k->id);
	tpl_set(t, TPL_NAME, k->name);
	tpl_set(t, TPL_TOKEN_SCOPES, token_scopes_text(a, k->scopes));
	tpl_set(t, TPL_CREATED_AT, clock_text(a, k->created_at));
	tpl_set(t, TPL_EXPIRES_AT, clock_text(a, k->expires_at));
	tpl_show(t, TPL_EXPIRED, k->expires_at <= now);
	if (k->seen_at) {
		struct tpl *seen = tpl_add(t, TPL_SEEN);

		tpl_set(seen, TPL_SEEN_AGO, clock_ago(a, k->seen_at, now));
		tpl_set(seen, TPL_SEEN_AT, clock_text(a, k->seen_at));
		tpl_set(seen, TPL_SEEN_ADDRESS, k->seen_address);
	} else {
		tpl_show(t, TPL_NEVER_SEEN, true);
	}
}

static void fill_form(struct tpl *body, const struct view_tokens *v)
{
	tpl_set_show(body, TPL_BANNER, v->error);
	tpl_set(body, TPL_TOKEN_NAME, v->name);
	tpl_set(body, TPL_DAYS, v->days);
	tpl_set_i64(body, TPL_DAYS_MOST, TOKEN_DAYS_MOST);
	tpl_show(body, TPL_SCOPE_READ, v->read);
	tpl_show(body, TPL_SCOPE_WRITE, v->write);
	tpl_show(body, TPL_SCOPE_WORKFLOW, v->workflow);
	tpl_set_show(body, TPL_NAME_ERROR, v->name_error);
	tpl_set_show(body, TPL_SCOPES_ERROR, v->scopes_error);
	tpl_set_show(body, TPL_DAYS_ERROR, v->days_error);
}

int view_tokens(struct buf *out, struct arena *a, const struct view_frame *f,
		const struct view_tokens *v)
{
	struct view_page p;
	struct tpl *made, *table;

	if (f->api)
		return json_tokens(out, v);
	p = view_page_open(a, f, TPL_FILE_TOKENS, true);
	if (v->made.n) {
		made = tpl_add(p.body, TPL_MADE);
		tpl_set(made, TPL_MADE_NAME, v->made_name);
		tpl_set(made, TPL_MADE_TOKEN, v->made);
	}
	fill_form(p.body, v);
	tpl_show(p.body, TPL_NO_TOKEN, v->n == 0);
	if (v->n) {
		table = tpl_add(p.body, TPL_TABLE);
		for (size_t i = 0; i < v->n; i++)
			fill_row(a, tpl_add(table, TPL_ROW), &v->list[i], v->now);
	}
	return view_page_render(&p, out);
}
