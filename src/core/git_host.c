/* git_host.c: addresses at Git hosts. Each kind of host has its own form of a link to a line;
 * "HEAD" is the default branch wherever it stands. */
#include "core/git_host.h"

#include "base/buf.h"
#include "core/url.h"
#include "base/banned.h"

/* What stands between the repository's address and the file's path, and before the line's number.
 * Bitbucket Server shows the default branch where none is said. */
static const struct {
	const char *word, *text, *file, *line;
} HOSTS[GIT_HOSTS] = {
	[GIT_HOST_AUTO] = {"auto", "As its address says", NULL, NULL},
	[GIT_HOST_GITHUB] = {"github", "GitHub", "/blob/HEAD/", "#L"},
	[GIT_HOST_GITLAB] = {"gitlab", "GitLab", "/-/blob/HEAD/", "#L"},
	[GIT_HOST_BITBUCKET] = {"bitbucket", "Bitbucket", "/src/HEAD/", "#lines-"},
	[GIT_HOST_BITBUCKET_SERVER] = {"bitbucket-server", "Bitbucket Server", "/browse/", "#"},
	[GIT_HOST_GITEA] = {"gitea", "Gitea or Forgejo", "/src/branch/HEAD/", "#L"},
	[GIT_HOST_OTHER] = {"other", "Another: no links to lines", NULL, NULL},
};

struct span git_host_word(enum git_host host)
{
	return span_str(HOSTS[host].word);
}

struct span git_host_text(enum git_host host)
{
	return span_str(HOSTS[host].text);
}

int git_host_read(struct span word, enum git_host *out)
{
	for (int k = 0; k < GIT_HOSTS; k++)
		if (span_is(word, HOSTS[k].word)) {
			*out = (enum git_host)k;
			return OK;
		}
	return E_INVALID;
}

/* --- parts of an address --- */

/* Where `part` begins in `s`, whose capitals count as small letters; s.n: nowhere. */
static size_t find(struct span s, const char *part)
{
	size_t n = strlen(part), k, i;

	for (k = 0; k + n <= s.n; k++) {
		for (i = 0; i < n; i++) {
			char c = s.p[k + i];

			if ((c >= 'A' && c <= 'Z' ? c + ('a' - 'A') : c) != part[i])
				break;
		}
		if (i == n)
			return k;
	}
	return s.n;
}

static bool has(struct span s, const char *part)
{
	return find(s, part) < s.n;
}

static struct span from(struct span s, size_t at)
{
	return at < s.n ? span_of(s.p + at, s.n - at) : SPAN("");
}

/* What follows the scheme. */
static struct span after_scheme(struct span url)
{
	return from(url, find(url, "://") + 3);
}

struct span git_url_host(struct span url)
{
	struct span rest = after_scheme(url);

	return span_of(rest.p, find(rest, "/"));
}

static struct span path_of(struct span url)
{
	struct span rest = after_scheme(url);

	return from(rest, find(rest, "/"));
}

/* Without "/" and ".git" at the end, as clone addresses have them. */
static struct span bare(struct span url)
{
	while (url.n && url.p[url.n - 1] == '/')
		url.n--;
	if (url.n > 4 && span_is(span_of(url.p + url.n - 4, 4), ".git"))
		url.n -= 4;
	return url;
}

static size_t parts_in(struct span path)
{
	struct span part;
	size_t n = 0;

	while (span_cut(&path, '/', &part))
		n += part.n > 0;
	return n;
}

/* The first `n` parts of the path, and what stands before it. */
static struct span first_parts(struct span url, size_t n)
{
	struct span path = path_of(url), rest = path, part;

	while (n && span_cut(&rest, '/', &part))
		n -= part.n > 0;
	return n ? url : span_of(url.p, (size_t)(path.p - url.p) + path.n - rest.n - (rest.n > 0));
}

/* --- what is fine --- */

/* "git@github.com:acme/web.git", "ssh://git@host/acme/web": the same as a browser's address, if it
 * is plain enough to say so. */
static struct span from_ssh(struct arena *a, struct span url)
{
	bool scheme = span_starts(url, SPAN("ssh://"));
	struct span rest = scheme ? from(url, 6) : url, host;
	size_t at = find(rest, "@");

	rest = at < rest.n ? from(rest, at + 1) : rest;
	host = span_of(rest.p, find(rest, scheme ? "/" : ":"));
	rest = bare(from(rest, host.n + 1));
	if (!host.n || !rest.n || has(host, ":") || has(host, "/") || rest.p[0] == '/')
		return SPAN_NONE;
	return arena_printf(a, "https://%.*s/%.*s", SPAN_ARG(host), SPAN_ARG(rest));
}

static struct span ssh_fault(struct arena *a, struct span url)
{
	struct span better = from_ssh(a, url), origin, fault;

	if (better.n && url_origin(a, better, NULL, &origin, &fault) == OK)
		return arena_printf(a, "Write the address that a browser opens: %.*s",
				    SPAN_ARG(better));
	return SPAN("Write the address that a browser opens, such as https://github.com/acme/web");
}

static bool is_ssh(struct span url)
{
	size_t colon = find(url, ":");

	if (span_starts(url, SPAN("ssh://")) || span_starts(url, SPAN("git@")))
		return true;
	return find(url, "@") < colon && colon < url.n && !has(url, "://");
}

/* The address of a page within the repository: that of the repository itself, else SPAN_NONE. */
static struct span repository_of(struct span url)
{
	struct span host = git_url_host(url);
	size_t inner = find(url, "/-/");

	if (inner < url.n)
		return span_of(url.p, inner);
	if ((span_is(host, "github.com") || span_is(host, "bitbucket.org") ||
	     span_is(host, "codeberg.org")) &&
	    parts_in(path_of(url)) > 2)
		return first_parts(url, 2);
	return SPAN_NONE;
}

struct span git_url_fault(struct arena *a, struct span url)
{
	struct span origin, fault, whole;

	if (url.n > GIT_URL_CHARS_MAX)
		return arena_printf(a, "Shorten the address: %d characters are the most.",
				    GIT_URL_CHARS_MAX);
	if (is_ssh(url))
		return ssh_fault(a, url);
	if (has(url, "://") && has(git_url_host(url), "@"))
		return SPAN("Take out the user name or password: people open these links as "
			    "themselves.");
	if (url_origin(a, url, NULL, &origin, &fault) != OK)
		return fault;
	if (has(url, "?"))
		return SPAN("Leave out the ? and what follows it.");
	if (parts_in(path_of(url)) == 0)
		return SPAN("Write the address of the repository, not of its host alone.");
	whole = repository_of(url);
	if (whole.n)
		return arena_printf(a, "Write the address of the repository itself: %.*s",
				    SPAN_ARG(whole));
	return SPAN_NONE;
}

enum git_host git_host_guess(struct span url)
{
	struct span host = git_url_host(url), path = path_of(url);

	if (has(host, "github"))
		return GIT_HOST_GITHUB;
	if (has(host, "gitlab"))
		return GIT_HOST_GITLAB;
	if (find(host, "bitbucket.org") == 0)
		return GIT_HOST_BITBUCKET;
	if (has(host, "bitbucket") || has(path, "/scm/") || has(path, "/repos/"))
		return GIT_HOST_BITBUCKET_SERVER;
	if (has(host, "gitea") || has(host, "forgejo") || has(host, "codeberg"))
		return GIT_HOST_GITEA;
	return GIT_HOST_AUTO;
}

/* --- links --- */

/* Its pages are at /projects/KEY/repos/NAME, its clones at /scm/KEY/NAME.git; "~login" is
 * somebody's own project, whose pages are at /users/login. */
static struct span bitbucket_server_base(struct arena *a, struct span url)
{
	struct span path = path_of(url), key, name;
	size_t scm = find(path, "/scm/"), browse = find(path, "/browse");
	bool own;

	if (browse < path.n)
		return span_of(url.p, url.n - (path.n - browse));
	if (scm == path.n)
		return url;
	name = from(path, scm + 5);
	span_cut(&name, '/', &key);
	own = key.n > 1 && key.p[0] == '~';
	if (!name.n)
		return url;
	return arena_printf(a, "%.*s/%s/%.*s/repos/%.*s", (int)(url.n - (path.n - scm)), url.p,
			    own ? "users" : "projects", SPAN_ARG(own ? from(key, 1) : key),
			    SPAN_ARG(name));
}

static void put_path(struct buf *out, struct span path)
{
	for (size_t k = 0; k < path.n; k++) {
		unsigned char c = (unsigned char)path.p[k];

		if ((c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
		    (c && strchr("-._~/", c)))
			buf_putc(out, (char)c);
		else
			buf_printf(out, "%%%02X", c);
	}
}

struct span git_line_url(struct arena *a, const struct git_place *place, struct span path,
			 int64_t line)
{
	struct span base = bare(place->url), text;
	struct buf out = BUF_INIT;
	enum git_host host = place->host;

	if (host == GIT_HOST_AUTO && place->url.n)
		host = git_host_guess(place->url);
	if (!place->url.n || !HOSTS[host].file)
		return SPAN_NONE;
	if (host == GIT_HOST_BITBUCKET_SERVER)
		base = bitbucket_server_base(a, base);
	buf_put(&out, base);
	buf_puts(&out, HOSTS[host].file);
	put_path(&out, path);
	buf_printf(&out, "%s%lld", HOSTS[host].line, (long long)line);
	text = arena_span(a, buf_span(&out));
	buf_release(&out);
	return text;
}
