/* seal.c: sealing to the vault's public key. */
#include "seal/seal.h"

#include <sodium.h>

#include "base/file.h"
#include "base/log.h"
#include "seal/keyfile.h"
#include "seal/label.h"
#include "base/banned.h"

static int public_parse(struct span text, struct seal_key *out)
{
	struct span lines[3];
	unsigned char public_key[SEAL_PUBLIC_BYTES];

	TRY(keyfile_lines(text, lines, COUNT(lines)));
	if (!span_is(lines[0], KEYFILE_PUBLIC))
		return E_INVALID;
	TRY(keyfile_bytes(lines[2], public_key, sizeof(public_key)));
	seal_key_of(public_key, out);
	return span_is(lines[1], out->id) ? OK : E_INVALID;
}

int seal_key_read(const char *path, struct seal_key *out)
{
	struct arena *a = arena_new();
	struct span text;
	int rc = file_read(a, path, KEYFILE_MAX, &text);

	if (rc == OK)
		rc = public_parse(text, out);
	else if (rc != E_NOT_FOUND)
		rc = E_INVALID;
	arena_free(a);
	if (rc != OK)
		log_error("public key %s: %s", path, rc == E_NOT_FOUND
			  ? "cannot be opened" : "not a public key of Signet's");
	return rc;
}

static size_t plain_size(const struct seal_label *l, size_t value)
{
	return 1 + WIRE_RUN(SEAL_KEY_ID_CHARS) + 2 * UID_BYTES + WIRE_RUN(l->field.n) +
	       WIRE_RUN(l->type.n) + 8 + WIRE_RUN(l->origins.n) + WIRE_RUN(value);
}

static void plain_write(struct wire_out *w, const struct seal_key *k, const struct seal_label *l,
			const struct secret *value)
{
	wire_put_byte(w, LABEL_VERSION);
	wire_put_run(w, span_of(k->id, SEAL_KEY_ID_CHARS), SEAL_KEY_ID_CHARS);
	wire_put_fixed(w, l->owner_uid, UID_BYTES);
	wire_put_fixed(w, l->thing_uid, UID_BYTES);
	wire_put_run(w, l->field, LABEL_FIELD_MAX);
	wire_put_run(w, l->type, LABEL_TYPE_MAX);
	wire_put_i64(w, l->sealed_at);
	wire_put_run(w, l->origins, LABEL_ORIGINS_MAX);
	wire_put_run(w, span_of((const char *)value->p, value->n), SEAL_VALUE_MAX);
}

int seal_value(struct arena *a, const struct seal_key *k, const struct seal_label *label,
	       const struct secret *value, struct span *box)
{
	size_t n, padded;
	struct secret plain;
	struct wire_out w;
	unsigned char *out;
	int rc;

	if (value->n > SEAL_VALUE_MAX || label->field.n > LABEL_FIELD_MAX ||
	    label->type.n > LABEL_TYPE_MAX || label->origins.n > LABEL_ORIGINS_MAX)
		return E_TOO_BIG;
	n = plain_size(label, value->n);
	plain = secret_new(NULL, n - n % LABEL_BLOCK + LABEL_BLOCK);
	w = wire_into(plain.p, n);
	plain_write(&w, k, label, value);
	ASSERT(w.err == OK && w.n == n);
	ASSERT(sodium_pad(&padded, plain.p, n, LABEL_BLOCK, plain.n) == 0 && padded == plain.n);
	out = arena_alloc(a, plain.n + crypto_box_SEALBYTES);
	rc = crypto_box_seal(out, plain.p, plain.n, k->public_key);
	*box = span_of((char *)out, plain.n + crypto_box_SEALBYTES);
	secret_release(&plain);
	return rc == 0 ? OK : E_CORRUPT; /* a public key of low order */
}
