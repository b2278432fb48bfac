/* heads_fixture.h: a folder with a vault's keys and its files of signed heads, and the check of them. */
#ifndef TESTS_HEADS_FIXTURE_H
#define TESTS_HEADS_FIXTURE_H

#include "core/head_check.h"
#include "vault/heads_file.h"

struct heads_fixture {
	char folder[32];
	struct arena *a;
	struct open_key *open_key;
	struct sign_key *key;
	unsigned char public_key[SIGN_PUBLIC_BYTES];
	int faults, notes;   /* of the last check */
	int64_t heads;       /* the sum of what the heads say that it saw */
};

extern struct heads_fixture heads;

void heads_set_up(void);
void heads_tear_down(void);
/* A file of the folder, in the arena. */
const char *heads_path(const char *name);
/* A new vault key in that file, and what it signs with. */
struct sign_key *heads_key_new(const char *name);

/* The vault's file, opened; one round: chains sub:1 ... sub:n, each with `seq` entries. */
struct heads_file *heads_opened(void);
int heads_round(struct heads_file *h, int n, int64_t seq) WARN_UNUSED;
/* The hash of an entry that is made of a number. */
struct span heads_hash(int n);
/* The text of a file with three rounds of two chains: ten lines. */
struct span heads_written(void);
struct span heads_read_number(int64_t number);

/* A check that counts; a text as a file of that number; the faults of one file alone. */
struct head_check heads_check_begin(void);
void heads_check_text(struct head_check *c, int64_t number, struct span text);
int heads_faults_of(struct span text);

#endif
