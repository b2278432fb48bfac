/* workflow_file.c: syncs of workflow files. */
#include "store/workflow_file.h"

#include "base/buf.h"
#include "base/clock.h"
#include "store/account.h"
#include "store/audit.h"
#include "store/name_use.h"
#include "store/reference.h"
#include "store/subscription.h"
#include "store/workflow_may.h"
#include "base/banned.h"

enum {
	LIST,
	INSERT,
	UPDATE,
	SPOIL,
	TOUCH,
	TOUCH_ALL,
	CLEAR,
	NAMES,
	DELETE,
	DELETE_ALL,
};
enum { FIELDS_MOST = 2000 };

static const struct stmt STMTS[] = {
	[LIST] = {"SELECT w.id, w.path, w.hash, w.size, w.references_n, w.dynamic_n, "
		  "w.synced_at, IF(w.synced_token <> '', w.synced_token," ACCOUNT_WHO(
			  "a") "), w.read_at, w.fault_line, w.fault"
			       " FROM workflow_file w LEFT JOIN account a ON a.id = w.synced_by"
			       " WHERE w.subscription_id = ? AND w.project_id = ? ORDER BY w.path",
		  "ii", "isbiiiisiis"},
	[INSERT] = {"INSERT INTO workflow_file (subscription_id, project_id, path, hash, size,"
		    " references_n, dynamic_n, synced_at, synced_by, synced_token, read_at,"
		    " fault_line, fault, kept_lines) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?,"
		    " ?)",
		    "iisbiiiiIsiisb", ""},
	[UPDATE] = {"UPDATE workflow_file SET hash = ?, size = ?, references_n = ?, dynamic_n = ?,"
		    " synced_at = ?, synced_by = ?, synced_token = ?, read_at = ?, fault_line = 0,"
		    " fault = '', kept_lines = ? WHERE subscription_id = ? AND id = ?",
		    "biiiiIsibii", ""},
	[SPOIL] = {"UPDATE workflow_file SET hash = ?, size = ?, synced_at = ?, synced_by = ?,"
		   " synced_token = ?, fault_line = ?, fault = ? WHERE subscription_id = ? AND"
		   " id = ?",
		   "biiIsisii", ""},
	[TOUCH] = {"UPDATE workflow_file SET synced_at = ?, synced_by = ?, synced_token = ?"
		   " WHERE subscription_id = ? AND id = ?",
		   "iIsii", ""},
	[TOUCH_ALL] = {"UPDATE workflow_file SET synced_at = ?, synced_by = ?, synced_token = ?"
		       " WHERE subscription_id = ? AND project_id = ?",
		       "iIsii", ""},
	[CLEAR] = {"DELETE FROM reference WHERE file_id = ?", "i", ""},
	[NAMES] = {"SELECT name, is_dynamic FROM reference WHERE file_id = ?", "i", "si"},
	[DELETE] = {"DELETE FROM workflow_file WHERE subscription_id = ? AND id = ?", "ii", ""},
	[DELETE_ALL] = {"DELETE FROM workflow_file WHERE subscription_id = ? AND project_id = ?",
			"ii", ""},
};

const struct stmt_table STORE_WORKFLOW_FILE = {"workflow_file", STMTS, COUNT(STMTS)};

int store_workflow_files(struct db *db, struct arena *a, const struct scope *s, int64_t project_id,
			 struct workflow_file **list, size_t *n)
{
	struct workflow_file f = {0};
	struct rows *rows;

	TRY(db_select(db, a, &STMTS[LIST], &rows, s->subscription_id, project_id));
	*list = ARENA_ARRAY(a, struct workflow_file, rows_count(rows) + 1);
	for (*n = 0; rows_next(rows, &f.id, &f.path, &f.hash, &f.size, &f.references, &f.dynamic,
			       &f.synced_at, &f.synced_by, &f.read_at, &f.fault_line, &f.fault);)
		(*list)[(*n)++] = f;
	return OK;
}

struct work {
	struct arena *arena;
	const struct scope *scope;
	const struct actor *actor;
	struct workflow_sync *sync;
	const int64_t *by;
	struct span by_token; /* "token NAME"; empty: an account */
	int64_t now, project_id;

	struct span project;	     /* its name */
	struct workflow_file *known; /* as the lock found them */
	size_t nknown;
	bool changed;
	struct name_uses uses;
};

static struct work work_of(struct arena *a, const struct scope *s, const struct actor *actor,
			   int64_t project_id)
{
	return (struct work){.arena = a,
			     .scope = s,
			     .actor = actor,
			     .by = actor->account_id ? &actor->account_id : NULL,
			     .by_token = s->sync_token_id ? actor->name : SPAN(""),
			     .now = clock_now(),
			     .project_id = project_id};
}

/* Locks the subscription, which orders this against deletions, other syncs, and the end of the
 * visitor's rights. */
static int open_project(struct db *db, struct work *w)
{
	const struct scope *s = w->scope;

	w->uses = (struct name_uses){.arena = w->arena};
	TRY(store_subscription_lock_activity(db, w->arena, s->subscription_id));
	TRY(store_workflow_may(db, w->arena, s, w->project_id, w->now, &w->project));
	return store_workflow_files(db, w->arena, s, w->project_id, &w->known, &w->nknown);
}

static struct workflow_file *find(const struct work *w, struct span path)
{
	for (size_t k = 0; k < w->nknown; k++)
		if (span_eq(w->known[k].path, path))
			return &w->known[k];
	return NULL;
}

/* --- what is to be done --- */

static int plan_file(struct work *w, struct workflow_sent *f)
{
	const struct workflow_file *known = find(w, f->path);
	bool same = known && span_eq(known->hash, f->hash);

	f->id = known ? known->id : 0;
	if (!f->read && (!same || known->fault.n)) {
		w->sync->unread = true;
		return E_CONFLICT;
	}
	if (f->fault.n)
		f->change = WORKFLOW_STALE;
	else if (!known)
		f->change = WORKFLOW_NEW;
	else
		f->change = f->read && (!same || known->fault.n || f->again) ? WORKFLOW_CHANGED : WORKFLOW_SAME;
	if (f->change == WORKFLOW_STALE ? !same || !known->fault.n : f->change != WORKFLOW_SAME)
		w->changed = true;
	return OK;
}

static bool is_sent(const struct workflow_sync *sync, struct span path)
{
	for (size_t k = 0; k < sync->n; k++)
		if (span_eq(sync->files[k].path, path))
			return true;
	return false;
}

static void plan_removals(struct work *w)
{
	struct workflow_sync *sync = w->sync;

	sync->removed = ARENA_ARRAY(w->arena, struct span, w->nknown + 1);
	sync->nremoved = 0;
	for (size_t k = 0; sync->whole && k < w->nknown; k++)
		if (!is_sent(sync, w->known[k].path))
			sync->removed[sync->nremoved++] = w->known[k].path;
	w->changed = w->changed || sync->nremoved;
}

static int check_limits(struct work *w)
{
	struct workflow_sync *sync = w->sync;
	int64_t files = (int64_t)w->nknown, references = 0;

	for (size_t k = 0; k < w->nknown; k++)
		references += w->known[k].references;
	for (size_t k = 0; k < sync->nremoved; k++) {
		files--;
		references -= find(w, sync->removed[k])->references;
	}
	for (size_t k = 0; k < sync->n; k++) {
		const struct workflow_sent *f = &sync->files[k];

		files += f->id == 0;
		if (f->change == WORKFLOW_CHANGED)
			references -= find(w, f->path)->references;
		if (f->change == WORKFLOW_CHANGED || f->change == WORKFLOW_NEW)
			references += (int64_t)f->nreferences;
	}
	sync->too_many_files = files > WORKFLOW_FILES_MAX;
	sync->too_many_references = references > WORKFLOW_REFERENCES_MAX;
	return sync->too_many_files || sync->too_many_references ? E_TOO_BIG : OK;
}

/* --- doing it --- */

static int64_t dynamic_of(const struct workflow_sent *f)
{
	int64_t n = 0;

	for (size_t k = 0; k < f->nreferences; k++)
		n += f->references[k].dynamic;
	return n;
}

static struct span fault_of(const struct workflow_sent *f)
{
	return reference_cut(f->fault, WORKFLOW_FAULT_CHARS_MAX);
}

static int insert(struct db *db, const struct work *w, struct workflow_sent *f)
{
	bool bad = f->fault.n > 0;
	int64_t none = 0;

	TRY(db_run(db, &STMTS[INSERT], NULL, w->scope->subscription_id, w->project_id, f->path,
		   f->hash, f->size, bad ? none : (int64_t)f->nreferences,
		   bad ? none : dynamic_of(f), w->now, w->by, w->by_token, bad ? none : w->now,
		   f->fault_line, fault_of(f), f->lines));
	f->id = db_last_id(db);
	return OK;
}

static int keep_names(struct db *db, struct work *w, struct workflow_sent *f)
{
	struct reference r = {0};
	struct rows *rows;
	int64_t dynamic;

	TRY(db_select(db, w->arena, &STMTS[NAMES], &rows, f->id));
	f->was = ARENA_ARRAY(w->arena, struct span, rows_count(rows) + 1);
	for (f->nwas = 0; rows_next(rows, &r.name, &dynamic); f->was[f->nwas++] = r.name) {
		r.dynamic = dynamic != 0;
		name_uses_note(&w->uses, &r, 1, -1);
	}
	return OK;
}

static int change(struct db *db, struct work *w, struct workflow_sent *f)
{
	TRY(keep_names(db, w, f));
	TRY(db_run(db, &STMTS[CLEAR], NULL, f->id));
	return db_run(db, &STMTS[UPDATE], NULL, f->hash, f->size, (int64_t)f->nreferences,
		      dynamic_of(f), w->now, w->by, w->by_token, w->now, f->lines,
		      w->scope->subscription_id,
		      f->id);
}

static int write_file(struct db *db, struct work *w, struct workflow_sent *f)
{
	int64_t sub = w->scope->subscription_id;

	if (f->change == WORKFLOW_SAME)
		return w->sync->whole ? OK
				      : db_run(db, &STMTS[TOUCH], NULL, w->now, w->by, w->by_token,
					       sub, f->id);
	if (f->change == WORKFLOW_STALE && f->id)
		return db_run(db, &STMTS[SPOIL], NULL, f->hash, f->size, w->now, w->by,
			      w->by_token, f->fault_line, fault_of(f), sub, f->id);
	TRY(f->id ? change(db, w, f) : insert(db, w, f));
	if (f->change == WORKFLOW_STALE)
		return OK;
	name_uses_note(&w->uses, f->references, f->nreferences, 1);
	return store_reference_write(db, w->arena, w->scope, w->project_id, f->id, f->references,
				     f->nreferences);
}

static int remove_file(struct db *db, struct work *w, const struct workflow_file *known)
{
	TRY(store_name_use_file_goes(db, &w->uses, w->scope, known->id));
	return db_run(db, &STMTS[DELETE], NULL, w->scope->subscription_id, known->id);
}

static int remove_all(struct db *db, struct work *w)
{
	TRY(store_name_use_project_goes(db, &w->uses, w->scope, w->project_id));
	return db_run(db, &STMTS[DELETE_ALL], NULL, w->scope->subscription_id, w->project_id);
}

/* --- the entry in the audit trail --- */

/* Paths as far as they fit; the rest as a number. */
static void name_file(struct buf *out, size_t *left, const char *before, struct span path)
{
	if (*left || out->n + path.n > FIELDS_MOST) {
		++*left;
		return;
	}
	buf_printf(out, "%s%s%.*s", out->n ? ", " : "", before, SPAN_ARG(path));
}

static struct span files_text(const struct work *w)
{
	const struct workflow_sync *sync = w->sync;
	struct buf out = BUF_INIT;
	struct span text;
	size_t left = 0;

	for (size_t k = 0; k < sync->n; k++)
		if (sync->files[k].change != WORKFLOW_SAME)
			name_file(&out, &left,
				  sync->files[k].change == WORKFLOW_STALE ? "not readable: " : "",
				  sync->files[k].path);
	for (size_t k = 0; k < sync->nremoved; k++)
		name_file(&out, &left, "removed: ", sync->removed[k]);
	if (left)
		buf_printf(&out, " and %zu more", left);
	text = arena_span(w->arena, buf_span(&out));
	buf_release(&out);
	return text;
}

static int note(struct db *db, const struct work *w, enum audit_action action, struct span fields)
{
	struct audit_entry e = {
		.chain = audit_chain_subscription(w->arena, w->scope->subscription_id),
		.actor = *w->actor,
		.action = action,
		.object_id = w->project_id,
		.object = w->project,
		.fields = fields,
	};

	return store_audit_write(db, w->arena, &e);
}

static int sync_all(struct db *db, void *arg)
{
	struct work *w = arg;
	struct workflow_sync *sync = w->sync;

	sync->unread = w->changed = false;
	TRY(open_project(db, w));
	for (size_t k = 0; k < sync->n; k++)
		TRY(plan_file(w, &sync->files[k]));
	plan_removals(w);
	TRY(check_limits(w));
	for (size_t k = 0; k < sync->nremoved; k++)
		TRY(remove_file(db, w, find(w, sync->removed[k])));
	for (size_t k = 0; k < sync->n; k++)
		TRY(write_file(db, w, &sync->files[k]));
	if (sync->whole)
		TRY(db_run(db, &STMTS[TOUCH_ALL], NULL, w->now, w->by, w->by_token,
			   w->scope->subscription_id, w->project_id));
	TRY(store_name_use_apply(db, &w->uses, w->scope, w->now));
	return w->changed ? note(db, w, AUDIT_WORKFLOW_SYNC, files_text(w)) : OK;
}

int store_workflow_sync(struct db *db, struct arena *a, const struct scope *s,
			const struct actor *actor, struct workflow_sync *sync)
{
	struct work w = work_of(a, s, actor, sync->project_id);

	w.sync = sync;
	return db_transaction(db, sync_all, &w);
}

struct removal {
	struct work work;
	struct span path;
	int64_t n;
};

static int remove_files(struct db *db, void *arg)
{
	struct removal *m = arg;
	struct work *w = &m->work;
	const struct workflow_file *known = NULL;

	TRY(open_project(db, w));
	if (m->path.n)
		known = find(w, m->path);
	if (w->nknown == 0 || (m->path.n && !known))
		return E_NOT_FOUND;
	m->n = known ? 1 : (int64_t)w->nknown;
	TRY(known ? remove_file(db, w, known) : remove_all(db, w));
	TRY(store_name_use_apply(db, &w->uses, w->scope, w->now));
	return note(db, w, AUDIT_WORKFLOW_REMOVE, known ? m->path : SPAN("all of them"));
}

int store_workflow_remove(struct db *db, struct arena *a, const struct scope *s,
			  const struct actor *actor, int64_t project_id, struct span path,
			  int64_t *n)
{
	struct removal m = {work_of(a, s, actor, project_id), path, 0};

	TRY(db_in_transaction(db) ? remove_files(db, &m) : db_transaction(db, remove_files, &m));
	*n = m.n;
	return OK;
}
