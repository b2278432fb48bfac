/* page_kept.c: sealed boxes that travel through the browser and back. */
#include "unit/suites.h"

#include "page/kept.h"

static struct arena *a;
static const struct span TOKEN = SPAN("a session's token of some length");

static void set_up(void)
{
	a = arena_new();
}

static void tear_down(void)
{
	arena_free(a);
}

static struct kept sample(void)
{
	return (struct kept){
		.owner = SPAN("fedcba9876543210"),
		.uid = SPAN("0123456789abcdef"),
		.type = SPAN("jenkins"),
		.field = SPAN("envs:KEY"),
		.key_id = SPAN("00112233aabbccdd"),
		.box = SPAN("box\0with\nall\xFFkinds of bytes"),
		.origins = SPAN("https://a.example:443\nhttps://b.example:8443"),
		.sealed_at = 1700000000,
	};
}

/* What the form knows by itself; the rest comes back. */
static struct kept asked(void)
{
	struct kept k = sample();

	return (struct kept){.owner = k.owner, .uid = k.uid, .type = k.type, .field = k.field};
}

static void same(const struct kept *k, const struct kept *want)
{
	ck_assert(span_eq(k->key_id, want->key_id));
	ck_assert(span_eq(k->box, want->box));
	ck_assert(span_eq(k->origins, want->origins));
	ck_assert_int_eq(k->sealed_at, want->sealed_at);
}

START_TEST(round_trip)
{
	struct kept k = sample(), back = asked();
	struct span text = kept_text(a, TOKEN, &k);

	ck_assert_int_eq(kept_read(a, TOKEN, text, &back), OK);
	same(&back, &k);
	for (size_t n = 0; n < text.n; n++)
		ck_assert_ptr_nonnull(strchr("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"
					     "0123456789-_", text.p[n]));
}
END_TEST

START_TEST(edges)
{
	struct kept k = sample(), back = asked();
	char *big = arena_alloc(a, 70000);

	k.box = span_of(big, 70000);
	k.origins = SPAN("");
	k.sealed_at = 0;
	ck_assert_int_eq(kept_read(a, TOKEN, kept_text(a, TOKEN, &k), &back), OK);
	same(&back, &k);
	k.box = SPAN("");
	k.sealed_at = INT64_MAX;
	back = asked();
	ck_assert_int_eq(kept_read(a, TOKEN, kept_text(a, TOKEN, &k), &back), OK);
	same(&back, &k);
}
END_TEST

static int read_as(struct span token, struct span text, const struct kept *as)
{
	struct kept back = *as;

	return kept_read(a, token, text, &back);
}

/* A box belongs to one session, integration, type and field. */
START_TEST(other)
{
	struct kept k = sample(), as = asked();
	struct span text = kept_text(a, TOKEN, &k);

	ck_assert_int_eq(read_as(SPAN("a session's token of some lengtH"), text, &as), E_INVALID);
	ck_assert_int_eq(read_as(SPAN("a session's token of some length "), text, &as), E_INVALID);
	as.owner = SPAN("fedcba987654321x");
	ck_assert_int_eq(read_as(TOKEN, text, &as), E_INVALID);
	as = asked();
	as.uid = SPAN("0123456789abcdeg");
	ck_assert_int_eq(read_as(TOKEN, text, &as), E_INVALID);
	as = asked();
	as.type = SPAN("gitlab");
	ck_assert_int_eq(read_as(TOKEN, text, &as), E_INVALID);
	as = asked();
	as.field = SPAN("envs:KEZ");
	ck_assert_int_eq(read_as(TOKEN, text, &as), E_INVALID);
	/* the same bytes, cut elsewhere */
	as = asked();
	as.type = SPAN("jenkinse");
	as.field = SPAN("nvs:KEY");
	ck_assert_int_eq(read_as(TOKEN, text, &as), E_INVALID);
	as = asked();
	as.uid = SPAN("0123456789abcdefj");
	as.type = SPAN("enkins");
	ck_assert_int_eq(read_as(TOKEN, text, &as), E_INVALID);
	as = asked();
	ck_assert_int_eq(read_as(TOKEN, text, &as), OK);
}
END_TEST

/* Every bit of what travels, MAC and all: a changed one is refused. */
START_TEST(every_bit)
{
	struct kept k = sample(), as = asked();
	struct span raw, text = kept_text(a, TOKEN, &k);

	ck_assert_int_eq(base64_read(a, text, KEPT_TEXT_MAX, &raw), OK);
	for (size_t n = 0; n < raw.n * 8; n++) {
		char *copy = arena_str(a, raw);
		copy[n / 8] = (char)(copy[n / 8] ^ (1 << n % 8));
		ck_assert_msg(read_as(TOKEN, base64_text(a, span_of(copy, raw.n)), &as) == E_INVALID,
			      "bit %zu", n);
	}
}
END_TEST

/* Every character of the text in the form, too, and every shorter text. */
START_TEST(every_character)
{
	struct kept k = sample(), as = asked();
	struct span text = kept_text(a, TOKEN, &k);

	for (size_t n = 0; n < text.n; n++) {
		char *copy = arena_str(a, text);
		copy[n] = copy[n] == 'A' ? 'B' : 'A';
		ck_assert_int_eq(read_as(TOKEN, span_of(copy, text.n), &as), E_INVALID);
		copy[n] = '\0';
		ck_assert_int_eq(read_as(TOKEN, span_of(copy, text.n), &as), E_INVALID);
		ck_assert_int_eq(read_as(TOKEN, span_of(text.p, n), &as), E_INVALID);
	}
	ck_assert_int_eq(read_as(TOKEN, arena_printf(a, "%.*sA", SPAN_ARG(text)), &as), E_INVALID);
	ck_assert_int_eq(read_as(TOKEN, arena_printf(a, "%.*s=", SPAN_ARG(text)), &as), E_INVALID);
	ck_assert_int_eq(read_as(TOKEN, arena_printf(a, " %.*s", SPAN_ARG(text)), &as), E_INVALID);
}
END_TEST

START_TEST(nonsense)
{
	static const struct span TEXTS[] = {SPAN(""), SPAN("A"), SPAN("AAAA"), SPAN("not base64 !"),
					    SPAN("\xFF\xFF"), SPAN("====")};
	struct kept as = asked();
	char *big = arena_alloc(a, 4 << 20);

	for (size_t k = 0; k < COUNT(TEXTS); k++)
		ck_assert_int_eq(read_as(TOKEN, TEXTS[k], &as), E_INVALID);
	memset(big, 'A', 4 << 20);
	ck_assert_int_eq(read_as(TOKEN, span_of(big, 4 << 20), &as), E_INVALID);
}
END_TEST

/* What has the right MAC and is no kept box all the same (it can't be ours) is refused, not misread. */
static const struct span INSIDES[] = {
	SPAN(""), SPAN("\n"), SPAN("1\n0011223344556677\n"), SPAN("1\n0011223344556677\n5\nabcd"),
	SPAN("x\n0011223344556677\n0\n"), SPAN("-1\n0011223344556677\n0\n"),
	SPAN("1\n001122334455667\n0\n"), SPAN("1\n0011223344556677\n99999999999999999999\n"),
	SPAN("1\n0011223344556677\n9223372036854775807\nabc"), SPAN("1\n0011223344556677\n-1\nabc"),
	SPAN("1\n0011223344556677\n \nabc"),
};

START_TEST(signed_nonsense)
{
	struct kept as = asked();
	unsigned char mac[HASH_BYTES];
	struct span all = arena_printf(a, "kept:%zu:%zu:%zu:%zu:%.*s%.*s%.*s%.*s", as.owner.n,
				       as.uid.n, as.type.n, as.field.n, SPAN_ARG(as.owner),
				       SPAN_ARG(as.uid), SPAN_ARG(as.type), SPAN_ARG(as.field));
	struct span good = SPAN("7\n0011223344556677\n2\nokbox"), in = INSIDES[_i];
	struct buf b = BUF_INIT;

	for (int round = 0; round < 2; round++, in = good) {
		buf_put(&b, all);
		buf_put(&b, in);
		mac_bytes(TOKEN, buf_span(&b), mac);
		buf_reset(&b);
		buf_put(&b, span_of((const char *)mac, sizeof(mac)));
		buf_put(&b, in);
		/* the second round proves that the MAC was made rightly here */
		ck_assert_int_eq(read_as(TOKEN, base64_text(a, buf_span(&b)), &as),
				 round ? OK : E_INVALID);
		buf_reset(&b);
	}
	buf_release(&b);
}
END_TEST

Suite *page_kept_suite(void)
{
	Suite *s = suite_create("page_kept");
	TCase *c = tcase_create("kept");

	tcase_add_checked_fixture(c, set_up, tear_down);
	tcase_add_test(c, round_trip);
	tcase_add_test(c, edges);
	tcase_add_test(c, other);
	tcase_add_test(c, every_bit);
	tcase_add_test(c, every_character);
	tcase_add_test(c, nonsense);
	tcase_add_loop_test(c, signed_nonsense, 0, (int)COUNT(INSIDES));
	suite_add_tcase(s, c);
	return s;
}
