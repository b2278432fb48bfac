/* tpl.cc: the one C++ file. No exception leaves it: each turns into E_BUG at tpl_render(). */
#include <cstring>
#include <memory>
#include <string>

#include <ctemplate/template_cache.h>
#include <ctemplate/template_dictionary.h>
#include <ctemplate/template_emitter.h>
#include <ctemplate/template_string.h>

extern "C" {
#include "base/file.h"
#include "base/log.h"
#include "view/tpl.h"
}

using ctemplate::StaticTemplateString;
using ctemplate::TemplateCache;
using ctemplate::TemplateDictionary;
using ctemplate::TemplateString;

/* Parsed once, so that filling a page hashes no name. */
static const StaticTemplateString NAMES[] = {
#define X(id) {{#id, sizeof(#id) - 1, 0}},
	TPL_NAMES(X)
#undef X
};

static const char *const FILES[] = {
#define X(id, name) name,
	TPL_FILES(X)
#undef X
};

enum { TEMPLATE_BYTES_MAX = 1 << 20 };
static const char PRAGMA[] = "{{%AUTOESCAPE context=\"HTML\"}}";

/* Not ctemplate's default cache: nothing else in the process can add to this one. */
static TemplateCache *cache;

struct tpl {
	TemplateDictionary *dict;
	bool *failed;
	struct arena *arena;
};

/* Lines end as in the file: joining them would glue words together. */
static const ctemplate::Strip STRIP = ctemplate::STRIP_BLANK_LINES;

/* Emits straight into the response's buffer. */
class BufEmitter : public ctemplate::ExpandEmitter {
public:
	explicit BufEmitter(struct buf *b) : out(b)
	{
	}
	void Emit(char c) override
	{
		buf_putc(out, c);
	}
	void Emit(const std::string &s) override
	{
		buf_put(out, span_of(s.data(), s.size()));
	}
	void Emit(const char *s) override
	{
		buf_puts(out, s);
	}
	void Emit(const char *s, size_t n) override
	{
		buf_put(out, span_of(s, n));
	}

private:
	struct buf *out;
};

/* Auto-escaping is a property of each file: one without the pragma would come out raw, even when a
 * safe one includes it. */
static int file_check(const std::string &path)
{
	struct arena *a = arena_new();
	struct span text = SPAN_NONE;
	const char *fault = nullptr;

	if (file_read(a, path.c_str(), TEMPLATE_BYTES_MAX, &text) != OK)
		fault = "cannot be read";
	else if (!span_starts(text, span_str(PRAGMA)))
		fault = "does not begin with the auto-escape pragma";
	else if (memmem(text.p, text.n, ":none", 5) != nullptr)
		fault = "has :none";
	if (fault)
		log_error("template %s: %s", path.c_str(), fault);
	arena_free(a);
	return fault ? E_INVALID : OK;
}

static int load(const char *folder)
{
	std::unique_ptr<TemplateCache> fresh(new TemplateCache);

	fresh->SetTemplateRootDirectory(folder);
	for (const StaticTemplateString &name : NAMES)
		ctemplate::StaticTemplateStringInitializer init(&name);
	for (const char *file : FILES) {
		TRY(file_check(std::string(folder) + "/" + file));
		if (!fresh->LoadTemplate(file, STRIP)) {
			log_error("template %s/%s: bad syntax", folder, file);
			return E_INVALID;
		}
	}
	fresh->Freeze();
	delete cache;
	cache = fresh.release();
	return OK;
}

int tpl_load(const char *folder)
{
	try {
		return load(folder);
	} catch (...) {
		log_error("templates in %s: cannot be loaded", folder);
		return E_INVALID;
	}
}

static void dict_delete(void *dict)
{
	delete static_cast<TemplateDictionary *>(dict);
}

/* A handle on `dict`, which is NULL when something failed: no call looks at it then. */
static struct tpl *handle(struct arena *a, bool *failed, TemplateDictionary *dict)
{
	struct tpl *t = ARENA_NEW(a, struct tpl);

	t->dict = dict;
	t->failed = failed;
	t->arena = a;
	return t;
}

struct tpl *tpl_new(struct arena *a)
{
	bool *failed = ARENA_NEW(a, bool);
	TemplateDictionary *dict = nullptr;

	try {
		dict = new TemplateDictionary("page");
		arena_defer(a, dict_delete, dict);
	} catch (...) {
		*failed = true;
	}
	return handle(a, failed, dict);
}

/* Calls fn(dict) unless something failed before. */
template <typename Fn> static void guarded(struct tpl *t, Fn fn)
{
	if (*t->failed)
		return;
	try {
		fn(t->dict);
	} catch (...) {
		*t->failed = true;
	}
}

static TemplateString text(struct span s)
{
	return TemplateString(s.p ? s.p : "", s.n);
}

void tpl_set(struct tpl *t, enum tpl_name name, struct span value)
{
	guarded(t, [&](TemplateDictionary *d) {
		d->SetValueWithoutCopy(NAMES[name], text(value));
	});
}

void tpl_set_i64(struct tpl *t, enum tpl_name name, int64_t value)
{
	guarded(t, [&](TemplateDictionary *d) { d->SetIntValue(NAMES[name], value); });
}

void tpl_show(struct tpl *t, enum tpl_name section, bool yes)
{
	if (yes)
		guarded(t, [&](TemplateDictionary *d) { d->ShowSection(NAMES[section]); });
}

void tpl_set_show(struct tpl *t, enum tpl_name name, struct span value)
{
	if (value.n == 0)
		return;
	tpl_set(t, name, value);
	tpl_show(t, name, true);
}

struct tpl *tpl_add(struct tpl *t, enum tpl_name section)
{
	TemplateDictionary *made = nullptr;

	guarded(t, [&](TemplateDictionary *d) { made = d->AddSectionDictionary(NAMES[section]); });
	return handle(t->arena, t->failed, made);
}

struct tpl *tpl_include(struct tpl *t, enum tpl_name name, enum tpl_file file)
{
	TemplateDictionary *made = nullptr;

	guarded(t, [&](TemplateDictionary *d) {
		made = d->AddIncludeDictionary(NAMES[name]);
		made->SetFilename(FILES[file]);
	});
	return handle(t->arena, t->failed, made);
}

int tpl_render(struct tpl *t, enum tpl_file file, struct buf *out)
{
	BufEmitter emitter(out);
	size_t before = out->n;
	bool whole = false;

	if (out->err == OK && cache != nullptr) {
		/* Only a true result counts: a missing include leaves part of a page behind. */
		guarded(t, [&](TemplateDictionary *d) {
			whole = cache->ExpandNoLoad(FILES[file], STRIP, d, nullptr, &emitter);
		});
	}
	if (whole && out->err == OK)
		return OK;
	if (out->n > before) {
		wipe(out->p + before, out->n - before);
		out->n = before;
	}
	if (out->err == OK)
		log_error("template %s: not rendered", FILES[file]);
	return out->err == OK ? E_BUG : out->err;
}
