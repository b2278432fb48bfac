/* ref_spot.c: which bytes a rename would change: counted, and changed. */
#include "unit/suites.h"

#include <stdlib.h>

#include "base/buf.h"
#include "ref/ref.h"

/* A file, and "LINE:AT:BYTES|" for each reference, in their order; "-|" for none. */
struct spot_case {
	struct span file;
	const char *spots;
};

static const struct spot_case DIRECT[] = {
	{SPAN("- integration: abc\n- integration: 'd e'\n- integration: \"f\\x41\"   # c\n"),
	 "1:15:3|2:15:5|3:15:7|"},
	{SPAN("- integration: abc"), "1:15:3|"},
	/* carriage returns count in no column, and end nothing alone */
	{SPAN("- name: x\r\n  integration: abc\r\n"), "2:15:3|"},
	{SPAN("- name: x\r- integration: abc\r"), "-|"},
	{SPAN("- integration: abc\r\r\n"), "-|"},
	/* bytes, not characters; after what has several to a character */
	{SPAN("# \xC3\xA9\n- {n\xC3\xA4me: x, integration: caf\xC3\xA9 \xF0\x9F\x9A\x80}\n"
	      "- integration: b\n"),
	 "2:26:10|3:15:1|"},
	/* breaks of YAML 1.1 that Git does not count */
	{SPAN("- {integration: em\xC2\x85l}\n- integration: \"a\xE2\x80\xA8z\"\n"), "-|-|"},
	{SPAN("a: \"x\xC2\x85y\xE2\x80\xA8z\"\nresources:\n- integration: b\n"), "3:15:1|"},
	{SPAN("jobs: [{integrations: [&x\xC2\x85"
	      "a b, &y\xE2\x80\xA8"
	      "c, !!str\xE2\x80\xA9"
	      "d e, f g]}]\n"),
	 "1:27:3|1:37:1|1:48:3|1:53:3|"},
	{SPAN("- integration: &x # c\xC2\x85    a b\n- integration: c d\n"), "1:27:3|2:15:3|"},
	{SPAN("\xEF\xBB\xBF- integration: abc\n- integration: d\n"), "1:18:3|2:15:1|"},
	{SPAN("\xFF\xFE-\0 \0i\0n\0t\0e\0g\0r\0a\0t\0i\0o\0n\0:\0 \0a\0\n\0"), "-|"},
	/* anchors and tags stay */
	{SPAN("- integration: &x abc\n- integration: !!str &y 'd'\n- integration: !<tag:x,2000:y> "
	      "e\n"),
	 "1:18:3|2:24:3|3:31:1|"},
	{SPAN("- integration: &x # c &d\n    !!str\n    abc # e\n"), "3:4:3|"},
	/* on a line of its own */
	{SPAN("- integration:\n\n    # c\n    \"b\"\n- integration:\n    c\n"), "4:4:3|6:4:1|"},
	/* several lines are none to change */
	{SPAN("- integration: a\n    b\n- integration: \"a\n\n    b\"\n- integration: |-\n    a\n"
	      "- integration: >-\n    a\n- integration: \"a\\\n    b\"\n"),
	 "-|-|-|-|-|"},
	/* what touches it */
	{SPAN("- integration: \"a\"#c\n- integration: 'a' #c\n"), "-|2:15:3|"},
	/* what only a plain one may have below it */
	{SPAN("- integration: a\n     \t \n- integration: b\t\n"), "-|3:15:1|"},
	{SPAN("jobs:\n- integrations: [\n\ta,\n\tb\n   \t]\n"), "3:1:1|4:1:1|"},
	/* an anchor ends where its letters do */
	{SPAN("- integration: &a:b c\n- integration: &d_1-2 e\n"), "-|2:22:1|"},
	{SPAN("- {\"integration\":\"a\"}\n- {integration: a,name: b}\n- [x]\n"), "1:17:3|2:16:1|"},
	{SPAN("jobs: [{integrations: [a,'b', \"c\"]},{integrations: [d , e]},{integration: f}]"),
	 "1:23:1|1:25:3|1:30:3|1:52:1|1:56:1|1:74:1|"},
	{SPAN("jobs:\n- name: j\n  integrations:\n  - a\n  - name: b\n  - {integrationName: c}\n"),
	 "4:4:1|5:10:1|6:22:1|"},
	/* twice in one line: each is to change */
	{SPAN("jobs: [{name: j, integrations: [a, a]}]\n"), "1:32:1|1:35:1|"},
	{SPAN("--- [{integration: a}]\n---\nresources: [{integration: b}]\n"), "1:19:1|3:26:1|"},
	/* keys of any dress */
	{SPAN("? resources\n: - ? integration\n    : \"a\"\n"), "3:6:3|"},
	{SPAN("resources: [? integration : a]\n"), "1:28:1|"},
};

static const struct spot_case ALIASED[] = {
	/* right there: the alias itself */
	{SPAN("x: &a name\nresources:\n- integration: *a\n- {integration: *a}\n"),
	 "3:15:2|4:16:2|"},
	{SPAN("x: &a name\njobs: [{integrations: *a}, {integrations: [*a, b]}]\n"),
	 "2:47:1|2:22:2|2:43:2|"},
	{SPAN("x: &a name\njobs:\n- integrations:\n  - {name: *a}\n  - *a\n"), "4:11:2|5:4:2|"},
	/* in an aliased map or list: where the anchor has it, once for all */
	{SPAN("resources:\n- &r\n  name: r\n  integration: abc\n- *r\n"), "4:15:3|4:15:3|"},
	{SPAN("x: &x\n- integration: abc\nresources: *x\ntriggers: *x\n"), "2:15:3|2:15:3|"},
	{SPAN("x: &l [a, 'b']\njobs:\n- integrations: *l\n"), "1:7:1|1:10:3|"},
	{SPAN("x: &m {name: a}\njobs:\n- integrations: [*m, *m]\n"), "1:13:1|"},
	/* by merge keys */
	{SPAN("x: &m {integration: a}\nresources:\n- <<: *m\n  name: r\n- <<: [*m, {name: s}]\n"),
	 "1:20:1|1:20:1|"},
	{SPAN("x: &m {integration: a}\nresources:\n- <<: *m\n  integration: b\n"), "4:15:1|"},
	/* an alias within what an alias brings */
	{SPAN("x: &s name\ny: &m {integration: *s}\nresources:\n- <<: *m\n- *m\n"),
	 "2:20:2|2:20:2|"},
	{SPAN("x: &s |-\n  name\nresources:\n- integration: *s\n"), "4:15:2|"},
	{SPAN("x: &m {integration: \"a\n  b\"}\nresources:\n- *m\n"), "-|"},
};

/* Anchors: &s a scalar, &m {integration: m}, &l [a, b]. */
static const struct span TEMPLATES =
	SPAN("s: &s scalar\nm: &m {integration: m}\nl: &l [a, b]\nn: &n {integration: *s}\n");
static const struct spot_case TEMPLATED[] = {
	{SPAN("resources:\n- integration: *s\n- <<: *m\n- *m\n- *n\n"), "2:15:2|-|-|-|"},
	{SPAN("jobs:\n- integrations: *l\n- integrations: [*s, c]\n"), "-|-|3:21:1|3:17:2|"},
};

static struct span spots_text(struct arena *a, const struct ref_result *r)
{
	struct buf out = BUF_INIT;
	struct span text;

	for (size_t k = 0; k < r->n; k++) {
		const struct ref_spot *s = &r->at[k].spot;

		if (s->line)
			buf_printf(&out, "%d:%u:%u|", s->line, s->at, s->bytes);
		else
			buf_puts(&out, "-|");
	}
	text = arena_span(a, buf_span(&out));
	buf_release(&out);
	return text;
}

static struct ref_result read_file(struct arena *a, struct span file,
				   const struct ref_templates *templates)
{
	struct ref_result r;
	int rc = ref_read(a, file, templates, &REF_LIMITS, &r);

	ck_assert_msg(rc == OK, "%.*s\n%d: %.*s", SPAN_ARG(file), r.fault.line,
		      SPAN_ARG(r.fault.reason));
	return r;
}

static int by_spot(const void *a, const void *b)
{
	const struct ref_spot *x = &((const struct ref *)a)->spot,
			      *y = &((const struct ref *)b)->spot;

	return x->line != y->line ? x->line - y->line : (int)x->at - (int)y->at;
}

/* The file with another scalar at each spot. */
static struct span changed(struct arena *a, struct span file, const struct ref_result *r,
			   struct span scalar)
{
	struct ref *list = ARENA_ARRAY(a, struct ref, r->n + 1);
	struct buf out = BUF_INIT;
	struct span rest = file, line, text;
	size_t at = 0;

	memcpy(list, r->at, r->n * sizeof(*list));
	qsort(list, r->n, sizeof(*list), by_spot);
	for (int number = 1; span_cut(&rest, '\n', &line); number++) {
		uint32_t past = 0;

		for (; at < r->n && list[at].spot.line <= number; at++) {
			const struct ref_spot *s = &list[at].spot;

			if (s->line == 0 || (at && by_spot(&list[at - 1], &list[at]) == 0))
				continue;
			buf_put(&out, span_of(line.p + past, s->at - past));
			buf_put(&out, scalar);
			past = s->at + s->bytes;
		}
		buf_put(&out, span_of(line.p + past, line.n - past));
		if (rest.p)
			buf_putc(&out, '\n');
	}
	text = arena_span(a, buf_span(&out));
	buf_release(&out);
	return text;
}

/* By line, kind and consumer they are what they were; as many have the new name as had a spot. */
static void expect_renamed(struct arena *a, struct span file, const struct ref_result *before,
			   struct span scalar, struct span name,
			   const struct ref_templates *templates)
{
	struct ref_result after = read_file(a, changed(a, file, before, scalar), templates);
	size_t spots = 0, renamed = 0;

	ck_assert_uint_eq(after.n, before->n);
	for (size_t k = 0; k < after.n; k++) {
		const struct ref *was = &before->at[k], *is = &after.at[k];

		ck_assert_int_eq(is->line, was->line);
		ck_assert(is->kind == was->kind && span_eq(is->consumer, was->consumer));
		spots += was->spot.line > 0;
		renamed += span_eq(is->name, name);
	}
	ck_assert_msg(spots == renamed, "%.*s: %zu of %zu", SPAN_ARG(file), renamed, spots);
}

static void expect(const struct spot_case *c, const struct ref_templates *templates)
{
	struct arena *a = arena_new();
	struct ref_result before = read_file(a, c->file, templates);
	struct span spots = spots_text(a, &before);

	ck_assert_msg(span_is(spots, c->spots), "%.*s\nis     %s\nshould %s", SPAN_ARG(c->file),
		      spots.p, c->spots);
	/* changed, those names are others, and nothing else is */
	expect_renamed(a, c->file, &before, SPAN("\"an, other: #\""), SPAN("an, other: #"),
		       templates);
	/* a plain one stands there as well */
	expect_renamed(a, c->file, &before, SPAN("z"), SPAN("z"), templates);
	arena_free(a);
}

START_TEST(direct)
{
	expect(&DIRECT[_i], NULL);
}
END_TEST

START_TEST(aliased)
{
	expect(&ALIASED[_i], NULL);
}
END_TEST

START_TEST(templated)
{
	struct arena *a = arena_new();
	struct ref_templates *templates;
	struct ref_fault fault;

	ck_assert_int_eq(ref_templates_read(a, TEMPLATES, &REF_LIMITS, &templates, &fault), OK);
	expect(&TEMPLATED[_i], templates);
	arena_free(a);
}
END_TEST

START_TEST(resource_types)
{
	struct arena *a = arena_new();
	struct ref_result r = read_file(
		a,
		SPAN("x: &x {type: file}\nresources:\n- {type: gitRepo, integration: a}\n"
		     "- {integration: b}\n- {type: [a], integration: c}\n"
		     "- {<<: *x, integration: d, configuration: {integrationName: e, type: no}}\n"
		     "jobs:\n- {type: runSh, integrations: [f]}\n"
		     "integrations: {hub: [{integrationName: g, type: docker}]}\n"),
		NULL);
	static const char *const TYPES[] = {"gitRepo", "", "", "file", "file", "", ""};

	ck_assert_uint_eq(r.n, COUNT(TYPES));
	for (size_t k = 0; k < r.n; k++)
		ck_assert_msg(span_is(r.at[k].resource_type, TYPES[k]), "%.*s: %.*s",
			      SPAN_ARG(r.at[k].name), SPAN_ARG(r.at[k].resource_type));
	arena_free(a);
}
END_TEST

Suite *ref_spot_suite(void)
{
	Suite *s = suite_create("ref_spot");
	TCase *c = tcase_create("spots");

	tcase_add_loop_test(c, direct, 0, (int)COUNT(DIRECT));
	tcase_add_loop_test(c, aliased, 0, (int)COUNT(ALIASED));
	tcase_add_loop_test(c, templated, 0, (int)COUNT(TEMPLATED));
	tcase_add_test(c, resource_types);
	suite_add_tcase(s, c);
	return s;
}
