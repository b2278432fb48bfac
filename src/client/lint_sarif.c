/* lint_sarif.c: findings as CI systems show them beside the lines: SARIF 2.1.0 (OASIS). The numbers
 * in comments are its sections. */
#include "client/lint.h"

#include <stdio.h>

#include "client/line.h"
#include "client/object.h"
#include "base/banned.h"

#define SCHEMA                                                                                     \
	"https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/"                      \
	"sarif-schema-2.1.0.json"

/* 3.11.5: braces of a message are doubled, since {0} is a placeholder. 3.11.6: [text](where) is a
 * link, and there is no way to write one that is none but to part it. */
static json_t *message(struct span text)
{
	json_t *v = object_must(json_object());
	struct buf out = BUF_INIT;

	for (size_t k = 0; k < text.n; k++) {
		char c = text.p[k];

		if (c == '{' || c == '}')
			buf_putc(&out, c);
		if (c == '(' && k && text.p[k - 1] == ']')
			buf_putc(&out, ' ');
		buf_putc(&out, c);
	}
	object_set(v, "text", object_text(buf_span(&out)));
	buf_release(&out);
	return v;
}

static json_t *plain(const char *text)
{
	json_t *v = object_must(json_object());

	object_set(v, "text", object_text(span_str(text)));
	return v;
}

static const char *level(bool fails)
{
	return fails ? "error" : "warning";
}

/* --- rules --- */

static json_t *rule(const struct reason *r)
{
	json_t *v = object_must(json_object()), *by_default = object_must(json_object());

	object_set(v, "id", json_string(r->slug));
	object_set(v, "shortDescription", plain(r->what));
	object_set(v, "help", plain(r->to_do));
	object_set(by_default, "level", json_string(level(r->fails)));
	object_set(v, "defaultConfiguration", by_default);
	return v;
}

/* A reason that only a newer Signet knows. */
static json_t *foreign_rule(struct span slug)
{
	json_t *v = object_must(json_object());

	object_set(v, "id", object_text(slug));
	return v;
}

/* The place of its rule, which is added when it is not there yet. */
static size_t rule_of(json_t *rules, struct span slug)
{
	size_t k = reason_at(slug);

	if (k < REASONS)
		return k;
	for (; k < json_array_size(rules); k++) {
		json_t *id = json_object_get(json_array_get(rules, k), "id");

		if (span_is(slug, json_string_value(id)))
			return k;
	}
	object_add(rules, foreign_rule(slug));
	return k;
}

static json_t *rules_new(void)
{
	json_t *rules = object_must(json_array());

	for (size_t k = 0; k < REASONS; k++)
		object_add(rules, rule(&REASON_LIST[k]));
	return rules;
}

/* --- results --- */

/* A relative reference (RFC 3986), as the file was named; "./" is none of a repository's path, and
 * a first part with a colon would be taken for a scheme. */
static json_t *uri(const char *name)
{
	struct buf out = BUF_INIT;
	json_t *v;

	while (strncmp(name, "./", 2) == 0)
		name += 2;
	if (name[0] == '/')
		buf_puts(&out, "file://");
	for (; *name; name++) {
		unsigned char c = (unsigned char)*name;
		bool alphanumeric =
			(c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');

		if (alphanumeric || strchr("/-._~", c))
			buf_putc(&out, (char)c);
		else
			buf_printf(&out, "%%%02X", c);
	}
	v = object_text(buf_span(&out));
	buf_release(&out);
	return v;
}

static json_t *location(const struct lint *l, const struct lint_finding *f)
{
	json_t *v = object_must(json_object()), *physical = object_must(json_object()),
	       *artifact = object_must(json_object()), *region = object_must(json_object());

	object_set(artifact, "uri", uri(l->files[f->file].name));
	object_set(region, "startLine", json_integer(f->line > 0 ? f->line : 1));
	object_set(region, "startColumn", json_integer(f->column > 0 ? f->column : 1));
	object_set(physical, "artifactLocation", artifact);
	object_set(physical, "region", region);
	object_set(v, "physicalLocation", physical);
	return v;
}

static json_t *result(const struct lint *l, const struct lint_finding *f, json_t *rules)
{
	json_t *v = object_must(json_object()), *locations = object_must(json_array());
	struct buf text = BUF_INIT;

	if (f->name.n) {
		buf_puts(&text, "\"");
		line_put_visible(&text, f->name);
		buf_puts(&text, "\": ");
	}
	line_put_visible(&text, f->advice);
	object_set(v, "ruleId", object_text(f->reason));
	object_set(v, "ruleIndex", json_integer((json_int_t)rule_of(rules, f->reason)));
	object_set(v, "level", json_string(level(f->fails)));
	object_set(v, "message", message(buf_span(&text)));
	object_add(locations, location(l, f));
	object_set(v, "locations", locations);
	buf_release(&text);
	return v;
}

/* --- the log --- */

static json_t *tool(json_t *rules)
{
	json_t *v = object_must(json_object()), *driver = object_must(json_object());

	object_set(driver, "name", json_string("signet lint"));
	object_set(driver, "rules", rules);
	object_set(v, "driver", driver);
	return v;
}

void lint_sarif(const struct lint *l, struct buf *out)
{
	json_t *log = object_must(json_object()), *run = object_must(json_object()),
	       *runs = object_must(json_array()), *results = object_must(json_array()),
	       *rules = rules_new();

	for (size_t k = 0; k < l->nfindings; k++)
		object_add(results, result(l, &l->findings[k], rules));
	object_set(run, "tool", tool(rules));
	object_set(run, "columnKind", json_string("unicodeCodePoints"));
	object_set(run, "results", results);
	object_add(runs, run);
	object_set(log, "$schema", json_string(SCHEMA));
	object_set(log, "version", json_string("2.1.0"));
	object_set(log, "runs", runs);
	object_write(log, out);
}
