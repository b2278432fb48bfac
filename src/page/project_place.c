/* project_place.c: the fields for a project's address at its Git host. */
#include "page/project_place.h"

#include "http/form.h"
#include "page/frame.h"
#include "base/banned.h"

/* What was left as the form showed it is shown as it is by now. */
static bool was_typed(const struct req *r, const struct git_place *now)
{
	struct span url, was;

	if (!r->form || !form_field_of(r->form->def, SPAN("url")))
		return false;
	url = form_text(r->form, "url");
	was = form_text(r->form, "was_url");
	return url.p && (!was.p || !span_eq(url, was) || span_eq(now->url, was));
}

struct view_place_form project_place_form(const struct req *r, const struct git_place *now)
{
	struct view_place_form f = {
		.was = now->url,
		.url = now->url,
		.url_error = frame_message(r, "url"),
		.host = now->host,
		.host_error = frame_message(r, "git_host"),
	};

	if (!was_typed(r, now))
		return f;
	f.url = form_text(r->form, "url");
	if (git_host_read(form_text(r->form, "git_host"), &f.host) != OK)
		f.host = GIT_HOST_AUTO;
	return f;
}

static void check_host(struct req *r, struct git_place *p)
{
	struct span word = form_text(r->form, "git_host"), host;

	if (word.n && git_host_read(word, &p->host) != OK) {
		form_fail(r->form, SPAN("git_host"), "Choose one of the kinds.");
		return;
	}
	if (!p->url.n || p->host != GIT_HOST_AUTO || git_host_guess(p->url) != GIT_HOST_AUTO)
		return;
	host = git_url_host(p->url);
	form_fail(r->form, SPAN("git_host"), "Choose what runs at %.*s: its name does not say.",
		  SPAN_ARG(host));
}

void project_place_read(struct req *r, const struct git_place *now, struct git_place *out)
{
	struct span url = form_text(r->form, "url"), fault;

	*out = (struct git_place){.url = SPAN_NONE};
	if (!url.p && !form_text(r->form, "git_host").p)
		return;
	out->url = url.p ? span_trim(url) : now->url;
	fault = out->url.n && !form_message(r->form, SPAN("url")).p
			? git_url_fault(r->arena, out->url)
			: SPAN_NONE;
	if (fault.p)
		form_fail(r->form, SPAN("url"), "%.*s", SPAN_ARG(fault));
	else if (out->url.n)
		check_host(r, out);
}
