/* integration_carry.h: an integration's form that waits for its sender to sign in again: what was
 * typed as a secret, or chosen as a file, comes along as a sealed box. */
#ifndef PAGE_INTEGRATION_CARRY_H
#define PAGE_INTEGRATION_CARRY_H

#include "page/carry.h"
#include "page/session.h"

/* carry_form() of FORM_INTEGRATION, filled in by `of`. Boxes are made as they would be for a form
 * with errors, if that person may still do what the route asks; else, and where one cannot be made,
 * its field is in c->lost, and the form says so itself when it arrives ("left_behind"), so that
 * nothing is saved without it. */
int integration_carry(struct req *r, const struct former *of, struct carry *c) WARN_UNUSED;

#endif
