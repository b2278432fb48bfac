/* proto.c: fuzzes what the vault reads from a peer. What is accepted must come out the same when it is
 * written again: a format with two spellings of one request would hide something. */
#include <stdlib.h>

#include "proto/codec.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n)
{
	struct vault_request q;
	unsigned char room[PROTO_ROOM];
	struct wire_out w = wire_into(room, sizeof(room));
	struct vault_answer s;

	if (proto_request_get(span_of((const char *)data, n), &q) == OK) {
		proto_request_put(&w, &q);
		if (w.err != OK || w.n != n || memcmp(room, data, n) != 0)
			abort();
	}
	for (int op = VAULT_STATUS; op <= VAULT_RIGHTS_CHECK; op++)
		if (proto_answer_get(span_of((const char *)data, n), (enum vault_op)op, &s) == OK &&
		    s.err > 0)
			abort();
	return 0;
}
