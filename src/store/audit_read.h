/* audit_read.h: reading a chain of the audit trail for a page, newest first. */
#ifndef STORE_AUDIT_READ_H
#define STORE_AUDIT_READ_H

#include "core/audit_group.h"
#include "store/db.h"

extern const struct stmt_table STORE_AUDIT_READ;

/* A place between two entries of a chain, in the order of the page. */
struct audit_place {
	int64_t at, seq;
};

struct audit_filter {
	struct span actor;		     /* login; empty: any */
	struct span object;		     /* the thing's whole name; empty: any */
	int64_t object_id;		     /* 0: any */
	const struct audit_actions *actions; /* NULL: any */
	int64_t from, to;		     /* seconds: from <= at < to */
	struct audit_place before; /* older entries than that; {INT64_MAX, 0}: from the start */
};

struct audit_row {
	int64_t seq, at, object_id;
	struct span actor, address, action, object, fields;
};

struct audit_page {
	struct audit_row *rows;
	size_t nrows;
	bool more;	/* there may be older ones: go on at `last` */
	bool cut_short; /* as many were looked at as a page may; fewer fit than were asked for */
	struct audit_place last; /* the last one that was looked at */
};

/* Entries of one chain that fit, at most `limit`. The work is bounded whatever the filter: by one
 * of the keys of sql/0004_audit.sql when one condition is asked, else by looking at AUDIT_SCAN
 * entries. */
enum { AUDIT_SCAN = 5000 };
int store_audit_page(struct db *db, struct arena *a, struct span chain,
		     const struct audit_filter *f, size_t limit,
		     struct audit_page *out) WARN_UNUSED;
/* All entries of a chain. */
int store_audit_total(struct db *db, struct arena *a, struct span chain,
		      int64_t *total) WARN_UNUSED;

#endif
