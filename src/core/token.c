/* token.c: words for access tokens. */
#include "core/token.h"

#include "base/banned.h"

struct span token_scopes_text(struct arena *a, unsigned scopes)
{
	static const char *const NAMES[] = {"read", "write", "workflow"};
	struct span text = SPAN("");

	for (size_t i = 0; i < COUNT(NAMES); i++)
		if (scopes & 1u << i)
			text = arena_printf(a, "%.*s%s%s", SPAN_ARG(text), text.n ? ", " : "",
					    NAMES[i]);
	return text;
}
