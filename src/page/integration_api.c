/* integration_api.c: an integration as programs send it, and its faults beside the members that
 * they belong to. All else is the pages' own. */
#include "page/integration_api.h"

#include "http/form.h"
#include "page/integration.h"
#include "base/banned.h"

static const struct form_member MEMBERS[] = {
	{"name", "name", NULL},
	{"type", "type", NULL},
	{"urls[].key", "url_key", NULL},
	{"urls[].url", "url", NULL},
	{"values.*", "value.*", NULL},
	{"secrets.*", "secret.*", "remove.*"},
	{"pairs.*[].key", "pair_key.*.#", NULL},
	{"pairs.*[].value", "secret.*.#", NULL},
	/* of a subscription's alone */
	{"edit_roles.admin", NULL, NULL},
	{"edit_roles.member", "role_member", NULL},
	{"edit_roles.collaborator", "role_collaborator", NULL},
	{"scope", "scope", NULL},
	{"projects[]", "project", NULL},
	{"account_integration", "account_integration", NULL},
	{"was", "was", NULL},
};
enum { BOUND_MEMBERS = 2, SHARING_MEMBERS = 5 + BOUND_MEMBERS };
#define ANSWERED                                                                                   \
	"id version sealed hidden_projects kind bound disabled created_at created_by changed_at "  \
	"changed_by changes"
const struct json_map JSON_INTEGRATION_NEW = {&FORM_INTEGRATION_NEW, MEMBERS, COUNT(MEMBERS),
					      ANSWERED};
const struct json_map JSON_INTEGRATION = {&FORM_INTEGRATION, MEMBERS,
					  COUNT(MEMBERS) - BOUND_MEMBERS, ANSWERED};
const struct json_map JSON_OWN_INTEGRATION = {
	&FORM_OWN_INTEGRATION, MEMBERS, COUNT(MEMBERS) - SHARING_MEMBERS,
	"id version sealed disabled created_at created_by changed_at changed_by changes used_in"};

static void note(struct input *in, struct span where, struct span message)
{
	if (message.n && !span_eq(form_message(in->r->form, where), message))
		form_fail(in->r->form, where, "%.*s", SPAN_ARG(message));
}

static void note_pairs(struct input *in, const struct view_field *f)
{
	struct arena *a = in->r->arena;

	for (size_t row = 0; row < f->npairs; row++) {
		struct span at = arena_printf(a, "pairs.%.*s[%zu]", SPAN_ARG(f->field->name), row);

		note(in, arena_printf(a, "%.*s.key", SPAN_ARG(at)), f->pairs[row].key_error);
		note(in, arena_printf(a, "%.*s.value", SPAN_ARG(at)), f->pairs[row].secret.error);
	}
	note(in, arena_printf(a, "pairs.%.*s", SPAN_ARG(f->field->name)), f->error);
}

static void note_all(struct input *in)
{
	struct arena *a = in->r->arena;

	note(in, SPAN("name"), in->v.name_error);
	note(in, SPAN("urls"), in->v.urls_error);
	note(in, SPAN("projects"), in->v.projects_error);
	for (size_t k = 0; k < in->v.nurls; k++) {
		note(in, arena_printf(a, "urls[%zu].key", k), in->v.urls[k].key_error);
		note(in, arena_printf(a, "urls[%zu].url", k), in->v.urls[k].url_error);
	}
	for (size_t k = 0; k < in->v.nfields; k++) {
		const struct view_field *f = &in->v.fields[k];
		struct span name = f->field->name;

		if (f->field->kind == FIELD_PAIRS)
			note_pairs(in, f);
		note(in, arena_printf(a, "values.%.*s", SPAN_ARG(name)),
		     field_is_secret(f->field->kind) ? SPAN("") : f->error);
		note(in, arena_printf(a, "secrets.%.*s", SPAN_ARG(name)), f->secret.error);
	}
}

/* What the page shows beside a field comes before what the form's reader found there. */
void integration_api_faults(struct input *in)
{
	struct form *f = in->r->form;
	struct form_error *read = f->errors;

	f->errors = NULL;
	f->last_error = &f->errors;
	note_all(in);
	*f->last_error = read;
	while (*f->last_error)
		f->last_error = &(*f->last_error)->next;
}
