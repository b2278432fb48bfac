/* vault_consent.c: may the values of an account integration go to a bound one now? Each thing that must be
 * true of it, alone; and who left when. */
#include "store/ties_world.h"

#include "vault/consent.h"

static int64_t handle;

static void consent_set_up(void)
{
	ties_world_set_up();
	handle = bound_make(from(w.mem, 'm'), scope_of(jenkins, "ci"));
}

static struct vault_request ann_asks(void)
{
	return from(w.ann, 'a');
}

static int asked(void)
{
	struct consent c;

	return vault_consent(&v, handle, &c);
}

START_TEST(may)
{
	struct consent c;

	ck_assert_int_eq(vault_consent(&v, handle, &c), OK);
	ck_assert(c.integration_id == jenkins && c.account_id == w.mem && c.state == BINDING_LIVE);
	ck_assert(c.projects.all);
	/* what both allow: the handle's own list, then also the consent's */
	sql_run("UPDATE integration SET all_projects = 0 WHERE id = %ld", handle);
	ck_assert_int_eq(vault_consent(&v, handle, &c), OK);
	ck_assert(!c.projects.all && c.projects.n == 0);
	sql_run("INSERT INTO integration_project VALUES (%ld, %ld), (%ld, %ld)", handle, w.web, handle, w.ops);
	ck_assert_int_eq(scope_by(from(w.mem, 'm'), scope_listed(jenkins, "", w.api, w.web)), OK);
	ck_assert_int_eq(vault_consent(&v, handle, &c), OK);
	ck_assert(!c.projects.all && c.projects.n == 1 && project_set_has(&c.projects, w.web));
	/* what is no bound integration */
	ck_assert_int_eq(vault_consent(&v, jenkins, &c), E_NOT_FOUND);
	ck_assert_int_eq(vault_consent(&v, integration_make(&w, "org"), &c), E_NOT_FOUND);
	ck_assert_int_eq(vault_consent(&v, 999999, &c), E_NOT_FOUND);
}
END_TEST

/* --- one thing wrong at a time -------------------------------------------------------------------------- */

static void withdrawn(void)
{
	sql_run("DELETE FROM scope_grant");
}

static void own_disabled(void)
{
	sql_run("UPDATE integration SET disabled_at = 1 WHERE id = %ld", jenkins);
}

static void handle_disabled(void)
{
	sql_run("UPDATE integration SET disabled_at = 1 WHERE id = %ld", handle);
}

static void subscription_disabled(void)
{
	sql_run("UPDATE subscription SET disabled_at = 1");
}

static void erased(void)
{
	sql_run("DELETE FROM integration WHERE id = %ld", jenkins);
}

/* Deleted, and another's put in its place under its number. */
static void replaced(void)
{
	keep_rows("scope_grant");
	erased();
	sql_run("INSERT INTO integration (id, uid, account_id, name, type, url, all_projects, edit_roles,"
		" created_at, changed_at) VALUES (%ld, 'x', %ld, 'x', 'jenkins', '', 1, 4, 1, 1)", jenkins, w.eve);
	put_back("scope_grant");
}

static void other_type(void)
{
	sql_run("UPDATE integration SET type = 'github' WHERE id = %ld", jenkins);
}

static void other_subscription(void)
{
	sql_run("UPDATE integration SET subscription_id = %ld WHERE id = %ld", w.globex, handle);
}

static void forged_grant(void)
{
	sql_run("UPDATE scope_grant SET granted_at = granted_at + 1");
}

static void widened_grant(void)
{
	ck_assert_int_eq(scope_by(from(w.mem, 'm'), scope_listed(jenkins, "", w.api, 0)), OK);
	sql_run("UPDATE scope_grant SET projects = '%ld,%ld'", w.web, w.api);
}

static void replayed_grant(void)
{
	keep_rows("scope_grant");
	ck_assert_int_eq(scope_by(from(w.mem, 'm'), scope_listed(jenkins, "", 0, 0)), OK);
	put_back("scope_grant");
}

/* Another's consent, moved to this one. */
static void moved_grant(void)
{
	bound_make(ann_asks(), scope_of(anns, "mine"));
	sql_run("DELETE FROM scope_grant WHERE integration_id = %ld", jenkins);
	sql_run("UPDATE scope_grant SET integration_id = %ld", jenkins);
}

static void forged_binding(void)
{
	sql_run("UPDATE binding SET bound_by = %ld", w.ann);
}

/* To another's integration, which nobody granted. */
static void turned_binding(void)
{
	sql_run("UPDATE binding SET account_integration_id = %ld, account_id = %ld", anns, w.ann);
}

static void replayed_binding(void)
{
	keep_rows("binding");
	ck_assert_int_eq(rebind_by(ann_asks(), rebind_of(handle, anns)), OK);
	put_back("binding");
	ck_assert_int_eq(bound_to(handle), jenkins);
}

/* A deleted handle, all its rows put back. */
static void replayed_handle(void)
{
	struct audit_entry e = {.chain = audit_chain_subscription(t.a, w.acme), .actor = w.actor,
				.action = AUDIT_INTEGRATION_DELETE, .object_id = handle,
				.object = SPAN("ci"), .fields = SPAN("")};

	audit_append(&e);
}

static void no_binding(void)
{
	sql_run("DELETE FROM binding");
}

/* Under the vault's MAC, and yet no consent that is in use. */
static void released_grant(void)
{
	unsigned char mac[HASH_BYTES];
	struct scope_grant g;

	ck_assert_int_eq(store_scope_grant_find(t.vault, t.a, jenkins, w.acme, &g), OK);
	g.released_until = clock_now() + 3600;
	mac_scope_grant(v.key, &g, mac);
	sql_run("UPDATE scope_grant SET released_until = %ld, mac = UNHEX('%s')", g.released_until, hex(mac));
}

static void forged_role(void)
{
	sql_run("UPDATE role SET role = 3 WHERE account_id = %ld", w.mem);
}

/* They left, and their old role was put back. */
static void replayed_role(void)
{
	keep_rows("role");
	ck_assert_int_eq(leave(ann_asks(), w.mem), OK);
	put_back("role");
}

static void role_without_departure(void)
{
	sql_run("DELETE FROM role WHERE account_id = %ld", w.mem);
}

static void left_long_ago(void)
{
	ck_assert_int_eq(leave(ann_asks(), w.mem), OK);
	sql_run("UPDATE subscription SET grace_days = 0");
}

static void later_departure(void)
{
	ck_assert_int_eq(leave(ann_asks(), w.mem), OK);
	sql_run("UPDATE departure SET left_at = left_at + 86400");
}

static void disabled_long_ago(void)
{
	sql_run("UPDATE account SET disabled_at = UNIX_TIMESTAMP() - 31 * 86400 WHERE id = %ld", w.mem);
}

/* Left lately, and disabled long ago: the earlier one counts. */
static void both(void)
{
	disabled_long_ago();
	ck_assert_int_eq(leave(ann_asks(), w.mem), OK);
}

static void (*const SPOILERS[])(void) = {
	withdrawn,	   own_disabled,     handle_disabled,  subscription_disabled,  erased,
	replaced,	   other_type,	     other_subscription, forged_grant,	       widened_grant,
	replayed_grant,	   moved_grant,	     forged_binding,   turned_binding,	       replayed_binding,
	replayed_handle,   no_binding,	     released_grant,   forged_role,	       replayed_role,
	role_without_departure, left_long_ago, later_departure, disabled_long_ago,     both,
};

START_TEST(may_not)
{
	ck_assert_int_eq(asked(), OK);
	SPOILERS[_i]();
	ck_assert_int_eq(asked(), E_DENIED);
}
END_TEST

/* --- leaving ---------------------------------------------------------------------------------------------- */

static int64_t departures(void)
{
	return sql_number("SELECT COUNT(*) FROM departure");
}

START_TEST(the_grace_of_a_leaver)
{
	struct departure d;
	struct consent c;

	ck_assert_int_eq(leave(ann_asks(), w.mem), OK);
	ck_assert_int_eq(store_departure_find(t.vault, t.a, w.mem, w.acme, &d), OK);
	ck_assert(mac_departure_fits(v.key, &d));
	ck_assert_int_le(clock_now() - d.left_at, 5);
	ck_assert_int_eq(vault_consent(&v, handle, &c), OK);
	ck_assert_int_eq(c.state, BINDING_OWNER_LEFT);
	/* a longer grace than there may be is none */
	sql_run("UPDATE subscription SET grace_days = 1");
	ck_assert_int_eq(asked(), OK);
	/* back again, as whatever */
	as_operator(role_grant(w.mem, ROLE_COLLABORATOR));
	ck_assert_int_eq(departures(), 0);
	ck_assert_int_eq(vault_consent(&v, handle, &c), OK);
	ck_assert_int_eq(c.state, BINDING_LIVE);
	/* a site admin disables the account: the same days, counted from then */
	sql_run("UPDATE account SET disabled_at = UNIX_TIMESTAMP() - 10 WHERE id = %ld", w.mem);
	ck_assert_int_eq(vault_consent(&v, handle, &c), OK);
	ck_assert_int_eq(c.state, BINDING_OWNER_LEFT);
}
END_TEST

START_TEST(one_leaves_by_oneself)
{
	ck_assert_int_eq(leave(from(w.mem, 'x'), w.mem), E_UNCONFIRMED);
	ck_assert_int_eq(leave(from(w.mem, 'm'), w.col), E_DENIED);
	ck_assert_int_eq(grant_by(PEER_WEB, from(w.mem, 'm'), role_grant(w.mem, ROLE_ADMIN)), E_DENIED);
	ck_assert_int_eq(grant_by(PEER_WEB, from(w.mem, 'm'), role_grant(w.mem, ROLE_COLLABORATOR)), E_DENIED);
	ck_assert_int_eq(leave(from(w.mem, 'm'), w.mem), OK);
	ck_assert_int_eq(role_of(w.mem), ROLE_NONE);
	ck_assert_int_eq(departures(), 1);
	ck_assert_int_eq(leave(from(w.mem, 'm'), w.mem), E_NOT_FOUND);
	/* a collaborator's places on projects go, too; the last admin stays */
	ck_assert_int_eq(leave(from(w.col, 'c'), w.col), OK);
	ck_assert_int_eq(sql_number("SELECT COUNT(*) FROM collaborator"), 0);
	ck_assert_int_eq(leave(from(w.ann, 'a'), w.ann), E_CONFLICT);
	ck_assert_int_eq(departures(), 2);
	ck_assert_str_eq(newest_of(arena_printf(t.a, "sub:%lld", (long long)w.acme).p, 2),
			 "role.revoke mem; role.revoke col");
	ck_assert_int_gt(chains_check(), 0);
}
END_TEST

/* A role that was taken and put back is none: not for whoever acts, nor to get back in. */
START_TEST(an_old_role_is_none)
{
	as_operator(role_grant(w.mem, ROLE_ADMIN));
	keep_rows("role");
	ck_assert_int_eq(leave(ann_asks(), w.mem), OK);
	put_back("role");
	ck_assert_int_eq(role_of(w.mem), ROLE_ADMIN);
	ck_assert_int_eq(grant_by(PEER_WEB, from(w.mem, 'm'), role_grant(w.eve, ROLE_ADMIN)), E_DENIED);
	ck_assert_int_eq(scope_by(from(w.mem, 'm'), scope_of(jenkins, "")), E_DENIED);
	/* and of the site */
	as_operator(site_grant(w.mem, false));
	keep_rows("site_role");
	as_operator(site_grant(w.mem, true));
	put_back("site_role");
	ck_assert_int_eq(grant_by(PEER_WEB, from(w.mem, 'm'), site_grant(w.eve, false)), E_DENIED);
	/* a member again, with the admin's row */
	as_operator(role_grant(w.mem, ROLE_ADMIN));
	ck_assert_int_eq(grant_by(PEER_WEB, from(w.mem, 'm'), role_grant(w.eve, ROLE_MEMBER)), OK);
	keep_rows("role");
	as_operator(role_grant(w.mem, ROLE_MEMBER));
	put_back("role");
	ck_assert_int_eq(grant_by(PEER_WEB, from(w.mem, 'm'), role_grant(w.eve, ROLE_ADMIN)), E_DENIED);
}
END_TEST

/* A false entry spoils the role of the last admin: a site admin can appoint one then, also the same. */
START_TEST(a_spoiled_role_is_given_anew)
{
	struct audit_entry e = {.chain = audit_chain_subscription(t.a, w.acme), .actor = w.actor,
				.action = AUDIT_ROLE_REVOKE, .object_id = w.ann, .object = SPAN("ann"),
				.fields = SPAN("")};

	ck_assert_int_eq(grant_by(PEER_WEB, from(sid, 's'), role_grant(w.eve, ROLE_ADMIN)), E_DENIED);
	audit_append(&e);
	ck_assert_int_eq(grant_by(PEER_WEB, ann_asks(), role_grant(w.eve, ROLE_MEMBER)), E_DENIED);
	ck_assert_int_eq(grant_by(PEER_WEB, from(sid, 's'), role_grant(w.ann, ROLE_MEMBER)), E_DENIED);
	ck_assert_int_eq(grant_by(PEER_WEB, from(sid, 's'), role_grant(w.ann, ROLE_ADMIN)), OK);
	ck_assert_int_eq(grant_by(PEER_WEB, ann_asks(), role_grant(w.eve, ROLE_MEMBER)), OK);
	ck_assert_int_gt(chains_check(), 0);
}
END_TEST

Suite *store_vault_consent_suite(void)
{
	Suite *s = suite_create("store_vault_consent");
	TCase *c = tcase_create("consent");

	tcase_add_checked_fixture(c, consent_set_up, store_tear_down);
	tcase_set_timeout(c, 60);
	tcase_add_test(c, may);
	tcase_add_loop_test(c, may_not, 0, (int)COUNT(SPOILERS));
	tcase_add_test(c, the_grace_of_a_leaver);
	tcase_add_test(c, one_leaves_by_oneself);
	tcase_add_test(c, an_old_role_is_none);
	tcase_add_test(c, a_spoiled_role_is_given_anew);
	suite_add_tcase(s, c);
	return s;
}
