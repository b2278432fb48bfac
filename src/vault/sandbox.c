/* sandbox.c: seccomp filters. */
#include "vault/sandbox.h"

#include <errno.h>
#include <fcntl.h>
#include <seccomp.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/mman.h>
#include <sys/socket.h>
#include <unistd.h>

#include "base/log.h"
#include "base/banned.h"

#define REFUSE SCMP_ACT_ERRNO(EPERM)

/* No program, no foreign process, and no way round the filter of sockets. */
static const int MASTER_DENIED[] = {
	SCMP_SYS(execve), SCMP_SYS(execveat), SCMP_SYS(ptrace), SCMP_SYS(process_vm_readv),
	SCMP_SYS(process_vm_writev), SCMP_SYS(pidfd_getfd), SCMP_SYS(io_uring_setup), SCMP_SYS(bpf),
	SCMP_SYS(userfaultfd), SCMP_SYS(mount), SCMP_SYS(keyctl), SCMP_SYS(perf_event_open),
};

#ifdef __SANITIZE_ADDRESS__
/* The sanitizer maps, reads and writes as it likes: refuse only what must not work. */
static const int WORKER_DENIED[] = {
	SCMP_SYS(fork), SCMP_SYS(vfork), SCMP_SYS(kill), SCMP_SYS(creat),
};
#else
static const int WORKER_ALLOWED[] = {
	/* requests and the database's socket */
	SCMP_SYS(accept4), SCMP_SYS(ppoll), SCMP_SYS(poll), SCMP_SYS(recvfrom), SCMP_SYS(recvmsg),
	SCMP_SYS(sendto), SCMP_SYS(sendmsg), SCMP_SYS(read), SCMP_SYS(write), SCMP_SYS(writev),
	SCMP_SYS(connect), SCMP_SYS(shutdown), SCMP_SYS(close), SCMP_SYS(getsockopt),
	SCMP_SYS(setsockopt), SCMP_SYS(getsockname), SCMP_SYS(getpeername), SCMP_SYS(fcntl),
	/* files for reading: the database's password file, the client library's settings */
	SCMP_SYS(lseek), SCMP_SYS(fstat), SCMP_SYS(newfstatat), SCMP_SYS(stat), SCMP_SYS(statx),
	SCMP_SYS(access), SCMP_SYS(readlink), SCMP_SYS(uname), SCMP_SYS(pread64),
	/* the signer's file, which is open already */
	SCMP_SYS(fdatasync),
	/* memory: malloc, sodium_malloc, Argon2 */
	SCMP_SYS(brk), SCMP_SYS(munmap), SCMP_SYS(mremap), SCMP_SYS(madvise), SCMP_SYS(mlock),
	SCMP_SYS(munlock),
	/* time, chance, locks, signals, the end */
	SCMP_SYS(clock_gettime), SCMP_SYS(gettimeofday), SCMP_SYS(time), SCMP_SYS(nanosleep),
	SCMP_SYS(clock_nanosleep), SCMP_SYS(getrandom), SCMP_SYS(futex), SCMP_SYS(set_robust_list),
	SCMP_SYS(rseq), SCMP_SYS(rt_sigaction), SCMP_SYS(rt_sigprocmask), SCMP_SYS(rt_sigreturn),
	SCMP_SYS(restart_syscall), SCMP_SYS(getpid), SCMP_SYS(gettid), SCMP_SYS(getppid),
	SCMP_SYS(getuid), SCMP_SYS(geteuid), SCMP_SYS(getgid), SCMP_SYS(getegid),
	SCMP_SYS(exit), SCMP_SYS(exit_group),
};
#endif

static int add_all(scmp_filter_ctx f, uint32_t action, const int *calls, size_t n)
{
	int rc = 0;

	for (size_t i = 0; rc == 0 && i < n; i++)
		rc = seccomp_rule_add(f, action, calls[i], 0);
	return rc;
}

static int refuse_for_all(scmp_filter_ctx f)
{
	int rc = add_all(f, REFUSE, MASTER_DENIED, COUNT(MASTER_DENIED));

	if (rc != 0)
		return rc;
	return seccomp_rule_add(f, REFUSE, SCMP_SYS(socket), 1, SCMP_A0(SCMP_CMP_NE, AF_UNIX));
}

#ifdef __SANITIZE_ADDRESS__
static uint32_t worker_default(void)
{
	return SCMP_ACT_ALLOW;
}

static int worker_rules(scmp_filter_ctx f)
{
	int rc = add_all(f, REFUSE, WORKER_DENIED, COUNT(WORKER_DENIED));

	if (rc == 0)
		rc = refuse_for_all(f);
	/* fork() is clone(SIGCHLD); the sanitizer's own threads have CLONE_VM (0x100) */
	if (rc == 0)
		rc = seccomp_rule_add(f, REFUSE, SCMP_SYS(clone), 1,
				      SCMP_A0(SCMP_CMP_MASKED_EQ, 0x100, 0));
	if (rc == 0)
		rc = seccomp_rule_add(f, REFUSE, SCMP_SYS(openat), 1,
				      SCMP_A2(SCMP_CMP_MASKED_EQ, O_CREAT, O_CREAT));
	return rc;
}
#else
static uint32_t worker_default(void)
{
	return REFUSE;
}

static int worker_rules(scmp_filter_ctx f)
{
	int rc = add_all(f, SCMP_ACT_ALLOW, WORKER_ALLOWED, COUNT(WORKER_ALLOWED));

	if (rc == 0)
		rc = seccomp_rule_add(f, SCMP_ACT_ALLOW, SCMP_SYS(socket), 1,
				      SCMP_A0(SCMP_CMP_EQ, AF_UNIX));
	if (rc == 0)
		rc = seccomp_rule_add(f, SCMP_ACT_ALLOW, SCMP_SYS(openat), 1,
				      SCMP_A2(SCMP_CMP_MASKED_EQ,
					      O_ACCMODE | O_CREAT | O_TRUNC | O_APPEND, O_RDONLY));
	if (rc == 0)
		rc = seccomp_rule_add(f, SCMP_ACT_ALLOW, SCMP_SYS(mmap), 1,
				      SCMP_A2(SCMP_CMP_MASKED_EQ, PROT_EXEC, 0));
	if (rc == 0)
		rc = seccomp_rule_add(f, SCMP_ACT_ALLOW, SCMP_SYS(mprotect), 1,
				      SCMP_A2(SCMP_CMP_MASKED_EQ, PROT_EXEC, 0));
	if (rc == 0) /* the client library looks whether its socket has bytes */
		rc = seccomp_rule_add(f, SCMP_ACT_ALLOW, SCMP_SYS(ioctl), 1,
				      SCMP_A1(SCMP_CMP_EQ, FIONREAD));
	if (rc == 0) /* abort() */
		rc = seccomp_rule_add(f, SCMP_ACT_ALLOW, SCMP_SYS(tgkill), 1,
				      SCMP_A0(SCMP_CMP_EQ, (scmp_datum_t)getpid()));
	return rc;
}
#endif

static int load(uint32_t action, int (*rules)(scmp_filter_ctx))
{
	scmp_filter_ctx f = seccomp_init(action);
	int rc = f ? rules(f) : -ENOMEM;

	if (rc == 0)
		rc = seccomp_load(f); /* sets no_new_privs, too */
	seccomp_release(f);
	if (rc == 0)
		return OK;
	log_error("no seccomp filter: %s", strerror(-rc));
	return E_UNAVAILABLE;
}

int sandbox_worker(void)
{
	return load(worker_default(), worker_rules);
}

int sandbox_master(void)
{
	return load(SCMP_ACT_ALLOW, refuse_for_all);
}
