/* tpl.h: a C face on ctemplate. Values are escaped by the context in which a template uses them; no
 * call here can turn that off. The folder's view_*.c files alone use it. */
#ifndef VIEW_TPL_H
#define VIEW_TPL_H

#include "base/arena.h"
#include "base/buf.h"
#include "tpl_names.h"

/* TPL_LIST is list.tpl ... */
enum tpl_file {
#define X(id, name) TPL_FILE_##id,
	TPL_FILES(X)
#undef X
	TPL_FILE_COUNT
};

/* Variables, sections and includes alike: TPL_NAME is {{NAME}}, {{#NAME}} or {{>NAME}}. */
enum tpl_name {
#define X(id) TPL_##id,
	TPL_NAMES(X)
#undef X
	TPL_NAME_COUNT
};

/* What one template, or one turn of one section, is filled with. A section's values are looked for
 * in the section, then in what encloses it, and so is whether a section is shown: names that two
 * levels use differently must differ. An included template sees its own only. */
struct tpl;

/* Parses all templates of the folder and keeps them for the life of the process; a second call
 * replaces them. E_INVALID (logged with the file): a file is missing, has bad syntax, does not
 * begin with the auto-escape pragma, or uses :none. */
int tpl_load(const char *folder) WARN_UNUSED;

/* An empty one for a whole page; gone at arena_reset(). Never NULL. */
struct tpl *tpl_new(struct arena *a);
/* The bytes are borrowed until tpl_render(). */
void tpl_set(struct tpl *t, enum tpl_name name, struct span value);
void tpl_set_i64(struct tpl *t, enum tpl_name name, int64_t value);
/* Shows a section once, with nothing of its own in it; when `yes`. */
void tpl_show(struct tpl *t, enum tpl_name section, bool yes);
/* Sets a value and shows the section of the same name around it; nothing when the value is empty.
 */
void tpl_set_show(struct tpl *t, enum tpl_name name, struct span value);
/* One more turn of a section. */
struct tpl *tpl_add(struct tpl *t, enum tpl_name section);
/* What {{>NAME}} stands for. */
struct tpl *tpl_include(struct tpl *t, enum tpl_name name, enum tpl_file file);
/* Appends the page to `out`. E_BUG when anything went wrong since tpl_new(), or the buffer's own
 * error; `out` then has nothing of the page. */
int tpl_render(struct tpl *t, enum tpl_file file, struct buf *out) WARN_UNUSED;

#endif
