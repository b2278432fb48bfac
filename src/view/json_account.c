/* json_account.c: the account of whoever asks. */
#include "view/json.h"

#include "base/banned.h"

int json_account(struct buf *out, const struct view_frame *f, const struct view_account *v)
{
	const struct who *w = f->who;
	json_t *list = json_array();

	for (size_t i = 0; i < w->nmemberships; i++)
		json_array_append_new(
			list, json_pack("{sososo}", "slug", json_text(w->memberships[i].slug),
					"name", json_text(w->memberships[i].name), "role",
					json_text(role_text(w->memberships[i].role))));
	return json_write(out, json_pack("{sIsososososbso}", "id", (json_int_t)w->account_id, "login",
					 json_text(w->login), "name", json_text(w->name), "email",
					 json_text_or_null(v->email), "theme",
					 json_text(w->theme), "site_admin", w->site_admin,
					 "subscriptions", list));
}

static json_t *token_of(const struct access_token *t)
{
	return json_pack("{sIsosbsbsbsosososo}", "id", (json_int_t)t->id, "name",
			 json_text(t->name), "read", (t->scopes & TOKEN_READ) != 0, "write",
			 (t->scopes & TOKEN_WRITE) != 0, "workflow",
			 (t->scopes & TOKEN_WORKFLOW) != 0, "created_at", json_time(t->created_at),
			 "expires_at", json_time(t->expires_at), "seen_at", json_time(t->seen_at),
			 "seen_address", json_text_or_null(t->seen_address));
}

int json_tokens(struct buf *out, const struct view_tokens *v)
{
	json_t *list, *one;

	/* the one just made is the newest; its text is in this answer and in no other */
	if (v->made.n && v->n) {
		one = token_of(&v->list[0]);
		json_object_set_new(one, "token", json_text(v->made));
		return json_write(out, one);
	}
	list = json_array();
	for (size_t i = 0; i < v->n; i++)
		json_array_append_new(list, token_of(&v->list[i]));
	return json_write(out, json_pack("{so}", "tokens", list));
}
