/* types.c: the type files as they are, and faulty ones. */
#include "unit/suites.h"

#include <fcntl.h>
#include <ini.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/arena.h"
#include "base/buf.h"
#include "base/file.h"
#include "core/url.h"
#include "types/read.h"

#ifndef TYPES_DIR
#define TYPES_DIR "src/types" /* the tests run in the repository's root */
#endif

/* Every field and URL of every type, in the form's order: a change of a kind here is a change of
 * what is secret, and must be meant. '*' = required. */
static const struct {
	const char *name, *family, *icon, *holds;
} EXPECTED[] = {
	{"amazonKeys", "Clouds", "brand-aws", "accessKey:secret:1024* secretKey:secret:1024*"},
	{"dockerRegistryLogin", "Registries", "brand-docker",
	 "url=https://index.docker.io/v1/*+ username:text:255* password:secret:1024* email:text:255"},
	{"github", "Source hosts", "brand-github",
	 "url=https://api.github.com*+ token:secret:1024*"},
	{"gitlab", "Source hosts", "brand-gitlab",
	 "url=https://gitlab.com/api/v4*+ token:secret:1024*"},
	{"jenkins", "CI tools", "rocket", "apiUrl*+ username:text:255* password:secret:1024*"},
	{"keyValuePair", "Values", "list-details", "envs:pairs:4096*"},
	{"pemKey", "Keys", "certificate", "key:secret-lines:32768*"},
	{"slackKey", "Chat and hooks", "brand-slack", "webhookUrl:secret-url:2000*"},
	{"sshKey", "Keys", "key", "publicKey:lines:16384* privateKey:secret-lines:32768*"},
	{"webhookV2", "Chat and hooks", "webhook",
	 "webhookURL:secret-url:2000* authorization:secret:1024"},
};

static const char *const KIND_TEXT[] = {"text", "lines", "secret", "secret-lines", "secret-url",
					"pairs"};

static struct span describe(struct arena *a, const struct type *t)
{
	struct buf b = BUF_INIT;
	struct span s;

	for (size_t i = 0; i < t->nurls; i++)
		buf_printf(&b, "%.*s%s%.*s%s%s ", SPAN_ARG(t->urls[i].key),
			   t->urls[i].preset.n ? "=" : "", SPAN_ARG(t->urls[i].preset),
			   t->urls[i].required ? "*" : "", t->more_urls ? "+" : "");
	for (size_t i = 0; i < t->nfields; i++)
		buf_printf(&b, "%.*s:%s:%zu%s ", SPAN_ARG(t->fields[i].name),
			   KIND_TEXT[t->fields[i].kind], t->fields[i].most,
			   t->fields[i].required ? "*" : "");
	s = arena_span(a, span_trim(buf_span(&b)));
	buf_release(&b);
	return s;
}

START_TEST(type_files_say_what_they_should)
{
	struct arena *a = arena_new();
	struct type_catalogue c;
	const struct type *t;

	ck_assert_int_eq(types_read(a, TYPES_DIR, &c), OK);
	ck_assert_uint_eq(c.n, COUNT(EXPECTED));
	t = type_find(&c, span_str(EXPECTED[_i].name));
	ck_assert_ptr_nonnull(t);
	ck_assert(span_is(t->family, EXPECTED[_i].family));
	ck_assert(span_is(t->icon, EXPECTED[_i].icon));
	ck_assert_str_eq(describe(a, t).p, EXPECTED[_i].holds);
	ck_assert_uint_gt(t->help.n, 20);
	for (size_t i = 0; i < t->nfields; i++) {
		ck_assert_ptr_eq(type_field_find(t, t->fields[i].name), &t->fields[i]);
		/* an example of a secret would be somebody's secret one day */
		ck_assert(!field_is_secret(t->fields[i].kind) ||
			  t->fields[i].kind == FIELD_SECRET_URL || t->fields[i].example.n == 0);
	}
	ck_assert_ptr_null(type_field_find(t, SPAN("nonsense")));
	ck_assert_ptr_null(type_field_find(t, SPAN("")));
	arena_free(a);
}
END_TEST

START_TEST(catalogue_is_sorted_by_label)
{
	static const char *const LABELS[] = {"AWS Keys", "Docker Registry", "GitHub", "GitLab",
					     "Jenkins", "Key-Value pairs", "PEM Key", "Slack",
					     "SSH Key", "Webhook"};
	struct arena *a = arena_new();
	struct type_catalogue c;

	ck_assert_int_eq(types_read(a, TYPES_DIR, &c), OK);
	ck_assert_uint_eq(c.n, COUNT(LABELS));
	for (size_t i = 0; i < c.n; i++)
		ck_assert(span_is(c.list[i].label, LABELS[i]));
	ck_assert_ptr_null(type_find(&c, SPAN("Jenkins")));
	ck_assert_ptr_null(type_find(&c, SPAN("")));
	arena_free(a);
}
END_TEST

/* The passwords and keys of the files' own words are secret, whatever a file says later. */
START_TEST(every_credential_is_secret)
{
	static const char *const WORDS[] = {"password", "token", "secret", "private", "webhook",
					    "authorization", "accesskey"};
	struct arena *a = arena_new();
	struct type_catalogue c;

	ck_assert_int_eq(types_read(a, TYPES_DIR, &c), OK);
	for (size_t i = 0; i < c.n; i++)
		for (size_t f = 0; f < c.list[i].nfields; f++)
			for (size_t w = 0; w < COUNT(WORDS); w++)
				ck_assert(!strcasestr(c.list[i].fields[f].name.p, WORDS[w]) ||
					  field_is_secret(c.list[i].fields[f].kind));
	arena_free(a);
}
END_TEST

/* A folder of this test's own, and what was logged meanwhile. */
static char folder[] = "/tmp/signet-types-XXXXXX", noise[64];
static int stderr_kept = -1;

static void folder_make(void)
{
	ck_assert_ptr_nonnull(mkdtemp(folder));
	snprintf(noise, sizeof(noise), "%s/log", folder);
}

static void folder_remove(void)
{
	static const char *const FILES[] = {"t.ini", "u.ini", "log", ".hidden.ini", "note.txt"};
	char path[96];

	for (size_t i = 0; i < COUNT(FILES); i++) {
		snprintf(path, sizeof(path), "%s/%s", folder, FILES[i]);
		unlink(path);
	}
	rmdir(folder);
	memcpy(folder + strlen(folder) - 6, "XXXXXX", 6);
}

static void file_write(const char *name, struct span text)
{
	char path[96];
	FILE *f;

	snprintf(path, sizeof(path), "%s/%s", folder, name);
	f = fopen(path, "w");
	ck_assert_ptr_nonnull(f);
	ck_assert_uint_eq(fwrite(text.p, 1, text.n, f), text.n);
	fclose(f);
}

/* types_read() of the folder; *said is what it logged. */
static int read_folder(struct arena *a, struct type_catalogue *c, struct span *said)
{
	int fd = open(noise, O_RDWR | O_CREAT | O_TRUNC, 0600), rc;

	ck_assert_int_ge(fd, 0);
	stderr_kept = dup(STDERR_FILENO);
	dup2(fd, STDERR_FILENO);
	rc = types_read(a, folder, c);
	dup2(stderr_kept, STDERR_FILENO);
	close(stderr_kept);
	close(fd);
	ck_assert_int_eq(file_read(a, noise, 65536, said), OK);
	return rc;
}

#define T "[type]\nname = t\nlabel = T\nfamily = F\nicon = key\nhelp = What it is for.\n"
#define U "[url apiUrl]\nrequired = yes\n"
#define F "[field token]\nlabel = Token\nkind = secret\n"
#define U_NAMED(label) \
	"[type]\nname = u\nlabel = " label "\nfamily = F\nicon = i\nhelp = h\n" F
#define TEN "0123456789"
#define HUNDRED TEN TEN TEN TEN TEN TEN TEN TEN TEN TEN
#define THOUSAND HUNDRED HUNDRED HUNDRED HUNDRED HUNDRED HUNDRED HUNDRED HUNDRED HUNDRED HUNDRED

static const struct span SOUND[] = {
	SPAN(T F), SPAN(T U), SPAN(U F T), SPAN("; note\n# note\n\n" T "  " F),
	SPAN(T F "most = 1"),
	SPAN(T U F "required = no\nmost = 65536\nexample = x\nhelp = y"),
	SPAN(T "more_urls = no\n" F),
	SPAN(T "ci_family = hub\nci_type = x_1\nresource = image\n" F), SPAN(T "ci_family = hub\n" F),
	SPAN(T "resource = a  b c d e f g h i j k l m n o p\n" F),
	SPAN(T "more_urls = yes\n" U), SPAN(T F "help = " THOUSAND THOUSAND THOUSAND HUNDRED "\n"),
	SPAN(T "[field a123456789012345678901234567890123456789]\nlabel = x\nkind = text"),
};

START_TEST(sound_files)
{
	struct arena *a = arena_new();
	struct type_catalogue c;
	struct span said;

	file_write("t.ini", SOUND[_i]);
	file_write(".hidden.ini", SPAN("nonsense"));
	file_write("note.txt", SPAN("nonsense"));
	ck_assert_msg(read_folder(a, &c, &said) == OK, "%s", said.p);
	ck_assert_uint_eq(c.n, 1);
	ck_assert_uint_eq(said.n, 0);
	arena_free(a);
}
END_TEST

static const struct {
	struct span text;
	const char *says;
} FAULTY[] = {
	{SPAN(""), "no [type]"},
	{SPAN(F), "no [type]"},
	{SPAN(T), "neither a field nor a URL"},
	{SPAN(T T F), "stands twice"},
	{SPAN(T F T), "[type] stands twice"},
	{SPAN(T F F), "stands twice"},
	{SPAN(T F U F), "[field token] the name is taken"},
	{SPAN(T U F U), "[url apiUrl] the name is taken"},
	{SPAN(T U "[field APIURL]\nlabel = x\nkind = text"), "the name is taken"},
	{SPAN(T F "[url Token]\nrequired = no"), "the name is taken"},
	{SPAN(T F "[field more]\n"), "empty or stands twice"},
	{SPAN(T F "[url more]\n"), "empty or stands twice"},
	{SPAN(T F "label = again"), "label stands twice"},
	{SPAN(T F "secret = yes"), "no key secret"},
	{SPAN(T F "Kind = text"), "no key Kind"},
	{SPAN(T F "more_urls = yes"), "no key more_urls"},
	{SPAN(T "kind = text\n" F), "no key kind"},
	{SPAN(T U "kind = text\n"), "no key kind"},
	{SPAN("label = x\n" T F), "no key label"},
	{SPAN(T "[field token]\nlabel = Token\nkind = secert\n"), "no kind secert"},
	{SPAN(T "[field token]\nlabel = Token\nkind = Secret\n"), "no kind Secret"},
	{SPAN(T "[field token]\nlabel = Token\nkind = secret ; really\n"), "no kind secret ;"},
	{SPAN(T "[field token]\nlabel = Token\n"), "kind is missing"},
	{SPAN(T "[field token]\nkind = secret\n"), "label is missing"},
	{SPAN(T "[field token]\nkind = secret\n" U), "[field token] label is missing"},
	{SPAN(T "[field token]\nlabel =\nkind = secret\n"), "label is empty"},
	{SPAN("[type]\nname = t\nlabel = T\nfamily = F\nicon = key\n" F), "help is missing"},
	{SPAN("[type]\nname = t\nlabel = T\nicon = key\nhelp = x\n" F), "family is missing"},
	{SPAN("[type]\nname = t\nlabel = T\nfamily = F\nhelp = x\n" F), "icon is missing"},
	{SPAN("[type]\nname = t\nfamily = F\nicon = key\nhelp = x\n" F), "label is missing"},
	{SPAN("[type]\nlabel = T\nfamily = F\nicon = key\nhelp = x\n" F), "name is missing"},
	{SPAN("[type]\nname = other\nlabel = T\nfamily = F\nicon = key\nhelp = x\n" F),
	 "is not the file's"},
	{SPAN("[type]\nname = t\nlabel = T\nfamily = F\nicon = a/b\nhelp = x\n" F), "the icon"},
	{SPAN("[type]\nname = t\nlabel = " HUNDRED "\nfamily = F\nicon = a\nhelp = x\n" F),
	 "longer than 60"},
	{SPAN(T F "required = true"), "neither yes nor no"},
	{SPAN(T "more_urls = 1\n" F), "neither yes nor no"},
	{SPAN(T "ci_type = x\n" F), "ci_type, but no ci_family"},
	{SPAN(T "ci_family = a b\n" F), "a b is no word"},
	{SPAN(T "resource = x: y\n" F), "x: is no word"},
	{SPAN(T F "resource = x"), "no key resource"},
	{SPAN(T "resource = a b c d e f g h i j k l m n o p q\n" F), "one resource too many"},
	{SPAN(T "more_urls = yes\n" F), "no [url KEY]"},
	{SPAN(T F "most = 0"), "most is no number"},
	{SPAN(T F "most = -1"), "most is no number"},
	{SPAN(T F "most = 65537"), "most is no number"},
	{SPAN(T F "most = 1k"), "most is no number"},
	{SPAN(T "[field u]\nlabel = U\nkind = secret-url\nmost = 2001"), "from 1 to 2000"},
	{SPAN(T "[field u]\nlabel = U\nkind = secret-url\nexample = x"),
	 "example: Write the whole"},
	{SPAN(T U "preset = ftp://x.example"), "preset: Use a URL"},
	{SPAN(T U "example = https://u@x.example"), "example: Take out the user"},
	{SPAN(T "[url 1x]\nrequired = no"), "no key of a URL"},
	{SPAN(T "[url a b]\nrequired = no"), "no key of a URL"},
	{SPAN(T "[url]\nrequired = no"), "no [type], [url KEY]"},
	{SPAN(T "[url ]\nrequired = no"), "no key of a URL"},
	{SPAN(T "[field]\nlabel = x"), "no [type], [url KEY]"},
	{SPAN(T "[field a-b]\nlabel = x\nkind = text"), "a field's name"},
	{SPAN(T "[field  a]\nlabel = x\nkind = text"), "a field's name"},
	{SPAN(T "[fields a]\nlabel = x\nkind = text"), "no [type], [url KEY]"},
	{SPAN(T "[type x]\nlabel = x"), "no [type], [url KEY]"},
	{SPAN(T "[field a1234567890123456789012345678901234567890123456789]\nlabel = x\n"),
	 "longer than 48"},
	{SPAN(T F "bare words"), "line 10 is wrong"},
	{SPAN(T F "[field x\nlabel = x"), "no end of it"},
	{SPAN(T "[field a] kind = text\nlabel = x\nkind = secret\n"), "text behind"},
	{SPAN(T F "help = a\r\n"), "control character"},
	{SPAN(T F "help = a\0b\n"), "control character"},
	{SPAN(T F "help = \xFF\n"), "no UTF-8"},
	{SPAN("\xEF\xBB\xBF" T F), "empty or stands twice"},
	{SPAN(T F "help = one\n two\n"), "is wrong"},
	{SPAN(T F "help = " THOUSAND THOUSAND THOUSAND THOUSAND "\n"), "line is longer"},
};

START_TEST(faulty_files)
{
	const char *says = FAULTY[_i].says;
	struct arena *a = arena_new();
	struct type_catalogue c = {NULL, 77};
	struct span said;

	file_write("t.ini", FAULTY[_i].text);
	ck_assert_int_eq(read_folder(a, &c, &said), E_INVALID);
	ck_assert_uint_eq(c.n, 77);
	ck_assert_msg(strstr(said.p, says) != NULL, "wanted \"%s\", got: %s", says, said.p);
	ck_assert_ptr_nonnull(strstr(said.p, "/t.ini: "));
	arena_free(a);
}
END_TEST

START_TEST(one_faulty_file_spoils_all)
{
	struct arena *a = arena_new();
	struct type_catalogue c;
	struct span said;

	file_write("t.ini", SPAN(T F));
	file_write("u.ini", SPAN(U_NAMED("t")));
	ck_assert_int_eq(read_folder(a, &c, &said), E_INVALID);
	ck_assert_ptr_nonnull(strstr(said.p, "have the same label"));
	file_write("u.ini", SPAN(U_NAMED("A")));
	ck_assert_int_eq(read_folder(a, &c, &said), OK);
	ck_assert_uint_eq(c.n, 2);
	ck_assert(span_is(c.list[0].name, "u"));
	file_write("u.ini", SPAN("[type]\n"));
	ck_assert_int_eq(read_folder(a, &c, &said), E_INVALID);
	arena_free(a);
}
END_TEST

START_TEST(no_folder_no_file)
{
	struct arena *a = arena_new();
	struct type_catalogue c;
	struct span said;

	ck_assert_int_eq(read_folder(a, &c, &said), E_NOT_FOUND);
	ck_assert_int_eq(types_read(a, "/nonexistent", &c), E_NOT_FOUND);
	arena_free(a);
}
END_TEST

START_TEST(a_huge_file_is_refused)
{
	struct arena *a = arena_new();
	struct type_catalogue c;
	struct span said, text = span_of(arena_alloc(a, 40000), 40000);

	memset((char *)text.p, '\n', text.n);
	memcpy((char *)text.p, T F, strlen(T F));
	file_write("t.ini", text);
	ck_assert_int_eq(read_folder(a, &c, &said), E_INVALID);
	ck_assert_ptr_nonnull(strstr(said.p, "too big"));
	arena_free(a);
}
END_TEST

/* The configuration is read by the same library, whose settings are the whole process's. */
START_TEST(the_library_is_left_as_found)
{
	struct arena *a = arena_new();
	struct type_catalogue c;
	int line = ini_max_line, initial = ini_initial_alloc;
	bool stack = ini_use_stack, many = ini_allow_multiline, stop = ini_stop_on_first_error;
	bool grow = ini_allow_realloc, comments = ini_allow_inline_comments;

	ck_assert_int_eq(types_read(a, TYPES_DIR, &c), OK);
	ck_assert(line == ini_max_line && initial == ini_initial_alloc);
	ck_assert(stack == ini_use_stack && many == ini_allow_multiline);
	ck_assert(stop == ini_stop_on_first_error && grow == ini_allow_realloc);
	ck_assert(comments == ini_allow_inline_comments);
	arena_free(a);
}
END_TEST

Suite *types_suite(void)
{
	Suite *s = suite_create("types");
	TCase *real = tcase_create("real"), *made = tcase_create("made");

	tcase_add_loop_test(real, type_files_say_what_they_should, 0, (int)COUNT(EXPECTED));
	tcase_add_test(real, catalogue_is_sorted_by_label);
	tcase_add_test(real, every_credential_is_secret);
	tcase_add_test(real, the_library_is_left_as_found);
	suite_add_tcase(s, real);
	/* unchecked: it cleans up after a test that failed, too */
	tcase_add_unchecked_fixture(made, folder_make, folder_remove);
	tcase_add_loop_test(made, sound_files, 0, (int)COUNT(SOUND));
	tcase_add_loop_test(made, faulty_files, 0, (int)COUNT(FAULTY));
	tcase_add_test(made, a_huge_file_is_refused);
	tcase_add_test(made, one_faulty_file_spoils_all);
	suite_add_tcase(s, made);
	real = tcase_create("empty");
	tcase_add_unchecked_fixture(real, folder_make, folder_remove);
	tcase_add_test(real, no_folder_no_file);
	suite_add_tcase(s, real);
	return s;
}
