/* account.c: one's own account. */
#include "page/account.h"

#include "page/frame.h"
#include "page/profile.h"
#include "page/session.h"
#include "seal/secret.h"
#include "store/account.h"
#include "store/profile.h"
#include "store/session.h"
#include "store/throttle.h"
#include "base/clock.h"
#include "base/banned.h"

enum { PASSWORD_LEAST = 12, PASSWORD_MOST = 1024, MOST_TRIES = 10 };

static const struct form_field NAME_FIELDS[] = {
	{"csrf", FORM_TEXT, false, 100, "Token"},
	{"name", FORM_TEXT, true, 2000, "Name"},
	{"email", FORM_TEXT, false, 2000, "Mail address"},
};
const struct form_def FORM_NAME = {NAME_FIELDS, COUNT(NAME_FIELDS), 16 * 1024, 4};

static const struct form_field THEME_FIELDS[] = {
	{"csrf", FORM_TEXT, false, 100, "Token"},
	{"theme", FORM_TEXT, true, 8, "Theme"},
};
const struct form_def FORM_THEME = {THEME_FIELDS, COUNT(THEME_FIELDS), 1024, 4};

static const struct form_field PASSWORD_FIELDS[] = {
	{"csrf", FORM_TEXT, false, 100, "Token"},
	{"current", FORM_SECRET, true, PASSWORD_MOST, "Your password now"},
	{"password", FORM_SECRET, true, PASSWORD_MOST, "New password"},
	{"again", FORM_SECRET, true, PASSWORD_MOST, "New password, again"},
};
const struct form_def FORM_PASSWORD = {PASSWORD_FIELDS, COUNT(PASSWORD_FIELDS), 16 * 1024, 8};

static int show(struct req *r, struct res *s, int status, struct view_account *v)
{
	struct view_frame f = frame_for(r, s, SPAN("Account"));
	struct profile now;

	TRY(store_profile_get(app_of(r)->db, r->arena, visit_of(r)->who->account_id, &now));
	f.active = NAV_ACCOUNT;
	v->mails = app_of(r)->mail.socket != NULL;
	if (!v->name.p)
		v->name = now.name;
	if (!v->email.p)
		v->email = now.email;
	s->status = status;
	return view_account(s->body, r->arena, &f, v);
}

int page_account(struct req *r, struct res *s)
{
	struct view_account v = {0};

	return show(r, s, 200, &v);
}

int page_account_name(struct req *r, struct res *s)
{
	struct view_account v = {0};
	int64_t id = visit_of(r)->who->account_id;

	profile_check(r);
	if (r->form->errors) {
		v.name = frame_typed(r, "name", SPAN(""));
		v.email = frame_typed(r, "email", SPAN(""));
		v.name_error = frame_message(r, "name");
		v.email_error = frame_message(r, "email");
		return show(r, s, 422, &v);
	}
	TRY(profile_save(r, audit_chain_account(r->arena, id), id));
	frame_say(r, s, SAID_PROFILE, SPAN("/account"));
	return OK;
}

int page_account_theme(struct req *r, struct res *s)
{
	struct span theme = form_text(r->form, "theme");
	struct actor actor = actor_of(r);

	if (!span_is(theme, "auto") && !span_is(theme, "light") && !span_is(theme, "dark"))
		return E_INVALID;
	TRY(store_account_theme(app_of(r)->db, r->arena, &actor, theme));
	frame_say(r, s, SAID_THEME, SPAN("/account"));
	return OK;
}

static struct secret taken(struct req *r, const char *name)
{
	char *p = NULL;
	size_t n = 0;

	form_secret_take(r->form, span_str(name), &p, &n);
	return secret_take(r->arena, p, n);
}

static struct span bytes(const struct secret *s)
{
	return span_of((const char *)s->p, s->n);
}

/* Guessing the current password of a session left open is counted like guessing at sign-in. */
static struct span subject_of(struct req *r)
{
	unsigned char *sum = arena_alloc(r->arena, HASH_BYTES);

	hash_bytes(arena_printf(r->arena, "change:%lld",
				(long long)visit_of(r)->who->account_id),
		   sum);
	return span_of((const char *)sum, HASH_BYTES);
}

static int change(struct req *r, const struct secret *current, const struct secret *password)
{
	struct actor a = actor_of(r);
	struct vault_actor actor = {a.account_id, a.name, a.address, a.request};
	struct span subject = subject_of(r);
	int64_t failures, now = clock_now();
	int rc;

	TRY(store_throttle_failures(app_of(r)->db, r->arena, subject, now, &failures));
	if (failures >= MOST_TRIES)
		return E_THROTTLED;
	rc = vault_password_set(&app_of(r)->vault, &actor, a.account_id, bytes(current),
				bytes(password));
	if (rc == E_DENIED)
		TRY(store_throttle_failed(app_of(r)->db, subject, now));
	if (rc != OK)
		return rc;
	return store_session_end_others(app_of(r)->db, r->arena, a.account_id,
					visit_of(r)->who->token_hash, &a);
}

int page_account_password(struct req *r, struct res *s)
{
	struct secret current = taken(r, "current"), password = taken(r, "password"),
		      again = taken(r, "again");
	struct view_account v = {0};
	int rc;

	if (current.n == 0)
		v.current_error = SPAN("Type the password that you have now.");
	if (password.n < PASSWORD_LEAST || password.n > PASSWORD_MOST)
		v.password_error = SPAN("The new password needs 12 to 1024 characters.");
	else if (!span_eq(bytes(&password), bytes(&again)))
		v.password_error = SPAN("The two new passwords are not the same.");
	if (v.current_error.n || v.password_error.n)
		return show(r, s, 422, &v);
	rc = change(r, &current, &password);
	if (rc == E_DENIED) {
		v.current_error = SPAN("This is not your password.");
		return show(r, s, 422, &v);
	}
	TRY(rc);
	frame_say(r, s, SAID_PASSWORD, SPAN("/account"));
	return OK;
}
