/* pair.c: the processor time of two programs that take turns, the least of many runs, so that
 * others on the machine disturb little. Usage: pair LIST PROGRAM LIST PROGRAM; a LIST is a file of
 * arguments, one a line, and a PROGRAM its path and first arguments, blanks between. Prints
 * microseconds and KiB of the first, then of the second. */
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

enum { RUNS = 30, ARGS_MAX = 10000 };

struct program {
	char *argv[ARGS_MAX + 1];
	int argc;
	long us, kib;
};

static void die(const char *what)
{
	perror(what);
	exit(1);
}

static void arg_add(struct program *p, const char *arg)
{
	if (p->argc == ARGS_MAX)
		die("too many arguments");
	p->argv[p->argc++] = strdup(arg);
}

static void program_read(struct program *p, const char *list, const char *words)
{
	char line[4096], *rest = strdup(words), *word;
	FILE *f = fopen(list, "r");

	if (!f || !rest)
		die(list);
	while ((word = strsep(&rest, " ")) != NULL)
		arg_add(p, word);
	while (fgets(line, sizeof(line), f)) {
		line[strcspn(line, "\n")] = '\0';
		arg_add(p, line);
	}
	fclose(f);
}

static void run(struct program *p)
{
	struct rusage used;
	pid_t pid = fork();
	long us;

	if (pid < 0)
		die("fork");
	if (pid == 0) {
		int null = open("/dev/null", O_WRONLY);
		dup2(null, STDOUT_FILENO);
		dup2(null, STDERR_FILENO);
		execv(p->argv[0], p->argv);
		_exit(127);
	}
	if (wait4(pid, NULL, 0, &used) != pid)
		die("wait4");
	us = (used.ru_utime.tv_sec + used.ru_stime.tv_sec) * 1000000 + used.ru_utime.tv_usec +
	     used.ru_stime.tv_usec;
	if (p->us == 0 || us < p->us)
		p->us = us;
	if (used.ru_maxrss > p->kib)
		p->kib = used.ru_maxrss;
}

int main(int argc, char **argv)
{
	static struct program one, two;

	if (argc != 5)
		return 2;
	program_read(&one, argv[1], argv[2]);
	program_read(&two, argv[3], argv[4]);
	for (int k = 0; k < RUNS; k++) {
		run(&one);
		run(&two);
	}
	printf("%ld %ld %ld %ld\n", one.us, one.kib, two.us, two.kib);
	return 0;
}
