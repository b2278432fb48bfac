/* main.c: brings the schema up to date, then runs all store suites, or the one that CK_RUN_SUITE
 * names. */
#include "store/suites.h"

#include <stdio.h>
#include <stdlib.h>

#include "base/log.h"
#include "seal/hash.h"
#include "seal/secret.h"
#include "store/audit.h"
#include "store/fixture.h"
#include "store/migration.h"

/* The connection is closed again before tests fork. */
static int migrate(void)
{
	struct db_options o = options_of("signet_admin");
	struct arena *a = arena_new();
	struct db *db = db_new(&o);
	const char *folder = getenv("SIGNET_TEST_SQL");
	int rc = store_migrate(db, a, folder ? folder : "sql", o.database, hash_bytes);

	db_close(db);
	arena_free(a);
	return rc;
}

int main(void)
{
	SRunner *runner = srunner_create(NULL);
	int failed;

	if (!getenv("SIGNET_TEST_SOCKET") || !getenv("SIGNET_TEST_DB")) {
		fputs("check-store needs a server: SIGNET_TEST_SOCKET and SIGNET_TEST_DB\n", stderr);
		return EXIT_FAILURE;
	}
	log_init("check-store", LOG_WARN);
	secret_setup();
	store_audit_setup(hash_bytes);
	if (migrate() != OK)
		return EXIT_FAILURE;
#define ADD(name) srunner_add_suite(runner, name##_suite());
	SUITES(ADD)
#undef ADD
	srunner_run_all(runner, CK_ENV);
	failed = srunner_ntests_failed(runner);
	srunner_free(runner);
	return failed ? EXIT_FAILURE : EXIT_SUCCESS;
}
