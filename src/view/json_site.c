/* json_site.c: site administration. */
#include "view/json.h"

#include "base/banned.h"

static json_t *account_of(const struct site_account *c)
{
	return json_pack("{sI so so so sb so so so so}", "id", (json_int_t)c->id, "login",
			 json_text(c->login), "name", json_text(c->name), "email",
			 json_text_or_null(c->email), "site_admin",
			 c->site_admin, "created_at", json_time(c->created_at), "disabled_at",
			 json_time(c->disabled_at), "signed_in_at", json_time(c->signed_in_at),
			 "password_at", json_time(c->password_at));
}

int json_site_accounts(struct buf *out, const struct view_frame *f,
		       const struct view_site_accounts *v)
{
	struct json_place after = {"after", v->part.next};
	json_t *list = json_array();

	for (size_t i = 0; i < v->nrows; i++)
		json_array_append_new(list, account_of(&v->rows[i]));
	return json_write(out,
			  json_pack("{so sI so}", "accounts", list, "total",
				    (json_int_t)v->part.total, "next", json_next(f, &after, 1)));
}

int json_site_account(struct buf *out, const struct view_site_account *v)
{
	json_t *all = account_of(v->account), *list = json_array();

	for (size_t i = 0; i < v->nroles; i++)
		json_array_append_new(list, json_pack("{sI so so so sb sb}", "id",
						      (json_int_t)v->roles[i].subscription_id,
						      "slug", json_text(v->roles[i].slug), "name",
						      json_text(v->roles[i].name), "role",
						      json_text(role_text(v->roles[i].role)),
						      "disabled", v->roles[i].disabled,
						      "only_admin", v->roles[i].only_admin));
	json_object_set_new(all, "subscriptions", list);
	list = json_array();
	for (size_t i = 0; i < v->nbound; i++)
		json_array_append_new(list, json_pack("{sI so sI}", "subscription_id",
						      (json_int_t)v->bound[i].subscription_id,
						      "subscription", json_text(v->bound[i].name),
						      "count", (json_int_t)v->bound[i].bindings));
	json_object_set_new(all, "bound_integrations", list);
	return json_write(out, all);
}

int json_site_link(struct buf *out, const struct view_site_link *v)
{
	return json_write(out, json_pack("{sI so so so sI}", "id", (json_int_t)v->id, "login",
					 json_text(v->login), "link", json_text_or_null(v->link),
					 "mailed_to", json_text_or_null(v->mailed_to), "hours",
					 (json_int_t)v->hours));
}

static json_t *subscription_of(const struct site_subscription *s)
{
	return json_pack("{sI so so so so sI sI sb}", "id", (json_int_t)s->id, "slug",
			 json_text(s->slug), "name", json_text(s->name), "created_at",
			 json_time(s->created_at), "disabled_at", json_time(s->disabled_at),
			 "people", (json_int_t)s->people, "projects", (json_int_t)s->projects,
			 "can_act", s->can_act);
}

int json_site_subscriptions(struct buf *out, const struct view_frame *f,
			    const struct view_site_subscriptions *v)
{
	struct json_place after = {"after", v->part.next};
	json_t *list = json_array();

	for (size_t i = 0; i < v->nrows; i++)
		json_array_append_new(list, subscription_of(&v->rows[i]));
	return json_write(out,
			  json_pack("{so sI so}", "subscriptions", list, "total",
				    (json_int_t)v->part.total, "next", json_next(f, &after, 1)));
}

int json_site_subscription(struct buf *out, const struct view_site_subscription *v)
{
	json_t *all = subscription_of(v->subscription), *list = json_array();

	for (size_t i = 0; i < v->nadmins; i++)
		json_array_append_new(list, json_pack("{sI so so sb}", "id",
						      (json_int_t)v->admins[i].account_id, "login",
						      json_text(v->admins[i].login), "name",
						      json_text(v->admins[i].name), "disabled",
						      v->admins[i].disabled));
	json_object_set_new(all, "empty", json_boolean(v->empty));
	json_object_set_new(all, "admins", list);
	return json_write(out, all);
}
