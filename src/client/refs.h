/* refs.h: how signet refs prints what it found. */
#ifndef CLIENT_REFS_H
#define CLIENT_REFS_H

#include "base/buf.h"
#include "ref/ref.h"

/* What was found in one file. */
struct found {
	const char *file; /* as it was named on the command line */
	int rc;		  /* OK, or why there are no references */
	struct ref_result refs;
};

/* FILE:LINE TAB KIND TAB CONSUMER TAB NAME, or FILE:LINE TAB error; sorted, no line twice. Texts
 * as by line_put(). */
void refs_text(struct arena *a, const struct found *found, struct buf *out);

struct json; /* all files, for one document */
struct json *refs_json_new(void);
void refs_json_add(struct json *json, const struct found *found);
/* {"references": [...], "errors": [...]}; frees it. */
void refs_json_end(struct json *json, struct buf *out);

#endif
