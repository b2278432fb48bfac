/* fcgi.h: the only file that knows libfcgi. */
#ifndef HTTP_FCGI_H
#define HTTP_FCGI_H

#include "http/dispatch.h"

/* Binds a listening UNIX socket at `path` (an old one is removed), mode 0660. Returns the
 * descriptor in *out; E_UNAVAILABLE with a log line when it cannot. A path of 108 bytes or more:
 * E_TOO_BIG. */
int fcgi_listen(const char *path, int *out) WARN_UNUSED;

struct fcgi_loop {
	int listen_fd;
	const struct site *site;
	void *app;                    /* becomes r->app */
	int64_t most_requests;        /* the loop ends after so many (the master starts another);
	                               * 0 = never */
	void (*before)(void *app);    /* before each request; may be NULL */
};

/* Serves until TERM/INT/QUIT, `most_requests`, or an error of accept. Installs its own signal
 * handlers (without SA_RESTART). Call in a worker, after fork. Answers OK when ended as asked. */
int fcgi_serve(const struct fcgi_loop *loop) WARN_UNUSED;

#endif
