/* wire.c: writing and reading binary formats. */
#include "base/wire.h"

#include "base/banned.h"

struct wire_out wire_into(void *p, size_t size)
{
	return (struct wire_out){p, 0, size, OK};
}

void wire_put_fixed(struct wire_out *w, const void *p, size_t n)
{
	if (w->err != OK)
		return;
	if (n > w->size - w->n) {
		w->err = E_TOO_BIG;
		return;
	}
	if (n)
		memcpy(w->p + w->n, p, n);
	w->n += n;
}

void wire_put_byte(struct wire_out *w, unsigned v)
{
	unsigned char byte = (unsigned char)v;

	ASSERT(v <= 0xFF);
	wire_put_fixed(w, &byte, 1);
}

static void put_number(struct wire_out *w, uint64_t v, size_t bytes)
{
	unsigned char out[8];

	for (size_t i = bytes; i-- > 0; v >>= 8)
		out[i] = (unsigned char)v;
	wire_put_fixed(w, out, bytes);
}

void wire_put_i64(struct wire_out *w, int64_t v)
{
	put_number(w, (uint64_t)v, 8);
}

void wire_put_run(struct wire_out *w, struct span s, size_t most)
{
	if (w->err == OK && (s.n > most || s.n > UINT32_MAX))
		w->err = E_TOO_BIG;
	put_number(w, s.n, 4);
	wire_put_fixed(w, s.p, s.n);
}

struct wire_in wire_from(struct span bytes)
{
	return (struct wire_in){(const unsigned char *)bytes.p, bytes.n, OK};
}

/* The next n bytes, or NULL with the error set. */
static const unsigned char *take(struct wire_in *r, size_t n)
{
	const unsigned char *p = r->p;

	if (r->err == OK && n > r->left)
		r->err = E_CORRUPT;
	if (r->err != OK)
		return NULL;
	r->p += n;
	r->left -= n;
	return p;
}

static uint64_t get_number(struct wire_in *r, size_t bytes)
{
	const unsigned char *p = take(r, bytes);
	uint64_t v = 0;

	for (size_t i = 0; p && i < bytes; i++)
		v = v << 8 | p[i];
	return v;
}

unsigned wire_get_byte(struct wire_in *r)
{
	return (unsigned)get_number(r, 1);
}

int64_t wire_get_i64(struct wire_in *r)
{
	return (int64_t)get_number(r, 8);
}

void wire_get_fixed(struct wire_in *r, void *p, size_t n)
{
	const unsigned char *from = take(r, n);

	if (from)
		memcpy(p, from, n);
	else
		memset(p, 0, n);
}

struct span wire_get_run(struct wire_in *r, size_t most)
{
	size_t n = (size_t)get_number(r, 4);
	const unsigned char *p;

	if (r->err == OK && n > most)
		r->err = E_CORRUPT;
	p = take(r, n);
	return p ? span_of((const char *)p, n) : SPAN("");
}

int wire_end(struct wire_in *r)
{
	if (r->err == OK && r->left != 0)
		r->err = E_CORRUPT;
	return r->err;
}
