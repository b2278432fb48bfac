/* frame.h: what all view_*.c files share: the frame around a page, and words for roles. */
#ifndef VIEW_FRAME_H
#define VIEW_FRAME_H

#include "view/tpl.h"
#include "view/view.h"

/* A page being filled: the frame (frame.tpl above the body, frame_end.tpl below), and what stands
 * in it. */
struct view_page {
	struct tpl *frame, *body; /* body: NULL where it is made apart */
	enum tpl_file file;	  /* the body's */
};

/* Fills the frame from `f` and opens `body` inside it, which gets CSRF and SLUG. `titled`: the bar
 * with breadcrumbs and the title stands above it (never for a visitor). */
struct view_page view_page_open(struct arena *a, const struct view_frame *f, enum tpl_file body,
				bool titled);
/* The same for a body that is made apart, with the title bar: view_page_render() makes what stands
 * above that, view_page_foot() what stands below it. */
struct view_page view_page_apart(struct arena *a, const struct view_frame *f);
/* The button in the title bar: ACTION_ADD or ACTION_EDIT. */
void view_page_action(struct view_page *p, enum tpl_name section, struct span href);
/* The gear beside it, for admins of the subscription: its settings. */
void view_page_gear(struct arena *a, struct view_page *p, const struct view_frame *f);
int view_page_render(struct view_page *p, struct buf *out) WARN_UNUSED;
int view_page_foot(struct arena *a, struct buf *out) WARN_UNUSED;

/* Appends all that a frame shows, each part with its length. */
void view_frame_key(struct buf *key, const struct view_frame *f);

/* A number as text, in the arena. */
struct span view_number(struct arena *a, int64_t n);
/* "/s/acme" + `rest`, in the arena; "/" without a subscription. */
struct span view_scope_href(struct arena *a, const struct view_frame *f, const char *rest);
/* "/s/acme/integrations" + `rest`, or "/integrations" + `rest` of the visitor's own, in the arena;
 * "/" without a subscription. */
struct span view_integrations_href(struct arena *a, const struct view_frame *f, const char *rest);
/* The same of one integration: "/s/acme/integrations/42" + `rest`. */
struct span view_integration_href(struct arena *a, const struct view_frame *f, int64_t id,
				  const char *rest);

/* Where one of the visitor's own is used, into details.tpl, and what becomes of that when it is
 * deleted, into form.tpl. */
void view_own_uses(struct arena *a, struct tpl *body, const struct view_frame *f,
		   const struct view_details *v);
void view_own_delete(struct tpl *panel, const struct view_own *v);

/* The tabs of + Add in a subscription, into {{>TABS}}. own: the second one is open. */
void view_add_tabs(struct tpl *body, const struct view_frame *f, bool own);

/* The panel of a conflict, into the section that stands for it in form.tpl. */
void view_conflict(struct tpl *t, const struct view_conflict *v);

#endif
