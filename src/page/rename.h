/* rename.h: giving an integration another name although workflow files name it: which lines would
 * not resolve any more, and the change of each file as a diff (product rule 10). */
#ifndef PAGE_RENAME_H
#define PAGE_RENAME_H

#include "core/diff.h"
#include "core/integration.h"
#include "http/json_form.h"
#include "http/route.h"
#include "store/rename.h"
#include "view/rename.h"

extern const struct form_def FORM_RENAME;
extern const struct json_map JSON_RENAME;

/* The places by ?name=, the new name, or with ?was=, an old one, what still says that; and the act.
 */
int page_rename(struct req *r, struct res *s);
int page_rename_save(struct req *r, struct res *s);
/* The diff of ?project=, or of its ?file= alone, to be downloaded. */
int page_rename_diff(struct req *r, struct res *s);

/* For these. */

/* Which name shall become which. */
struct rename_names {
	struct integration *i;
	struct span from, to; /* to: empty when it is not known yet, or cannot be a name */
	struct span was;      /* ?was=: it is done, and i->name is `to`; else empty */
};
/* The integration of ":id" with these, as the address says it; *closed: the answer is complete, the
 * visitor may not edit it. */
int rename_open(struct req *r, struct res *s, struct rename_names *out, bool *closed) WARN_UNUSED;
/* Why an integration cannot get this name; SPAN_NONE: it can, but for what another has. `used`:
 * files name it. In the arena or static. */
struct span rename_fault(struct arena *a, struct span from, struct span to, bool used);

/* Places of one file, and what changes them. */
struct rename_file {
	const struct rename_place *places;
	size_t n;
	struct span *by_hand; /* of each place: why the diff does not have it; or empty */
	struct diff diff;
};
/* Of places that lie file by file. `to` empty: no diffs. In the arena. */
int rename_files(struct req *r, const struct rename_place *list, size_t n, struct span to,
		 struct rename_file **out, size_t *nout) WARN_UNUSED;

#endif
