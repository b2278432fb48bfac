/* object.c: jansson without its errors. */
#include "client/object.h"

#include "base/banned.h"

json_t *object_must(json_t *v)
{
	ASSERT(v != NULL);
	return v;
}

void object_set(json_t *object, const char *key, json_t *v)
{
	ASSERT(json_object_set_new(object, key, object_must(v)) == 0);
}

void object_add(json_t *array, json_t *v)
{
	ASSERT(json_array_append_new(array, object_must(v)) == 0);
}

json_t *object_text(struct span s)
{
	struct buf mended = BUF_INIT;
	json_t *v;

	if (span_is_utf8(s))
		return json_stringn(s.n ? s.p : "", s.n);
	for (size_t k = 0; k < s.n; k++)
		if ((unsigned char)s.p[k] < 0x80)
			buf_putc(&mended, s.p[k]);
		else
			buf_puts(&mended, "\xEF\xBF\xBD");
	v = json_stringn(mended.p, mended.n);
	buf_release(&mended);
	return v;
}

static int put(const char *p, size_t n, void *out)
{
	buf_put(out, span_of(p, n));
	return 0;
}

void object_write(json_t *document, struct buf *out)
{
	ASSERT(json_dump_callback(document, put, out, JSON_INDENT(2)) == 0);
	buf_putc(out, '\n');
	json_decref(document);
}
