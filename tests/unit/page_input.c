/* page_input.c: an integration's form, without a database: what comes back from a browser may have been
 * made by hand. */
#include "suites.h"

#include <sodium.h>
#include <stdio.h>

#include "base/buf.h"
#include "http/form.h"
#include "page/app.h"
#include "page/integration.h"
#include "page/integration_input.h"

#define TOKEN "abcdefghijklmnopqrstuvwxyz0123456789-_ABCDE"
#define UID "0123456789abcdef"

static struct arena *a;
static struct app app;
static struct scope scope;
static struct visit visit;
static struct req req;
static struct input in;
static struct integration old;

static struct type_field FIELDS[] = {
	{.name = SPAN("envs"), .label = SPAN("Variables"), .kind = FIELD_PAIRS, .required = true,
	 .most = 4096},
};
static const struct type TYPE = {
	.name = SPAN("pairs"), .label = SPAN("Pairs"), .fields = FIELDS, .nfields = 1,
	.more_urls = true,
};

static void set_up(void)
{
	unsigned char secret[crypto_box_SECRETKEYBYTES];

	a = arena_new();
	secret_setup();
	crypto_box_keypair(app.key.public_key, secret);
	memset(app.key.id, 'f', SEAL_KEY_ID_CHARS);
	scope = (struct scope){.subscription_uid = SPAN("acme acme acme a"), .role = ROLE_MEMBER};
	visit = (struct visit){.token = SPAN(TOKEN), .scope = &scope};
	req = (struct req){.arena = a, .app = &app, .who = &visit};
	old = (struct integration){.id = 7, .version = 3, .uid = SPAN(UID)};
}

static void tear_down(void)
{
	arena_free(a);
}

/* What input_open() makes, but for the projects. */
static void read_form(const struct integration *stored, struct span body)
{
	in = (struct input){.r = &req, .scope = &scope, .type = &TYPE, .old = stored};
	in.v.fields = ARENA_ARRAY(a, struct view_field, TYPE.nfields);
	in.v.nfields = TYPE.nfields;
	in.v.fields[0].field = &FIELDS[0];
	if (stored)
		in.uid = stored->uid;
	ck_assert_int_eq(form_parse(a, &FORM_INTEGRATION, arena_str(a, body), body.n, &req.form), OK);
	input_read(&in);
}

static size_t kept_bytes(void)
{
	size_t n = 0;

	for (size_t k = 0; k < in.nslots; k++)
		n += in.slots[k].view->kept.n;
	return n;
}

START_TEST(another_version_is_stale)
{
	read_form(&old, SPAN("name=x&version=3"));
	input_check(&in);
	ck_assert(!in.c.stale);
	read_form(&old, SPAN("name=x&version=2"));
	input_check(&in);
	ck_assert(in.c.stale);
	/* the version that the next save will make */
	read_form(&old, SPAN("name=x&version=4"));
	input_check(&in);
	ck_assert(in.c.stale);
	read_form(&old, SPAN("name=x"));
	input_check(&in);
	ck_assert(in.c.stale);
}
END_TEST

START_TEST(uid_is_ours)
{
	struct span mine = kept_uid_text(a, visit.token, scope.subscription_uid, SPAN(UID));
	struct span theirs = kept_uid_text(a, visit.token, SPAN("globex globex gl"), SPAN(UID));
	struct span chosen = base64_text(a, SPAN(UID));

	read_form(NULL, arena_printf(a, "uid=%.*s", SPAN_ARG(mine)));
	ck_assert(span_eq(in.uid, SPAN(UID)));
	read_form(NULL, arena_printf(a, "uid=%.*s", SPAN_ARG(theirs)));
	ck_assert_uint_eq(in.uid.n, 0);
	read_form(NULL, arena_printf(a, "uid=%.*s", SPAN_ARG(chosen)));
	ck_assert_uint_eq(in.uid.n, 0);
	read_form(NULL, SPAN("uid=A"));
	ck_assert_uint_eq(in.uid.n, 0);
	read_form(NULL, SPAN("name=x"));
	ck_assert_uint_eq(in.uid.n, 0);
	read_form(&old, SPAN("uid=A"));
	ck_assert(span_eq(in.uid, SPAN(UID)));
}
END_TEST

START_TEST(kept_stays_in_its_subscription)
{
	struct kept k = {.owner = scope.subscription_uid, .uid = SPAN(UID), .type = SPAN("pairs"),
			 .field = SPAN("envs:K"), .key_id = span_of(app.key.id, SEAL_KEY_ID_CHARS),
			 .box = SPAN("box"), .origins = SPAN("https://a.example:443")};
	struct span text = kept_text(a, visit.token, &k);
	struct kept back = {.owner = k.owner, .uid = k.uid, .type = k.type, .field = k.field};

	ck_assert_int_eq(kept_read(a, visit.token, text, &back), OK);
	ck_assert(span_eq(back.box, k.box) && span_eq(back.origins, k.origins));
	back.owner = SPAN("globex globex gl");
	ck_assert_int_eq(kept_read(a, visit.token, text, &back), E_INVALID);
	back.owner = k.owner;
	back.field = SPAN("envs:L");
	ck_assert_int_eq(kept_read(a, visit.token, text, &back), E_INVALID);
	back.field = k.field;
	ck_assert_int_eq(kept_read(a, SPAN("another session's token of 43 characters..."), text,
				   &back), E_INVALID);
}
END_TEST

/* A key longer than a box has room for: the page comes back all the same. */
START_TEST(long_key_is_no_failure)
{
	char key[321];

	memset(key, 'K', sizeof(key));
	read_form(&old, arena_printf(a, "version=3&pair_key.envs.0=%.*s&secret.envs.0=v"
						      "&pair_key.envs.1=OK&secret.envs.1=v", 300, key));
	input_check(&in);
	ck_assert(in.failed);
	ck_assert_int_eq(input_keep(&in), OK);
	ck_assert_uint_eq(in.slots[0].view->kept.n, 0);
	ck_assert_uint_gt(in.slots[1].view->kept.n, 0);
}
END_TEST

START_TEST(kept_boxes_have_a_limit)
{
	struct buf body = BUF_INIT;
	const char *label = "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa";

	buf_puts(&body, "version=3");
	for (int k = 0; k < 120; k++)
		buf_printf(&body, "&url_key=k%d&url=https://%s.%s.%s.n%d.example/", k, label, label,
			   label, k);
	for (int k = 0; k < 370; k++)
		buf_printf(&body, "&pair_key.envs.%d=K%d&secret.envs.%d=v", k, k, k);
	read_form(&old, buf_span(&body));
	input_check(&in);
	ck_assert(in.failed);
	ck_assert_int_eq(input_keep(&in), OK);
	ck_assert_uint_gt(kept_bytes(), KEPT_ALL_MAX / 2);
	ck_assert_uint_le(kept_bytes(), KEPT_ALL_MAX);
	buf_release(&body);
}
END_TEST

Suite *page_input_suite(void)
{
	Suite *s = suite_create("page_input");
	TCase *c = tcase_create("page_input");

	tcase_add_checked_fixture(c, set_up, tear_down);
	tcase_add_test(c, another_version_is_stale);
	tcase_add_test(c, uid_is_ours);
	tcase_add_test(c, kept_stays_in_its_subscription);
	tcase_add_test(c, long_key_is_no_failure);
	tcase_add_test(c, kept_boxes_have_a_limit);
	suite_add_tcase(s, c);
	return s;
}
