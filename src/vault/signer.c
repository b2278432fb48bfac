/* signer.c: one round after the other. */
#include "vault/signer.h"

#include <poll.h>
#include <signal.h>
#include <stdlib.h>
#include <sys/prctl.h>

#include "base/log.h"
#include "store/audit_heads.h"
#include "vault/heads_file.h"
#include "vault/sandbox.h"
#include "base/banned.h"

enum { BATCH = 1000 };

static volatile sig_atomic_t stopping;

static void on_term(int sig)
{
	(void)sig;
	stopping = 1;
}

/* SIGTERM stays blocked but between rounds, so that no line is cut in half. */
static void signals_setup(sigset_t *while_waiting)
{
	struct sigaction act = {.sa_handler = on_term};
	sigset_t term;

	sigemptyset(&term);
	sigaddset(&term, SIGTERM);
	sigprocmask(SIG_SETMASK, &term, NULL);
	sigaction(SIGTERM, &act, NULL);
	act.sa_handler = SIG_IGN;
	sigaction(SIGINT, &act, NULL); /* Ctrl-C reaches all of the terminal; the master tells us */
	sigaction(SIGPIPE, &act, NULL);
	sigemptyset(while_waiting);
}

/* Which of the two failed, decides: a database comes back by itself, a file must be opened again.
 */
static int batch(struct vault *v, struct heads_file *h, struct span *after, size_t *n, int *file)
{
	struct audit_head *list;
	int rc = store_audit_heads(v->db, v->arena, *after, BATCH, &list, n);

	*file = OK;
	for (size_t k = 0; rc == OK && *file == OK && k < *n; k++)
		*file = heads_file_head(h, list[k].chain, list[k].seq, list[k].hash);
	if (rc == OK && *n)
		*after = list[*n - 1].chain;
	return rc;
}

/* Heads in pages, so that a million of them need no more memory than a thousand. What the database
 * could not tell is signed in the next round; then no line says that all were looked at. */
static int sign_all(struct vault *v, struct heads_file *h)
{
	char last[HEAD_CHAIN_MAX * 4 + 1] = "";
	struct span after = SPAN("");
	size_t n = BATCH;
	int file = OK;

	while (n == BATCH) {
		if (vault_db_ready(v) != OK || batch(v, h, &after, &n, &file) != OK)
			return OK;
		TRY(file);
		memmove(last, after.p, after.n < sizeof(last) ? after.n : sizeof(last));
		after.p = last;
		arena_reset(v->arena);
	}
	return heads_file_end(h);
}

static void rest(const struct vault *v, const sigset_t *mask)
{
	struct timespec pause = {.tv_sec = v->options->sign_every};

	ppoll(NULL, 0, &pause, mask);
}

void vault_signer(struct vault *v)
{
	struct sign_key *key = sign_key_new(v->key);
	struct arena *own = arena_new();
	struct heads_file *h;
	sigset_t mask;
	int rc;

	signals_setup(&mask);
	prctl(PR_SET_DUMPABLE, 0);
	/* The cast is for freeing: this process's own copy of the page. */
	open_key_free((struct open_key *)(uintptr_t)v->key);
	v->key = NULL;
	v->arena = arena_new();
	v->db = db_new(&v->options->db);
	if (heads_file_open(own, v->options->audit_log, key, &h) != OK)
		_exit(EXIT_FAILURE);
	rc = vault_db_ready(v);
	if ((rc != OK && rc != E_UNAVAILABLE) || sandbox_worker() != OK)
		_exit(EXIT_FAILURE);
	rc = OK;
	while (rc == OK && !stopping && !heads_file_full(h)) {
		rc = sign_all(v, h);
		arena_reset(v->arena);
		if (rc == OK && !heads_file_full(h))
			rest(v, &mask);
	}
	db_close(v->db);
	heads_file_close(h);
	sign_key_free(key);
	exit(rc == OK ? EXIT_SUCCESS : EXIT_FAILURE);
}
