/* integration_change.c: creating, editing, deleting, and the audit row of each. */
#include "store/fixture.h"

#include "store/integration.h"

static struct world w;
static struct integration_url urls[] = {
	{SPAN("apiUrl"), SPAN("https://ci.example/x"), SPAN("https://ci.example:443")},
	{SPAN("other"), SPAN("http://b.example"), SPAN("http://b.example:80")},
};
static struct integration_value values[] = {
	{SPAN("username"), SPAN("ci-bot")},
	{SPAN("note"), SPAN("caf\xC3\xA9\nline two")},
};
static struct sealed_new boxes[2];
static struct project projects[3];

static void change_set_up(void)
{
	store_set_up();
	world_make(&w);
	boxes[0] = (struct sealed_new){SPAN("apiToken"), KEY_ACTIVE, SPAN("box one"),
				       SPAN("https://ci.example:443"), 100};
	boxes[1] = (struct sealed_new){SPAN("envs:KEY"), KEY_ACTIVE, SPAN("box two"), SPAN(""), 101};
	projects[0] = (struct project){w.api, SPAN("api"), true};
	projects[1] = (struct project){w.web, SPAN("web"), false};
	projects[2] = (struct project){w.store, SPAN("store"), true}; /* another subscription's */
}

static struct integration_change whole(const char *name)
{
	struct integration_change c = change_named(name);

	c.urls = urls;
	c.nurls = 2;
	c.values = values;
	c.nvalues = 2;
	c.sealed = boxes;
	c.nsealed = 2;
	c.projects = projects;
	c.nprojects = 3;
	c.all_projects = false;
	return c;
}

static int create(struct integration_change *c, int64_t *id)
{
	return store_integration_create(t.web, t.a, &w.admin, &w.actor, c, id);
}

static int edit(struct integration_change *c)
{
	return store_integration_edit(t.web, t.a, &w.admin, &w.actor, c);
}

static struct integration *get(int64_t id)
{
	struct integration *i;

	ck_assert_int_eq(store_integration_get(t.web, t.a, &w.admin, id, &i), OK);
	return i;
}

static int64_t made(const char *name)
{
	struct integration_change c = whole(name);
	int64_t id;

	ck_assert_int_eq(create(&c, &id), OK);
	return id;
}

/* Everything of a subscription that a change could touch, as one text. */
static const char *state(void)
{
	return sql_text("SELECT MD5(CONCAT_WS('#',"
			" (SELECT GROUP_CONCAT(CONCAT_WS('|', id, HEX(uid), subscription_id, name, type,"
			"   url, all_projects, edit_roles, version, changed_at) ORDER BY id)"
			"   FROM integration),"
			" (SELECT GROUP_CONCAT(CONCAT_WS('|', integration_id, position, url_key, url,"
			"   origin) ORDER BY 1) FROM integration_url),"
			" (SELECT GROUP_CONCAT(CONCAT_WS('|', integration_id, field, value) ORDER BY 1)"
			"   FROM integration_value),"
			" (SELECT GROUP_CONCAT(CONCAT_WS('|', integration_id, field, key_id, origins,"
			"   sealed_at, sealed_by) ORDER BY 1) FROM sealed),"
			" (SELECT GROUP_CONCAT(CONCAT_WS('|', integration_id, field, box) ORDER BY 1)"
			"   FROM sealed_box),"
			" (SELECT GROUP_CONCAT(CONCAT_WS('|', integration_id, project_id) ORDER BY 1)"
			"   FROM integration_project),"
			" (SELECT GROUP_CONCAT(revision ORDER BY id) FROM subscription),"
			" (SELECT COUNT(*) FROM audit), (SELECT SUM(seq) FROM audit_head)))");
}

START_TEST(created)
{
	int64_t id = made("one");
	struct integration *i = get(id);

	ck_assert(span_is(i->name, "one") && span_is(i->type, "jenkins"));
	ck_assert_uint_eq(i->uid.n, 16);
	ck_assert_int_eq(i->version, 1);
	ck_assert_int_eq((int64_t)i->edit_roles, ROLE_SET_NEW);
	ck_assert(span_is(i->created_by, "ann") && span_is(i->changed_by, "ann"));
	ck_assert_uint_eq(i->nurls, 2);
	ck_assert(span_is(i->urls[1].key, "other") && span_is(i->urls[1].origin, "http://b.example:80"));
	ck_assert_uint_eq(i->nvalues, 2);
	ck_assert(span_eq(integration_value(i, SPAN("note")), values[1].value));
	ck_assert_uint_eq(i->nsealed, 2);
	ck_assert(span_is(integration_sealed(i, SPAN("apiToken"))->origins, "https://ci.example:443"));
	ck_assert_int_eq(integration_sealed(i, SPAN("envs:KEY"))->sealed_at, 101);
	ck_assert(span_is(integration_sealed(i, SPAN("apiToken"))->sealed_by, "ann"));
	/* the other subscription's project is not taken in */
	ck_assert_uint_eq(i->nprojects, 1);
	ck_assert(span_is(i->projects[0].name, "api") && i->hidden_projects == 0);
	ck_assert_str_eq(sql_text("SELECT box FROM sealed_box WHERE field = 'envs:KEY'"), "box two");
}
END_TEST

/* Each change raises the subscription's revision by one and has one entry that names it. */
START_TEST(entries)
{
	static const char ENTRY[] = "SELECT CONCAT_WS('|', actor, address, request, action, object,"
				    " fields, object_id = %ld, actor_id = %ld) FROM audit WHERE seq = %d";
	struct integration_change c;
	int64_t id = made("one");

	ck_assert_str_eq(sql_text(ENTRY, id, w.ann, 1),
			 "ann|192.0.2.7|0011223344556677|integration.create|one|name, urls|1|1");
	c = whole("two");
	c.id = id;
	c.version = 1;
	c.fields = SPAN("name");
	ck_assert_int_eq(edit(&c), OK);
	ck_assert_str_eq(sql_text(ENTRY, id, w.ann, 2),
			 "ann|192.0.2.7|0011223344556677|integration.edit|two|name|1|1");
	ck_assert_int_eq(integration_delete(&w, &w.admin, id), OK);
	ck_assert_str_eq(sql_text(ENTRY, id, w.ann, 3),
			 "ann|192.0.2.7|0011223344556677|integration.delete|two||1|1");
	ck_assert_int_eq(entries_of(w.acme), 3);
	ck_assert_int_eq(entries_of(w.globex), 0);
	ck_assert_int_eq(sql_number("SELECT revision FROM subscription WHERE id = %ld", w.acme), 3);
	ck_assert_int_eq(sql_number("SELECT revision FROM subscription WHERE id = %ld", w.globex), 0);
	ck_assert_int_eq(chains_check(), 3);
	ck_assert_int_eq(sql_number("SELECT COUNT(*) FROM audit WHERE CONCAT_WS('|', object, fields, actor)"
				    " REGEXP 'box|ci-bot|https'"), 0);
}
END_TEST

START_TEST(edited)
{
	int64_t id = made("one"), second = made("neighbour");
	struct integration_change c = whole("one b");
	struct span gone = SPAN("envs:KEY");
	struct integration *i;

	c.id = id;
	c.version = 1;
	c.urls = urls + 1;
	c.nurls = 1;
	c.values = values;
	c.nvalues = 1;
	boxes[0].box = SPAN("box new");
	boxes[0].sealed_at = 200;
	c.nsealed = 1;
	c.unsealed = &gone;
	c.nunsealed = 1;
	projects[0].chosen = false;
	projects[1].chosen = true;
	c.edit_roles = ROLE_SET_ALL;
	ck_assert_int_eq(edit(&c), OK);
	i = get(id);
	ck_assert(span_is(i->name, "one b"));
	ck_assert_int_eq(i->version, 2);
	ck_assert(i->nurls == 1 && span_is(i->urls[0].key, "other"));
	ck_assert(i->nvalues == 1 && span_is(i->values[0].field, "username"));
	ck_assert(i->nsealed == 1 && i->sealed[0].sealed_at == 200);
	ck_assert(i->nprojects == 1 && span_is(i->projects[0].name, "web"));
	ck_assert_int_eq((int64_t)i->edit_roles, ROLE_SET_ALL);
	ck_assert_str_eq(sql_text("SELECT GROUP_CONCAT(box) FROM sealed_box WHERE integration_id = %ld",
				  id),
			 "box new");
	/* what stands next to it is as it was */
	i = get(second);
	ck_assert(i->nurls == 2 && i->nvalues == 2 && i->nsealed == 2 && i->nprojects == 1);
	ck_assert_int_eq(i->version, 1);
}
END_TEST

/* Saving without a new secret leaves the stored ones and their boxes alone. */
START_TEST(secrets_stay)
{
	int64_t id = made("one");
	struct integration_change c = whole("one");

	c.id = id;
	c.version = 1;
	c.nsealed = 0;
	ck_assert_int_eq(edit(&c), OK);
	ck_assert_str_eq(sql_text("SELECT GROUP_CONCAT(box ORDER BY field) FROM sealed_box"),
			 "box one,box two");
	/* one is sealed again by somebody else, one is new */
	boxes[0].box = SPAN("box three");
	boxes[1].field = SPAN("envs:NEW");
	w.actor.account_id = w.mem;
	c.nsealed = 2;
	c.version = 2;
	ck_assert_int_eq(edit(&c), OK);
	ck_assert_str_eq(sql_text("SELECT GROUP_CONCAT(CONCAT(x.field, '=', x.box, '/', a.login) ORDER BY"
				  " x.field) FROM sealed_box x JOIN sealed s USING (integration_id, field)"
				  " JOIN account a ON a.id = s.sealed_by"),
			 "apiToken=box three/mem,envs:KEY=box two/ann,envs:NEW=box two/mem");
}
END_TEST

/* Projects that the editor does not see stay in the list. */
START_TEST(unseen_projects_stay)
{
	int64_t id = made("one");
	struct integration_change c = whole("one");

	sql_run("INSERT INTO integration_project VALUES (%ld, %ld)", id, w.ops);
	c.id = id;
	c.version = 1;
	c.nsealed = 0;
	projects[0].chosen = false;
	c.nprojects = 1;
	ck_assert_int_eq(edit(&c), OK);
	ck_assert_int_eq(sql_number("SELECT SUM(project_id) FROM integration_project"), w.ops);
}
END_TEST

/* --- what is refused leaves no trace --- */

enum refusal {
	NAME_TAKEN, NAME_TAKEN_EDIT, STALE, STALE_AND_TAKEN, FUTURE, FOREIGN, GONE, KEY_OLD, KEY_UNKNOWN,
	KEY_OLD_EDIT, URL_TWICE, TOO_LONG, NO_SUBSCRIPTION, REFUSALS
};

static const int REFUSED[REFUSALS] = {
	[NAME_TAKEN] = E_CONFLICT, [NAME_TAKEN_EDIT] = E_CONFLICT, [STALE] = E_CONFLICT,
	[STALE_AND_TAKEN] = E_CONFLICT, [FUTURE] = E_CONFLICT, [FOREIGN] = E_NOT_FOUND,
	[GONE] = E_NOT_FOUND, [KEY_OLD] = E_DENIED, [KEY_UNKNOWN] = E_DENIED, [KEY_OLD_EDIT] = E_DENIED,
	[URL_TWICE] = E_CONFLICT, [TOO_LONG] = E_BUG, [NO_SUBSCRIPTION] = E_NOT_FOUND,
};

static void spoil(enum refusal r, struct integration_change *c, int64_t one, int64_t foreign)
{
	static struct integration_url twice[2];

	twice[0] = twice[1] = urls[0];
	c->version = 1;
	c->id = r == NAME_TAKEN_EDIT || r == STALE || r == STALE_AND_TAKEN || r == FUTURE ||
				r == KEY_OLD_EDIT
			? one
			: 0;
	if (r == NAME_TAKEN || r == NAME_TAKEN_EDIT || r == STALE_AND_TAKEN)
		c->name = SPAN("two");
	if (r == STALE || r == STALE_AND_TAKEN || r == FUTURE)
		c->version = r == FUTURE ? 2 : 0;
	if (r == FOREIGN || r == GONE)
		c->id = r == FOREIGN ? foreign : 999999;
	if (r == KEY_OLD || r == KEY_OLD_EDIT || r == KEY_UNKNOWN)
		boxes[1].key_id = r == KEY_UNKNOWN ? SPAN("0000000000000000") : KEY_RETIRED;
	if (r == URL_TWICE)
		c->urls = twice;
	if (r == TOO_LONG)
		values[1].field = span_of(arena_alloc(t.a, 81), 81);
	if (r == NO_SUBSCRIPTION)
		w.admin.subscription_id = 999999;
}

START_TEST(refused)
{
	enum refusal r = (enum refusal)_i;
	int64_t one = made("one"), foreign, id = -1;
	struct integration_change c = change_named("two");
	const struct integration_value value = values[1];
	const struct span key = boxes[1].key_id;
	const char *before;
	int rc;

	made("two");
	ck_assert_int_eq(store_integration_create(t.web, t.a, &w.foreign, &w.actor, &c, &foreign), OK);
	c = whole("new name");
	spoil(r, &c, one, foreign);
	before = state();
	rc = c.id ? edit(&c) : create(&c, &id);
	ck_assert_msg(rc == REFUSED[r], "%s", err_text(rc));
	ck_assert_str_eq(state(), before);
	ck_assert_int_eq(id, -1);
	ck_assert_int_eq(c.name_taken, r == NAME_TAKEN || r == NAME_TAKEN_EDIT);
	ck_assert_int_eq(c.stale, r == STALE || r == STALE_AND_TAKEN || r == FUTURE);
	ck_assert_int_eq(chains_check(), 3);
	values[1] = value;
	boxes[1].key_id = key;
}
END_TEST

/* Names are exact: case, accents and look-alikes are other names. */
START_TEST(names_are_exact)
{
	static const char *const N[] = {"name", "Name", "NAME", "n\xC3\xA4me", "na\xE2\x80\x99me", "name2"};

	for (size_t k = 0; k < COUNT(N); k++)
		integration_make(&w, N[k]);
	ck_assert_int_eq(entries_of(w.acme), (int64_t)COUNT(N));
}
END_TEST

/* Keeping one's own name is no conflict; and the same name elsewhere is none. */
START_TEST(own_name)
{
	int64_t id = made("one"), foreign;
	struct integration_change c = whole("one");

	c.id = id;
	c.version = 1;
	ck_assert_int_eq(edit(&c), OK);
	c = change_named("one");
	ck_assert_int_eq(store_integration_create(t.web, t.a, &w.foreign, &w.actor, &c, &foreign), OK);
}
END_TEST

START_TEST(deleted)
{
	int64_t id = made("one"), other = made("two");
	const char *before = state();

	ck_assert_int_eq(integration_delete(&w, &w.foreign, id),
			 E_NOT_FOUND);
	ck_assert_str_eq(state(), before);
	ck_assert_int_eq(integration_delete(&w, &w.admin, id), OK);
	ck_assert_int_eq(sql_number("SELECT (SELECT COUNT(*) FROM integration_url WHERE integration_id = %ld)"
				    " + (SELECT COUNT(*) FROM integration_value WHERE integration_id = %ld)"
				    " + (SELECT COUNT(*) FROM integration_project WHERE integration_id = %ld)"
				    " + (SELECT COUNT(*) FROM sealed WHERE integration_id = %ld)"
				    " + (SELECT COUNT(*) FROM sealed_box WHERE integration_id = %ld)",
				    id, id, id, id, id), 0);
	ck_assert_uint_eq(get(other)->nsealed, 2);
	before = state();
	ck_assert_int_eq(integration_delete(&w, &w.admin, id),
			 E_NOT_FOUND);
	ck_assert_str_eq(state(), before);
}
END_TEST

/* The audit row cannot be written: then the change is not there, either. */
START_TEST(no_change_without_entry)
{
	int64_t id = made("one");
	struct integration_change c = whole("two");
	const char *before = state();
	int64_t ignored;

	sql_run("CREATE TRIGGER broken BEFORE INSERT ON audit FOR EACH ROW"
		" SIGNAL SQLSTATE '45000' SET MESSAGE_TEXT = 'broken for a test'");
	ck_assert_int_eq(create(&c, &ignored), E_BUG);
	ck_assert_str_eq(state(), before);
	c.id = id;
	c.version = 1;
	ck_assert_int_eq(edit(&c), E_BUG);
	ck_assert_str_eq(state(), before);
	ck_assert_int_eq(integration_delete(&w, &w.admin, id), E_BUG);
	sql_run("DROP TRIGGER broken");
	ck_assert_str_eq(state(), before);
	ck_assert_int_eq(edit(&c), OK);
}
END_TEST

/* An operator's change has no account behind it. */
START_TEST(by_the_operator)
{
	struct integration *i;

	w.actor.account_id = 0;
	i = get(made("one"));
	ck_assert(span_is(i->created_by, "the operator"));
	ck_assert(span_is(i->sealed[0].sealed_by, "the operator"));
	ck_assert_int_eq(sql_number("SELECT COUNT(*) FROM sealed WHERE sealed_by IS NULL"), 2);
}
END_TEST

Suite *store_integration_change_suite(void)
{
	Suite *s = suite_create("store_integration_change");
	TCase *c = tcase_create("change");

	tcase_add_checked_fixture(c, change_set_up, store_tear_down);
	tcase_set_timeout(c, 60);
	tcase_add_test(c, created);
	tcase_add_test(c, entries);
	tcase_add_test(c, edited);
	tcase_add_test(c, secrets_stay);
	tcase_add_test(c, unseen_projects_stay);
	tcase_add_loop_test(c, refused, 0, REFUSALS);
	tcase_add_test(c, names_are_exact);
	tcase_add_test(c, own_name);
	tcase_add_test(c, deleted);
	tcase_add_test(c, no_change_without_entry);
	tcase_add_test(c, by_the_operator);
	suite_add_tcase(s, c);
	return s;
}
