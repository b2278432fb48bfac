/* head_table.h: what is known of each chain, by its name. */
#ifndef CORE_HEAD_TABLE_H
#define CORE_HEAD_TABLE_H

#include "core/head_line.h"

struct head_known {
	char name[HEAD_CHAIN_MAX + 1];
	int64_t seq, at; /* the head that was signed last, and when; seq 0: none */
	unsigned char hash[HEAD_HASH];
	int64_t mark, missing, differs; /* the user's */
};

/* Zeroed: empty. Memory is malloc'd; head_table_release() gives it back. */
struct head_table {
	struct head_known *slots; /* name "" = free */
	size_t n, size;
};

/* The chain's row, made when it is not there. Valid until the next one is made. `chain` is
 * head_chain_ok(). */
struct head_known *head_table_at(struct head_table *t, struct span chain);
/* NULL when it is not there. */
struct head_known *head_table_find(const struct head_table *t, struct span chain);
/* Walks the rows in no order: start with *at = 0; NULL at the end. */
struct head_known *head_table_next(const struct head_table *t, size_t *at);
void head_table_release(struct head_table *t);

#endif
