/* core_merge.c: what becomes of a field that two people had open. */
#include "unit/suites.h"

#include "core/merge.h"
#include "base/err.h"

static const struct {
	bool known;
	const char *opened, *mine, *theirs;
	enum merge is;
} TABLE[] = {
	{true, "a", "a", "a", MERGE_SAME},
	{true, "a", "b", "b", MERGE_SAME},
	{true, "a", "b", "a", MERGE_MINE},
	{true, "a", "a", "b", MERGE_THEIRS},
	{true, "a", "b", "c", MERGE_ASK},
	/* added, taken away */
	{true, NULL, "b", NULL, MERGE_MINE},
	{true, NULL, NULL, "b", MERGE_THEIRS},
	{true, NULL, "b", "c", MERGE_ASK},
	{true, "a", NULL, "a", MERGE_MINE},
	{true, "a", "a", NULL, MERGE_THEIRS},
	{true, "a", NULL, "c", MERGE_ASK},
	{true, "a", "b", NULL, MERGE_ASK},
	{true, "a", NULL, NULL, MERGE_SAME},
	/* nobody knows what was opened */
	{false, NULL, "a", "a", MERGE_SAME},
	{false, NULL, "a", "b", MERGE_ASK},
	{false, NULL, NULL, "b", MERGE_ASK},
	{false, NULL, NULL, NULL, MERGE_SAME},
};

START_TEST(fields_are_merged)
{
	ck_assert_int_eq((int)merge_of(TABLE[_i].known, span_str(TABLE[_i].opened),
				       span_str(TABLE[_i].mine), span_str(TABLE[_i].theirs)),
			 (int)TABLE[_i].is);
}
END_TEST

Suite *core_merge_suite(void)
{
	Suite *s = suite_create("core_merge");
	TCase *c = tcase_create("merge");

	tcase_add_loop_test(c, fields_are_merged, 0, (int)COUNT(TABLE));
	suite_add_tcase(s, c);
	return s;
}
