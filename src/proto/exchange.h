/* exchange.h: asking another program of ours: a UNIX SOCK_SEQPACKET socket, one request and one
 * answer a connection. */
#ifndef PROTO_EXCHANGE_H
#define PROTO_EXCHANGE_H

#include "base/err.h"
#include "base/span.h"

/* Sends `message` to the socket at `path` and takes the answer into `room`, all within
 * `timeout_ms`. *answer lies in `room`. E_UNAVAILABLE: nobody is there or answers in time, or the
 * answer is longer than `size`. */
int proto_exchange(const char *path, int timeout_ms, struct span message, char *room, size_t size,
		   struct span *answer) WARN_UNUSED;

#endif
