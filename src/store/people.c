/* people.c: who has a role in a subscription. Names and logins of accounts change without the
 * subscription's revision, so nothing here is kept between requests. */
#include "store/people.h"

#include "base/banned.h"

enum { LIST, LIST_ON, COUNT_ROLES, COUNT_ALL, COUNT_ON, GET, PROJECTS, FIND, OTHER_ADMINS };

#define COLUMNS                                                                                    \
	"a.id, a.login, a.name, r.role, r.source, r.granted_at, a.disabled_at, r.subscription_id"
/* Projects are looked for when the page's rows are known, not for everybody who is sorted. */
#define ROW(inner)                                                                                 \
	"SELECT t.id, t.login, t.name, t.role, t.source, t.granted_at, t.disabled_at,"             \
	" (SELECT GROUP_CONCAT(p.name ORDER BY p.name SEPARATOR '\\n') FROM collaborator c"        \
	" JOIN project p ON p.id = c.project_id WHERE c.account_id = t.id"                         \
	" AND c.subscription_id = t.subscription_id) FROM (SELECT " COLUMNS inner                  \
	") t ORDER BY t.name, t.login"
#define PEOPLE " FROM role r JOIN account a ON a.id = r.account_id"
#define NAMED_ON                                                                                   \
	" JOIN collaborator n ON n.account_id = a.id AND n.project_id = ?"                         \
	" AND n.subscription_id = r.subscription_id AND r.role = 1"
#define WANTED                                                                                     \
	" WHERE r.subscription_id = ? AND (? = 0 OR r.role = ?) AND (? = '' OR"                    \
	" INSTR(LOWER(a.name), LOWER(?)) > 0 OR INSTR(LOWER(a.login), LOWER(?)) > 0)"
#define AFTER " AND a.name >= ? AND (a.name > ? OR a.login > ?) ORDER BY a.name, a.login LIMIT ?"

static const struct stmt STMTS[] = {
	[LIST] = {ROW(PEOPLE WANTED AFTER), "iiissssssi", "issisiIs"},
	[LIST_ON] = {ROW(PEOPLE NAMED_ON WANTED AFTER), "iiiissssssi", "issisiIs"},
	/* nobody's name counts */
	[COUNT_ROLES] = {"SELECT COUNT(*) FROM role r WHERE r.subscription_id = ?"
			 " AND (? = 0 OR r.role = ?)",
			 "iii", "i"},
	[COUNT_ALL] = {"SELECT COUNT(*)" PEOPLE WANTED, "iiisss", "i"},
	[COUNT_ON] = {"SELECT COUNT(*)" PEOPLE NAMED_ON WANTED, "iiiisss", "i"},
	[GET] = {ROW(PEOPLE " WHERE r.subscription_id = ? AND r.account_id = ?"), "ii", "issisiIs"},
	[PROJECTS] = {"SELECT p.id, p.name, c.source, c.granted_at FROM collaborator c"
		      " JOIN project p ON p.id = c.project_id AND p.subscription_id = ?"
		      " WHERE c.account_id = ? ORDER BY p.name",
		      "ii", "issi"},
	[FIND] = {"SELECT a.id, a.login, COALESCE(r.role, 0) FROM account a LEFT JOIN role r"
		  " ON r.account_id = a.id AND r.subscription_id = ?"
		  " WHERE a.login = ? AND a.disabled_at IS NULL",
		  "is", "isi"},
	[OTHER_ADMINS] = {"SELECT COUNT(*)" PEOPLE " WHERE r.subscription_id = ? AND r.role = 3"
			  " AND r.account_id <> ? AND a.disabled_at IS NULL",
			  "ii", "i"},
};

const struct stmt_table STORE_PEOPLE = {"people", STMTS, COUNT(STMTS)};

static bool person_next(struct rows *rows, struct person *p)
{
	int64_t role, disabled_at;

	if (!rows_next(rows, &p->account_id, &p->login, &p->name, &role, &p->source, &p->granted_at,
		       &disabled_at, &p->projects))
		return false;
	p->role = (enum role)role;
	p->disabled = disabled_at != 0;
	return true;
}

int store_people_list(struct db *db, struct arena *a, const struct scope *s,
		      const struct people_query *q, struct person **list, size_t *n)
{
	int64_t role = q->role;
	struct rows *rows;

	if (q->project_id)
		TRY(db_select(db, a, &STMTS[LIST_ON], &rows, q->project_id, s->subscription_id,
			      role, role, q->search, q->search, q->search, q->after_name,
			      q->after_name, q->after_login, q->limit));
	else
		TRY(db_select(db, a, &STMTS[LIST], &rows, s->subscription_id, role, role, q->search,
			      q->search, q->search, q->after_name, q->after_name, q->after_login,
			      q->limit));
	*list = ARENA_ARRAY(a, struct person, rows_count(rows) + 1);
	for (*n = 0; person_next(rows, &(*list)[*n]);)
		++*n;
	return OK;
}

int store_people_count(struct db *db, struct arena *a, const struct scope *s,
		       const struct people_query *q, int64_t *total)
{
	int64_t role = q->role;
	struct rows *rows;

	if (q->project_id)
		TRY(db_select(db, a, &STMTS[COUNT_ON], &rows, q->project_id, s->subscription_id,
			      role, role, q->search, q->search, q->search));
	else if (q->search.n == 0)
		TRY(db_select(db, a, &STMTS[COUNT_ROLES], &rows, s->subscription_id, role, role));
	else
		TRY(db_select(db, a, &STMTS[COUNT_ALL], &rows, s->subscription_id, role, role,
			      q->search, q->search, q->search));
	return rows_next(rows, total) ? OK : E_BUG;
}

int store_person_get(struct db *db, struct arena *a, const struct scope *s, int64_t account_id,
		     struct person *out)
{
	struct rows *rows;

	TRY(db_select(db, a, &STMTS[GET], &rows, s->subscription_id, account_id));
	return person_next(rows, out) ? OK : E_NOT_FOUND;
}

int store_person_projects(struct db *db, struct arena *a, const struct scope *s, int64_t account_id,
			  struct person_project **list, size_t *n)
{
	struct person_project *p;
	struct rows *rows;

	TRY(db_select(db, a, &STMTS[PROJECTS], &rows, s->subscription_id, account_id));
	*list = p = ARENA_ARRAY(a, struct person_project, rows_count(rows) + 1);
	while (rows_next(rows, &p->id, &p->name, &p->source, &p->granted_at))
		p++;
	*n = (size_t)(p - *list);
	return OK;
}

int store_person_find(struct db *db, struct arena *a, const struct scope *s, struct span login,
		      int64_t *account_id, enum role *role)
{
	struct span found;
	struct rows *rows;
	int64_t has;

	TRY(db_select(db, a, &STMTS[FIND], &rows, s->subscription_id, login));
	/* the database takes "ann " for "ann" */
	if (!rows_next(rows, account_id, &found, &has) || !span_eq(found, login))
		return E_NOT_FOUND;
	*role = (enum role)has;
	return OK;
}

int store_people_other_admins(struct db *db, struct arena *a, const struct scope *s,
			      int64_t account_id, int64_t *n)
{
	struct rows *rows;

	TRY(db_select(db, a, &STMTS[OTHER_ADMINS], &rows, s->subscription_id, account_id));
	return rows_next(rows, n) ? OK : E_BUG;
}
