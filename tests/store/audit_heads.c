/* audit_heads.c: heads in pages, for the vault; chains whole, for `audit verify` and the doctor. */
#include "store/fixture.h"

#include "seal/hash.h"
#include "store/audit.h"
#include "store/audit_walk.h"

static struct world w;
static struct db *operator;

enum { CHAINS = 5, ENTRIES = 4 };

static int write_one(struct db *db, void *arg)
{
	struct audit_entry e = {.chain = arena_printf(t.a, "account:%d", *(int *)arg), .actor = w.actor,
				.action = AUDIT_SIGN_IN, .object = SPAN("ann"), .fields = SPAN("")};

	return store_audit_write(db, t.a, &e);
}

static void heads_set_up(void)
{
	store_set_up();
	world_make(&w);
	operator = connect_as("signet_admin");
	for (int k = 1; k <= CHAINS; k++)
		for (int n = 0; n < ENTRIES; n++)
			ck_assert_int_eq(db_transaction(t.web, write_one, &k), OK);
}

static void heads_tear_down(void)
{
	db_close(operator);
	store_tear_down();
}

START_TEST(heads_in_pages)
{
	struct span after = SPAN("");
	struct audit_head *list;
	size_t n = 2, all = 0;

	while (n == 2) {
		ck_assert_int_eq(store_audit_heads(t.vault, t.a, after, 2, &list, &n), OK);
		for (size_t k = 0; k < n; k++, all++) {
			ck_assert_int_gt(span_cmp(list[k].chain, after), 0);
			after = list[k].chain;
			ck_assert_int_eq(list[k].seq, ENTRIES);
			ck_assert_uint_eq(list[k].hash.n, 32);
		}
	}
	ck_assert_uint_eq(all, CHAINS);
}
END_TEST

/* As `audit verify` walks: all entries of a chain in batches; the number of the first that is wrong, 0:
 * none. */
static int64_t walk(const char *chain, size_t size, int64_t *entries)
{
	struct audit_walk at = {0};
	struct audit_stored *list;
	size_t n = size;

	for (*entries = 0; n == size;) {
		ck_assert_int_eq(store_audit_entries(operator, t.a, span_str(chain), at.seq, size, &list, &n),
				 OK);
		for (size_t k = 0; k < n; k++, (*entries)++)
			if (audit_walk_fault(&at, t.a, &list[k], hash_bytes).p)
				return list[k].e.seq;
	}
	return 0;
}

START_TEST(entries_in_batches)
{
	int64_t n;

	for (size_t size = 1; size <= 5; size++) {
		ck_assert_int_eq(walk("account:3", size, &n), 0);
		ck_assert_int_eq(n, ENTRIES);
	}
	ck_assert_int_eq(walk("account:9", 2, &n), 0);
	ck_assert_int_eq(n, 0);
}
END_TEST

/* What is done to entry 2 or 3 of a chain, and the first entry that then is wrong. */
static const struct {
	const char *harm;
	int64_t wrong;
} HARM[] = {
	{"UPDATE audit SET actor = 'eve' WHERE seq = 2", 2},
	{"UPDATE audit SET actor_id = NULL WHERE seq = 2", 2},
	{"UPDATE audit SET action = 'session.end' WHERE seq = 2", 2},
	{"UPDATE audit SET action = 'nothing' WHERE seq = 2", 2},
	{"UPDATE audit SET request = '' WHERE seq = 2", 2},
	{"UPDATE audit SET fields = 'x' WHERE seq = 2", 2},
	{"UPDATE audit SET hash = prev WHERE seq = 2", 2},
	{"DELETE FROM audit WHERE seq = 2", 3},
	{"DELETE FROM audit WHERE seq = 1", 2},
	{"UPDATE audit SET seq = 9 WHERE seq = 2", 3},
};

START_TEST(harm_is_named)
{
	int64_t n;

	sql_run("%s", HARM[_i].harm);
	ck_assert_int_eq(walk("account:1", 2, &n), HARM[_i].wrong);
}
END_TEST

START_TEST(chains_one_by_one)
{
	struct span chain = SPAN(""), hash;
	struct audit_head head;
	int n = 0;

	while (store_audit_next_chain(operator, t.a, chain, &chain) == OK)
		ck_assert_str_eq(arena_str(t.a, chain), arena_printf(t.a, "account:%d", ++n).p);
	ck_assert_int_eq(n, CHAINS);
	ck_assert_int_eq(store_audit_head(operator, t.a, SPAN("account:1"), &head), OK);
	ck_assert_int_eq(store_audit_hash(operator, t.a, SPAN("account:1"), head.seq, &hash), OK);
	ck_assert(span_eq(hash, head.hash));
	ck_assert_int_eq(store_audit_hash(operator, t.a, SPAN("account:1"), ENTRIES + 1, &hash), E_NOT_FOUND);
	ck_assert_int_eq(store_audit_head(operator, t.a, SPAN("account:9"), &head), E_NOT_FOUND);
}
END_TEST

static const char *const BROKEN[] = {
	"UPDATE audit_head SET seq = 3 WHERE chain = 'account:2'",
	"UPDATE audit_head SET seq = 5 WHERE chain = 'account:2'",
	"UPDATE audit_head SET hash = REPEAT('x', 32) WHERE chain = 'account:2'",
	"DELETE FROM audit WHERE chain = 'account:2' AND seq = 4",
	"INSERT INTO audit SELECT chain, 5, at, actor_id, actor, address, request, action, object_id, object,"
	" fields, prev, hash FROM audit WHERE chain = 'account:2' AND seq = 4",
};

START_TEST(broken_heads_are_counted)
{
	int64_t heads, broken;

	ck_assert_int_eq(store_audit_heads_broken(operator, t.a, &heads, &broken), OK);
	ck_assert_int_eq(heads, CHAINS);
	ck_assert_int_eq(broken, 0);
	sql_run("%s", BROKEN[_i]);
	ck_assert_int_eq(store_audit_heads_broken(operator, t.a, &heads, &broken), OK);
	ck_assert_int_eq(broken, 1);
}
END_TEST

Suite *store_audit_heads_suite(void)
{
	Suite *s = suite_create("store_audit_heads");
	TCase *c = tcase_create("heads");

	tcase_add_checked_fixture(c, heads_set_up, heads_tear_down);
	tcase_set_timeout(c, 60);
	tcase_add_test(c, heads_in_pages);
	tcase_add_test(c, entries_in_batches);
	tcase_add_loop_test(c, harm_is_named, 0, (int)COUNT(HARM));
	tcase_add_test(c, chains_one_by_one);
	tcase_add_loop_test(c, broken_heads_are_counted, 0, (int)COUNT(BROKEN));
	suite_add_tcase(s, c);
	return s;
}
