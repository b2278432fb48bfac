/* head_line.c: writing and reading the lines. */
#include "core/head_line.h"

#include "base/arena.h"
#include "base/banned.h"

static const char *const KINDS[] = {
	[HEAD_BEGIN] = "begin", [HEAD_CHAIN] = "head", [HEAD_START] = "start",
	[HEAD_ALIVE] = "alive"};

bool head_chain_ok(struct span chain)
{
	if (chain.n == 0 || chain.n > HEAD_CHAIN_MAX)
		return false;
	for (size_t k = 0; k < chain.n; k++) {
		char c = chain.p[k];
		if (!((c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == ':' || c == '-'))
			return false;
	}
	return true;
}

static void put_hex(struct buf *out, const unsigned char *p, size_t n)
{
	for (size_t k = 0; k < n; k++)
		buf_printf(out, "%02x", p[k]);
}

void head_line_put(struct buf *out, const struct head_line *l)
{
	ASSERT(l->kind < HEAD_KINDS && head_chain_ok(l->chain));
	buf_printf(out, "v1 %lld %lld %s %.*s %lld ", (long long)l->n, (long long)l->at,
		   KINDS[l->kind], SPAN_ARG(l->chain), (long long)l->seq);
	put_hex(out, l->hash, HEAD_HASH);
	buf_putc(out, ' ');
	put_hex(out, l->before, HEAD_HASH);
}

void head_line_sign(struct buf *out, const unsigned char signature[HEAD_SIGNATURE])
{
	buf_putc(out, ' ');
	put_hex(out, signature, HEAD_SIGNATURE);
	buf_putc(out, '\n');
}

static int digit(char c)
{
	if (c >= '0' && c <= '9')
		return c - '0';
	return c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
}

static int get_hex(struct span text, unsigned char *out, size_t n)
{
	if (text.n != 2 * n)
		return E_INVALID;
	for (size_t k = 0; k < n; k++) {
		int high = digit(text.p[2 * k]), low = digit(text.p[2 * k + 1]);
		if (high < 0 || low < 0)
			return E_INVALID;
		out[k] = (unsigned char)(high << 4 | low);
	}
	return OK;
}

/* As head_line_put() writes it: no zero in front. */
static int get_number(struct span text, int64_t *out)
{
	if (text.n > 1 && text.p[0] == '0')
		return E_INVALID;
	return span_i64(text, out);
}

static int get_kind(struct span text, enum head_kind *out)
{
	for (size_t k = 0; k < HEAD_KINDS; k++) {
		if (span_is(text, KINDS[k])) {
			*out = (enum head_kind)k;
			return OK;
		}
	}
	return E_INVALID;
}

int head_line_read(struct span line, struct head_line *l, struct span *text)
{
	struct span rest = line, part[9];

	if (line.n > HEAD_LINE_MAX)
		return E_INVALID;
	for (size_t k = 0; k < COUNT(part); k++)
		if (!span_cut(&rest, ' ', &part[k]))
			return E_INVALID;
	if (rest.p || !span_is(part[0], "v1") || !head_chain_ok(part[4]))
		return E_INVALID;
	TRY(get_number(part[1], &l->n));
	TRY(get_number(part[2], &l->at));
	TRY(get_kind(part[3], &l->kind));
	TRY(get_number(part[5], &l->seq));
	TRY(get_hex(part[6], l->hash, HEAD_HASH));
	TRY(get_hex(part[7], l->before, HEAD_HASH));
	TRY(get_hex(part[8], l->signature, HEAD_SIGNATURE));
	l->chain = part[4];
	*text = span_of(line.p, line.n - part[8].n - 1);
	return OK;
}
