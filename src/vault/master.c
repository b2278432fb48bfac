/* master.c: the process that keeps the workers alive. It answers nothing itself. */
#include <errno.h>
#include <signal.h>
#include <stdlib.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "base/clock.h"
#include "base/log.h"
#include "seal/pwhash.h"
#include "vault/argon2.h"
#include "proto/listener.h"
#include "vault/sandbox.h"
#include "vault/signer.h"
#include "base/banned.h"

enum { WORKERS_MAX = 64, SHORT_LIFE_MS = 1000, GRACE_MS = 5000 };

struct slot {
	bool signer;        /* else a worker */
	pid_t pid;          /* 0 = none runs */
	int64_t started_ms;
	int64_t due_ms;     /* when to start the next one */
};

struct master {
	struct vault vault;
	struct slot slots[WORKERS_MAX + 1]; /* the workers, and the signer */
	size_t n;
	int listener;
	bool stop;
	int status;
};

static void harden(void)
{
	const struct rlimit none = {0, 0};

	if (prctl(PR_SET_DUMPABLE, 0) != 0 || setrlimit(RLIMIT_CORE, &none) != 0) {
		log_error("cannot switch core dumps off");
		exit(EXIT_FAILURE);
	}
}

static void worker_start(struct master *m, struct slot *s)
{
	pid_t master = getpid(), pid = fork();

	if (pid == 0) {
		/* When the master is killed, its workers go, too; perhaps it is gone already. */
		prctl(PR_SET_PDEATHSIG, SIGKILL);
		if (getppid() != master)
			_exit(EXIT_FAILURE);
		if (s->signer)
			vault_signer(&m->vault);
		vault_worker(&m->vault, m->listener);
	}
	s->started_ms = clock_ms();
	s->pid = pid > 0 ? pid : 0;
	s->due_ms = s->started_ms + SHORT_LIFE_MS; /* of the next try, if fork() failed */
}

/* A signer ends by itself when its file is full, and when it cannot be written: then the vault goes on
 * without, and tries again when it would have signed. */
static void signer_ended(struct master *m, struct slot *s, int status)
{
	bool full = WIFEXITED(status) && WEXITSTATUS(status) == EXIT_SUCCESS;
	int64_t wait = WIFEXITED(status) ? m->vault.options->sign_every * 1000 : SHORT_LIFE_MS;

	s->pid = 0;
	s->due_ms = clock_ms() + (full ? 0 : wait);
	if (!m->stop && !full)
		log_error("the heads of the audit trail are not signed: the signer ended by %s %d",
			  WIFSIGNALED(status) ? "signal" : "status",
			  WIFSIGNALED(status) ? WTERMSIG(status) : WEXITSTATUS(status));
}

static void worker_ended(struct master *m, struct slot *s, int status)
{
	int64_t now = clock_ms();

	s->pid = 0;
	s->due_ms = now - s->started_ms < SHORT_LIFE_MS ? now + SHORT_LIFE_MS : now;
	if (m->stop)
		return;
	if (WIFEXITED(status) && WEXITSTATUS(status) == VAULT_EXIT_CONFIG) {
		log_error("a worker cannot run here; giving up");
		m->stop = true;
		m->status = VAULT_EXIT_CONFIG;
		return;
	}
	log_warn("a worker ended by %s %d", WIFSIGNALED(status) ? "signal" : "status",
		 WIFSIGNALED(status) ? WTERMSIG(status) : WEXITSTATUS(status));
}

static void reap(struct master *m)
{
	int status;
	pid_t pid;

	while ((pid = waitpid(-1, &status, WNOHANG)) > 0)
		for (size_t i = 0; i < m->n; i++)
			if (m->slots[i].pid == pid)
				(m->slots[i].signer ? signer_ended : worker_ended)(m, &m->slots[i],
										   status);
}

static size_t alive(const struct master *m)
{
	size_t n = 0;

	for (size_t i = 0; i < m->n; i++)
		n += m->slots[i].pid != 0;
	return n;
}

static void signal_all(const struct master *m, int sig)
{
	for (size_t i = 0; i < m->n; i++)
		if (m->slots[i].pid)
			kill(m->slots[i].pid, sig);
}

static void keep_alive(struct master *m, const sigset_t *set)
{
	const struct timespec second = {.tv_sec = 1};

	while (!m->stop) {
		for (size_t i = 0; i < m->n; i++)
			if (m->slots[i].pid == 0 && clock_ms() >= m->slots[i].due_ms)
				worker_start(m, &m->slots[i]);
		int sig = sigtimedwait(set, NULL, &second);
		if (sig == SIGTERM || sig == SIGINT)
			m->stop = true;
		reap(m);
	}
}

static void end_workers(struct master *m, const sigset_t *set)
{
	const struct timespec little = {.tv_nsec = 100 * 1000 * 1000};
	int64_t until = clock_ms() + GRACE_MS;

	signal_all(m, SIGTERM);
	while (alive(m) && clock_ms() < until) {
		sigtimedwait(set, NULL, &little);
		reap(m);
	}
	signal_all(m, SIGKILL);
	while (alive(m)) {
		sigtimedwait(set, NULL, &little);
		reap(m);
	}
}

/* A hash of random bytes: no password fits it. */
static struct span dummy_hash(struct arena *a)
{
	struct secret noise = secret_new(NULL, HASH_BYTES);
	struct span hash;

	random_bytes(noise.p, noise.n);
	if (pwhash_make(a, &noise, &hash) != OK) {
		log_error("not enough memory for Argon2");
		exit(EXIT_FAILURE);
	}
	secret_release(&noise);
	return hash;
}

int vault_master(const struct vault_options *o)
{
	struct master m = {
		.n = (size_t)o->workers,
		.vault = {.options = o, .started_ms = clock_ms()},
	};
	struct slot *signer = &m.slots[o->workers];
	struct arena *a = arena_new(); /* lives as long as the dummy hash */
	struct open_key *key;
	sigset_t set;

	ASSERT(o->workers > 0 && o->workers <= WORKERS_MAX);
	harden();
	if (open_key_read(o->secret_key, &key) != OK)
		return EXIT_FAILURE;
	m.vault.key = key;
	m.vault.shared = vault_shared_new();
	if (o->guesses)
		m.vault.shared->guesses.most = o->guesses;
	m.vault.dummy = dummy_hash(a);
	if (listener_open(o->socket, o->group, &m.listener) != OK || sandbox_master() != OK)
		return EXIT_FAILURE;
	sigemptyset(&set);
	sigaddset(&set, SIGTERM);
	sigaddset(&set, SIGINT);
	sigaddset(&set, SIGCHLD);
	sigprocmask(SIG_BLOCK, &set, NULL);
	log_info("ready, key %s, %zu workers", open_key_public(key)->id, m.n);
	signer->signer = o->audit_log != NULL;
	m.n += signer->signer;
	keep_alive(&m, &set);
	end_workers(&m, &set);
	unlink(o->socket);
	arena_free(a);
	log_info("stopped");
	return m.status;
}
