/* kept.c: MAC (32) | sealed_at (decimal) LF | key id LF | length of origins LF | origins | box;
 * a uid: MAC (32) | uid (16) */
#include "page/kept.h"

#include "base/buf.h"
#include "base/banned.h"

static void mac_of(struct span token, const struct kept *k, struct span inside,
		   unsigned char out[HASH_BYTES])
{
	struct buf all = BUF_INIT;

	buf_printf(&all, "kept:%zu:%zu:%zu:%zu:", k->owner.n, k->uid.n, k->type.n, k->field.n);
	buf_put(&all, k->owner);
	buf_put(&all, k->uid);
	buf_put(&all, k->type);
	buf_put(&all, k->field);
	buf_put(&all, inside);
	mac_bytes(token, buf_span(&all), out);
	buf_release(&all);
}

struct span kept_text(struct arena *a, struct span token, const struct kept *k)
{
	struct buf inside = BUF_INIT, all = BUF_INIT;
	unsigned char mac[HASH_BYTES];
	struct span text;

	buf_printf(&inside, "%lld\n%.*s\n%zu\n", (long long)k->sealed_at, SPAN_ARG(k->key_id),
		   k->origins.n);
	buf_put(&inside, k->origins);
	buf_put(&inside, k->box);
	mac_of(token, k, buf_span(&inside), mac);
	buf_put(&all, span_of((const char *)mac, sizeof(mac)));
	buf_put(&all, buf_span(&inside));
	text = base64_text(a, buf_span(&all));
	buf_release(&inside);
	buf_release(&all);
	return text;
}

static int split(struct span rest, struct kept *k)
{
	struct span at, length;
	int64_t n;

	if (!span_cut(&rest, '\n', &at) || !span_cut(&rest, '\n', &k->key_id) ||
	    !span_cut(&rest, '\n', &length))
		return E_INVALID;
	TRY(span_i64(at, &k->sealed_at));
	TRY(span_i64(length, &n));
	if (n > (int64_t)rest.n || k->key_id.n != SEAL_KEY_ID_CHARS)
		return E_INVALID;
	k->origins = span_of(rest.p, (size_t)n);
	k->box = span_of(rest.p + n, rest.n - (size_t)n);
	return OK;
}

int kept_read(struct arena *a, struct span token, struct span text, struct kept *k)
{
	unsigned char mac[HASH_BYTES];
	struct span all, inside;

	TRY(base64_read(a, text, KEPT_TEXT_MAX, &all));
	if (all.n < HASH_BYTES)
		return E_INVALID;
	inside = span_of(all.p + HASH_BYTES, all.n - HASH_BYTES);
	mac_of(token, k, inside, mac);
	if (!mac_equal(mac, span_of(all.p, HASH_BYTES)))
		return E_INVALID;
	return split(inside, k);
}

static void uid_mac(struct span token, struct span owner, struct span uid,
		    unsigned char out[HASH_BYTES])
{
	struct buf all = BUF_INIT;

	buf_printf(&all, "uid:%zu:", owner.n);
	buf_put(&all, owner);
	buf_put(&all, uid);
	mac_bytes(token, buf_span(&all), out);
	buf_release(&all);
}

struct span kept_uid_text(struct arena *a, struct span token, struct span owner, struct span uid)
{
	unsigned char all[HASH_BYTES + UID_BYTES];

	ASSERT(uid.n == UID_BYTES);
	uid_mac(token, owner, uid, all);
	memcpy(all + HASH_BYTES, uid.p, UID_BYTES);
	return base64_text(a, span_of((const char *)all, sizeof(all)));
}

int kept_uid_read(struct arena *a, struct span token, struct span owner, struct span text,
		  struct span *uid)
{
	unsigned char mac[HASH_BYTES];
	struct span all, found;

	TRY(base64_read(a, text, HASH_BYTES + UID_BYTES, &all));
	if (all.n != HASH_BYTES + UID_BYTES)
		return E_INVALID;
	found = span_of(all.p + HASH_BYTES, UID_BYTES);
	uid_mac(token, owner, found, mac);
	if (!mac_equal(mac, span_of(all.p, HASH_BYTES)))
		return E_INVALID;
	*uid = found;
	return OK;
}
