/* wire.c: binary formats. */
#include "unit/suites.h"

#include "base/wire.h"

START_TEST(wire_there_and_back)
{
	unsigned char room[64], fixed[3];
	struct wire_out w = wire_into(room, sizeof(room));
	struct wire_in r;

	wire_put_byte(&w, 0xFE);
	wire_put_i64(&w, INT64_MIN);
	wire_put_run(&w, SPAN("ab"), 2);
	wire_put_run(&w, SPAN_NONE, 0);
	wire_put_fixed(&w, "xyz", 3);
	ck_assert_int_eq(w.err, OK);
	ck_assert_uint_eq(w.n, 1 + 8 + WIRE_RUN(2) + WIRE_RUN(0) + 3);
	ck_assert_mem_eq(room, "\xFE\x80\0\0\0\0\0\0\0\0\0\0\2ab\0\0\0\0xyz", w.n);
	r = wire_from(span_of((char *)room, w.n));
	ck_assert_uint_eq(wire_get_byte(&r), 0xFE);
	ck_assert(wire_get_i64(&r) == INT64_MIN);
	ck_assert(span_is(wire_get_run(&r, 2), "ab"));
	ck_assert_uint_eq(wire_get_run(&r, 2).n, 0);
	wire_get_fixed(&r, fixed, 3);
	ck_assert_mem_eq(fixed, "xyz", 3);
	ck_assert_int_eq(wire_end(&r), OK);
}
END_TEST

START_TEST(wire_errors_stick)
{
	unsigned char room[4] = {0};
	struct wire_out w = wire_into(room, sizeof(room));
	struct wire_in r = wire_from(SPAN("\0\0\0\5abcd"));

	wire_put_i64(&w, 1);
	ck_assert_int_eq(w.err, E_TOO_BIG);
	wire_put_byte(&w, 1);
	ck_assert_uint_eq(w.n, 0);
	w = wire_into(room, sizeof(room));
	wire_put_run(&w, SPAN("abc"), 2);
	ck_assert_int_eq(w.err, E_TOO_BIG);

	ck_assert_uint_eq(wire_get_run(&r, 9).n, 0);
	ck_assert_uint_eq(wire_get_byte(&r), 0);
	ck_assert_int_eq(wire_end(&r), E_CORRUPT);
	r = wire_from(SPAN("\0\0\0\4abcd"));
	ck_assert_uint_eq(wire_get_run(&r, 3).n, 0);
	ck_assert_int_eq(r.err, E_CORRUPT);
	r = wire_from(SPAN("\xFF\xFF\xFF\xFF"));
	ck_assert_uint_eq(wire_get_run(&r, SIZE_MAX).n, 0);
	ck_assert_int_eq(r.err, E_CORRUPT);
	r = wire_from(SPAN("ab"));
	wire_get_byte(&r);
	ck_assert_int_eq(wire_end(&r), E_CORRUPT);
	r = wire_from(SPAN_NONE);
	ck_assert_int_eq(wire_end(&r), OK);
}
END_TEST

Suite *wire_suite(void)
{
	Suite *s = suite_create("wire");
	TCase *t = tcase_create("wire");

	tcase_add_test(t, wire_there_and_back);
	tcase_add_test(t, wire_errors_stick);
	suite_add_tcase(s, t);
	return s;
}
