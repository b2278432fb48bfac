/* keygen.c: making the vault's key pair and MAC key. */
#include "seal/keygen.h"

#include <errno.h>
#include <fcntl.h>
#include <sodium.h>
#include <stdio.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/log.h"
#include "seal/keyfile.h"
#include "base/banned.h"

struct fresh {
	unsigned char public_key[crypto_box_PUBLICKEYBYTES];
	unsigned char secret[crypto_box_SECRETKEYBYTES];
	unsigned char mac[HASH_BYTES];
	char secret_text[KEYFILE_BASE64_CHARS + 1], mac_text[KEYFILE_BASE64_CHARS + 1];
	char file[512];
};

static void base64(char *out, const unsigned char *key)
{
	sodium_bin2base64(out, KEYFILE_BASE64_CHARS + 1, key, 32,
			  sodium_base64_VARIANT_URLSAFE_NO_PADDING);
}

static int write_all(int fd, const char *text)
{
	size_t n = strlen(text);

	if (write(fd, text, n) != (ssize_t)n || fsync(fd) != 0)
		return E_UNAVAILABLE;
	return OK;
}

static int file_write(const char *path, int flags, mode_t mode, const char *text)
{
	int fd = open(path, O_WRONLY | O_CREAT | O_NOFOLLOW | O_CLOEXEC | flags, mode), rc;

	if (fd < 0) {
		log_error("cannot write %s: %s", path, strerror(errno));
		return errno == EEXIST ? E_CONFLICT : E_UNAVAILABLE;
	}
	rc = fchmod(fd, mode) == 0 ? write_all(fd, text) : E_UNAVAILABLE;
	if (close(fd) != 0)
		rc = E_UNAVAILABLE;
	if (rc != OK)
		log_error("cannot write %s", path);
	return rc;
}

/* A pair of files or neither: a secret key without its public half would block the next try. */
static int pair_write(const char *secret_path, const char *public_path, struct fresh *f,
		      const struct seal_key *k)
{
	char public_text[KEYFILE_BASE64_CHARS + 1], text[256];
	int rc;

	base64(f->secret_text, f->secret);
	base64(f->mac_text, f->mac);
	base64(public_text, f->public_key);
	snprintf(f->file, sizeof(f->file), KEYFILE_SECRET "\n%s\n%s\n%s\n", k->id, f->secret_text,
		 f->mac_text);
	snprintf(text, sizeof(text), KEYFILE_PUBLIC "\n%s\n%s\n", k->id, public_text);
	rc = file_write(secret_path, O_EXCL, 0400, f->file);
	if (rc == E_CONFLICT)
		return rc;
	if (rc == OK)
		rc = file_write(public_path, O_TRUNC, 0644, text);
	if (rc != OK)
		unlink(secret_path);
	return rc;
}

int keygen_write(const char *secret_path, const char *public_path, struct seal_key *out)
{
	struct fresh *f = sodium_malloc(sizeof(*f));
	int rc;

	ASSERT(f != NULL);
	crypto_box_keypair(f->public_key, f->secret);
	random_bytes(f->mac, sizeof(f->mac));
	seal_key_of(f->public_key, out);
	rc = pair_write(secret_path, public_path, f, out);
	sodium_free(f);
	return rc;
}
