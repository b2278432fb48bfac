/* integration_again.c: forms of integrations that were made already, or are no more. */
#include "page/integration_again.h"

#include "base/clock.h"
#include "page/frame.h"
#include "page/integration.h"
#include "page/integration_page.h"
#include "store/integration.h"
#include "store/integration_history.h"
#include "base/banned.h"

static void drop_box(struct input *in, struct input_slot *slot)
{
	if (!slot->has_kept)
		return;
	slot->has_kept = false;
	slot->view->kept = SPAN("");
	if (slot->typed.n)
		return;
	slot->view->error =
		SPAN("Type it again: what was kept belongs to the integration that this "
		     "form has added.");
	slot->view->removable = slot->view->removed = false;
	in->failed = true;
}

int integration_again_used(struct input *in, struct res *s, bool *used)
{
	struct req *r = in->r;
	int64_t id;
	int rc = store_integration_of_uid(app_of(r)->db, r->arena, in->scope, in->uid, &id,
					  &in->v.used_name);

	*used = rc == OK;
	if (rc == E_NOT_FOUND)
		return OK;
	TRY(rc);
	in->v.used_href = integration_page_path(r, id);
	integration_form_uid(in);
	for (size_t k = 0; k < in->nslots; k++)
		drop_box(in, &in->slots[k]);
	return integration_form_again(in, s, 409, SPAN(""));
}

/* In words, or E_NOT_FOUND. */
static int deletion(struct req *r, struct span *out)
{
	const struct scope *s = owner_of(r);
	struct integration_entry e;
	struct span name, ago;
	int64_t id;

	if (r->api || (s->role != ROLE_ADMIN && s->role != ROLE_MEMBER))
		return E_NOT_FOUND;
	TRY(req_param_id(r, "id", &id));
	TRY(store_integration_deletion(app_of(r)->db, r->arena, s, id, &e, &name));
	ago = clock_ago(r->arena, e.at, clock_now());
	*out = arena_printf(r->arena, "\"%.*s\" was deleted %.*s by %.*s, with its sealed values.",
			    SPAN_ARG(name), SPAN_ARG(ago), SPAN_ARG(e.who));
	return OK;
}

/* The pencil's form, as one that adds. */
static int as_new(struct req *r, struct res *s, const struct type *type, struct span what)
{
	struct input in;

	TRY(input_open(&in, r, type, NULL));
	input_read(&in);
	integration_form_uid(&in);
	input_check(&in);
	input_forgive(&in);
	return integration_form_again(
		&in, s, 410,
		arena_printf(
			r->arena,
			"%.*s Nothing of yours is saved, and what you typed stands below. If it "
			"shall be there again, save it: that adds it anew, and needs every secret.",
			SPAN_ARG(what)));
}

int integration_again_gone(struct req *r, struct res *s)
{
	bool pencil = r->form && (r->route->form == &FORM_INTEGRATION ||
				  r->route->form == &FORM_OWN_INTEGRATION);
	const struct type *type = NULL;
	struct span what;

	TRY(deletion(r, &what));
	if (pencil)
		type = type_find(app_of(r)->types, form_text(r->form, "type"));
	if (type)
		return as_new(r, s, type, what);
	s->status = 410;
	frame_fail(r, s,
		   arena_printf(r->arena, "%.*s To have it again, add it anew.", SPAN_ARG(what)).p);
	return OK;
}
