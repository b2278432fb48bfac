/* git_host.h: where a project's repository is at its Git host, and links from there to a line of
 * one of its files. */
#ifndef CORE_GIT_HOST_H
#define CORE_GIT_HOST_H

#include "base/arena.h"
#include "base/err.h"

/* What runs there. The numbers stand in the database. */
enum git_host {
	GIT_HOST_AUTO, /* as the address says */
	GIT_HOST_GITHUB,
	GIT_HOST_GITLAB,
	GIT_HOST_BITBUCKET,	   /* bitbucket.org */
	GIT_HOST_BITBUCKET_SERVER, /* also "Data Center" */
	GIT_HOST_GITEA,		   /* and Forgejo, which has its addresses */
	GIT_HOST_OTHER,		   /* no links to lines */
	GIT_HOSTS
};

enum { GIT_URL_CHARS_MAX = 500 };

/* "bitbucket-server": in forms and for programs; and for people. Static. */
struct span git_host_word(enum git_host host);
struct span git_host_text(enum git_host host);
/* By its word. E_INVALID: there is none of that word. */
int git_host_read(struct span word, enum git_host *out) WARN_UNUSED;

/* What is wrong with the address of a repository, as a sentence that says what to do; SPAN_NONE
 * when it is fine: an https or http address that a browser opens, without user name, password,
 * query and fragment, and with a path. The sentence may say a better address. */
struct span git_url_fault(struct arena *a, struct span url);
/* What its host, or the form of its path, says; GIT_HOST_AUTO: nothing. `url` without fault. */
enum git_host git_host_guess(struct span url);
/* Its host, and port if it has one: "git.example.com:8443". Part of `url`, which has no fault. */
struct span git_url_host(struct span url);

/* A repository: `url` as somebody wrote it, without fault, or empty. */
struct git_place {
	struct span url;
	enum git_host host;
};
/* Where a browser finds this line (from 1) of the file at `path`, on the default branch, as of
 * today; SPAN_NONE: nobody knows. In the arena. */
struct span git_line_url(struct arena *a, const struct git_place *place, struct span path,
			 int64_t line);

#endif
