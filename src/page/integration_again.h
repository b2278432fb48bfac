/* integration_again.h: a form whose integration is not what it was: made already by this very form,
 * or deleted meanwhile. It comes back as a new one, with everything typed. */
#ifndef PAGE_INTEGRATION_AGAIN_H
#define PAGE_INTEGRATION_AGAIN_H

#include "http/res.h"
#include "page/integration_input.h"

/* integration_form.c: the form again, secrets as their boxes; and a uid for a new integration. */
int integration_form_again(struct input *in, struct res *s, int status,
			   struct span error) WARN_UNUSED;
void integration_form_uid(struct input *in);

/* + Add that was refused: did its form make one before (browser's Back, a second click)? Then
 * *used, and the response is the form with a uid of its own, so that saving it again makes another
 * one. Boxes that came back with it belong to the one that was made: what is in them must be typed
 * again. */
int integration_again_used(struct input *in, struct res *s, bool *used) WARN_UNUSED;

/* The address names none, E_NOT_FOUND: tells admins and members (or the owner) who deleted it and
 * when, 410, and with the pencil's form also gives that back as one of + Add. E_NOT_FOUND for
 * everybody else, for programs, and where there never was one. */
int integration_again_gone(struct req *r, struct res *s) WARN_UNUSED;

#endif
