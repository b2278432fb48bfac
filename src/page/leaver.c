/* leaver.c: all that is bound to one account's integrations in a subscription, and rebinding many
 * of them at once. */
#include "page/rebind.h"

#include "page/binding_page.h"
#include "page/integration_uses.h"
#include "page/sub.h"
#include "store/leaver.h"
#include "view/binding.h"
#include "base/banned.h"

enum { TYPE_MOST = 100, BODY_MOST = 64 * 1024, DENIED_READ = 1000 };

static const struct form_field FIELDS[] = {
	{"csrf", FORM_TEXT, false, 100, "Token"},
	{"type", FORM_TEXT, false, TYPE_MOST, "Type"},
	{"to", FORM_ID, false, 20, "Personal integration"},
	{"handle", FORM_LIST, false, 20, "Integration"},
	{"denied", FORM_ID, false, 20, "Places that would be denied"},
	BINDING_CONSENT_FIELDS,
};
const struct form_def FORM_BINDINGS = {FIELDS, COUNT(FIELDS), BODY_MOST,
				       SCOPE_PROJECTS_MAX + BINDING_ROWS_MAX + 20};

static const struct form_member MEMBERS[] = {
	{"type", "type", NULL},		 {"to", "to", NULL},
	{"handles[]", "handle", NULL},	 {"scope", "scope", NULL},
	{"projects[]", "project", NULL},
};
const struct json_map JSON_BINDINGS = {&FORM_BINDINGS, MEMBERS, COUNT(MEMBERS), NULL};

/* What is bound to one account's integrations, as the database has it now. */
struct shown {
	int64_t account_id;
	struct leaver_account who;
	struct binding *list;
	size_t n;
	struct binding_world world;
	/* What rebinding the ticked ones would deny: of each handle how many places, and in all. */
	struct view_denied *denied;
	size_t ndenied;
	int64_t places;
};

/* Those of one type. */
struct kind {
	struct span type;
	struct binding *list;
	bool *ticked;
	size_t n, nticked;
	struct binding_candidate *candidates;
	size_t ncandidates;
};

static int open_account(struct req *r, struct shown *p)
{
	struct db *db = app_of(r)->db;

	TRY(req_param_id(r, "id", &p->account_id));
	TRY(store_leaver_get(db, r->arena, scope_of(r), p->account_id, &p->who));
	TRY(store_binding_of_owner(db, r->arena, scope_of(r), p->account_id, &p->list, &p->n));
	return binding_world_read(r, &p->world);
}

static bool is_sent(struct req *r, int64_t id)
{
	struct form_value *v;
	int64_t sent;
	size_t at = 0;

	while (r->form && form_next(r->form, "handle", &at, &v))
		if (span_i64(v->value, &sent) == OK && sent == id)
			return true;
	return false;
}

/* They need another owner, so the page offers to rebind all of them. */
static bool is_flagged(const struct binding *b)
{
	return b->state != BINDING_LIVE && b->state != BINDING_PAUSED;
}

/* This page is about binding them to somebody else's. */
static void leave_out(struct kind *k, int64_t owner_id)
{
	size_t kept = 0;

	for (size_t i = 0; i < k->ncandidates; i++)
		if (k->candidates[i].owner_id != owner_id)
			k->candidates[kept++] = k->candidates[i];
	k->ncandidates = kept;
}

static int read_kind(struct req *r, const struct shown *p, struct span type, struct kind *k)
{
	*k = (struct kind){.type = type};
	k->list = ARENA_ARRAY(r->arena, struct binding, p->n + 1);
	k->ticked = ARENA_ARRAY(r->arena, bool, p->n + 1);
	for (size_t i = 0; i < p->n; i++) {
		if (!span_eq(p->list[i].type, type))
			continue;
		k->ticked[k->n] = r->form ? is_sent(r, p->list[i].id) : is_flagged(&p->list[i]);
		k->nticked += k->ticked[k->n];
		k->list[k->n++] = p->list[i];
	}
	TRY(store_binding_candidates(app_of(r)->db, r->arena, scope_of(r), type, &k->candidates,
				     &k->ncandidates));
	leave_out(k, p->account_id);
	return OK;
}

/* ---- the page ---- */

static int fill_type(struct req *r, const struct shown *p, struct span type,
		     struct view_bindings_type *v)
{
	const struct type *t = type_find(app_of(r)->types, type);
	bool typed = r->form && span_eq(form_text(r->form, "type"), type);
	struct kind k;

	TRY(read_kind(r, p, type, &k));
	*v = (struct view_bindings_type){
		.type = type,
		.label = t ? t->label : type,
		.icon = t ? t->icon : SPAN("plug"),
		.list = binding_views(r, &p->world, k.list, k.n),
		.ticked = k.ticked,
		.n = k.n,
		.candidates = binding_candidates_view(r, &p->world, k.candidates, k.ncandidates),
		.ncandidates = k.ncandidates,
		.chosen = typed ? form_id(r->form, "to") : 0,
		.consent = binding_consent_view(r, &p->world, typed),
		.denied = typed ? p->denied : NULL,
		.ndenied = typed ? p->ndenied : 0,
		.places = typed ? p->places : 0,
		.error = typed ? frame_message(r, "handle") : SPAN_NONE,
		.to_error = typed ? frame_message(r, "to") : SPAN_NONE,
	};
	for (size_t c = 0; c < k.ncandidates; c++)
		v->asks = v->asks || !k.candidates[c].granted;
	return OK;
}

static bool is_known(const struct view_bindings *v, struct span type)
{
	for (size_t k = 0; k < v->ntypes; k++)
		if (span_eq(v->types[k].type, type))
			return true;
	return false;
}

static int show(struct req *r, struct res *s, int status, const struct shown *p)
{
	struct span title = arena_printf(r->arena, "Integrations of %.*s", SPAN_ARG(p->who.who));
	struct view_frame f = sub_frame(r, s, title, NAV_PEOPLE, true);
	struct view_bindings v = {
		.account_id = p->account_id,
		.who = p->who.who,
		.role = p->who.role,
		.disabled = p->who.disabled,
		.total = p->n,
		.grace_days = p->world.grace_days,
		.error = frame_message(r, ""),
	};

	v.types = ARENA_ARRAY(r->arena, struct view_bindings_type, p->n + 1);
	for (size_t k = 0; k < p->n; k++)
		if (!is_known(&v, p->list[k].type))
			TRY(fill_type(r, p, p->list[k].type, &v.types[v.ntypes++]));
	s->status = status;
	return view_bindings(s->body, r->arena, &f, &v);
}

int page_bindings(struct req *r, struct res *s)
{
	struct shown p = {0};

	TRY(open_account(r, &p));
	return show(r, s, 200, &p);
}

/* ---- rebinding many ---- */

static size_t count_sent(struct req *r)
{
	struct form_value *v;
	size_t at = 0, n = 0;

	while (form_next(r->form, "handle", &at, &v))
		n++;
	return n;
}

/* The form's type; for a program that of the first handle, which it need not say. */
static struct span type_of(struct req *r, const struct shown *p)
{
	struct span type = form_text(r->form, "type");

	for (size_t k = 0; !type.n && k < p->n; k++)
		if (is_sent(r, p->list[k].id))
			type = p->list[k].type;
	return type;
}

/* false: somebody rebound or deleted some of them since the form was made. */
static bool check_ticked(struct req *r, const struct kind *k)
{
	size_t sent = count_sent(r);

	if (sent == 0)
		form_fail(r->form, SPAN("handle"), "Tick the integrations to rebind.");
	else if (k->nticked > VAULT_REBIND_HANDLES)
		form_fail(r->form, SPAN("handle"), "Tick at most %d at a time.",
			  VAULT_REBIND_HANDLES);
	if (sent <= k->nticked)
		return true;
	form_fail(r->form, SPAN(""),
		  "Nothing is changed: not all of these integrations are bound to theirs, of this "
		  "type, any more. Look again how it is now, then decide.");
	return false;
}

static const struct binding_candidate *check_candidate(struct req *r, const struct kind *k)
{
	const struct binding_candidate *c = NULL;
	int64_t id = form_id(r->form, "to");

	for (size_t i = 0; i < k->ncandidates; i++)
		if (k->candidates[i].id == id)
			c = &k->candidates[i];
	if (!c)
		form_fail(r->form, SPAN("to"), "%s",
			  id ? "They cannot be bound to that one, or not any more. Choose another."
			     : "Choose what to bind them to.");
	return c;
}

static int ask_vault(struct req *r, const struct kind *k, const struct binding_candidate *to,
		     const struct project_set *consent)
{
	int64_t *handles = ARENA_ARRAY(r->arena, int64_t, k->nticked + 1);
	struct vault_rebind rebind = {
		.to = to->id,
		.handles = handles,
		.all_projects = consent->all,
		.projects = consent->ids,
		.nprojects = consent->n,
	};

	for (size_t i = 0; i < k->n; i++)
		if (k->ticked[i])
			handles[rebind.nhandles++] = k->list[i].id;
	return binding_rebind(r, &rebind);
}

static int count_denied(struct req *r, const struct binding *b, const struct project_set *consent,
			int64_t *n)
{
	struct project_set after = project_set_both(r->arena, consent, &b->own);
	struct view_uses *uses;

	*n = 0;
	if (after.all)
		return OK;
	TRY(integration_uses_in(r, scope_of(r), b->id, b->name, 0, DENIED_READ, &uses));
	for (size_t k = 0; k < uses->nplaces; k++)
		*n += !project_set_has(&after, uses->places[k].project_id);
	return OK;
}

/* Places in workflow files whose projects could not use the ticked ones any more. */
static int find_denied(struct req *r, struct shown *p, const struct kind *k,
		       const struct project_set *consent)
{
	p->denied = ARENA_ARRAY(r->arena, struct view_denied, k->nticked + 1);
	for (size_t i = 0; i < k->n; i++) {
		int64_t n = 0;

		if (k->ticked[i])
			TRY(count_denied(r, &k->list[i], consent, &n));
		if (n)
			p->denied[p->ndenied++] =
				(struct view_denied){k->list[i].id, k->list[i].name, n};
		p->places += n;
	}
	return OK;
}

/* Why the vault refused: what it said hangs on what somebody else did meanwhile. */
static int explain(struct req *r, struct res *s, int refused)
{
	struct shown p = {0};
	struct kind k;

	TRY(open_account(r, &p));
	TRY(read_kind(r, &p, type_of(r, &p), &k));
	if (check_ticked(r, &k) && check_candidate(r, &k)) {
		if (refused == E_DENIED)
			return E_DENIED;
		form_fail(r->form, SPAN(""),
			  "Nothing is changed: what you chose changed in the meantime. Look again "
			  "how it is now, then decide.");
	}
	return show(r, s, 409, &p);
}

int page_bindings_save(struct req *r, struct res *s)
{
	const struct binding_candidate *to;
	struct project_set consent = {0};
	struct shown p = {0};
	struct kind k;
	bool stays;
	int rc;

	TRY(open_account(r, &p));
	TRY(read_kind(r, &p, type_of(r, &p), &k));
	if (!check_ticked(r, &k))
		return show(r, s, 409, &p);
	to = check_candidate(r, &k);
	if (to && !to->granted)
		consent = binding_consent_read(r, &p.world);
	if (r->form->errors)
		return show(r, s, 422, &p);
	if (!r->api)
		TRY(find_denied(r, &p, &k, to->granted ? &to->grant : &consent));
	if (p.places > form_id(r->form, "denied")) /* not all of them were warned of */
		return show(r, s, 409, &p);
	rc = ask_vault(r, &k, to, &consent);
	if (rc == E_CONFLICT || rc == E_NOT_FOUND || rc == E_DENIED)
		return explain(r, s, rc);
	TRY(rc);
	/* whoever left has no page here once nothing is bound to theirs */
	stays = r->api || p.who.role != ROLE_NONE || p.n > k.nticked;
	frame_say(r, s, SAID_REBOUND_ALL,
		  stays ? sub_path(r, "/people/%lld/bindings", (long long)p.account_id)
			: sub_path(r, "/people"));
	return OK;
}
