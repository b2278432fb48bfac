/* err.h: the one error convention. A function that can fail returns int: OK (0) or a negative
 * enum err; data goes out by the last parameter. */
#ifndef BASE_ERR_H
#define BASE_ERR_H

enum err {
	OK = 0,
	E_NOT_FOUND = -1,   /* no such thing in this scope (another's object is this, too) */
	E_DENIED = -2,      /* it is there, but not for you */
	E_CONFLICT = -3,    /* it changed meanwhile, or stands in the way (a taken name) */
	E_INVALID = -4,     /* the input is wrong; what is wrong is said elsewhere */
	E_TOO_BIG = -5,     /* a limit passed */
	E_UNAVAILABLE = -6, /* database, vault or file system not there now: later it may be */
	E_RETRY = -7,       /* deadlock or lock timeout: the whole transaction again */
	E_CORRUPT = -8,     /* stored or received bytes are not what they claim to be */
	E_THROTTLED = -9,   /* too many tries */
	E_UNCONFIRMED = -10, /* allowed, but the person must confirm their password first */
	E_BUG = -11,        /* a broken assumption of ours, reported instead of aborting */
};

/* The error's name for logs ("not found"); never NULL, static. */
const char *err_text(int err);

#define WARN_UNUSED __attribute__((warn_unused_result))

/* Chain: returns from the calling function with the error, if there is one. */
#define TRY(call)                                                                                  \
	do {                                                                                       \
		int try_rc_ = (call);                                                              \
		if (try_rc_ != OK)                                                                 \
			return try_rc_;                                                            \
	} while (0)

/* A broken invariant ends the process; its master starts another. Kept in release builds. */
#define ASSERT(cond)                                                                               \
	do {                                                                                       \
		if (__builtin_expect(!(cond), 0))                                                  \
			assert_failed(#cond, __FILE__, __LINE__);                                  \
	} while (0)

__attribute__((noreturn)) void assert_failed(const char *cond, const char *file, int line);

#define COUNT(array) (sizeof(array) / sizeof((array)[0]))

#endif
