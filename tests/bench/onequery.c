/* onequery.c: a FastCGI page of one indexed, prepared query through store/db.h: what a page that asks
 * the database costs at least.  onequery CONFIG SOCKET WORKERS SUBSCRIPTION_ID */
#include <fcgiapp.h>
#include <signal.h>
#include <stdlib.h>
#include <sys/prctl.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/buf.h"
#include "base/config.h"
#include "base/log.h"
#include "store/db.h"

static const struct stmt NEWEST = {
	"SELECT name, url, version FROM integration WHERE subscription_id = ? AND name > ?"
	" ORDER BY name LIMIT 1",
	"is", "ssi"};

static void answer(struct db *db, struct arena *a, int64_t id, struct buf *out)
{
	struct span name = SPAN(""), url = SPAN("");
	int64_t version = 0;
	struct rows *rows;

	if (db_select(db, a, &NEWEST, &rows, id, SPAN("")) != OK) {
		buf_puts(out, "Status: 503 Service Unavailable\r\n\r\n");
		return;
	}
	rows_next(rows, &name, &url, &version);
	buf_printf(out, "Status: 200 OK\r\nContent-Type: text/plain\r\n\r\n%.*s %.*s %lld\n",
		   SPAN_ARG(name), SPAN_ARG(url), (long long)version);
}

__attribute__((noreturn)) static void work(const struct db_options *o, int fd, int64_t id)
{
	struct arena *a = arena_new();
	struct db *db = db_new(o);
	struct buf out = BUF_INIT;
	FCGX_Request request;

	prctl(PR_SET_PDEATHSIG, SIGTERM);
	FCGX_InitRequest(&request, fd, 0);
	while (FCGX_Accept_r(&request) >= 0) {
		answer(db, a, id, &out);
		FCGX_PutStr(out.p, (int)out.n, request.out);
		FCGX_Finish_r(&request);
		buf_reset(&out);
		arena_reset(a);
	}
	exit(EXIT_SUCCESS);
}

int main(int argc, char **argv)
{
	struct config *config;
	struct db_options options;
	int fd;

	log_init("onequery", LOG_INFO);
	if (argc != 5 || config_load(argv[1], &config) != OK || FCGX_Init() != 0)
		return 2;
	prctl(PR_SET_PDEATHSIG, SIGTERM);
	db_options_read(config, "web", &options);
	umask(0117);
	fd = FCGX_OpenSocket(argv[2], 511);
	if (fd < 0)
		return EXIT_FAILURE;
	for (long n = strtol(argv[3], NULL, 10); n > 0; n--)
		if (fork() == 0)
			work(&options, fd, strtol(argv[4], NULL, 10));
	while (wait(NULL) > 0)
		;
	return EXIT_FAILURE;
}
