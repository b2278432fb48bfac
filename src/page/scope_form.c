/* scope_form.c: a consent and the name of a handle: from the form to the vault. */
#include "page/scope_form.h"

#include "base/buf.h"
#include "core/name.h"
#include "store/integration.h"
#include "store/project.h"
#include "base/banned.h"

static void choose(struct scope_form *f, const struct project_set *set)
{
	f->consent.all = set->all;
	for (size_t k = 0; k < f->consent.nprojects; k++)
		f->consent.projects[k].chosen =
			!set->all && project_set_has(set, f->consent.projects[k].id);
}

struct span scope_form_names(struct arena *a, const struct project *list, size_t n,
			     const struct project_set *set, int64_t *hidden)
{
	struct buf out = BUF_INIT;
	struct span text;
	size_t seen = 0;

	for (size_t k = 0; k < n && !set->all; k++)
		if (project_set_has(set, list[k].id)) {
			buf_puts(&out, seen++ ? "\n" : "");
			buf_put(&out, list[k].name);
		}
	*hidden = set->all ? 0 : (int64_t)(set->n - seen);
	text = arena_span(a, buf_span(&out));
	buf_release(&out);
	return text;
}

/* What a deleted project was called nobody asks: only a collaborator has some that they don't see.
 */
static void count_hidden(struct scope_form *f)
{
	scope_form_names(f->r->arena, f->consent.projects, f->consent.nprojects, &f->row.grant,
			 &f->hidden);
	if (f->sub->role != ROLE_COLLABORATOR)
		f->hidden = 0;
}

static int read_row(struct scope_form *f)
{
	const struct scope *own = &visit_of(f->r)->own;

	TRY(store_scope_get(app_of(f->r)->db, f->r->arena, own, f->integration_id,
			    f->sub->subscription_id, &f->row));
	count_hidden(f);
	return OK;
}

int scope_form_open(struct scope_form *f, struct req *r, const struct scope *sub,
		    int64_t integration_id, struct span own_name)
{
	int64_t total;

	*f = (struct scope_form){.r = r,
				 .sub = sub,
				 .integration_id = integration_id,
				 .own_name = own_name,
				 .was = -1};
	TRY(store_project_list(app_of(r)->db, r->arena, sub, &f->consent.projects,
			       &f->consent.nprojects, &total));
	f->consent.named_only = sub->role == ROLE_COLLABORATOR;
	f->consent.place = sub->name;
	return read_row(f);
}

void scope_form_first(struct scope_form *f)
{
	static const struct project_set ALL = {.all = true};

	if (!f->as.name.p)
		f->as.name = f->own_name;
	choose(f, f->row.state == SCOPE_LIVE ? &f->row.grant : &ALL);
	if (!f->consent.named_only || !f->consent.all)
		return;
	f->consent.all = false; /* all of theirs instead, to begin with */
	for (size_t k = 0; k < f->consent.nprojects; k++)
		f->consent.projects[k].chosen = true;
}

static struct span typed_name(struct scope_form *f)
{
	struct span other = form_text(f->r->form, "use_name"), name = form_text(f->r->form, "name");

	return other.n ? other : name;
}

static int64_t id_of(struct span text)
{
	int64_t id;

	return span_i64(text, &id) == OK ? id : 0;
}

/* Only what the visitor sees can be chosen. */
static void read_projects(struct scope_form *f)
{
	struct form *form = f->r->form;
	struct form_value *value;
	size_t at = 0;

	f->consent.all = span_is(form_text(form, "scope"), "all");
	while (form_next(form, "project", &at, &value)) {
		size_t k = 0;

		while (k < f->consent.nprojects && f->consent.projects[k].id != id_of(value->value))
			k++;
		if (k < f->consent.nprojects)
			f->consent.projects[k].chosen = true;
		else if (!f->consent.all)
			form_fail(form, value->name,
				  "A project that you chose is not there any more, or you don't "
				  "see it. Choose among those that are shown.");
	}
}

static void read_scope(struct scope_form *f)
{
	struct span scope = form_text(f->r->form, "scope");

	f->keep = f->row.state == SCOPE_LIVE && f->asks_name && !scope.p &&
		  !form_text(f->r->form, "project").p;
	if (f->keep) {
		scope_form_first(f);
		return;
	}
	if (!span_is(scope, "all") && !span_is(scope, "some"))
		form_fail(f->r->form, SPAN("scope"),
			  "Choose: all projects (\"all\"), or only those named (\"some\").");
	else if (f->consent.named_only && span_is(scope, "all"))
		form_fail(f->r->form, SPAN("scope"),
			  "As a collaborator you can allow it for projects on which you are named "
			  "(\"some\"), not for all of the subscription's.");
	read_projects(f);
}

static bool is_taken(void *arg, struct span name)
{
	struct scope_form *f = arg;
	bool taken = false;

	return store_scope_name_taken(app_of(f->r)->db, f->r->arena, f->sub->subscription_id, name,
				      &taken) == OK &&
	       taken;
}

/* Names the clash, as far as the visitor may see it, and proposes another name. */
static int fail_taken(struct scope_form *f)
{
	struct span name = f->as.name, sub = f->sub->name;
	const struct type *type;
	struct req *r = f->r;
	struct integration *i;
	int rc = store_integration_named(app_of(r)->db, r->arena, f->sub, name, &i);

	if (rc != OK && rc != E_NOT_FOUND)
		return rc;
	f->as.free = binding_free_name(r->arena, name, is_taken, f);
	if (rc == OK) {
		type = type_find(app_of(r)->types, i->type);
		f->as.href = arena_printf(r->arena, "/s/%.*s/integrations/%lld",
					  SPAN_ARG(f->sub->slug), (long long)i->id);
		form_fail(r->form, SPAN("name"),
			  "\"%.*s\" is taken in %.*s, by an integration of type %.*s. "
			  "\"%.*s\" is free.",
			  SPAN_ARG(name), SPAN_ARG(sub), SPAN_ARG(type ? type->label : i->type),
			  SPAN_ARG(f->as.free));
	} else {
		form_fail(r->form, SPAN("name"),
			  "\"%.*s\" is taken in %.*s, by an integration that you don't see. "
			  "\"%.*s\" is free.",
			  SPAN_ARG(name), SPAN_ARG(sub), SPAN_ARG(f->as.free));
	}
	return OK;
}

static int check_name(struct scope_form *f)
{
	struct form *form = f->r->form;
	struct span fault;

	if (form_message(form, SPAN("name")).p || form_message(form, SPAN("use_name")).p)
		return OK;
	fault = name_fault(f->r->arena, f->as.name);
	if (fault.p)
		form_fail(form, SPAN("name"), "%.*s", SPAN_ARG(fault));
	else if (is_taken(f, f->as.name))
		TRY(fail_taken(f));
	return OK;
}

int scope_form_read(struct scope_form *f)
{
	struct span was = form_text(f->r->form, "was"), name = typed_name(f);

	f->was = was.p ? id_of(was) : -1;
	f->asks_name = f->asks_name || name.n || f->row.handles == 0;
	/* a program that names none means the integration's own */
	f->as.name = !name.p && f->r->api ? f->own_name : name.p ? name : SPAN("");
	read_scope(f);
	if (f->asks_name)
		TRY(check_name(f));
	return OK;
}

static struct vault_scope asked(const struct scope_form *f, int64_t *ids)
{
	struct vault_scope v = {
		.integration_id = f->integration_id,
		.subscription_id = f->sub->subscription_id,
		.all_projects = f->consent.all,
		.projects = ids,
		.name = f->asks_name ? f->as.name : SPAN(""),
		.keep = f->keep,
		.expect = f->was,
	};

	for (size_t k = 0; k < f->consent.nprojects; k++)
		if (!f->consent.all && f->consent.projects[k].chosen)
			ids[v.nprojects++] = f->consent.projects[k].id;
	return v;
}

/* Which of its reasons it was: the name, unless the consent is another by now. */
static int conflict(struct scope_form *f)
{
	bool another;

	TRY(read_row(f));
	another = f->was >= 0 && f->was != (f->row.state == SCOPE_NONE ? 0 : f->row.entry) &&
		  f->was != f->row.entry;
	if (!another && f->asks_name && is_taken(f, f->as.name)) {
		TRY(fail_taken(f));
		return E_INVALID;
	}
	form_fail(f->r->form, SPAN(""),
		  "Nothing is changed: what you allow %.*s was changed elsewhere after this page "
		  "was opened. It is shown as it is now.",
		  SPAN_ARG(f->sub->name));
	return E_CONFLICT;
}

static int gone(struct scope_form *f)
{
	TRY(read_row(f));
	form_fail(f->r->form, SPAN("project"),
		  "Nothing is changed: a project that you chose is gone, or you are not named on "
		  "it any more. Look again, then decide.");
	return E_CONFLICT;
}

int scope_form_grant(struct scope_form *f, int64_t *handle_id)
{
	struct req *r = f->r;
	struct actor a = actor_of(r);
	struct vault_actor actor = {a.account_id, a.name, a.address, a.request};
	int64_t *ids = ARENA_ARRAY(r->arena, int64_t, f->consent.nprojects + 1);
	struct vault_scope scope = asked(f, ids);
	int rc;

	*handle_id = 0;
	if (scope.nprojects > VAULT_SCOPE_PROJECTS) {
		form_fail(r->form, SPAN("project"), "Choose at most %d projects, or all of them.",
			  VAULT_SCOPE_PROJECTS);
		return E_INVALID;
	}
	rc = vault_scope_grant(&app_of(r)->vault, &actor, visit_of(r)->who->token_hash, &scope,
			       handle_id);
	if (rc == E_CONFLICT)
		return conflict(f);
	if (rc == E_NOT_FOUND)
		return gone(f);
	return rc;
}
