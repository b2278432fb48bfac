/* deliver.c: libcurl's side. Its multi interface never waits: names are resolved in a thread of its
 * own, and each connection moves when its socket does. */
#include "mail/deliver.h"

#include <curl/curl.h>
#include <stdlib.h>
#include <sys/random.h>

#include "base/clock.h"
#include "base/log.h"
#include "mail/message.h"
#include "base/banned.h"

enum { CONNECT_MS = 10 * 1000, WHOLE_MS = 30 * 1000 };

struct transfer {
	CURL *easy; /* NULL: free */
	curl_mime *mime;
	struct curl_slist *headers, *to;
	struct letter *letter;
};

struct deliver {
	const struct mail_options *options;
	CURLM *multi;
	struct transfer transfers[DELIVER_MOST];
};

struct deliver *deliver_new(const struct mail_options *o)
{
	struct deliver *d = calloc(1, sizeof(*d));

	ASSERT(d != NULL);
	d->options = o;
	if (curl_global_init(CURL_GLOBAL_DEFAULT) == CURLE_OK)
		d->multi = curl_multi_init();
	if (d->multi)
		return d;
	log_error("libcurl does not start");
	free(d);
	return NULL;
}

static void end(struct deliver *d, struct transfer *t)
{
	curl_multi_remove_handle(d->multi, t->easy);
	curl_easy_cleanup(t->easy);
	curl_mime_free(t->mime);
	curl_slist_free_all(t->headers);
	curl_slist_free_all(t->to);
	*t = (struct transfer){0};
}

void deliver_free(struct deliver *d)
{
	for (size_t i = 0; i < DELIVER_MOST; i++)
		if (d->transfers[i].easy)
			end(d, &d->transfers[i]);
	curl_multi_cleanup(d->multi);
	curl_global_cleanup();
	free(d);
}

static struct transfer *place(struct deliver *d)
{
	for (size_t i = 0; i < DELIVER_MOST; i++)
		if (!d->transfers[i].easy)
			return &d->transfers[i];
	return NULL;
}

bool deliver_room(const struct deliver *d)
{
	for (size_t i = 0; i < DELIVER_MOST; i++)
		if (!d->transfers[i].easy)
			return true;
	return false;
}

bool deliver_busy(const struct deliver *d)
{
	for (size_t i = 0; i < DELIVER_MOST; i++)
		if (d->transfers[i].easy)
			return true;
	return false;
}

/* Out of memory ends the process, as everywhere here. */
static void append(struct curl_slist **list, const char *line)
{
	struct curl_slist *longer = curl_slist_append(*list, line);

	ASSERT(longer != NULL);
	*list = longer;
}

static void set(CURLcode rc)
{
	ASSERT(rc == CURLE_OK);
}

/* What is the same for every mail. Nothing of the environment counts: no proxy, no .netrc. */
static void set_server(CURL *c, const struct mail_options *o)
{
	static const long SSL[] = {[MAIL_TLS_NONE] = CURLUSESSL_NONE,
				   [MAIL_TLS_TRY] = CURLUSESSL_TRY,
				   [MAIL_TLS_REQUIRED] = CURLUSESSL_ALL};

	set(curl_easy_setopt(c, CURLOPT_URL, o->url));
	set(curl_easy_setopt(c, CURLOPT_PROTOCOLS_STR, "smtp,smtps"));
	set(curl_easy_setopt(c, CURLOPT_USE_SSL, SSL[o->tls]));
	set(curl_easy_setopt(c, CURLOPT_PROXY, ""));
	set(curl_easy_setopt(c, CURLOPT_NOSIGNAL, 1L));
	set(curl_easy_setopt(c, CURLOPT_CONNECTTIMEOUT_MS, (long)CONNECT_MS));
	set(curl_easy_setopt(c, CURLOPT_TIMEOUT_MS, (long)WHOLE_MS));
	set(curl_easy_setopt(c, CURLOPT_FORBID_REUSE, 1L));
	/* or a transfer that is broken off while its name is looked up would wait for the thread */
	set(curl_easy_setopt(c, CURLOPT_QUICK_EXIT, 1L));
	if (o->ca_file) {
		set(curl_easy_setopt(c, CURLOPT_CAINFO, o->ca_file));
		set(curl_easy_setopt(c, CURLOPT_CAPATH, NULL));
	}
	if (o->user) {
		set(curl_easy_setopt(c, CURLOPT_USERNAME, o->user));
		set(curl_easy_setopt(c, CURLOPT_PASSWORD, o->password));
	}
}

/* RFC 3834: nobody's absence notice shall answer. */
static void set_headers(struct transfer *t, const struct message_headers *h)
{
	append(&t->headers, h->date);
	append(&t->headers, h->from);
	append(&t->headers, h->to);
	append(&t->headers, h->subject);
	append(&t->headers, h->id);
	append(&t->headers, "Auto-Submitted: auto-generated");
	set(curl_easy_setopt(t->easy, CURLOPT_HTTPHEADER, t->headers));
}

static void set_text(struct transfer *t)
{
	curl_mimepart *part;

	t->mime = curl_mime_init(t->easy);
	part = t->mime ? curl_mime_addpart(t->mime) : NULL;
	ASSERT(part != NULL);
	set(curl_mime_data(part, t->letter->text, CURL_ZERO_TERMINATED));
	set(curl_mime_type(part, "text/plain; charset=utf-8"));
	set(curl_mime_encoder(part, "quoted-printable"));
	set(curl_easy_setopt(t->easy, CURLOPT_MIMEPOST, t->mime));
}

void deliver_start(struct deliver *d, struct letter *l)
{
	struct transfer *t = place(d);
	struct mail m = {span_str(l->to), span_str(l->subject), span_str(l->text)};
	unsigned char random[MESSAGE_RANDOM];
	struct message_headers h;

	ASSERT(t && getrandom(random, sizeof(random), 0) == (ssize_t)sizeof(random));
	/* it was checked before it was taken */
	ASSERT(message_headers(&h, d->options->from, &m, clock_now(), random) == OK);
	*t = (struct transfer){.easy = curl_easy_init(), .letter = l};
	ASSERT(t->easy != NULL);
	l->sending = true;
	l->tries++;
	set_server(t->easy, d->options);
	append(&t->to, l->to);
	set(curl_easy_setopt(t->easy, CURLOPT_MAIL_FROM, d->options->from));
	set(curl_easy_setopt(t->easy, CURLOPT_MAIL_RCPT, t->to));
	set_headers(t, &h);
	set_text(t);
	set(curl_easy_setopt(t->easy, CURLOPT_PRIVATE, t));
	ASSERT(curl_multi_add_handle(d->multi, t->easy) == CURLM_OK);
}

void deliver_wait(struct deliver *d, struct pollfd *fds, unsigned nfds, int ms)
{
	struct curl_waitfd wait[DELIVER_FDS_MOST];
	int ready, running;

	ASSERT(nfds <= DELIVER_FDS_MOST);
	for (unsigned i = 0; i < nfds; i++)
		wait[i] = (struct curl_waitfd){.fd = fds[i].fd, .events = CURL_WAIT_POLLIN};
	curl_multi_perform(d->multi, &running);
	curl_multi_poll(d->multi, wait, nfds, ms, &ready);
	curl_multi_perform(d->multi, &running);
	for (unsigned i = 0; i < nfds; i++)
		fds[i].revents = wait[i].revents ? POLLIN : 0;
}

bool deliver_next(struct deliver *d, struct delivered *out)
{
	struct transfer *t;
	CURLMsg *msg;
	int left;

	do {
		msg = curl_multi_info_read(d->multi, &left);
	} while (msg && msg->msg != CURLMSG_DONE);
	if (!msg)
		return false;
	*out = (struct delivered){.done = msg->data.result == CURLE_OK,
				  .reason = curl_easy_strerror(msg->data.result)};
	set(curl_easy_getinfo(msg->easy_handle, CURLINFO_PRIVATE, (char **)&t));
	set(curl_easy_getinfo(msg->easy_handle, CURLINFO_RESPONSE_CODE, &out->code));
	out->letter = t->letter;
	out->refused = !out->done && out->code >= 500 && out->code < 600;
	end(d, t);
	return true;
}
