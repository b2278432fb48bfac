/* argon2.c: one at a time. */
#include "vault/argon2.h"

#include <errno.h>
#include <sys/mman.h>

#include "seal/pwhash.h"
#include "base/banned.h"

struct vault_shared *vault_shared_new(void)
{
	struct vault_shared *s = mmap(NULL, sizeof(*s), PROT_READ | PROT_WRITE,
				      MAP_SHARED | MAP_ANONYMOUS, -1, 0);
	pthread_mutexattr_t attr;

	ASSERT(s != MAP_FAILED);
	ASSERT(pthread_mutexattr_init(&attr) == 0);
	ASSERT(pthread_mutexattr_setpshared(&attr, PTHREAD_PROCESS_SHARED) == 0);
	ASSERT(pthread_mutexattr_setrobust(&attr, PTHREAD_MUTEX_ROBUST) == 0);
	ASSERT(pthread_mutex_init(&s->argon2, &attr) == 0);
	pthread_mutexattr_destroy(&attr);
	vault_guesses_init(&s->guesses);
	return s;
}

static void lock(struct vault *v)
{
	int rc = pthread_mutex_lock(&v->shared->argon2);

	if (rc == EOWNERDEAD) /* nothing is guarded but the turn itself */
		rc = pthread_mutex_consistent(&v->shared->argon2);
	ASSERT(rc == 0);
	__atomic_add_fetch(&v->shared->argon2_calls, 1, __ATOMIC_RELAXED);
}

static void unlock(struct vault *v)
{
	ASSERT(pthread_mutex_unlock(&v->shared->argon2) == 0);
}

int vault_argon2_check(struct vault *v, struct span hash, const struct secret *password)
{
	int rc;

	lock(v);
	rc = pwhash_check(hash, password);
	unlock(v);
	return rc;
}

int vault_argon2_make(struct vault *v, const struct secret *password, struct span *out)
{
	int rc;

	lock(v);
	rc = pwhash_make(v->arena, password, out);
	unlock(v);
	return rc;
}

int64_t vault_argon2_calls(const struct vault *v)
{
	return __atomic_load_n(&v->shared->argon2_calls, __ATOMIC_RELAXED);
}
