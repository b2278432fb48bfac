/* deliver.c: a process for each delivery, and a pipe on which its result comes. */
#include "mail/deliver.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/log.h"
#include "mail/smtp.h"
#include "base/banned.h"

/* libcurl has limits of its own, below this one. */
enum { SECONDS_MOST = 60 };

static size_t busy(const struct deliver *d)
{
	size_t n = 0;

	for (size_t i = 0; i < DELIVER_MOST; i++)
		n += d->list[i].pid != 0;
	return n;
}

bool deliver_room(const struct deliver *d)
{
	return busy(d) < DELIVER_MOST;
}

bool deliver_busy(const struct deliver *d)
{
	return busy(d) > 0;
}

static void forget_others(struct queue *q, const struct letter *mine)
{
	for (struct letter *l = NULL; (l = queue_next(q, l)) != NULL;)
		if (l != mine)
			queue_drop(l);
}

/* The new process. All it inherits but its mail, the pipe and the log it gives up. */
__attribute__((noreturn)) static void work(const struct deliver *d, struct queue *q,
					   const struct letter *l, int out, pid_t parent)
{
	struct sigaction usual = {.sa_handler = SIG_DFL};
	struct smtp_result result;
	sigset_t none;

	prctl(PR_SET_PDEATHSIG, SIGKILL);
	if (getppid() != parent || dup2(out, STDIN_FILENO) < 0)
		_exit(EXIT_FAILURE);
	close_range(STDERR_FILENO + 1, ~0U, 0);
	sigaction(SIGALRM, &usual, NULL);
	sigemptyset(&none);
	sigprocmask(SIG_SETMASK, &none, NULL);
	alarm(SECONDS_MOST);
	forget_others(q, l);
	smtp_send(d->options, l, &result);
	if (write(STDIN_FILENO, &result, sizeof(result)) != (ssize_t)sizeof(result))
		_exit(EXIT_FAILURE);
	_exit(EXIT_SUCCESS);
}

static struct delivery *place(struct deliver *d)
{
	for (size_t i = 0; i < DELIVER_MOST; i++)
		if (d->list[i].pid == 0)
			return &d->list[i];
	return NULL;
}

int deliver_start(struct deliver *d, struct queue *q, struct letter *l)
{
	struct delivery *one = place(d);
	pid_t parent = getpid(), pid;
	int ends[2];

	ASSERT(one != NULL);
	l->tries++;
	if (pipe2(ends, O_CLOEXEC | O_NONBLOCK) != 0) {
		log_error("no pipe for a delivery: %s", strerror(errno));
		return E_UNAVAILABLE;
	}
	pid = fork();
	if (pid == 0)
		work(d, q, l, ends[1], parent);
	close(ends[1]);
	if (pid < 0) {
		log_error("no process for a delivery: %s", strerror(errno));
		close(ends[0]);
		return E_UNAVAILABLE;
	}
	l->sending = true;
	*one = (struct delivery){pid, ends[0], l};
	return OK;
}

unsigned deliver_wait(const struct deliver *d, struct pollfd *fds)
{
	unsigned n = 0;

	for (size_t i = 0; i < DELIVER_MOST; i++)
		if (d->list[i].pid)
			fds[n++] = (struct pollfd){.fd = d->list[i].fd, .events = POLLIN};
	return n;
}

/* It has said all it has to say, or is to say nothing more. */
static void end(struct delivery *one)
{
	kill(one->pid, SIGKILL);
	waitpid(one->pid, NULL, 0);
	close(one->fd);
	*one = (struct delivery){0};
}

static void read_result(const struct smtp_result *r, struct delivered *out)
{
	out->done = r->error == 0;
	out->code = r->code;
	/* libcurl calls a refusal "failed sending data" */
	out->reason = r->code >= 400 ? "the server refuses it for now or for good"
				     : smtp_reason(r->error);
	out->refused = !out->done && out->code >= 500 && out->code < 600;
}

bool deliver_next(struct deliver *d, struct delivered *out)
{
	for (size_t i = 0; i < DELIVER_MOST; i++) {
		struct delivery *one = &d->list[i];
		struct smtp_result result;
		ssize_t n = one->pid ? read(one->fd, &result, sizeof(result)) : -1;

		if (!one->pid || (n < 0 && (errno == EAGAIN || errno == EINTR)))
			continue;
		*out = (struct delivered){.letter = one->letter, .reason = "it broke off"};
		if (n == (ssize_t)sizeof(result))
			read_result(&result, out);
		end(one);
		return true;
	}
	return false;
}

void deliver_stop(struct deliver *d)
{
	for (size_t i = 0; i < DELIVER_MOST; i++)
		if (d->list[i].pid)
			end(&d->list[i]);
}
