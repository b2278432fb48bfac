/* reference.c: judging references. */
#include "core/reference.h"

#include <stdlib.h>

#include "core/resource.h"
#include "base/banned.h"

struct span reference_kind_text(enum reference_kind kind)
{
	static const char *const TEXTS[REFERENCE_KINDS] = {"ci", "resource", "job"};

	return span_str(TEXTS[kind]);
}

static const struct {
	const char *slug, *text, *advice;
} STATES[REFERENCE_STATES] = {
	[REFERENCE_MISSING] = {"missing", "missing", "No integration has this name."},
	[REFERENCE_WRONG_TYPE] = {"wrong-type", "wrong type",
				  "A resource of this type takes no such integration."},
	[REFERENCE_DENIED] = {"denied", "denied",
			      "This project may not use it. Whoever edits the integration "
			      "can add the project to its list."},
	[REFERENCE_ERASED] = {"erased", "deleted by its owner",
			      "Its owner deleted what it was bound to. An "
			      "admin can rebind it."},
	[REFERENCE_WITHDRAWN] = {"withdrawn", "withdrawn",
				 "Its owner took the consent back. An admin can rebind "
				 "it."},
	[REFERENCE_DISABLED] = {"disabled", "disabled",
				"The integration is disabled; its page says why."},
	[REFERENCE_PAUSED] = {"paused", "disabled by its owner",
			      "Its owner disabled what it is bound to."},
	[REFERENCE_OWNER_LEFT] = {"owner-left", "owner left",
				  "Its owner left. An admin should rebind it before "
				  "the days of grace are over."},
	[REFERENCE_DYNAMIC] = {"dynamic", "dynamic",
			       "Which integration a variable names shows only at run "
			       "time."},
	[REFERENCE_FINE] = {"fine", "fine", ""},
};

struct span reference_state_text(enum reference_state s)
{
	return span_str(STATES[s].text);
}

struct span reference_state_slug(enum reference_state s)
{
	return span_str(STATES[s].slug);
}

struct span reference_advice(enum reference_state s)
{
	return span_str(STATES[s].advice);
}

static enum reference_state judge_binding(enum binding_state s)
{
	switch (s) {
	case BINDING_ERASED:
		return REFERENCE_ERASED;
	case BINDING_WITHDRAWN:
		return REFERENCE_WITHDRAWN;
	case BINDING_OWNER_LEFT:
		return REFERENCE_OWNER_LEFT;
	case BINDING_PAUSED:
		return REFERENCE_PAUSED;
	case BINDING_LIVE:
	case BINDING_STATES:
		break;
	}
	return REFERENCE_FINE;
}

/* The host on which a cluster is reached is named by a key of its own, and no matter of the
 * resource's type. */
static bool names_its_own(const struct reference *r)
{
	return r->kind == REFERENCE_RESOURCE && r->resource_type.n &&
	       (span_is(r->key, "integration") || span_is(r->key, "integrationName") ||
		span_is(r->key, "configuration.integrationName"));
}

enum reference_state reference_judge(const struct type_catalogue *types, const struct reference *r,
				     const struct reference_target *target)
{
	enum reference_state state;

	if (r->dynamic)
		return REFERENCE_DYNAMIC;
	if (!target)
		return REFERENCE_MISSING;
	if (!target->allowed)
		return REFERENCE_DENIED;
	if (names_its_own(r) && !resource_takes(types, r->resource_type, target->type))
		return REFERENCE_WRONG_TYPE;
	state = target->bound ? judge_binding(target->binding) : REFERENCE_FINE;
	return target->disabled && state > REFERENCE_DISABLED ? REFERENCE_DISABLED : state;
}

/* --- did you mean --- */

enum { ALIKE_MOST = 80, ERRORS_MOST = 3 };

struct letters {
	unsigned at[ALIKE_MOST];
	size_t n; /* ALIKE_MOST + 1: it is longer */
};

static unsigned lower(unsigned c)
{
	return c >= 'A' && c <= 'Z' ? c + ('a' - 'A') : c;
}

/* `loose`: without what people mix up between words. */
static struct letters letters_of(struct span s, bool loose)
{
	struct letters l = {.n = 0};

	for (size_t k = 0; k < s.n && l.n <= ALIKE_MOST; k++) {
		unsigned char c = (unsigned char)s.p[k];

		if ((c & 0xC0) == 0x80 && l.n) { /* the rest of a character: mixed in is enough */
			l.at[l.n - 1] = (l.at[l.n - 1] << 6) + c;
			continue;
		}
		if (loose && (c == ' ' || c == '-' || c == '_' || c == '.'))
			continue;
		if (l.n < ALIKE_MOST)
			l.at[l.n] = lower(c);
		l.n++;
	}
	return l;
}

static bool same_letters(const struct letters *x, const struct letters *y)
{
	return x->n == y->n && x->n <= ALIKE_MOST &&
	       (x->n == 0 || memcmp(x->at, y->at, x->n * sizeof(x->at[0])) == 0);
}

static unsigned min3(unsigned a, unsigned b, unsigned c)
{
	unsigned m = a < b ? a : b;

	return m < c ? m : c;
}

/* Optimal string alignment, row by row; `most` + 1 as soon as it can only be more. */
static unsigned errors_between(const struct letters *x, const struct letters *y, unsigned most)
{
	unsigned rows[3][ALIKE_MOST + 1], *two = rows[0], *one = rows[1], *now = rows[2];

	for (size_t k = 0; k <= y->n; k++)
		one[k] = two[k] = (unsigned)k;
	for (size_t i = 1; i <= x->n; i++) {
		unsigned best = now[0] = (unsigned)i, *spare;

		for (size_t k = 1; k <= y->n; k++) {
			unsigned wrong = x->at[i - 1] != y->at[k - 1];

			now[k] = min3(one[k] + 1, now[k - 1] + 1, one[k - 1] + wrong);
			if (i > 1 && k > 1 && x->at[i - 1] == y->at[k - 2] &&
			    x->at[i - 2] == y->at[k - 1] && two[k - 2] + 1 < now[k])
				now[k] = two[k - 2] + 1;
			best = now[k] < best ? now[k] : best;
		}
		if (best > most)
			return most + 1;
		spare = two, two = one, one = now, now = spare;
	}
	return one[y->n];
}

/* A third of the letters may be wrong, up to three. */
static unsigned errors_allowed(size_t letters)
{
	unsigned n = (unsigned)letters / 3;

	return n > ERRORS_MOST ? ERRORS_MOST : n;
}

static unsigned distance(const struct letters *wanted, struct span name, unsigned most)
{
	struct letters l = letters_of(name, false);
	size_t apart = l.n > wanted->n ? l.n - wanted->n : wanted->n - l.n;

	if (l.n > ALIKE_MOST || apart > most)
		return most + 1;
	return errors_between(wanted, &l, most);
}

struct span reference_alike(struct arena *a, struct span name, const struct span *names, size_t n)
{
	struct letters *loose = ARENA_NEW(a, struct letters),
		       *strict = ARENA_NEW(a, struct letters);
	struct span found = SPAN_NONE;
	unsigned most;

	*loose = letters_of(name, true);
	*strict = letters_of(name, false);
	if (strict->n > ALIKE_MOST)
		return SPAN_NONE;
	for (size_t k = 0; k < n && loose->n; k++) {
		struct letters l = letters_of(names[k], true);

		if (same_letters(loose, &l))
			return names[k];
	}
	most = errors_allowed(strict->n);
	for (size_t k = 0; k < n && most; k++) {
		unsigned d = distance(strict, names[k], most);

		if (d <= most) {
			found = names[k];
			most = d ? d - 1 : 0; /* only a better one takes its place */
		}
	}
	return found;
}

/* --- paths --- */

static size_t characters(struct span s)
{
	size_t n = 0;

	for (size_t k = 0; k < s.n; k++)
		n += ((unsigned char)s.p[k] & 0xC0) != 0x80;
	return n;
}

static bool has_odd_part(struct span path)
{
	struct span rest = path, part;

	while (span_cut(&rest, '/', &part))
		if (part.n == 0 || span_is(part, ".") || span_is(part, ".."))
			return true;
	return path.p[path.n - 1] == '/';
}

struct span workflow_path_fault(struct arena *a, struct span path)
{
	unsigned code;
	size_t at;

	if (path.n == 0)
		return SPAN("Say which file it is: its path, as the repository has it, such as "
			    "ci/shippable.yml.");
	if (!span_is_utf8(path))
		return SPAN("The path must be UTF-8.");
	if (characters(path) > WORKFLOW_PATH_CHARS_MAX)
		return arena_printf(a, "The path is too long: at most %d characters.",
				    WORKFLOW_PATH_CHARS_MAX);
	if (span_has_control(path, false, &code, &at))
		return arena_printf(a,
				    "The path must be without control characters: take out U+%04X "
				    "(character %zu).",
				    code, at);
	if (path.p[0] == ' ' || path.p[path.n - 1] == ' ')
		return SPAN("The path begins or ends with a blank: take it out.");
	if (memchr(path.p, '\\', path.n) || has_odd_part(path))
		return SPAN("Write the path from the top of the repository, with one / between "
			    "folders and without \".\" or \"..\", such as ci/shippable.yml.");
	return SPAN_NONE;
}

struct span reference_cut(struct span text, size_t most)
{
	size_t n = 0;

	for (size_t k = 0; k < text.n; k++)
		if (((unsigned char)text.p[k] & 0xC0) != 0x80 && n++ == most)
			return span_of(text.p, k);
	return text;
}

/* --- names --- */

static int by_bytes(const void *a, const void *b)
{
	return span_cmp(*(const struct span *)a, *(const struct span *)b);
}

static struct span *sorted(struct arena *a, const struct span *list, size_t n)
{
	struct span *copy = ARENA_ARRAY(a, struct span, n + 1);

	if (n == 0)
		return copy;
	memcpy(copy, list, n * sizeof(*copy));
	qsort(copy, n, sizeof(*copy), by_bytes);
	return copy;
}

struct span *reference_names_less(struct arena *a, const struct span *list, size_t n,
				  const struct span *other, size_t nother, size_t *nout)
{
	struct span *mine = sorted(a, list, n), *theirs = sorted(a, other, nother);
	size_t at = 0;

	*nout = 0;
	for (size_t k = 0; k < n; k++) {
		if (k && span_eq(mine[k], mine[k - 1]))
			continue;
		while (at < nother && span_cmp(theirs[at], mine[k]) < 0)
			at++;
		if (at == nother || !span_eq(theirs[at], mine[k]))
			mine[(*nout)++] = mine[k];
	}
	return mine;
}
