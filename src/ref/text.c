/* text.c: from a file's bytes to UTF-8, and from positions to lines.
 *
 * libyaml counts lines, but as YAML 1.1 has it: U+0085, U+2028 and U+2029 end one, too. People and
 * their editors do not count these, so in a file that has one lines are counted here. */
#include "ref/text.h"

#include "base/banned.h"

/* libyaml compares each %TAG with all before it. */
enum { TAG_DIRECTIVES_MAX = 100 };

static const struct text START = {.place = {1, 1}};

static int fault_at(struct ref_fault *fault, struct place at, int err, struct span reason)
{
	*fault = (struct ref_fault){at.line, at.column, reason};
	return err;
}

static size_t put_utf8(char *p, uint32_t c)
{
	if (c < 0x80) {
		p[0] = (char)c;
		return 1;
	}
	if (c < 0x800) {
		p[0] = (char)(0xC0 | c >> 6);
		p[1] = (char)(0x80 | (c & 0x3F));
		return 2;
	}
	if (c < 0x10000) {
		p[0] = (char)(0xE0 | c >> 12);
		p[1] = (char)(0x80 | (c >> 6 & 0x3F));
		p[2] = (char)(0x80 | (c & 0x3F));
		return 3;
	}
	p[0] = (char)(0xF0 | c >> 18);
	p[1] = (char)(0x80 | (c >> 12 & 0x3F));
	p[2] = (char)(0x80 | (c >> 6 & 0x3F));
	p[3] = (char)(0x80 | (c & 0x3F));
	return 4;
}

/* One character from `s`, which it shortens; UINT32_MAX when there is half of one. */
static uint32_t take_utf16(struct span *s, bool big)
{
	uint32_t unit[2];
	size_t n = 0;

	do {
		if (s->n < 2)
			return UINT32_MAX;
		unit[n++] = (uint32_t)(unsigned char)s->p[!big] << 8 | (unsigned char)s->p[big];
		s->p += 2;
		s->n -= 2;
	} while (n < 2 && unit[0] >= 0xD800 && unit[0] < 0xDC00);
	if (n == 1)
		return unit[0] >= 0xDC00 && unit[0] < 0xE000 ? UINT32_MAX : unit[0];
	if (unit[1] < 0xDC00 || unit[1] >= 0xE000)
		return UINT32_MAX;
	return 0x10000 + ((unit[0] - 0xD800) << 10) + (unit[1] - 0xDC00);
}

static int from_utf16(struct arena *a, struct span s, bool big, struct text *t,
		      struct ref_fault *fault)
{
	/* two bytes become at most three */
	char *p = arena_alloc(a, s.n + s.n / 2 + 4);

	t->bytes = span_of(p, 0);
	while (s.n > 0) {
		uint32_t c = take_utf16(&s, big);
		if (c == UINT32_MAX)
			return fault_at(fault, ref_text_place_of_byte(t, t->bytes.n), E_INVALID,
					SPAN("this is not well-formed UTF-16"));
		t->bytes.n += put_utf8(p + t->bytes.n, c);
	}
	return OK;
}

/* memchr() for the sign and a look at what follows: far faster than memmem(). */
static const char *find(struct span s, char sign, const char *then)
{
	size_t n = strlen(then);
	const char *hit;

	while (s.n > 0 && (hit = memchr(s.p, sign, s.n)) != NULL) {
		s = span_of(hit + 1, s.n - (size_t)(hit - s.p) - 1);
		if (s.n >= n && memcmp(s.p, then, n) == 0)
			return hit;
	}
	return NULL;
}

static bool has_odd_breaks(struct span s)
{
	return find(s, '\xC2', "\x85") || find(s, '\xE2', "\x80\xA8") ||
	       find(s, '\xE2', "\x80\xA9");
}

bool ref_text_is_odd_break(struct span bytes, size_t at)
{
	struct span rest = at < bytes.n ? span_of(bytes.p + at, bytes.n - at) : SPAN("");

	return span_starts(rest, SPAN("\xC2\x85")) || span_starts(rest, SPAN("\xE2\x80\xA8")) ||
	       span_starts(rest, SPAN("\xE2\x80\xA9"));
}

static int tags_check(const struct text *t, struct ref_fault *fault)
{
	struct span rest = t->bytes;
	const char *hit;
	int n = 0;

	while ((hit = find(rest, '%', "TAG")) != NULL) {
		size_t at = (size_t)(hit - t->bytes.p);
		/* one within a line is no directive */
		if (at == 0 || hit[-1] == '\n' || hit[-1] == '\r')
			n++;
		if (n > TAG_DIRECTIVES_MAX)
			return fault_at(fault, ref_text_place_of_byte(t, at), E_TOO_BIG,
					SPAN("there are more than 100 %TAG directives"));
		rest = span_of(hit + 1, t->bytes.n - at - 1);
	}
	return OK;
}

int ref_text_open(struct arena *a, struct span bytes, const struct ref_limits *limits,
		  struct text *out, struct ref_fault *fault)
{
	const char *nul;

	*out = START;
	/* libyaml wants a pointer, also to nothing */
	out->bytes = bytes.p ? bytes : SPAN("");
	if (bytes.n > limits->bytes)
		return fault_at(fault, (struct place){1, 1}, E_TOO_BIG,
				arena_printf(a, "the file has more than %zu bytes", limits->bytes));
	out->recoded = span_starts(bytes, SPAN("\xFF\xFE")) || span_starts(bytes, SPAN("\xFE\xFF"));
	out->mark = span_starts(bytes, SPAN("\xEF\xBB\xBF")) ? 3 : 0;
	if (out->recoded)
		TRY(from_utf16(a, span_of(bytes.p + 2, bytes.n - 2), bytes.p[0] == '\xFE', out,
			       fault));
	else if (out->mark)
		out->bytes = span_of(bytes.p + out->mark, bytes.n - out->mark);
	nul = out->bytes.n ? memchr(out->bytes.p, '\0', out->bytes.n) : NULL;
	if (nul)
		return fault_at(fault, ref_text_place_of_byte(out, (size_t)(nul - out->bytes.p)),
				E_INVALID,
				SPAN("there is a NUL byte here, so this is not a text file (or it "
				     "is UTF-16 "
				     "without a byte order mark)"));
	out->odd_breaks = has_odd_breaks(out->bytes);
	return tags_check(out, fault);
}

static char byte_at(const struct text *t, size_t at)
{
	return at < t->bytes.n ? t->bytes.p[at] : '\0';
}

/* Past one character. */
static void step(struct text *t)
{
	char c = byte_at(t, t->at++);

	/* the rest of a sequence */
	while (t->at < t->bytes.n && (byte_at(t, t->at) & 0xC0) == 0x80)
		t->at++;
	t->index++;
	if (c == '\n' || (c == '\r' && byte_at(t, t->at) != '\n')) {
		t->place.line++;
		t->place.column = 1;
	} else if (c != '\r') {
		t->place.column++;
	}
}

static void walk(struct text *t, size_t index)
{
	if (index < t->index) {
		t->at = t->index = 0;
		t->place = START.place;
	}
	while (t->index < index && t->at < t->bytes.n)
		step(t);
}

struct place ref_text_place(struct text *t, size_t index)
{
	walk(t, index);
	return t->place;
}

/* Past what ends at one of `ends`. */
static void skip(struct text *t, const char *ends)
{
	while (t->at < t->bytes.n && !strchr(ends, byte_at(t, t->at)) &&
	       !ref_text_is_odd_break(t->bytes, t->at))
		step(t);
}

struct place ref_text_place_of_scalar(struct text *t, size_t index)
{
	struct text ahead;

	walk(t, index);
	ahead = *t;
	while (ahead.at < ahead.bytes.n) {
		char c = byte_at(&ahead, ahead.at);

		if (c == '&' || c == '!')
			skip(&ahead, " \t\r\n");
		else if (c == '#')
			skip(&ahead, "\r\n");
		else if (c == ' ' || c == '\t' || c == '\r' || c == '\n' ||
			 ref_text_is_odd_break(ahead.bytes, ahead.at))
			step(&ahead);
		else
			break;
	}
	return ahead.place;
}

struct place ref_text_place_of_byte(const struct text *t, size_t byte)
{
	struct text from = START;

	from.bytes = span_of(t->bytes.p, t->bytes.n);
	while (from.at < byte && from.at < from.bytes.n)
		step(&from);
	return from.place;
}

struct span ref_text_line(const struct text *t, int line)
{
	size_t start = 0, end = 0;

	for (; end < t->bytes.n; end++) {
		char c = t->bytes.p[end];
		if (c == '\r' && byte_at(t, end + 1) == '\n')
			continue;
		if (c != '\n' && c != '\r')
			continue;
		if (--line == 0)
			break;
		start = end + 1;
	}
	/* the last line may end without a break */
	return line <= 1 ? span_of(t->bytes.p + start, end - start) : SPAN("");
}
