/* lint_options.c: the command line of signet lint. */
#include "client/lint.h"

#include <getopt.h>
#include <stdio.h>

#include "base/banned.h"

enum { TIMEOUT = 60, TIMEOUT_MOST = 3600 };

static const struct option OPTIONS[] = {
	{"server", required_argument, NULL, 's'},
	{"project", required_argument, NULL, 'p'},
	{"fail-on", required_argument, NULL, 'f'},
	{"format", required_argument, NULL, 'o'},
	{"templates", required_argument, NULL, 't'},
	{"token-file", required_argument, NULL, 'k'},
	{"ca-file", required_argument, NULL, 'c'},
	{"timeout", required_argument, NULL, 'w'},
	{"insecure-http", no_argument, NULL, 'i'},
	{"help", no_argument, NULL, 'h'},
	{0},
};

static int usage(FILE *to, int rc)
{
	fputs("usage: signet lint --server URL --project SUBSCRIPTION/PROJECT [OPTION...] FILE...\n"
	      "Asks a Signet whether each integration that workflow files name is there and can\n"
	      "be used. Nothing is stored. `-` is standard input. The token, a sync token of the\n"
	      "project or one's own of scope workflow, is in $SIGNET_TOKEN or in a file:\n"
	      "  --token-file FILE    where the token is\n"
	      "  --fail-on REASONS    all, none, or reasons with commas between; without it all\n"
	      "                       but dynamic, owner-left and not-connected\n"
	      "  --format FORMAT      text, json or sarif\n"
	      "  --templates FILE     its anchors count; there are no findings about it\n"
	      "  --ca-file FILE       certificates to trust instead of the system's\n"
	      "  --timeout SECONDS    60 without it\n"
	      "  --insecure-http      http:// to other machines, too: all can read the token\n"
	      "Exit status: 0 nothing that fails, 1 findings that fail, 2 wrong usage, 3 no\n"
	      "answer. Reasons:\n",
	      to);
	for (size_t k = 0; k < REASONS; k++)
		fprintf(to, "  %-14s%s\n", REASON_LIST[k].slug, REASON_LIST[k].what);
	return rc;
}

static int wrong(const char *sentence)
{
	fprintf(stderr, "signet lint: %s (signet lint --help)\n", sentence);
	return E_INVALID;
}

static int set_format(struct lint_options *o, const char *text)
{
	static const char *const FORMATS[] = {"text", "json", "sarif"};

	for (size_t k = 0; k < COUNT(FORMATS); k++)
		if (strcmp(text, FORMATS[k]) == 0) {
			o->format = (enum lint_format)k;
			return OK;
		}
	return wrong("--format is text, json or sarif");
}

static int set_fails(struct lint_options *o, const char *text)
{
	struct span no;

	o->fails_none = strcmp(text, "none") == 0;
	if (reason_set_parse(text, &o->fails, &no) == OK)
		return OK;
	fprintf(stderr,
		"signet lint: --fail-on: there is no reason \"%.*s\" (signet lint --help)\n",
		SPAN_ARG(no));
	return E_INVALID;
}

static int set_timeout(struct lint_options *o, const char *text)
{
	if (span_i64(span_str(text), &o->timeout) != OK || o->timeout < 1 ||
	    o->timeout > TIMEOUT_MOST)
		return wrong("--timeout is a number of seconds, 1 to 3600");
	return OK;
}

/* Where the token goes is said once: the second time it is a file of somebody's repository, whose
 * name is like an option. */
static int set_once(const char **out)
{
	if (*out)
		return wrong("an option is there twice; put -- before the files if one is a "
			     "file's name");
	*out = optarg;
	return OK;
}

static int take(struct lint_options *o, int opt)
{
	switch (opt) {
	case 's':
		return set_once(&o->server);
	case 'p':
		return set_once(&o->project);
	case 't':
		return set_once(&o->templates);
	case 'k':
		return set_once(&o->token_file);
	case 'c':
		return set_once(&o->ca_file);
	case 'i':
		o->insecure_http = true;
		return OK;
	case 'f':
		return set_fails(o, optarg);
	case 'o':
		return set_format(o, optarg);
	case 'w':
		return set_timeout(o, optarg);
	case 'h':
		return usage(stdout, E_NOT_FOUND);
	default: /* getopt has said what is wrong */
		return wrong("nothing was asked");
	}
}

static bool is_slug(struct span s)
{
	for (size_t k = 0; k < s.n; k++)
		if (!(s.p[k] >= 'a' && s.p[k] <= 'z') && !(s.p[k] >= '0' && s.p[k] <= '9') &&
		    s.p[k] != '-')
			return false;
	return s.n > 0;
}

/* A project's name may have a "/", a subscription's part of the address has none. */
static int split_project(struct lint_options *o)
{
	o->project_name = span_str(o->project);
	if (!span_cut(&o->project_name, '/', &o->sub) || !is_slug(o->sub) || o->project_name.n == 0)
		return wrong("--project is SUBSCRIPTION/PROJECT: the subscription as it stands in "
			     "its address, behind /s/, and the project's name");
	return OK;
}

int lint_options(int argc, char **argv, struct lint_options *out)
{
	static char self[] = "signet lint";
	struct span no;
	int opt;

	*out = (struct lint_options){.timeout = TIMEOUT};
	ASSERT(reason_set_parse(NULL, &out->fails, &no) == OK);
	if (argc == 1)
		return usage(stderr, E_INVALID);
	argv[0] = self; /* as getopt begins its messages */
	optind = 0;	/* from the start, whoever used it before */
	while ((opt = getopt_long(argc, argv, "", OPTIONS, NULL)) != -1)
		TRY(take(out, opt));
	out->files = argv + optind;
	out->nfiles = (size_t)(argc - optind);
	if (!out->server)
		return wrong("say which Signet to ask: --server https://signet.example.com");
	if (!out->project)
		return wrong("say whose files these are: --project SUBSCRIPTION/PROJECT");
	if (out->nfiles == 0)
		return wrong("say which files: FILE...");
	return split_project(out);
}
