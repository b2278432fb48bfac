/* core_integration.c: who may edit, and what becomes of a secret. */
#include "unit/suites.h"

#include "core/integration.h"

static struct arena *a;

static void set_up(void)
{
	a = arena_new();
}

static void tear_down(void)
{
	arena_free(a);
}

/* Every role against every set; an admin edits also where a broken row lacks them. */
START_TEST(may_edit)
{
	static const bool WANT[8][4] = {
		/* none, collaborator, member, admin */
		[0] = {false, false, false, true}, [1] = {false, true, false, true},
		[2] = {false, false, true, true},  [3] = {false, true, true, true},
		[4] = {false, false, false, true}, [5] = {false, true, false, true},
		[6] = {false, false, true, true},  [7] = {false, true, true, true},
	};

	for (role_set set = 0; set < 8; set++)
		for (int role = ROLE_NONE; role <= ROLE_ADMIN; role++) {
			struct scope s = {.role = (enum role)role};
			ck_assert_msg(integration_may_edit(&s, set) == WANT[set][role],
				      "set %u, role %d", set, role);
		}
}
END_TEST

/* --- the fate of a secret --- */

/* What is known of a kept or stored one: none, for the hosts that are wanted, for others. */
enum { NONE, HERE, ELSEWHERE };

static const struct origins *origins_for(int what)
{
	static struct span here[] = {SPAN("https://a.example:443"), SPAN("https://b.example:443")};
	static struct span other[] = {SPAN("https://a.example:443")};
	static const struct origins HERE_O = {here, 2}, OTHER_O = {other, 1};

	return what == NONE ? NULL : what == HERE ? &HERE_O : &OTHER_O;
}

/* All 72 cases, by the words of product rule 14: what is typed counts; a ticked "Remove" counts for
 * optional ones; then what was kept, then what is stored, each only for hosts that it was given for. */
static enum secret_fate by_the_words(bool typed, bool removed, bool required, int kept, int stored)
{
	if (typed)
		return SECRET_TYPED;
	if (removed && !required)
		return SECRET_REMOVED;
	if (kept == HERE)
		return SECRET_KEPT;
	if (kept == ELSEWHERE)
		return SECRET_ELSEWHERE;
	if (stored == HERE)
		return SECRET_STORED;
	if (stored == ELSEWHERE)
		return SECRET_ELSEWHERE;
	return required ? SECRET_MISSING : SECRET_NONE;
}

START_TEST(fate)
{
	struct secret_given g = {
		.typed = _i & 1,
		.removed = _i & 2,
		.required = _i & 4,
		.kept = origins_for(_i / 8 % 3),
		.stored = origins_for(_i / 24),
	};
	enum secret_fate want = by_the_words(g.typed, g.removed, g.required, _i / 8 % 3, _i / 24);

	ck_assert_int_eq((int)secret_fate(&g, origins_for(HERE)), (int)want);
}
END_TEST

/* The rows that matter most, written out, so that the table above is not its own witness. */
static const struct {
	bool typed, removed, required;
	int kept, stored;
	enum secret_fate want;
} FATES[] = {
	{false, false, true, NONE, NONE, SECRET_MISSING},
	{false, false, false, NONE, NONE, SECRET_NONE},
	{true, false, true, NONE, NONE, SECRET_TYPED},
	{true, true, false, HERE, HERE, SECRET_TYPED},
	{true, false, false, ELSEWHERE, ELSEWHERE, SECRET_TYPED},
	{false, false, true, NONE, HERE, SECRET_STORED},
	{false, false, true, NONE, ELSEWHERE, SECRET_ELSEWHERE},
	{false, false, false, NONE, ELSEWHERE, SECRET_ELSEWHERE},
	{false, true, false, NONE, HERE, SECRET_REMOVED},
	{false, true, false, NONE, ELSEWHERE, SECRET_REMOVED},
	{false, true, false, HERE, NONE, SECRET_REMOVED},
	{false, true, true, NONE, HERE, SECRET_STORED}, /* a required one cannot be removed */
	{false, true, true, NONE, NONE, SECRET_MISSING},
	{false, false, true, HERE, HERE, SECRET_KEPT},
	{false, false, true, HERE, ELSEWHERE, SECRET_KEPT},
	/* a kept one for other hosts is not replaced by the stored one without a word */
	{false, false, true, ELSEWHERE, HERE, SECRET_ELSEWHERE},
};

START_TEST(fates_written_out)
{
	struct secret_given g = {
		.typed = FATES[_i].typed,
		.removed = FATES[_i].removed,
		.required = FATES[_i].required,
		.kept = origins_for(FATES[_i].kept),
		.stored = origins_for(FATES[_i].stored),
	};

	ck_assert_int_eq((int)secret_fate(&g, origins_for(HERE)), (int)FATES[_i].want);
}
END_TEST

/* Going to fewer hosts than before, or to none, needs no new secret; to a look-alike it does. */
START_TEST(hosts)
{
	static struct span port[] = {SPAN("https://a.example:8443")}, http[] = {SPAN("http://a.example:443")},
			   less[] = {SPAN("https://b.example:443")}, tail[] = {SPAN("https://a.example:4433")};
	const struct {
		struct origins wanted;
		enum secret_fate want;
	} ROWS[] = {
		{{NULL, 0}, SECRET_STORED}, {{less, 1}, SECRET_STORED}, {{port, 1}, SECRET_ELSEWHERE},
		{{http, 1}, SECRET_ELSEWHERE}, {{tail, 1}, SECRET_ELSEWHERE},
	};
	struct secret_given g = {.required = true, .stored = origins_for(HERE)};

	for (size_t k = 0; k < COUNT(ROWS); k++)
		ck_assert_int_eq((int)secret_fate(&g, &ROWS[k].wanted), (int)ROWS[k].want);
}
END_TEST

/* One sealed for no host at all may not start to be sent to one. */
START_TEST(sealed_for_no_host)
{
	static const struct origins EMPTY = {NULL, 0};
	struct secret_given g = {.stored = &EMPTY};

	ck_assert_int_eq((int)secret_fate(&g, origins_for(HERE)), SECRET_ELSEWHERE);
	ck_assert_int_eq((int)secret_fate(&g, &EMPTY), SECRET_STORED);
}
END_TEST

/* --- the small ones --- */

START_TEST(look_ups)
{
	struct sealed_mark marks[] = {{.field = SPAN("apiToken")}, {.field = SPAN("envs:KEY")}};
	struct integration_value values[] = {{SPAN("user"), SPAN("bot")}, {SPAN("empty"), SPAN("")}};
	struct integration i = {.sealed = marks, .nsealed = 2, .values = values, .nvalues = 2};

	ck_assert_ptr_eq(integration_sealed(&i, SPAN("envs:KEY")), &marks[1]);
	ck_assert_ptr_null(integration_sealed(&i, SPAN("envs:KE")));
	ck_assert_ptr_null(integration_sealed(&i, SPAN("APITOKEN")));
	ck_assert(span_is(integration_value(&i, SPAN("user")), "bot"));
	ck_assert(integration_value(&i, SPAN("empty")).p);
	ck_assert(!integration_value(&i, SPAN("other")).p);
	ck_assert(span_is(integration_pair_field(a, SPAN("envs"), SPAN("KEY")), "envs:KEY"));
	ck_assert(span_is(integration_pair_field(a, SPAN("envs"), SPAN("")), "envs:"));
}
END_TEST

START_TEST(short_origins)
{
	static const char *const SHORT[][2] = {
		{"https://ci.example:443", "https://ci.example"},
		{"http://ci.example:80", "http://ci.example"},
		{"https://ci.example:80", "https://ci.example:80"},
		{"http://ci.example:443", "http://ci.example:443"},
		{"https://ci.example:8443", "https://ci.example:8443"},
		{"https://ci.example:4430", "https://ci.example:4430"},
		{"https://[::1]:443", "https://[::1]"},
		{"https://[fe80::443]:80", "https://[fe80::443]:80"},
		{"ssh://ci.example:443", "ssh://ci.example:443"},
		{"https://", "https://"},
		{"", ""},
	};

	for (size_t k = 0; k < COUNT(SHORT); k++)
		ck_assert_msg(span_is(origin_short(a, span_str(SHORT[k][0])), SHORT[k][1]), "%s",
			      SHORT[k][0]);
}
END_TEST

Suite *core_integration_suite(void)
{
	Suite *s = suite_create("core_integration");
	TCase *c = tcase_create("integration");

	tcase_add_checked_fixture(c, set_up, tear_down);
	tcase_add_test(c, may_edit);
	tcase_add_loop_test(c, fate, 0, 72);
	tcase_add_loop_test(c, fates_written_out, 0, (int)COUNT(FATES));
	tcase_add_test(c, hosts);
	tcase_add_test(c, sealed_for_no_host);
	tcase_add_test(c, look_ups);
	tcase_add_test(c, short_origins);
	suite_add_tcase(s, c);
	return s;
}
