/* admin_doctor.c: signet-admin doctor: is everything sealed whole and in its place, and all that
 * the vault wrote its last word? Prints counts and names of what is wrong, never values. */
#include "bin/admin.h"
#include "bin/admin_audit.h"

#include <stdio.h>
#include <stdlib.h>

#include "base/clock.h"
#include "core/name.h"
#include "core/url.h"
#include "store/audit_walk.h"
#include "store/doctor.h"
#include "base/banned.h"

typedef int check_call(const struct vault_client *, int64_t after, struct vault_check *);

static void add(struct vault_check *sum, const struct vault_check *batch)
{
	sum->checked += batch->checked;
	sum->good += batch->good;
	for (size_t k = 0; k < WHY_KINDS; k++)
		sum->why[k] += batch->why[k];
	for (size_t k = 0; k < batch->nfaults && sum->nfaults < VAULT_FAULTS; k++)
		sum->faults[sum->nfaults++] = batch->faults[k];
	sum->next = batch->next;
}

static int walk(struct admin *a, check_call *call, struct vault_check *sum)
{
	*sum = (struct vault_check){0};
	do {
		struct vault_check batch = {0};
		TRY(call(&a->vault, sum->next, &batch));
		add(sum, &batch);
	} while (sum->next);
	return OK;
}

struct urls {
	int64_t checked, wrong;
	int64_t ids[VAULT_FAULTS]; /* of the first wrong ones */
};

static void look_at(struct arena *a, struct urls *u, const struct doctor_url *url)
{
	struct span origin, fault;

	u->checked++;
	if (url_origin(a, url->url, NULL, &origin, &fault) == OK && span_eq(origin, url->origin))
		return;
	if (u->wrong < VAULT_FAULTS)
		u->ids[u->wrong] = url->integration_id;
	u->wrong++;
}

/* The vault parses no URL, so that the origin beside each URL is its own is looked at here. */
static int walk_urls(struct admin *a, struct urls *u)
{
	int64_t after = 0;
	size_t n;

	*u = (struct urls){0};
	do {
		struct arena *batch = arena_new();
		struct doctor_url *list;
		int rc = store_doctor_urls(a->db, batch, after, 500, &list, &n);
		for (size_t k = 0; rc == OK && k < n; k++)
			look_at(batch, u, &list[k]);
		after = rc == OK && n ? list[n - 1].integration_id : after;
		arena_free(batch);
		TRY(rc);
	} while (n);
	return OK;
}

/* Names in the database may be anybody's: none that could play with a terminal is printed. */
static struct span printable(struct arena *a, struct span name)
{
	return name_fault(a, name).n ? SPAN("?") : name;
}

/* "binding: integration 12 "ci", subscription acme, account mem: forged: ..." */
static void tell(struct admin *a, const char *what, const struct vault_fault *f, const char *why)
{
	struct doctor_names names;

	printf("  FAULT: %s:", what);
	if (store_doctor_names(a->db, a->arena, f->account_id, f->subscription_id,
			       f->integration_id, &names) != OK)
		names = (struct doctor_names){SPAN("?"), SPAN("?"), SPAN("?")};
	if (f->integration_id)
		printf(" integration %lld \"%.*s\"", (long long)f->integration_id,
		       SPAN_ARG(printable(a->arena, names.integration)));
	if (names.slug.n)
		printf(" subscription %.*s", SPAN_ARG(printable(a->arena, names.slug)));
	if (names.login.n)
		printf(" account %.*s", SPAN_ARG(printable(a->arena, names.login)));
	printf(": %s\n", why);
}

static void tell_all(struct admin *a, const struct vault_check *c)
{
	static const char *const ROWS[ROW_KINDS] = {
		[ROW_PASSWORD] = "password",
		[ROW_SITE_ROLE] = "site administration",
		[ROW_ROLE] = "role",
		[ROW_COLLABORATOR] = "place on a project",
		[ROW_CONFIRMATION] = "confirmation",
		[ROW_LINK] = "one-time link",
		[ROW_BINDING] = "binding",
		[ROW_SCOPE_GRANT] = "scope grant",
		[ROW_DEPARTURE] = "departure",
		[ROW_SEALED] = "sealed field",
	};
	static const char *const WHYS[WHY_KINDS] = {
		[WHY_FORGED] = "forged: the vault did not write it",
		[WHY_REPLAYED] = "replayed: an old one that was put back",
		[WHY_MOVED] = "moved: it does not fit the rows that it ties together",
		[WHY_UNOPENED] = "does not open",
		[WHY_MISPLACED] = "out of place: it was sealed for another row",
		[WHY_ORIGINS] = "not allowed where the URLs lead",
	};
	int64_t more = c->checked - c->good - (int64_t)c->nfaults;

	for (size_t k = 0; k < c->nfaults; k++)
		tell(a, ROWS[c->faults[k].row], &c->faults[k], WHYS[c->faults[k].why]);
	if (more)
		printf("  and %lld more\n", (long long)more);
}

static void tell_sealed(struct admin *a, const struct vault_check *c)
{
	printf("sealed fields: %lld checked, %lld good, %lld do not open, %lld out of place, "
	       "%lld not allowed where their URLs lead\n",
	       (long long)c->checked, (long long)c->good, (long long)c->why[WHY_UNOPENED],
	       (long long)c->why[WHY_MISPLACED], (long long)c->why[WHY_ORIGINS]);
	tell_all(a, c);
}

static void tell_rights(struct admin *a, const struct vault_check *c)
{
	printf("rights: %lld checked, %lld good, %lld without the vault's seal, %lld put back, "
	       "%lld out of place\n",
	       (long long)c->checked, (long long)c->good, (long long)c->why[WHY_FORGED],
	       (long long)c->why[WHY_REPLAYED], (long long)c->why[WHY_MOVED]);
	tell_all(a, c);
}

static void tell_urls(struct admin *a, const struct urls *u)
{
	printf("URLs: %lld checked, %lld with a wrong origin\n", (long long)u->checked,
	       (long long)u->wrong);
	for (int64_t k = 0; k < u->wrong && k < VAULT_FAULTS; k++)
		tell(a, "URL", &(struct vault_fault){.integration_id = u->ids[k]},
		     "its origin is another");
	if (u->wrong > VAULT_FAULTS)
		printf("  and %lld more\n", (long long)(u->wrong - VAULT_FAULTS));
}

/* Counts of places that name an integration, against the places. */
static bool uses(struct admin *a)
{
	enum { WRONG_MOST = 1000 };
	struct doctor_use *list;
	struct doctor_names names;
	int64_t checked;
	size_t n;
	int rc = store_doctor_uses(a->db, a->arena, WRONG_MOST, &checked, &list, &n);

	if (rc != OK)
		return !admin_failed("uses", rc);
	printf("uses: %lld names counted, %zu wrong\n", (long long)checked, n);
	for (size_t k = 0; k < n && k < VAULT_FAULTS; k++) {
		if (store_doctor_names(a->db, a->arena, 0, list[k].subscription_id, 0, &names) != OK)
			names.slug = SPAN("?");
		printf("  FAULT: uses: \"%.*s\" subscription %.*s: as many places as are counted do "
		       "not have this name\n",
		       SPAN_ARG(printable(a->arena, list[k].name)), SPAN_ARG(names.slug));
	}
	if (n > VAULT_FAULTS)
		printf("  and %zu more\n", n - VAULT_FAULTS);
	return n == 0;
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
		printf("signed heads: none in %s; see the vault's log\n",
		       folder ? folder : "any folder");
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
	struct urls urls;
	bool trail, counts;
	int rc;

	(void)argv;
	if (argc != 0)
		return 2;
	rc = walk(a, vault_sealed_check, &sealed);
	if (rc == OK)
		rc = walk(a, vault_rights_check, &rights);
	if (rc == OK)
		rc = walk_urls(a, &urls);
	if (rc != OK)
		return admin_failed("doctor", rc);
	tell_sealed(a, &sealed);
	tell_rights(a, &rights);
	tell_urls(a, &urls);
	counts = uses(a);
	trail = audit_heads(a);
	trail = signed_heads(a) && trail;
	return sealed.good == sealed.checked && rights.good == rights.checked && urls.wrong == 0 &&
			       counts && trail
		       ? EXIT_SUCCESS
		       : EXIT_FAILURE;
}
