/* read.c: type files to catalogue.
 *
 * A type file is INI, UTF-8, lines of at most 4000 bytes, named after its type (jenkins.ini). A
 * value is the rest of its line: no quotes, no continuation, no comment behind it. A line that
 * starts with ';' or '#' is a comment. Sections, in the order in which the form shows them:
 *
 *   [type]
 *   name      = jenkins          what rows and workflow tools say; the file's name
 *   label     = Jenkins          what people read
 *   family    = CI tools         groups the picker
 *   icon      = rocket           a symbol of the icon sprite
 *   help      = ...              what it is for, a sentence or two
 *   more_urls = yes              may further URLs with own keys be added? (default no)
 *   ci_family = hub              where workflow files may name one, besides in a job: in this list
 *   ci_type   = dockerRegistryLogin    under `integrations:`, with this `type:`;
 *   resource  = image cliConfig  in resources of these `type:`s, the most usual first (all three
 *                                optional; `integration` takes any type, it may stand here to be shown)
 *
 *   [url apiUrl]                 a URL with its key; secrets are tied to its origin
 *   required  = yes              (default no)
 *   help, example, preset        optional; preset is filled in on + Add
 *
 *   [field password]             the name that runners see
 *   label     = API token
 *   kind      = secret           text, lines, secret, secret-lines, secret-url, pairs
 *   required  = yes              (default no)
 *   most      = 1024             bytes, of pairs: of each value (default: KINDS in parse.c)
 *   help, example                optional
 *
 * Whatever else it holds is a fault: an unknown section, key or kind, a missing or empty value, a
 * name that stands twice (a field and a URL share their names, and letter case does not tell names
 * apart: a runner's variables are in capitals), an example or preset URL that is none. */
#include "types/read.h"

#include <dirent.h>
#include <stdlib.h>
#include <strings.h>

#include "base/log.h"
#include "types/parse.h"
#include "base/banned.h"

/* Hidden files are an editor's. */
static int is_type_file(const struct dirent *e)
{
	size_t n = strlen(e->d_name);

	return n > 4 && e->d_name[0] != '.' && strcmp(e->d_name + n - 4, ".ini") == 0;
}

/* By label as people sort, letter case aside; then by name, so that the order is one. */
static int compare(const void *a, const void *b)
{
	const struct type *x = a, *y = b;
	int c = strcasecmp(x->label.p, y->label.p); /* arena copies: they end in NUL */

	return c != 0 ? c : span_cmp(x->name, y->name);
}

static int read_all(struct arena *a, const char *folder, struct dirent **files, int n,
		    struct type_catalogue *c)
{
	struct arena *scratch = arena_new();
	int rc = OK;

	for (int i = 0; i < n; i++) {
		struct span path = arena_printf(scratch, "%s/%s", folder, files[i]->d_name);
		if (type_parse(a, scratch, path.p, &c->list[c->n++]) != OK)
			rc = E_INVALID; /* and go on: tell the faults of all files at once */
		arena_reset(scratch);
	}
	arena_free(scratch);
	return rc;
}

static int check_labels(const char *folder, const struct type_catalogue *c)
{
	for (size_t i = 1; i < c->n; i++) {
		if (strcasecmp(c->list[i - 1].label.p, c->list[i].label.p) != 0)
			continue;
		log_error("%s: %s and %s have the same label", folder, c->list[i - 1].name.p,
			  c->list[i].name.p);
		return E_INVALID;
	}
	return OK;
}

int types_read(struct arena *a, const char *folder, struct type_catalogue *out)
{
	struct type_catalogue c = {NULL, 0};
	struct dirent **files = NULL;
	int n = scandir(folder, &files, is_type_file, alphasort), rc = E_NOT_FOUND;

	if (n > 0) {
		c.list = ARENA_ARRAY(a, struct type, (size_t)n);
		rc = read_all(a, folder, files, n, &c);
	}
	for (int i = 0; i < n; i++)
		free(files[i]);
	free(files);
	if (rc == E_NOT_FOUND)
		log_error("%s: no such folder, or no type file in it", folder);
	if (rc != OK)
		return rc;
	qsort(c.list, c.n, sizeof(*c.list), compare);
	TRY(check_labels(folder, &c));
	*out = c;
	return OK;
}
