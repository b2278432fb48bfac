/* name_use.h: in how many places workflow files of a subscription have a name. Whoever writes or
 * removes references notes their names here and applies that before the same transaction commits,
 * so that the counts are those of the references at any moment. */
#ifndef STORE_NAME_USE_H
#define STORE_NAME_USE_H

#include "core/reference.h"
#include "store/db.h"

extern const struct stmt_table STORE_NAME_USE;

/* What a transaction does to the counts of a subscription. */
struct name_uses {
	struct arena *arena;
	struct name_use {
		struct span name;
		int64_t by; /* places more, or less than zero: fewer */
	} * list;
	size_t n, room;
};

/* References that come (by 1) or go (by -1). Dynamic ones and names that no integration can have do
 * not count. Names are borrowed. */
void name_uses_note(struct name_uses *u, const struct reference *list, size_t n, int64_t by);
/* All that are stored of a file, or of a project, go. Before they do. */
int store_name_use_file_goes(struct db *db, struct name_uses *u, const struct scope *s,
			     int64_t file_id) WARN_UNUSED;
int store_name_use_project_goes(struct db *db, struct name_uses *u, const struct scope *s,
				int64_t project_id) WARN_UNUSED;
/* Inside the transaction, which holds the subscription's lock: changes the counts, and notes on
 * integrations whose last place went when that was. If any count is another, the subscription's
 * revision is raised: lists of integrations show it. */
int store_name_use_apply(struct db *db, const struct name_uses *u, const struct scope *s,
			 int64_t now) WARN_UNUSED;
/* The integration had `was` as its name until now: its uses ended, if there were any. Inside a
 * transaction as above. */
int store_name_use_renamed(struct db *db, const struct scope *s, int64_t integration_id,
			   struct span was, int64_t now) WARN_UNUSED;

/* Of an integration: in how many places its name stands, and when the last one went (0: none
 * ever did). E_NOT_FOUND. */
int store_name_use_of(struct db *db, struct arena *a, const struct scope *s, int64_t integration_id,
		      int64_t *uses, int64_t *used_at) WARN_UNUSED;
/* In how many places of the subscription the name stands, whoever sees them. */
int store_name_use_count(struct db *db, struct arena *a, const struct scope *s, struct span name,
			 int64_t *uses) WARN_UNUSED;

#endif
