/* program.c: what the main()s share. */
#include "bin/program.h"

#include <errno.h>
#include <getopt.h>
#include <signal.h>
#include <stdio.h>
#include <sys/wait.h>
#include <time.h>

#include "base/err.h"
#include "base/banned.h"

static volatile sig_atomic_t ending;

static void on_end(int sig)
{
	(void)sig;
	ending = 1;
}

int program_config(int argc, char **argv, struct config **out)
{
	static const struct option OPTIONS[] = {{"config", required_argument, NULL, 'c'}, {0}};
	const char *path = NULL;
	struct config *c;
	int opt;

	/* '+': options of a command behind it are its own */
	while ((opt = getopt_long(argc, argv, "+c:", OPTIONS, NULL)) != -1) {
		if (opt != 'c')
			return E_INVALID;
		path = optarg;
	}
	if (!path) {
		fprintf(stderr, "usage: %s --config FILE\n", argv[0]);
		return E_INVALID;
	}
	TRY(config_load(path, &c));
	*out = c;
	return OK;
}

static void handle(void (*handler)(int))
{
	static const int SIGNALS[] = {SIGTERM, SIGINT, SIGQUIT};
	struct sigaction action = {.sa_handler = handler};

	for (size_t k = 0; k < COUNT(SIGNALS); k++)
		sigaction(SIGNALS[k], &action, NULL);
}

void program_signals_master(void)
{
	handle(on_end);
}

void program_signals_default(void)
{
	handle(SIG_DFL);
}

bool program_ending(void)
{
	return ending != 0;
}

void program_sleep_ms(int64_t ms)
{
	nanosleep(&(struct timespec){.tv_sec = ms / 1000, .tv_nsec = ms % 1000 * 1000000}, NULL);
}

void program_stop_children(const pid_t *pids, size_t n)
{
	for (int round = 0; round < 60; round++) {
		for (size_t k = 0; k < n; k++)
			if (pids[k] > 0)
				kill(pids[k], round < 50 ? SIGTERM : SIGKILL);
		program_sleep_ms(round == 0 ? 20 : 100);
		while (waitpid(-1, NULL, WNOHANG) > 0)
			;
		if (waitpid(-1, NULL, WNOHANG) < 0 && errno == ECHILD)
			return;
	}
}
