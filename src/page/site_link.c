/* site_link.c: one-time links that site admins make: shown once, or mailed. */
#include "page/site.h"

#include "base/clock.h"
#include "base/log.h"
#include "page/frame.h"
#include "store/site_account.h"
#include "base/banned.h"

enum { HOURS = VAULT_LINK_AGE / 3600 };

/* "Ann (ann)" */
static struct span asker(const struct req *r)
{
	const struct who *w = visit_of(r)->who;

	if (span_eq(w->name, w->login))
		return w->login;
	return arena_printf(r->arena, "%.*s (%.*s)", SPAN_ARG(w->name), SPAN_ARG(w->login));
}

static struct span text_of(const struct req *r, const struct site_account *account,
			   struct span link)
{
	struct span end = clock_text(r->arena, clock_now() + VAULT_LINK_AGE);

	return arena_printf(
		r->arena,
		"%.*s had Signet at %s make this link for you.\n"
		"With it you set the password of the account \"%.*s\":\n\n"
		"%.*s\n\n"
		"It is good for %d hours, until %.*s, and for one use. A newer link takes its\n"
		"place. Whoever has the link can set the password: pass it on to nobody.\n\n"
		"If you did not expect this mail, do nothing: the password stays as it is.\n",
		SPAN_ARG(asker(r)), app_of(r)->address, SPAN_ARG(account->login), SPAN_ARG(link),
		HOURS, SPAN_ARG(end));
}

/* The page of the account again, with why no mail is on its way. */
static int fail(struct req *r, struct res *s, int64_t id, int status, const char *why)
{
	form_fail(r->form, SPAN(""), "%s", why);
	TRY(site_account_show(r, s, id));
	s->status = status;
	return OK;
}

static const char NO_MAIL[] =
	"No mail was sent: the program that sends mails does not answer or is busy. "
	"Try again in a minute, or make a link and hand it over yourself.";

/* Before a link is made, which ends the one made before. OK, or the answer is in `s`. */
static bool may_mail(struct req *r, struct res *s, const struct site_account *account,
		     struct span to, int *rc)
{
	*rc = OK;
	if (!app_of(r)->mail.socket)
		*rc = fail(
			r, s, account->id, 422,
			"No mail was sent: Signet is not told how to send mails. Make a link and "
			"hand it over yourself.");
	else if (!span_eq(account->email, to))
		*rc = fail(r, s, account->id, 422,
			   "No mail was sent: the address of this account is another one now. Look "
			   "at it below, then choose again.");
	else if (mail_ready(&app_of(r)->mail) != OK)
		*rc = fail(r, s, account->id, 503, NO_MAIL);
	else
		return true;
	return false;
}

static int show(struct req *r, struct res *s, const struct site_account *account,
		struct view_site_link *v)
{
	struct view_frame f = site_frame(r, s, SPAN("One-time link"), NAV_ACCOUNTS);

	v->id = account->id;
	v->login = account->login;
	v->hours = HOURS;
	frame_crumb(&f, SPAN("Accounts"), SPAN("/admin/accounts"));
	frame_crumb(&f, account->name, site_account_path(r, account->id));
	return view_site_link(s->body, r->arena, &f, v);
}

/* By mail the address is the configured one: whoever opens it did not choose a name for us, and the
 * one in this request may be good for the sender alone. */
static int hand_over(struct req *r, struct res *s, const struct site_account *account,
		     struct span to, const char *code)
{
	struct view_site_link v = {.mailed_to = to};
	struct mail m = {.to = to, .subject = SPAN("Set your password for Signet")};

	if (!to.n) {
		v.link =
			arena_printf(r->arena, "%s://%.*s/password?code=%s",
				     app_of(r)->secure ? "https" : "http", SPAN_ARG(r->host), code);
		return show(r, s, account, &v);
	}
	m.text = text_of(r, account,
			 arena_printf(r->arena, "%s/password?code=%s", app_of(r)->address, code));
	if (mail_send(&app_of(r)->mail, &m) != OK)
		return fail(r, s, account->id, 503, NO_MAIL);
	log_info("a link for account %lld is handed to signet-mail", (long long)account->id);
	return show(r, s, account, &v);
}

int page_site_account_link(struct req *r, struct res *s)
{
	struct actor a = actor_of(r);
	struct vault_actor actor = {a.account_id, a.name, a.address, a.request};
	struct span to = frame_typed(r, "mail", SPAN(""));
	struct site_account account;
	char code[48] = "";
	int64_t id;
	int rc;

	TRY(req_param_id(r, "id", &id));
	TRY(store_site_account_get(app_of(r)->db, r->arena, id, &account));
	if (r->form->errors)
		return site_account_show(r, s, id);
	if (to.n && !may_mail(r, s, &account, to, &rc))
		return rc;
	rc = vault_link_create(&app_of(r)->vault, &actor, visit_of(r)->who->token_hash, id, code);
	if (rc == E_CONFLICT)
		return fail(r, s, id, 422,
			    "The account is disabled. Enable it before you make a link.");
	if (rc == OK)
		rc = hand_over(r, s, &account, to, code);
	wipe(code, sizeof(code));
	return rc;
}
