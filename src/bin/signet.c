/* signet.c: signet, the command of people and build steps. */
#include <stdio.h>
#include <string.h>

#include "client/client.h"
#include "base/err.h"
#include "base/banned.h"

static const struct {
	const char *name;
	int (*run)(int argc, char **argv);
	const char *help;
} COMMANDS[] = {
	{"refs", client_refs, "every reference to an integration in workflow files, with its line"},
	{"lint", client_lint, "asks a Signet which of them are there and can be used"},
};

static int usage(void)
{
	fprintf(stderr, "usage: signet COMMAND\n");
	for (size_t k = 0; k < COUNT(COMMANDS); k++)
		fprintf(stderr, "  %-8s %s\n", COMMANDS[k].name, COMMANDS[k].help);
	return 2;
}

int main(int argc, char **argv)
{
	if (argc < 2)
		return usage();
	for (size_t k = 0; k < COUNT(COMMANDS); k++)
		if (strcmp(argv[1], COMMANDS[k].name) == 0)
			return COMMANDS[k].run(argc - 1, argv + 1);
	return usage();
}
