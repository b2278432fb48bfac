/* base.c: arena, buf, span, config, clock. */
#include "unit/suites.h"

#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "base/arena.h"
#include "base/buf.h"
#include "base/clock.h"
#include "base/config.h"
#include "base/file.h"

START_TEST(arena_memory_is_zeroed_and_distinct)
{
	struct arena *a = arena_new();
	char *p = arena_alloc(a, 100), *q = arena_alloc(a, 200000);

	for (int i = 0; i < 100; i++)
		ck_assert_int_eq(p[i], 0);
	memset(p, 1, 100);
	for (int i = 0; i < 200000; i++)
		ck_assert_int_eq(q[i], 0);
	arena_reset(a);
	p = arena_alloc(a, 100);
	for (int i = 0; i < 100; i++)
		ck_assert_int_eq(p[i], 0);
	arena_free(a);
}
END_TEST

static char order[8];

static void note(void *data)
{
	size_t n = strlen(order);

	order[n] = *(const char *)data;
}

START_TEST(arena_defers_run_in_reverse)
{
	struct arena *a = arena_new();

	memset(order, 0, sizeof(order));
	arena_defer(a, note, "a");
	arena_defer(a, note, "b");
	arena_reset(a);
	ck_assert_str_eq(order, "ba");
	arena_free(a);
	ck_assert_str_eq(order, "ba");
}
END_TEST

START_TEST(arena_printf_formats)
{
	struct arena *a = arena_new();
	struct span s = arena_printf(a, "%s-%d", "x", 42);

	ck_assert_str_eq(s.p, "x-42");
	ck_assert_uint_eq(s.n, 4);
	arena_free(a);
}
END_TEST

START_TEST(buf_error_is_sticky)
{
	struct buf b = BUF_INIT;

	b.cap = 5;
	buf_puts(&b, "abc");
	buf_puts(&b, "def");
	ck_assert_int_eq(b.err, E_TOO_BIG);
	buf_puts(&b, "x");
	ck_assert(span_is(buf_span(&b), "abc"));
	buf_reset(&b);
	buf_printf(&b, "%d", 12345);
	ck_assert_int_eq(b.err, OK);
	ck_assert(span_is(buf_span(&b), "12345"));
	buf_release(&b);
}
END_TEST

START_TEST(span_numbers)
{
	int64_t v = 7;

	ck_assert_int_eq(span_i64(SPAN("9223372036854775807"), &v), OK);
	ck_assert_int_eq(v, INT64_MAX);
	ck_assert_int_eq(span_i64(SPAN("9223372036854775808"), &v), E_INVALID);
	ck_assert_int_eq(span_i64(SPAN(""), &v), E_INVALID);
	ck_assert_int_eq(span_i64(SPAN("-1"), &v), E_INVALID);
	ck_assert_int_eq(span_i64(SPAN(" 1"), &v), E_INVALID);
}
END_TEST

START_TEST(span_cuts)
{
	struct span rest = SPAN("a,,b"), piece;

	ck_assert(span_cut(&rest, ',', &piece) && span_is(piece, "a"));
	ck_assert(span_cut(&rest, ',', &piece) && piece.n == 0);
	ck_assert(span_cut(&rest, ',', &piece) && span_is(piece, "b"));
	ck_assert(!span_cut(&rest, ',', &piece));
	ck_assert(span_is(span_trim(SPAN(" \t x y\r\n")), "x y"));
	ck_assert_int_lt(span_cmp(SPAN("ab"), SPAN("abc")), 0);
}
END_TEST

static const struct {
	const char *bytes;
	bool well_formed;
} UTF8[] = {
	{"plain", true},          {"\xC3\xA9", true},         {"\xE2\x82\xAC", true},
	{"\xF0\x9F\x98\x80", true}, {"\xC0\xAF", false},      {"\xE0\x80\xAF", false},
	{"\xED\xA0\x80", false},  {"\xF4\x90\x80\x80", false}, {"\xE2\x82", false},
	{"\x80", false},          {"\xFF", false},            {"\xF5\x80\x80\x80", false},
};

START_TEST(span_knows_utf8)
{
	ck_assert_int_eq(span_is_utf8(span_str(UTF8[_i].bytes)), UTF8[_i].well_formed);
}
END_TEST

START_TEST(config_reads_what_is_there)
{
	char path[] = "/tmp/signet-config-XXXXXX";
	int fd = mkstemp(path);
	struct config *c;

	ck_assert_int_ge(fd, 0);
	dprintf(fd, "; note\n[web]\nworkers = 3\nrecycle=no\n[database]\nsocket = /x y\n");
	close(fd);
	ck_assert_int_eq(config_load(path, &c), OK);
	ck_assert_int_eq(config_int(c, "web", "workers", 1, 1, 9), 3);
	ck_assert_int_eq(config_int(c, "web", "absent", 5, 1, 9), 5);
	ck_assert(!config_bool(c, "web", "recycle", true));
	ck_assert_str_eq(config_need(c, "database", "socket"), "/x y");
	ck_assert_ptr_null(config_get(c, "database", "workers", NULL));
	config_free(c);
	unlink(path);
	ck_assert_int_eq(config_load(path, &c), E_NOT_FOUND);
}
END_TEST

static const struct {
	const char *text;
	int64_t at; /* -1: no day */
} DAYS[] = {
	{"1970-01-01", 0}, {"2000-02-29", 951782400}, {"2026-11-22", 1795305600}, {"9999-12-31", 253402214400},
	{"1969-12-31", -1}, {"2026-02-29", -1}, {"2026-13-01", -1}, {"2026-00-10", -1}, {"2026-01-00", -1},
	{"2026-1-1", -1}, {"2026/01/01", -1}, {"", -1}, {"2026-01-011", -1}, {"-026-01-01", -1}, {"today", -1},
};

START_TEST(clock_days)
{
	int64_t at = -1;

	ck_assert_int_eq(clock_date(span_str(DAYS[_i].text), &at), DAYS[_i].at < 0 ? E_INVALID : OK);
	ck_assert_int_eq(at, DAYS[_i].at);
}
END_TEST

START_TEST(clock_words)
{
	struct arena *a = arena_new();

	ck_assert(span_is(clock_text(a, 0), "1970-01-01 00:00 UTC"));
	ck_assert(span_is(clock_day(a, 86399), "1970-01-01"));
	ck_assert(span_is(clock_text_second(a, 86399), "1970-01-01 23:59:59"));
	ck_assert(span_is(clock_ago(a, 1000, 1030), "just now"));
	ck_assert(span_is(clock_ago(a, 1000, 1000 + 240), "4 min ago"));
	ck_assert(span_is(clock_ago(a, 0, 86400), "1 day ago"));
	ck_assert(span_is(clock_ago(a, 0, 3 * 86400), "3 days ago"));
	ck_assert(span_is(clock_ago(a, 0, 30 * 86400), "1970-01-01"));
	arena_free(a);
}
END_TEST

START_TEST(file_is_capped)
{
	struct arena *a = arena_new();
	char path[] = "/tmp/signet-file-XXXXXX";
	int fd = mkstemp(path);
	struct span s;

	ck_assert_int_ge(fd, 0);
	dprintf(fd, "12345");
	close(fd);
	ck_assert_int_eq(file_read(a, path, 5, &s), OK);
	ck_assert(span_is(s, "12345"));
	ck_assert_int_eq(file_read(a, path, 4, &s), E_TOO_BIG);
	unlink(path);
	ck_assert_int_eq(file_read(a, path, 5, &s), E_NOT_FOUND);
	arena_free(a);
}
END_TEST

Suite *base_suite(void)
{
	Suite *s = suite_create("base");
	TCase *t = tcase_create("base");

	tcase_add_test(t, arena_memory_is_zeroed_and_distinct);
	tcase_add_test(t, arena_defers_run_in_reverse);
	tcase_add_test(t, arena_printf_formats);
	tcase_add_test(t, buf_error_is_sticky);
	tcase_add_test(t, span_numbers);
	tcase_add_test(t, span_cuts);
	tcase_add_loop_test(t, span_knows_utf8, 0, (int)COUNT(UTF8));
	tcase_add_test(t, config_reads_what_is_there);
	tcase_add_test(t, clock_words);
	tcase_add_loop_test(t, clock_days, 0, (int)COUNT(DAYS));
	tcase_add_test(t, file_is_capped);
	suite_add_tcase(s, t);
	return s;
}
