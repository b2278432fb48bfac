/* project_place.h: where a project's repository is at its Git host, as a part of its form. */
#ifndef PAGE_PROJECT_PLACE_H
#define PAGE_PROJECT_PLACE_H

#include "core/git_host.h"
#include "http/req.h"
#include "view/project.h"

/* Of the fields "url", "was_url" and "git_host"; bytes. */
enum { PROJECT_URL_MOST = 4 * GIT_URL_CHARS_MAX };

/* The fields as they are shown: as typed, else as it is. */
struct view_place_form project_place_form(const struct req *r, const struct git_place *now);
/* Reads and checks them; what is wrong is in the form afterwards. Without an address in the form
 * (a program left it out) out->url is SPAN_NONE. */
void project_place_read(struct req *r, const struct git_place *now, struct git_place *out);

#endif
