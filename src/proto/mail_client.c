/* mail_client.c: handing a mail over. */
#include "base/arena.h"
#include "base/log.h"
#include "proto/exchange.h"
#include "proto/mail.h"
#include "base/banned.h"

static int ask(const struct mail_client *c, const struct mail_request *q)
{
	char room[MAIL_ROOM], reply[MAIL_ROOM];
	struct wire_out w = wire_into(room, sizeof(room));
	struct span answer;
	int rc, said = OK;

	mail_request_put(&w, q);
	rc = w.err == OK ? OK : E_INVALID;
	if (rc == OK)
		rc = c->socket ? proto_exchange(c->socket, c->timeout_ms, span_of(room, w.n), reply,
						sizeof(reply), &answer)
			       : E_UNAVAILABLE;
	wipe(room, sizeof(room)); /* a mail may carry a one-time link */
	TRY(rc);
	if (mail_answer_get(answer, q->op, &said) != OK) {
		log_error("the answer of signet-mail is not one of this version");
		return E_UNAVAILABLE;
	}
	return said;
}

int mail_ready(const struct mail_client *c)
{
	const struct mail_request q = {.op = MAIL_READY};

	return ask(c, &q);
}

int mail_send(const struct mail_client *c, const struct mail *m)
{
	const struct mail_request q = {.op = MAIL_SEND, .mail = *m};

	TRY(mail_check(m));
	return ask(c, &q);
}
