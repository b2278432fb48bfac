/* rendered.c: parts of pages, kept. One place for each, by its key's hash: no order to look after.
 */
#include "page/rendered.h"

#include "base/banned.h"

static size_t slot_of(struct span key)
{
	uint32_t h = 2166136261u; /* FNV-1a */
	const char *blank = key.n ? memchr(key.p, ' ', key.n) : NULL;

	for (size_t i = blank ? (size_t)(blank - key.p) : 0; i < key.n; i++)
		h = (h ^ (unsigned char)key.p[i]) * 16777619u;
	return h % RENDERED_SLOTS;
}

bool rendered_find(const struct rendered *r, struct span key, struct span *body)
{
	const struct rendered_part *b = &r->slots[slot_of(key)];

	if (b->key.n == 0 || !span_eq(buf_span(&b->key), key))
		return false;
	*body = buf_span(&b->body);
	return true;
}

void rendered_keep(struct rendered *r, struct span key, struct span body)
{
	struct rendered_part *b = &r->slots[slot_of(key)];

	if (key.n == 0 || key.n > RENDERED_KEY_MOST || body.n > RENDERED_MOST)
		return;
	buf_reset(&b->key);
	buf_reset(&b->body);
	buf_put(&b->body, body);
	buf_put(&b->key, key);
}

int rendered_put(struct rendered *r, struct span key, struct buf *out,
		 int (*make)(struct buf *out, void *arg), void *arg)
{
	size_t before = out->n;
	struct span part;

	if (rendered_find(r, key, &part)) {
		buf_put(out, part);
		return out->err;
	}
	TRY(make(out, arg));
	if (out->err == OK)
		rendered_keep(r, key, span_of(out->p + before, out->n - before));
	return out->err;
}

void rendered_drop(struct rendered *r)
{
	for (size_t k = 0; k < RENDERED_SLOTS; k++) {
		buf_release(&r->slots[k].key);
		buf_release(&r->slots[k].body);
	}
}
