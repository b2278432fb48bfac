/* route.c: finds the row of a request. A part of a pattern that is written out beats one with ':',
 * wherever the rows stand in the table, and the best pattern claims the path for all methods. */
#include "http/route.h"

#include <stdio.h>

#include "base/banned.h"

static bool is_param(struct span part)
{
	return part.n > 0 && part.p[0] == ':';
}

/* Byte by byte, since every request asks this of every row and most differ early. */
static bool matches(const char *pattern, struct span path, struct span *params)
{
	const char *at = path.p, *end = path.p + path.n;
	size_t nparams = 0;

	for (const char *p = pattern; *p; p++) {
		const char *part = at;

		if (*p != ':' || p == pattern || p[-1] != '/') {
			if (at == end || *at++ != *p)
				return false;
			continue;
		}
		while (at < end && *at != '/')
			at++;
		if (at == part || nparams == REQ_PARAMS_MAX)
			return false;
		params[nparams++] = span_of(part, (size_t)(at - part));
		while (p[1] && p[1] != '/')
			p++;
	}
	return at == end;
}

/* Of two patterns that match one path: >0 when `a` is the more exact, 0 when they differ at most in
 * the names of their ':' parts. */
static int exactness_cmp(const char *a, const char *b)
{
	struct span left = span_str(a), right = span_str(b), l, r;

	while (span_cut(&left, '/', &l) && span_cut(&right, '/', &r))
		if (is_param(l) != is_param(r))
			return is_param(r) ? 1 : -1;
	return 0;
}

/* "GET, HEAD, POST" of all rows that have this path. */
static struct span allowed(const struct route_table *t, struct req *r, const char *pattern)
{
	static const char *const NAMES[] = {
		[METHOD_GET] = "GET, HEAD", [METHOD_HEAD] = "HEAD",     [METHOD_POST] = "POST",
		[METHOD_PUT] = "PUT",       [METHOD_DELETE] = "DELETE", [METHOD_OTHER] = "",
	};
	struct span list = SPAN(""), params[REQ_PARAMS_MAX];

	for (size_t i = 0; i < t->n; i++) {
		const struct route *row = &t->rows[i];

		if (matches(row->pattern, r->path, params) &&
		    exactness_cmp(row->pattern, pattern) == 0)
			list = arena_printf(r->arena, "%.*s%s%s", SPAN_ARG(list),
					    list.n ? ", " : "", NAMES[row->method]);
	}
	return list;
}

int route_find(const struct route_table *t, struct req *r, const struct route **out,
	       struct span *allow)
{
	enum method method = r->method == METHOD_HEAD ? METHOD_GET : r->method;
	const struct route *best = NULL;
	const char *pattern = NULL;

	for (size_t i = 0; i < t->n; i++) {
		const struct route *row = &t->rows[i];
		struct span params[REQ_PARAMS_MAX] = {{NULL, 0}};
		int better;

		if (!matches(row->pattern, r->path, params))
			continue;
		better = pattern ? exactness_cmp(row->pattern, pattern) : 1;
		if (better < 0)
			continue;
		if (better > 0) {
			pattern = row->pattern;
			best = NULL;
		}
		if (row->method == method && !best) {
			best = row;
			memcpy(r->params, params, sizeof(params));
		}
	}
	if (best) {
		*out = best;
		return OK;
	}
	if (!pattern)
		return E_NOT_FOUND;
	*allow = allowed(t, r, pattern);
	return E_INVALID;
}

/* NULL, or what is wrong with the pattern by itself. */
static const char *pattern_fault(const char *pattern)
{
	struct span rest = span_str(pattern), part;
	int params = 0;

	if (!pattern || pattern[0] != '/')
		return "the pattern must begin with '/'";
	while (span_cut(&rest, '/', &part)) {
		if (is_param(part))
			params++;
		if (is_param(part) && part.n == 1)
			return "a ':' part needs a name";
	}
	return params > REQ_PARAMS_MAX ? "the pattern has too many ':' parts" : NULL;
}

static const char *row_fault(const struct route *row)
{
	if (row->permission == 0)
		return "the permission is missing";
	if (!row->handler)
		return "the handler is missing";
	if (row->method == METHOD_HEAD || row->method == METHOD_OTHER)
		return "no row may have this method (a GET row answers HEAD)";
	if (row->method == METHOD_GET)
		return row->form ? "a GET row has no form" : NULL;
	if (!row->form)
		return "a row that changes something needs a form";
	if (row->form->body_most == 0 || row->form->pairs_most == 0)
		return "the form lacks body_most or pairs_most";
	return NULL;
}

/* Would one path match both? The names of ':' parts do not count. */
static bool are_alike(const struct route *a, const struct route *b)
{
	struct span left = span_str(a->pattern), right = span_str(b->pattern), l, r;

	if (a->method != b->method)
		return false;
	while (span_cut(&left, '/', &l)) {
		if (!span_cut(&right, '/', &r))
			return false;
		if (!(is_param(l) && is_param(r)) && !span_eq(l, r))
			return false;
	}
	return right.p == NULL;
}

const char *route_table_fault(const struct route_table *t)
{
	static char text[256];

	for (size_t i = 0; i < t->n; i++) {
		const struct route *row = &t->rows[i];
		const char *fault = pattern_fault(row->pattern);

		if (!fault)
			fault = row_fault(row);
		for (size_t k = 0; k < i && !fault; k++)
			if (are_alike(&t->rows[k], row))
				fault = "two rows are alike";
		if (fault) {
			snprintf(text, sizeof(text), "row %zu, \"%.150s\": %s", i,
				 row->pattern ? row->pattern : "", fault);
			return text;
		}
	}
	return NULL;
}
