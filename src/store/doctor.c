/* doctor.c: reading for the operator's doctor. */
#include "store/doctor.h"

#include "base/banned.h"

enum { URLS, NAMES, USES, INTEGRATION, SLUG, LOGIN };

static const struct stmt STMTS[] = {
	/* pages of integrations that have URLs: an empty page is the end */
	[URLS] = {"SELECT u.integration_id, u.url, u.origin FROM integration_url u JOIN"
		  " (SELECT DISTINCT integration_id FROM integration_url WHERE integration_id > ?"
		  " ORDER BY integration_id LIMIT ?) i ON i.integration_id = u.integration_id"
		  " ORDER BY u.integration_id",
		  "ii", "iss"},
	[NAMES] = {"SELECT COUNT(*) FROM name_use", "", "i"},
	/* as store/name_use.c counts */
	[USES] = {"SELECT subscription_id, name FROM (SELECT subscription_id, name, uses AS n FROM"
		  " name_use UNION ALL SELECT subscription_id, name, -COUNT(*) FROM reference"
		  " WHERE is_dynamic = 0 AND CHAR_LENGTH(name) BETWEEN 1 AND 80 AND"
		  " name NOT LIKE '% ' GROUP BY subscription_id, name) u GROUP BY"
		  " subscription_id, name HAVING SUM(n) <> 0 OR MAX(n) <= 0"
		  " ORDER BY subscription_id, name LIMIT ?",
		  "i", "is"},
	[INTEGRATION] = {"SELECT name, subscription_id, account_id FROM integration WHERE id = ?",
			 "i", "sII"},
	[SLUG] = {"SELECT slug FROM subscription WHERE id = ?", "i", "s"},
	[LOGIN] = {"SELECT login FROM account WHERE id = ?", "i", "s"},
};

const struct stmt_table STORE_DOCTOR = {"doctor", STMTS, COUNT(STMTS)};

int store_doctor_urls(struct db *db, struct arena *a, int64_t after, int64_t limit,
		      struct doctor_url **list, size_t *n)
{
	struct doctor_url *u;
	struct rows *rows;

	TRY(db_select(db, a, &STMTS[URLS], &rows, after, limit));
	u = *list = ARENA_ARRAY(a, struct doctor_url, rows_count(rows) + 1);
	while (rows_next(rows, &u->integration_id, &u->url, &u->origin))
		u++;
	*n = (size_t)(u - *list);
	return OK;
}

int store_doctor_uses(struct db *db, struct arena *a, int64_t limit, int64_t *checked,
		      struct doctor_use **list, size_t *n)
{
	struct doctor_use *u;
	struct rows *rows;

	TRY(db_select(db, a, &STMTS[NAMES], &rows));
	rows_next(rows, checked);
	TRY(db_select(db, a, &STMTS[USES], &rows, limit));
	u = *list = ARENA_ARRAY(a, struct doctor_use, rows_count(rows) + 1);
	while (rows_next(rows, &u->subscription_id, &u->name))
		u++;
	*n = (size_t)(u - *list);
	return OK;
}

int store_doctor_names(struct db *db, struct arena *a, int64_t account_id, int64_t subscription_id,
		       int64_t integration_id, struct doctor_names *out)
{
	int64_t of_subscription = 0, of_account = 0;
	struct rows *rows;

	*out = (struct doctor_names){SPAN(""), SPAN(""), SPAN("")};
	TRY(db_select(db, a, &STMTS[INTEGRATION], &rows, integration_id));
	rows_next(rows, &out->integration, &of_subscription, &of_account);
	TRY(db_select(db, a, &STMTS[SLUG], &rows,
		      subscription_id ? subscription_id : of_subscription));
	rows_next(rows, &out->slug);
	TRY(db_select(db, a, &STMTS[LOGIN], &rows, account_id ? account_id : of_account));
	rows_next(rows, &out->login);
	return OK;
}
