/* config.c: a list of (section, key, value), small enough to search in order. */
#include "base/config.h"

#include <ini.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "base/err.h"
#include "base/log.h"
#include "base/span.h"
#include "base/banned.h"

struct entry {
	struct entry *next;
	char *section, *key, *value;
};

struct config {
	struct entry *entries;
	char *path;
};

static char *copy(const char *s)
{
	char *p = strdup(s);

	ASSERT(p != NULL);
	return p;
}

static int add(void *user, const char *section, const char *key, const char *value)
{
	struct config *c = user;
	struct entry *e = calloc(1, sizeof(*e));

	ASSERT(e != NULL);
	*e = (struct entry){c->entries, copy(section), copy(key), copy(value)};
	c->entries = e; /* the last of two equal keys is found first */
	return 1;
}

int config_load(const char *path, struct config **out)
{
	struct config *c = calloc(1, sizeof(*c));
	int rc;

	ASSERT(c != NULL);
	c->path = copy(path);
	rc = ini_parse(path, add, c);
	if (rc == 0) {
		*out = c;
		return OK;
	}
	config_free(c);
	if (rc < 0) {
		log_error("cannot read the configuration %s", path);
		return E_NOT_FOUND;
	}
	log_error("%s:%d: not a section, a comment or `key = value`", path, rc);
	return E_INVALID;
}

void config_free(struct config *c)
{
	if (!c)
		return;
	while (c->entries) {
		struct entry *e = c->entries;
		c->entries = e->next;
		free(e->section);
		free(e->key);
		free(e->value);
		free(e);
	}
	free(c->path);
	free(c);
}

const char *config_get(const struct config *c, const char *section, const char *key,
		       const char *fallback)
{
	for (const struct entry *e = c->entries; e; e = e->next)
		if (strcmp(e->section, section) == 0 && strcmp(e->key, key) == 0)
			return e->value;
	return fallback;
}

__attribute__((noreturn)) static void refuse(const struct config *c, const char *section,
					      const char *key, const char *want)
{
	log_error("%s: [%s] %s must be %s", c->path, section, key, want);
	exit(78); /* EX_CONFIG */
}

int64_t config_int(const struct config *c, const char *section, const char *key, int64_t fallback,
		   int64_t least, int64_t most)
{
	const char *text = config_get(c, section, key, NULL);
	int64_t v;

	if (!text)
		return fallback;
	if (span_i64(span_str(text), &v) != OK || v < least || v > most)
		refuse(c, section, key, "a whole number in its range");
	return v;
}

bool config_bool(const struct config *c, const char *section, const char *key, bool fallback)
{
	static const char *const YES[] = {"yes", "true", "on", "1"};
	static const char *const NO[] = {"no", "false", "off", "0"};
	const char *text = config_get(c, section, key, NULL);

	if (!text)
		return fallback;
	for (size_t i = 0; i < COUNT(YES); i++) {
		if (strcasecmp(text, YES[i]) == 0)
			return true;
		if (strcasecmp(text, NO[i]) == 0)
			return false;
	}
	refuse(c, section, key, "yes or no");
}

const char *config_need(const struct config *c, const char *section, const char *key)
{
	const char *text = config_get(c, section, key, NULL);

	if (!text || !*text)
		refuse(c, section, key, "set");
	return text;
}
