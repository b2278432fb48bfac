/* smtp.c: libcurl's side. It makes the MIME part and its encoding and takes care of dots at the
 * start of lines; what it is given holds no line end where none belongs. */
#include "mail/smtp.h"

#include <curl/curl.h>
#include <sys/random.h>

#include "base/clock.h"
#include "base/log.h"
#include "mail/message.h"
#include "base/banned.h"

enum { CONNECT_MS = 10 * 1000, WHOLE_MS = 30 * 1000 };

struct transfer {
	CURL *easy;
	curl_mime *mime;
	struct curl_slist *headers, *to;
};

int smtp_setup(void)
{
	if (curl_global_init(CURL_GLOBAL_DEFAULT) == CURLE_OK)
		return OK;
	log_error("libcurl does not start");
	return E_UNAVAILABLE;
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

static void set_text(struct transfer *t, const struct letter *l)
{
	curl_mimepart *part;

	t->mime = curl_mime_init(t->easy);
	part = t->mime ? curl_mime_addpart(t->mime) : NULL;
	ASSERT(part != NULL);
	set(curl_mime_data(part, l->text, CURL_ZERO_TERMINATED));
	set(curl_mime_type(part, "text/plain; charset=utf-8"));
	set(curl_mime_encoder(part, "quoted-printable"));
	set(curl_easy_setopt(t->easy, CURLOPT_MIMEPOST, t->mime));
}

static void prepare(struct transfer *t, const struct mail_options *o, const struct letter *l)
{
	struct mail m = {span_str(l->to), span_str(l->subject), span_str(l->text)};
	unsigned char random[MESSAGE_RANDOM];
	struct message_headers h;

	ASSERT(getrandom(random, sizeof(random), 0) == (ssize_t)sizeof(random));
	/* it was checked before it was taken */
	ASSERT(message_headers(&h, o->from, &m, clock_now(), random) == OK);
	t->easy = curl_easy_init();
	ASSERT(t->easy != NULL);
	set_server(t->easy, o);
	append(&t->to, l->to);
	set(curl_easy_setopt(t->easy, CURLOPT_MAIL_FROM, o->from));
	set(curl_easy_setopt(t->easy, CURLOPT_MAIL_RCPT, t->to));
	set_headers(t, &h);
	set_text(t, l);
}

void smtp_send(const struct mail_options *o, const struct letter *l, struct smtp_result *out)
{
	struct transfer t = {0};

	*out = (struct smtp_result){0};
	prepare(&t, o, l);
	out->error = (int)curl_easy_perform(t.easy);
	set(curl_easy_getinfo(t.easy, CURLINFO_RESPONSE_CODE, &out->code));
	curl_easy_cleanup(t.easy);
	curl_mime_free(t.mime);
	curl_slist_free_all(t.headers);
	curl_slist_free_all(t.to);
}

const char *smtp_reason(int error)
{
	return curl_easy_strerror((CURLcode)error);
}
