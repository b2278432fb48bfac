/* vault_check.c: what the doctor is told of forged, moved and replayed rows: which row, and why. */
#include "store/ties_world.h"

static int64_t handle;

static void check_set_up(void)
{
	ties_world_set_up();
	handle = bound_make(from(w.mem, 'm'), scope_of(jenkins, "ci"));
}

static struct vault_request ann_asks(void)
{
	return from(w.ann, 'a');
}

/* All of this world was written by the vault. */
static void all_is_well(void)
{
	struct vault_check c = check_all();

	ck_assert_int_eq(c.checked, c.good);
	ck_assert_uint_eq(c.nfaults, 0);
}

START_TEST(what_is_good)
{
	struct vault_check before = check_all(), c;

	ck_assert_int_eq(before.checked, before.good);
	/* a rebind, a released consent, a departure, a withdrawal, an erased integration: nothing wrong */
	bound_make(from(w.mem, 'm'), scope_of(jenkins, "two"));
	ck_assert_int_eq(rebind_by(ann_asks(), rebind_of(handle, anns)), OK);
	all_is_well();
	ck_assert_int_eq(leave(ann_asks(), w.mem), OK);
	all_is_well();
	as_operator(role_grant(w.mem, ROLE_MEMBER));
	as_operator(role_grant(w.mem, ROLE_ADMIN));
	ck_assert_int_eq(leave(ann_asks(), w.col), OK);
	c = check_all();
	ck_assert_int_eq(c.checked, c.good);
	/* two bindings, two consents; col's role and project for a departure */
	ck_assert_int_eq(c.checked, before.checked + 2 - 1);
	sql_run("DELETE FROM integration WHERE id = %ld", jenkins);
	all_is_well();
}
END_TEST

/* --- what is not ---------------------------------------------------------------------------------------- */

static void forged_grant(void)
{
	sql_run("UPDATE scope_grant SET all_projects = 0, projects = '1'");
}

static void replayed_grant(void)
{
	keep_rows("scope_grant");
	ck_assert_int_eq(scope_by(from(w.mem, 'm'), scope_listed(jenkins, "", 0, 0)), OK);
	put_back("scope_grant");
}

/* Deleted, and somebody else's put in its place. */
static void moved_grant(void)
{
	sql_run("UPDATE integration SET account_id = %ld WHERE id = %ld", w.eve, jenkins);
	sql_run("DELETE FROM binding");
}

static void idle_grant(void)
{
	sql_run("DELETE FROM integration WHERE id = %ld", handle);
}

static void forged_binding(void)
{
	sql_run("UPDATE binding SET account_integration_id = %ld", anns);
	sql_run("DELETE FROM scope_grant");
}

static void replayed_binding(void)
{
	keep_rows("binding");
	ck_assert_int_eq(rebind_by(ann_asks(), rebind_of(handle, anns)), OK);
	put_back("binding");
	sql_run("DELETE FROM scope_grant");
}

/* The handle is in another subscription than when it was bound. */
static void moved_binding(void)
{
	sql_run("UPDATE integration SET subscription_id = %ld WHERE id = %ld", w.globex, handle);
}

static void retyped_binding(void)
{
	sql_run("UPDATE integration SET type = 'github' WHERE id = %ld", jenkins);
}

/* A binding to an integration whose consent is released. */
static void outside_binding(void)
{
	unsigned char mac[HASH_BYTES];
	struct scope_grant g;

	ck_assert_int_eq(store_scope_grant_find(t.vault, t.a, jenkins, w.acme, &g), OK);
	g.released_until = clock_now() + 3600;
	mac_scope_grant(v.key, &g, mac);
	sql_run("UPDATE scope_grant SET released_until = %ld, mac = UNHEX('%s')", g.released_until, hex(mac));
}

static void forged_departure(void)
{
	ck_assert_int_eq(leave(ann_asks(), w.mem), OK);
	sql_run("UPDATE departure SET left_at = left_at + 1");
}

/* They are back, and gone again by this row. */
static void replayed_departure(void)
{
	ck_assert_int_eq(leave(ann_asks(), w.mem), OK);
	keep_rows("departure");
	as_operator(role_grant(w.mem, ROLE_MEMBER));
	put_back("departure");
}

static void forged_role(void)
{
	sql_run("UPDATE role SET role = 3 WHERE account_id = %ld", w.mem);
}

static void replayed_role(void)
{
	keep_rows("role");
	as_operator(role_grant(w.mem, ROLE_COLLABORATOR));
	put_back("role");
}

static void replayed_site_role(void)
{
	as_operator(site_grant(w.mem, false));
	keep_rows("site_role");
	as_operator(site_grant(w.mem, true));
	put_back("site_role");
}

enum whose { NO_ID, MEM, ACME, GLOBEX, JENKINS, HANDLE };

static int64_t id_of(enum whose k)
{
	const int64_t ids[] = {0, w.mem, w.acme, w.globex, jenkins, handle};

	return ids[k];
}

static const struct {
	void (*spoil)(void);
	enum vault_row row;
	enum vault_why why;
	enum whose subscription, integration;
} FAULTS[] = {
	{forged_grant, ROW_SCOPE_GRANT, WHY_FORGED, ACME, JENKINS},
	{replayed_grant, ROW_SCOPE_GRANT, WHY_REPLAYED, ACME, JENKINS},
	{moved_grant, ROW_SCOPE_GRANT, WHY_MOVED, ACME, JENKINS},
	{idle_grant, ROW_SCOPE_GRANT, WHY_MOVED, ACME, JENKINS},
	{forged_binding, ROW_BINDING, WHY_FORGED, ACME, HANDLE},
	{replayed_binding, ROW_BINDING, WHY_REPLAYED, ACME, HANDLE},
	{moved_binding, ROW_BINDING, WHY_MOVED, ACME, HANDLE},
	{retyped_binding, ROW_BINDING, WHY_MOVED, ACME, HANDLE},
	{outside_binding, ROW_BINDING, WHY_MOVED, ACME, HANDLE},
	{forged_departure, ROW_DEPARTURE, WHY_FORGED, ACME, NO_ID},
	{replayed_departure, ROW_DEPARTURE, WHY_REPLAYED, ACME, NO_ID},
	{forged_role, ROW_ROLE, WHY_FORGED, ACME, NO_ID},
	{replayed_role, ROW_ROLE, WHY_REPLAYED, ACME, NO_ID},
	{replayed_site_role, ROW_SITE_ROLE, WHY_REPLAYED, NO_ID, NO_ID},
};

START_TEST(what_is_wrong)
{
	struct vault_check c;

	all_is_well();
	FAULTS[_i].spoil();
	c = check_all();
	ck_assert_int_eq(c.checked - c.good, 1);
	ck_assert_int_eq(c.why[FAULTS[_i].why], 1);
	ck_assert_uint_eq(c.nfaults, 1);
	ck_assert_int_eq(c.faults[0].row, FAULTS[_i].row);
	ck_assert_int_eq(c.faults[0].why, FAULTS[_i].why);
	ck_assert_int_eq(c.faults[0].account_id, w.mem);
	ck_assert_int_eq(c.faults[0].subscription_id, id_of(FAULTS[_i].subscription));
	ck_assert_int_eq(c.faults[0].integration_id, id_of(FAULTS[_i].integration));
}
END_TEST

/* All are counted; no more are named than a batch has room for. */
START_TEST(many_faults)
{
	struct vault_check c = check_all();
	int64_t good = c.good;

	for (int k = 0; k < 30; k++)
		bound_make(from(w.mem, 'm'), scope_of(jenkins, arena_printf(t.a, "n%d", k).p));
	sql_run("UPDATE binding SET bound_at = bound_at + 1");
	c = check_all();
	ck_assert_int_eq(c.why[WHY_FORGED], 31);
	ck_assert_int_eq(c.good, good - 1);
	ck_assert_uint_eq(c.nfaults, VAULT_FAULTS);
}
END_TEST

Suite *store_vault_check_suite(void)
{
	Suite *s = suite_create("store_vault_check");
	TCase *c = tcase_create("check");

	tcase_add_checked_fixture(c, check_set_up, store_tear_down);
	tcase_set_timeout(c, 60);
	tcase_add_test(c, what_is_good);
	tcase_add_loop_test(c, what_is_wrong, 0, (int)COUNT(FAULTS));
	tcase_add_test(c, many_faults);
	suite_add_tcase(s, c);
	return s;
}
