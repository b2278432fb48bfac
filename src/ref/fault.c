/* fault.c: what libyaml says of a file that is not YAML, in words that help to mend it. */
#include "ref/tree.h"

#include "base/banned.h"

/* `begin`: what to say of the place where the thing began, with its line; NULL = nothing. */
static const struct {
	const char *problem, *context;
	const char *reason, *begin;
} SAYINGS[] = {
	{"mapping values are not allowed in this context", NULL,
	 "a `:` stands here where no key can be; is the line indented too far, or is a quote "
	 "missing?", NULL},
	{"mapping keys are not allowed in this context", NULL,
	 "a key cannot stand here; is the line indented too far?", NULL},
	{"block sequence entries are not allowed in this context", NULL,
	 "a `- ` entry cannot stand here; it begins a line of its own", NULL},
	{"did not find expected key", "while parsing a block mapping",
	 "a key was expected here; is the line indented like the others of its map?", "the map"},
	{"did not find expected '-' indicator", NULL,
	 "a `- ` entry was expected here; is the line indented like the others of its list?",
	 "the list"},
	{"did not find expected ',' or ']'", NULL, "a `,` or `]` was expected here", "the `[`"},
	{"did not find expected ',' or '}'", NULL, "a `,` or `}` was expected here", "the `{`"},
	{"did not find expected node content", NULL, "a value was expected here", NULL},
	{"did not find expected <document start>", NULL,
	 "the file goes on after its end; is the line indented like the first, or is a `---` "
	 "missing?", NULL},
	{"could not find expected ':'", "while scanning a simple key",
	 "a `:` was expected before this, to make a key of what begins", NULL},
	{"found unexpected end of stream", "while scanning a quoted scalar",
	 "the file ends within quotes", "the quote"},
	{"found unexpected document indicator", "while scanning a quoted scalar",
	 "a new document begins within quotes", "the quote"},
	{"found unknown escape character", NULL,
	 "this `\\` escape is none of YAML's; write `\\\\`, or use single quotes", NULL},
	{"found undefined tag handle", NULL, "this tag's handle is not defined", NULL},
	{"found duplicate %YAML directive", NULL, "there is a second %YAML directive", NULL},
	{"found incompatible YAML document", NULL,
	 "this %YAML directive asks for a version other than 1.1 and 1.2", NULL},
	{"control characters are not allowed", NULL,
	 "there is a control character here; YAML takes only tabs and line breaks", NULL},
	{"invalid leading UTF-8 octet", NULL, "the bytes here are not UTF-8", NULL},
	{"invalid trailing UTF-8 octet", NULL, "the bytes here are not UTF-8", NULL},
	{"incomplete UTF-8 octet sequence", NULL, "the bytes here are not UTF-8", NULL},
	{"invalid length of a UTF-8 sequence", NULL, "the bytes here are not UTF-8", NULL},
};

int ref_fault_at(struct tree *t, int err, struct place at, struct span reason)
{
	*t->fault = (struct ref_fault){at.line, at.column, reason};
	return err;
}

static bool same(const char *a, const char *b)
{
	return a && b && strcmp(a, b) == 0;
}

/* The character at the place; 0 at a line's end. Columns are characters: a step at a time. */
static char char_at(struct span line, int column)
{
	size_t at = 0;

	while (column > 1 && at < line.n) {
		at++;
		while (at < line.n && (line.p[at] & 0xC0) == 0x80)
			at++;
		column--;
	}
	return at < line.n ? line.p[at] : '\0';
}

static bool tab_indents(struct span line)
{
	size_t blanks = 0;

	while (blanks < line.n && (line.p[blanks] == ' ' || line.p[blanks] == '\t'))
		blanks++;
	return blanks > 0 && memchr(line.p, '\t', blanks) != NULL;
}

/* Tabs, and signs that begin nothing; nothing when it is neither. */
static struct span sign_reason(struct tree *t, struct place at)
{
	struct span line = ref_text_line(&t->text, at.line);
	bool no_token = same(t->parser.problem, "found character that cannot start any token");
	char c = char_at(line, at.column);

	if (!no_token && !strstr(t->parser.problem, "found a tab character"))
		return SPAN_NONE;
	if (c == '\t' && span_trim(line).n == 0)
		return arena_printf(t->arena, "line %d is blank but for a tab; YAML wants it empty",
				    at.line);
	if (c == '\t' && tab_indents(line))
		return arena_printf(t->arena, "line %d is indented with a tab; YAML wants spaces",
				    at.line);
	if (c == '\t')
		return arena_printf(t->arena, "line %d has a tab where YAML wants spaces", at.line);
	if (no_token && c > ' ' && c < 0x7F)
		return arena_printf(t->arena,
				    "`%c` cannot begin a value; put the value in quotes", c);
	return SPAN_NONE;
}

static struct span said(struct tree *t, struct place context)
{
	const yaml_parser_t *p = &t->parser;

	for (size_t k = 0; k < COUNT(SAYINGS); k++) {
		if (!same(SAYINGS[k].problem, p->problem) ||
		    (SAYINGS[k].context && !same(SAYINGS[k].context, p->context)))
			continue;
		if (SAYINGS[k].begin && context.line)
			return arena_printf(t->arena, "%s (%s began in line %d)", SAYINGS[k].reason,
					    SAYINGS[k].begin, context.line);
		if (same(p->problem, "could not find expected ':'") && context.line)
			return arena_printf(t->arena, "%s in line %d", SAYINGS[k].reason,
					    context.line);
		return span_str(SAYINGS[k].reason);
	}
	return arena_printf(t->arena, "this is not YAML: %s%s%s", p->context ? p->context : "",
			    p->context ? ", " : "", p->problem);
}

int ref_fault_syntax(struct tree *t)
{
	const yaml_parser_t *p = &t->parser;
	struct place at, context = {0};
	struct span reason;

	/* libyaml out of memory: like any allocation of ours */
	ASSERT(p->error != YAML_MEMORY_ERROR && p->problem);
	if (p->error == YAML_READER_ERROR) {
		at = ref_text_place_of_byte(&t->text, p->problem_offset);
		return ref_fault_at(t, E_INVALID, at, said(t, context));
	}
	if (p->context)
		context = ref_tree_place(t, &p->context_mark);
	at = ref_tree_place(t, &p->problem_mark);
	reason = sign_reason(t, at);
	return ref_fault_at(t, E_INVALID, at, reason.p ? reason : said(t, context));
}
