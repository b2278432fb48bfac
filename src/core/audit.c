/* audit.c: the canonical bytes of an audit entry. */
#include "core/audit.h"

#include "base/arena.h"
#include "base/banned.h"

const char *audit_action_text(enum audit_action a)
{
	static const char *const TEXT[] = {
#define AUDIT(id, text, words) [AUDIT_##id] = text,
#include "core/audit.def"
#undef AUDIT
	};

	ASSERT((size_t)a < COUNT(TEXT));
	return TEXT[a];
}

const char *audit_action_words(enum audit_action a)
{
	static const char *const WORDS[] = {
#define AUDIT(id, text, words) [AUDIT_##id] = words,
#include "core/audit.def"
#undef AUDIT
	};

	ASSERT((size_t)a < COUNT(WORDS));
	return WORDS[a];
}

struct span audit_chain_subscription(struct arena *a, int64_t subscription_id)
{
	return arena_printf(a, "sub:%lld", (long long)subscription_id);
}

struct span audit_chain_account(struct arena *a, int64_t account_id)
{
	return arena_printf(a, "account:%lld", (long long)account_id);
}

struct span audit_chain_of(struct arena *a, const struct scope *s)
{
	return s->subscription_id ? audit_chain_subscription(a, s->subscription_id)
				  : audit_chain_account(a, s->account_id);
}

static void put_text(struct buf *out, struct span s)
{
	buf_printf(out, "%zu:", s.n);
	buf_put(out, s);
}

static void put_number(struct buf *out, int64_t v)
{
	buf_printf(out, "%lld;", (long long)v);
}

void audit_bytes(const struct audit_entry *e, struct span prev, struct buf *out)
{
	put_text(out, prev);
	put_text(out, e->chain);
	put_number(out, e->seq);
	put_number(out, e->at);
	put_number(out, e->actor.account_id);
	put_text(out, e->actor.name);
	put_text(out, e->actor.address);
	put_text(out, e->actor.request);
	put_text(out, span_str(audit_action_text(e->action)));
	put_number(out, e->object_id);
	put_text(out, e->object);
	put_text(out, e->fields);
}
