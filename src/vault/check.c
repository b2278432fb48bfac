/* check.c: does every sealed field open and lie where it belongs; is every row that the vault wrote
 * its last word? The answers are counts, and the ids of what is wrong. */
#include "vault/check.h"

#include "core/url.h"
#include "store/sealed_check.h"
#include "vault/mac.h"
#include "base/banned.h"

static bool uid_is(const unsigned char uid[UID_BYTES], struct span s)
{
	return span_eq(span_of((const char *)uid, UID_BYTES), s);
}

static bool in_place(const struct seal_label *l, const struct sealed_row *r)
{
	return uid_is(l->owner_uid, r->owner_uid) && uid_is(l->thing_uid, r->thing_uid) &&
	       span_eq(l->field, r->field) && span_eq(l->type, r->type) &&
	       span_eq(l->origins, r->origins);
}

/* Are all origins of the row's integration allowed by the box? `o` are the page's, by integration;
 * *at moves along with the rows. */
static bool origins_cover(struct arena *a, const struct sealed_page *p, size_t *at,
			  const struct sealed_row *r, struct span allowed_text)
{
	struct origins allowed;

	if (origins_read(a, allowed_text, &allowed) != OK)
		return false;
	while (*at < p->norigins && p->origins[*at].integration_id < r->integration_id)
		++*at;
	for (size_t i = *at; i < p->norigins; i++) {
		if (p->origins[i].integration_id != r->integration_id)
			break;
		if (!origins_has(&allowed, p->origins[i].origin))
			return false;
	}
	return true;
}

void check_note(struct vault_check *c, enum vault_row row, enum vault_why why, int64_t account_id,
		int64_t subscription_id, int64_t integration_id)
{
	c->checked++;
	if (!why) {
		c->good++;
		return;
	}
	c->why[why]++;
	if (c->nfaults < VAULT_FAULTS)
		c->faults[c->nfaults++] =
			(struct vault_fault){row, why, account_id, subscription_id, integration_id};
}

enum vault_why check_why(enum trust t)
{
	static const enum vault_why WHY[] = {
		[TRUST_GOOD] = 0, [TRUST_FORGED] = WHY_FORGED, [TRUST_REPLAYED] = WHY_REPLAYED};

	return WHY[t];
}

/* Each row counts once, under the first thing that is wrong with it. The arena is of this row
 * alone: no more than one value lies open at a time. */
static enum vault_why judge(const struct open_key *k, struct arena *a, const struct sealed_page *p,
			    size_t *at, const struct sealed_row *r)
{
	struct seal_label label;
	struct secret value;

	if (!span_is(r->key_id, open_key_public(k)->id) ||
	    seal_open(a, k, r->box, &label, &value) != OK)
		return WHY_UNOPENED;
	if (!in_place(&label, r))
		return WHY_MISPLACED;
	return origins_cover(a, p, at, r, label.origins) ? 0 : WHY_ORIGINS;
}

int vault_op_sealed_check(struct vault *v, unsigned peers, const struct vault_request *q,
			  struct vault_answer *s)
{
	struct sealed_page page;
	struct arena *row;
	size_t at = 0;

	(void)peers;
	TRY(store_sealed_page(v->db, v->arena, q->after, &page));
	row = arena_new();
	for (size_t i = 0; i < page.nrows; i++) {
		const struct sealed_row *r = &page.rows[i];
		check_note(&s->check, ROW_SEALED, judge(v->key, row, &page, &at, r), 0, 0,
			   r->integration_id);
		arena_reset(row);
	}
	arena_free(row);
	s->check.next = page.next;
	return OK;
}

static int passwords(struct vault *v, int64_t after, struct vault_check *c)
{
	struct password_row *list;
	size_t n;

	TRY(store_password_page(v->db, v->arena, after, &list, &n, &c->next));
	for (size_t i = 0; i < n; i++)
		check_note(c, ROW_PASSWORD, mac_password_fits(v->key, &list[i]) ? 0 : WHY_FORGED,
			   list[i].account_id, 0, 0);
	return OK;
}

static int rights(struct vault *v, enum right_table table, enum vault_row row, int64_t after,
		  struct vault_check *c)
{
	struct right *list;
	enum trust trust;
	size_t n;

	TRY(store_right_page(v->db, v->arena, table, after, &list, &n, &c->next));
	for (size_t i = 0; i < n; i++) {
		TRY(trust_right(v, &list[i], &trust));
		check_note(c, row, check_why(trust), list[i].account_id, list[i].subscription_id,
			   0);
	}
	return OK;
}

static int site_roles(struct vault *v, int64_t after, struct vault_check *c)
{
	return rights(v, RIGHT_SITE_ROLE, ROW_SITE_ROLE, after, c);
}

static int roles(struct vault *v, int64_t after, struct vault_check *c)
{
	return rights(v, RIGHT_ROLE, ROW_ROLE, after, c);
}

static int collaborators(struct vault *v, int64_t after, struct vault_check *c)
{
	return rights(v, RIGHT_COLLABORATOR, ROW_COLLABORATOR, after, c);
}

static int confirmations(struct vault *v, int64_t after, struct vault_check *c)
{
	struct confirmation *list;
	size_t n;

	TRY(store_confirmation_page(v->db, v->arena, after, &list, &n, &c->next));
	for (size_t i = 0; i < n; i++)
		check_note(c, ROW_CONFIRMATION,
			   mac_confirmation_fits(v->key, &list[i]) ? 0 : WHY_FORGED,
			   list[i].account_id, 0, 0);
	return OK;
}

static int links(struct vault *v, int64_t after, struct vault_check *c)
{
	struct password_link *list;
	size_t n;

	TRY(store_link_page(v->db, v->arena, after, &list, &n, &c->next));
	for (size_t i = 0; i < n; i++)
		check_note(c, ROW_LINK, mac_link_fits(v->key, &list[i]) ? 0 : WHY_FORGED,
			   list[i].account_id, 0, 0);
	return OK;
}

/* The walk goes through these, one after the other. */
static int (*const TABLES[])(struct vault *, int64_t, struct vault_check *) = {
	passwords, site_roles,	   roles,	 collaborators,	   confirmations,
	links,	   check_bindings, check_grants, check_departures,
};

/* Where it stands: the table in the high byte, then the id behind which it goes on. */
enum { TABLE_SHIFT = 56 };
#define ID_MASK ((INT64_C(1) << TABLE_SHIFT) - 1)

struct walking {
	struct vault *vault;
	size_t table;
	int64_t after;
	struct vault_check check;
};

/* In a transaction: rows and the entries that they are held against are of one moment. */
static int walk(struct db *db, void *arg)
{
	struct walking *w = arg;

	(void)db;
	w->check = (struct vault_check){0};
	return TABLES[w->table](w->vault, w->after, &w->check);
}

int vault_op_rights_check(struct vault *v, unsigned peers, const struct vault_request *q,
			  struct vault_answer *s)
{
	struct walking w = {.vault = v, .after = q->after & ID_MASK};
	int64_t table = q->after >> TABLE_SHIFT;

	(void)peers;
	if (table < 0 || (size_t)table >= COUNT(TABLES))
		return E_INVALID;
	w.table = (size_t)table;
	TRY(db_transaction(v->db, walk, &w));
	s->check = w.check;
	if (s->check.next)
		s->check.next |= table << TABLE_SHIFT;
	else if ((size_t)table + 1 < COUNT(TABLES))
		s->check.next = (table + 1) << TABLE_SHIFT;
	return OK;
}
