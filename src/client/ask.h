/* ask.h: one question to a Signet, by libcurl, which only this file's .c knows. It is loaded when
 * something is asked and not before: linked, it would make each start of signet ten times as long,
 * and other commands run in each build step. */
#ifndef CLIENT_ASK_H
#define CLIENT_ASK_H

#include "base/arena.h"

struct ask_part {
	struct span path; /* goes into a header: without quotes, backslashes and controls */
	struct span bytes;
};

struct ask {
	const char *server; /* "https://signet.example.com" */
	const char *token;
	const char *ca_file; /* trusted instead of the system's; or NULL */
	struct span sub, project;
	bool insecure_http;
	int64_t timeout; /* seconds, for the whole */
	const struct ask_part *parts;
	size_t nparts;
};

struct ask_answer {
	long status;
	struct span type, body, location; /* in the arena */
	struct span fault; /* a sentence without its full stop, when the return is not OK */
};

/* Asks which references of these files are fine (deploy/API.md, workflow/check). Redirects are not
 * followed: the token would go along. E_INVALID: the address cannot be used; E_UNAVAILABLE: there
 * is no answer. With OK there is one, of any status. */
int ask_check(struct arena *a, const struct ask *ask, struct ask_answer *out) WARN_UNUSED;

/* Why an answer of another status than 200 is none, and what to do: a sentence without its full
 * stop, in the arena. */
struct span ask_refused(struct arena *a, const struct ask *ask, const struct ask_answer *answer);

#endif
