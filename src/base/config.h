/* config.h: the operator's file (INI), read once at start. One file serves all programs; it holds
 * no secret, only paths, so every program's user may read it. */
#ifndef BASE_CONFIG_H
#define BASE_CONFIG_H

#include <stdbool.h>
#include <stdint.h>

struct config; /* lives until config_free() */

/* Reads `path`. E_NOT_FOUND when it cannot be opened, E_INVALID on a line that is no INI; both are
 * logged with the path and line. */
int config_load(const char *path, struct config **out);
void config_free(struct config *c);
/* The value of `key` in `[section]`, borrowed; `fallback` when it is absent. */
const char *config_get(const struct config *c, const char *section, const char *key,
		       const char *fallback);
/* A number in [least, most]; a value that is none or out of range is logged and ends the process,
 * since an operator's typing error must not turn into a default. */
int64_t config_int(const struct config *c, const char *section, const char *key, int64_t fallback,
		   int64_t least, int64_t most);
/* yes/no, true/false, on/off, 1/0. Anything else ends the process like config_int(). */
bool config_bool(const struct config *c, const char *section, const char *key, bool fallback);
/* Like config_get(), but the process ends with a message when the key is absent. */
const char *config_need(const struct config *c, const char *section, const char *key);

#endif
