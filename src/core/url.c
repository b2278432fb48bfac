/* url.c: the origin of a URL. Two readers must agree on it, ours and liburiparser's; the one that
 * will fetch the URL is a third (libcurl): where readers are known to differ, or may, the spelling
 * is refused. Sentences never repeat a path or query, which may be a secret themselves. */
#include "core/url.h"

#include <arpa/inet.h>
#include <uriparser/Uri.h>

#include "base/banned.h"

enum { HOST_BYTES_MAX = 253, LABEL_BYTES_MAX = 63 };

/* What our reader found. `host` is without the brackets of an IPv6 address. */
struct parts {
	struct span scheme, authority, host, port, rest;
	bool ipv6;
};

static const char *const WEB[] = {"http", "https", NULL};

/* A scheme without a row needs its port written. */
static const struct {
	const char *scheme;
	int port;
} PORTS[] = {{"http", 80}, {"https", 443}, {"ssh", 22}};

static bool is_digit(char c)
{
	return c >= '0' && c <= '9';
}

static bool is_lower(char c)
{
	return c >= 'a' && c <= 'z';
}

static bool is_letter(char c)
{
	return is_lower(c) || (c >= 'A' && c <= 'Z');
}

static bool is_hex(char c)
{
	return is_digit(c) || (c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F');
}

static bool all_digits(struct span s)
{
	for (size_t i = 0; i < s.n; i++)
		if (!is_digit(s.p[i]))
			return false;
	return s.n > 0;
}

static struct span lower(struct arena *a, struct span s)
{
	char *p = arena_str(a, s);

	for (size_t i = 0; i < s.n; i++)
		if (p[i] >= 'A' && p[i] <= 'Z')
			p[i] = (char)(p[i] + 'a' - 'A');
	return span_of(p, s.n);
}

/* From s.p[at] to the end. */
static struct span tail(struct span s, size_t at)
{
	return span_of(s.p + at, s.n - at);
}

static size_t find_any(struct span s, const char *chars)
{
	size_t i = 0;

	while (i < s.n && (s.p[i] == '\0' || !strchr(chars, s.p[i])))
		i++;
	return i;
}

/* Bytes that no accepted URL holds anywhere. */
static struct span bytes_fault(struct arena *a, struct span url)
{
	for (size_t i = 0; i < url.n; i++) {
		unsigned char c = (unsigned char)url.p[i];
		if (c == ' ')
			return SPAN("Take out the blank, or write it as %20.");
		if (c < 0x20 || c == 0x7F)
			return SPAN("Take out the line break, tab or other control character.");
		if (c >= 0x80)
			return SPAN("Use ASCII characters only: write others percent-encoded, or, "
				    "in the host, as xn--.");
		if (c == '\\')
			return SPAN("Use / where the URL has a backslash.");
		if (c == '#')
			return SPAN("Leave out the # and what follows it.");
		if (strchr("\"<>^`{|}", c))
			return arena_printf(a, "Write %c as %%%02X.", c, c);
	}
	return SPAN_NONE;
}

/* Does it look like the name of a machine in public DNS, and not like a token that somebody pasted?
 * Only such text is repeated in a sentence. */
static bool is_plain_host(struct span s)
{
	size_t last = s.n;

	for (size_t i = 0; i < s.n; i++) {
		char c = s.p[i];
		if (c == '.')
			last = i + 1;
		else if (!is_lower(c) && !is_digit(c) && c != '-')
			return false;
	}
	if (s.n > 100 || last + 2 > s.n)
		return false;
	for (size_t i = last; i < s.n; i++)
		if (!is_lower(s.p[i]))
			return false;
	return true;
}

static struct span no_scheme(struct arena *a, struct span url)
{
	struct span host = span_of(url.p, find_any(url, ":/?"));

	if (!is_plain_host(host))
		host = SPAN("ci.example");
	return arena_printf(a, "Write the whole URL, with its scheme: https://%.*s/...",
			    SPAN_ARG(host));
}

/* The scheme that was typed is not repeated: it could be any text that "://" follows. */
static struct span other_scheme(struct arena *a, const char *const *schemes)
{
	struct span list = arena_printf(a, "%s://", schemes[0]);

	for (size_t i = 1; schemes[i]; i++)
		list = arena_printf(a, "%.*s%s%s://", SPAN_ARG(list),
				    schemes[i + 1] ? ", " : " or ", schemes[i]);
	return arena_printf(a, "Use a URL that begins with %.*s; others are not supported here.",
			    SPAN_ARG(list));
}

static bool is_listed(struct span scheme, const char *const *schemes)
{
	for (; *schemes; schemes++)
		if (span_is(scheme, *schemes))
			return true;
	return false;
}

/* Cuts scheme, authority and rest apart. */
static struct span split(struct arena *a, struct span url, const char *const *schemes,
			 struct parts *p)
{
	size_t colon = find_any(url, ":/?"), end;

	if (colon == 0 || !span_starts(tail(url, colon), SPAN("://")))
		return no_scheme(a, url);
	p->scheme = lower(a, span_of(url.p, colon));
	if (!is_listed(p->scheme, schemes))
		return other_scheme(a, schemes);
	url = tail(url, colon + 3);
	end = find_any(url, "/?");
	p->authority = span_of(url.p, end);
	p->rest = tail(url, end);
	if (end == 0)
		return SPAN("Write the host after the two slashes.");
	if (find_any(p->authority, "@") < end)
		return SPAN("Take out the user name or password; put them in the fields below.");
	return SPAN_NONE;
}

static struct span port_fault(struct span port)
{
	int64_t v = 0;

	if (!all_digits(port) || port.p[0] == '0' || port.n > 5 || span_i64(port, &v) != OK ||
	    v > 65535)
		return SPAN("Write the port as a number from 1 to 65535, or leave it out with its "
			    "colon.");
	return SPAN_NONE;
}

/* Cuts the authority into host and port. */
static struct span split_authority(struct parts *p)
{
	struct span s = p->authority;
	size_t end = find_any(s, ":");

	if (s.p[0] == '[') {
		end = find_any(s, "]");
		if (end == s.n)
			return SPAN("Close the bracket after the IPv6 address.");
		p->ipv6 = true;
		p->host = span_of(s.p + 1, end - 1);
		end++;
	} else {
		p->host = span_of(s.p, end);
	}
	p->port = SPAN_NONE;
	if (end == s.n)
		return SPAN_NONE;
	if (s.p[end] != ':')
		return SPAN("Write nothing but a port between the IPv6 address and the path.");
	p->port = tail(s, end + 1);
	if (!p->ipv6 && find_any(p->port, ":") < p->port.n)
		return SPAN("Write an IPv6 address in brackets, and one port at most.");
	return port_fault(p->port);
}

/* "Ends in a number" as browsers and libcurl see it: they would read such a host as IPv4. */
static bool ends_in_number(struct span host)
{
	struct span last, rest = host;

	while (span_cut(&rest, '.', &last))
		;
	return all_digits(last) || span_starts(last, SPAN("0x"));
}

static struct span ipv4_fault(struct arena *a, struct span host)
{
	char text[INET_ADDRSTRLEN];
	struct in_addr ip;

	if (inet_pton(AF_INET, arena_str(a, host), &ip) != 1 ||
	    !inet_ntop(AF_INET, &ip, text, sizeof(text)) || !span_is(host, text))
		return SPAN("Write the IPv4 address as four decimal numbers, such as 192.0.2.10.");
	if ((ntohl(ip.s_addr) >> 24) == 0)
		return SPAN("Write the host's own address: 0 means none.");
	return SPAN_NONE;
}

static struct span ipv6_fault(struct arena *a, struct span host, struct span *normal)
{
	static const unsigned char MAPPED[12] = {[10] = 0xFF, [11] = 0xFF}, ZERO[12];
	char text[INET6_ADDRSTRLEN];
	struct in6_addr ip;

	if (find_any(host, "%") < host.n)
		return SPAN("Leave out the zone (% and what follows) of the IPv6 address.");
	if (inet_pton(AF_INET6, arena_str(a, host), &ip) != 1 ||
	    !inet_ntop(AF_INET6, &ip, text, sizeof(text)))
		return SPAN("Write a valid IPv6 address in the brackets, such as [2001:db8::10].");
	if (IN6_IS_ADDR_UNSPECIFIED(&ip))
		return SPAN("Write the host's own address: 0 means none.");
	if (memcmp(&ip, MAPPED, sizeof(MAPPED)) == 0 ||
	    (memcmp(&ip, ZERO, sizeof(ZERO)) == 0 && !IN6_IS_ADDR_LOOPBACK(&ip)))
		return SPAN("Write the IPv4 address itself, not its IPv6 form.");
	*normal = arena_printf(a, "[%s]", text);
	return SPAN_NONE;
}

static bool is_label(struct span s)
{
	for (size_t i = 0; i < s.n; i++)
		if (!is_letter(s.p[i]) && !is_digit(s.p[i]) && s.p[i] != '-')
			return false;
	return s.n > 0 && s.n <= LABEL_BYTES_MAX && s.p[0] != '-' && s.p[s.n - 1] != '-';
}

/* `host` is in lower case. */
static struct span host_name_fault(struct arena *a, struct span host)
{
	struct span rest = host, label;

	if (host.n == 0)
		return SPAN("Write the host after the two slashes.");
	if (find_any(host, "%") < host.n)
		return SPAN("Write the host without % escapes.");
	if (host.p[host.n - 1] == '.')
		return SPAN("Leave out the dot at the end of the host.");
	if (ends_in_number(host))
		return ipv4_fault(a, host);
	if (host.n > HOST_BYTES_MAX)
		return SPAN("Shorten the host: 253 characters are the most.");
	while (span_cut(&rest, '.', &label))
		if (!is_label(label))
			return SPAN("Write the host with letters, digits, hyphens and dots only, "
				    "each part 1 to 63 characters, no hyphen at either end.");
	return SPAN_NONE;
}

/* Path and query. */
static struct span rest_fault(struct arena *a, struct span rest)
{
	for (size_t i = 0; i < rest.n; i++) {
		char c = rest.p[i];
		if (c == '[' || c == ']')
			return arena_printf(a, "Write %c as %%%02X.", c, (unsigned char)c);
		if (c != '%')
			continue;
		if (rest.n - i < 3 || !is_hex(rest.p[i + 1]) || !is_hex(rest.p[i + 2]))
			return SPAN("Write % as %25 where two hexadecimal digits do not follow.");
		if (rest.p[i + 1] == '0' && rest.p[i + 2] == '0')
			return SPAN("Take out %00.");
	}
	return SPAN_NONE;
}

static bool same(struct span ours, UriTextRangeA theirs)
{
	if (!theirs.first)
		return ours.p == NULL;
	return span_eq(ours, span_of(theirs.first, (size_t)(theirs.afterLast - theirs.first)));
}

/* The second reader's word: everything that decides the origin must be what we found. */
static bool library_agrees(struct arena *a, struct span url, const struct parts *p)
{
	const char *text = arena_str(a, url), *where;
	UriUriA u;
	bool agrees;

	if (uriParseSingleUriExA(&u, text, text + url.n, &where) != URI_SUCCESS)
		return false;
	agrees = span_eq(p->scheme, lower(a, span_of(u.scheme.first, (size_t)(
			 u.scheme.afterLast - u.scheme.first)))) &&
		 same(p->host, u.hostText) && same(p->port, u.portText) &&
		 !u.userInfo.first && !u.fragment.first && p->ipv6 == (u.hostData.ip6 != NULL);
	uriFreeUriMembersA(&u);
	return agrees;
}

static struct span host_fault(struct arena *a, const struct parts *p, struct span *normal)
{
	if (p->ipv6)
		return ipv6_fault(a, p->host, normal);
	*normal = lower(a, p->host);
	return host_name_fault(a, *normal);
}

static struct span port_of(struct arena *a, const struct parts *p)
{
	if (p->port.p)
		return p->port;
	for (size_t i = 0; i < COUNT(PORTS); i++)
		if (span_is(p->scheme, PORTS[i].scheme))
			return arena_printf(a, "%d", PORTS[i].port);
	return SPAN_NONE;
}

static struct span read_url(struct arena *a, struct span url, const char *const *schemes,
			    struct parts *p, struct span *host)
{
	struct span fault;

	if (url.n == 0)
		return SPAN("Write a URL.");
	if (url.n > URL_BYTES_MAX)
		return arena_printf(a, "Shorten the URL: %d characters are the most.",
				    URL_BYTES_MAX);
	fault = bytes_fault(a, url);
	if (!fault.p)
		fault = split(a, url, schemes, p);
	if (!fault.p)
		fault = split_authority(p);
	if (!fault.p)
		fault = host_fault(a, p, host);
	if (!fault.p)
		fault = rest_fault(a, p->rest);
	if (!fault.p && !library_agrees(a, url, p))
		return SPAN("Write the URL more plainly: programs may read this one differently.");
	return fault;
}

int url_origin(struct arena *a, struct span url, const char *const *schemes, struct span *origin,
	       struct span *fault)
{
	struct parts p = {0};
	struct span host = SPAN_NONE, port;

	*fault = read_url(a, url, schemes ? schemes : WEB, &p, &host);
	if (fault->p)
		return E_INVALID;
	port = port_of(a, &p);
	if (!port.p) {
		*fault = SPAN("Write the port after the host, such as :8443.");
		return E_INVALID;
	}
	*origin = arena_printf(a, "%.*s://%.*s:%.*s", SPAN_ARG(p.scheme), SPAN_ARG(host),
			       SPAN_ARG(port));
	return OK;
}
