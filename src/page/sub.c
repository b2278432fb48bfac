/* sub.c: what the pages of a subscription's people, projects and settings share. */
#include "page/sub.h"

#include <stdarg.h>
#include <stdio.h>

#include "base/clock.h"
#include "core/name.h"
#include "store/people.h"
#include "store/throttle.h"
#include "base/banned.h"

enum { NAMES_SHOWN = 3, MOST_MISSES = 20, PATH_MOST = 200 };

struct span sub_path(const struct req *r, const char *format, ...)
{
	char rest[PATH_MOST];
	va_list ap;
	int n;

	va_start(ap, format);
	n = vsnprintf(rest, sizeof(rest), format, ap);
	va_end(ap);
	ASSERT(n >= 0 && (size_t)n < sizeof(rest));
	return arena_printf(r->arena, "/s/%.*s%s", SPAN_ARG(scope_of(r)->slug), rest);
}

struct view_frame sub_frame(struct req *r, struct res *s, struct span title, enum view_nav active,
			    bool below)
{
	struct view_frame f = frame_for(r, s, title);

	f.active = active;
	frame_crumb(&f, SPAN("CI/CD"), SPAN("/"));
	frame_crumb(&f, scope_of(r)->name, frame_integrations_path(r));
	if (below && active == NAV_PEOPLE)
		frame_crumb(&f, SPAN("People"), sub_path(r, "/people"));
	if (below && active == NAV_PROJECTS)
		frame_crumb(&f, SPAN("Projects"), sub_path(r, "/projects"));
	return f;
}

void sub_check_name(struct req *r)
{
	struct span name = form_text(r->form, "name"), fault;

	if (form_message(r->form, SPAN("name")).p)
		return; /* the form's own reader found something already */
	fault = name_fault(r->arena, name);
	if (fault.p)
		form_fail(r->form, SPAN("name"), "%.*s", SPAN_ARG(fault));
}

struct span sub_names(struct arena *a, struct span lines)
{
	struct buf out = BUF_INIT;
	struct span name, text;
	size_t n = 0;

	if (lines.n == 0)
		return SPAN("No project");
	while (span_cut(&lines, '\n', &name)) {
		if (n < NAMES_SHOWN) {
			buf_puts(&out, n ? ", " : "");
			buf_put(&out, name);
		}
		n++;
	}
	if (n > NAMES_SHOWN)
		buf_printf(&out, " and %zu more", n - NAMES_SHOWN);
	text = arena_span(a, buf_span(&out));
	buf_release(&out);
	return text;
}

int sub_grant(struct req *r, struct vault_grant grant)
{
	struct actor a = actor_of(r);
	struct vault_actor actor = {a.account_id, a.name, a.address, a.request};

	grant.subscription_id = scope_of(r)->subscription_id;
	return vault_role_grant(&app_of(r)->vault, &actor, visit_of(r)->who->token_hash, &grant);
}

enum role sub_role(struct span word)
{
	for (int role = ROLE_COLLABORATOR; role <= ROLE_ADMIN; role++)
		if (span_eq(word, role_text((enum role)role)))
			return (enum role)role;
	return ROLE_NONE;
}

static struct span misses_of(struct req *r)
{
	unsigned char *sum = arena_alloc(r->arena, HASH_BYTES);

	hash_bytes(arena_printf(r->arena, "logins:%lld", (long long)visit_of(r)->who->account_id),
		   sum);
	return span_of((const char *)sum, HASH_BYTES);
}

int sub_find_login(struct req *r, struct span login, int64_t *account_id, enum role *role)
{
	struct span subject = misses_of(r);
	struct db *db = app_of(r)->db;
	int64_t misses, now = clock_now();
	int rc;

	TRY(store_throttle_failures(db, r->arena, subject, now, &misses));
	if (misses >= MOST_MISSES)
		return E_THROTTLED;
	rc = store_person_find(db, r->arena, scope_of(r), login, account_id, role);
	if (rc == E_NOT_FOUND)
		TRY(store_throttle_failed(db, subject, now));
	return rc;
}
