/* profile.c: name and mail address. */
#include "page/profile.h"

#include "core/name.h"
#include "http/form.h"
#include "page/confirm.h"
#include "store/profile.h"
#include "base/banned.h"

struct span profile_email(const struct req *r)
{
	struct span typed = form_text(r->form, "email");

	return typed.p ? span_trim(typed) : SPAN_NONE;
}

static void fail(struct req *r, const char *field, struct span fault)
{
	if (fault.p && !form_message(r->form, span_str(field)).p)
		form_fail(r->form, span_str(field), "%.*s", SPAN_ARG(fault));
}

void profile_check(struct req *r)
{
	struct span email = profile_email(r);

	fail(r, "name", name_fault(r->arena, form_text(r->form, "name")));
	if (email.n)
		fail(r, "email", span_str(mail_address_fault(email)));
}

int profile_save(struct req *r, struct span chain, int64_t account_id)
{
	struct db *db = app_of(r)->db;
	struct actor actor = actor_of(r);
	struct profile now, to = {form_text(r->form, "name"), profile_email(r)};

	TRY(store_profile_get(db, r->arena, account_id, &now));
	if (!to.email.p)
		to.email = now.email;
	if (!span_eq(to.email, now.email))
		TRY(confirm_check(r));
	return store_profile_set(db, r->arena, &actor, chain, account_id, &to);
}
