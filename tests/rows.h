/* rows.h: tests that loop over rows of a table, under sanitizers. There the end of each process is
 * dear (its heap is searched for leaks), so the rows of a test share one, with the fixtures of its
 * case run anew for each. The plain run has each row in a process of its own, as check does it.
 *
 * Included by suites.h after check.h: the two calls of check's below are these in all tests. */
#ifndef TESTS_ROWS_H
#define TESTS_ROWS_H

#include <check.h>

#ifdef __SANITIZE_ADDRESS__
/* As check's own; `up` and `down` may be NULL. */
void rows_fixture(TCase *c, void (*up)(void), void (*down)(void));
/* The rows from `start` to before `end`. When one fails, standard error has its number. */
void rows_add(TCase *c, const TTest *test, int start, int end);

#undef tcase_add_checked_fixture
#undef tcase_add_loop_test
#define tcase_add_checked_fixture(c, up, down) rows_fixture(c, up, down)
#define tcase_add_loop_test(c, test, start, end) rows_add(c, test, start, end)
#endif

#endif
