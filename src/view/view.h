/* view.h: what pages show, as plain structs. A handler fills one, a view_*() renders it into the
 * response. Texts are raw; escaping is the templates' business. All memory is the request's arena.
 */
#ifndef VIEW_VIEW_H
#define VIEW_VIEW_H

#include "base/buf.h"
#include "core/binding.h"
#include "core/integration.h"
#include "core/token.h"
#include "view/conflict.h"
#include "view/own.h"

struct view_bound; /* bound.h */

struct view_crumb {
	struct span label, href;
};

/* Which entry of the navigation the page belongs to. */
enum view_nav {
	NAV_NONE,
	NAV_OWN,
	NAV_INTEGRATIONS,
	NAV_PROJECTS,
	NAV_PEOPLE,
	NAV_AUDIT,
	NAV_SETTINGS,
	NAV_ACCOUNTS,
	NAV_SUBSCRIPTIONS,
	NAV_SITE_AUDIT,
	NAV_ACCOUNT,
};

/* The frame around every page. */
struct view_frame {
	struct span title;           /* also the document's title, followed by " · Signet" */
	struct view_crumb crumbs[4];
	size_t ncrumbs;
	enum view_nav active;
	const struct who *who;       /* NULL: nobody signed in, a frame without navigation */
	const struct scope *scope;   /* the subscription of the address, or the last one; or NULL */
	bool own;                    /* about the visitor's own integrations, not the subscription's */
	struct span csrf;
	struct span message;         /* after an act: "Saved."; or empty */
	bool api;                    /* for a program: JSON (json.h) instead of a page */
	struct span path, query;     /* what it asked for */
};

struct view_login {
	struct span login, next;     /* as typed */
	struct span error;           /* one sentence, or empty */
	bool lost;                   /* a form arrived after the session had ended */
};

struct view_error {
	int status;
	struct span heading;         /* "Page not found" */
	struct span message;         /* what to do */
	struct span request;         /* id */
};

enum { USES_UNKNOWN = -1 };

struct view_row {
	int64_t id;
	struct span name, type_label, icon, url;
	struct span projects;        /* "All projects", "web, api", "No project" */
	bool may_edit;
	struct span type;            /* its name, "jenkins" */
	bool all_projects;
	struct span project_names;   /* one a line */
	bool disabled;
	struct span changed;         /* when, in an order by that; else empty */
	bool bound;                  /* takes its values from an account integration: */
	int64_t owner_id;
	struct span owner;           /* "Maya (maya)" */
	enum binding_state binding;
	bool may_rebind;
	int64_t uses;                /* places that name it; USES_UNKNOWN: not for the viewer */
	int64_t used_at;             /* when the last of them went; 0: none ever did */

	/* Of the visitor's own. */
	int64_t handles, subscriptions;
	int64_t changed_at;
};

struct view_leaver; /* view/binding.h */

struct view_list {
	struct view_row *rows;
	size_t nrows;
	int64_t total;               /* all that the viewer may see */
	struct span next;            /* ?after= value of the next page, or empty */
	bool first;                  /* is this the first page? */
	bool may_add;
	bool no_project;             /* a collaborator who is named on none */
	int64_t now;                 /* of the visitor's own: for "3 days ago" */
	int64_t matches;             /* of them, what the query means */
	struct span previous;        /* ?before= value of the page before, or empty */
	struct span search, type, state, sort, owner, use, since; /* of the address; empty: the usual */
	bool filtered;               /* some of them but `sort` are set */
	const struct type_catalogue *types;
	struct view_leaver *leavers; /* for admins: whose integrations need another owner */
	size_t nleavers;
};

/* + Add, first step: choose a type. */
struct view_types {
	const struct type_catalogue *types;
	struct span q;               /* what was searched for; empty: all are shown */
	struct span back;            /* page/bind_typed.h: where one comes from; empty: nowhere */
};

struct view_url_row {
	struct span key, url;        /* as typed or stored */
	struct span key_error, url_error;
	struct span help, example;
	bool key_fixed;              /* the type's own key: shown, not typed */
	bool required;
};

/* One secret input: what the page may say about it. */
struct view_secret {
	struct span note;            /* "Sealed 3 days ago by Admin. Type to replace it." or empty */
	struct span kept;            /* the sealed box of what was typed before an error, or "" */
	struct span error;
	bool is_stored;              /* there is one in the database */
	bool removable;              /* optional, and stored or kept: a "Remove" box stands beside */
	bool removed;                /* that box is ticked */
};

struct view_pair {
	struct span key, key_error;
	struct view_secret secret;
};

struct view_field {
	const struct type_field *field;
	struct span value, error;    /* FIELD_TEXT, FIELD_LINES */
	struct view_secret secret;   /* secrets of one value */
	struct view_pair *pairs;     /* FIELD_PAIRS */
	size_t npairs;
};

struct view_form {
	const struct type *type;
	bool is_new;
	int64_t id, version;         /* edit */
	struct span uid;             /* new: the uid under which kept secrets are sealed, base64 */
	struct span opened;          /* edit: sums of the fields as they were opened */
	struct view_conflict *conflict; /* somebody else saved meanwhile; or NULL */
	struct span error;           /* about the whole form: a banner */
	struct span used_name, used_href; /* what this very form has added already; or none */
	struct span name, name_error;
	struct span rename_href;     /* where it gets another name, which is refused here; or empty */
	struct view_url_row *urls;
	size_t nurls;
	struct span urls_error;
	bool may_add_url;
	struct view_field *fields;
	size_t nfields;
	bool may_edit_roles;         /* else the set is shown, not asked */
	role_set edit_roles;
	bool all_projects;
	bool may_choose_all;         /* only where the viewer sees all projects */
	struct project *projects;    /* those that the viewer sees */
	size_t nprojects;
	int64_t hidden_projects;
	struct span projects_error;
	struct view_bound *bound;    /* of a bound one; or NULL */
	const struct view_uses *used; /* a subscription's: where it is named; else NULL */
	const struct view_own *own;  /* the visitor's own, edit: what its deletion touches; or NULL */
	struct span submit;          /* form's action */
	struct span back;            /* new: page/bind_typed.h; empty: nowhere */
	struct span back_path;       /* its address */
	bool may_delete;             /* edit: the panel at the foot */
};

/* A line for a workflow file. */
struct view_use {
	struct span where;           /* "In a job of type runSh, under" */
	struct span key;             /* "integrations:" */
	struct span text;            /* what to copy: one line, or two */
};

/* One change of it. */
struct view_change {
	struct span what;            /* "Changed Name, API token" */
	struct span who;
	int64_t at;
};

struct view_details {
	const struct integration *i;
	const struct type *type;     /* NULL when its file is gone: the name is shown */
	bool may_edit;
	int64_t now;
	struct view_use uses[3];
	size_t nuses;
	bool dynamic;                /* a workflow file would read the name as a variable */
	struct view_change *changes; /* newest first */
	size_t nchanges;
	bool may_see_audit;
	const struct view_uses *used; /* a subscription's: where it is named; else NULL */
	struct view_bound *bound;    /* of a bound one; or NULL */
	const struct view_own *own;  /* the visitor's own: where it is used; else NULL */
	struct span error;           /* about the whole page: a banner */
	struct span reason, reason_error; /* of disabling, as typed */
};

/* Who sees the row but may not edit. */
struct view_closed {
	int64_t id;
	struct span type;            /* "jenkins" */
	struct span name, type_label, icon;
	role_set edit_roles;
	struct span owner;           /* of a bound one; else "" */
	enum binding_state binding;
};

struct view_account {
	struct span current_error, password_error; /* beside the fields */
	struct span name, name_error;              /* as typed, or as it is */
	struct span email, email_error;
	bool mails;                                /* links can be mailed */
};

/* One's access tokens, and the form for another. */
struct view_tokens {
	const struct access_token *list;
	size_t n;
	int64_t now;
	struct span made, made_name; /* the token just made, this once; or empty */
	struct span error;           /* about the whole form */
	struct span name, days;      /* as typed */
	bool read, write, workflow;
	struct span name_error, scopes_error, days_error;
};

/* Loads and checks all templates of the folder; once, before fork. E_INVALID (logged with the
 * file). */
int view_load(const char *folder) WARN_UNUSED;

/* "Admins and members". Static. */
struct span view_editors(role_set roles);

/* Each renders a whole page into `out` (appended). E_BUG when a template fails; then nothing of it
 * may be sent. */
int view_login(struct buf *out, struct arena *a, const struct view_frame *f,
	       const struct view_login *v);
int view_error(struct buf *out, struct arena *a, const struct view_frame *f,
	       const struct view_error *v);
int view_home(struct buf *out, struct arena *a, const struct view_frame *f);
/* The list without its frame (for the API: all of it): it hangs on `v`, and on f->scope->slug and
 * f->api alone, so it may be kept. */
int view_list_body(struct buf *out, struct arena *a, const struct view_frame *f,
		   const struct view_list *v);
/* What stands above that body, and below it. The lower part is always the same. */
int view_list_head(struct buf *out, struct arena *a, const struct view_frame *f, bool may_add);
int view_list_foot(struct buf *out, struct arena *a);
/* All that the upper part is made of, the session's form token included: with the same key it is the
 * same. Begins with a blank; in the arena. */
struct span view_list_head_key(struct arena *a, const struct view_frame *f, bool may_add);
int view_types(struct buf *out, struct arena *a, const struct view_frame *f,
	       const struct view_types *v);
int view_form(struct buf *out, struct arena *a, const struct view_frame *f,
	      const struct view_form *v);
int view_details(struct buf *out, struct arena *a, const struct view_frame *f,
		 const struct view_details *v);
int view_tokens(struct buf *out, struct arena *a, const struct view_frame *f,
		const struct view_tokens *v);
int view_closed(struct buf *out, struct arena *a, const struct view_frame *f,
		const struct view_closed *v);
int view_account(struct buf *out, struct arena *a, const struct view_frame *f,
		 const struct view_account *v);

#endif
