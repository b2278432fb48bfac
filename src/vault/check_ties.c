/* check_ties.c: do bindings, consents and departures carry the vault's MAC, are they its last word,
 * and do they fit each other and the integrations that they tie together? */
#include "vault/check.h"
#include "base/banned.h"

/* The account integration may be gone: then the binding leads nowhere, and that is no fault. */
static int binding_fits(struct vault *v, const struct binding_row *b, bool *out)
{
	struct integration_head handle, own;
	struct scope_grant g;
	int rc;

	*out = false;
	TRY(store_integration_head_find(v->db, v->arena, b->integration_id, &handle));
	if (handle.subscription_id != b->subscription_id || !handle.bound)
		return OK;
	rc = store_integration_head_find(v->db, v->arena, b->account_integration_id, &own);
	*out = rc == E_NOT_FOUND;
	if (rc == E_NOT_FOUND)
		return OK;
	TRY(rc);
	if (own.account_id != b->account_id || !span_eq(own.type, handle.type))
		return OK;
	rc = store_scope_grant_find(v->db, v->arena, own.id, b->subscription_id, &g);
	if (rc != OK && rc != E_NOT_FOUND)
		return rc;
	/* none: withdrawn; a released one has no binding */
	*out = rc == E_NOT_FOUND || (!g.released_until && g.account_id == b->account_id);
	return OK;
}

int check_bindings(struct vault *v, int64_t after, struct vault_check *c)
{
	struct binding_row *list;
	enum trust trust;
	bool fits = true;
	size_t n;

	TRY(store_binding_row_page(v->db, v->arena, after, &list, &n, &c->next));
	for (size_t i = 0; i < n; i++) {
		TRY(trust_binding(v, &list[i], &trust));
		if (trust == TRUST_GOOD)
			TRY(binding_fits(v, &list[i], &fits));
		check_note(c, ROW_BINDING,
			   trust == TRUST_GOOD && !fits ? WHY_MOVED : check_why(trust),
			   list[i].account_id, list[i].subscription_id, list[i].integration_id);
	}
	return OK;
}

/* A consent that is in use has something that uses it. */
static int grant_fits(struct vault *v, const struct scope_grant *g, bool *out)
{
	struct integration_head own;
	struct binding_row *list;
	size_t n;

	TRY(store_integration_head_find(v->db, v->arena, g->integration_id, &own));
	TRY(store_binding_rows_to(v->db, v->arena, g->integration_id, g->subscription_id, &list,
				  &n));
	*out = own.account_id == g->account_id && (g->released_until || n);
	return OK;
}

int check_grants(struct vault *v, int64_t after, struct vault_check *c)
{
	struct scope_grant *list;
	enum trust trust;
	bool fits = true;
	size_t n;

	TRY(store_scope_grant_page(v->db, v->arena, after, &list, &n, &c->next));
	for (size_t i = 0; i < n; i++) {
		TRY(trust_scope_grant(v, &list[i], &trust));
		if (trust == TRUST_GOOD)
			TRY(grant_fits(v, &list[i], &fits));
		check_note(c, ROW_SCOPE_GRANT,
			   trust == TRUST_GOOD && !fits ? WHY_MOVED : check_why(trust),
			   list[i].account_id, list[i].subscription_id, list[i].integration_id);
	}
	return OK;
}

int check_departures(struct vault *v, int64_t after, struct vault_check *c)
{
	struct departure *list;
	enum trust trust;
	size_t n;

	TRY(store_departure_page(v->db, v->arena, after, &list, &n, &c->next));
	for (size_t i = 0; i < n; i++) {
		TRY(trust_departure(v, &list[i], &trust));
		check_note(c, ROW_DEPARTURE, check_why(trust), list[i].account_id,
			   list[i].subscription_id, 0);
	}
	return OK;
}
