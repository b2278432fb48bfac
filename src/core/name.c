/* name.c: what a name may be, and the sentence for what it may not. */
#include "core/name.h"

#include <stdlib.h>
#include <utf8proc.h>

#include "base/banned.h"

/* The character at s.p, which must hold at least one byte of well-formed UTF-8. */
static size_t char_read(struct span s, utf8proc_int32_t *c)
{
	utf8proc_ssize_t n = utf8proc_iterate((const utf8proc_uint8_t *)s.p,
					      (utf8proc_ssize_t)s.n, c);

	ASSERT(n > 0);
	return (size_t)n;
}

/* Why a character may stand nowhere in a name; NULL when it may. */
static const char *char_trouble(utf8proc_int32_t c)
{
	switch (utf8proc_category(c)) {
	case UTF8PROC_CATEGORY_CC:
		return "a control character";
	case UTF8PROC_CATEGORY_CF:
		return "an invisible formatting character";
	case UTF8PROC_CATEGORY_CS:
		return "half of a character";
	case UTF8PROC_CATEGORY_CO:
		return "a character of private meaning";
	case UTF8PROC_CATEGORY_ZL:
	case UTF8PROC_CATEGORY_ZP:
		return "a line break";
	case UTF8PROC_CATEGORY_CN:
	case UTF8PROC_CATEGORY_LU:
	case UTF8PROC_CATEGORY_LL:
	case UTF8PROC_CATEGORY_LT:
	case UTF8PROC_CATEGORY_LM:
	case UTF8PROC_CATEGORY_LO:
	case UTF8PROC_CATEGORY_MN:
	case UTF8PROC_CATEGORY_MC:
	case UTF8PROC_CATEGORY_ME:
	case UTF8PROC_CATEGORY_ND:
	case UTF8PROC_CATEGORY_NL:
	case UTF8PROC_CATEGORY_NO:
	case UTF8PROC_CATEGORY_PC:
	case UTF8PROC_CATEGORY_PD:
	case UTF8PROC_CATEGORY_PS:
	case UTF8PROC_CATEGORY_PE:
	case UTF8PROC_CATEGORY_PI:
	case UTF8PROC_CATEGORY_PF:
	case UTF8PROC_CATEGORY_PO:
	case UTF8PROC_CATEGORY_SM:
	case UTF8PROC_CATEGORY_SC:
	case UTF8PROC_CATEGORY_SK:
	case UTF8PROC_CATEGORY_SO:
	case UTF8PROC_CATEGORY_ZS:
		break;
	}
	return NULL;
}

static bool is_space(utf8proc_int32_t c)
{
	return utf8proc_category(c) == UTF8PROC_CATEGORY_ZS;
}

static struct span chars_fault(struct arena *a, struct span name)
{
	struct span rest = name;
	utf8proc_int32_t c = 0;
	bool blank_first = false;
	size_t count = 0;

	while (rest.n) {
		size_t n = char_read(rest, &c);
		const char *trouble = char_trouble(c);
		if (trouble)
			return arena_printf(a, "Take out U+%04X (character %zu): it is %s.",
					    (unsigned)c, count + 1, trouble);
		if (count == 0)
			blank_first = is_space(c);
		count++;
		rest = span_of(rest.p + n, rest.n - n);
	}
	if (blank_first || is_space(c))
		return SPAN("Take out the space at the beginning or the end.");
	if (count > NAME_CHARS_MAX)
		return arena_printf(a, "Shorten it: it has %zu characters, and %d is the most.",
				    count, NAME_CHARS_MAX);
	return SPAN_NONE;
}

/* Two spellings that look alike must not be two names, hence NFC. At most 320 bytes come here. */
static bool is_nfc(struct span name)
{
	utf8proc_uint8_t *composed = NULL;
	utf8proc_ssize_t n = utf8proc_map((const utf8proc_uint8_t *)name.p,
					  (utf8proc_ssize_t)name.n, &composed,
					  UTF8PROC_STABLE | UTF8PROC_COMPOSE);
	bool same;

	ASSERT(n >= 0);
	same = span_eq(name, span_of((const char *)composed, (size_t)n));
	free(composed);
	return same;
}

struct span name_fault(struct arena *a, struct span name)
{
	struct span fault;

	if (name.n == 0)
		return SPAN("Give it a name.");
	if (!span_is_utf8(name))
		return SPAN("Write the name anew: its bytes are no UTF-8 text.");
	fault = chars_fault(a, name);
	if (fault.p)
		return fault;
	if (!is_nfc(name))
		return SPAN("Type the name anew: it has characters in a form that looks like "
			    "another (it has to be Unicode NFC).");
	return SPAN_NONE;
}

struct span name_login_fault(struct arena *a, struct span login)
{
	static const char SYNC_TOKENS[] = "token ";

	if (login.n == 0)
		return SPAN("Give it a login.");
	if (login.n >= strlen(SYNC_TOKENS) &&
	    strncasecmp(login.p, SYNC_TOKENS, strlen(SYNC_TOKENS)) == 0)
		return SPAN("Choose another login: what begins with \"token \" stands for a sync "
			    "token in audit trails.");
	return name_fault(a, login);
}

static bool is_letter(char c)
{
	return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

static bool is_digit(char c)
{
	return c >= '0' && c <= '9';
}

/* The sentence about the character at `at`, which a key may not hold. */
static struct span key_char_fault(struct arena *a, struct span key, size_t at, const char *allowed)
{
	struct span rest = span_of(key.p + at, key.n - at);
	utf8proc_int32_t c;

	if (!span_is_utf8(rest))
		return arena_printf(a, "Use only %s: its bytes are no UTF-8 text.", allowed);
	(void)char_read(rest, &c);
	if (c == ' ')
		return arena_printf(a, "Use only %s: it has a blank.", allowed);
	return arena_printf(a, "Use only %s: it has U+%04X.", allowed, (unsigned)c);
}

static struct span key_fault(struct arena *a, struct span key, const char *marks,
			     const char *allowed)
{
	if (key.n == 0)
		return SPAN("Give it a key.");
	for (size_t i = 0; i < key.n; i++) {
		char c = key.p[i];
		if (!is_letter(c) && !is_digit(c) && (c == '\0' || !strchr(marks, c)))
			return key_char_fault(a, key, i, allowed);
	}
	if (is_digit(key.p[0]))
		return SPAN("Begin the key with something other than a digit.");
	if (key.n > NAME_CHARS_MAX)
		return arena_printf(a, "Shorten the key: it has %zu characters, and %d is the "
				    "most.", key.n, NAME_CHARS_MAX);
	return SPAN_NONE;
}

struct span name_url_key_fault(struct arena *a, struct span key)
{
	return key_fault(a, key, "_-.", "letters, digits, underscore, hyphen and dot");
}

struct span name_pair_key_fault(struct arena *a, struct span key)
{
	return key_fault(a, key, "_", "letters, digits and underscore");
}

static bool is_slug_char(char c)
{
	return (c >= 'a' && c <= 'z') || is_digit(c) || c == '-';
}

struct span name_slug_fault(struct arena *a, struct span slug)
{
	if (slug.n == 0)
		return SPAN("Give it a short name.");
	for (size_t i = 0; i < slug.n; i++)
		if (!is_slug_char(slug.p[i]))
			return key_char_fault(a, slug, i,
					      "small letters a to z, digits and hyphen");
	if (slug.p[0] == '-' || slug.p[slug.n - 1] == '-')
		return SPAN("Begin and end it with a letter or a digit.");
	if (slug.n > NAME_SLUG_MAX)
		return arena_printf(a, "Shorten it: it has %zu characters, and %d is the most.",
				    slug.n, NAME_SLUG_MAX);
	return SPAN_NONE;
}
