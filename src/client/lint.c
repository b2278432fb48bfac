/* lint.c: signet lint. */
#include "client/lint.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>

#include "client/client.h"
#include "client/source.h"
#include "client/line.h"
#include "ref/ref.h"
#include "base/banned.h"

/* Anchors for all other files: by this path a Signet knows them (page/workflow_take.c). */
#define TEMPLATES "shippable.templates.yml"

enum { TOKEN_MOST = 500 };

/* --- findings --- */

void lint_find(struct lint *l, const struct lint_finding *f)
{
	if (l->nfindings == l->room) {
		struct lint_finding *more =
			ARENA_ARRAY(l->a, struct lint_finding, 2 * l->room + 64);

		if (l->nfindings)
			memcpy(more, l->findings, l->nfindings * sizeof(*more));
		l->findings = more;
		l->room = 2 * l->room + 64;
	}
	l->findings[l->nfindings] = *f;
	l->findings[l->nfindings].fails = reason_set_has(&l->o.fails, f->reason);
	l->failing += l->findings[l->nfindings++].fails;
}

void lint_unreadable(struct lint *l, size_t file, int64_t line, struct span sentence)
{
	struct lint_finding f = {.file = file,
				 .line = line > 0 ? line : 1,
				 .column = 1,
				 .reason = SPAN("unreadable"),
				 .advice = sentence};

	lint_find(l, &f);
}

static int by_place(const void *a, const void *b)
{
	const struct lint_finding *x = a, *y = b;
	int c = (x->file > y->file) - (x->file < y->file);

	if (c == 0)
		c = (x->line > y->line) - (x->line < y->line);
	if (c == 0)
		c = (x->column > y->column) - (x->column < y->column);
	return c != 0 ? c : span_cmp(x->name, y->name);
}

/* --- files --- */

/* A path that is clean and nobody's: what files are called here is nothing that a Signet must know,
 * and `/tmp/a"b` is none of a repository. */
static struct span path_for(struct lint *l, const struct lint_file *f, size_t at)
{
	const char *name = f->name;

	while (strncmp(name, "./", 2) == 0)
		name += 2;
	if (f->aside || (!l->o.templates && strcmp(name, TEMPLATES) == 0))
		return SPAN(TEMPLATES);
	return arena_printf(l->a, "%zu.yml", at + 1);
}

static struct span sentence(struct arena *a, struct span reason)
{
	char *copy = arena_str(a, reason);

	if (copy[0] >= 'a' && copy[0] <= 'z')
		copy[0] = (char)(copy[0] - ('a' - 'A'));
	return arena_printf(a, "%s.", copy);
}

/* One that is too large for any Signet is not sent at all. */
static void read_one(struct lint *l, struct source *in, size_t at)
{
	struct lint_file *f = &l->files[at];
	int error = source_read(f->name, in);
	struct ref_result refs;

	if (error) {
		lint_unreadable(l, at, 0,
				arena_printf(l->a, "It cannot be read: %s.", strerror(error)));
		return;
	}
	if (in->n > REF_LIMITS.bytes &&
	    ref_read(l->a, span_of(in->p, in->n), NULL, &REF_LIMITS, &refs) != OK) {
		lint_unreadable(l, at, 0, sentence(l->a, refs.fault.reason));
		return;
	}
	f->bytes = arena_span(l->a, span_of(in->p, in->n));
	f->path = path_for(l, f, at);
}

static void read_all(struct lint *l)
{
	struct source in = source_new();

	l->files = ARENA_ARRAY(l->a, struct lint_file, l->o.nfiles + 1);
	for (l->nfiles = 0; l->nfiles < l->o.nfiles; l->nfiles++)
		l->files[l->nfiles].name = l->o.files[l->nfiles];
	if (l->o.templates)
		l->files[l->nfiles++] = (struct lint_file){.name = l->o.templates, .aside = true};
	for (size_t k = 0; k < l->nfiles; k++)
		read_one(l, &in, k);
	source_free(&in);
}

/* --- asking --- */

static int no_token(const char *sentence)
{
	fprintf(stderr, "signet lint: %s\n", sentence);
	return E_INVALID;
}

static int check_token(struct span token)
{
	for (size_t k = 0; k < token.n; k++)
		if (token.p[k] <= ' ' || token.p[k] > '~')
			return no_token("the token is none: it has characters that no token has");
	if (token.n > TOKEN_MOST)
		return no_token("the token is none: it is too long");
	return OK;
}

/* Never from the command line, which everybody on the machine can read. */
static int find_token(struct lint *l, const char **out)
{
	struct span token = span_str(getenv("SIGNET_TOKEN"));

	if (l->o.token_file) {
		struct source in = source_new();
		int error = source_read(l->o.token_file, &in);

		token = arena_span(l->a, span_of(in.p, error ? 0 : in.n));
		source_free(&in);
		if (error) {
			fprintf(stderr, "signet lint: %s cannot be read: %s\n", l->o.token_file,
				strerror(error));
			return E_INVALID;
		}
	}
	token = span_trim(token);
	if (token.n == 0)
		return no_token("there is no token: set SIGNET_TOKEN, or give --token-file");
	TRY(check_token(token));
	*out = arena_str(l->a, token);
	return OK;
}

static int say(const struct lint *l, struct span fault, int rc)
{
	bool asks = fault.n && fault.p[fault.n - 1] == '?';
	struct buf line = BUF_INIT;

	line_put_visible(&line, span_str(l->o.server));
	fprintf(stderr, "signet lint: %s: %.*s%s\n", line.p ? line.p : "", SPAN_ARG(fault),
		asks ? "" : ".");
	buf_release(&line);
	return rc;
}

static struct ask_part *parts_of(struct lint *l, size_t *n)
{
	struct ask_part *parts = ARENA_ARRAY(l->a, struct ask_part, l->nfiles + 1);

	*n = 0;
	for (size_t k = 0; k < l->nfiles; k++)
		if (l->files[k].path.p)
			parts[(*n)++] = (struct ask_part){l->files[k].path, l->files[k].bytes};
	return parts;
}

static int ask(struct lint *l, const char *token)
{
	struct ask q = {l->o.server,	    token,	  l->o.ca_file, l->o.sub, l->o.project_name,
			l->o.insecure_http, l->o.timeout, NULL,		0};
	struct ask_answer answer;
	int rc;

	q.parts = parts_of(l, &q.nparts);
	if (q.nparts == 0)
		return OK;
	rc = ask_check(l->a, &q, &answer);
	if (rc != OK)
		return say(l, answer.fault, rc);
	if (answer.status != 200)
		return say(l, ask_refused(l->a, &q, &answer), E_UNAVAILABLE);
	if (lint_answer(l, answer.body) != OK)
		return say(l,
			   SPAN("that is no Signet, or another version: its answer is not known"),
			   E_UNAVAILABLE);
	return OK;
}

/* --- printing --- */

/* Of what the Signet counted and did not list nobody knows the reasons. */
static bool fails(const struct lint *l)
{
	return l->failing || (l->more && !l->o.fails_none);
}

static int print(struct lint *l)
{
	static void (*const FORMATS[])(const struct lint *, struct buf *) = {
		[LINT_TEXT] = lint_text, [LINT_JSON] = lint_json, [LINT_SARIF] = lint_sarif};
	struct buf out = BUF_INIT, summary = BUF_INIT;

	if (l->nfindings > 1)
		qsort(l->findings, l->nfindings, sizeof(*l->findings), by_place);
	FORMATS[l->o.format](l, &out);
	lint_summary(l, &summary);
	if (out.n)
		fwrite(out.p, 1, out.n, stdout);
	buf_release(&out);
	if (fflush(stdout) != 0 || ferror(stdout)) {
		fprintf(stderr, "signet lint: cannot write: %s\n", strerror(errno));
		return LINT_NOT_ASKED;
	}
	fwrite(summary.p, 1, summary.n, stderr);
	buf_release(&summary);
	return fails(l) ? LINT_FAILS : LINT_OK;
}

static int run(struct lint *l, int argc, char **argv)
{
	const char *token;
	int rc = lint_options(argc, argv, &l->o);

	if (rc == E_NOT_FOUND)
		return LINT_OK;
	if (rc != OK || find_token(l, &token) != OK)
		return LINT_USAGE;
	read_all(l);
	rc = ask(l, token);
	if (rc != OK)
		return rc == E_INVALID ? LINT_USAGE : LINT_NOT_ASKED;
	return print(l);
}

int client_lint(int argc, char **argv)
{
	struct lint l = {.a = arena_new()};
	int status = run(&l, argc, argv);

	arena_free(l.a);
	return status;
}
