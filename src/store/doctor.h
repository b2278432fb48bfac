/* doctor.h: what the operator's doctor reads: URLs to look at, and the names of what is wrong. */
#ifndef STORE_DOCTOR_H
#define STORE_DOCTOR_H

#include "store/db.h"

extern const struct stmt_table STORE_DOCTOR;

/* A URL of any integration, for the check that its origin is what the URL says. */
struct doctor_url {
	int64_t integration_id;
	struct span url, origin;
};
/* URLs of the next integrations after `after` that have any, at most `limit` integrations; none
 * when there are no more. */
int store_doctor_urls(struct db *db, struct arena *a, int64_t after, int64_t limit,
		      struct doctor_url **list, size_t *n) WARN_UNUSED;

/* A name whose count of places that name it (store/name_use.h) is wrong. */
struct doctor_use {
	int64_t subscription_id;
	struct span name;
};
/* *checked: how many names have a count; those that are wrong, at most `limit`. */
int store_doctor_uses(struct db *db, struct arena *a, int64_t limit, int64_t *checked,
		      struct doctor_use **list, size_t *n) WARN_UNUSED;

/* Names for ids, in the arena; "" for what is not there. */
struct doctor_names {
	struct span integration; /* its name */
	struct span slug;	 /* the subscription that was asked for, or the integration's */
	struct span login;	 /* the account that was asked for, or the integration's */
};
int store_doctor_names(struct db *db, struct arena *a, int64_t account_id, int64_t subscription_id,
		       int64_t integration_id, struct doctor_names *out) WARN_UNUSED;

#endif
