/* lint.h: signet lint: what is asked, what was found, and how it is printed. */
#ifndef CLIENT_LINT_H
#define CLIENT_LINT_H

#include "base/buf.h"
#include "client/ask.h"
#include "client/reason.h"

enum { LINT_OK = 0, LINT_FAILS = 1, LINT_USAGE = 2, LINT_NOT_ASKED = 3 };
enum lint_format { LINT_TEXT, LINT_JSON, LINT_SARIF };

struct lint_options {
	const char *server, *project, *templates, *token_file, *ca_file;
	struct span sub, project_name; /* the parts of `project` */
	bool insecure_http;
	int64_t timeout; /* seconds */
	enum lint_format format;
	struct reason_set fails;
	bool fails_none; /* but what cannot be read */
	char **files;
	size_t nfiles;
};

/* OK; E_INVALID: said on standard error. E_NOT_FOUND: help was asked for, and printed. */
int lint_options(int argc, char **argv, struct lint_options *out) WARN_UNUSED;

struct lint_file {
	const char *name;     /* as it was named on the command line */
	struct span path;     /* as the Signet is asked; SPAN_NONE: it is not */
	struct span bytes;    /* if it is */
	bool answered, aside; /* aside: --templates, which no finding is about */
	int64_t references;
};

struct lint_finding {
	size_t file; /* its place */
	int64_t line, column;
	struct span reason, state, kind, consumer, key, name;
	struct span advice;  /* sentences */
	struct span meant;   /* SPAN_NONE: no other name is like it */
	int64_t integration; /* its id for those who see it; 0 */
	bool fails;
};

struct lint {
	struct arena *a;
	struct lint_options o;
	struct lint_file *files;
	size_t nfiles;
	struct lint_finding *findings; /* by file, line and column when they are printed */
	size_t nfindings, room;
	int64_t references, fine; /* places in all files, and those without a finding */
	int64_t more;		  /* findings that the Signet counted and did not list */
	size_t failing;
};

/* Appends; sets `fails`. */
void lint_find(struct lint *l, const struct lint_finding *f);
/* A file without references, and why. */
void lint_unreadable(struct lint *l, size_t file, int64_t line, struct span sentence);

/* Takes in what the Signet answered. E_INVALID: it is not what a Signet answers. */
int lint_answer(struct lint *l, struct span body) WARN_UNUSED;

/* Each appends the whole output. FILE:LINE:COLUMN: REASON: NAME: ADVICE, without a name for a file
 * that cannot be read. */
void lint_text(const struct lint *l, struct buf *out);
void lint_json(const struct lint *l, struct buf *out);
/* SARIF 2.1.0. */
void lint_sarif(const struct lint *l, struct buf *out);
/* For people: one line with the numbers. */
void lint_summary(const struct lint *l, struct buf *out);

#endif
