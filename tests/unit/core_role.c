/* core_role.c: the table of permissions, written out. */
#include "unit/suites.h"

#include "core/role.h"

enum visitor {
	ANONYMOUS, SIGNED_IN, SITE_ADMIN, NO_ROLE, SITE_ADMIN_NO_ROLE, COLLABORATOR, MEMBER, ADMIN,
	SITE_ADMIN_MEMBER, VISITORS
};

static const struct {
	bool anonymous, site_admin, no_scope;
	enum role role;
} WHO[VISITORS] = {
	[ANONYMOUS] = {true, false, true, ROLE_NONE},
	[SIGNED_IN] = {false, false, true, ROLE_NONE}, /* an address without a subscription */
	[SITE_ADMIN] = {false, true, true, ROLE_NONE},
	[NO_ROLE] = {false, false, false, ROLE_NONE},
	[SITE_ADMIN_NO_ROLE] = {false, true, false, ROLE_NONE},
	[COLLABORATOR] = {false, false, false, ROLE_COLLABORATOR},
	[MEMBER] = {false, false, false, ROLE_MEMBER},
	[ADMIN] = {false, false, false, ROLE_ADMIN},
	[SITE_ADMIN_MEMBER] = {false, true, false, ROLE_MEMBER},
};

#define NO E_DENIED
#define NOT E_NOT_FOUND
static const struct {
	enum permission p;
	/* anonymous, signed in, site admin, no role, site admin without role, collaborator, member,
	 * admin, site admin who is a member */
	int want[VISITORS];
} TABLE[] = {
	{P_PUBLIC, {OK, OK, OK, OK, OK, OK, OK, OK, OK}},
	{P_ACCOUNT, {NO, OK, OK, OK, OK, OK, OK, OK, OK}},
	{P_SUBSCRIPTION, {NO, NOT, NOT, NOT, NOT, OK, OK, OK, OK}},
	{P_INTEGRATION_VIEW, {NO, NOT, NOT, NOT, NOT, OK, OK, OK, OK}},
	{P_INTEGRATION_ADD, {NO, NOT, NOT, NOT, NOT, NO, OK, OK, OK}},
	{P_SUBSCRIPTION_ADMIN, {NO, NOT, NOT, NOT, NOT, NO, NO, OK, NO}},
	{P_SITE_ADMIN, {NO, NO, OK, NO, OK, NO, NO, NO, OK}},
	/* what no row of the route table says opens nothing */
	{(enum permission)0, {NO, E_BUG, E_BUG, E_BUG, E_BUG, E_BUG, E_BUG, E_BUG, E_BUG}},
	{(enum permission)99, {NO, E_BUG, E_BUG, E_BUG, E_BUG, E_BUG, E_BUG, E_BUG, E_BUG}},
};

START_TEST(table)
{
	for (int v = 0; v < VISITORS; v++) {
		struct who who = {.account_id = 7, .site_admin = WHO[v].site_admin};
		struct scope scope = {.subscription_id = 1, .account_id = 7, .role = WHO[v].role};
		int rc = role_allows(WHO[v].anonymous ? NULL : &who, WHO[v].no_scope ? NULL : &scope,
				     TABLE[_i].p);
		ck_assert_msg(rc == TABLE[_i].want[v], "permission %d, visitor %d: %s",
			      (int)TABLE[_i].p, v, err_text(rc));
	}
}
END_TEST

/* Even with a scope an anonymous visitor has none of its rights. */
START_TEST(scope_without_who)
{
	struct scope scope = {.role = ROLE_ADMIN};

	ck_assert_int_eq(role_allows(NULL, &scope, P_SUBSCRIPTION_ADMIN), E_DENIED);
	ck_assert_int_eq(role_allows(NULL, &scope, P_SUBSCRIPTION), E_DENIED);
	ck_assert_int_eq(role_allows(NULL, &scope, P_PUBLIC), OK);
}
END_TEST

/* Its own people get in nowhere, whatever their role; elsewhere it does not matter. */
START_TEST(disabled)
{
	struct who who = {.account_id = 7, .site_admin = true};

	for (enum role role = ROLE_NONE; role <= ROLE_ADMIN; role++) {
		struct scope scope = {.subscription_id = 1, .role = role, .disabled = true};
		int want = role == ROLE_NONE ? E_NOT_FOUND : E_DENIED;

		for (enum permission p = P_SUBSCRIPTION; p <= P_SUBSCRIPTION_ADMIN; p++)
			ck_assert_int_eq(role_allows(&who, &scope, p), want);
		ck_assert_int_eq(role_allows(&who, &scope, P_ACCOUNT), OK);
		ck_assert_int_eq(role_allows(&who, &scope, P_SITE_ADMIN), OK);
	}
}
END_TEST

/* A sync token: of all there is the one permission, and that in its own subscription alone. */
START_TEST(sync_token)
{
	struct who who = {.account_id = ACCOUNT_NONE};
	struct scope own = {.subscription_id = 1,
			    .account_id = ACCOUNT_NONE,
			    .sync_token_id = 5,
			    .project_id = 6};
	struct scope off = own, admin = {.subscription_id = 1, .role = ROLE_ADMIN};

	off.disabled = true;
	for (int p = P_ACCOUNT; p <= P_SITE_ADMIN + 1; p++) {
		int want = p == P_WORKFLOW_SYNC ? OK : E_DENIED;

		ck_assert_int_eq(role_allows(&who, &own, (enum permission)p), want);
		ck_assert_int_eq(role_allows(&who, NULL, (enum permission)p), want ? want : E_NOT_FOUND);
		ck_assert_int_eq(role_allows(&who, &off, (enum permission)p), want ? want : E_NOT_FOUND);
		/* nor with the scope of somebody else */
		ck_assert_int_eq(role_allows(&who, &admin, (enum permission)p), want ? want : E_NOT_FOUND);
		who.site_admin = true;
		ck_assert_int_eq(role_allows(&who, &own, (enum permission)p), want);
		who.site_admin = false;
	}
	ck_assert_int_eq(role_allows(&who, NULL, P_PUBLIC), OK);
}
END_TEST

/* These numbers stand in the database. */
START_TEST(numbers)
{
	ck_assert_int_eq(ROLE_NONE, 0);
	ck_assert_int_eq(ROLE_COLLABORATOR, 1);
	ck_assert_int_eq(ROLE_MEMBER, 2);
	ck_assert_int_eq(ROLE_ADMIN, 3);
	ck_assert_uint_eq(ROLE_BIT(ROLE_COLLABORATOR), 1);
	ck_assert_uint_eq(ROLE_BIT(ROLE_MEMBER), 2);
	ck_assert_uint_eq(ROLE_BIT(ROLE_ADMIN), 4);
	ck_assert_uint_eq(ROLE_SET_NEW, ROLE_BIT(ROLE_ADMIN) | ROLE_BIT(ROLE_MEMBER));
	ck_assert_uint_eq(ROLE_SET_ALL, ROLE_SET_NEW | ROLE_BIT(ROLE_COLLABORATOR));
}
END_TEST

START_TEST(texts)
{
	ck_assert(span_is(role_text(ROLE_NONE), ""));
	ck_assert(span_is(role_text(ROLE_COLLABORATOR), "collaborator"));
	ck_assert(span_is(role_text(ROLE_MEMBER), "member"));
	ck_assert(span_is(role_text(ROLE_ADMIN), "admin"));
	ck_assert(span_is(role_text((enum role)9), ""));
}
END_TEST

Suite *core_role_suite(void)
{
	Suite *s = suite_create("core_role");
	TCase *c = tcase_create("role");

	tcase_add_loop_test(c, table, 0, (int)COUNT(TABLE));
	tcase_add_test(c, disabled);
	tcase_add_test(c, scope_without_who);
	tcase_add_test(c, sync_token);
	tcase_add_test(c, numbers);
	tcase_add_test(c, texts);
	suite_add_tcase(s, c);
	return s;
}
