/* proto.c: fuzzes what the vault reads from a peer. What is accepted must come out the same when it is
 * written again: a format with two spellings of one request would hide something. */
#include <stdlib.h>

#include "proto/codec.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct vault_request q;
	unsigned char room[PROTO_ROOM];
	struct wire_out w = wire_into(room, sizeof(room));
	struct arena *a = arena_new();
	struct vault_answer s;

	if (proto_request_get(a, span_of((const char *)data, size), &q) == OK) {
		proto_request_put(&w, &q);
		if (w.err != OK || w.n != size || memcmp(room, data, size) != 0)
			abort();
	}
	arena_free(a);
	for (int op = VAULT_STATUS; op <= VAULT_OP_LAST; op++)
		if (proto_answer_get(span_of((const char *)data, size), (enum vault_op)op, &s) == OK &&
		    s.err > 0)
			abort();
	return 0;
}
