/* req.h: one request, as the dispatcher and the handlers see it. All memory is the request's arena.
 */
#ifndef HTTP_REQ_H
#define HTTP_REQ_H

#include "base/arena.h"

enum method {
	METHOD_GET,
	METHOD_HEAD,
	METHOD_POST,
	METHOD_PUT,
	METHOD_DELETE,
	METHOD_OPTIONS,
	METHOD_OTHER
};

enum { REQ_PARAMS_MAX = 4, REQ_ID_LENGTH = 16 };

struct route;
struct form;

struct req {
	struct arena *arena;
	const char *id;             /* 16 hex digits, also in the log and on error pages */
	enum method method;
	struct span path;           /* percent-decoded, begins with '/' */
	struct span query;          /* raw, without '?' */
	struct span host;           /* the Host header, lower case, with its port */
	struct span remote;         /* the client's address as text */
	struct span agent;          /* User-Agent, at most 300 bytes, valid UTF-8 or empty */
	struct span cookies;        /* the Cookie header, raw */
	struct span origin;         /* Origin, Sec-Fetch-Site: raw, empty when absent */
	struct span fetch_site;
	struct span authorization;  /* Authorization, If-Match: raw, empty when absent */
	struct span if_match;
	struct span content_type;
	int64_t content_length;     /* -1 when absent or malformed */
	bool https;
	bool htmx;                  /* HX-Request: a fragment is enough */
	bool malformed;             /* the front could not make sense of it: 400 */

	/* Reads at most `most` bytes of body into the arena; E_TOO_BIG, E_INVALID (shorter than
	 * announced). Set by the front (fcgi.c) or by a test. */
	int (*read_body)(struct req *, size_t most, struct span *out);
	void *front;

	/* Filled on the way. */
	bool api;                   /* an address under /api/v1/: JSON, a token instead of a cookie */
	bool stale;                 /* the thing has another version than the one that was named */
	const char *problem;        /* a program's name for what is wrong, a URI; or NULL */
	const char *refusal;        /* why, when the status's own sentence is not enough; or NULL */
	struct span form_page;      /* where a form of no live session came from: its page's path */
	const struct route *route;
	struct span params[REQ_PARAMS_MAX]; /* the pattern's ':' parts, in order */
	struct form *form;          /* parsed, when the row has one and the method changes things */
	struct span csrf;           /* the token that a changing request must carry; set by the
	                             * session callback; empty = none can be right */
	void *who;                  /* whatever the session callback found; NULL = anonymous */
	void *app;                  /* the program's own context, for handlers */
	int64_t started_ms;
};

/* The value of a ':name' part of the route's pattern; SPAN_NONE when it has none of that name. */
struct span req_param(const struct req *r, const char *name);
/* The same as a number; E_NOT_FOUND unless it is decimal, at least 1, and without
 * zeros in front. */
int req_param_id(const struct req *r, const char *name, int64_t *out) WARN_UNUSED;
/* A query parameter, decoded into the arena; SPAN_NONE when absent or not valid UTF-8. The first of
 * several counts. */
struct span req_query(const struct req *r, const char *name);
/* A cookie's raw value; SPAN_NONE when absent. The first of several counts. */
struct span req_cookie(const struct req *r, const char *name);

#endif
