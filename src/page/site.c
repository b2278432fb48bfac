/* site.c: what the pages of site administration share. */
#include "page/site.h"

#include "core/name.h"
#include "page/frame.h"
#include "base/banned.h"

enum { TYPED_MOST = 2000 };

#define CSRF                                                                                       \
	{                                                                                          \
		"csrf", FORM_TEXT, false, 100, "Token"                                             \
	}

static const struct form_field ACCOUNT_FIELDS[] = {
	CSRF,
	{"login", FORM_TEXT, true, TYPED_MOST, "Login"},
	{"name", FORM_TEXT, false, TYPED_MOST, "Name"},
	{"email", FORM_TEXT, false, TYPED_MOST, "Mail address"},
};
const struct form_def FORM_SITE_ACCOUNT = {ACCOUNT_FIELDS, COUNT(ACCOUNT_FIELDS), 16 * 1024, 8};

static const struct form_field NAME_FIELDS[] = {
	CSRF,
	{"name", FORM_TEXT, true, TYPED_MOST, "Name"},
};
const struct form_def FORM_SITE_NAME = {NAME_FIELDS, COUNT(NAME_FIELDS), 16 * 1024, 8};

static const struct form_field PROFILE_FIELDS[] = {
	CSRF,
	{"name", FORM_TEXT, true, TYPED_MOST, "Name"},
	{"email", FORM_TEXT, false, TYPED_MOST, "Mail address"},
};
const struct form_def FORM_SITE_PROFILE = {PROFILE_FIELDS, COUNT(PROFILE_FIELDS), 16 * 1024, 8};

static const struct form_field LINK_FIELDS[] = {
	CSRF,
	{"mail", FORM_TEXT, false, TYPED_MOST, "Mail address"},
};
const struct form_def FORM_SITE_LINK = {LINK_FIELDS, COUNT(LINK_FIELDS), 16 * 1024, 4};

static const struct form_field SUBSCRIPTION_FIELDS[] = {
	CSRF,
	{"slug", FORM_TEXT, true, TYPED_MOST, "Short name"},
	{"name", FORM_TEXT, false, TYPED_MOST, "Name"},
	{"admin", FORM_TEXT, true, TYPED_MOST, "First admin"},
};
const struct form_def FORM_SITE_SUBSCRIPTION = {SUBSCRIPTION_FIELDS, COUNT(SUBSCRIPTION_FIELDS),
						16 * 1024, 8};

static const struct form_field ADMIN_FIELDS[] = {
	CSRF,
	{"admin", FORM_TEXT, true, TYPED_MOST, "Login"},
};
const struct form_def FORM_SITE_ADMIN = {ADMIN_FIELDS, COUNT(ADMIN_FIELDS), 16 * 1024, 8};

static const struct form_field CONFIRM_FIELDS[] = {
	CSRF,
	{"confirm", FORM_FLAG, false, 10, "Tick"},
};
const struct form_def FORM_SITE_CONFIRM = {CONFIRM_FIELDS, COUNT(CONFIRM_FIELDS), 1024, 4};

struct view_frame site_frame(struct req *r, struct res *s, struct span title, enum view_nav active)
{
	struct view_frame f = frame_for(r, s, title);

	f.active = active;
	frame_crumb(&f, SPAN("Administration"), SPAN(""));
	return f;
}

struct span site_account_path(const struct req *r, int64_t id)
{
	return arena_printf(r->arena, "/admin/accounts/%lld", (long long)id);
}

struct span site_subscription_path(const struct req *r, int64_t id)
{
	return arena_printf(r->arena, "/admin/subscriptions/%lld", (long long)id);
}

struct span site_query(const struct req *r, const char *name)
{
	struct span value = req_query(r, name);

	return value.p ? value : SPAN("");
}

void site_fault(struct req *r, const char *field, struct span fault)
{
	if (fault.p && !form_message(r->form, span_str(field)).p)
		form_fail(r->form, span_str(field), "%.*s", SPAN_ARG(fault));
}

int site_status(const struct req *r)
{
	return r->form && r->form->errors ? 422 : 200;
}
