/* admin_status.c: signet-admin status: what the vault says of itself, a line each. */
#include "bin/admin.h"

#include <stdio.h>
#include <stdlib.h>

#include "base/banned.h"

int admin_status(struct admin *a, int argc, char **argv)
{
	struct vault_status s;
	int rc;

	(void)argv;
	if (argc != 0)
		return 2;
	rc = vault_status(&a->vault, &s);
	if (rc != OK)
		return admin_failed("status", rc);
	printf("key: %s\nworkers: %lld\nargon2_calls: %lld\nuptime: %lld s\n", s.key_id,
	       (long long)s.workers, (long long)s.argon2_calls, (long long)s.uptime_s);
	return EXIT_SUCCESS;
}
