/* login.c: signing in and out. A wrong password and an unknown account must look alike, so there is
 * one sentence for both, the throttle counts what was typed, and the vault runs Argon2 once in any
 * case. */
#include "page/login.h"

#include <arpa/inet.h>

#include "base/clock.h"
#include "base/log.h"
#include "page/frame.h"
#include "page/session.h"
#include "store/throttle.h"
#include "base/banned.h"

/* Failures within THROTTLE_WINDOW after which we do not ask the vault any more: for one login from
 * one network (low, since that is where a guesser sits), for one login from anywhere (high, or
 * anybody could lock anybody out), for one network and all logins. */
enum { MOST_FROM_NETWORK = 10, MOST_BY_ACCOUNT = 100, MOST_BY_NETWORK = 50 };
enum { LOGIN_MOST = 320, PASSWORD_MOST = 1024 };

static const struct form_field LOGIN_FIELDS[] = {
	{"csrf", FORM_TEXT, false, 100, "Token"},
	{"login", FORM_TEXT, true, LOGIN_MOST, "Login"},
	{"password", FORM_SECRET, true, PASSWORD_MOST, "Password"},
	{"next", FORM_TEXT, false, 2000, "Next page"},
};
const struct form_def FORM_LOGIN = {LOGIN_FIELDS, COUNT(LOGIN_FIELDS), 16 * 1024, 10};

static const struct form_field EMPTY_FIELDS[] = {{"csrf", FORM_TEXT, false, 100, "Token"}};
const struct form_def FORM_EMPTY = {EMPTY_FIELDS, COUNT(EMPTY_FIELDS), 1024, 4};

static int show(struct req *r, struct res *s, int status, struct span error)
{
	struct view_frame f = frame_for(r, s, SPAN("Sign in"));
	struct view_login v = {.error = error};

	if (r->form) {
		v.login = form_text(r->form, "login");
		v.next = form_text(r->form, "next");
	} else {
		v.next = req_query(r, "next");
	}
	f.who = NULL;
	s->status = status;
	return view_login(s->body, r->arena, &f, &v);
}

int page_login_form(struct req *r, struct res *s)
{
	struct span next = req_query(r, "next");

	if (!visit_of(r))
		return show(r, s, 200, SPAN(""));
	res_redirect(s, 303, next.n ? next : SPAN("/"));
	return OK;
}

/* What failures are counted by. */
enum { BY_BOTH, BY_ACCOUNT, BY_NETWORK, SUBJECTS };

struct subjects {
	unsigned char sum[SUBJECTS][HASH_BYTES];
};

static struct span subject(const struct subjects *t, int by)
{
	return span_of((const char *)t->sum[by], HASH_BYTES);
}

struct span login_network(struct arena *a, struct span address)
{
	char text[INET6_ADDRSTRLEN];
	struct in6_addr ip;

	if (inet_pton(AF_INET6, arena_str(a, address), &ip) != 1 || IN6_IS_ADDR_V4MAPPED(&ip))
		return address;
	memset(&ip.s6_addr[8], 0, 8);
	ASSERT(inet_ntop(AF_INET6, &ip, text, sizeof(text)) != NULL);
	return arena_printf(a, "%s/64", text);
}

static void subjects_of(const struct req *r, struct span login, struct subjects *out)
{
	struct span network = login_network(r->arena, r->remote);

	hash_bytes(arena_printf(r->arena, "both:%.*s:%.*s", SPAN_ARG(network), SPAN_ARG(login)),
		   out->sum[BY_BOTH]);
	hash_bytes(arena_printf(r->arena, "account:%.*s", SPAN_ARG(login)), out->sum[BY_ACCOUNT]);
	hash_bytes(arena_printf(r->arena, "address:%.*s", SPAN_ARG(network)), out->sum[BY_NETWORK]);
}

static int check_throttle(struct req *r, const struct subjects *t)
{
	static const int64_t MOST[SUBJECTS] = {MOST_FROM_NETWORK, MOST_BY_ACCOUNT, MOST_BY_NETWORK};
	int64_t now = clock_now(), failures;

	for (int by = 0; by < SUBJECTS; by++) {
		TRY(store_throttle_failures(app_of(r)->db, r->arena, subject(t, by), now,
					    &failures));
		if (failures >= MOST[by])
			return E_THROTTLED;
	}
	return OK;
}

/* The log says that and from where; what was typed as a login may be a password. */
static int refused(struct req *r, struct res *s, const struct subjects *t)
{
	int64_t now = clock_now();

	log_warn("a sign-in from %.*s was refused", SPAN_ARG(r->remote));
	for (int by = 0; by < SUBJECTS; by++)
		TRY(store_throttle_failed(app_of(r)->db, subject(t, by), now));
	return show(r, s, 422,
		    SPAN("The login or the password is wrong. Check both and try again."));
}

static int ask_vault(struct req *r, struct span login, struct span session, int64_t *account_id)
{
	char *bytes = NULL;
	size_t n = 0;
	int rc;

	form_secret_take(r->form, SPAN("password"), &bytes, &n);
	rc = vault_password_check(&app_of(r)->vault, login, span_of(bytes, n), session, account_id);
	wipe(bytes, n);
	return rc;
}

int page_login(struct req *r, struct res *s)
{
	struct span login = form_text(r->form, "login"), next = form_text(r->form, "next");
	struct session_new session;
	struct subjects t;
	int64_t account_id;
	int rc;

	if (r->form->errors)
		return show(r, s, 422, SPAN("Fill in your login and your password."));
	subjects_of(r, login, &t);
	rc = check_throttle(r, &t);
	if (rc == E_THROTTLED)
		return show(r, s, 429,
			    SPAN("Too many failed tries. Wait 15 minutes and try again."));
	TRY(rc);
	session = session_prepare(r->arena);
	rc = ask_vault(r, login, session.token_hash, &account_id);
	if (rc == E_DENIED)
		return refused(r, s, &t);
	if (rc == E_UNAVAILABLE)
		return show(r, s, 503,
			    SPAN("Signing in does not work at the moment: the vault does "
				 "not answer. Try again in a minute."));
	TRY(rc);
	TRY(store_throttle_clear(app_of(r)->db, subject(&t, BY_BOTH)));
	TRY(store_throttle_clear(app_of(r)->db, subject(&t, BY_ACCOUNT)));
	TRY(session_start(r, s, &session, account_id, login));
	res_redirect(s, 303, next.n ? next : SPAN("/"));
	return OK;
}

int page_logout(struct req *r, struct res *s)
{
	TRY(session_end(r, s));
	frame_say(r, s, SAID_SIGNED_OUT, SPAN("/login"));
	return OK;
}
