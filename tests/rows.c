/* rows.c: see rows.h. */
#include "rows.h"

#ifdef __SANITIZE_ADDRESS__
#include <sanitizer/common_interface_defs.h>
#include <stdio.h>
#include <stdlib.h>

#undef tcase_add_checked_fixture

enum { LOOPS_MAX = 400, FIXTURES_MAX = 400 };

static struct fixture {
	TCase *of;
	void (*up)(void), (*down)(void);
} fixtures[FIXTURES_MAX];
static int nfixtures;

static struct loop {
	TCase *of;
	const TTest *test;
	TTest whole; /* what check is given in its place */
	int start, end;
} loops[LOOPS_MAX];
static int nloops;

static const struct loop *now;
static int row;

/* check's 4 seconds are meant for a row. A longer time that a case sets counts. */
__attribute__((constructor)) static void more_time(void)
{
	setenv("CK_DEFAULT_TIMEOUT", "60", 0);
}

static void tell(void)
{
	if (now)
		fprintf(stderr, "%s: %s, row %d\n", now->test->file, now->test->name, row);
}

void rows_fixture(TCase *c, void (*up)(void), void (*down)(void))
{
	if (nfixtures == FIXTURES_MAX)
		abort();
	fixtures[nfixtures++] = (struct fixture){c, up, down};
	tcase_add_checked_fixture(c, up, down);
}

/* As between two processes: down in the opposite order. */
static void renew(const TCase *c)
{
	for (int k = nfixtures - 1; k >= 0; k--)
		if (fixtures[k].of == c && fixtures[k].down)
			fixtures[k].down();
	for (int k = 0; k < nfixtures; k++)
		if (fixtures[k].of == c && fixtures[k].up)
			fixtures[k].up();
}

static void run(int which)
{
	now = &loops[which];
	atexit(tell);
	__sanitizer_set_death_callback(tell);
	for (row = now->start; row < now->end; row++) {
		if (row > now->start)
			renew(now->of);
		now->test->fn(row);
	}
	now = NULL;
}

void rows_add(TCase *c, const TTest *test, int start, int end)
{
	struct loop *l = &loops[nloops];

	if (nloops == LOOPS_MAX)
		abort();
	*l = (struct loop){c, test, *test, start, end};
	l->whole.fn = run;
	_tcase_add_test(c, &l->whole, 0, 0, nloops, nloops + 1);
	nloops++;
}
#else
typedef int rows_of_the_plain_run_are_checks_own;
#endif
