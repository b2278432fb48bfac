/* workflow_list.c: which projects send their workflow files, and removing those of dead ones. */
#include "page/workflow_list.h"

#include "base/clock.h"
#include "page/sub.h"
#include "store/reference.h"
#include "store/workflow_list.h"
#include "base/banned.h"

enum { PAGE_ROWS = 25, SEARCH_MOST = 400, CHOSEN_MOST = 100, UNUSED_SHOWN = 50 };

/* Numbers are lists of one: these take 0 and, in JSON, numbers and words alike. */
static const struct form_field CLEAR_FIELDS[] = {
	{"csrf", FORM_TEXT, false, 100, "Token"},
	{"project", FORM_LIST, false, 20, "Project"},
	{"files", FORM_LIST, false, 20, "Files"},
	{"references", FORM_LIST, false, 20, "References"},
};
const struct form_def FORM_WORKFLOW_CLEAR = {CLEAR_FIELDS, COUNT(CLEAR_FIELDS), 16384,
					     CHOSEN_MOST + 8};
static const struct form_member CLEAR_MEMBERS[] = {
	{"projects[]", "project", NULL},
	{"files", "files", NULL},
	{"references", "references", NULL},
};
const struct json_map JSON_WORKFLOW_CLEAR = {&FORM_WORKFLOW_CLEAR, CLEAR_MEMBERS,
					     COUNT(CLEAR_MEMBERS), NULL};

static const struct form_field FILTER_FIELDS[] = {
	{"since", FORM_TEXT, false, 10, "Not synced since"}};
static const struct form_def FILTER = {FILTER_FIELDS, COUNT(FILTER_FIELDS), 0, 1};

/* --- the list --- */

static struct span query_text(const struct req *r, const char *name)
{
	struct span text = req_query(r, name);

	return text.p && text.n <= SEARCH_MOST ? text : SPAN("");
}

static struct view_workflow_project row_of(const struct workflow_project *p)
{
	return (struct view_workflow_project){
		.id = p->id,
		.name = p->name,
		.files = p->files,
		.references = p->references,
		.unreadable = p->unreadable,
		.synced_at = p->synced_at,
		.synced_by = p->synced_by,
	};
}

/* How many of its references the project's page shows as to look at. */
static int count_problems(const struct req *r, struct view_workflow_project *p)
{
	struct db *db = app_of(r)->db;
	struct reference_targets targets;
	struct workflow_group *list;
	struct reference *named;
	size_t n;

	if (p->references == 0)
		return OK;
	TRY(store_workflow_groups(db, r->arena, scope_of(r), p->id, &list, &n));
	named = ARENA_ARRAY(r->arena, struct reference, n + 1);
	for (size_t k = 0; k < n; k++)
		named[k] = list[k].reference;
	TRY(store_reference_targets(db, r->arena, scope_of(r), p->id, named, n, &targets));
	for (size_t k = 0; k < n; k++) {
		const struct reference *one = &list[k].reference;
		enum reference_state state = reference_judge(
			app_of(r)->types, one, store_reference_target(&targets, one->name));

		if (state != REFERENCE_FINE || list[k].stale)
			p->problems += list[k].n;
	}
	return OK;
}

static int64_t since(struct req *r, struct span text)
{
	int64_t at = 0;

	r->form = form_new(r->arena, &FILTER);
	if (text.n && clock_date(text, &at) != OK)
		form_fail(r->form, SPAN("since"),
			  "Write the day as year-month-day, as in 2026-11-22.");
	return at;
}

static int fill_list(struct req *r, const struct workflow_query *q, struct view_workflow_list *v)
{
	struct workflow_project *list;
	size_t n;

	TRY(store_workflow_projects(app_of(r)->db, r->arena, scope_of(r), q, &list, &n));
	TRY(store_workflow_projects_count(app_of(r)->db, r->arena, scope_of(r), q, &v->total));
	v->nrows = n > PAGE_ROWS ? PAGE_ROWS : n;
	v->rows = ARENA_ARRAY(r->arena, struct view_workflow_project, v->nrows + 1);
	for (size_t k = 0; k < v->nrows; k++) {
		v->rows[k] = row_of(&list[k]);
		TRY(count_problems(r, &v->rows[k]));
	}
	if (n > PAGE_ROWS)
		v->next = list[PAGE_ROWS - 1].name;
	return OK;
}

int page_workflow_list(struct req *r, struct res *s)
{
	struct view_frame f = sub_frame(r, s, SPAN("Workflow files"), NAV_PROJECTS, true);
	struct view_workflow_list v = {
		.search = span_trim(query_text(r, "q")),
		.since = span_trim(query_text(r, "since")),
		.now = clock_now(),
	};
	struct workflow_query q = {
		.search = v.search,
		.before = since(r, v.since),
		.after = query_text(r, "after"),
		.limit = PAGE_ROWS + 1,
	};

	v.first = q.after.n == 0;
	v.since_error = form_message(r->form, SPAN("since"));
	if (!r->form->errors)
		TRY(fill_list(r, &q, &v));
	s->status = r->form->errors ? 422 : 200;
	return view_workflow_list(s->body, r->arena, &f, &v);
}

/* --- removing --- */

int workflow_unused(const struct req *r, const int64_t *ids, size_t n, struct view_unused *out)
{
	struct workflow_unused *list;

	TRY(store_workflow_unused(app_of(r)->db, r->arena, scope_of(r), ids, n, UNUSED_SHOWN + 1,
				  &list, &out->n));
	out->more = out->n > UNUSED_SHOWN;
	out->n = out->more ? UNUSED_SHOWN : out->n;
	out->rows = ARENA_ARRAY(r->arena, struct view_unused_row, out->n + 1);
	for (size_t k = 0; k < out->n; k++)
		out->rows[k] = (struct view_unused_row){list[k].id, list[k].name};
	return OK;
}

struct chosen {
	int64_t ids[CHOSEN_MOST];
	size_t n;
	bool wrong; /* too many, or something that is no id */
};

static void choose(struct chosen *c, struct span text)
{
	int64_t id;

	if (span_i64(text, &id) != OK || c->n == CHOSEN_MOST) {
		c->wrong = true;
		return;
	}
	for (size_t k = 0; k < c->n; k++)
		if (c->ids[k] == id)
			return;
	c->ids[c->n++] = id;
}

static int show_clear(struct req *r, struct res *s, int status, const struct chosen *c)
{
	struct view_frame f = sub_frame(r, s, SPAN("Remove workflow files"), NAV_PROJECTS, true);
	struct span whole = frame_message(r, "");
	struct view_workflow_clear v = {.now = clock_now(),
					.error = whole.p ? whole : frame_message(r, "project")};
	struct workflow_project *list;

	frame_crumb(&f, SPAN("Workflow files"), sub_path(r, "/workflow"));
	TRY(store_workflow_chosen(app_of(r)->db, r->arena, scope_of(r), c->ids, c->n, &list,
				  &v.nrows));
	v.rows = ARENA_ARRAY(r->arena, struct view_workflow_project, v.nrows + 1);
	for (size_t k = 0; k < v.nrows; k++) {
		v.rows[k] = row_of(&list[k]);
		v.files += list[k].files;
		v.references += list[k].references;
	}
	TRY(workflow_unused(r, c->ids, c->n, &v.unused));
	s->status = status;
	return view_workflow_clear(s->body, r->arena, &f, &v);
}

int page_workflow_clear_ask(struct req *r, struct res *s)
{
	struct chosen *c = ARENA_NEW(r->arena, struct chosen);
	struct span rest = r->query, pair, name;

	while (rest.n && span_cut(&rest, '&', &pair))
		if (span_cut(&pair, '=', &name) && span_is(name, "project"))
			choose(c, pair);
	return show_clear(r, s, 200, c);
}

/* What the page said: without it nobody has seen the page. Programs, which have none, may leave it
 * out. */
static int read_seen(struct req *r, struct workflow_clear *c)
{
	c->files = c->references = -1;
	if (r->api && !form_text(r->form, "files").p && !form_text(r->form, "references").p)
		return OK;
	TRY(span_i64(form_text(r->form, "files"), &c->files));
	return span_i64(form_text(r->form, "references"), &c->references);
}

static void check(struct req *r, const struct chosen *c, struct workflow_clear *clear)
{
	if (c->wrong)
		form_fail(r->form, SPAN("project"), "Choose at most %d projects, by their ids.",
			  CHOSEN_MOST);
	else if (c->n == 0)
		form_fail(r->form, SPAN("project"), "Choose at least one project.");
	else if (read_seen(r, clear) != OK)
		form_fail(r->form, SPAN(""),
			  "Nothing is removed: this page first says what it means.");
}

int page_workflow_clear(struct req *r, struct res *s)
{
	struct chosen *c = ARENA_NEW(r->arena, struct chosen);
	struct workflow_clear clear = {.ids = c->ids};
	struct actor actor = actor_of(r);
	struct form_value *v;
	size_t at = 0;
	int rc;

	while (form_next(r->form, "project", &at, &v))
		choose(c, v->value);
	clear.n = c->n;
	check(r, c, &clear);
	if (r->form->errors)
		return show_clear(r, s, 422, c);
	rc = store_workflow_clear(app_of(r)->db, r->arena, scope_of(r), &actor, &clear);
	if (rc == E_CONFLICT) {
		form_fail(r->form, SPAN(""),
			  "Nothing is removed: files were sent or removed in the meantime, or a "
			  "project is gone. Look again, then decide.");
		return show_clear(r, s, 409, c);
	}
	TRY(rc);
	frame_say(r, s, SAID_UNSYNCED, sub_path(r, "/workflow"));
	return OK;
}
