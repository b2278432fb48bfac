/* home.c: the front door and the operator's probes. */
#include "page/home.h"

#include "page/frame.h"
#include "store/schema.h"
#include "base/banned.h"

int page_home(struct req *r, struct res *s)
{
	const struct scope *last = visit_of(r)->last;
	struct view_frame f;

	if (last && !last->disabled) {
		res_redirect(s, 303, arena_printf(r->arena, "/s/%.*s/integrations",
						  SPAN_ARG(last->slug)));
		return OK;
	}
	f = frame_for(r, s, SPAN("Welcome"));
	return view_home(s->body, r->arena, &f);
}

int page_subscription(struct req *r, struct res *s)
{
	res_redirect(s, 303, frame_integrations_path(r));
	return OK;
}

int page_healthz(struct req *r, struct res *s)
{
	(void)r;
	s->content_type = "text/plain; charset=utf-8";
	buf_puts(s->body, "ok\n");
	return OK;
}

/* Whoever asks must not keep a worker for as long as a vault that hangs makes a sign-in wait. */
enum { PROBE_TIMEOUT_MS = 1000 };

static bool part(struct res *s, const char *name, int rc)
{
	buf_printf(s->body, "%s: %s\n", name, rc == OK ? "ok" : err_text(rc));
	return rc == OK;
}

int page_readyz(struct req *r, struct res *s)
{
	struct vault_client client = app_of(r)->vault;
	struct vault_status status;
	bool database, vault, key = true;
	int rc;

	s->content_type = "text/plain; charset=utf-8";
	database = part(s, "database", store_schema_check(app_of(r)->db, r->arena));
	client.timeout_ms = PROBE_TIMEOUT_MS;
	rc = vault_status(&client, &status);
	vault = part(s, "vault", rc);
	if (vault)
		key = part(s, "public key",
			   strcmp(status.key_id, app_of(r)->key.id) == 0 ? OK : E_CONFLICT);
	if (database && vault && key)
		return OK;
	s->status = 503;
	return OK;
}
