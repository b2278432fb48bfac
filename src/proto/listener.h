/* listener.h: the socket on which a program of ours is asked. */
#ifndef PROTO_LISTENER_H
#define PROTO_LISTENER_H

#include <sys/types.h>

#include "base/err.h"

/* Binds a SEQPACKET socket at `path`, mode 0660, of `group` ((gid_t)-1 = own), not blocking; takes
 * the place of a socket that nobody listens on. E_CONFLICT: somebody does; E_UNAVAILABLE. Both are
 * logged. */
int listener_open(const char *path, gid_t group, int *out) WARN_UNUSED;

#endif
