/* audit_check.c: the links of a chain. */
#include "core/audit_check.h"

#include "base/banned.h"

static bool is_own_hash(const struct audit_stored *s,
			void (*hash)(struct span, unsigned char out[32]))
{
	struct buf bytes = BUF_INIT;
	unsigned char sum[32];

	audit_bytes(&s->e, s->prev, &bytes);
	hash(buf_span(&bytes), sum);
	buf_release(&bytes);
	return span_eq(s->hash, span_of((const char *)sum, sizeof(sum)));
}

static struct span fault_of(const struct audit_walk *w, struct arena *a,
			    const struct audit_stored *s,
			    void (*hash)(struct span, unsigned char out[32]))
{
	if (!s->known)
		return SPAN("was changed: there is no such action");
	if (!is_own_hash(s, hash))
		return SPAN("was changed: it is not what its hash says");
	if (s->e.seq == w->seq + 2)
		return arena_printf(a, "comes after a gap: entry %lld is missing",
				    (long long)w->seq + 1);
	if (s->e.seq != w->seq + 1)
		return arena_printf(a, "comes after a gap: entries %lld to %lld are missing",
				    (long long)w->seq + 1, (long long)s->e.seq - 1);
	if (!span_eq(s->prev, span_of((const char *)w->hash, sizeof(w->hash))))
		return SPAN("does not follow the one before it: that one is another one now");
	return SPAN_NONE;
}

struct span audit_walk_fault(struct audit_walk *w, struct arena *a, const struct audit_stored *s,
			     void (*hash)(struct span data, unsigned char out[32]))
{
	struct span fault = fault_of(w, a, s, hash);

	w->seq = s->e.seq;
	memset(w->hash, 0, sizeof(w->hash));
	if (s->hash.n == sizeof(w->hash))
		memcpy(w->hash, s->hash.p, sizeof(w->hash));
	return fault;
}
