/* tree.c: events to nodes.
 *
 * Only what somebody may ask for is kept: values of keys that have a meaning, and whatever has an
 * anchor, since an alias may put it anywhere. Scripts, most of a workflow file, are passed over. */
#include "ref/tree.h"

#include "base/banned.h"

struct frame {
	struct node *node;     /* NULL: not kept */
	struct node **tail;    /* where the next child goes */
	struct anchor *anchor; /* its own, or NULL */
	size_t size;	       /* nodes in it so far, alias expansion counted */
	int height;	       /* levels in it so far, likewise */
	bool map, at_key;
	bool value_wanted; /* of the last key */
	bool anchored;	   /* it, or one that it is in, has an anchor */
};

struct place ref_tree_place(struct tree *t, const yaml_mark_t *mark)
{
	if (t->text.odd_breaks)
		return ref_text_place(&t->text, mark->index);
	return (struct place){(int)mark->line + 1, (int)mark->column + 1};
}

static struct span event_anchor(const yaml_event_t *e)
{
	const yaml_char_t *name = NULL;

	if (e->type == YAML_SCALAR_EVENT)
		name = e->data.scalar.anchor;
	else if (e->type == YAML_SEQUENCE_START_EVENT)
		name = e->data.sequence_start.anchor;
	else if (e->type == YAML_MAPPING_START_EVENT)
		name = e->data.mapping_start.anchor;
	return span_str((const char *)name);
}

static struct span scalar_text(const yaml_event_t *e)
{
	return span_of((const char *)e->data.scalar.value, e->data.scalar.length);
}

/* Keys of the document's root and, under it, of entries. Between them, in `integrations:`, families
 * have any name. */
static bool key_wanted(const struct tree *t, const yaml_event_t *e)
{
	struct span key;

	if (e->type != YAML_SCALAR_EVENT || t->depth == 2)
		return true;
	key = scalar_text(e);
	return ref_field_of(key) != FIELD_NONE || span_eq(key, SPAN("<<"));
}

/* Whether the node that starts with this event can be asked for by its place. */
static bool node_wanted(struct tree *t, const yaml_event_t *e)
{
	struct frame *f;

	if (t->depth == 0)
		return true;
	f = &t->stack[t->depth - 1];
	if (f->anchored)
		return true;
	if (!f->node)
		return false;
	if (!f->map)
		return true;
	if (f->at_key)
		f->value_wanted = key_wanted(t, e);
	return f->value_wanted;
}

static void node_link(struct tree *t, struct node *n)
{
	struct frame *f;

	if (t->depth == 0) {
		t->root = n;
		return;
	}
	f = &t->stack[t->depth - 1];
	*f->tail = n;
	f->tail = &n->next;
}

/* A node of `size` nodes and `height` levels is complete; what holds it goes on. */
static void node_done(struct tree *t, struct anchor *anchor, size_t size, int height)
{
	struct frame *f;

	if (anchor) {
		anchor->size = size;
		anchor->height = height;
		anchor->open = false;
	}
	if (t->depth == 0)
		return;
	f = &t->stack[t->depth - 1];
	f->size += size;
	if (height >= f->height)
		f->height = height + 1;
	f->at_key = !f->at_key;
}

/* The event's node, linked where it belongs and under its anchor, with `behind` bytes behind it;
 * NULL when neither is wanted. */
static struct node *node_start(struct tree *t, const yaml_event_t *e, size_t behind,
			       struct anchor **anchor)
{
	struct span name = event_anchor(e);
	bool wanted = node_wanted(t, e);
	struct node *n;

	*anchor = NULL;
	if (!wanted && !name.p)
		return NULL;
	n = arena_alloc(t->arena, sizeof(*n) + behind);
	n->place = ref_tree_place(t, &e->start_mark);
	n->from = (uint32_t)e->start_mark.index;
	n->to = (uint32_t)e->end_mark.index;
	n->foreign = t->keep_anchors;
	if (wanted)
		node_link(t, n);
	if (name.p) {
		*anchor = ref_anchor_add(&t->anchors, t->arena, name);
		(*anchor)->node = n;
		(*anchor)->open = true;
	}
	return n;
}

static bool is_tag(const yaml_event_t *e, const char *tag)
{
	const char *has = (const char *)e->data.scalar.tag;

	return has && strcmp(has, tag) == 0;
}

/* `~`, null and nothing at all, unless in quotes or tagged as something. */
static bool is_null(const yaml_event_t *e)
{
	static const struct span NULLS[] = {SPAN(""), SPAN("~"), SPAN("null"), SPAN("Null"),
					    SPAN("NULL")};

	if (is_tag(e, YAML_NULL_TAG))
		return true;
	if (e->data.scalar.style != YAML_PLAIN_SCALAR_STYLE || e->data.scalar.tag)
		return false;
	for (size_t k = 0; k < COUNT(NULLS); k++)
		if (span_eq(scalar_text(e), NULLS[k]))
			return true;
	return false;
}

static bool is_merge(const yaml_event_t *e)
{
	return e->data.scalar.style == YAML_PLAIN_SCALAR_STYLE &&
	       span_eq(scalar_text(e), SPAN("<<")) &&
	       (!e->data.scalar.tag || is_tag(e, "tag:yaml.org,2002:merge"));
}

/* libyaml's mark is that of the anchor or tag before a scalar, maybe on an earlier line. */
static struct place scalar_place(struct tree *t, const yaml_event_t *e)
{
	if (e->start_mark.line == e->end_mark.line ||
	    !(e->data.scalar.anchor || e->data.scalar.tag))
		return ref_tree_place(t, &e->start_mark);
	return ref_text_place_of_scalar(&t->text, e->start_mark.index);
}

static int on_scalar(struct tree *t, const yaml_event_t *e)
{
	bool key = t->depth > 0 && t->stack[t->depth - 1].map && t->stack[t->depth - 1].at_key;
	struct span text = scalar_text(e);
	enum field field = key ? ref_field_of(text) : FIELD_NONE;
	struct anchor *anchor;
	struct node *n = node_start(t, e, field == FIELD_NONE ? text.n : 0, &anchor);

	if (n) {
		n->kind = NODE_SCALAR;
		n->text = (const char *)(n + 1);
		n->n = (uint32_t)text.n;
		if (field != FIELD_NONE)
			n->text = ref_field_name(field).p;
		else
			memcpy(n + 1, text.p, text.n);
		n->null = is_null(e);
		n->merge = is_merge(e);
		n->place = scalar_place(t, e);
	}
	node_done(t, anchor, 1, 0);
	return OK;
}

static int nesting_fault(struct tree *t, const yaml_event_t *e)
{
	return ref_fault_at(t, E_TOO_BIG, ref_tree_place(t, &e->start_mark),
			    arena_printf(t->arena,
					 "lists and maps are nested more than %d levels deep",
					 t->limits->nesting));
}

static int on_start(struct tree *t, const yaml_event_t *e)
{
	bool map = e->type == YAML_MAPPING_START_EVENT;
	bool within = t->depth > 0 && t->stack[t->depth - 1].anchored;
	struct anchor *anchor;
	struct node *n;

	if (t->depth >= t->limits->nesting)
		return nesting_fault(t, e);
	n = node_start(t, e, 0, &anchor);
	if (n)
		n->kind = map ? NODE_MAP : NODE_LIST;
	t->stack[t->depth++] = (struct frame){
		.node = n,
		.tail = n ? &n->first : NULL,
		.anchor = anchor,
		.size = 1,
		.height = 1,
		.map = map,
		.at_key = map,
		.anchored = within || anchor,
	};
	return OK;
}

static int on_end(struct tree *t)
{
	const struct frame *f = &t->stack[--t->depth];

	node_done(t, f->anchor, f->size, f->height);
	return OK;
}

static int alias_unknown(struct tree *t, struct place at, struct span name)
{
	return ref_fault_at(
		t, E_INVALID, at,
		arena_printf(t->arena,
			     t->templates
				     ? "`*%.*s` is used here but its anchor is neither in this "
				       "file nor in the templates file"
				     : "`*%.*s` is used here but its anchor is not in this file; "
				       "add shippable.templates.yml (--templates FILE)",
			     SPAN_ARG(name)));
}

/* What an alias brings in counts against the limits each time, though it takes no memory: whoever
 * walks the document walks through it. */
static int alias_check(struct tree *t, const yaml_event_t *e, const struct anchor *anchor)
{
	struct place at = ref_tree_place(t, &e->start_mark);

	if (anchor->open)
		return ref_fault_at(t, E_TOO_BIG, at,
				    arena_printf(t->arena,
						 "`*%.*s` is used inside of what it stands for, so "
						 "it has no end",
						 SPAN_ARG(anchor->name)));
	if (t->depth + anchor->height > t->limits->nesting)
		return nesting_fault(t, e);
	t->expanded += anchor->size;
	if (t->expanded > t->limits->expansion)
		return ref_fault_at(
			t, E_TOO_BIG, at,
			arena_printf(t->arena, "with `*%.*s` aliases bring in more than %zu values",
				     SPAN_ARG(anchor->name), t->limits->expansion));
	return OK;
}

static int on_alias(struct tree *t, const yaml_event_t *e)
{
	struct span name = span_str((const char *)e->data.alias.anchor);
	const struct anchor *target = ref_anchor_find(&t->anchors, name);
	struct anchor *none;
	struct node *n;

	if (!target && t->templates)
		target = ref_anchor_find(t->templates, name);
	if (!target)
		return alias_unknown(t, ref_tree_place(t, &e->start_mark), name);
	TRY(alias_check(t, e, target));
	n = node_start(t, e, 0, &none);
	if (n) {
		n->kind = NODE_ALIAS;
		n->target = target->node;
	}
	node_done(t, NULL, target->size, target->height);
	return OK;
}

static int on_event(struct tree *t, const yaml_event_t *e)
{
	switch (e->type) {
	case YAML_DOCUMENT_START_EVENT:
		if (!t->keep_anchors)
			ref_anchors_clear(&t->anchors);
		t->root = NULL;
		return OK;
	case YAML_SCALAR_EVENT:
		return on_scalar(t, e);
	case YAML_SEQUENCE_START_EVENT:
	case YAML_MAPPING_START_EVENT:
		return on_start(t, e);
	case YAML_SEQUENCE_END_EVENT:
	case YAML_MAPPING_END_EVENT:
		return on_end(t);
	case YAML_ALIAS_EVENT:
		return on_alias(t, e);
	case YAML_NO_EVENT:
	case YAML_STREAM_START_EVENT:
	case YAML_STREAM_END_EVENT:
	case YAML_DOCUMENT_END_EVENT:
		break;
	}
	return OK;
}

int ref_tree_open(struct tree *t, struct span bytes)
{
	ASSERT(yaml_parser_initialize(&t->parser) == 1);
	TRY(ref_text_open(t->arena, bytes, t->limits, &t->text, t->fault));
	t->stack = ARENA_ARRAY(t->arena, struct frame, (size_t)t->limits->nesting);
	yaml_parser_set_encoding(&t->parser, YAML_UTF8_ENCODING);
	yaml_parser_set_input_string(&t->parser, (const unsigned char *)t->text.bytes.p,
				     t->text.bytes.n);
	return OK;
}

int ref_tree_next(struct tree *t, const struct node **root, bool *end)
{
	yaml_event_type_t type;
	yaml_event_t e;
	int rc;

	*end = false;
	do {
		if (!yaml_parser_parse(&t->parser, &e))
			return ref_fault_syntax(t);
		type = e.type;
		rc = on_event(t, &e);
		yaml_event_delete(&e);
		if (rc != OK)
			return rc;
	} while (type != YAML_DOCUMENT_END_EVENT && type != YAML_STREAM_END_EVENT);
	*end = type == YAML_STREAM_END_EVENT;
	*root = *end ? NULL : t->root;
	return OK;
}

void ref_tree_close(struct tree *t)
{
	yaml_parser_delete(&t->parser);
	ref_anchors_clear(&t->anchors);
}
