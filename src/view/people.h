/* people.h: the pages of a subscription's people. See view.h for how pages are filled. */
#ifndef VIEW_PEOPLE_H
#define VIEW_PEOPLE_H

#include "view/binding.h"

struct view_person_row {
	int64_t id;
	struct span name, login;
	enum role role;
	bool disabled;
	struct span source; /* "hand" */
	int64_t granted_at;
	struct span projects; /* "web, api and 4 more", "All", "No project" */
};

struct view_people {
	struct view_person_row *rows;
	size_t nrows;
	int64_t total, now;
	struct span search;
	enum role only;			     /* the filter; ROLE_NONE: all */
	struct span after_name, after_login; /* of the next page; empty: this is the last */
	bool first;
	struct view_leaver *leavers; /* whose integrations need another owner */
	size_t nleavers;
};

/* + Add. */
struct view_person_new {
	struct span login, login_error, role_error, error; /* as typed; messages */
	enum role role;
	int64_t there_already; /* the account, when it has a role already; or 0 */
};

struct view_named {
	int64_t id;
	struct span name, source;
	int64_t granted_at;
};

/* One person, and the page that asks before their role is taken. */
struct view_person {
	struct view_person_row person;
	int64_t now;
	enum role chosen; /* as typed, or the present one */
	struct span error, role_error;
	bool last_admin; /* nobody else can act: neither role nor person can go */
	bool self;
	struct view_named *projects; /* a collaborator's */
	size_t nprojects;
	struct span *known; /* names to choose from */
	size_t nknown;
	struct span project, project_error; /* as typed */
	struct view_binding *bindings;	    /* what takes its values from integrations of theirs */
	size_t nbindings;
	int64_t grace_days;
};

/* "By hand": where a right came from. Static. */
struct span view_source(struct span source);

int view_people(struct buf *out, struct arena *a, const struct view_frame *f,
		const struct view_people *v);
int view_person_new(struct buf *out, struct arena *a, const struct view_frame *f,
		    const struct view_person_new *v);
int view_person(struct buf *out, struct arena *a, const struct view_frame *f,
		const struct view_person *v);
int view_person_remove(struct buf *out, struct arena *a, const struct view_frame *f,
		       const struct view_person *v);

#endif
