/* bind_typed.h: what was typed into "Use an account integration", as one word of an address, for
 * whoever goes to another page on the way: to make the account integration, or to choose another
 * one. It says what the form says and where it belongs, nothing else: an address is made of it
 * here, never taken from it, so it leads nowhere but back to that form. */
#ifndef PAGE_BIND_TYPED_H
#define PAGE_BIND_TYPED_H

#include "http/req.h"

struct bind_typed {
	struct span slug; /* of the subscription */
	struct span name; /* as typed; "": none, or the account integration's own */
	bool chose;	  /* projects were chosen: */
	bool all;
	const int64_t *ids; /* ascending */
	size_t n;
};

enum { BIND_TYPED_MOST = 1700 };

/* At most BIND_TYPED_MOST characters of base64url, in the arena. E_TOO_BIG: so many projects do not
 * fit into an address. */
int bind_typed_text(struct arena *a, const struct bind_typed *t, struct span *out) WARN_UNUSED;
/* E_INVALID: not such a word. */
int bind_typed_read(struct arena *a, struct span text, struct bind_typed *t) WARN_UNUSED;
/* "/s/acme/integrations/new?tab=own&use=42&typed=...", the form as it was, with this account
 * integration chosen (0: none). SPAN_NONE when `text` is no such word. */
struct span bind_typed_path(struct arena *a, struct span text, int64_t integration_id);

#endif
