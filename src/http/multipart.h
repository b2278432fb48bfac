/* multipart.h: the parts of a multipart/form-data body (RFC 7578, in the shape that browsers send),
 * read where they lie: nothing is copied but names, so that a secret has one place to be wiped. */
#ifndef HTTP_MULTIPART_H
#define HTTP_MULTIPART_H

#include "base/arena.h"

struct multipart {
	struct arena *arena;
	struct span delimiter; /* CR LF "--" boundary */
	char *at, *end;	       /* what is not read yet; NULL: the last part was given out */
};

struct multipart_part {
	struct span name; /* UTF-8, in the arena or in the body */
	bool is_file;	  /* has a file name */
	struct span filename; /* UTF-8; whoever uses it checks it: it is the sender's word */
	char *p;	  /* the content, in the body; any bytes */
	size_t n;
};

/* Is this Content-Type multipart/form-data? Says nothing about its boundary. */
bool multipart_is(struct span content_type);
/* Begins with the body of a request. E_INVALID: the type names no boundary, or two, or one that
 * RFC 2046 section 5.1.1 does not allow; or the body does not begin with it (a preamble is legal
 * mail, but no browser's). */
int multipart_open(struct multipart *m, struct arena *a, struct span content_type, char *body,
		   size_t n) WARN_UNUSED;
/* At most how many parts are to come: how often the delimiter stands there. */
size_t multipart_count(const struct multipart *m);
/* The next part; *more is false, and *out empty, after the last. E_INVALID: the final boundary is
 * missing or something stands behind it, a delimiter is not alone on its line, a header is folded,
 * malformed, unknown in its encoding or twice there, or there is no Content-Disposition:
 * form-data with one name. E_TOO_BIG: more headers than a browser sends. */
int multipart_next(struct multipart *m, struct multipart_part *out, bool *more) WARN_UNUSED;

#endif
