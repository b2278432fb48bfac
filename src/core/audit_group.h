/* audit_group.h: the kinds of entries as people look for them, and the things that entries are
 * about. */
#ifndef CORE_AUDIT_GROUP_H
#define CORE_AUDIT_GROUP_H

#include "core/audit.h"

/* By the first word of an action's text ("integration.edit"): see audit_group.c. */
enum audit_group {
	AUDIT_GROUP_INTEGRATIONS,
	AUDIT_GROUP_PROJECTS,
	AUDIT_GROUP_PEOPLE,
	AUDIT_GROUP_SUBSCRIPTIONS,
	AUDIT_GROUP_ACCOUNTS,
	AUDIT_GROUP_REFUSED,
	AUDIT_GROUP_OTHER,
	AUDIT_GROUPS
};

/* A set of actions. */
struct audit_actions {
	bool has[AUDIT_ACTIONS];
};

enum audit_group audit_group_of(enum audit_action action);
/* "integrations" in an address; "Integrations" for people. Static. */
const char *audit_group_text(enum audit_group g);
const char *audit_group_words(enum audit_group g);
/* The group of that text; E_NOT_FOUND. */
int audit_group_find(struct span text, enum audit_group *out) WARN_UNUSED;
struct audit_actions audit_group_actions(enum audit_group g);
/* The action of that text in the database; E_NOT_FOUND: another version's, or somebody's own. */
int audit_action_find(struct span text, enum audit_action *out) WARN_UNUSED;

/* "integration:42", "project:7", "account:3", "subscription:1": all actions whose object has such
 * an id, and the id. E_NOT_FOUND. */
int audit_thing_read(struct span text, struct audit_actions *actions, int64_t *id) WARN_UNUSED;
/* The word of the thing that an action is about: "integration"; "" when it has no id. Static. */
struct span audit_thing_of(enum audit_action action);

#endif
