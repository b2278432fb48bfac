/* ask_refused.c: what other answers than 200 mean to who asked. */
#include "client/ask.h"

#include "client/line.h"
#include "client/object.h"
#include "base/banned.h"

enum { SAYS_MOST = 500 };

/* RFC 9457, as every Signet answers when it refuses. */
static json_t *problem_of(const struct ask_answer *answer)
{
	if (!span_starts(answer->type, SPAN("application/problem+json")))
		return NULL;
	return json_loadb(answer->body.p, answer->body.n, 0, NULL);
}

static struct span text_of(json_t *object, const char *key)
{
	json_t *v = json_object_get(object, key);

	if (!json_is_string(v))
		return SPAN("");
	return span_of(json_string_value(v), json_string_length(v));
}

static void put(struct buf *out, struct span sentence)
{
	struct span s = span_trim(sentence);

	if (s.n && s.p[s.n - 1] == '.')
		s.n--;
	if (s.n == 0)
		return;
	buf_puts(out, out->n ? "; " : "");
	line_put_visible(out, s.n > SAYS_MOST ? span_of(s.p, SAYS_MOST) : s);
}

/* What the server says: the messages, else the detail. */
static struct span says(struct arena *a, json_t *problem)
{
	struct buf out = BUF_INIT;
	struct span text;
	json_t *one;
	size_t k;

	json_array_foreach(json_object_get(problem, "errors"), k, one)
		put(&out, text_of(one, "message"));
	if (out.n == 0)
		put(&out, text_of(problem, "detail"));
	text = arena_span(a, buf_span(&out));
	buf_release(&out);
	return text;
}

static struct span redirects(struct arena *a, const struct ask_answer *answer)
{
	struct buf out = BUF_INIT;
	struct span text;

	line_put_visible(&out, answer->location);
	text = arena_printf(
		a,
		"it sends elsewhere (%ld, to \"%s\"), where the token does not go. Give "
		"the address of the Signet itself",
		answer->status, out.n ? out.p : "");
	buf_release(&out);
	return text;
}

static struct span refused(struct arena *a, const struct ask *ask, long status, struct span said)
{
	const char *says = said.n ? said.p : "no reason given";

	if (status == 401)
		return arena_printf(a, "the token is not good here: %s", says);
	if (status == 403)
		return arena_printf(a, "the token may not ask this: %s", says);
	if (status == 404)
		return arena_printf(
			a,
			"this token knows no project \"%.*s\" in a subscription \"%.*s\". "
			"--project is SUBSCRIPTION/PROJECT, with the project's name as its "
			"page has it",
			SPAN_ARG(ask->project), SPAN_ARG(ask->sub));
	if (status == 413)
		return arena_printf(a, "that is too much at once (%s). Ask for fewer files", says);
	if (status == 421)
		return SPAN("the server does not know itself by this name. Give the address that "
			    "browsers use");
	if (status == 422)
		return arena_printf(a, "it cannot take the files: %s", says);
	if (status == 429 || status == 503)
		return arena_printf(a, "it has no time now (%ld: %s). Try again later", status,
				    says);
	if (status >= 500)
		return arena_printf(a, "it has a fault (%ld: %s). Its operator's logs say more",
				    status, says);
	return arena_printf(a, "it answers %ld: %s", status, says);
}

struct span ask_refused(struct arena *a, const struct ask *ask, const struct ask_answer *answer)
{
	json_t *problem = problem_of(answer);
	struct span said = says(a, problem), sentence;

	/* what stands before a Signet has no problem documents */
	if (answer->status >= 300 && answer->status < 400)
		sentence = redirects(a, answer);
	else if (problem || answer->status >= 500 || answer->status == 413 || answer->status == 429)
		sentence = refused(a, ask, answer->status, said);
	else
		sentence = arena_printf(a, "that is no Signet, or an older one: it answers %ld",
					answer->status);
	json_decref(problem);
	return sentence;
}
