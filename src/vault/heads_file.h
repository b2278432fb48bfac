/* heads_file.h: the files in which the vault signs the heads of the audit chains. They lie outside
 * the database, in a folder that only the vault writes, and are only ever appended to:
 *
 *   heads.pub            the public half of the signing key
 *   heads-000001.log     lines, see core/head_line.h; a file that has grown to HEADS_FILE_MOST is
 *   heads-000002.log     followed by the next one, which begins with the hash of the last line and
 *                        with all heads that were signed last, so that it is whole without the
 * others
 *
 * A head that goes back (fewer entries than were signed, or other ones) is not signed: it is
 * logged. */
#ifndef VAULT_HEADS_FILE_H
#define VAULT_HEADS_FILE_H

#include "base/arena.h"
#include "core/head_line.h"
#include "seal/sign.h"

#define HEADS_PREFIX "heads-"
#define HEADS_KEY "heads.pub"
enum { HEADS_FILE_MOST = 64 * 1024 * 1024 };

struct heads_file;

/* Opens the newest file of the folder, or the next one, and reads what was signed. `key` is
 * borrowed. E_UNAVAILABLE: folder or file cannot be read or written; E_CONFLICT: they were signed
 * with another key. Both logged. */
int heads_file_open(struct arena *a, const char *folder, const struct sign_key *key,
		    struct heads_file **out) WARN_UNUSED;
void heads_file_close(struct heads_file *h);
/* A head as the database has it now: a line, when it has moved. E_UNAVAILABLE (logged): it could
 * not be written; then the file must be opened again. */
int heads_file_head(struct heads_file *h, struct span chain, int64_t seq,
		    struct span hash) WARN_UNUSED;
/* All heads were given: says so in a line and brings everything to the disk. Logs heads that went
 * back or are gone. Errors as above. */
int heads_file_end(struct heads_file *h) WARN_UNUSED;
/* Is it time for the next file? Then open again. */
bool heads_file_full(const struct heads_file *h);
/* heads_file_open() with another size than HEADS_FILE_MOST. */
int heads_file_open_most(struct arena *a, const char *folder, const struct sign_key *key,
			 int64_t most, struct heads_file **out) WARN_UNUSED;

#endif
