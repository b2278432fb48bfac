/* view_sync_token.c: a project's sync tokens. */
#include "view/sync_token.h"

#include "base/clock.h"
#include "view/frame.h"
#include "view/json.h"
#include "base/banned.h"

static json_t *token_of(const struct sync_token *t)
{
	return json_pack("{sI so so so sb so so so}", "id", (json_int_t)t->id, "name",
			 json_text(t->name), "created_at", json_time(t->created_at), "created_by",
			 json_text(t->created_by), "maker_left", t->maker_left, "expires_at",
			 json_time(t->expires_at), "seen_at", json_time(t->seen_at), "seen_address",
			 json_text_or_null(t->seen_address));
}

int json_sync_tokens(struct buf *out, const struct view_sync_tokens *v)
{
	json_t *list, *one;

	/* the one just made is the newest; its text is in this answer and in no other */
	if (v->made.n && v->n) {
		one = token_of(&v->list[0]);
		json_object_set_new(one, "token", json_text(v->made));
		return json_write(out, one);
	}
	list = json_array();
	for (size_t k = 0; k < v->n; k++)
		json_array_append_new(list, token_of(&v->list[k]));
	return json_write(out, json_pack("{so}", "tokens", list));
}

static void fill_row(struct arena *a, struct tpl *row, const struct sync_token *t, int64_t now)
{
	tpl_set_i64(row, TPL_TOKEN_ID, t->id);
	tpl_set(row, TPL_NAME, t->name);
	tpl_set(row, TPL_CREATED_AT, clock_text(a, t->created_at));
	tpl_set(row, TPL_CREATED_BY, t->created_by);
	tpl_show(row, TPL_MAKER_LEFT, t->maker_left);
	tpl_set(row, TPL_EXPIRES_AT, clock_text(a, t->expires_at));
	tpl_show(row, TPL_EXPIRED, t->expires_at <= now);
	if (t->seen_at) {
		struct tpl *seen = tpl_add(row, TPL_SEEN);

		tpl_set(seen, TPL_SEEN_AGO, clock_ago(a, t->seen_at, now));
		tpl_set(seen, TPL_SEEN_AT, clock_text(a, t->seen_at));
		tpl_set(seen, TPL_SEEN_ADDRESS, t->seen_address);
	} else {
		tpl_show(row, TPL_NEVER_SEEN, true);
	}
}

static void fill_made(struct tpl *body, const struct view_sync_tokens *v)
{
	struct tpl *made;

	if (v->made.n == 0)
		return;
	made = tpl_add(body, TPL_MADE);
	tpl_set(made, TPL_MADE_NAME, v->made_name);
	tpl_set(made, TPL_MADE_TOKEN, v->made);
}

/* It stays when there is no room, so that what was typed does. */
static void fill_form(struct tpl *body, const struct view_sync_tokens *v)
{
	if (v->n >= SYNC_TOKENS_MOST)
		tpl_set_i64(tpl_add(body, TPL_FULL), TPL_MOST, SYNC_TOKENS_MOST);
	tpl_set(body, TPL_TOKEN_NAME, v->name);
	tpl_set(body, TPL_DAYS, v->days);
	tpl_set_i64(body, TPL_DAYS_MOST, TOKEN_DAYS_MOST);
	tpl_set_show(body, TPL_NAME_ERROR, v->name_error);
	tpl_set_show(body, TPL_DAYS_ERROR, v->days_error);
}

int view_sync_tokens(struct buf *out, struct arena *a, const struct view_frame *f,
		     const struct view_sync_tokens *v)
{
	struct view_page p;
	struct tpl *table;

	if (f->api)
		return json_sync_tokens(out, v);
	p = view_page_open(a, f, TPL_FILE_SYNC_TOKENS, true);
	tpl_show(p.frame, TPL_SCRIPTS, true); /* the Copy button */
	tpl_set_i64(p.body, TPL_ID, v->project_id);
	tpl_set(p.body, TPL_PROJECT, v->project);
	tpl_set_show(p.body, TPL_BANNER, v->error);
	fill_made(p.body, v);
	fill_form(p.body, v);
	tpl_show(p.body, TPL_NO_TOKEN, v->n == 0);
	if (v->n) {
		table = tpl_add(p.body, TPL_TABLE);
		for (size_t k = 0; k < v->n; k++)
			fill_row(a, tpl_add(table, TPL_ROW), &v->list[k], v->now);
	}
	return view_page_render(&p, out);
}
