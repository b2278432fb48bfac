/* kept.h: a secret that was typed into a form with errors goes back to the browser as its sealed
 * box
 * ("kept, sealed") and returns with the next try. Neither browser nor web process can open it. What
 * stands around the box (what it is, whose, for which origins) is under a MAC of the session, so
 * that nobody can pass off one box as another. So is the uid of an integration that is not there
 * yet. */
#ifndef PAGE_KEPT_H
#define PAGE_KEPT_H

#include "core/url.h"
#include "seal/seal.h"

struct kept {
	struct span owner;    /* the subscription's or account's uid, 16 bytes */
	struct span uid;      /* the integration's, 16 bytes */
	struct span type, field;
	struct span key_id, box;
	struct span origins;  /* origins_text() */
	int64_t sealed_at;
};

enum { KEPT_TEXT_MAX = 100 * 1024, KEPT_ALL_MAX = 800 * 1024 };

/* The hidden input's value, in the arena. `token` is the session's. */
struct span kept_text(struct arena *a, struct span token, const struct kept *k);
/* Reads it back. k->owner, uid, type and field are given and must be those of the time. E_INVALID
 * when it was made for another session, owner, integration or field, or was tampered with.
 */
int kept_read(struct arena *a, struct span token, struct span text, struct kept *k) WARN_UNUSED;

/* The uid that + Add gave out, as a hidden input, and back: uids are ours to choose. E_INVALID as
 * above. */
struct span kept_uid_text(struct arena *a, struct span token, struct span owner, struct span uid);
int kept_uid_read(struct arena *a, struct span token, struct span owner, struct span text,
		  struct span *uid) WARN_UNUSED;

#endif
