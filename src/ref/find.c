/* find.c: the sections of a workflow file and the keys in them that name integrations.
 *
 *   integrations:   families (any name) of entries: integrationName                   ci
 *   notifications:  entries: integrationName                                          ci
 *   resources:      entries: integration, integrationName, bastionIntegrationName,    resource
 *                   and the last two under configuration; triggers: and a list at
 *                   the root are the same
 *   jobs:           integration; integrations                                         job
 *   pipelines:      steps: integrations under requires, configuration and             job
 *                   configuration.runtime
 *
 * What has another shape (a list where a name belongs, an entry that is no map) names nothing. */
#include "ref/find.h"

#include <stdlib.h>

#include "base/banned.h"

typedef int entry_find(struct finder *f, struct value entry);

static bool is_dynamic(struct span name)
{
	for (size_t k = 0; k + 1 < name.n; k++) {
		char c = name.p[k + 1];
		if (name.p[k] == '$' &&
		    (c == '{' || c == '_' || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z')))
			return true;
	}
	return false;
}

static bool is_name(struct value v)
{
	return ref_value_is(v, NODE_SCALAR) && !v.node->null && v.node->n > 0;
}

static void grow(struct finder *f)
{
	struct found *more;

	f->room = f->room ? 2 * f->room : 16;
	more = ARENA_ARRAY(f->arena, struct found, f->room);
	if (f->n)
		memcpy(more, f->at, f->n * sizeof(*more));
	f->at = more;
}

static int add(struct finder *f, enum ref_kind kind, struct span consumer, struct value name,
	       const char *key)
{
	struct place at;
	struct span text;

	if (!is_name(name))
		return OK;
	at = ref_value_place(name);
	if (f->n >= f->limits->references) {
		*f->fault = (struct ref_fault){at.line, at.column,
					       arena_printf(f->arena,
							    "the file has more than %zu references",
							    f->limits->references)};
		return E_TOO_BIG;
	}
	if (f->n == f->room)
		grow(f);
	text = ref_node_text(name.node);
	f->at[f->n++] = (struct found){
		.ref = {kind, at.line, at.column, is_dynamic(text), consumer, text, key},
		.as = name.as,
	};
	return OK;
}

static struct span text_of(struct value name)
{
	return is_name(name) ? ref_node_text(name.node) : SPAN("");
}

static int each_entry(struct finder *f, struct value list, entry_find *find)
{
	if (!ref_value_is(list, NODE_LIST))
		return OK;
	for (const struct node *n = list.node->first; n; n = n->next)
		TRY(find(f, ref_value_of(n, list.via)));
	return OK;
}

static bool text_is(struct value v, const char *text)
{
	return is_name(v) && span_is(ref_node_text(v.node), text);
}

/* Notifications by mail and IRC need no integration, yet are written as if they did. */
static bool is_pseudo(const struct value *field)
{
	struct value name = field[FIELD_integrationName], type = field[FIELD_type];
	bool no_type = !type.node || (type.node->kind == NODE_SCALAR && !is_name(type));

	return (text_is(name, "email") || text_is(name, "irc")) &&
	       (no_type || text_is(type, "email") || text_is(type, "irc"));
}

static int ci_entry(struct finder *f, struct value entry)
{
	struct value field[FIELD_COUNT];

	ref_map_fields(f->arena, entry, field);
	if (is_pseudo(field))
		return OK;
	return add(f, REF_CI, SPAN("ci"), field[FIELD_integrationName], "integrationName");
}

static int family(struct finder *f, struct value v)
{
	if (ref_value_is(v, NODE_MAP))
		return ci_entry(f, v);
	return each_entry(f, v, ci_entry);
}

/* The families of `integrations:`. Their names are not known beforehand, so that the last of two
 * with one name is found by sorting. */
struct families {
	struct arena *arena;
	struct family {
		struct span key;
		size_t order;
		struct value v;
		bool named; /* a list or map as key is like no other */
	} * at;
	size_t n, room;
};

static void take_family(void *data, const struct node *key, struct value v)
{
	struct families *all = data;
	bool named = key->kind == NODE_SCALAR;

	if (all->n == all->room) {
		struct family *more;
		all->room = all->room ? 2 * all->room : 8;
		more = ARENA_ARRAY(all->arena, struct family, all->room);
		if (all->n)
			memcpy(more, all->at, all->n * sizeof(*more));
		all->at = more;
	}
	all->at[all->n] = (struct family){named ? ref_node_text(key) : SPAN(""), all->n, v, named};
	all->n++;
}

static int by_key_and_order(const void *a, const void *b)
{
	const struct family *x = a, *y = b;
	int c = span_cmp(x->key, y->key);

	if (c == 0)
		c = x->named - y->named;
	return c != 0 ? c : (x->order > y->order) - (x->order < y->order);
}

static int ci_section(struct finder *f, struct value v)
{
	struct families all = {.arena = f->arena};

	if (ref_value_is(v, NODE_LIST))
		return each_entry(f, v, ci_entry);
	ref_map_visit(f->arena, v, take_family, &all);
	if (all.n > 1)
		qsort(all.at, all.n, sizeof(*all.at), by_key_and_order);
	for (size_t k = 0; k < all.n; k++) {
		const struct family *one = &all.at[k];
		bool last = k + 1 == all.n || !one->named || !span_eq(one->key, one[1].key);
		if (last)
			TRY(family(f, one->v));
	}
	return OK;
}

static int resource_names(struct finder *f, const struct value *field)
{
	struct value inner[FIELD_COUNT];
	struct span name = text_of(field[FIELD_name]);

	ref_map_fields(f->arena, field[FIELD_configuration], inner);
	TRY(add(f, REF_RESOURCE, name, field[FIELD_integration], "integration"));
	TRY(add(f, REF_RESOURCE, name, field[FIELD_integrationName], "integrationName"));
	TRY(add(f, REF_RESOURCE, name, field[FIELD_bastionIntegrationName],
		"bastionIntegrationName"));
	TRY(add(f, REF_RESOURCE, name, inner[FIELD_integrationName],
		"configuration.integrationName"));
	return add(f, REF_RESOURCE, name, inner[FIELD_bastionIntegrationName],
		   "configuration.bastionIntegrationName");
}

static int resource_entry(struct finder *f, struct value entry)
{
	struct value field[FIELD_COUNT];
	size_t before = f->n;

	ref_map_fields(f->arena, entry, field);
	TRY(resource_names(f, field));
	for (size_t k = before; k < f->n; k++)
		f->at[k].ref.resource_type = text_of(field[FIELD_type]);
	return OK;
}

/* One of `integrations:` in a job: a name, or a map with one. */
static int job_name(struct finder *f, struct span job, struct value v, const char *key)
{
	struct value field[FIELD_COUNT], name;

	if (!ref_value_is(v, NODE_MAP))
		return add(f, REF_JOB, job, v, key);
	ref_map_fields(f->arena, v, field);
	name = field[FIELD_integrationName];
	return add(f, REF_JOB, job, is_name(name) ? name : field[FIELD_name], key);
}

static int job_names(struct finder *f, struct span job, struct value v, const char *key)
{
	if (!ref_value_is(v, NODE_LIST))
		return job_name(f, job, v, key);
	for (const struct node *n = v.node->first; n; n = n->next)
		TRY(job_name(f, job, ref_value_of(n, v.via), key));
	return OK;
}

static int job_entry(struct finder *f, struct value entry)
{
	struct value field[FIELD_COUNT];
	struct span name;

	ref_map_fields(f->arena, entry, field);
	name = text_of(field[FIELD_name]);
	TRY(add(f, REF_JOB, name, field[FIELD_integration], "integration"));
	return job_names(f, name, field[FIELD_integrations], "integrations");
}

static int step_entry(struct finder *f, struct value entry)
{
	struct value field[FIELD_COUNT], inner[FIELD_COUNT];
	struct span name;

	ref_map_fields(f->arena, entry, field);
	name = text_of(field[FIELD_name]);
	ref_map_fields(f->arena, field[FIELD_requires], inner);
	TRY(job_names(f, name, inner[FIELD_integrations], "requires.integrations"));
	ref_map_fields(f->arena, field[FIELD_configuration], inner);
	TRY(job_names(f, name, inner[FIELD_integrations], "configuration.integrations"));
	ref_map_fields(f->arena, inner[FIELD_runtime], inner);
	return job_names(f, name, inner[FIELD_integrations], "configuration.runtime.integrations");
}

static int pipeline_entry(struct finder *f, struct value entry)
{
	struct value field[FIELD_COUNT];

	ref_map_fields(f->arena, entry, field);
	return each_entry(f, field[FIELD_steps], step_entry);
}

int ref_find(struct finder *f, const struct node *root)
{
	struct value field[FIELD_COUNT], v;

	if (!root)
		return OK;
	v = ref_value_of(root, (struct place){0});
	if (ref_value_is(v, NODE_LIST))
		return each_entry(f, v, resource_entry);
	ref_map_fields(f->arena, v, field);
	TRY(ci_section(f, field[FIELD_integrations]));
	TRY(each_entry(f, field[FIELD_notifications], ci_entry));
	TRY(each_entry(f, field[FIELD_resources], resource_entry));
	TRY(each_entry(f, field[FIELD_triggers], resource_entry));
	TRY(each_entry(f, field[FIELD_jobs], job_entry));
	return each_entry(f, field[FIELD_pipelines], pipeline_entry);
}
