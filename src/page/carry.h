/* carry.h: a form that waits while its sender types their password: its fields, as hidden ones of
 * the page on which they do, whose browser then sends them on to where they were for (307). */
#ifndef PAGE_CARRY_H
#define PAGE_CARRY_H

#include "http/form.h"
#include "page/app.h"
#include "view/confirm.h"

/* Bytes of a form that a browser can send: what the web server takes, less what the page itself
 * adds. */
enum { CARRY_MOST = 1024 * 1024 - 16 * 1024 };

struct carry {
	struct span to; /* the address it was for, as a browser would send it again */
	struct view_kept *fields;
	size_t nfields, room;
	struct span *lost; /* labels of secrets that cannot be brought along */
	size_t nlost;
};

/* All of r->form but secrets, files and the waiting page's own fields; `lost` has the labels of
 * secrets and files in which something was. `more`: room for so many others. In the arena. */
struct carry carry_form(struct req *r, size_t more);
void carry_add(struct carry *c, struct span name, struct span value);
void carry_lose(struct carry *c, struct span label);
/* The bytes of its body, application/x-www-form-urlencoded. */
size_t carry_bytes(const struct carry *c);

#endif
