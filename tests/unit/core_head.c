/* core_head.c: lines of signed heads, and what is known of each chain. */
#include "unit/suites.h"

#include "core/head_line.h"
#include "core/head_table.h"
#include "base/arena.h"

static struct arena *a;

static void head_setup(void)
{
	a = arena_new();
}

static void head_teardown(void)
{
	arena_free(a);
}

static struct head_line sample(void)
{
	struct head_line l = {.n = 17, .at = 1763784000, .kind = HEAD_CHAIN, .chain = SPAN("sub:7"), .seq = 42};

	memset(l.hash, 0xab, sizeof(l.hash));
	memset(l.before, 0x01, sizeof(l.before));
	return l;
}

static struct span line_of(const struct head_line *l)
{
	struct buf b = BUF_INIT;
	struct span made;

	head_line_put(&b, l);
	head_line_sign(&b, l->signature);
	ck_assert_int_eq(b.p[b.n - 1], '\n');
	made = arena_span(a, span_of(b.p, b.n - 1));
	buf_release(&b);
	return made;
}

/* Files that exist have such lines: they may not change without a "v2". */
START_TEST(line_golden)
{
	struct head_line l = sample(), back;
	struct span line = line_of(&l), text;

	ck_assert(span_starts(line, SPAN("v1 17 1763784000 head sub:7 42 abababababababababababababababab"
					 "abababababababababababababababab 0101010101010101010101010101")));
	ck_assert_int_eq(head_line_read(line, &back, &text), OK);
	ck_assert_int_eq(back.n, 17);
	ck_assert_int_eq(back.at, 1763784000);
	ck_assert_int_eq(back.kind, HEAD_CHAIN);
	ck_assert(span_is(back.chain, "sub:7"));
	ck_assert_int_eq(back.seq, 42);
	ck_assert_mem_eq(back.hash, l.hash, sizeof(l.hash));
	ck_assert_mem_eq(back.before, l.before, sizeof(l.before));
	ck_assert_uint_eq(text.n, line.n - 129);
}
END_TEST

static const char *const ODD[] = {"", "v1", "v2 1 1 head a 1", "v1 1 1 head a 1 00 00 00"};

START_TEST(line_odd)
{
	struct head_line l = sample(), back;
	struct span good = line_of(&l), text;

	for (size_t k = 0; k < COUNT(ODD); k++)
		ck_assert_int_eq(head_line_read(span_str(ODD[k]), &back, &text), E_INVALID);
	for (size_t n = 0; n < good.n; n++)
		ck_assert_int_eq(head_line_read(span_of(good.p, n), &back, &text), E_INVALID);
	ck_assert_int_eq(head_line_read(arena_printf(a, "%s ", good.p), &back, &text), E_INVALID);
	ck_assert_int_eq(head_line_read(arena_printf(a, " %s", good.p), &back, &text), E_INVALID);
	/* one text for each content: no zeros in front, no capitals, no sign */
	ck_assert_int_eq(head_line_read(arena_printf(a, "v1 017%s", good.p + 5), &back, &text), E_INVALID);
	ck_assert_int_eq(head_line_read(arena_printf(a, "v1 -17%s", good.p + 5), &back, &text), E_INVALID);
	((char *)(uintptr_t)good.p)[strcspn(good.p, "b")] = 'B';
	ck_assert_int_eq(head_line_read(good, &back, &text), E_INVALID);
}
END_TEST

START_TEST(chain_names)
{
	ck_assert(head_chain_ok(SPAN("site")) && head_chain_ok(SPAN("account:9223372036854775807")));
	ck_assert(!head_chain_ok(SPAN("")) && !head_chain_ok(SPAN("a b")) && !head_chain_ok(SPAN("a\n")));
	ck_assert(!head_chain_ok(SPAN("Sub:7")) && !head_chain_ok(SPAN("caf\xc3\xa9")));
	ck_assert(!head_chain_ok(SPAN("aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa")));
}
END_TEST

START_TEST(table_of_many)
{
	struct head_table t = {0};
	const struct head_known *k;
	size_t at = 0, n = 0;

	ck_assert_ptr_null(head_table_find(&t, SPAN("sub:1")));
	for (int i = 1; i <= 5000; i++)
		head_table_at(&t, arena_printf(a, "sub:%d", i))->seq = i;
	for (int i = 1; i <= 5000; i++)
		ck_assert_int_eq(head_table_at(&t, arena_printf(a, "sub:%d", i))->seq, i);
	ck_assert_uint_eq(t.n, 5000);
	ck_assert_ptr_null(head_table_find(&t, SPAN("sub:5001")));
	for (int64_t sum = 0; (k = head_table_next(&t, &at)) != NULL; n++)
		sum += k->seq;
	ck_assert_uint_eq(n, 5000);
	head_table_release(&t);
}
END_TEST

Suite *core_head_suite(void)
{
	Suite *s = suite_create("core_head");
	TCase *c = tcase_create("head");

	tcase_add_checked_fixture(c, head_setup, head_teardown);
	tcase_add_test(c, line_golden);
	tcase_add_test(c, line_odd);
	tcase_add_test(c, chain_names);
	tcase_add_test(c, table_of_many);
	suite_add_tcase(s, c);
	return s;
}
