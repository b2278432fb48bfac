/* audit.c: appending to a chain. */
#include "store/audit.h"

#include "base/clock.h"
#include "base/log.h"
#include "base/banned.h"

enum { HEAD_LOCK, HEAD_START, HEAD_MOVE, INSERT, RAISE_PEOPLE };

static const struct stmt STMTS[] = {
	[HEAD_LOCK] = {"SELECT seq, hash FROM audit_head WHERE chain = ? FOR UPDATE", "s", "ib"},
	[HEAD_START] = {"INSERT INTO audit_head (chain, seq, hash) VALUES (?, 1, ?)", "sb", ""},
	[HEAD_MOVE] = {"UPDATE audit_head SET seq = ?, hash = ? WHERE chain = ?", "ibs", ""},
	[INSERT] = {"INSERT INTO audit (chain, seq, at, actor_id, actor, address, request, action,"
		    " object_id, object, fields, prev, hash)"
		    " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
		    "siiIssssissbb", ""},
	[RAISE_PEOPLE] = {"UPDATE people_revision SET revision = revision + 1 WHERE id = 1", "",
			  ""},
};

const struct stmt_table STORE_AUDIT = {"audit", STMTS, COUNT(STMTS)};

static void (*chain_hash)(struct span data, unsigned char out[32]);

void store_audit_setup(void (*hash)(struct span data, unsigned char out[32]))
{
	chain_hash = hash;
}

/* Its first `most` characters: columns count characters, not bytes. */
static struct span cut(struct span s, size_t most)
{
	size_t characters = 0;

	for (size_t k = 0; k < s.n; k++)
		if (((unsigned char)s.p[k] & 0xC0) != 0x80 && characters++ == most)
			return span_of(s.p, k);
	return s;
}

void store_audit_fit(struct audit_entry *e)
{
	e->actor.name = cut(e->actor.name, 80);
	e->actor.address = cut(e->actor.address, 45);
	e->actor.request = cut(e->actor.request, 32);
	e->object = cut(e->object, 80);
	e->fields = cut(e->fields, 8000);
}

static int broken(struct span chain, const char *how)
{
	log_error("the audit chain %.*s %s: nothing is written until it is mended; see "
		  "`signet-admin audit verify`",
		  SPAN_ARG(chain), how);
	return E_CORRUPT;
}

/* The chain's last number and hash; 0 and zeros for a new chain. */
static int head(struct db *db, struct arena *a, struct span chain, int64_t *seq, struct span *hash)
{
	struct rows *rows;

	*seq = 0;
	*hash = span_of(arena_alloc(a, 32), 32);
	TRY(db_select(db, a, &STMTS[HEAD_LOCK], &rows, chain));
	if (rows_next(rows, seq, hash) && (hash->n != 32 || *seq < 1))
		return broken(chain, "has a head that is none");
	return OK;
}

/* Has this kind of change nothing to do with who is in which subscription, and what that is called?
 * What is not known to be so counts as such a change: store_session_find() keeps memberships until
 * the next one. */
static bool leaves_people(enum audit_action action)
{
	static const char *const APART[] = {"integration.", "scope.",	   "binding.",
					    "session.",	    "sync_token.", "denied"};
	struct span text = span_str(audit_action_text(action));

	for (size_t k = 0; k < COUNT(APART); k++)
		if (span_starts(text, span_str(APART[k])))
			return true;
	return false;
}

int store_audit_write(struct db *db, struct arena *a, struct audit_entry *e)
{
	struct buf bytes = BUF_INIT;
	unsigned char sum[32];
	struct span prev, hash = span_of((const char *)sum, sizeof(sum));
	const int64_t *actor = e->actor.account_id ? &e->actor.account_id : NULL;
	int64_t last;
	int rc;

	ASSERT(chain_hash != NULL && db_in_transaction(db));
	store_audit_fit(e);
	TRY(head(db, a, e->chain, &last, &prev));
	e->seq = last + 1;
	if (e->at == 0)
		e->at = clock_now();
	audit_bytes(e, prev, &bytes);
	chain_hash(buf_span(&bytes), sum);
	buf_release(&bytes);
	if (last == 0)
		rc = db_run(db, &STMTS[HEAD_START], NULL, e->chain, hash);
	else
		rc = db_run(db, &STMTS[HEAD_MOVE], NULL, e->seq, hash, e->chain);
	if (rc == E_CONFLICT)
		return E_RETRY; /* another began the chain at the same moment */
	TRY(rc);
	if (!leaves_people(e->action))
		TRY(db_run(db, &STMTS[RAISE_PEOPLE], NULL));
	rc = db_run(db, &STMTS[INSERT], NULL, e->chain, e->seq, e->at, actor, e->actor.name,
		    e->actor.address, e->actor.request, span_str(audit_action_text(e->action)),
		    e->object_id, e->object, e->fields, prev, hash);
	return rc == E_CONFLICT ? broken(e->chain, "has entries behind its head") : rc;
}
