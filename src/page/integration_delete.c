/* integration_delete.c: the Delete panel at the foot of the form. */
#include "page/integration.h"

#include "base/clock.h"
#include "page/frame.h"
#include "page/integration_input.h"
#include "page/integration_page.h"
#include "page/integration_uses.h"
#include "page/own_uses.h"
#include "page/session.h"
#include "store/own.h"
#include "base/banned.h"

enum { HANDLES_MOST = 64 * 1024 };
#define MOVED                                                                                      \
	"Nothing is deleted: where it is used has changed since you opened its page. Look at the " \
	"Delete panel again, and confirm there."

static const struct form_field FIELDS[] = {
	{"csrf", FORM_TEXT, false, 100, "Token"},
	{"version", FORM_ID, false, 20, "Version"},
	{"confirm", FORM_FLAG, false, 1, "Confirmation"},
	/* of the visitor's own alone: its handles, as the panel showed them */
	{"handles", FORM_TEXT, false, HANDLES_MOST, "Handles"},
};
const struct form_def FORM_INTEGRATION_DELETE = {FIELDS, COUNT(FIELDS) - 1, 4096, 8};
const struct form_def FORM_OWN_DELETE = {FIELDS, COUNT(FIELDS), HANDLES_MOST + 4096, 8};

/* The Delete panel again, under the form as it is stored. */
static int show_undeleted(struct input *in, struct res *s, int status, struct span error)
{
	input_stored(in);
	in->v.error = error;
	return integration_form_show(in, s, status);
}

static int show_changed(struct input *in, struct res *s)
{
	const struct integration *now = in->old;
	struct span ago = clock_ago(in->r->arena, now->changed_at, clock_now());

	return show_undeleted(
		in, s, 409,
		arena_printf(
			in->r->arena,
			"Nothing is deleted: %.*s changed this integration %.*s, after you had "
			"opened its page. It is shown as it is now. If it shall go all the "
			"same, delete it again below.",
			SPAN_ARG(now->changed_by), SPAN_ARG(ago)));
}

/* Something else would become of handles than what the panel said. */
static int show_moved(struct input *in, struct res *s)
{
	form_fail(in->r->form, SPAN("handles"), "%s", MOVED);
	return show_undeleted(in, s, 409, SPAN(MOVED));
}

/* Rule 9: what workflow files name stays; the panel lists where. */
static int show_used(struct input *in, struct res *s)
{
	struct view_uses *uses;

	TRY(integration_uses_read(in->r, in->old, 0, 1, &uses));
	form_fail(in->r->form, SPAN(""),
		  "Nothing is deleted: workflow files name it in %lld place%s. Take it out of them "
		  "and sync them; then it can go.",
		  (long long)(uses->seen + uses->hidden),
		  uses->seen + uses->hidden == 1 ? "" : "s");
	return show_undeleted(in, s, 409, form_message(in->r->form, SPAN("")));
}

/* The same of the visitor's own, which workflow files name by what is bound to it. */
static int show_named(struct input *in, struct res *s)
{
	struct view_blocker *list;
	size_t n;

	TRY(own_named_read(in->r, in->old->id, 0, &list, &n));
	form_fail(
		in->r->form, SPAN(""),
		"Nothing is deleted: workflow files%s%.*s name what is bound to it. Take the names "
		"out of them and sync them; then it can go.",
		n ? " of " : "", SPAN_ARG(n ? list[0].subscription : SPAN("")));
	return show_undeleted(in, s, 409, form_message(in->r->form, SPAN("")));
}

static int show_in_use(struct input *in, struct res *s)
{
	return owner_is_visitor(in->r) ? show_named(in, s) : show_used(in, s);
}

static int delete_own(struct input *in, const struct actor *actor, bool *moved)
{
	struct span shown = form_text(in->r->form, "handles");
	struct own_delete d = {.id = in->old->id, .version = in->c.version, .shown = shown};
	int rc;

	if (!in->r->api && !shown.p)
		d.shown = SPAN("");
	rc = store_own_delete(app_of(in->r)->db, in->r->arena, in->scope, actor, &d);
	in->c.stale = d.stale;
	in->c.in_use = d.in_use;
	*moved = d.moved;
	return rc;
}

static int delete_stored(struct input *in, bool *moved)
{
	struct actor actor = actor_of(in->r);

	*moved = false;
	in->c = (struct integration_change){.id = in->old->id,
					    .version = form_id(in->r->form, "version")};
	if (owner_is_visitor(in->r))
		return delete_own(in, &actor, moved);
	return store_integration_delete(app_of(in->r)->db, in->r->arena, in->scope, &actor, &in->c);
}

int page_integration_delete(struct req *r, struct res *s)
{
	struct input in;
	bool moved;
	bool closed;
	int rc;

	TRY(integration_form_open(r, s, &in, &closed));
	if (closed)
		return OK;
	if (!form_flag(r->form, "confirm")) {
		form_fail(r->form, SPAN("confirm"), "Tick the box to confirm.");
		return show_undeleted(&in, s, 422,
				      SPAN("Nothing is deleted: tick the box in the Delete panel "
					   "to confirm."));
	}
	rc = delete_stored(&in, &moved);
	r->stale = in.c.stale;
	if (rc == E_CONFLICT && moved)
		return show_moved(&in, s);
	if (rc == E_CONFLICT && in.c.in_use)
		return show_in_use(&in, s);
	if (rc == E_CONFLICT && !r->api) {
		TRY(integration_form_open(r, s, &in, &closed));
		return closed ? OK : show_changed(&in, s);
	}
	if (rc == E_DENIED)
		TRY(session_note_denial(r));
	TRY(rc);
	frame_say(r, s, SAID_DELETED, frame_integrations_path(r));
	return OK;
}
