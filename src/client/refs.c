/* refs.c: signet refs. */
#include "client/refs.h"

#include <errno.h>
#include <fcntl.h>
#include <getopt.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "client/client.h"
#include "base/banned.h"

enum { STATUS_OK = 0, STATUS_FAILED = 1, STATUS_USAGE = 2 };

#define BYTES_MAX (REF_LIMITS.bytes + 1)

/* Room for the largest file; the system gives memory only as it is written. */
struct bytes {
	char *p;
	size_t n;
};

struct refs {
	struct arena *kept, *file; /* for the run, for one file */
	struct bytes bytes;
	struct buf out;
	struct json *json; /* NULL: lines */
	struct ref_templates *templates;
	int status;
};

/* As much as the reader takes and one byte, by which it sees that there is more. */
static int read_fd(int fd, struct bytes *b)
{
	while (b->n < BYTES_MAX) {
		ssize_t n = read(fd, b->p + b->n, BYTES_MAX - b->n);
		if (n < 0 && errno == EINTR)
			continue;
		if (n < 0)
			return errno;
		if (n == 0)
			return 0;
		b->n += (size_t)n;
	}
	return 0;
}

/* 0 or errno. `-` is standard input. */
static int read_file(const char *path, struct bytes *bytes)
{
	int fd, rc;

	bytes->n = 0;
	if (strcmp(path, "-") == 0)
		return read_fd(STDIN_FILENO, bytes);
	fd = open(path, O_RDONLY | O_CLOEXEC);
	if (fd < 0)
		return errno;
	rc = read_fd(fd, bytes);
	close(fd);
	return rc;
}

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
	int error = read_file(path, &r->bytes);

	if (error)
		unreadable(r, &found, error);
	else
		found.rc = ref_read(r->file, span_of(r->bytes.p, r->bytes.n), r->templates,
				    &REF_LIMITS, &found.refs);
	print(r, &found);
	arena_reset(r->file);
	flush(&r->out);
}

/* Without its templates a file may still be whole, so that the run goes on. */
static void templates(struct refs *r, const char *path)
{
	struct found found = {.file = path};
	int error = read_file(path, &r->bytes);

	if (error)
		unreadable(r, &found, error);
	else
		found.rc = ref_templates_read(r->kept, span_of(r->bytes.p, r->bytes.n), &REF_LIMITS,
					      &r->templates, &found.refs.fault);
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
	free(r->bytes.p);
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
	r.bytes.p = malloc(BYTES_MAX);
	ASSERT(r.bytes.p != NULL);
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
