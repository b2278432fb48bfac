/* grants.c: what the web process's database account may not do, tried one by one, and the vault's.
 * architecture.md, "Who writes what in the database". */
#include "store/fixture.h"

#include <mysqld_error.h>

static struct world w;

/* One sealed row, so that nothing is refused only for want of rows. */
static void grants_set_up(void)
{
	store_set_up();
	world_make(&w);
	sql_run("INSERT INTO integration (id, uid, subscription_id, name, type, url, all_projects,"
		" edit_roles, created_at, changed_at) VALUES (1, 'u', %ld, 'n', 't', '', 1, 6, 1, 1)",
		w.acme);
	sql_run("INSERT INTO sealed VALUES (1, 'f', '%s', '', 1, NULL)", KEY_ACTIVE.p);
	sql_run("INSERT INTO sealed VALUES (1, 'g', '%s', '', 1, NULL)", KEY_ACTIVE.p);
	sql_run("INSERT INTO sealed_box VALUES (1, 'f', 'the box')");
	sql_run("INSERT INTO password VALUES (%ld, 'the hash', 1, 'the mac')", w.ann);
	sql_run("INSERT INTO confirmation VALUES ('h', %ld, 1, 'the mac')", w.ann);
	sql_run("INSERT INTO password_link VALUES (%ld, 'h', 1, 2, 'the mac')", w.ann);
	sql_run("INSERT INTO integration (id, uid, account_id, name, type, url, all_projects, edit_roles,"
		" created_at, changed_at) VALUES (2, 'v', %ld, 'own', 't', '', 1, 4, 1, 1)", w.ann);
	sql_run("INSERT INTO scope_grant VALUES (2, %ld, %ld, 1, '', 1, NULL, 1, 'the mac')", w.acme, w.ann);
	sql_run("INSERT INTO binding VALUES (1, %ld, 2, %ld, 1, NULL, NULL, NULL, NULL, 1, 'the mac')", w.acme,
		w.ann);
	sql_run("INSERT INTO departure VALUES (%ld, %ld, 1, 'the mac')", w.ann, w.globex);
	sql_run("INSERT INTO integration_value VALUES (1, 'v', 'value')");
	sql_run("INSERT INTO audit_head VALUES ('site', 1, 'h')");
	sql_run("INSERT INTO audit VALUES ('site', 1, 1, NULL, '', '', '', '', 1, '', '', '', 'h')");
}

/* No row's box, hash or mac may come out, by whatever way; nobody but the vault writes rights. */
static const char *const WEB_MAY_NOT[] = {
	/* whose a workflow file is, and what it named, never changes in place */
	"UPDATE workflow_file SET project_id = 2",
	"UPDATE workflow_file SET path = ''",
	"UPDATE reference SET name = ''",
	/* reading a box; the first three pass where an account may read other columns of the table */
	"HANDLER sealed_box OPEN",
	"SELECT 1 FROM sealed_box a NATURAL JOIN (SELECT 'the box' AS box) b",
	"DELETE s FROM sealed s JOIN sealed_box b ON b.box LIKE 't%'",
	"CHECKSUM TABLE sealed_box EXTENDED",
	"ANALYZE TABLE sealed_box PERSISTENT FOR ALL",
	"SELECT 1 FROM sealed_box a JOIN sealed_box b USING (box)",
	"SELECT 1 FROM sealed s NATURAL JOIN sealed_box b",
	"SELECT box FROM sealed_box",
	"SELECT * FROM sealed_box",
	"SELECT field FROM sealed_box",
	"SELECT 1 FROM sealed_box",
	"SELECT COUNT(*) FROM sealed_box",
	"SELECT MD5(GROUP_CONCAT(box)) FROM sealed_box",
	"SELECT field FROM sealed_box WHERE box LIKE 't%'",
	"SELECT field FROM sealed_box ORDER BY box",
	"SELECT COUNT(*) FROM sealed_box GROUP BY box",
	"SELECT DEFAULT(box) FROM sealed_box",
	"SELECT 1 FROM integration i JOIN sealed_box s ON s.box = i.name",
	"SELECT 1 FROM integration i LEFT JOIN sealed_box s ON s.integration_id = i.id",
	"SELECT name FROM integration WHERE name IN (SELECT box FROM sealed_box)",
	"SELECT name FROM integration WHERE EXISTS (SELECT 1 FROM sealed_box WHERE box > 'a')",
	"SELECT (SELECT box FROM sealed_box LIMIT 1) FROM integration",
	"WITH x AS (SELECT * FROM sealed_box) SELECT field FROM x",
	"SELECT x.field FROM (SELECT field, box FROM sealed_box) x",
	"SELECT field FROM sealed UNION SELECT box FROM sealed_box",
	"SELECT box INTO @x FROM sealed_box",
	"SELECT box FROM sealed_box FOR UPDATE",
	"EXPLAIN SELECT box FROM sealed_box",
	"EXPLAIN UPDATE sealed_box SET box = 'x'",
	"ANALYZE SELECT box FROM sealed_box",
	"EXECUTE IMMEDIATE 'SELECT box FROM sealed_box'",
	"BEGIN NOT ATOMIC DECLARE c CURSOR FOR SELECT box FROM sealed_box; OPEN c; END",
	"DO (SELECT box FROM sealed_box LIMIT 1)",
	"SET @x = (SELECT box FROM sealed_box LIMIT 1)",
	/* whose a token is, and what it may, is said once */
	"UPDATE access_token SET account_id = 1",
	"UPDATE access_token SET token_hash = 'x'",
	"UPDATE access_token SET scopes = 7",
	"UPDATE access_token SET expires_at = expires_at + 1",
	"UPDATE sync_token SET project_id = 1",
	"UPDATE sync_token SET subscription_id = 1",
	"UPDATE sync_token SET token_hash = 'x'",
	"UPDATE sync_token SET name = 'x'",
	"UPDATE sync_token SET created_by = 1",
	"UPDATE sync_token SET expires_at = expires_at + 1",
	/* by a change that moves or compares it */
	"UPDATE sealed_box SET box = 'x'",
	"UPDATE sealed_box SET box = box",
	"UPDATE sealed_box SET field = 'g'",
	"UPDATE sealed_box SET integration_id = 2 WHERE box LIKE 't%'",
	"UPDATE sealed_box SET box = 'x' ORDER BY box LIMIT 1",
	"UPDATE integration i JOIN sealed_box s ON s.integration_id = i.id SET i.name = s.box",
	"UPDATE integration i JOIN sealed_box s ON s.box LIKE 't%' SET i.name = 'x'",
	"UPDATE integration i NATURAL JOIN sealed_box s SET i.name = 'x'",
	"UPDATE integration SET name = (SELECT box FROM sealed_box LIMIT 1)",
	"DELETE FROM sealed_box",
	"DELETE FROM sealed_box WHERE box LIKE 't%'",
	"DELETE FROM sealed_box ORDER BY box LIMIT 1",
	"DELETE FROM sealed_box RETURNING box",
	"DELETE b FROM sealed_box b JOIN sealed s ON b.integration_id = s.integration_id",
	"DELETE i FROM integration i, sealed_box b WHERE b.box LIKE 't%'",
	"DELETE FROM sealed WHERE field IN (SELECT field FROM sealed_box WHERE box LIKE 't%')",
	"INSERT INTO sealed_box VALUES (1, 'g', 'b') RETURNING box",
	"INSERT INTO sealed_box VALUES (1, 'g', 'b') RETURNING field",
	"INSERT INTO sealed_box VALUES (1, 'f', 'b') ON DUPLICATE KEY UPDATE field = box",
	"INSERT INTO sealed_box VALUES (1, 'f', 'b') ON DUPLICATE KEY UPDATE box = VALUES(box)",
	"INSERT INTO integration_value SELECT integration_id, field, box FROM sealed_box",
	"INSERT INTO sealed_box SELECT integration_id, 'g', box FROM sealed_box",
	"INSERT INTO integration_value VALUES (1, 'x', (SELECT box FROM sealed_box LIMIT 1))",
	"REPLACE INTO sealed_box VALUES (1, 'f', 'b')",
	"REPLACE INTO integration_value SELECT integration_id, field, box FROM sealed_box",
	"CREATE TABLE copy AS SELECT box FROM sealed_box",
	"CREATE TABLE copy LIKE sealed_box",
	"CREATE TEMPORARY TABLE copy AS SELECT box FROM sealed_box",
	"CREATE VIEW v AS SELECT box FROM sealed_box",
	"CREATE SQL SECURITY DEFINER VIEW v AS SELECT 1",
	"CREATE TRIGGER x BEFORE DELETE ON sealed_box FOR EACH ROW SET @x = OLD.box",
	"CREATE TRIGGER x BEFORE INSERT ON sealed_box FOR EACH ROW SET @x = NEW.box",
	"REPAIR TABLE sealed_box",
	"OPTIMIZE TABLE sealed_box",
	/* where it says that a box lies */
	"UPDATE sealed SET origins = 'https://eve.example:443'",
	"UPDATE sealed SET key_id = 'x'",
	"INSERT INTO sealed VALUES (1, 'f', '0123456789abcdef', '', 1, NULL)"
	" ON DUPLICATE KEY UPDATE origins = ''",
	"CREATE TRIGGER x BEFORE UPDATE ON integration FOR EACH ROW SET @x = 1",
	"CREATE FUNCTION f() RETURNS INT RETURN 1",
	"CREATE PROCEDURE p() SELECT 1",
	"CREATE EVENT e ON SCHEDULE EVERY 1 DAY DO SELECT 1",
	/* passwords: their hash and MAC stay with the vault */
	"HANDLER password OPEN",
	"SELECT 1 FROM password a NATURAL JOIN (SELECT 'the hash' AS hash) b",
	"DELETE i FROM integration i JOIN password p ON p.hash LIKE 't%'",
	"CHECKSUM TABLE password",
	"SELECT set_at FROM password",
	"SELECT hash FROM password",
	"SELECT mac FROM password",
	"SELECT * FROM password",
	"SELECT account_id FROM password WHERE hash LIKE 't%'",
	"SELECT account_id FROM password ORDER BY hash",
	"INSERT INTO password VALUES (2, 'x', 1, 'x')",
	"UPDATE password SET hash = 'x'",
	"UPDATE password SET set_at = 1",
	"REPLACE INTO password VALUES (1, 'x', 1, 'x')",
	"DELETE FROM password",
	"UPDATE account a JOIN password p ON p.account_id = a.id SET p.set_at = 2",
	/* rights */
	"INSERT INTO role (account_id, subscription_id, role, granted_at, mac) VALUES (1, 1, 3, 1, '')",
	"UPDATE role SET role = 3",
	"DELETE FROM role",
	"REPLACE INTO role (account_id, subscription_id, role, granted_at, mac) VALUES (1, 1, 3, 1, '')",
	"UPDATE account a JOIN role r ON r.account_id = a.id SET r.role = 3",
	"INSERT INTO site_role (account_id, granted_at, mac) VALUES (1, 1, '')",
	"UPDATE site_role SET account_id = 1",
	"DELETE FROM site_role",
	"INSERT INTO collaborator (account_id, project_id, subscription_id, granted_at, mac)"
	" VALUES (1, 1, 1, 1, '')",
	"UPDATE collaborator SET project_id = 1",
	"DELETE FROM collaborator",
	/* whose values go where, and who left when; a consent can be taken back by anybody */
	"INSERT INTO scope_grant VALUES (2, 2, 1, 1, '', 1, NULL, 1, 'm')",
	"INSERT INTO scope_grant SELECT * FROM scope_grant",
	"UPDATE scope_grant SET all_projects = 1, projects = ''",
	"UPDATE scope_grant SET released_until = NULL",
	"UPDATE scope_grant SET entry = entry + 1",
	"UPDATE scope_grant SET mac = 'x'",
	"UPDATE scope_grant SET subscription_id = 2",
	"REPLACE INTO scope_grant VALUES (2, 1, 1, 1, '', 1, NULL, 1, 'm')",
	"INSERT INTO scope_grant VALUES (2, 1, 1, 1, '', 1, NULL, 1, 'm') ON DUPLICATE KEY UPDATE all_projects = 1",
	"UPDATE integration i JOIN scope_grant g ON g.integration_id = i.id SET g.all_projects = 1",
	"TRUNCATE TABLE scope_grant",
	"INSERT INTO binding VALUES (2, 1, 2, 1, 1, NULL, NULL, NULL, NULL, 1, 'm')",
	"UPDATE binding SET account_integration_id = 9",
	"UPDATE binding SET integration_id = 2",
	"UPDATE binding SET undo_until = 9999999999",
	"UPDATE binding SET mac = 'x'",
	"DELETE FROM binding",
	"REPLACE INTO binding VALUES (1, 1, 2, 1, 1, NULL, NULL, NULL, NULL, 1, 'm')",
	"UPDATE integration i JOIN binding b ON b.integration_id = i.id SET b.account_id = 9",
	"DELETE b FROM binding b JOIN scope_grant g ON g.integration_id = b.account_integration_id",
	"INSERT INTO departure VALUES (1, 1, 1, 'm')",
	"UPDATE departure SET left_at = left_at + 86400",
	"DELETE FROM departure",
	"UPDATE integration SET account_id = 2",
	"UPDATE integration SET bound = 0",
	/* confirmed passwords, and one-time links, whose codes' hashes stay with the vault */
	"INSERT INTO confirmation VALUES ('h', 1, 1, 'm')",
	"UPDATE confirmation SET account_id = 2",
	"UPDATE confirmation SET session_hash = 'h'",
	"UPDATE confirmation SET at = at + 600",
	"DELETE FROM confirmation",
	"REPLACE INTO confirmation VALUES ('h', 1, 1, 'm')",
	"UPDATE account a JOIN confirmation c ON c.account_id = a.id SET c.at = 9",
	"SELECT * FROM password_link",
	"HANDLER password_link OPEN",
	"SELECT created_at FROM password_link",
	"INSERT INTO password_link VALUES (2, 'h', 1, 2, 'm')",
	"UPDATE password_link SET expires_at = expires_at + 1",
	"DELETE FROM password_link",
	/* the vault's keys */
	"INSERT INTO seal_key VALUES ('0', 'mine', 'active', 1)",
	"UPDATE seal_key SET public_key = 'mine'",
	"UPDATE seal_key SET state = 'active'",
	"DELETE FROM seal_key",
	/* the audit trail: only at its end */
	"UPDATE audit SET actor = 'eve'",
	"UPDATE audit SET seq = seq + 1",
	"DELETE FROM audit",
	"REPLACE INTO audit VALUES ('site', 1, 1, NULL, '', '', '', '', 1, '', '', '', 'h')",
	"INSERT INTO audit VALUES ('site', 1, 1, NULL, '', '', '', '', 1, '', '', '', 'h')"
	" ON DUPLICATE KEY UPDATE actor = 'eve'",
	"TRUNCATE TABLE audit",
	"DELETE FROM audit_head",
	/* the schema, other people's rows, the server */
	"UPDATE migration SET version = 9",
	"INSERT INTO migration VALUES (9, 0, '', 1)",
	"DELETE FROM migration",
	/* whose a box is, and who may sign in */
	"UPDATE subscription SET uid = 'acme acme acme a'",
	"UPDATE subscription SET id = 9",
	"UPDATE integration SET subscription_id = 2",
	"UPDATE integration SET uid = 'another another'",
	"UPDATE integration SET type = 'github'",
	"UPDATE integration SET id = 9",
	"UPDATE project SET subscription_id = 2",
	"UPDATE project SET created_at = 2",
	"UPDATE account SET disabled_at = NULL",
	"UPDATE account SET login = 'admin'",
	"UPDATE account SET password_at = 1",
	"UPDATE account SET uid = 'x'",
	/* the same by the ways that pass a right to read some columns */
	"UPDATE account a JOIN session s ON s.account_id = a.id SET a.uid = 'x'",
	"UPDATE subscription s JOIN account a SET s.slug = 'x'",
	"UPDATE subscription s NATURAL JOIN (SELECT 'acme' AS slug) x SET s.uid = 'x'",
	"UPDATE subscription SET revision = 1, uid = 'x'",
	"UPDATE integration i, sealed s SET i.type = 'x', i.name = 'y'",
	"INSERT INTO account (uid, login, name, created_at) VALUES ('x', 'ann', 'x', 1)"
	" ON DUPLICATE KEY UPDATE uid = 'x'",
	"REPLACE INTO account (uid, login, name, created_at) VALUES ('x', 'ann', 'x', 1)",
	"UPDATE audit_head SET chain = 'x'",
	"DELETE FROM account",
	"CREATE TABLE mine (id INT)",
	"ALTER TABLE sealed_box DROP FOREIGN KEY sealed_box_fk",
	"ALTER TABLE integration ADD CONSTRAINT x FOREIGN KEY (id) REFERENCES audit (seq)",
	"DROP TABLE sealed_box",
	"RENAME TABLE sealed_box TO mine",
	"CREATE INDEX x ON sealed_box (box(10))",
	"TRUNCATE TABLE session",
	"LOCK TABLES sealed_box READ",
	"FLUSH TABLES sealed_box FOR EXPORT",
	"BACKUP LOCK sealed_box",
	"DROP DATABASE signet",
	"CREATE DATABASE mine",
	"SELECT 1 INTO OUTFILE '/tmp/signet-grants-test'",
	"SELECT url INTO DUMPFILE '/tmp/signet-grants-test' FROM integration",
	"LOAD DATA INFILE '/etc/passwd' INTO TABLE integration_value",
	"SELECT * FROM mysql.user",
	"SELECT * FROM mysql.global_priv",
	"SELECT * FROM mysql.column_stats",
	"SELECT * FROM mysql.general_log",
	"SHOW GRANTS FOR signet_vault@localhost",
	"GRANT SELECT ON sealed TO signet_web@localhost",
	"CREATE USER mine@localhost",
	"SET PASSWORD FOR signet_vault@localhost = ''",
	"SET GLOBAL general_log = 1",
	"SET GLOBAL local_infile = 1",
	"SHOW BINARY LOGS",
	"SHOW ENGINE INNODB STATUS",
	"INSTALL SONAME 'ha_connect'",
	"SHUTDOWN",
	"FLUSH PRIVILEGES",
};

/* The vault reads boxes and writes rights, but no more of the web's tables than it must. */
static const char *const VAULT_MAY_NOT[] = {
	"SELECT 1 FROM sync_token",
	"DELETE FROM sync_token",
	"UPDATE account SET login = 'eve'",
	"UPDATE account SET email = 'eve@example.com'",
	"UPDATE account SET disabled_at = NULL, uid = 'x'",
	"INSERT INTO account (uid, login, name, created_at) VALUES ('', 'x', 'x', 1)",
	"DELETE FROM account",
	"UPDATE subscription SET slug = 'x'",
	"UPDATE subscription SET name = 'x'",
	"INSERT INTO subscription (uid, slug, name, created_at) VALUES ('', 'x', 'x', 1)",
	"UPDATE integration SET url = 'https://eve.example/'",
	"UPDATE integration SET name = 'x'",
	"UPDATE integration SET account_id = 2",
	"UPDATE integration SET disabled_at = NULL",
	"INSERT INTO integration_project VALUES (1, 1)",
	"DELETE FROM integration_project",
	"INSERT INTO integration_url VALUES (1, 0, 'k', 'u', 'o')",
	"UPDATE integration_url SET origin = 'https://eve.example:443'",
	"DELETE FROM integration",
	"DELETE FROM sealed",
	"DELETE FROM sealed_box",
	"INSERT INTO sealed VALUES (1, 'h', '0123456789abcdef', '', 1, NULL)",
	"INSERT INTO sealed_box VALUES (1, 'g', 'b')",
	"UPDATE subscription s JOIN account a SET s.slug = 'x'",
	"UPDATE subscription SET slug = 'x', revision = 1",
	"UPDATE session SET account_id = 2",
	"INSERT INTO session VALUES ('t', 1, 1, 1, '', '')",
	"SELECT subject FROM throttle",
	"SELECT value FROM integration_value",
	"UPDATE seal_key SET state = 'active'",
	"INSERT INTO seal_key VALUES ('0', 'mine', 'active', 1)",
	"UPDATE audit SET actor = 'eve'",
	"DELETE FROM audit",
	"DELETE FROM audit_head",
	"CREATE TABLE mine (id INT)",
	"DROP TABLE sealed",
	"SELECT 1 INTO OUTFILE '/tmp/signet-grants-test'",
	"LOAD DATA INFILE '/etc/passwd' INTO TABLE password",
	"SELECT * FROM mysql.global_priv",
	"UPDATE migration SET version = 9",
};

static bool is_denial(unsigned code)
{
	return code == ER_DBACCESS_DENIED_ERROR || code == ER_ACCESS_DENIED_ERROR ||
	       code == ER_TABLEACCESS_DENIED_ERROR || code == ER_COLUMNACCESS_DENIED_ERROR ||
	       code == ER_SPECIFIC_ACCESS_DENIED_ERROR || code == ER_PROCACCESS_DENIED_ERROR ||
	       code == ER_CANT_CREATE_USER_WITH_GRANT || code == ER_VIEW_INVALID;
}

static void refused(const char *user, const char *sql)
{
	MYSQL *h = sql_connect(user);

	/* some are refused only when the rows are fetched */
	if (mysql_query(h, sql) == 0)
		mysql_free_result(mysql_store_result(h));
	ck_assert_msg(mysql_errno(h) != 0, "%s may: %s", user, sql);
	ck_assert_msg(is_denial(mysql_errno(h)), "%s: error %u, %s: no refusal, but: %s", user,
		      mysql_errno(h), mysql_error(h), sql);
	mysql_close(h);
}

START_TEST(web_may_not)
{
	refused("signet_web", WEB_MAY_NOT[_i]);
	ck_assert_int_eq(sql_number("SELECT COUNT(*) FROM sealed WHERE origins = '' AND sealed_at = 1"),
			 2);
	ck_assert_int_eq(sql_number("SELECT COUNT(*) FROM sealed_box WHERE box = 'the box'"), 1);
}
END_TEST

START_TEST(vault_may_not)
{
	refused("signet_vault", VAULT_MAY_NOT[_i]);
}
END_TEST

/* The positive control: the same things next door are allowed, so the refusals above are no accident
 * of a closed door. */
START_TEST(web_may)
{
	static const char *const MAY[] = {
		"SELECT * FROM sealed",
		"HANDLER sealed OPEN",
		"INSERT INTO sealed_box VALUES (1, 'g', 'b')",
		"INSERT INTO sealed VALUES (1, 'h', '0123456789abcdef', '', 1, NULL)",
		"DELETE FROM sealed WHERE field = 'f'",
		"INSERT INTO sealed VALUES (1, 'f', '0123456789abcdef', '', 2, NULL)",
		"INSERT INTO sealed_box VALUES (1, 'f', 'another')",
		"INSERT INTO audit VALUES ('site', 2, 1, NULL, '', '', '', '', 1, '', '', '', 'h')",
		"SELECT * FROM confirmation",
		"SELECT * FROM binding",
		"SELECT * FROM departure",
		"SELECT * FROM scope_grant",
		"DELETE FROM scope_grant",
		"SELECT state FROM seal_key LOCK IN SHARE MODE",
		"SELECT revision FROM subscription FOR UPDATE",
		"UPDATE subscription SET revision = revision + 1",
		"UPDATE account SET theme = 'dark'",
	};
	MYSQL *h = sql_connect("signet_web");

	for (size_t k = 0; k < COUNT(MAY); k++) {
		if (mysql_query(h, MAY[k]) != 0)
			ck_abort_msg("%s: %s", MAY[k], mysql_error(h));
		mysql_free_result(mysql_store_result(h));
	}
	mysql_close(h);
	ck_assert_str_eq(sql_text("SELECT GROUP_CONCAT(box ORDER BY field) FROM sealed_box"),
			 "another,b");
}
END_TEST

/* A subscription with something in it can neither be deleted nor written over; the roles in an empty
 * one go with it, and no other way. */
START_TEST(web_deletes_empty_subscriptions)
{
	static const char *const MAY_NOT[] = {
		"DELETE FROM subscription WHERE slug = 'acme'",
		"DELETE FROM subscription WHERE slug = 'globex'", /* a project alone */
		"REPLACE INTO subscription (uid, slug, name, created_at) VALUES ('x', 'acme', 'x', 1)",
	};
	MYSQL *h = sql_connect("signet_web");

	for (size_t k = 0; k < COUNT(MAY_NOT); k++) {
		ck_assert_int_ne(mysql_query(h, MAY_NOT[k]), 0);
		ck_assert_uint_eq(mysql_errno(h), ER_ROW_IS_REFERENCED_2);
	}
	ck_assert_int_eq(sql_number("SELECT COUNT(*) FROM role"), 4);
	sql_run("DELETE FROM project WHERE subscription_id = %ld", w.globex);
	ck_assert_int_eq(mysql_query(h, MAY_NOT[1]), 0);
	ck_assert_int_eq(sql_number("SELECT COUNT(*) FROM role"), 3);
	mysql_close(h);
}
END_TEST

/* A right to some columns of a table is no wall in MariaDB against reading the others. */
START_TEST(no_rights_to_columns)
{
	ck_assert_int_eq(sql_number("SELECT COUNT(*) FROM information_schema.column_privileges WHERE"
				    " table_schema = DATABASE() AND privilege_type = 'SELECT'"),
			 0);
}
END_TEST

/* Nothing beyond single tables, such as CREATE or FILE. */
START_TEST(only_tables)
{
	static const char OF_PROGRAMS[] = "grantee IN ('''signet_web''@''localhost''',"
					  " '''signet_vault''@''localhost''')";

	ck_assert_int_eq(sql_number("SELECT COUNT(*) FROM information_schema.schema_privileges WHERE %s",
				    OF_PROGRAMS),
			 0);
	ck_assert_int_eq(sql_number("SELECT COUNT(*) FROM information_schema.user_privileges WHERE %s"
				    " AND privilege_type <> 'USAGE'", OF_PROGRAMS),
			 0);
	ck_assert_str_eq(sql_text("SELECT GROUP_CONCAT(DISTINCT privilege_type ORDER BY 1) FROM"
				  " information_schema.table_privileges WHERE %s", OF_PROGRAMS),
			 "DELETE,INSERT,SELECT,UPDATE");
	ck_assert_int_eq(sql_number("SELECT COUNT(*) FROM information_schema.table_privileges WHERE %s"
				    " AND is_grantable = 'YES'", OF_PROGRAMS),
			 0);
}
END_TEST

Suite *store_grants_suite(void)
{
	Suite *s = suite_create("store_grants");
	TCase *c = tcase_create("grants");

	tcase_add_checked_fixture(c, grants_set_up, store_tear_down);
	tcase_set_timeout(c, 30);
	tcase_add_loop_test(c, web_may_not, 0, (int)COUNT(WEB_MAY_NOT));
	tcase_add_loop_test(c, vault_may_not, 0, (int)COUNT(VAULT_MAY_NOT));
	tcase_add_test(c, web_may);
	tcase_add_test(c, web_deletes_empty_subscriptions);
	tcase_add_test(c, no_rights_to_columns);
	tcase_add_test(c, only_tables);
	suite_add_tcase(s, c);
	return s;
}
