/* core_audit.c: the bytes that a chain's hash covers. */
#include "unit/suites.h"

#include <limits.h>

#include "core/audit_group.h"

static const char PREV[32] = "0123456789abcdef0123456789abcde";

static struct audit_entry sample(void)
{
	return (struct audit_entry){
		.chain = SPAN("sub:7"),
		.seq = 12,
		.at = 1700000000,
		.actor = {3, SPAN("ann"), SPAN("192.0.2.7"), SPAN("00ff")},
		.action = AUDIT_INTEGRATION_EDIT,
		.object_id = 42,
		.object = SPAN("docker hub"),
		.fields = SPAN("name, urls"),
	};
}

static struct buf bytes_of(const struct audit_entry *e, struct span prev)
{
	struct buf b = BUF_INIT;

	audit_bytes(e, prev, &b);
	ck_assert_int_eq(b.err, OK);
	return b;
}

/* These bytes are hashed in databases that exist: they may never change. */
START_TEST(golden)
{
	struct audit_entry e = sample();
	struct buf b = bytes_of(&e, span_of(PREV, 32));

	ck_assert(span_eq(buf_span(&b), SPAN("32:0123456789abcdef0123456789abcde\0"
					     "5:sub:712;1700000000;3;3:ann9:192.0.2.74:00ff"
					     "16:integration.edit42;10:docker hub10:name, urls")));
	buf_release(&b);
	e = (struct audit_entry){.chain = SPAN("site"), .seq = 1, .action = AUDIT_DENIED};
	b = bytes_of(&e, span_of("", 0));
	ck_assert(span_eq(buf_span(&b), SPAN("0:4:site1;0;0;0:0:0:6:denied0;0:0:")));
	buf_release(&b);
}
END_TEST

START_TEST(appended)
{
	struct audit_entry e = sample();
	struct buf once = bytes_of(&e, span_of(PREV, 32)), b = BUF_INIT;

	buf_puts(&b, "before");
	audit_bytes(&e, span_of(PREV, 32), &b);
	ck_assert_uint_eq(b.n, once.n + 6);
	ck_assert_int_eq(memcmp(b.p + 6, once.p, once.n), 0);
	buf_release(&once);
	buf_release(&b);
}
END_TEST

/* Entries that differ in one thing, or whose texts run into each other, have different bytes. */
enum { VARIANTS = 22 };

static struct audit_entry variant(int k, struct span *prev)
{
	struct audit_entry e = sample();

	*prev = span_of(PREV, 32);
	switch (k) {
	case 0: break;
	case 1: e.chain = SPAN("sub:8"); break;
	case 2: e.seq = 13; break;
	case 3: e.at++; break;
	case 4: e.actor.account_id = 4; break;
	case 5: e.actor.name = SPAN("anna"); break;
	case 6: e.actor.address = SPAN("192.0.2.8"); break;
	case 7: e.actor.request = SPAN("00fe"); break;
	case 8: e.action = AUDIT_INTEGRATION_DELETE; break;
	case 9: e.object_id = -42; break;
	case 10: e.object = SPAN("docker hub "); break;
	case 11: e.fields = SPAN("name"); break;
	case 12: *prev = span_of(PREV, 31); break;
	case 13: *prev = SPAN("1123456789abcdef0123456789abcde\0"); break;
	/* the same characters, cut at other places */
	case 14: e.actor.name = SPAN("ann192"), e.actor.address = SPAN(".0.2.7"); break;
	case 15: e.actor.name = SPAN("ann9:192.0.2.7"), e.actor.address = SPAN(""); break;
	case 16: e.object = SPAN(""), e.fields = SPAN("docker hubname, urls"); break;
	case 17: e.object = SPAN("docker hub10:name, urls"), e.fields = SPAN(""); break;
	case 18: e.seq = 1, e.at = 21700000000; break;
	case 19: e.chain = SPAN("sub:71"), e.seq = 2; break;
	case 20: e.at = 17, e.actor.account_id = 3; break;
	case 21: e.seq = INT64_MAX, e.at = INT64_MIN; break;
	default: ck_abort();
	}
	return e;
}

START_TEST(distinct)
{
	struct span prev;
	struct audit_entry mine = variant(_i, &prev);
	struct buf b = bytes_of(&mine, prev);

	for (int k = 0; k < VARIANTS; k++) {
		struct audit_entry other = variant(k, &prev);
		struct buf o = bytes_of(&other, prev);
		ck_assert_msg(span_eq(buf_span(&b), buf_span(&o)) == (k == _i), "%d and %d", _i, k);
		buf_release(&o);
	}
	buf_release(&b);
}
END_TEST

START_TEST(chains)
{
	struct arena *a = arena_new();

	ck_assert(span_is(audit_chain_subscription(a, 7), "sub:7"));
	ck_assert(span_is(audit_chain_account(a, INT64_MAX), "account:9223372036854775807"));
	ck_assert(span_is(AUDIT_CHAIN_SITE, "site"));
	arena_free(a);
}
END_TEST

/* Each kind has texts of its own, short enough for the column. */
START_TEST(actions)
{
	for (int k = 0; k < AUDIT_ACTIONS; k++) {
		const char *text = audit_action_text((enum audit_action)k);
		ck_assert_uint_ge(strlen(text), 1);
		ck_assert_uint_le(strlen(text), 40);
		ck_assert_uint_ge(strlen(audit_action_words((enum audit_action)k)), 1);
		for (int m = 0; m < k; m++)
			ck_assert_str_ne(text, audit_action_text((enum audit_action)m));
	}
}
END_TEST

/* Each action has a group, and each group but "other" an action; the texts lead back. */
START_TEST(groups)
{
	bool seen[AUDIT_GROUPS] = {false};

	for (int k = 0; k < AUDIT_ACTIONS; k++) {
		enum audit_action action = (enum audit_action)k, back;
		enum audit_group g = audit_group_of(action), found;
		ck_assert_msg(g != AUDIT_GROUP_OTHER, "%s: add its first word to core/audit_group.c",
			      audit_action_text(action));
		seen[g] = true;
		ck_assert(audit_group_actions(g).has[k]);
		ck_assert_int_eq(audit_action_find(span_str(audit_action_text(action)), &back), OK);
		ck_assert_int_eq(back, action);
		ck_assert_int_eq(audit_group_find(span_str(audit_group_text(g)), &found), OK);
		ck_assert_int_eq(found, g);
		ck_assert_uint_ge(strlen(audit_group_words(g)), 1);
	}
	for (int g = 0; g < AUDIT_GROUP_OTHER; g++)
		ck_assert_msg(seen[g], "nothing is in %s", audit_group_text((enum audit_group)g));
}
END_TEST

START_TEST(things)
{
	struct audit_actions of;
	int64_t id;

	ck_assert_int_eq(audit_thing_read(SPAN("integration:42"), &of, &id), OK);
	ck_assert_int_eq(id, 42);
	ck_assert(of.has[AUDIT_INTEGRATION_EDIT] && !of.has[AUDIT_ROLE_GRANT]);
	ck_assert_int_eq(audit_thing_read(SPAN("account:3"), &of, &id), OK);
	ck_assert(of.has[AUDIT_ROLE_GRANT] && !of.has[AUDIT_INTEGRATION_EDIT]);
	ck_assert(span_is(audit_thing_of(AUDIT_PROJECT_CREATE), "project"));
	ck_assert_uint_eq(audit_thing_of(AUDIT_DENIED).n, 0);
	for (size_t k = 0; k < 7; k++) {
		static const char *const NONE[] = {"", ":", ":1", "integration", "integration:", "thing:1",
						   "integration:x"};
		ck_assert_int_eq(audit_thing_read(span_str(NONE[k]), &of, &id), E_NOT_FOUND);
	}
}
END_TEST

Suite *core_audit_suite(void)
{
	Suite *s = suite_create("core_audit");
	TCase *c = tcase_create("audit");

	tcase_add_test(c, golden);
	tcase_add_test(c, appended);
	tcase_add_loop_test(c, distinct, 0, VARIANTS);
	tcase_add_test(c, chains);
	tcase_add_test(c, actions);
	tcase_add_test(c, groups);
	tcase_add_test(c, things);
	suite_add_tcase(s, c);
	return s;
}
