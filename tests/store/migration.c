/* migration.c: bringing a schema up to date, in a database of the test's own. */
#include "store/fixture.h"

#include <ctype.h>
#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "base/file.h"
#include "seal/hash.h"
#include "store/migration.h"
#include "store/schema.h"

#define DATABASE "signet_migration_test"

static char folder[32];
/* A file of the version that the program needs, and of the one after it. */
static char now_file[32], next_file[32];
static struct db_options options;
static struct db *db;

static void write_file(const char *name, const char *text)
{
	FILE *f = fopen(arena_printf(t.a, "%s/%s", folder, name).p, "w");

	ck_assert_ptr_nonnull(f);
	fputs(text, f);
	ck_assert_int_eq(fclose(f), 0);
}

static void migration_set_up(void)
{
	store_set_up();
	snprintf(folder, sizeof(folder), "/tmp/signet-sql-XXXXXX");
	ck_assert_ptr_nonnull(mkdtemp(folder));
	sql_run("CREATE OR REPLACE DATABASE " DATABASE);
	snprintf(now_file, sizeof(now_file), "%04d_a.sql", SCHEMA_VERSION);
	snprintf(next_file, sizeof(next_file), "%04d_b.sql", SCHEMA_VERSION + 1);
	options = options_of("signet_test");
	options.database = DATABASE;
	db = db_new(&options);
	write_file("grants.sql", "-- none\n");
}

static void migration_tear_down(void)
{
	const char *const FILES[] = {"grants.sql", now_file, next_file, "README"};

	for (size_t k = 0; k < COUNT(FILES); k++)
		unlink(arena_printf(t.a, "%s/%s", folder, FILES[k]).p);
	rmdir(folder);
	db_close(db);
	sql_run("DROP DATABASE " DATABASE);
	store_tear_down();
}

static int migrate(void)
{
	return store_migrate(db, t.a, folder, DATABASE, hash_bytes);
}

/* All of the schema, as one text. */
static const char *schema(void)
{
	sql_run("SET SESSION group_concat_max_len = 1000000");
	return sql_text("SELECT MD5(CONCAT("
			" (SELECT GROUP_CONCAT(CONCAT_WS('|', table_name, column_name, column_type,"
			"   is_nullable, column_default, collation_name, column_key) ORDER BY 1)"
			"   FROM information_schema.columns WHERE table_schema = '" DATABASE "'),"
			" (SELECT GROUP_CONCAT(CONCAT_WS('|', table_name, constraint_name, delete_rule)"
			"   ORDER BY 1) FROM information_schema.referential_constraints"
			"   WHERE constraint_schema = '" DATABASE "'),"
			" (SELECT GROUP_CONCAT(CONCAT_WS('|', version, statement, HEX(checksum))"
			"   ORDER BY version, statement) FROM " DATABASE ".migration)))");
}

/* The product's own files, all of them, in the folder and applied. */
static void real_files(void)
{
	const char *source = getenv("SIGNET_TEST_SQL");
	struct dirent **list;
	struct span text;
	int n = scandir(source ? source : "sql", &list, NULL, alphasort);

	ck_assert_int_gt(n, 0);
	for (int k = 0; k < n; k++) {
		const char *name = list[k]->d_name;
		if (isdigit((unsigned char)name[0])) {
			const char *from = arena_printf(t.a, "%s/%s", source ? source : "sql", name).p;
			ck_assert_int_eq(file_read(t.a, from, 1 << 20, &text), OK);
			write_file(name, arena_str(t.a, text));
		}
		free(list[k]);
	}
	free(list);
	ck_assert_int_eq(migrate(), OK);
}

static void real_files_remove(void)
{
	struct dirent **list;
	int n = scandir(folder, &list, NULL, alphasort);

	for (int k = 0; k < n; k++) {
		unlink(arena_printf(t.a, "%s/%s", folder, list[k]->d_name).p);
		free(list[k]);
	}
	free(list);
}

START_TEST(twice_is_once)
{
	const char *before;

	real_files();
	before = schema();
	ck_assert_int_gt(sql_number("SELECT COUNT(*) FROM " DATABASE ".migration"), 15);
	ck_assert_int_eq(store_schema_check(db, t.a), OK);
	for (int k = 0; k < 2; k++)
		ck_assert_int_eq(migrate(), OK);
	ck_assert_str_eq(schema(), before);
	/* and is the same as the one that all other tests run on */
	ck_assert_int_eq(sql_number("SELECT COUNT(*) FROM information_schema.columns WHERE table_schema ="
				    " '" DATABASE "'"),
			 sql_number("SELECT COUNT(*) FROM information_schema.columns WHERE table_schema ="
				    " DATABASE() AND table_name <> 'scratch'"));
	real_files_remove();
}
END_TEST

/* Files that were synced before there were counts. */
START_TEST(uses_are_counted)
{
	real_files();
	sql_run("DROP TABLE " DATABASE ".name_use");
	sql_run("DELETE FROM " DATABASE ".migration WHERE version = 15");
	sql_run("INSERT INTO " DATABASE ".subscription (id, uid, slug, name, created_at) VALUES"
		" (1, REPEAT('a', 16), 'a', 'a', 1), (2, REPEAT('b', 16), 'b', 'b', 1)");
	sql_run("SET FOREIGN_KEY_CHECKS = 0");
	for (int k = 0; k < 6; k++) {
		static const char *const NAMES[] = {"hub", "hub", "hub ", "hub", "git", "$x"};

		sql_run("INSERT INTO " DATABASE ".reference (file_id, n, subscription_id, project_id,"
			" line, col, kind, is_dynamic, ref_key, consumer, name) VALUES"
			" (1, %d, %d, 1, 1, 1, 1, %d, '', '', '%s')",
			k, k == 3 ? 2 : 1, k == 5, NAMES[k]);
	}
	sql_run("SET FOREIGN_KEY_CHECKS = 1");
	ck_assert_int_eq(migrate(), OK);
	ck_assert_str_eq(sql_text("SELECT GROUP_CONCAT(CONCAT_WS(' ', subscription_id, name, uses)"
				  " ORDER BY 1) FROM " DATABASE ".name_use"),
			 "1 git 1,1 hub 2,2 hub 1");
	real_files_remove();
}
END_TEST

/* Cut off after each statement, before or after it was noted: run again, it ends the same. */
START_TEST(cut_off_anywhere)
{
	const char *want;

	real_files();
	want = schema();
	for (int64_t v = 1; v <= SCHEMA_VERSION; v++) {
		int64_t n = sql_number("SELECT COUNT(*) FROM " DATABASE ".migration WHERE version = %ld", v);
		for (int64_t k = 1; k < n; k++) {
			sql_run("DELETE FROM " DATABASE ".migration WHERE version > %ld OR"
				" (version = %ld AND (statement = 0 OR statement >= %ld))", v, v, k);
			ck_assert_int_eq(store_schema_check(db, t.a), E_CONFLICT);
			ck_assert_int_eq(migrate(), OK);
			ck_assert_str_eq(schema(), want);
		}
	}
	real_files_remove();
}
END_TEST

/* What was added before the run was cut off is not added again; what fails otherwise still fails. */
START_TEST(added_before)
{
	write_file(now_file, "CREATE TABLE IF NOT EXISTS a (id INT);\nALTER TABLE a ADD COLUMN x INT;\n"
			     "ALTER TABLE a ADD KEY a_x (x);\n");
	ck_assert_int_eq(migrate(), OK);
	sql_run("DELETE FROM " DATABASE ".migration WHERE statement IN (0, 2, 3)");
	ck_assert_int_eq(migrate(), OK);
	sql_run("INSERT INTO " DATABASE ".a VALUES (1, 1), (1, 2)");
	write_file(next_file, "ALTER TABLE a ADD UNIQUE KEY a_id (id);\n");
	ck_assert_int_ne(migrate(), OK);
}
END_TEST

/* The same from an empty database: the server goes away after k statements. */
START_TEST(broken_off)
{
	write_file(now_file, "CREATE TABLE IF NOT EXISTS a (id INT);\n"
				 "-- a word; about it\n"
				 "CREATE TABLE IF NOT EXISTS b (\n  id INT);\n\n"
				 "BROKEN HERE;\n"
				 "CREATE TABLE IF NOT EXISTS c (id INT);\n");
	ck_assert_int_eq(migrate(), E_BUG);
	ck_assert_int_eq(sql_number("SELECT GROUP_CONCAT(statement) = '1,2' FROM " DATABASE ".migration"),
			 1);
	ck_assert_int_eq(store_schema_check(db, t.a), E_CONFLICT);
	write_file(now_file, "CREATE TABLE IF NOT EXISTS a (id INT);\n"
				 "CREATE TABLE IF NOT EXISTS b (\nid INT);\n"
				 "CREATE TABLE IF NOT EXISTS d (id INT);\n");
	ck_assert_int_eq(migrate(), OK);
	ck_assert_str_eq(sql_text("SELECT GROUP_CONCAT(table_name ORDER BY 1) FROM"
				  " information_schema.tables WHERE table_schema = '" DATABASE "'"),
			 "a,b,d,migration");
	ck_assert_int_eq(store_schema_check(db, t.a), OK);
}
END_TEST

START_TEST(changed_file)
{
	write_file(now_file, "CREATE TABLE IF NOT EXISTS a (id INT);\n");
	ck_assert_int_eq(migrate(), OK);
	write_file(now_file, "CREATE TABLE IF NOT EXISTS a (id INT, x INT);\n");
	ck_assert_int_eq(migrate(), E_CONFLICT);
	/* also by a statement behind the others, and one that was cut off */
	sql_run("DELETE FROM " DATABASE ".migration WHERE statement = 0");
	ck_assert_int_eq(migrate(), E_CONFLICT);
	ck_assert_int_eq(sql_number("SELECT COUNT(*) FROM information_schema.columns WHERE table_schema ="
				    " '" DATABASE "' AND table_name = 'a'"), 1);
}
END_TEST

static const char *const UNFINISHED[] = {
	"CREATE TABLE IF NOT EXISTS a (id INT)",
	"CREATE TABLE IF NOT EXISTS b (id INT);\nCREATE TABLE IF NOT EXISTS a (id INT)\n",
	"CREATE TABLE IF NOT EXISTS a (id INT); -- why\n",
};

/* A file without its last ';' would else count as done, and its last table be missing. */
START_TEST(unfinished_file)
{
	write_file(now_file, UNFINISHED[_i]);
	ck_assert_int_eq(migrate(), E_INVALID);
	ck_assert_int_eq(store_schema_check(db, t.a), E_CONFLICT);
}
END_TEST

START_TEST(order_and_names)
{
	write_file(next_file, "ALTER TABLE a ADD COLUMN x INT;\n");
	write_file(now_file, "CREATE TABLE IF NOT EXISTS a (id INT);\n");
	write_file("README", "BROKEN;\n");
	ck_assert_int_eq(migrate(), OK);
	/* a database that is ahead of the program is refused as well as one behind */
	ck_assert_int_eq(store_schema_check(db, t.a), E_CONFLICT);
	sql_run("DELETE FROM " DATABASE ".migration WHERE version = %d", SCHEMA_VERSION + 1);
	ck_assert_int_eq(store_schema_check(db, t.a), OK);
}
END_TEST

START_TEST(no_files)
{
	ck_assert_int_eq(migrate(), E_NOT_FOUND);
	ck_assert_int_eq(store_schema_check(db, t.a), E_CONFLICT);
	ck_assert_int_eq(store_migrate(db, t.a, "/nonexistent", DATABASE, hash_bytes), E_NOT_FOUND);
}
END_TEST

/* A database that nobody has migrated yet says so, too. */
START_TEST(empty_database)
{
	struct db *none;

	ck_assert_int_eq(store_schema_check(db, t.a), E_CONFLICT);
	options.socket = "/nonexistent/socket";
	none = db_new(&options);
	ck_assert_int_eq(store_schema_check(none, t.a), E_UNAVAILABLE);
	db_close(none);
}
END_TEST

START_TEST(grants_are_filled_in)
{
	write_file(now_file, "CREATE TABLE IF NOT EXISTS a (id INT);\n");
	write_file("grants.sql", "-- @db@ in a comment\nCREATE TABLE IF NOT EXISTS\n  @db@.granted (id INT);\n");
	ck_assert_int_eq(migrate(), OK);
	ck_assert_int_eq(sql_number("SELECT COUNT(*) FROM " DATABASE ".granted"), 0);
	write_file("grants.sql", "GRANT NONSENSE ON @db@.a TO nobody@localhost;\n");
	ck_assert_int_eq(migrate(), E_BUG);
	write_file("grants.sql", "CREATE TABLE IF NOT EXISTS @db@.late (id INT)\n");
	ck_assert_int_eq(migrate(), E_INVALID);
}
END_TEST

static int migrate_at_once(int k, void *arg)
{
	struct db *own = db_new(&options);

	(void)k;
	(void)arg;
	return store_migrate(own, t.a, folder, DATABASE, hash_bytes);
}

START_TEST(two_operators)
{
	int codes[CHILDREN_MAX];

	write_file(now_file, "CREATE TABLE IF NOT EXISTS a (id INT);\nDO SLEEP(0.3);\n"
				 "INSERT INTO a VALUES (1);\n");
	children_run(3, migrate_at_once, NULL, codes);
	for (int k = 0; k < 3; k++)
		ck_assert_msg(codes[k] == OK, "%s", err_text(codes[k]));
	ck_assert_int_eq(sql_number("SELECT COUNT(*) FROM " DATABASE ".a"), 1);
}
END_TEST

Suite *store_migration_suite(void)
{
	Suite *s = suite_create("store_migration");
	TCase *c = tcase_create("migration");

	tcase_add_checked_fixture(c, migration_set_up, migration_tear_down);
	tcase_set_timeout(c, 120);
	tcase_add_test(c, twice_is_once);
	tcase_add_test(c, uses_are_counted);
	tcase_add_test(c, cut_off_anywhere);
	tcase_add_test(c, added_before);
	tcase_add_test(c, broken_off);
	tcase_add_test(c, changed_file);
	tcase_add_loop_test(c, unfinished_file, 0, (int)COUNT(UNFINISHED));
	tcase_add_test(c, order_and_names);
	tcase_add_test(c, no_files);
	tcase_add_test(c, empty_database);
	tcase_add_test(c, grants_are_filled_in);
	tcase_add_test(c, two_operators);
	suite_add_tcase(s, c);
	return s;
}
