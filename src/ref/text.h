/* text.h: the bytes of a file made ready for libyaml, and where in it something stands. */
#ifndef REF_TEXT_H
#define REF_TEXT_H

#include "ref/node.h"

struct text {
	struct span bytes; /* UTF-8 (not yet checked), without byte order mark */
	bool odd_breaks;   /* has line breaks of YAML 1.1 that no editor counts: NEL, LS, PS */
	bool recoded;	   /* these are not the file's own bytes */
	size_t mark;	   /* bytes of the byte order mark before them */
	/* how far ref_text_place() has walked */
	size_t at, index;
	struct place place;
};

/* Looks at limits and NUL bytes, turns UTF-16 into UTF-8. E_INVALID and E_TOO_BIG with *fault. */
int ref_text_open(struct arena *a, struct span bytes, const struct ref_limits *limits,
		  struct text *out, struct ref_fault *fault) WARN_UNUSED;
/* The place of the index-th character. Cheap when called with rising indexes. */
struct place ref_text_place(struct text *t, size_t index);
/* The same, but past any `&anchor`, `!tag`, blanks and comments that stand there. */
struct place ref_text_place_of_scalar(struct text *t, size_t index);
/* Is there one of `odd_breaks`? It ends comments, anchors and tags as "\n" does. */
bool ref_text_is_odd_break(struct span bytes, size_t at);
/* The place of a byte. */
struct place ref_text_place_of_byte(const struct text *t, size_t byte);
/* Line `line`, without its break; empty when there is none. */
struct span ref_text_line(const struct text *t, int line);

#endif
