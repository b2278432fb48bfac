/* standing.c: disabling and enabling accounts. */
#include "store/standing.h"

#include "base/clock.h"
#include "store/right.h"
#include "vault/acting.h"
#include "base/banned.h"

struct enabling {
	struct vault *vault;
	unsigned peers;
	const struct vault_request *request;
};

/* Nobody shuts themselves out, and there is always a site admin who can act. */
static int may_disable(struct vault *v, const struct acting *who, const struct right *site)
{
	struct right now;
	int64_t others;
	int rc;

	if (!who->is_operator && who->actor.account_id == site->account_id)
		return E_CONFLICT;
	rc = store_right_find(v->db, v->arena, RIGHT_SITE_ROLE, site->account_id, 0, &now);
	if (rc == E_NOT_FOUND)
		return OK;
	TRY(rc);
	TRY(store_right_other_admins(v->db, v->arena, site, &others));
	return others ? OK : E_CONFLICT;
}

static int enable(struct db *db, void *arg)
{
	const struct enabling *e = arg;
	struct vault *v = e->vault;
	const struct right site = {.table = RIGHT_SITE_ROLE, .account_id = e->request->account_id};
	struct standing account;
	struct acting who;

	TRY(store_right_lock(db, v->arena, &site));
	TRY(acting_find(v, e->peers, e->request, &who));
	TRY(acting_site_admin(v, &who));
	TRY(store_standing_find(db, v->arena, site.account_id, &account));
	if (!e->request->enabled)
		TRY(may_disable(v, &who, &site));
	return store_standing_set(db, v->arena, &who.actor, &account, e->request->enabled,
				  clock_now());
}

int vault_op_account_enable(struct vault *v, unsigned peers, const struct vault_request *q,
			    struct vault_answer *s)
{
	struct enabling e = {v, peers, q};

	(void)s;
	return db_transaction(v->db, enable, &e);
}
