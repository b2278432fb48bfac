/* api.h: how the dispatcher answers programs: addresses under /api/v1/, asked with a token, that
 * stand in the route table beside the pages and have the same handlers. */
#ifndef HTTP_API_H
#define HTTP_API_H

#include "http/dispatch.h"

#define API_ROOT "/api/v1"
/* How the ETag of a thing without a version begins: then comes what the fields "was..." of its
 * change say, escaped, ";" between. */
#define API_WAS "\"was:"

bool api_path(struct span path);

/* Reads the JSON body of a row that has a form into r->form; of one that has FORM_RAW or FORM_FILES
 * the bytes or parts. 0, or the status that refuses it;
 * then r->refusal may say more. A change of a thing that has a version (a PUT or DELETE whose form
 * declares "version") must name it by If-Match: 428, and 412 when that is no ETag of ours; one whose
 * form declares "was" may. What a DELETE's form wants ticked, the method itself says. */
int api_read(const struct site *site, struct req *r);

/* After a handler's redirect ("done, go on there"): DELETE 204; else the thing itself, as its GET
 * row shows it: 201 with Location when the address lies below the one that was posted to, else 200.
 * When it cannot be shown (any more), an empty 201 or 204. */
void api_follow(const struct site *site, struct req *r, struct res *s);

/* The sentence for a status, for readers of programs; NULL: the pages' sentence will do. */
const char *api_message(int status);

#endif
