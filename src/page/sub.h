/* sub.h: what the pages of a subscription's people, projects and settings share. */
#ifndef PAGE_SUB_H
#define PAGE_SUB_H

#include "http/form.h"
#include "page/frame.h"
#include "proto/vault.h"

/* "/s/acme" and what printf makes of the rest, in the arena. */
struct span sub_path(const struct req *r, const char *format, ...)
	__attribute__((format(printf, 2, 3)));
/* The frame of a page of this part of the navigation, with crumbs "CI/CD", the subscription and,
 * for a page `below` the list of people or projects, that list. */
struct view_frame sub_frame(struct req *r, struct res *s, struct span title, enum view_nav active,
			    bool below);
/* Rule 1 for names, on the form's "name": a message beside it when it is broken. */
void sub_check_name(struct req *r);
/* "web, api" or "web, api, docs and 4 more" of names with "\n" between; "No project" of none. */
struct span sub_names(struct arena *a, struct span lines);
/* Asks the vault to write a right in this subscription, in the visitor's name. As
 * vault_role_grant(). */
int sub_grant(struct req *r, struct vault_grant grant) WARN_UNUSED;
/* A role by its word; ROLE_NONE for anything else. */
enum role sub_role(struct span word);

/* Finds whom an admin means by a login: OK with the account's id and their role here (ROLE_NONE:
 * none). E_NOT_FOUND: no account that can sign in has it. Any admin of any subscription can find
 * out so which logins exist, since adding somebody needs it; therefore only whole logins are tried,
 * a miss counts, and after MOST_MISSES in a quarter of an hour it is E_THROTTLED. */
int sub_find_login(struct req *r, struct span login, int64_t *account_id,
		   enum role *role) WARN_UNUSED;

#endif
