/* integration_rows.c: what hangs on the rows of a page of integrations: the projects that may use
 * each, and of bound ones whose they are and how they stand. A few statements for the whole page,
 * IDS rows at a time. */
#include "store/integration_list.h"

#include "base/buf.h"
#include "store/account.h"
#include "store/binding_sql.h"
#include "base/banned.h"

enum { PROJECTS, EFFECTIVE, OWNED_BY };
enum { IDS = 16 };

#define IN_IDS " IN (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"
#define IDS_PARAMS "iiiiiiiiiiiiiiii"
#define IDS_OF(v)                                                                                  \
	(v)[0], (v)[1], (v)[2], (v)[3], (v)[4], (v)[5], (v)[6], (v)[7], (v)[8], (v)[9], (v)[10],   \
		(v)[11], (v)[12], (v)[13], (v)[14], (v)[15]
/* sees all (i), account (i) */
#define PROJECT_SEEN                                                                               \
	" AND (? = 1 OR EXISTS (SELECT 1 FROM collaborator pc WHERE pc.project_id = p.id AND"      \
	" pc.account_id = ?))"

static const struct stmt STMTS[] = {
	[PROJECTS] =
		{"SELECT ip.integration_id, p.name FROM integration_project ip"
		 " JOIN project p ON p.id = ip.project_id WHERE p.subscription_id = ?" PROJECT_SEEN
		 " AND ip.integration_id" IN_IDS " ORDER BY ip.integration_id, p.name",
		 "iii" IDS_PARAMS, "is"},
	[EFFECTIVE] = {"SELECT b.integration_id, p.name FROM binding b"
		       " JOIN integration i ON i.id = b.integration_id"
		       " JOIN scope_grant g ON" BINDING_GRANT " JOIN project p ON"
		       " p.subscription_id = b.subscription_id AND (g.all_projects = 1 OR"
		       " FIND_IN_SET(p.id, g.projects) > 0) AND (i.all_projects = 1 OR EXISTS"
		       " (SELECT 1 FROM integration_project x WHERE x.integration_id = i.id AND"
		       " x.project_id = p.id))"
		       " WHERE b.subscription_id = ?" PROJECT_SEEN
		       " AND (g.all_projects = 0 OR i.all_projects = 0) AND b.integration_id" IN_IDS
		       " ORDER BY b.integration_id, p.name",
		       "iii" IDS_PARAMS, "is"},
	[OWNED_BY] = {"SELECT b.integration_id, b.account_id," ACCOUNT_WHO(
			    "o") ","
				 " ai.id IS NOT NULL, ai.disabled_at IS NOT NULL,"
				 " r.role IS NOT NULL AND o.disabled_at IS NULL,"
				 " g.integration_id IS NOT NULL, COALESCE(g.all_projects, 0) FROM "
				 "binding b"
				 " JOIN account o ON o.id = b.account_id"
				 " LEFT JOIN integration ai ON ai.id = b.account_integration_id AND"
				 " ai.account_id = b.account_id LEFT JOIN scope_grant g "
				 "ON" BINDING_GRANT
				 " LEFT JOIN role r ON r.account_id = b.account_id AND"
				 " r.subscription_id = b.subscription_id"
				 " WHERE b.subscription_id = ? AND b.integration_id" IN_IDS,
		    "i" IDS_PARAMS, "iisiiiii"},
};

const struct stmt_table STORE_INTEGRATION_ROWS = {"integration_rows", STMTS, COUNT(STMTS)};

struct page {
	struct db *db;
	struct arena *arena;
	const struct scope *scope;
	struct integration_row *list;
	size_t n;
};

static struct integration_row *row_of(const struct page *p, int64_t id)
{
	for (size_t k = 0; k < p->n; k++)
		if (p->list[k].id == id)
			return &p->list[k];
	return NULL;
}

/* The ids of the next rows that are meant, 0 where there are no more; how many. */
static size_t ids_next(const struct page *p, bool (*meant)(const struct integration_row *),
		       size_t *at, int64_t ids[IDS])
{
	size_t n = 0;

	memset(ids, 0, IDS * sizeof(*ids));
	for (; *at < p->n && n < IDS; ++*at)
		if (meant(&p->list[*at]))
			ids[n++] = p->list[*at].id;
	return n;
}

static bool is_bound(const struct integration_row *r)
{
	return r->bound;
}

static bool is_limited(const struct integration_row *r)
{
	return !r->bound && !r->all_projects;
}

/* Names as they come, by integration, "\n" between. */
static void put_names(const struct page *p, struct rows *rows)
{
	struct buf names = BUF_INIT;
	struct integration_row *r = NULL;
	struct span name;
	int64_t id;

	while (rows_next(rows, &id, &name)) {
		if (!r || r->id != id) {
			if (r)
				r->projects = arena_span(p->arena, buf_span(&names));
			buf_reset(&names);
			r = row_of(p, id);
			ASSERT(r != NULL);
		} else {
			buf_putc(&names, '\n');
		}
		buf_put(&names, name);
	}
	if (r)
		r->projects = arena_span(p->arena, buf_span(&names));
	buf_release(&names);
}

static int fill_names(const struct page *p, const struct stmt *stmt,
		      bool (*meant)(const struct integration_row *))
{
	const struct scope *s = p->scope;
	int64_t ids[IDS], all = s->role == ROLE_ADMIN || s->role == ROLE_MEMBER;
	struct rows *rows;
	size_t at = 0;

	while (ids_next(p, meant, &at, ids)) {
		TRY(db_select(p->db, p->arena, stmt, &rows, s->subscription_id, all, s->account_id,
			      IDS_OF(ids)));
		put_names(p, rows);
	}
	return OK;
}

static void put_owners(const struct page *p, struct rows *rows)
{
	int64_t id, owner, there, paused, here, granted, all;
	struct span who;

	while (rows_next(rows, &id, &owner, &who, &there, &paused, &here, &granted, &all)) {
		struct integration_row *r = row_of(p, id);
		struct binding_facts f = {.there = there != 0,
					  .granted = granted != 0,
					  .owner_here = here != 0,
					  .enabled = !paused};

		ASSERT(r != NULL);
		r->owner_id = owner;
		r->owner = who;
		r->binding = binding_state(&f);
		r->all_projects = r->all_projects && granted && all;
	}
}

static int fill_owners(const struct page *p)
{
	struct rows *rows;
	int64_t ids[IDS];
	size_t at = 0;

	while (ids_next(p, is_bound, &at, ids)) {
		TRY(db_select(p->db, p->arena, &STMTS[OWNED_BY], &rows, p->scope->subscription_id,
			      IDS_OF(ids)));
		put_owners(p, rows);
	}
	return OK;
}

int store_integration_rows_fill(struct db *db, struct arena *a, const struct scope *s,
				struct integration_row *list, size_t n)
{
	struct page p = {db, a, s, list, n};

	for (size_t k = 0; k < n; k++) {
		list[k].projects = list[k].owner = SPAN("");
		list[k].binding = BINDING_ERASED;
	}
	TRY(fill_names(&p, &STMTS[PROJECTS], is_limited));
	TRY(fill_names(&p, &STMTS[EFFECTIVE], is_bound));
	return fill_owners(&p);
}
