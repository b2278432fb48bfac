/* integration_query.c: the query of a list's address, and its page of the list. */
#include "page/integration_query.h"

#include "base/clock.h"
#include "page/app.h"
#include "base/banned.h"

enum { SEARCH_MOST = 200, PLACE_MOST = 600, PAGE_ROWS = 50 };

static const char *const SORT_WORDS[SORTS] = {[SORT_TYPE] = "type", [SORT_CHANGED] = "changed"};
static const char *const STATE_WORDS[STATES] = {
	[STATE_ENABLED] = "enabled",
	[STATE_DISABLED] = "disabled",
	[STATE_LEFT] = "left",
	[STATE_WITHDRAWN] = "withdrawn",
};
static const char *const USE_WORDS[USE_KINDS] = {[USE_SOME] = "used", [USE_NONE] = "unused"};
static const char *const OWNER_WORDS[OWNERS] = {
	[OWNER_ORG] = "org", [OWNER_PERSONAL] = "personal", [OWNER_MINE] = "mine"};

struct span integration_query_sort(enum integration_sort sort)
{
	return SORT_WORDS[sort] ? span_str(SORT_WORDS[sort]) : SPAN("");
}

struct span integration_query_state(enum integration_state state)
{
	return STATE_WORDS[state] ? span_str(STATE_WORDS[state]) : SPAN("");
}

struct span integration_query_owner(enum integration_owner owner)
{
	return OWNER_WORDS[owner] ? span_str(OWNER_WORDS[owner]) : SPAN("");
}

struct span integration_query_use(enum integration_use use)
{
	return USE_WORDS[use] ? span_str(USE_WORDS[use]) : SPAN("");
}

/* The number of a word; 0 for none of them. */
static int find(struct span word, const char *const *words, int n)
{
	for (int k = 1; k < n; k++)
		if (span_is(word, words[k]))
			return k;
	return 0;
}

/* A place of these numbers. */
static bool read_changed(struct span text, struct integration_row *from)
{
	struct span at;

	return span_cut(&text, ':', &at) && span_i64(at, &from->changed_at) == OK &&
	       span_i64(text, &from->id) == OK;
}

static bool read_place(struct span text, enum integration_sort sort, struct integration_row *from)
{
	if (text.n == 0 || text.n > PLACE_MOST)
		return false;
	switch (sort) {
	case SORT_TYPE:
		from->name = text;
		return span_cut(&from->name, ':', &from->type);
	case SORT_CHANGED:
		return read_changed(text, from);
	case SORT_NAME:
	case SORTS:
		break;
	}
	from->name = text;
	return true;
}

static struct span cut(struct span s, size_t most)
{
	if (s.n <= most)
		return s;
	while (most && ((unsigned char)s.p[most] & 0xC0) == 0x80)
		most--;
	return span_of(s.p, most);
}

void integration_query_read(const struct req *r, struct integration_query *q,
			    struct integration_row *from)
{
	struct span type = req_query(r, "type"), after = req_query(r, "after");
	struct span before = req_query(r, "before");

	*q = (struct integration_query){
		.search = span_trim(cut(span_trim(req_query(r, "q")), SEARCH_MOST)),
		.type = type_find(app_of(r)->types, type) ? type : SPAN(""),
		.state = (enum integration_state)find(req_query(r, "state"), STATE_WORDS, STATES),
		.owner = (enum integration_owner)find(req_query(r, "owner"), OWNER_WORDS, OWNERS),
		.use = (enum integration_use)find(req_query(r, "use"), USE_WORDS, USE_KINDS),
		.sort = (enum integration_sort)find(req_query(r, "sort"), SORT_WORDS, SORTS),
	};
	if (q->use != USE_NONE || clock_date(req_query(r, "since"), &q->since) != OK)
		q->since = 0;
	if (owner_is_visitor(r)) {
		q->owner = OWNER_ANY;
		if (q->state > STATE_DISABLED)
			q->state = STATE_ANY;
	}
	*from = (struct integration_row){.name = SPAN(""), .type = SPAN("")};
	if (q->search.n == 0)
		q->search = SPAN("");
	q->back = !after.n && before.n;
	if (read_place(q->back ? before : after, q->sort, from))
		q->from = from;
	else
		q->back = false;
}

struct span integration_query_place(struct arena *a, enum integration_sort sort,
				    const struct integration_row *row)
{
	switch (sort) {
	case SORT_TYPE:
		return arena_printf(a, "%.*s:%.*s", SPAN_ARG(row->type), SPAN_ARG(row->name));
	case SORT_CHANGED:
		return arena_printf(a, "%lld:%lld", (long long)row->changed_at, (long long)row->id);
	case SORT_NAME:
	case SORTS:
		break;
	}
	return row->name;
}

static void fill_query(const struct req *r, const struct integration_query *q, struct view_list *v)
{
	v->search = q->search;
	v->type = q->type;
	v->state = integration_query_state(q->state);
	v->owner = integration_query_owner(q->owner);
	v->use = integration_query_use(q->use);
	v->since = q->since ? req_query(r, "since") : SPAN("");
	v->sort = integration_query_sort(q->sort);
	v->types = app_of(r)->types;
	v->filtered = q->search.n || q->type.n || q->state != STATE_ANY ||
		      q->owner != OWNER_ANY || q->use != USE_ANY;
}

/* One row more than the page has tells whether there is another page. Going back to where less than
 * a page is left gives the first page, whole. */
static int read_page(const struct req *r, struct integration_query *q, struct view_list *v,
		     struct integration_row **list, size_t *n)
{
	struct db *db = app_of(r)->db;
	bool more;

	q->limit = PAGE_ROWS + 1;
	TRY(store_integration_list(db, r->arena, owner_of(r), q, list, n));
	if (q->back && *n <= PAGE_ROWS) {
		q->back = false;
		q->from = NULL;
		TRY(store_integration_list(db, r->arena, owner_of(r), q, list, n));
	}
	more = *n > PAGE_ROWS;
	if (more && q->back)
		(*list)++;
	if (more)
		*n = PAGE_ROWS;
	v->first = !q->from && !q->back;
	if (*n && (q->back || more))
		v->next = integration_query_place(r->arena, q->sort, &(*list)[*n - 1]);
	if (*n && (q->back ? more : q->from != NULL))
		v->previous = integration_query_place(r->arena, q->sort, &(*list)[0]);
	return OK;
}

/* How many there are of what was asked for, and how many at all. */
static int count(const struct req *r, const struct integration_query *q, struct view_list *v)
{
	static const struct integration_query ALL = {.search = {"", 0}, .type = {"", 0}};
	struct db *db = app_of(r)->db;

	TRY(store_integration_count(db, r->arena, owner_of(r), &ALL, &v->total));
	v->matches = v->total;
	if (v->filtered && v->first && !v->next.n)
		v->matches = (int64_t)v->nrows;
	else if (v->filtered)
		TRY(store_integration_count(db, r->arena, owner_of(r), q, &v->matches));
	return OK;
}

int integration_query_run(const struct req *r, struct integration_query *q, struct view_list *v,
			  struct integration_row **list)
{
	fill_query(r, q, v);
	TRY(read_page(r, q, v, list, &v->nrows));
	return count(r, q, v);
}
