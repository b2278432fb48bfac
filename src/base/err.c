/* err.c: names of errors, and the end of a process whose invariant broke. */
#include "base/err.h"

#include <stdio.h>
#include <stdlib.h>

#include "base/banned.h"

const char *err_text(int err)
{
	switch ((enum err)err) {
	case OK: return "ok";
	case E_NOT_FOUND: return "not found";
	case E_DENIED: return "denied";
	case E_CONFLICT: return "conflict";
	case E_INVALID: return "invalid";
	case E_TOO_BIG: return "too big";
	case E_UNAVAILABLE: return "unavailable";
	case E_RETRY: return "retry";
	case E_CORRUPT: return "corrupt";
	case E_THROTTLED: return "throttled";
	case E_UNCONFIRMED: return "unconfirmed";
	case E_BUG: return "bug";
	}
	return "unknown";
}

void assert_failed(const char *cond, const char *file, int line)
{
	fprintf(stderr, "assertion failed: %s (%s:%d)\n", cond, file, line);
	abort();
}
