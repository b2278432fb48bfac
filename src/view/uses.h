/* uses.h: where an integration is named in workflow files: on its details, on a page of its own,
 * and in the place of the Delete button. */
#ifndef VIEW_USES_H
#define VIEW_USES_H

#include "view/view.h"

struct view_place {
	int64_t project_id, line;
	struct span project, path, kind, consumer, key;
	struct span link; /* to the line at the project's Git host, or empty */
	bool denied; /* the project may not use it */
	bool stale;  /* of the last bytes of its file that could be read */
};

struct view_uses {
	struct span slug;	   /* of the subscription */
	struct view_place *places; /* a page of those that the viewer sees, project by project */
	size_t nplaces;
	int64_t seen, hidden;	      /* in projects that the viewer sees, and in others */
	int64_t dynamic;	      /* of the subscription: any of them may name it at run time */
	int64_t from, previous, next; /* as in struct view_workflow */
	int64_t integration_id;
};

/* A handle of the visitor's own integration that workflow files name: what stands against deleting
 * that one, or against taking a subscription out of its scope. */
struct view_blocker {
	struct span subscription, name;
	const struct view_uses *uses; /* NULL: nobody may look into that subscription now */
};

struct tpl;
/* These, with their places, into the section that stands for them. */
void view_blockers(struct tpl *t, struct arena *a, const struct view_blocker *list, size_t n);
/* The list into the section that stands for it; without its pages, but with a link to all when it
 * is not the whole. */
void view_uses_list(struct tpl *t, struct arena *a, const struct view_uses *v);
/* The same as a card of the integration's details. */
void view_uses_card(struct tpl *t, struct arena *a, const struct view_uses *v);
/* A page of it. */
int view_uses(struct buf *out, struct arena *a, const struct view_frame *f,
	      const struct view_uses *v);

#endif
