/* object.h: documents for programs. Out of memory ends the process, as everywhere. */
#ifndef CLIENT_OBJECT_H
#define CLIENT_OBJECT_H

#include <jansson.h>

#include "base/buf.h"

/* The value itself, which is not NULL. */
json_t *object_must(json_t *v);
/* Takes the value over. */
void object_set(json_t *object, const char *key, json_t *v);
void object_add(json_t *array, json_t *v);
/* What comes from YAML is UTF-8; a file's name may be anything, and JSON has no way to say it:
 * each byte that is not ASCII becomes U+FFFD then. */
json_t *object_text(struct span s);
/* Appends the document, indented, with a line end; takes it over. */
void object_write(json_t *document, struct buf *out);

#endif
