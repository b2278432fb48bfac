/* refs.c: signet refs. */
#include "client/refs.h"

#include <errno.h>
#include <getopt.h>
#include <stdio.h>

#include "client/client.h"
#include "client/source.h"
#include "base/banned.h"

enum { STATUS_OK = 0, STATUS_FAILED = 1, STATUS_USAGE = 2 };

struct refs {
	struct arena *kept, *file; /* for the run, for one file */
	struct source source;
	struct buf out;
	struct json *json; /* NULL: lines */
	struct ref_templates *templates;
	int status;
};

static void explain(struct refs *r, const struct found *found)
{
	const struct ref_fault *fault = &found->refs.fault;

	r->status = STATUS_FAILED;
	if (fault->line)
		fprintf(stderr, "%s:%d:%d: %.*s\n", found->file, fault->line, fault->column,
			SPAN_ARG(fault->reason));
	else
		fprintf(stderr, "%s: %.*s\n", found->file, SPAN_ARG(fault->reason));
}

static void print(struct refs *r, const struct found *found)
{
	if (found->rc != OK)
		explain(r, found);
	if (r->json)
		refs_json_add(r->json, found);
	else
		refs_text(r->file, found, &r->out);
}

static void unreadable(struct refs *r, struct found *found, int error)
{
	found->rc = E_UNAVAILABLE;
	found->refs.fault.reason = arena_printf(r->file, "cannot be read: %s", strerror(error));
}

static void flush(struct buf *out)
{
	if (out->n)
		fwrite(out->p, 1, out->n, stdout);
	buf_reset(out);
}

static void one_file(struct refs *r, const char *path)
{
	struct found found = {.file = path};
	int error = source_read(path, &r->source);

	if (error)
		unreadable(r, &found, error);
	else
		found.rc = ref_read(r->file, span_of(r->source.p, r->source.n), r->templates,
				    &REF_LIMITS, &found.refs);
	print(r, &found);
	arena_reset(r->file);
	flush(&r->out);
}

/* Without its templates a file may still be whole, so that the run goes on. */
static void templates(struct refs *r, const char *path)
{
	struct found found = {.file = path};
	int error = source_read(path, &r->source);

	if (error)
		unreadable(r, &found, error);
	else
		found.rc = ref_templates_read(r->kept, span_of(r->source.p, r->source.n),
					      &REF_LIMITS, &r->templates, &found.refs.fault);
	if (found.rc != OK)
		print(r, &found);
}

static int usage(void)
{
	fputs("usage: signet refs [--json] [--templates FILE] FILE...\n"
	      "Prints FILE:LINE, kind, consumer and name of each integration that workflow files\n"
	      "use; FILE:LINE and \"error\" for a file that is not YAML. `-` is standard input.\n",
	      stderr);
	return STATUS_USAGE;
}

static void finish(struct refs *r)
{
	if (r->json)
		refs_json_end(r->json, &r->out);
	flush(&r->out);
	if (fflush(stdout) != 0 || ferror(stdout)) {
		fprintf(stderr, "signet: cannot write: %s\n", strerror(errno));
		r->status = STATUS_FAILED;
	}
	buf_release(&r->out);
	source_free(&r->source);
	arena_free(r->file);
	arena_free(r->kept);
}

int client_refs(int argc, char **argv)
{
	static const struct option OPTIONS[] = {
		{"json", no_argument, NULL, 'j'}, {"templates", required_argument, NULL, 't'}, {0}};
	struct refs r = {.out = BUF_INIT};
	const char *path = NULL;
	bool json = false;
	int opt;

	while ((opt = getopt_long(argc, argv, "", OPTIONS, NULL)) != -1) {
		if (opt != 'j' && opt != 't')
			return usage();
		json |= opt == 'j';
		path = opt == 't' ? optarg : path;
	}
	if (optind >= argc)
		return usage();
	r.source = source_new();
	r.kept = arena_new();
	r.file = arena_new();
	r.json = json ? refs_json_new() : NULL;
	if (path)
		templates(&r, path);
	for (int k = optind; k < argc; k++)
		one_file(&r, argv[k]);
	finish(&r);
	return r.status;
}
