/* json_form.h: a JSON body as a declared form, so that a page and its API twin have one validation.
 * Members are the form's fields, unless a map gives them other names and shapes.
 *
 * Strict: UTF-8, no member twice, no U+0000, whole numbers, a few levels deep; a member that nobody
 * asked for, or of another kind than asked for, is an error beside it (JSON has no excuse for what
 * a browser might add). null is the same as absent. */
#ifndef HTTP_JSON_FORM_H
#define HTTP_JSON_FORM_H

#include "http/form.h"

/* One member of the body: "name", "urls[].key" (of each object of a list), "values.*" (any member
 * of an object), "pairs.*[].value". `field` is the form's field for it: '*' stands for the member's
 * name, '#' for the number of the list's row; NULL: taken and dropped. A
 * text list of a row that lacks the member gets "", so that lists stay side by side. */
struct form_member {
	const char *path, *field;
	const char *when_null; /* a flag that null sets ("remove.*"), or NULL: null is as absent */
};

struct json_map {
	const struct form_def *def;
	const struct form_member *list; /* NULL: the fields' names */
	size_t n;
	const char *ignored; /* "id created_at": what answers have and no change can set; or NULL */
};

/* Once, before the first body: every byte that the JSON library gives back is wiped, since it may
 * have held a secret. */
void form_json_setup(void);

/* Reads the body (and wipes it: the values are copies in the arena). `map` NULL: members have the
 * fields' names, lists are arrays. E_INVALID: no JSON object, or not strict; *fault says why in a
 * sentence without anything of the body in it. E_TOO_BIG: more values than pairs_most. *sound is
 * false when form->errors has a member of the wrong kind or name: then the form must not be used.
 * An empty body is an empty object. */
int form_json_parse(struct arena *a, const struct form_def *def, const struct json_map *map,
		    char *body, size_t n, struct form **out, bool *sound,
		    const char **fault) WARN_UNUSED;
/* The members that a form's body may have: the map's, or for NULL the fields' names. In the arena or
 * static. */
struct json_map form_json_map(struct arena *a, const struct form_def *def,
			      const struct json_map *map);
/* Where in the body a field's error belongs: "urls[0].key" for a value that was read, the map's
 * path for one that was not, else the name itself. In the arena of the form or static. */
struct span form_json_member(const struct form *f, struct span field);

#endif
