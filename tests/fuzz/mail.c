/* mail.c: fuzzes what signet-mail reads from a peer. What is accepted must come out the same when
 * it is written again, and what may be sent has one address and no line in its subject. */
#include <stdlib.h>

#include "proto/mail.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void must(bool it_is)
{
	if (!it_is)
		abort();
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct span all = span_of((const char *)data, size);
	struct mail_request q;
	unsigned char room[MAIL_ROOM];
	struct wire_out w = wire_into(room, sizeof(room));
	int err;

	if (mail_request_get(all, &q) == OK) {
		mail_request_put(&w, &q);
		must(w.err == OK && w.n == size && memcmp(room, data, size) == 0);
		if (q.op == MAIL_SEND && mail_check(&q.mail) == OK) {
			const char *at = memchr(q.mail.to.p, '@', q.mail.to.n);
			must(at && at > q.mail.to.p);
			for (size_t i = 0; i < q.mail.to.n; i++)
				must(q.mail.to.p[i] > ' ' &&
				     !strchr("<>,;:\"()[]\\\x7F", q.mail.to.p[i]));
			must(!memchr(q.mail.subject.p, '\n', q.mail.subject.n));
			must(!memchr(q.mail.subject.p, '\r', q.mail.subject.n));
			must(!memchr(q.mail.text.p, '\r', q.mail.text.n));
		}
	}
	if (mail_answer_get(all, MAIL_SEND, &err) == OK)
		must(err <= 0);
	return 0;
}
