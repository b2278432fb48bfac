/* view_load.c: what view_load() must refuse, and what no template may have. */
#include "unit/suites.h"

#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "base/file.h"
#include "base/log.h"
#include "view/view.h"

static struct arena *arena;

/* A copy of templates/ in `folder`, where the file `bad` ends with `text` or lacks its first line. */
static void copy_templates(const char *folder, const char *bad, const char *text, bool keep_pragma)
{
	DIR *d = opendir("templates");
	struct dirent *e;

	ck_assert_ptr_nonnull(d);
	while ((e = readdir(d)) != NULL) {
		char path[512];
		struct span body, pragma;
		FILE *f;

		if (!strstr(e->d_name, ".tpl"))
			continue;
		snprintf(path, sizeof(path), "templates/%s", e->d_name);
		ck_assert_int_eq(file_read(arena, path, 1 << 20, &body), OK);
		snprintf(path, sizeof(path), "%s/%s", folder, e->d_name);
		f = fopen(path, "w");
		ck_assert_ptr_nonnull(f);
		if (strcmp(e->d_name, bad) == 0) {
			if (!keep_pragma)
				span_cut(&body, '\n', &pragma);
			fwrite(body.p, 1, body.n, f);
			fputs(text, f);
		} else {
			fwrite(body.p, 1, body.n, f);
		}
		fclose(f);
	}
	closedir(d);
}

static void remove_templates(const char *folder)
{
	DIR *d = opendir(folder);
	struct dirent *e;

	while (d && (e = readdir(d)) != NULL)
		unlinkat(dirfd(d), e->d_name, 0);
	if (d)
		closedir(d);
	rmdir(folder);
}

START_TEST(load_refuses)
{
	static const struct {
		const char *bad, *text;
		bool keep_pragma;
		int want;
	} CASES[] = {
		{"", "", true, OK},
		{"list.tpl", "", false, E_INVALID},
		{"home.tpl", "\n{{NAME:none}}", true, E_INVALID},
		{"home.tpl", "\n{{#UNCLOSED}}", true, E_INVALID},
		{"home.tpl", "\n<a href={{NAME}}>x</a>", true, E_INVALID},
	};
	char folder[] = "/tmp/signet-view-XXXXXX";
	struct view_frame frame = {.title = SPAN("x")};
	struct buf out = BUF_INIT;
	const char *made = mkdtemp(folder);

	ck_assert_ptr_nonnull(made);
	for (size_t i = 0; i < COUNT(CASES); i++) {
		int rc;

		copy_templates(folder, CASES[i].bad, CASES[i].text, CASES[i].keep_pragma);
		rc = view_load(folder);
		if (rc != CASES[i].want)
			remove_templates(folder);
		ck_assert_msg(rc == CASES[i].want, "case %zu: %d", i, rc);
	}
	remove_templates(folder);
	ck_assert_int_eq(view_load(folder), E_INVALID);
	/* A folder that fails leaves the templates of before in force. */
	ck_assert_int_eq(view_home(&out, arena, &frame), OK);
	buf_release(&out);
}
END_TEST

/* What auto-escaping cannot make safe may not stand in a template at all. */
START_TEST(templates_keep_the_rules)
{
	static const char *const NEVER[] = {" style=", "<style", " on", "formaction", "xlink:href",
					    "srcset", "<script>", "javascript:", "hx-post=\"{",
					    "hx-get=\"{"};
	DIR *d = opendir("templates");
	struct dirent *e;
	int seen = 0;

	ck_assert_ptr_nonnull(d);
	while ((e = readdir(d)) != NULL) {
		char path[512];
		struct span text;

		if (!strstr(e->d_name, ".tpl"))
			continue;
		snprintf(path, sizeof(path), "templates/%s", e->d_name);
		ck_assert_int_eq(file_read(arena, path, 1 << 20, &text), OK);
		ck_assert(span_starts(text, SPAN("{{%AUTOESCAPE context=\"HTML\"}}\n")));
		for (size_t i = 0; i < COUNT(NEVER); i++) {
			const char *at = memmem(text.p, text.n, NEVER[i], strlen(NEVER[i]));

			/* " on" is a handler only before "=". */
			while (at && strcmp(NEVER[i], " on") == 0 &&
			       at[3 + strspn(at + 3, "abcdefghijklmnopqrstuvwxyz")] != '=')
				at = memmem(at + 3, text.n - (size_t)(at + 3 - text.p), " on", 3);
			ck_assert_msg(at == NULL, "%s has %s", e->d_name, NEVER[i]);
		}
		seen++;
	}
	closedir(d);
	ck_assert_int_ge(seen, 10);
}
END_TEST

static void setup(void)
{
	log_init("check", LOG_ERROR);
	arena = arena_new();
}

static void teardown(void)
{
	arena_free(arena);
}

Suite *view_load_suite(void)
{
	Suite *s = suite_create("view_load");
	TCase *tc = tcase_create("view_load");

	tcase_add_checked_fixture(tc, setup, teardown);
	tcase_add_test(tc, load_refuses);
	tcase_add_test(tc, templates_keep_the_rules);
	suite_add_tcase(s, tc);
	return s;
}
