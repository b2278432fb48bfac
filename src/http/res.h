/* res.h: the answer. A handler sets status, headers and body; the front writes it once, at the end,
 * so that a page is sent whole or not at all. */
#ifndef HTTP_RES_H
#define HTTP_RES_H

#include "base/arena.h"
#include "base/buf.h"

enum { RES_HEADERS_MAX = 24 };

struct res_header {
	const char *name; /* static */
	struct span value;
};

struct res {
	struct arena *arena;
	int status;                 /* 200 unless set */
	struct buf *body;           /* the worker's, reused; empty at the start */
	const char *content_type;   /* "text/html; charset=utf-8" unless set; static */
	struct res_header headers[RES_HEADERS_MAX];
	size_t nheaders;
};

/* Ready for a handler: 200, empty, HTML. `body` is reset. */
void res_init(struct res *s, struct arena *a, struct buf *body);
/* Has it the content type of the start? Then a program's answer is JSON; else it is what a handler
 * said. */
bool res_is_page(const struct res *s);
/* Adds a header. A value with CR, LF or NUL is a programmer's error and ends the process. */
void res_header(struct res *s, const char *name, struct span value);
/* Set-Cookie: HttpOnly, SameSite=Lax, Path=/; Secure when `secure`. max_age in seconds: 0 deletes,
 * negative = until the browser closes. */
void res_cookie(struct res *s, const char *name, struct span value, int64_t max_age, bool secure);
/* Status and Location; the target must begin with '/' and not with "//" (no open redirect) and
 * have at most 2000 bytes, else "/" is used. */
void res_redirect(struct res *s, int status, struct span target);
/* Throws away what a handler made so far (body, headers but cookies), before an error page. */
void res_clear(struct res *s);
/* The value of the first header of that name, as set (names are compared exactly); SPAN_NONE when
 * there is none. */
struct span res_header_value(const struct res *s, const char *name);
/* Appends status line and headers as CGI wants them, the empty line included. The body follows,
 * unless the method was HEAD. */
void res_head(const struct res *s, struct buf *out);
/* "Not Found" for 404; "" for one we never send. */
const char *res_reason(int status);

#endif
