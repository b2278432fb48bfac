/* people.h: the pages of a subscription's people, for its admins. */
#ifndef PAGE_PEOPLE_H
#define PAGE_PEOPLE_H

#include "http/route.h"

extern const struct form_def FORM_PERSON_NEW, FORM_PERSON_ROLE, FORM_PERSON_PROJECTS,
	FORM_PERSON_REMOVE;

int page_people(struct req *r, struct res *s);
/* + Add: an account that exists gets a role. */
int page_person_new(struct req *r, struct res *s);
int page_person_create(struct req *r, struct res *s);
int page_person(struct req *r, struct res *s);
int page_person_role(struct req *r, struct res *s);
/* Names a collaborator on a project, or takes them off one. */
int page_person_projects(struct req *r, struct res *s);
/* What removing somebody means, and then does it. */
int page_person_remove_ask(struct req *r, struct res *s);
int page_person_remove(struct req *r, struct res *s);

#endif
