/* vault_rebind.c: bound integrations that change whose values they take, and the way back. */
#include "store/ties_world.h"

static int64_t handle;

static void rebind_set_up(void)
{
	ties_world_set_up();
	handle = bound_make(from(w.mem, 'm'), scope_of(jenkins, "ci"));
}

static struct vault_request ann_asks(void)
{
	return from(w.ann, 'a');
}

static const char *chain_of(const char *kind, int64_t id)
{
	return arena_printf(t.a, "%s:%lld", kind, (long long)id).p;
}

/* "undo jenkins in 30 days", or "no undo" */
static const char *undo_text(int64_t id)
{
	return sql_text("SELECT IF(undo_until IS NULL, 'no undo', CONCAT('undo ', i.name, ' of ', a.login,"
			" ' in ', (undo_until - bound_at) DIV 86400, ' days')) FROM binding b"
			" LEFT JOIN integration i ON i.id = b.undo_integration_id"
			" LEFT JOIN account a ON a.id = b.undo_account_id WHERE b.integration_id = %ld", id);
}

START_TEST(rebound_to_an_own_one)
{
	int64_t version = sql_number("SELECT version FROM integration WHERE id = %ld", handle);
	struct vault_rebind r = rebind_of(handle, anns);
	int64_t *api = ARENA_ARRAY(t.a, int64_t, 1);

	*api = w.api;
	r.all_projects = false;
	r.projects = api;
	r.nprojects = 1;
	r.expect = version;
	ck_assert_int_eq(rebind_by(ann_asks(), r), OK);
	ck_assert_int_eq(bound_to(handle), anns);
	ck_assert_str_eq(undo_text(handle), "undo jenkins of mem in 30 days");
	ck_assert_str_eq(grant_of(anns), arena_printf(t.a, "live %lld", (long long)w.api).p);
	ck_assert_str_eq(grant_of(jenkins), "released all");
	ck_assert_int_eq(sql_number("SELECT released_until = undo_until FROM scope_grant JOIN binding WHERE"
				    " released_until IS NOT NULL"), 1);
	ck_assert_str_eq(sql_text("SELECT CONCAT_WS('|', version, changed_by = %ld, name, bound, all_projects)"
				  " FROM integration WHERE id = %ld", w.ann, handle),
			 arena_printf(t.a, "%lld|1|ci|1|1", (long long)version + 1).p);
	ck_assert_str_eq(newest_of(chain_of("sub", w.acme), 3),
			 "scope.grant ann's projects: 1; binding.rebind ci from mem to ann;"
			 " scope.release jenkins all projects");
	ck_assert_str_eq(newest_of(chain_of("account", w.ann), 2),
			 "scope.grant ann's acme; binding.rebind ann's acme / ci");
	ck_assert_str_eq(newest_of(chain_of("account", w.mem), 2),
			 "binding.rebind jenkins acme / ci; scope.release jenkins acme");
	/* again: a form that is old, and bound there already */
	ck_assert_int_eq(rebind_by(ann_asks(), r), E_CONFLICT);
	ck_assert_int_eq(rebind_by(ann_asks(), rebind_of(handle, anns)), E_CONFLICT);
	ck_assert_int_gt(chains_check(), 0);
}
END_TEST

START_TEST(undone)
{
	ck_assert_int_eq(rebind_by(ann_asks(), rebind_of(handle, anns)), OK);
	ck_assert_int_eq(rebind_by(ann_asks(), undo_of(handle)), OK);
	ck_assert_int_eq(bound_to(handle), jenkins);
	ck_assert_str_eq(undo_text(handle), "no undo");
	ck_assert_str_eq(grant_of(jenkins), "live all");
	ck_assert_str_eq(grant_of(anns), "none");
	ck_assert_str_eq(newest_of(chain_of("sub", w.acme), 3),
			 "scope.restore jenkins all projects; binding.undo ci from ann to mem;"
			 " scope.withdraw ann's");
	ck_assert_str_eq(newest_of(chain_of("account", w.mem), 2),
			 "scope.restore jenkins acme; binding.undo jenkins acme / ci");
	ck_assert_int_eq(rebind_by(ann_asks(), undo_of(handle)), E_CONFLICT);
	ck_assert_int_gt(chains_check(), 0);
}
END_TEST

/* Also when its owner has left; not after the owner took the consent back, or after its time. */
START_TEST(what_can_be_undone)
{
	ck_assert_int_eq(rebind_by(ann_asks(), rebind_of(handle, anns)), OK);
	ck_assert_int_eq(leave(ann_asks(), w.mem), OK);
	ck_assert_int_eq(rebind_by(ann_asks(), undo_of(handle)), OK);
	ck_assert_int_eq(rebind_by(ann_asks(), rebind_of(handle, anns)), OK);
	sql_run("DELETE FROM scope_grant WHERE integration_id = %ld", jenkins);
	ck_assert_int_eq(rebind_by(ann_asks(), undo_of(handle)), E_CONFLICT);
	ck_assert_int_eq(bound_to(handle), anns);
	/* the account integration is gone */
	sql_run("DELETE FROM integration WHERE id = %ld", jenkins);
	ck_assert_int_eq(rebind_by(ann_asks(), undo_of(handle)), E_CONFLICT);
}
END_TEST

START_TEST(an_undo_that_is_over)
{
	struct binding_row b;
	struct scope_grant g;
	unsigned char mac[HASH_BYTES];

	ck_assert_int_eq(rebind_by(ann_asks(), rebind_of(handle, anns)), OK);
	/* thirty days later, under the vault's MAC */
	ck_assert_int_eq(store_binding_row_find(t.vault, t.a, handle, &b), OK);
	ck_assert_int_eq(store_scope_grant_find(t.vault, t.a, jenkins, w.acme, &g), OK);
	b.undo_until = clock_now();
	mac_binding(v.key, &b, mac);
	sql_run("UPDATE binding SET undo_until = %ld, mac = UNHEX('%s')", b.undo_until, hex(mac));
	ck_assert_int_eq(rebind_by(ann_asks(), undo_of(handle)), E_CONFLICT);
	b.undo_until = clock_now() + 60;
	mac_binding(v.key, &b, mac);
	sql_run("UPDATE binding SET undo_until = %ld, mac = UNHEX('%s')", b.undo_until, hex(mac));
	g.released_until = clock_now();
	mac_scope_grant(v.key, &g, mac);
	sql_run("UPDATE scope_grant SET released_until = %ld, mac = UNHEX('%s') WHERE integration_id = %ld",
		g.released_until, hex(mac), jenkins);
	ck_assert_int_eq(rebind_by(ann_asks(), undo_of(handle)), E_CONFLICT);
	g.released_until = clock_now() + 60;
	mac_scope_grant(v.key, &g, mac);
	sql_run("UPDATE scope_grant SET released_until = %ld, mac = UNHEX('%s') WHERE integration_id = %ld",
		g.released_until, hex(mac), jenkins);
	ck_assert_int_eq(rebind_by(ann_asks(), undo_of(handle)), OK);
}
END_TEST

/* A consent stays in use while another binding is there, and a released one as long as the last undo. */
START_TEST(the_last_binding_releases)
{
	int64_t second = bound_make(from(w.mem, 'm'), scope_of(jenkins, "two"));
	int64_t third = own_new(w.ann, "third");

	ck_assert_int_eq(rebind_by(ann_asks(), rebind_of(handle, anns)), OK);
	ck_assert_str_eq(grant_of(jenkins), "live all");
	ck_assert_int_eq(rebind_by(ann_asks(), rebind_of(second, anns)), OK);
	ck_assert_str_eq(grant_of(jenkins), "released all");
	/* a released one is no candidate */
	ck_assert_int_eq(rebind_by(ann_asks(), rebind_of(second, jenkins)), E_DENIED);
	/* the first goes on: its undo leads to ann's now, the second's still to jenkins */
	ck_assert_int_eq(rebind_by(ann_asks(), rebind_of(handle, third)), OK);
	ck_assert_str_eq(grant_of(jenkins), "released all");
	ck_assert_int_eq(rebind_by(ann_asks(), rebind_of(second, third)), OK);
	ck_assert_str_eq(grant_of(jenkins), "none");
	ck_assert_str_eq(grant_of(anns), "released all");
	/* the undo of one, while the other's may still happen */
	ck_assert_int_eq(rebind_by(ann_asks(), undo_of(handle)), OK);
	ck_assert_str_eq(grant_of(anns), "live all");
	ck_assert_str_eq(grant_of(third), "live all");
	ck_assert_int_eq(rebind_by(ann_asks(), undo_of(second)), OK);
	ck_assert_str_eq(grant_of(third), "none");
	ck_assert_int_gt(chains_check(), 0);
}
END_TEST

START_TEST(to_one_that_its_owner_granted)
{
	int64_t mine = bound_make(ann_asks(), scope_of(anns, "mine"));

	ck_assert_int_eq(rebind_by(ann_asks(), rebind_of(mine, jenkins)), OK);
	ck_assert_int_eq(bound_to(mine), jenkins);
	/* nobody else's consent is written by that */
	ck_assert_int_eq(sql_number("SELECT COUNT(*) FROM audit WHERE chain = 'sub:%ld' AND action ="
				    " 'scope.grant'", w.acme), 2);
	ck_assert_int_eq(rebind_by(ann_asks(), rebind_of(mine, own_new(w.eve, "eve"))), E_DENIED);
	ck_assert_int_eq(bound_to(mine), jenkins);
}
END_TEST

START_TEST(many_at_once)
{
	struct vault_rebind r = rebind_of(0, anns);
	int64_t ids[4] = {handle};

	for (int k = 1; k < 4; k++)
		ids[k] = bound_make(from(w.mem, 'm'), scope_of(jenkins, arena_printf(t.a, "n%d", k).p));
	r.handles = ids;
	r.nhandles = 4;
	r.expect = 999; /* of one alone */
	sql_run("UPDATE integration SET type = 'github' WHERE id = %ld", ids[3]);
	ck_assert_int_eq(rebind_by(ann_asks(), r), E_CONFLICT);
	ck_assert_int_eq(bound_to(handle), jenkins);
	ck_assert_str_eq(grant_of(anns), "none");
	sql_run("UPDATE integration SET type = 'jenkins' WHERE id = %ld", ids[3]);
	ids[3] = ids[0];
	ck_assert_int_eq(rebind_by(ann_asks(), r), E_INVALID);
	r.nhandles = 0;
	ck_assert_int_eq(rebind_by(ann_asks(), r), E_INVALID);
	r.nhandles = 3;
	ck_assert_int_eq(rebind_by(ann_asks(), r), OK);
	ck_assert_int_eq(sql_number("SELECT COUNT(*) FROM binding WHERE account_integration_id = %ld", anns), 3);
	ck_assert_str_eq(grant_of(jenkins), "live all"); /* the fourth */
	ck_assert_int_gt(chains_check(), 0);
}
END_TEST

/* As many as one request may have, of two owners. */
START_TEST(the_most_at_once)
{
	struct vault_rebind r = rebind_of(0, anns);
	int64_t ids[VAULT_REBIND_HANDLES] = {handle}, cols = own_new(w.col, "cols");

	for (int k = 1; k < VAULT_REBIND_HANDLES; k++)
		ids[k] = k % 2 ? bound_make(from(w.mem, 'm'), scope_of(jenkins, arena_printf(t.a, "n%d", k).p))
			       : bound_make(from(w.col, 'c'),
					    scope_listed(cols, arena_printf(t.a, "n%d", k).p, w.api, 0));
	r.handles = ids;
	r.nhandles = VAULT_REBIND_HANDLES;
	ck_assert_int_eq(rebind_by(ann_asks(), r), OK);
	ck_assert_int_eq(sql_number("SELECT COUNT(*) FROM binding WHERE account_integration_id = %ld", anns),
			 VAULT_REBIND_HANDLES);
	ck_assert_str_eq(grant_of(jenkins), "released all");
	ck_assert_str_eq(grant_of(cols), arena_printf(t.a, "released %lld", (long long)w.api).p);
	ck_assert_int_eq(rebind_by(ann_asks(), undo_of(ids[2])), OK);
	ck_assert_int_eq(bound_to(ids[2]), cols);
	ck_assert_int_gt(chains_check(), 0);
}
END_TEST

/* What a compromised web process may try, and admins who are none. */
START_TEST(who_may_not)
{
	struct vault_rebind r = rebind_of(handle, anns), foreign = r;
	struct vault_request q = ann_asks();
	int64_t entries = chains_check();

	ck_assert_int_eq(rebind_by(from(w.ann, 'x'), r), E_UNCONFIRMED);
	ck_assert_int_eq(rebind_by(from(w.ann, 'm'), r), E_UNCONFIRMED);
	q.session = SPAN("");
	ck_assert_int_eq(rebind_by(q, r), E_UNCONFIRMED);
	q.op = VAULT_REBIND;
	q.rebind = r;
	ck_assert_int_eq(vault_op_rebind(&v, PEER_WEB | PEER_ADMIN, &q, &answer), E_DENIED);
	/* a member, also the owner; an admin elsewhere; nobody learns what there is */
	ck_assert_int_eq(rebind_by(from(w.mem, 'm'), r), E_DENIED);
	ck_assert_int_eq(rebind_by(from(w.mem, 'm'), rebind_of(999999, 999999)), E_DENIED);
	ck_assert_int_eq(rebind_by(from(w.eve, 'e'), r), E_DENIED);
	ck_assert_int_eq(rebind_by(from(w.eve, 'e'), undo_of(handle)), E_DENIED);
	/* a handle of another subscription, by way of one's own */
	foreign.subscription_id = w.globex;
	foreign.to = own_new(w.eve, "eve''s");
	ck_assert_int_eq(rebind_by(from(w.eve, 'e'), foreign), E_NOT_FOUND);
	foreign.subscription_id = 999999;
	ck_assert_int_eq(rebind_by(from(w.eve, 'e'), foreign), E_NOT_FOUND);
	/* what is not bound, is not there, or is a subscription's own */
	ck_assert_int_eq(rebind_by(ann_asks(), rebind_of(999999, anns)), E_NOT_FOUND);
	ck_assert_int_eq(rebind_by(ann_asks(), rebind_of(integration_make(&w, "org"), anns)), E_NOT_FOUND);
	ck_assert_int_eq(rebind_by(ann_asks(), rebind_of(anns, anns)), E_NOT_FOUND);
	ck_assert_int_eq(rebind_by(ann_asks(), rebind_of(handle, 999999)), E_NOT_FOUND);
	ck_assert_int_eq(rebind_by(ann_asks(), rebind_of(handle, handle)), E_NOT_FOUND);
	ck_assert_int_eq(rebind_by(ann_asks(), undo_of(handle)), E_CONFLICT);
	ck_assert_int_eq(rebind_by(ann_asks(), undo_of(999999)), E_NOT_FOUND);
	sql_run("UPDATE subscription SET disabled_at = 1");
	ck_assert_int_eq(rebind_by(ann_asks(), r), E_DENIED);
	ck_assert_int_eq(bound_to(handle), jenkins);
	ck_assert_str_eq(grant_of(anns), "none");
	ck_assert_int_eq(chains_check(), entries + 1);
}
END_TEST

/* --- rows that are not the vault's last word ---------------------------------------------------------- */

START_TEST(a_forged_consent_is_no_candidate)
{
	int64_t mine = bound_make(ann_asks(), scope_of(anns, "mine")), eves = own_new(w.eve, "eve''s");

	sql_run("INSERT INTO scope_grant SELECT %ld, subscription_id, %ld, 1, '', granted_at, NULL, entry, mac"
		" FROM scope_grant WHERE integration_id = %ld", eves, w.eve, jenkins);
	ck_assert_int_eq(rebind_by(ann_asks(), rebind_of(mine, eves)), E_DENIED);
	/* a released one made live again by hand */
	ck_assert_int_eq(rebind_by(ann_asks(), rebind_of(handle, anns)), OK);
	sql_run("UPDATE scope_grant SET released_until = NULL WHERE integration_id = %ld", jenkins);
	ck_assert_int_eq(rebind_by(ann_asks(), rebind_of(mine, jenkins)), E_DENIED);
	ck_assert_int_eq(rebind_by(ann_asks(), undo_of(handle)), E_DENIED);
	ck_assert_int_eq(bound_to(mine), anns);
}
END_TEST

START_TEST(a_replayed_consent_is_no_candidate)
{
	int64_t mine = bound_make(ann_asks(), scope_of(anns, "mine"));

	keep_rows("scope_grant");
	ck_assert_int_eq(rebind_by(ann_asks(), rebind_of(handle, anns)), OK);
	ck_assert_str_eq(grant_of(jenkins), "released all");
	put_back("scope_grant"); /* live, as it once was */
	ck_assert_str_eq(grant_of(jenkins), "live all");
	ck_assert_int_eq(rebind_by(ann_asks(), rebind_of(mine, jenkins)), E_DENIED);
	ck_assert_int_eq(rebind_by(ann_asks(), undo_of(handle)), E_DENIED);
}
END_TEST

START_TEST(a_replayed_binding_cannot_be_undone)
{
	int64_t third = own_new(w.ann, "third");

	ck_assert_int_eq(rebind_by(ann_asks(), rebind_of(handle, anns)), OK);
	keep_rows("binding");
	ck_assert_int_eq(rebind_by(ann_asks(), rebind_of(handle, third)), OK);
	put_back("binding");
	ck_assert_int_eq(bound_to(handle), anns);
	ck_assert_int_eq(rebind_by(ann_asks(), undo_of(handle)), E_DENIED);
	/* an admin says where it shall lead, and it is whole again; nothing of the old row is believed */
	ck_assert_int_eq(rebind_by(ann_asks(), rebind_of(handle, third)), OK);
	ck_assert_int_eq(bound_to(handle), third);
	ck_assert_str_eq(undo_text(handle), "no undo");
	ck_assert_int_gt(chains_check(), 0);
}
END_TEST

START_TEST(a_moved_binding_cannot_be_undone)
{
	int64_t other = bound_make(ann_asks(), scope_of(anns, "other"));

	ck_assert_int_eq(rebind_by(ann_asks(), rebind_of(handle, anns)), OK);
	/* the row of one handle under another's id; and with another way back */
	sql_run("DELETE FROM binding WHERE integration_id = %ld", other);
	sql_run("UPDATE binding SET integration_id = %ld WHERE integration_id = %ld", other, handle);
	ck_assert_int_eq(rebind_by(ann_asks(), undo_of(other)), E_DENIED);
	ck_assert_int_eq(rebind_by(ann_asks(), undo_of(handle)), E_CONFLICT);
	sql_run("UPDATE binding SET integration_id = %ld WHERE integration_id = %ld", handle, other);
	sql_run("UPDATE binding SET undo_integration_id = %ld", anns);
	ck_assert_int_eq(rebind_by(ann_asks(), undo_of(handle)), E_DENIED);
	/* a handle without a row can be bound again */
	ck_assert_int_eq(rebind_by(ann_asks(), rebind_of(other, anns)), OK);
}
END_TEST

static int take_turns(int k, void *arg)
{
	volatile int *ready = arg;
	int64_t to[] = {anns, jenkins};
	int rc = OK;

	v.db = t.vault = connect_as("signet_vault");
	v.arena = t.a;
	__atomic_add_fetch(ready, 1, __ATOMIC_SEQ_CST);
	wait_for(ready, 4);
	for (int round = 0; round < 8 && (rc == OK || rc == E_CONFLICT || rc == E_DENIED); round++)
		rc = k < 2 ? rebind_by(ann_asks(), rebind_of(handle, to[(round + k) % 2]))
		     : k == 2 ? rebind_by(ann_asks(), undo_of(handle))
			      : scope_by(from(w.mem, 'm'), scope_of(jenkins, ""));
	return rc == E_CONFLICT || rc == E_DENIED ? OK : rc;
}

/* Rebinds, undos and consents at the same time: what remains fits together. */
START_TEST(all_at_the_same_time)
{
	int codes[CHILDREN_MAX];

	children_run(4, take_turns, shared_new(sizeof(int)), codes);
	for (int k = 0; k < 4; k++)
		ck_assert_msg(codes[k] == OK, "child %d: %s", k, err_text(codes[k]));
	ck_assert_int_eq(sql_number("SELECT COUNT(*) FROM scope_grant g WHERE (g.released_until IS NULL) <>"
				    " EXISTS (SELECT 1 FROM binding b WHERE b.account_integration_id ="
				    " g.integration_id AND b.subscription_id = g.subscription_id)"), 0);
	ck_assert_int_gt(chains_check(), 0);
}
END_TEST

Suite *store_vault_rebind_suite(void)
{
	Suite *s = suite_create("store_vault_rebind");
	TCase *c = tcase_create("rebind");

	tcase_add_checked_fixture(c, rebind_set_up, store_tear_down);
	tcase_set_timeout(c, 60);
	tcase_add_test(c, rebound_to_an_own_one);
	tcase_add_test(c, undone);
	tcase_add_test(c, what_can_be_undone);
	tcase_add_test(c, an_undo_that_is_over);
	tcase_add_test(c, the_last_binding_releases);
	tcase_add_test(c, to_one_that_its_owner_granted);
	tcase_add_test(c, many_at_once);
	tcase_add_test(c, the_most_at_once);
	tcase_add_test(c, who_may_not);
	tcase_add_test(c, a_forged_consent_is_no_candidate);
	tcase_add_test(c, a_replayed_consent_is_no_candidate);
	tcase_add_test(c, a_replayed_binding_cannot_be_undone);
	tcase_add_test(c, a_moved_binding_cannot_be_undone);
	tcase_add_test(c, all_at_the_same_time);
	suite_add_tcase(s, c);
	return s;
}
