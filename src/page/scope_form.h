/* scope_form.h: under which name, and for which projects, a subscription may use one of the
 * visitor's own integrations: what the page of a scope and "Use an account integration" ask alike.
 *
 *   scope_form_open     how it stands now
 *   scope_form_first    the form's first view
 *   scope_form_read     what was typed, with its faults
 *   scope_form_grant    to the vault */
#ifndef PAGE_SCOPE_FORM_H
#define PAGE_SCOPE_FORM_H

#include "http/form.h"
#include "page/app.h"
#include "store/binding.h"
#include "view/scope.h"

/* What both forms declare. */
#define SCOPE_FORM_FIELDS                                                                          \
	{"name", FORM_TEXT, false, 320, "Name"}, {"use_name", FORM_TEXT, false, 320, "Name"},      \
		{"scope", FORM_TEXT, false, 10, "Projects"},                                       \
		{"project", FORM_LIST, false, 20, "Project"},                                      \
	{                                                                                          \
		"was", FORM_LIST, false, 20, "State"                                               \
	}

struct scope_form {
	struct req *r;
	const struct scope *sub; /* the subscription, as the visitor sees it */
	int64_t integration_id;
	struct span own_name; /* of the account integration */
	struct scope_row row; /* how it stands */
	bool asks_name;	      /* a handle is to be made, whatever was typed */
	bool keep;	      /* the consent stays as it is */
	struct view_scope_name as;
	struct view_consent consent;
	int64_t hidden; /* projects of the consent that the visitor does not see */
	int64_t was;	/* scope_grant.entry that the form showed; -1: any */
};

/* E_NOT_FOUND: not an account integration of the visitor's. Memory is the request's. */
int scope_form_open(struct scope_form *f, struct req *r, const struct scope *sub,
		    int64_t integration_id, struct span own_name) WARN_UNUSED;
/* The names of what a consent allows, as far as the visitor sees them: "\n" between, by name;
 * *hidden counts the others. */
struct span scope_form_names(struct arena *a, const struct project *list, size_t n,
			     const struct project_set *set, int64_t *hidden);
/* As it stands; a name that was typed before stays. */
void scope_form_first(struct scope_form *f);
/* Reads the form; faults are form errors. E_UNAVAILABLE. */
int scope_form_read(struct scope_form *f) WARN_UNUSED;
/* Asks the vault. *handle_id: of the bound integration that was made, or 0. E_INVALID: form errors
 * say what (a taken name). E_CONFLICT: a form error says so, and f->row is how it is now. Others
 * are the dispatcher's. */
int scope_form_grant(struct scope_form *f, int64_t *handle_id) WARN_UNUSED;

#endif
