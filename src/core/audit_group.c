/* audit_group.c: which kind of entry is which group, by the first word of its text. */
#include "core/audit_group.h"

#include "base/banned.h"

static const struct {
	const char *text, *words;
} GROUPS[] = {
	[AUDIT_GROUP_INTEGRATIONS] = {"integrations", "Integrations"},
	[AUDIT_GROUP_PROJECTS] = {"projects", "Projects"},
	[AUDIT_GROUP_PEOPLE] = {"people", "People and roles"},
	[AUDIT_GROUP_SUBSCRIPTIONS] = {"subscriptions", "Subscriptions and settings"},
	[AUDIT_GROUP_ACCOUNTS] = {"accounts", "Accounts and sign-in"},
	[AUDIT_GROUP_REFUSED] = {"refused", "Refused"},
	[AUDIT_GROUP_OTHER] = {"other", "Other"},
};

/* thing: whose id the entry has, as "thing:42" in an address; "" for none. */
static const struct {
	const char *word;
	enum audit_group group;
	const char *thing;
} WORDS[] = {
	{"integration", AUDIT_GROUP_INTEGRATIONS, "integration"},
	{"binding", AUDIT_GROUP_INTEGRATIONS, "integration"},
	{"scope", AUDIT_GROUP_INTEGRATIONS, "integration"},
	{"project", AUDIT_GROUP_PROJECTS, "project"},
	{"workflow", AUDIT_GROUP_PROJECTS, "project"},
	{"sync_token", AUDIT_GROUP_PROJECTS, "project"},
	{"role", AUDIT_GROUP_PEOPLE, "account"},
	{"collaborator", AUDIT_GROUP_PEOPLE, "account"},
	{"site_admin", AUDIT_GROUP_PEOPLE, "account"},
	{"subscription", AUDIT_GROUP_SUBSCRIPTIONS, "subscription"},
	{"account", AUDIT_GROUP_ACCOUNTS, "account"},
	{"password", AUDIT_GROUP_ACCOUNTS, "account"},
	{"session", AUDIT_GROUP_ACCOUNTS, "account"},
	{"access_token", AUDIT_GROUP_ACCOUNTS, ""},
	{"denied", AUDIT_GROUP_REFUSED, ""},
};

/* The row of an action's first word; COUNT(WORDS) for none. */
static size_t word_of(enum audit_action action)
{
	struct span rest = span_str(audit_action_text(action)), word;
	size_t k = 0;

	span_cut(&rest, '.', &word);
	while (k < COUNT(WORDS) && !span_is(word, WORDS[k].word))
		k++;
	return k;
}

enum audit_group audit_group_of(enum audit_action action)
{
	size_t k = word_of(action);

	return k < COUNT(WORDS) ? WORDS[k].group : AUDIT_GROUP_OTHER;
}

const char *audit_group_text(enum audit_group g)
{
	ASSERT((size_t)g < COUNT(GROUPS));
	return GROUPS[g].text;
}

const char *audit_group_words(enum audit_group g)
{
	ASSERT((size_t)g < COUNT(GROUPS));
	return GROUPS[g].words;
}

int audit_group_find(struct span text, enum audit_group *out)
{
	for (size_t g = 0; g < AUDIT_GROUPS; g++) {
		if (span_is(text, GROUPS[g].text)) {
			*out = (enum audit_group)g;
			return OK;
		}
	}
	return E_NOT_FOUND;
}

struct audit_actions audit_group_actions(enum audit_group g)
{
	struct audit_actions all = {{false}};

	for (size_t k = 0; k < AUDIT_ACTIONS; k++)
		all.has[k] = audit_group_of((enum audit_action)k) == g;
	return all;
}

int audit_action_find(struct span text, enum audit_action *out)
{
	for (size_t k = 0; k < AUDIT_ACTIONS; k++) {
		if (span_is(text, audit_action_text((enum audit_action)k))) {
			*out = (enum audit_action)k;
			return OK;
		}
	}
	return E_NOT_FOUND;
}

struct span audit_thing_of(enum audit_action action)
{
	size_t k = word_of(action);

	return k < COUNT(WORDS) ? span_str(WORDS[k].thing) : SPAN("");
}

int audit_thing_read(struct span text, struct audit_actions *actions, int64_t *id)
{
	struct span thing;
	bool any = false;

	if (!span_cut(&text, ':', &thing) || span_i64(text, id) != OK || thing.n == 0)
		return E_NOT_FOUND;
	for (size_t k = 0; k < AUDIT_ACTIONS; k++) {
		actions->has[k] = span_eq(audit_thing_of((enum audit_action)k), thing);
		any = any || actions->has[k];
	}
	return any ? OK : E_NOT_FOUND;
}
