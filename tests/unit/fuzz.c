/* fuzz.c: every file of the fuzzers' corpora, so that an input that once broke something is tested
 * by every build. */
#include "unit/suites.h"

#include <dirent.h>
#include <stdio.h>

#include "base/file.h"
#include "fuzz/targets.h"

typedef int fuzz_target(const uint8_t *data, size_t n);

static const struct {
	const char *name;
	fuzz_target *run;
} TARGETS[] = {
#define ROW(name) {#name, fuzz_##name},
	FUZZ_TARGETS(ROW)
#undef ROW
};

START_TEST(corpus_is_survived)
{
	struct arena *a = arena_new();
	char folder[200], path[600];
	const struct dirent *e;
	int files = 0;
	DIR *d;

	snprintf(folder, sizeof(folder), "tests/fuzz/corpus/%s", TARGETS[_i].name);
	d = opendir(folder);
	ck_assert_msg(d != NULL, "%s is missing", folder);
	while ((e = readdir(d)) != NULL) {
		struct span data;

		if (e->d_name[0] == '.')
			continue;
		snprintf(path, sizeof(path), "%s/%s", folder, e->d_name);
		ck_assert_int_eq(file_read(a, path, 1 << 20, &data), OK);
		ck_assert_int_eq(TARGETS[_i].run((const uint8_t *)data.p, data.n), 0);
		files++;
	}
	closedir(d);
	ck_assert_int_gt(files, 0);
	/* nothing at all is an input, too */
	ck_assert_int_eq(TARGETS[_i].run((const uint8_t *)"", 0), 0);
	arena_free(a);
}
END_TEST

Suite *fuzz_suite(void)
{
	Suite *s = suite_create("fuzz");
	TCase *c = tcase_create("corpus");

	tcase_add_loop_test(c, corpus_is_survived, 0, (int)COUNT(TARGETS));
	suite_add_tcase(s, c);
	return s;
}
