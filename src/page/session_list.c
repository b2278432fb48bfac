/* session_list.c: where one is signed in: one's own sessions alone, whatever a form names. */
#include "page/session_list.h"

#include "base/clock.h"
#include "page/frame.h"
#include "page/session.h"
#include "seal/hash.h"
#include "store/session.h"
#include "view/site.h"
#include "base/banned.h"

/* HANDLE_BYTES of the token's hash name a session in a form: nobody can sign in with them. */
enum { HANDLE_BYTES = 16, AGENT_CHARS = 160 };

static const struct form_field FIELDS[] = {
	{"csrf", FORM_TEXT, false, 100, "Token"},
	{"session", FORM_TEXT, true, 100, "Session"},
};
const struct form_def FORM_SESSION = {FIELDS, COUNT(FIELDS), 1024, 4};

static struct span handle_of(struct arena *a, struct span token_hash)
{
	return base64_text(a, span_of(token_hash.p, HANDLE_BYTES));
}

/* What the browser calls itself, without the words that all of them begin with, cut at a whole
 * character. It is the browser's own claim, so it is shown and not interpreted. */
static struct span agent_text(struct arena *a, struct span agent)
{
	struct span common = SPAN("Mozilla/5.0 ");
	size_t n = AGENT_CHARS;

	if (span_starts(agent, common))
		agent = span_of(agent.p + common.n, agent.n - common.n);
	if (agent.n <= n)
		return agent;
	while (n && ((unsigned char)agent.p[n] & 0xC0) == 0x80)
		n--;
	return arena_printf(a, "%.*s…", (int)n, agent.p);
}

int page_sessions(struct req *r, struct res *s)
{
	const struct who *who = visit_of(r)->who;
	struct view_frame f = frame_for(r, s, SPAN("Sessions"));
	struct view_sessions v = {.now = clock_now()};
	struct session_row *list;

	TRY(store_session_list(app_of(r)->db, r->arena, who->account_id, v.now, &list, &v.nrows));
	v.rows = ARENA_ARRAY(r->arena, struct view_session, v.nrows + 1);
	for (size_t k = 0; k < v.nrows; k++)
		v.rows[k] = (struct view_session){
			.handle = handle_of(r->arena, list[k].token_hash),
			.address = list[k].address,
			.agent = agent_text(r->arena, list[k].agent),
			.created_at = list[k].created_at,
			.seen_at = list[k].seen_at,
			.here = span_eq(list[k].token_hash, who->token_hash),
		};
	f.active = NAV_ACCOUNT;
	frame_crumb(&f, SPAN("Account"), SPAN("/account"));
	return view_sessions(s->body, r->arena, &f, &v);
}

/* E_NOT_FOUND: not one of theirs, or over already. */
static int find(struct req *r, struct span *token_hash)
{
	struct span handle = form_text(r->form, "session");
	struct session_row *list;
	size_t n;

	TRY(store_session_list(app_of(r)->db, r->arena, visit_of(r)->who->account_id, clock_now(),
			       &list, &n));
	for (size_t k = 0; k < n; k++)
		if (span_eq(handle_of(r->arena, list[k].token_hash), handle)) {
			*token_hash = list[k].token_hash;
			return OK;
		}
	return E_NOT_FOUND;
}

int page_session_end(struct req *r, struct res *s)
{
	struct actor actor = actor_of(r);
	struct span token_hash;

	if (r->form->errors)
		return E_INVALID;
	TRY(find(r, &token_hash));
	if (span_eq(token_hash, visit_of(r)->who->token_hash)) {
		TRY(session_end(r, s));
		frame_say(r, s, SAID_SIGNED_OUT, SPAN("/login"));
		return OK;
	}
	TRY(store_session_end_one(app_of(r)->db, r->arena, token_hash, &actor));
	frame_say(r, s, SAID_SESSION_ENDED, SPAN("/account/sessions"));
	return OK;
}

int page_sessions_end_others(struct req *r, struct res *s)
{
	const struct who *who = visit_of(r)->who;
	struct actor actor = actor_of(r);

	TRY(store_session_end_others(app_of(r)->db, r->arena, who->account_id, who->token_hash,
				     &actor));
	frame_say(r, s, SAID_SESSIONS_ENDED, SPAN("/account/sessions"));
	return OK;
}
