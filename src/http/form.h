/* form.h: forms are declared: a row of the route table names its form, the dispatcher reads and
 * checks the body before the handler runs. Fields that are not declared are dropped and wiped.
 *
 * A field's name may end in '*': then it declares every field with that prefix ("value.*"). A
 * secret field's bytes can be taken once, by form_secret_take(); no other function gives them out,
 * so they cannot be echoed. */
#ifndef HTTP_FORM_H
#define HTTP_FORM_H

#include "base/arena.h"

enum form_kind {
	FORM_TEXT,   /* one line without control characters; blanks at the ends are kept */
	FORM_LINES,  /* several lines: CRLF becomes LF */
	FORM_LIST,   /* may come several times; each like FORM_TEXT */
	FORM_ANY,    /* as it came, also several times: for a page that hands another's form on */
	FORM_FLAG,   /* a checkbox: present or not */
	FORM_ID,     /* a decimal number of at least 1 */
	FORM_SECRET, /* bytes for the vault; never given back to a page */
	FORM_FILE,   /* the content of a chosen file: a secret, which only multipart/form-data brings;
	              * what another format has under its name (the file's name) is dropped */
	FORM_FILES,  /* chosen files, several, no secrets: the value is a file's name, form_bytes() its
	              * content. A program sends them as multipart/form-data, too */
	FORM_RAW,    /* the whole body of a program's request, whatever its Content-Type: form_bytes().
	              * Such a form has no other field */
};

struct form_field {
	const char *name;
	enum form_kind kind;
	bool required;        /* absent or empty: "must be filled in" */
	size_t most;          /* bytes; longer: an error beside the field */
	const char *label;    /* for messages: "Name" */
};

struct form_def {
	const struct form_field *fields;
	size_t nfields;
	size_t body_most;     /* bytes; a longer body is 413 */
	size_t pairs_most;    /* name=value pairs; more: 413 */
};

/* One typed value, in the order of the body. */
struct form_value {
	struct span name;
	struct span value;           /* decoded, valid UTF-8; empty for secrets */
	const struct form_field *field;
	char *secret;                /* FORM_SECRET, FORM_FILE: use form_secret_take(); FORM_FILES,
	                              * FORM_RAW: use form_bytes() */
	size_t nsecret;
	struct span member;          /* JSON: where it stood, "urls[0].key"; else empty */
};

struct form_error {
	struct span name;            /* the field's name, or "" for the whole form */
	struct span message;         /* a sentence that says what to do */
	struct form_error *next;
};

struct form {
	struct arena *arena;
	const struct form_def *def;
	struct form_value *values;
	size_t nvalues, room;
	struct form_error *errors;   /* in order of discovery; NULL = all is well */
	struct form_error **last_error;
	const struct json_map *map;  /* JSON: see json_form.h; else NULL */
};

/* The page "Confirm it's you" hands a form on with these two fields of its own, of which no
 * declaration knows: they are not counted as pairs, and neither are their bytes, of which there are
 * at most FORM_CONFIRM_MOST. */
#define FORM_CONFIRM_TO "confirm_to"
#define FORM_CONFIRM_PASSWORD "confirm_password"
enum { FORM_CONFIRM_MOST = 10 * 1024 };
size_t form_confirm_bytes(struct span body);

/* Reads an application/x-www-form-urlencoded body (charset UTF-8), decoding in place: `body` is
 * changed, and secret bytes stay in it until taken or wiped with the arena. E_INVALID when the
 * bytes are no form at all (bad %-escape, not UTF-8, NUL); E_TOO_BIG past pairs_most. Field errors
 * are not errors of this function: see form->errors. */
int form_parse(struct arena *a, const struct form_def *def, char *body, size_t n,
	       struct form **out) WARN_UNUSED;
/* The same for a multipart/form-data body, whose Content-Type names its boundary. E_INVALID also
 * for what multipart.h calls so, and for a file where none was asked for. */
int form_parse_multipart(struct arena *a, const struct form_def *def, struct span content_type,
			 char *body, size_t n, struct form **out) WARN_UNUSED;
/* Does it ask for a file? Only then is multipart/form-data a way to send it. */
bool form_takes_files(const struct form_def *def);
/* Does it have a field of this kind? */
bool form_has_kind(const struct form_def *def, enum form_kind kind);
/* An empty form, for the first view of a page. */
struct form *form_new(struct arena *a, const struct form_def *def);

/* For readers of other formats, such as json_form.c: an empty form with room for so many values;
 * one value, put as if a browser had sent it (what is not declared, and a second one where one is
 * wanted, are dropped: then NULL); and, at the end, what is required and was not put. The bytes
 * stay where they are and may be changed. */
struct form *form_begin(struct arena *a, const struct form_def *def, size_t room);
struct form_value *form_put(struct form *f, struct span name, char *p, size_t n);
void form_finish(struct form *f);
/* The declaration that a value of this name would have; NULL: none. */
const struct form_field *form_field_of(const struct form_def *def, struct span name);

/* The first value of that name; SPAN_NONE when absent. Secrets: always SPAN_NONE. */
struct span form_text(const struct form *f, const char *name);
bool form_flag(const struct form *f, const char *name);
/* 0 when absent or wrong. */
int64_t form_id(const struct form *f, const char *name);
/* Walks values whose declared field is `declared` (e.g. "url_key" or "value.*"): start with *at =
 * 0; false at the end. */
bool form_next(const struct form *f, const char *declared, size_t *at, struct form_value **out);
/* The content of one of FORM_FILES, or of FORM_RAW: any bytes, in the request's body. */
struct span form_bytes(const struct form_value *v);
/* Hands out the bytes of a secret or file once: the caller owns and wipes them (they lie in the
 * request's body). false when absent, empty or already taken. */
bool form_secret_take(struct form *f, struct span name, char **out, size_t *n);

/* Adds an error beside a field. The message is copied. */
void form_fail(struct form *f, struct span name, const char *format, ...)
	__attribute__((format(printf, 3, 4)));
/* The first message beside this field; SPAN_NONE when it is fine. */
struct span form_message(const struct form *f, struct span name);

#endif
