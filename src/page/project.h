/* project.h: the pages of a subscription's projects: everybody with a role there sees theirs,
 * admins change them. */
#ifndef PAGE_PROJECT_H
#define PAGE_PROJECT_H

#include "http/route.h"

extern const struct form_def FORM_PROJECT_NEW, FORM_PROJECT_NAME, FORM_PROJECT_PEOPLE,
	FORM_PROJECT_DELETE;

int page_projects(struct req *r, struct res *s);
int page_project_new(struct req *r, struct res *s);
int page_project_create(struct req *r, struct res *s);
int page_project(struct req *r, struct res *s);
/* Its name, and where its repository is. */
int page_project_save(struct req *r, struct res *s);
/* Names a collaborator on the project, or takes one off. */
int page_project_people(struct req *r, struct res *s);
/* Its page again, with the messages of r->form. */
int page_project_again(struct req *r, struct res *s, int status);
/* What deleting it means, and then does it. */
int page_project_delete_ask(struct req *r, struct res *s);
int page_project_delete(struct req *r, struct res *s);

#endif
