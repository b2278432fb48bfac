/* admin_doctor.c: signet-admin doctor: is everything sealed whole and in its place? Prints counts,
 * never values. */
#include "bin/admin.h"
#include "bin/admin_audit.h"

#include <stdio.h>
#include <stdlib.h>

#include "base/clock.h"
#include "core/url.h"
#include "store/audit_walk.h"
#include "store/seal_key.h"
#include "base/banned.h"

typedef int check_call(const struct vault_client *, int64_t after, struct vault_check *);

static int walk(struct admin *a, check_call *call, struct vault_check *sum)
{
	*sum = (struct vault_check){0};
	do {
		struct vault_check batch = {0};
		TRY(call(&a->vault, sum->next, &batch));
		sum->checked += batch.checked;
		sum->good += batch.good;
		sum->unopened += batch.unopened;
		sum->misplaced += batch.misplaced;
		sum->origins += batch.origins;
		sum->bad_mac += batch.bad_mac;
		sum->next = batch.next;
	} while (sum->next);
	return OK;
}

/* The vault parses no URL, so that the origin beside each URL is its own is looked at here. */
static int walk_urls(struct admin *a, int64_t *checked, int64_t *wrong)
{
	int64_t after = 0;
	size_t n;

	*checked = *wrong = 0;
	do {
		struct arena *batch = arena_new();
		struct doctor_url *list;
		int rc = store_doctor_urls(a->db, batch, after, 500, &list, &n);
		for (size_t k = 0; rc == OK && k < n; k++) {
			struct span origin, fault;
			(*checked)++;
			if (url_origin(batch, list[k].url, NULL, &origin, &fault) != OK ||
			    !span_eq(origin, list[k].origin))
				(*wrong)++;
			after = list[k].integration_id;
		}
		arena_free(batch);
		TRY(rc);
	} while (n);
	return OK;
}

static bool audit_heads(struct admin *a)
{
	int64_t heads = 0, broken = 0;
	int rc = store_audit_heads_broken(a->db, a->arena, &heads, &broken);

	if (rc == OK)
		printf("audit chains: %lld checked, %lld with a broken head\n", (long long)heads,
		       (long long)broken);
	return rc == OK ? broken == 0 : !admin_failed("audit chains", rc);
}

static bool signed_heads(struct admin *a)
{
	const char *folder = config_get(a->config, "vault", "audit_log", NULL);
	int64_t at, age;

	if (!folder || verify_last_signed(a->arena, folder, &at) != OK) {
		printf("signed heads: none in %s; see the vault's log\n", folder ? folder : "any folder");
		return false;
	}
	age = clock_now() - at;
	printf("signed heads: the last ones %lld s ago%s\n", (long long)age,
	       age > verify_patience(a->config) ? ", which is too long: see the vault's log" : "");
	return age <= verify_patience(a->config);
}

int admin_doctor(struct admin *a, int argc, char **argv)
{
	struct vault_check sealed, rights;
	int64_t urls, wrong;
	bool trail;
	int rc;

	(void)argv;
	if (argc != 0)
		return 2;
	rc = walk(a, vault_sealed_check, &sealed);
	if (rc == OK)
		rc = walk(a, vault_rights_check, &rights);
	if (rc == OK)
		rc = walk_urls(a, &urls, &wrong);
	if (rc != OK)
		return admin_failed("doctor", rc);
	printf("sealed fields: %lld checked, %lld good, %lld do not open, %lld out of place, "
	       "%lld not allowed where their URLs lead\n",
	       (long long)sealed.checked, (long long)sealed.good, (long long)sealed.unopened,
	       (long long)sealed.misplaced, (long long)sealed.origins);
	printf("rights: %lld checked, %lld good, %lld without the vault's seal\n",
	       (long long)rights.checked, (long long)rights.good, (long long)rights.bad_mac);
	printf("URLs: %lld checked, %lld with a wrong origin\n", (long long)urls, (long long)wrong);
	trail = audit_heads(a);
	trail = signed_heads(a) && trail;
	return sealed.good == sealed.checked && rights.good == rights.checked && wrong == 0 && trail
		       ? EXIT_SUCCESS
		       : EXIT_FAILURE;
}
