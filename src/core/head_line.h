/* head_line.h: one line of the file in which the vault signs the heads of the audit chains:
 *
 *   v1 17 1763784000 head sub:7 42 <hash> <line before> <signature>
 *
 * the line's number over all files, the time, what it is, the chain, its number of entries and the
 * hash of the last one, the hash of the line before, and the signature of all that stands before
 * it; hashes and signature in hex. A chain is named as audit_chain_*() names it. */
#ifndef CORE_HEAD_LINE_H
#define CORE_HEAD_LINE_H

#include "base/buf.h"

enum { HEAD_HASH = 32, HEAD_SIGNATURE = 64, HEAD_CHAIN_MAX = 40, HEAD_LINE_MAX = 512 };

enum head_kind {
	HEAD_BEGIN, /* the first line of a file; seq: the file's number */
	HEAD_CHAIN, /* the head of a chain */
	HEAD_START, /* the vault goes on in a file that is there; seq: 0 */
	HEAD_ALIVE, /* all heads were looked at; seq: how many */
	HEAD_KINDS
};

struct head_line {
	int64_t n, at;
	enum head_kind kind;
	struct span chain; /* "-" unless HEAD_CHAIN */
	int64_t seq;
	unsigned char hash[HEAD_HASH];	 /* zeros unless HEAD_CHAIN */
	unsigned char before[HEAD_HASH]; /* hash of the line before, without its end; zeros: none */
	unsigned char signature[HEAD_SIGNATURE];
};

/* Can a line name this chain? Lower-case letters, digits, ':' and '-', at most HEAD_CHAIN_MAX. */
bool head_chain_ok(struct span chain);
/* Appends what the signature covers; then, head_line_sign(), a blank, the signature and the line's
 * end. */
void head_line_put(struct buf *out, const struct head_line *l);
void head_line_sign(struct buf *out, const unsigned char signature[HEAD_SIGNATURE]);
/* Reads a line without its end; *text: what the signature covers. l->chain is borrowed from the
 * line. E_INVALID for anything that head_line_put() and head_line_sign() do not write. */
int head_line_read(struct span line, struct head_line *l, struct span *text) WARN_UNUSED;

#endif
