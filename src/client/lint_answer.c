/* lint_answer.c: what a Signet answered. It is believed only whole: an answer that leaves out a
 * file, or that says something else than it lists, must not pass for "all is fine". */
#include "client/lint.h"

#include "client/object.h"
#include "base/banned.h"

static bool text_of(struct lint *l, json_t *object, const char *key, struct span *out)
{
	json_t *v = json_object_get(object, key);

	if (!json_is_string(v))
		return false;
	*out = arena_span(l->a, span_of(json_string_value(v), json_string_length(v)));
	return true;
}

static bool count_of(json_t *object, const char *key, int64_t *out)
{
	json_t *v = json_object_get(object, key);

	*out = json_integer_value(v);
	return json_is_integer(v) && *out >= 0;
}

static bool find_file(const struct lint *l, struct span path, size_t *out)
{
	for (*out = 0; *out < l->nfiles; ++*out)
		if (l->files[*out].path.p && span_eq(l->files[*out].path, path))
			return true;
	return false;
}

/* --- files --- */

static int take_fault(struct lint *l, size_t at, json_t *fault)
{
	struct span message;
	int64_t line;

	if (json_is_null(fault))
		return OK;
	if (!text_of(l, fault, "message", &message) || !count_of(fault, "line", &line))
		return E_INVALID;
	if (message.n && message.p[message.n - 1] != '.')
		message = arena_printf(l->a, "%.*s.", SPAN_ARG(message));
	lint_unreadable(l, at, line, message);
	return OK;
}

static int take_file(struct lint *l, json_t *file)
{
	json_t *fault = json_object_get(file, "fault");
	struct span path;
	size_t at;

	if (!text_of(l, file, "path", &path) || !find_file(l, path, &at) || l->files[at].answered ||
	    !count_of(file, "references", &l->files[at].references) || !fault)
		return E_INVALID;
	l->files[at].answered = true;
	return take_fault(l, at, fault);
}

static int take_files(struct lint *l, json_t *files)
{
	json_t *file;
	size_t k;

	if (!json_is_array(files))
		return E_INVALID;
	json_array_foreach(files, k, file) TRY(take_file(l, file));
	for (k = 0; k < l->nfiles; k++)
		if (l->files[k].path.p && !l->files[k].answered)
			return E_INVALID;
	return OK;
}

/* --- places --- */

static int take_problem(struct lint *l, json_t *problem)
{
	json_t *integration = json_object_get(problem, "integration");
	struct lint_finding f = {0};
	struct span path;

	if (!text_of(l, problem, "path", &path) || !find_file(l, path, &f.file) ||
	    !count_of(problem, "line", &f.line) || !count_of(problem, "column", &f.column) ||
	    !text_of(l, problem, "reason", &f.reason) || f.reason.n == 0 ||
	    !text_of(l, problem, "name", &f.name) || !text_of(l, problem, "message", &f.advice))
		return E_INVALID;
	/* what else there is helps, and may be missing */
	if (!text_of(l, problem, "state", &f.state))
		f.state = f.reason;
	if (!text_of(l, problem, "kind", &f.kind))
		f.kind = SPAN("");
	if (!text_of(l, problem, "consumer", &f.consumer))
		f.consumer = SPAN("");
	if (!text_of(l, problem, "key", &f.key))
		f.key = SPAN("");
	text_of(l, problem, "did_you_mean", &f.meant);
	f.integration = json_integer_value(integration);
	/* what is wrong in --templates is for those who ask about it as a file */
	if (!l->files[f.file].aside)
		lint_find(l, &f);
	return OK;
}

static int take_problems(struct lint *l, json_t *problems)
{
	json_t *problem;
	size_t k;

	if (!json_is_array(problems))
		return E_INVALID;
	json_array_foreach(problems, k, problem) TRY(take_problem(l, problem));
	return OK;
}

static int take(struct lint *l, json_t *all)
{
	json_t *problems = json_object_get(all, "problems");
	int64_t listed = (int64_t)json_array_size(problems), aside = 0;
	size_t before;

	if (!count_of(all, "references", &l->references) || !count_of(all, "fine", &l->fine))
		return E_INVALID;
	TRY(take_files(l, json_object_get(all, "files")));
	before = l->nfindings;
	TRY(take_problems(l, problems));
	l->more = l->references - l->fine - listed;
	if (l->more < 0)
		return E_INVALID;
	for (size_t k = 0; k < l->nfiles; k++)
		aside += l->files[k].aside ? l->files[k].references : 0;
	l->references -= aside;
	l->fine -= aside - (listed - (int64_t)(l->nfindings - before));
	return OK;
}

int lint_answer(struct lint *l, struct span body)
{
	/* a name may have a NUL: YAML says "\0" */
	json_t *all = json_loadb(body.p, body.n, JSON_ALLOW_NUL, NULL);
	int rc = json_is_object(all) ? take(l, all) : E_INVALID;

	json_decref(all);
	return rc;
}
