/* open.c: the vault's keys, and opening boxes with them. */
#include "seal/open.h"

#include <errno.h>
#include <fcntl.h>
#include <sodium.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/log.h"
#include "seal/keyfile.h"
#include "seal/label.h"
#include "base/banned.h"

struct open_key {
	struct seal_key public_half;
	unsigned char secret[crypto_box_SECRETKEYBYTES];
	unsigned char mac[HASH_BYTES];
};

/* Only the owner may read it, and the owner is this process's user or root. */
static int permissions_check(int fd, const char *path)
{
	struct stat st;

	if (fstat(fd, &st) != 0 || !S_ISREG(st.st_mode)) {
		log_error("secret key %s: not a file", path);
		return E_INVALID;
	}
	if ((st.st_mode & 077) != 0) {
		log_error("secret key %s: others than its owner may read it; chmod 0400", path);
		return E_DENIED;
	}
	if (st.st_uid != geteuid() && st.st_uid != 0) {
		log_error("secret key %s: belongs to another user", path);
		return E_DENIED;
	}
	return OK;
}

static int key_parse(struct span text, struct open_key *k)
{
	unsigned char public_key[SEAL_PUBLIC_BYTES];
	struct span lines[4];

	TRY(keyfile_lines(text, lines, COUNT(lines)));
	if (!span_is(lines[0], KEYFILE_SECRET))
		return E_INVALID;
	TRY(keyfile_bytes(lines[2], k->secret, sizeof(k->secret)));
	TRY(keyfile_bytes(lines[3], k->mac, sizeof(k->mac)));
	if (crypto_scalarmult_base(public_key, k->secret) != 0)
		return E_INVALID;
	seal_key_of(public_key, &k->public_half);
	return span_is(lines[1], k->public_half.id) ? OK : E_INVALID;
}

static int key_read_fd(int fd, const char *path, struct open_key *k)
{
	struct secret text;
	ssize_t n;
	int rc;

	TRY(permissions_check(fd, path));
	text = secret_new(NULL, KEYFILE_MAX);
	n = read(fd, text.p, text.n);
	rc = n < 0 ? E_INVALID : key_parse(span_of((const char *)text.p, (size_t)n), k);
	secret_release(&text);
	if (rc != OK)
		log_error("secret key %s: not a secret key of Signet's", path);
	return rc;
}

int open_key_read(const char *path, struct open_key **out)
{
	int fd = open(path, O_RDONLY | O_NOFOLLOW | O_CLOEXEC | O_NONBLOCK), rc;
	struct open_key *k;

	if (fd < 0) {
		log_error("secret key %s: cannot be opened: %s", path, strerror(errno));
		return E_NOT_FOUND;
	}
	k = sodium_malloc(sizeof(*k));
	ASSERT(k != NULL);
	rc = key_read_fd(fd, path, k);
	close(fd);
	if (rc != OK) {
		sodium_free(k);
		return rc;
	}
	sodium_mprotect_readonly(k);
	*out = k;
	return OK;
}

void open_key_lock(const struct open_key *k)
{
	/* The cast is for sodium_mlock()'s signature: the page stays read-only. */
	if (sodium_mlock((void *)(uintptr_t)k, sizeof(*k)) != 0)
		log_warn("the key's page cannot be locked in memory: %s", strerror(errno));
}

void open_key_free(struct open_key *k)
{
	sodium_free(k);
}

void open_key_derive(const struct open_key *k, const char *context, unsigned char out[OPEN_SEED_BYTES])
{
	_Static_assert(crypto_kdf_KEYBYTES == sizeof(k->secret), "the secret key is a master key");
	ASSERT(strlen(context) == crypto_kdf_CONTEXTBYTES);
	ASSERT(crypto_kdf_derive_from_key(out, OPEN_SEED_BYTES, 1, context, k->secret) == 0);
}

const struct seal_key *open_key_public(const struct open_key *k)
{
	return &k->public_half;
}

void open_key_mac(const struct open_key *k, struct span row, unsigned char out[HASH_BYTES])
{
	mac_bytes(span_of((const char *)k->mac, sizeof(k->mac)), row, out);
}

/* Takes a plaintext apart; nothing is given out unless all of it is right. */
static int plain_read(struct arena *a, const struct open_key *k, struct span plain,
		      struct seal_label *label, struct secret *value)
{
	struct wire_in r = wire_from(plain);
	unsigned version = wire_get_byte(&r);
	struct span id = wire_get_run(&r, SEAL_KEY_ID_CHARS), origins, field, type, inside;

	wire_get_fixed(&r, label->owner_uid, UID_BYTES);
	wire_get_fixed(&r, label->thing_uid, UID_BYTES);
	field = wire_get_run(&r, LABEL_FIELD_MAX);
	type = wire_get_run(&r, LABEL_TYPE_MAX);
	label->sealed_at = wire_get_i64(&r);
	origins = wire_get_run(&r, LABEL_ORIGINS_MAX);
	inside = wire_get_run(&r, SEAL_VALUE_MAX);
	TRY(wire_end(&r));
	if (version != LABEL_VERSION || !span_is(id, k->public_half.id))
		return E_CORRUPT;
	label->field = arena_span(a, field);
	label->type = arena_span(a, type);
	label->origins = arena_span(a, origins);
	*value = secret_new(a, inside.n);
	if (inside.n)
		memcpy(value->p, inside.p, inside.n);
	return OK;
}

int seal_open(struct arena *a, const struct open_key *k, struct span box, struct seal_label *label,
	      struct secret *value)
{
	struct secret plain;
	size_t n;
	int rc = E_CORRUPT;

	if (box.n <= crypto_box_SEALBYTES || (box.n - crypto_box_SEALBYTES) % LABEL_BLOCK != 0)
		return E_CORRUPT;
	plain = secret_new(NULL, box.n - crypto_box_SEALBYTES);
	if (crypto_box_seal_open(plain.p, (const unsigned char *)box.p, box.n,
				 k->public_half.public_key, k->secret) == 0 &&
	    sodium_unpad(&n, plain.p, plain.n, LABEL_BLOCK) == 0)
		rc = plain_read(a, k, span_of((const char *)plain.p, n), label, value);
	secret_release(&plain);
	return rc;
}
