/* project.h: the pages of a subscription's projects, and of its settings. See view.h for how pages
 * are filled. */
#ifndef VIEW_PROJECT_H
#define VIEW_PROJECT_H

#include "core/git_host.h"
#include "view/workflow.h"
#include "view/workflow_list.h"

struct view_project_row {
	int64_t id;
	struct span name;
	int64_t integrations, collaborators;
};

struct view_projects {
	struct view_project_row *rows;
	size_t nrows;
	int64_t total;
	struct span search;
	struct span next; /* ?after= value of the next page, or empty */
	bool first;
	bool may_administer;
};

/* The fields for the address of its repository. */
struct view_place_form {
	struct span was, url, url_error; /* url: as typed, or the present one */
	enum git_host host;
	struct span host_error;
};

struct view_project_new {
	struct span name, name_error, error;
	struct view_place_form form;
};

struct view_project_person {
	int64_t id;
	struct span name, login;
};

struct view_project_integration {
	int64_t id;
	struct span name;
	bool alone; /* its list has no other project */
};

/* One project, and the page that asks before it is deleted. */
struct view_project {
	struct view_project_row project;
	int64_t created_at;
	struct git_place place;
	struct view_place_form form;
	bool may_administer;
	struct span error;
	struct span name, name_error; /* as typed, or the present one */
	struct span login, login_error;
	struct view_project_person *people; /* a page of its collaborators */
	size_t npeople;
	bool first;
	struct span after_name, after_login;
	struct view_project_integration *integrations; /* the first of them */
	size_t nintegrations;
	struct view_workflow *workflow; /* for people; or NULL */

	/* Before a deletion: what would be forgotten. */
	int64_t files, references;
	struct view_unused unused;
};

struct view_settings {
	struct span name_now, name, name_error, error;
	int64_t created_at, admins, members, collaborators, projects, integrations;
	int64_t grace_now;		/* days */
	struct span grace, grace_error; /* as typed */
};

int view_projects(struct buf *out, struct arena *a, const struct view_frame *f,
		  const struct view_projects *v);
int view_project_new(struct buf *out, struct arena *a, const struct view_frame *f,
		     const struct view_project_new *v);
int view_project(struct buf *out, struct arena *a, const struct view_frame *f,
		 const struct view_project *v);
int view_project_delete(struct buf *out, struct arena *a, const struct view_frame *f,
			const struct view_project *v);
int view_settings(struct buf *out, struct arena *a, const struct view_frame *f,
		  const struct view_settings *v);

#endif
