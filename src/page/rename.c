/* rename.c: the page of a rename, and the act. */
#include "page/rename.h"

#include "core/name.h"
#include "core/workflow.h"
#include "http/pct.h"
#include "page/frame.h"
#include "page/integration_page.h"
#include "page/session.h"
#include "store/binding.h"
#include "store/integration_history.h"
#include "base/banned.h"

/* FROM_MOST: far behind any place that there can be, and far from where numbers end. */
enum { PAGE_ROWS = 100, FROM_MOST = 1 << 30, NAME_MOST = 320, MARK_MOST = 60 };

static const struct form_field FIELDS[] = {
	{"csrf", FORM_TEXT, false, 100, "Token"},
	{"version", FORM_ID, false, 20, "Version"},
	{"mark", FORM_TEXT, false, MARK_MOST, "Mark"},
	{"name", FORM_TEXT, false, NAME_MOST, "Name"},
	{"again", FORM_TEXT, false, NAME_MOST, "The new name once more"},
};
const struct form_def FORM_RENAME = {FIELDS, COUNT(FIELDS), 8192, 10};

static const struct form_member MEMBERS[] = {
	{"name", "name", NULL},
	{"again", "again", NULL},
	{"version", "version", NULL},
	{"mark", "mark", NULL},
};
const struct json_map JSON_RENAME = {&FORM_RENAME, MEMBERS, COUNT(MEMBERS), NULL};

struct span rename_fault(struct arena *a, struct span from, struct span to, bool used)
{
	struct span fault = name_fault(a, to);

	if (to.n == 0)
		return SPAN("Give the integration a name: workflow files use it.");
	if (fault.p)
		return fault;
	if (span_eq(from, to))
		return SPAN("It has this name already.");
	if (used && workflow_name_is_dynamic(to))
		return SPAN("A workflow file would read the part that begins with $ as a variable, "
			    "so none could name it. Choose another name.");
	return SPAN_NONE;
}

static struct span query_text(const struct req *r, const char *name)
{
	struct span text = req_query(r, name);

	return text.p ? text : SPAN("");
}

int rename_open(struct req *r, struct res *s, struct rename_names *out, bool *closed)
{
	struct integration *i;

	TRY(integration_page_find(r, &i));
	*closed = !integration_may_edit(scope_of(r), i->edit_roles);
	if (*closed && r->form)
		TRY(session_note_denial(r));
	if (*closed)
		return integration_page_closed(r, s, i, r->form ? 403 : 200);
	*out = (struct rename_names){.i = i, .from = i->name};
	out->to = frame_typed(r, "name", query_text(r, "name"));
	out->was = r->form ? SPAN("") : query_text(r, "was");
	if (span_eq(out->was, i->name))
		out->was = SPAN("");
	if (out->was.n) {
		out->from = out->was;
		out->to = i->name;
	}
	return OK;
}

/* ---- the page ---- */

/* "?name=new": what the address of a page or diff says of the names, in the arena. */
static struct span names_query(struct req *r, const struct rename_names *n)
{
	if (n->was.n)
		return arena_printf(r->arena, "was=%.*s", SPAN_ARG(pct_encode(r->arena, n->was)));
	return arena_printf(r->arena, "name=%.*s", SPAN_ARG(pct_encode(r->arena, n->to)));
}

static struct span rename_path(struct req *r, const struct rename_names *n, const char *rest)
{
	return arena_printf(r->arena, "%s%.*s/rename%s", r->api ? "/api/v1" : "",
			    SPAN_ARG(integration_page_path(r, n->i->id)), rest);
}

static struct view_rename_file file_view(struct req *r, const struct rename_names *names,
					 const struct rename_file *f)
{
	struct arena *a = r->arena;
	struct view_rename_file v = {
		.project_id = f->places->project_id,
		.project = f->places->project,
		.path = f->places->path,
		.stale = f->places->stale,
		.places = ARENA_ARRAY(a, struct view_rename_place, f->n),
		.nplaces = f->n,
		.diff = f->diff,
	};

	for (size_t k = 0; k < f->n; k++) {
		const struct reference *ref = &f->places[k].reference;

		v.places[k] = (struct view_rename_place){
			.line = ref->line,
			.link = git_line_url(a, &f->places[k].place, v.path, ref->line),
			.kind = reference_kind_text(ref->kind),
			.consumer = ref->consumer,
			.key = ref->key,
			.by_hand = f->by_hand[k],
		};
	}
	if (!names->to.n)
		return v;
	v.project_href =
		arena_printf(a, "%.*s?project=%lld&%.*s", SPAN_ARG(rename_path(r, names, "/diff")),
			     (long long)v.project_id, SPAN_ARG(names_query(r, names)));
	v.href = arena_printf(a, "%.*s&file=%lld", SPAN_ARG(v.project_href),
			      (long long)f->places->file_id);
	return v;
}

static struct span page_at(struct req *r, const struct rename_names *names, int64_t from)
{
	return arena_printf(r->arena, "%.*s?%.*s&from=%lld", SPAN_ARG(rename_path(r, names, "")),
			    SPAN_ARG(names_query(r, names)), (long long)from);
}

/* Of a name that it never had, it is nobody's matter here how often projects which the viewer does
 * not see say it: it may be another integration's, which the viewer does not see either. */
static int hide_foreign(struct req *r, const struct rename_names *names,
			struct rename_places *places)
{
	bool own = true;

	if (names->was.n && places->hidden)
		TRY(store_integration_was_named(app_of(r)->db, r->arena, scope_of(r), names->i->id,
						names->was, &own));
	if (!own)
		places->hidden = 0;
	if (names->was.n)
		places->mark = SPAN(""); /* for a rename to come */
	return OK;
}

static int fill_places(struct req *r, const struct rename_names *names, struct view_rename *v)
{
	struct rename_places places;
	struct rename_file *files;
	size_t n;

	if (span_i64(req_query(r, "from"), &v->from) != OK || v->from > FROM_MOST)
		v->from = 0;
	TRY(store_rename_places(app_of(r)->db, r->arena, scope_of(r), names->from, v->from,
				PAGE_ROWS, &places));
	TRY(hide_foreign(r, names, &places));
	TRY(rename_files(r, places.list, places.n, names->to, &files, &n));
	v->files = ARENA_ARRAY(r->arena, struct view_rename_file, n + 1);
	for (; v->nfiles < n; v->nfiles++)
		v->files[v->nfiles] = file_view(r, names, &files[v->nfiles]);
	v->seen = places.seen;
	v->hidden = places.hidden;
	v->dynamic = places.dynamic;
	v->mark = places.mark;
	v->last = v->from + (int64_t)places.n;
	v->next_from = v->last < v->seen ? v->last : -1;
	if (v->next_from >= 0)
		v->next = page_at(r, names, v->next_from);
	if (v->from > 0)
		v->previous = page_at(r, names, v->from > PAGE_ROWS ? v->from - PAGE_ROWS : 0);
	return OK;
}

static int is_taken(struct req *r, struct span name, bool *taken)
{
	return store_scope_name_taken(app_of(r)->db, r->arena, scope_of(r)->subscription_id, name,
				      taken);
}

#define TAKEN "Another integration of this subscription has this name."

/* Of a name that came with the address; one that was sent as a form has its messages already. */
static int check_asked(struct req *r, struct rename_names *names, struct span *error)
{
	bool taken = false;

	*error = frame_message(r, "name");
	if (!r->form && names->to.n && !names->was.n) {
		*error = rename_fault(r->arena, names->from, names->to, true);
		if (!error->p)
			TRY(is_taken(r, names->to, &taken));
		if (taken)
			*error = SPAN(TAKEN);
	}
	if (error->p)
		names->to = SPAN("");
	return OK;
}

static int fill_others(struct req *r, const struct rename_names *names, struct view_rename *v)
{
	struct rename_places there;

	if (names->was.n)
		return is_taken(r, names->was, &v->was_taken);
	if (!names->to.n)
		return OK;
	TRY(store_rename_places(app_of(r)->db, r->arena, scope_of(r), names->to, 0, 0, &there));
	v->already = there.seen;
	return OK;
}

static int show(struct req *r, struct res *s, int status, struct rename_names *names)
{
	struct view_rename v = {
		.id = names->i->id,
		.version = names->i->version,
		.name = names->i->name,
		.typed = names->was.n ? SPAN("") : names->to,
		.again = frame_typed(r, "again", SPAN("")),
		.was = names->was,
		.error = frame_message(r, ""),
		.again_error = frame_message(r, "again"),
	};
	struct view_frame f =
		frame_for(r, s, arena_printf(r->arena, "Rename %.*s", SPAN_ARG(names->i->name)));

	TRY(check_asked(r, names, &v.name_error));
	TRY(fill_places(r, names, &v));
	TRY(fill_others(r, names, &v));
	v.to = names->was.n ? SPAN("") : names->to;
	if (!v.typed.n && !names->was.n && !r->form)
		v.typed = names->i->name;
	frame_crumbs_integrations(r, &f, true);
	frame_crumb(&f, names->i->name, integration_page_path(r, names->i->id));
	frame_version(r, s, names->i->version);
	s->status = status;
	return view_rename(s->body, r->arena, &f, &v);
}

int page_rename(struct req *r, struct res *s)
{
	struct rename_names names;
	bool closed;

	TRY(rename_open(r, s, &names, &closed));
	return closed ? OK : show(r, s, 200, &names);
}

/* ---- the act ---- */

static int show_stale(struct req *r, struct res *s)
{
	struct rename_names now;
	bool closed;

	r->stale = true;
	TRY(rename_open(r, s, &now, &closed));
	if (closed)
		return OK;
	form_fail(r->form, SPAN(""),
		  "Nothing is changed: somebody else changed this integration in the meantime. "
		  "Look again how it is now, then decide.");
	return show(r, s, 409, &now);
}

static int check(struct req *r, const struct rename_names *names, bool *used)
{
	struct rename_places there;
	struct span fault;

	TRY(store_rename_places(app_of(r)->db, r->arena, scope_of(r), names->from, 0, 0, &there));
	*used = there.seen + there.hidden > 0;
	fault = rename_fault(r->arena, names->from, names->to, *used);
	if (!form_message(r->form, SPAN("name")).p && fault.p)
		form_fail(r->form, SPAN("name"), "%.*s", SPAN_ARG(fault));
	if (*used && !form_message(r->form, SPAN("name")).p &&
	    form_text(r->form, "mark").n + r->api &&
	    !span_eq(form_text(r->form, "again"), names->to))
		form_fail(r->form, SPAN("again"),
			  "Type the new name once more, exactly as above: lines of workflow files "
			  "will not resolve any more.");
	return OK;
}

/* Why the store refused. */
static int show_conflict(struct req *r, struct res *s, struct rename_names *names,
			 const struct integration_change *c)
{
	if (c->stale)
		return show_stale(r, s);
	if (c->name_taken) {
		form_fail(r->form, SPAN("name"), TAKEN);
		return show(r, s, 422, names);
	}
	form_fail(r->form, SPAN(""),
		  "Nothing is changed: other lines name it than when you opened this page. Look "
		  "at them again, then confirm.");
	return show(r, s, 409, names);
}

/* Where what is left to do stands, if anything is. */
static struct span next_page(struct req *r, const struct rename_names *names, bool used)
{
	struct rename_names done = {.i = names->i, .was = names->from};

	if (!used || r->api)
		return integration_page_path(r, names->i->id);
	return arena_printf(r->arena, "%.*s?%.*s", SPAN_ARG(rename_path(r, &done, "")),
			    SPAN_ARG(names_query(r, &done)));
}

static int take(struct req *r, struct res *s, struct rename_names *names, bool used)
{
	struct span mark = form_text(r->form, "mark");
	struct actor actor = actor_of(r);
	struct integration_change c = {
		.id = names->i->id,
		.version = names->i->version,
		.name = names->to,
		.places = mark.p || r->api ? mark : SPAN(""),
		.sure = used,
	};
	int rc = store_integration_rename(app_of(r)->db, r->arena, scope_of(r), &actor, &c);

	if (rc == E_CONFLICT)
		return show_conflict(r, s, names, &c);
	if (rc == E_DENIED)
		TRY(session_note_denial(r));
	TRY(rc);
	frame_say(r, s, SAID_RENAMED, next_page(r, names, used));
	return OK;
}

/* A program may leave the version out: it says which name it shall be, and that is all of it. */
static bool is_stale(const struct req *r, const struct rename_names *names)
{
	int64_t version = form_id(r->form, "version");

	return version != names->i->version && !(r->api && !form_text(r->form, "version").p);
}

int page_rename_save(struct req *r, struct res *s)
{
	struct rename_names names;
	bool closed, used = false;

	TRY(rename_open(r, s, &names, &closed));
	if (closed)
		return OK;
	if (is_stale(r, &names))
		return show_stale(r, s);
	TRY(check(r, &names, &used));
	if (r->form->errors)
		return show(r, s, 422, &names);
	return take(r, s, &names, used);
}
