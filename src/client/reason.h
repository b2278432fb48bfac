/* reason.h: why a place in a workflow file is not fine, as programs say it, and which of these
 * reasons make a run of signet lint fail. */
#ifndef CLIENT_REASON_H
#define CLIENT_REASON_H

#include "base/arena.h"

struct reason {
	const char *slug;
	bool fails;	   /* unless it is said otherwise */
	const char *what;  /* a sentence */
	const char *to_do; /* sentences */
};

enum { REASONS = 11 };
/* Those that a Signet answers, and "unreadable", for a file. */
extern const struct reason REASON_LIST[REASONS];

/* Its place in the list; REASONS: a newer Signet's, or none. */
size_t reason_at(struct span slug);

struct reason_set {
	bool has[REASONS];
	bool others; /* those that are not in the list */
};

/* --fail-on: "all", "none", or reasons with commas between; NULL: what fails by itself. A file that
 * cannot be read fails always. E_INVALID: *wrong is the one that there is not. */
int reason_set_parse(const char *text, struct reason_set *out, struct span *wrong) WARN_UNUSED;
bool reason_set_has(const struct reason_set *set, struct span slug);

#endif
