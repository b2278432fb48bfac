/* check.c: does every sealed field open and lie where it belongs; does every right carry its MAC?
 * The answers are counts alone. */
#include "core/url.h"
#include "store/sealed_check.h"
#include "vault/mac.h"
#include "vault/vault.h"
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

/* Each row counts once, under the first thing that is wrong with it. The arena is of this row
 * alone: no more than one value lies open at a time. */
static int64_t *judge(const struct open_key *k, struct arena *a, const struct sealed_page *p,
		      size_t *at, const struct sealed_row *r, struct vault_check *c)
{
	struct seal_label label;
	struct secret value;

	if (!span_is(r->key_id, open_key_public(k)->id) ||
	    seal_open(a, k, r->box, &label, &value) != OK)
		return &c->unopened;
	if (!in_place(&label, r))
		return &c->misplaced;
	return origins_cover(a, p, at, r, label.origins) ? &c->good : &c->origins;
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
		++*judge(v->key, row, &page, &at, &page.rows[i], &s->check);
		arena_reset(row);
	}
	arena_free(row);
	s->check.checked = (int64_t)page.nrows;
	s->check.next = page.next;
	return OK;
}

/* Where the walk over the rights stands: the table in the high byte (passwords, then the tables of
 * rights, then these), then the account. */
enum { TABLE_SHIFT = 56, CONFIRMATIONS = 1 + RIGHT_TABLES, LINKS, TABLES };
#define ACCOUNT_MASK ((INT64_C(1) << TABLE_SHIFT) - 1)

static int passwords(struct vault *v, int64_t after, struct vault_check *c)
{
	struct password_row *list;
	size_t n;

	TRY(store_password_page(v->db, v->arena, after, &list, &n, &c->next));
	for (size_t i = 0; i < n; i++)
		++*(mac_password_fits(v->key, &list[i]) ? &c->good : &c->bad_mac);
	c->checked = (int64_t)n;
	return OK;
}

static int rights(struct vault *v, enum right_table table, int64_t after, struct vault_check *c)
{
	struct right *list;
	size_t n;

	TRY(store_right_page(v->db, v->arena, table, after, &list, &n, &c->next));
	for (size_t i = 0; i < n; i++)
		++*(mac_right_fits(v->key, &list[i]) ? &c->good : &c->bad_mac);
	c->checked = (int64_t)n;
	return OK;
}

static int confirmations(struct vault *v, int64_t after, struct vault_check *c)
{
	struct confirmation *list;
	size_t n;

	TRY(store_confirmation_page(v->db, v->arena, after, &list, &n, &c->next));
	for (size_t i = 0; i < n; i++)
		++*(mac_confirmation_fits(v->key, &list[i]) ? &c->good : &c->bad_mac);
	c->checked = (int64_t)n;
	return OK;
}

static int links(struct vault *v, int64_t after, struct vault_check *c)
{
	struct password_link *list;
	size_t n;

	TRY(store_link_page(v->db, v->arena, after, &list, &n, &c->next));
	for (size_t i = 0; i < n; i++)
		++*(mac_link_fits(v->key, &list[i]) ? &c->good : &c->bad_mac);
	c->checked = (int64_t)n;
	return OK;
}

static int check_table(struct vault *v, int64_t table, int64_t after, struct vault_check *c)
{
	if (table == 0)
		return passwords(v, after, c);
	if (table == CONFIRMATIONS)
		return confirmations(v, after, c);
	if (table == LINKS)
		return links(v, after, c);
	return rights(v, (enum right_table)(table - 1), after, c);
}

int vault_op_rights_check(struct vault *v, unsigned peers, const struct vault_request *q,
			  struct vault_answer *s)
{
	int64_t table = q->after >> TABLE_SHIFT, after = q->after & ACCOUNT_MASK;

	(void)peers;
	if (table < 0 || table >= TABLES)
		return E_INVALID;
	TRY(check_table(v, table, after, &s->check));
	if (s->check.next)
		s->check.next |= table << TABLE_SHIFT;
	else if (table + 1 < TABLES)
		s->check.next = (table + 1) << TABLE_SHIFT;
	return OK;
}
