/* integration_input.h: from what was typed into an integration's form to a change of the database,
 * or back to the form with a word beside each fault. The type's file says which fields there are.
 *
 *   input_new / input_stored    the form's first view
 *   input_read                  what was typed
 *   input_check                 faults, and the change
 *   input_seal                  the change's secrets, sealed
 *   input_keep                  the form's secrets, sealed, for another try */
#ifndef PAGE_INTEGRATION_INPUT_H
#define PAGE_INTEGRATION_INPUT_H

#include "http/req.h"
#include "page/kept.h"
#include "core/binding.h"
#include "store/integration.h"
#include "view/view.h"

/* One secret of the form: a field of one value, or one row of pairs. */
struct input_slot {
	const struct type_field *field;
	struct span name;             /* in the database: "apiToken", "envs:KEY" */
	size_t row;                   /* of a pair: its number in the form */
	struct view_secret *view;     /* where the page shows it */
	struct secret typed;          /* empty: nothing typed */
	struct kept kept;
	bool has_kept;
	const struct sealed_mark *stored;
	bool required;
	bool pair;
	enum secret_fate fate;
	bool from_file;               /* it was chosen as a file */
	struct span url_origin;       /* FIELD_SECRET_URL: the origin of what was typed */
};

struct input {
	struct req *r;
	const struct scope *scope;     /* whose it is: owner_of(r) */
	const struct type *type;
	const struct integration *old; /* NULL: + Add */
	struct span uid;               /* 16 bytes */
	struct view_form v;
	struct integration_change c;
	struct input_slot *slots;
	size_t nslots;
	struct project_set grant;      /* of a bound one: what its owner allows */
	struct origins wanted;         /* where its secrets may be sent */
	bool rows_only;                /* a "+ row" or "remove row" button was pressed, not Save */
	bool stale;                    /* the form was opened on another version than `old` */
	bool failed;
};

/* All memory is the request's. `old` NULL for + Add. Reads the projects that the visitor sees; an
 * account's own has none, and nobody else edits it. */
int input_open(struct input *in, struct req *r, const struct type *type,
	       const struct integration *old) WARN_UNUSED;
void input_new(struct input *in);
void input_stored(struct input *in);
/* A uid or box that this session did not get from us is as good as none. */
void input_read(struct input *in);
/* Sets in->failed and the messages in in->v; fills in->c but for the secrets. */
void input_check(struct input *in);
/* Takes all messages away: somebody who adds a row is not done yet. */
void input_forgive(struct input *in);
int input_seal(struct input *in) WARN_UNUSED;
int input_keep(struct input *in) WARN_UNUSED;

/* Has the form the mark that this field's secret or file did not come along? See integration_carry.h. */
bool input_left_behind(const struct input *in, struct span field);
/* "kept.apiToken", "kept.envs.3": the form's name for a slot's box. */
struct span input_kept_name(struct input *in, const struct input_slot *slot);

/* Shared by the files of this unit. */
void input_slots_add(struct input *in, struct view_field *f, struct view_pair *pair, size_t row);
/* Looks again what is stored of each secret, after in->old has become another. */
void input_slots_restore(struct input *in);
void input_check_secrets(struct input *in);
/* Fields of several lines have a file chooser beside them; a chosen file counts, not the text. */
bool input_takes_file(const struct type_field *f);
/* The chosen file's bytes, once; they lie in the request's body, and the caller wipes them. False:
 * none was chosen. */
bool input_file_take(struct input *in, const struct type_field *f, char **p, size_t *n);
/* CRLF becomes LF, in place; what is left over is wiped. The length that remains. */
size_t input_unix_lines(char *p, size_t n);
/* What is wrong with a chosen file: too large, or no text. SPAN_NONE: nothing. */
struct span input_file_fault(const struct input *in, const struct type_field *f,
			     struct span bytes);
/* Control characters (but line ends, where `lines`) have no place in a value. */
struct span input_text_fault(struct arena *a, struct span value, size_t most, bool lines);

#endif
