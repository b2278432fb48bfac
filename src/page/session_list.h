/* session_list.h: where one is signed in. */
#ifndef PAGE_SESSION_LIST_H
#define PAGE_SESSION_LIST_H

#include "http/route.h"

extern const struct form_def FORM_SESSION;

int page_sessions(struct req *r, struct res *s);
/* Ends one of the visitor's own, or all but the one that asks. */
int page_session_end(struct req *r, struct res *s);
int page_sessions_end_others(struct req *r, struct res *s);

#endif
