/* frame.c: the frame around every page. */
#include "view/frame.h"

#include <inttypes.h>

#include "base/banned.h"

/* Anything but the two fixed themes follows the reader's system. */
static struct span theme(const struct who *who)
{
	if (who && span_is(who->theme, "dark"))
		return SPAN("dark");
	if (who && span_is(who->theme, "light"))
		return SPAN("light");
	return SPAN("auto");
}

/* Bytes of the UTF-8 character at the start of `s`; at least 1, never past its end. */
static size_t first_char(struct span s)
{
	unsigned char lead = (unsigned char)s.p[0];
	size_t n = lead < 0xc0 ? 1 : lead < 0xe0 ? 2 : lead < 0xf0 ? 3 : 4;

	return n < s.n ? n : s.n;
}

static void put_upper(struct buf *b, struct span s)
{
	for (size_t i = 0; i < s.n; i++)
		buf_putc(b, s.p[i] >= 'a' && s.p[i] <= 'z' ? (char)(s.p[i] - 32) : s.p[i]);
}

/* "AO" for Admin of acme, "AD" for admin: for the round sign, which readers of the screen skip. */
static struct span initials(struct arena *a, struct span name)
{
	struct buf b = BUF_INIT;
	struct span rest = span_trim(name), word, made;

	for (int i = 0; i < 2 && span_cut(&rest, ' ', &word);) {
		if (word.n == 0)
			continue;
		size_t n = first_char(word);

		put_upper(&b, span_of(word.p, n));
		/* The only word gives its second letter, too. */
		if (i == 0 && rest.n == 0 && n < word.n) {
			word = span_of(word.p + n, word.n - n);
			put_upper(&b, span_of(word.p, first_char(word)));
		}
		i++;
	}
	made = arena_span(a, buf_span(&b));
	buf_release(&b);
	return made;
}

static void fill_subscriptions(struct tpl *nav, const struct who *who)
{
	struct tpl *list;

	if (who->nmemberships == 0)
		return;
	list = tpl_add(nav, TPL_SUBSCRIPTIONS);
	for (size_t i = 0; i < who->nmemberships; i++) {
		const struct membership *m = &who->memberships[i];
		struct tpl *row = tpl_add(list, TPL_SUBSCRIPTION);

		tpl_set(row, TPL_SUB_SLUG, m->slug);
		tpl_set(row, TPL_SUB_NAME, m->name);
		tpl_set(row, TPL_SUB_ROLE, m->disabled ? SPAN("disabled") : role_text(m->role));
		tpl_show(row, m->role == ROLE_ADMIN && !m->disabled ? TPL_SUB_ADMIN : TPL_SUB_OTHER,
			 true);
	}
}

/* The entries of the subscription that the page is about, or of the last one. */
static void fill_cicd(struct tpl *nav, const struct view_frame *f)
{
	const struct membership *first = f->who->memberships;
	struct tpl *cicd;

	if (!f->scope && f->who->nmemberships == 0)
		return;
	cicd = tpl_add(nav, TPL_CICD);
	tpl_set(cicd, TPL_CICD_SLUG, f->scope ? f->scope->slug : first->slug);
	tpl_show(cicd, TPL_AT_INTEGRATIONS, f->active == NAV_INTEGRATIONS);
	tpl_show(cicd, TPL_AT_PROJECTS, f->active == NAV_PROJECTS);
	if ((f->scope ? f->scope->role : first->role) != ROLE_ADMIN)
		return;
	cicd = tpl_add(cicd, TPL_CICD_ADMIN);
	tpl_show(cicd, TPL_AT_PEOPLE, f->active == NAV_PEOPLE);
	tpl_show(cicd, TPL_AT_AUDIT, f->active == NAV_AUDIT);
	tpl_show(cicd, TPL_AT_SETTINGS, f->active == NAV_SETTINGS);
}

static void fill_administration(struct tpl *nav, const struct view_frame *f)
{
	struct tpl *site;

	if (!f->who->site_admin)
		return;
	site = tpl_add(nav, TPL_ADMINISTRATION);
	tpl_show(site, TPL_AT_ACCOUNTS, f->active == NAV_ACCOUNTS);
	tpl_show(site, TPL_AT_SUBSCRIPTIONS, f->active == NAV_SUBSCRIPTIONS);
	tpl_show(site, TPL_AT_SITE_AUDIT, f->active == NAV_SITE_AUDIT);
}

static void fill_nav(struct arena *a, struct tpl *frame, const struct view_frame *f)
{
	struct tpl *nav = tpl_add(frame, TPL_NAV);

	fill_cicd(nav, f);
	fill_subscriptions(nav, f->who);
	fill_administration(nav, f);
	tpl_show(nav, TPL_AT_OWN, f->active == NAV_OWN);
	tpl_show(nav, TPL_AT_ACCOUNT, f->active == NAV_ACCOUNT);
	tpl_set(nav, TPL_WHO_NAME, f->who->name.n ? f->who->name : f->who->login);
	tpl_set(nav, TPL_INITIALS, initials(a, f->who->name.n ? f->who->name : f->who->login));
	tpl_set(nav, TPL_CSRF, f->csrf);
}

static void fill_titlebar(struct tpl *frame, const struct view_frame *f)
{
	struct tpl *bar = tpl_add(frame, TPL_TITLEBAR), *crumbs;

	if (f->ncrumbs == 0)
		return;
	crumbs = tpl_add(bar, TPL_CRUMBS);
	for (size_t i = 0; i < f->ncrumbs && i < COUNT(f->crumbs); i++) {
		struct tpl *row = tpl_add(crumbs, TPL_CRUMB);

		tpl_set(row, TPL_CRUMB_LABEL, f->crumbs[i].label);
		tpl_set(row, TPL_CRUMB_HREF, f->crumbs[i].href);
		tpl_show(row, f->crumbs[i].href.n ? TPL_CRUMB_LINK : TPL_CRUMB_TEXT, true);
	}
}

static struct tpl *frame_open(struct arena *a, const struct view_frame *f, bool titled)
{
	struct tpl *frame = tpl_new(a);

	tpl_set(frame, TPL_THEME, theme(f->who));
	tpl_set(frame, TPL_TITLE, f->title);
	tpl_set_show(frame, TPL_MESSAGE, f->message);
	if (f->who)
		fill_nav(a, frame, f);
	else
		tpl_show(frame, TPL_PLAIN, true);
	if (f->who && titled)
		fill_titlebar(frame, f);
	return frame;
}

struct view_page view_page_open(struct arena *a, const struct view_frame *f, enum tpl_file body,
				bool titled)
{
	struct view_page p = {.frame = frame_open(a, f, titled), .body = tpl_new(a), .file = body};

	tpl_set(p.body, TPL_CSRF, f->csrf);
	if (f->scope)
		tpl_set(p.body, TPL_SLUG, f->scope->slug);
	return p;
}

struct view_page view_page_apart(struct arena *a, const struct view_frame *f)
{
	return (struct view_page){.frame = frame_open(a, f, true)};
}

void view_page_action(struct view_page *p, enum tpl_name section, struct span href)
{
	tpl_set(p->frame, TPL_ACTION_HREF, href);
	tpl_show(p->frame, section, true);
}

void view_page_gear(struct arena *a, struct view_page *p, const struct view_frame *f)
{
	if (!f->scope || f->scope->role != ROLE_ADMIN)
		return;
	tpl_set(p->frame, TPL_SETTINGS_HREF, view_scope_href(a, f, "/settings"));
	tpl_show(p->frame, TPL_ACTION_SETTINGS, true);
}

static int render_parts(const struct view_page *p, struct buf *out)
{
	TRY(tpl_render(p->frame, TPL_FILE_FRAME, out));
	if (!p->body)
		return OK;
	TRY(tpl_render(p->body, p->file, out));
	return tpl_render(p->frame, TPL_FILE_FRAME_END, out);
}

int view_page_render(struct view_page *p, struct buf *out)
{
	size_t before = out->n;
	int rc = render_parts(p, out);

	if (rc != OK && out->n > before) {
		wipe(out->p + before, out->n - before);
		out->n = before;
	}
	return rc;
}

int view_page_foot(struct arena *a, struct buf *out)
{
	return tpl_render(tpl_new(a), TPL_FILE_FRAME_END, out);
}

static void key_text(struct buf *key, struct span s)
{
	buf_put(key, span_of((const char *)&s.n, sizeof(s.n)));
	buf_put(key, s);
}

static void key_number(struct buf *key, int64_t n)
{
	buf_put(key, span_of((const char *)&n, sizeof(n)));
}

static void key_who(struct buf *key, const struct who *who)
{
	key_text(key, who->login);
	key_text(key, who->name);
	key_number(key, who->site_admin);
	key_number(key, (int64_t)who->nmemberships);
	for (size_t k = 0; k < who->nmemberships; k++) {
		const struct membership *m = &who->memberships[k];

		key_text(key, m->slug);
		key_text(key, m->name);
		key_number(key, m->disabled ? -1 : (int64_t)m->role);
	}
}

/* Whatever frame_open() and what it calls look at, and the settings' gear. */
void view_frame_key(struct buf *key, const struct view_frame *f)
{
	key_text(key, theme(f->who));
	key_text(key, f->title);
	key_text(key, f->message);
	key_text(key, f->csrf);
	key_number(key, f->active);
	key_number(key, f->own);
	key_number(key, (int64_t)f->ncrumbs);
	for (size_t k = 0; k < f->ncrumbs; k++) {
		key_text(key, f->crumbs[k].label);
		key_text(key, f->crumbs[k].href);
	}
	key_text(key, f->scope ? f->scope->slug : SPAN(""));
	key_number(key, f->scope ? (int64_t)f->scope->role : -1);
	if (f->who)
		key_who(key, f->who);
}

struct span view_editors(role_set roles)
{
	bool member = roles & ROLE_BIT(ROLE_MEMBER);
	bool collaborator = roles & ROLE_BIT(ROLE_COLLABORATOR);

	if (member && collaborator)
		return SPAN("Admins, members and collaborators");
	if (member)
		return SPAN("Admins and members");
	return collaborator ? SPAN("Admins and collaborators") : SPAN("Admins");
}

struct span view_number(struct arena *a, int64_t n)
{
	return arena_printf(a, "%" PRId64, n);
}

struct span view_scope_href(struct arena *a, const struct view_frame *f, const char *rest)
{
	return f->scope ? arena_printf(a, "/s/%.*s%s", SPAN_ARG(f->scope->slug), rest) : SPAN("/");
}

struct span view_integrations_href(struct arena *a, const struct view_frame *f, const char *rest)
{
	if (f->own)
		return arena_printf(a, "/integrations%s", rest);
	if (!f->scope)
		return SPAN("/");
	return arena_printf(a, "/s/%.*s/integrations%s", SPAN_ARG(f->scope->slug), rest);
}

struct span view_integration_href(struct arena *a, const struct view_frame *f, int64_t id,
				  const char *rest)
{
	return view_integrations_href(a, f, arena_printf(a, "/%" PRId64 "%s", id, rest).p);
}
