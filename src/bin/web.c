/* web.c: signet-web. A master loads what all workers share, binds the sockets, and keeps workers
 * running; each worker is single-threaded and serves one request after another. */
#include <errno.h>
#include <getopt.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/clock.h"
#include "base/log.h"
#include "bin/program.h"
#include "bin/web_routes.h"
#include "http/fcgi.h"
#include "page/api.h"
#include "page/app.h"
#include "page/confirm.h"
#include "page/frame.h"
#include "page/resume.h"
#include "page/session.h"
#include "seal/hash.h"
#include "store/account.h"
#include "store/audit.h"
#include "store/bound_delete.h"
#include "store/confirmation.h"
#include "store/audit_denial.h"
#include "store/audit_read.h"
#include "store/binding.h"
#include "store/integration.h"
#include "store/integration_list.h"
#include "store/integration_history.h"
#include "store/leaver.h"
#include "store/name_use.h"
#include "store/own.h"
#include "store/people.h"
#include "store/profile.h"
#include "store/project.h"
#include "store/schema.h"
#include "store/scope_withdraw.h"
#include "store/session.h"
#include "store/site_account.h"
#include "store/site_subscription.h"
#include "store/subscription.h"
#include "store/throttle.h"
#include "store/reference.h"
#include "store/sync_token.h"
#include "store/rename.h"
#include "store/token.h"
#include "store/workflow_file.h"
#include "store/workflow_lines.h"
#include "store/workflow_list.h"
#include "store/workflow_may.h"
#include "types/read.h"
#include "view/view.h"
#include "base/banned.h"

enum { WORKERS_MAX = 128, HOSTS_MAX = 32, VAULT_TIMEOUT_MS = 20000, MAIL_TIMEOUT_MS = 2000 };

static const struct stmt_table *const STATEMENTS[] = {
	&STORE_ACCOUNT,     &STORE_AUDIT,   &STORE_INTEGRATION,  &STORE_INTEGRATION_PARTS,
	&STORE_INTEGRATION_LIST, &STORE_INTEGRATION_ROWS, &STORE_BOUND_DELETE,
	&STORE_BINDING,     &STORE_SCOPE, &STORE_SCOPE_WITHDRAW, &STORE_OWN_LIST, &STORE_OWN_DELETE, &STORE_LEAVER,
	&STORE_CONFIRMATION_READ,
	&STORE_INTEGRATION_HISTORY, &STORE_AUDIT_DENIAL, &STORE_AUDIT_READ,
	&STORE_SCHEMA,      &STORE_SESSION, &STORE_SUBSCRIPTION, &STORE_THROTTLE,
	&STORE_PEOPLE,      &STORE_PROJECT, &STORE_PROJECT_CHANGE,
	&STORE_TOKEN,	    &STORE_SYNC_TOKEN,	    &STORE_PROFILE,
	&STORE_REFERENCE,   &STORE_REFERENCE_TARGET, &STORE_RENAME, &STORE_WORKFLOW_FILE, &STORE_WORKFLOW_LINES, &STORE_WORKFLOW_LIST, &STORE_WORKFLOW_MAY, &STORE_NAME_USE,
	&STORE_SITE_ACCOUNT, &STORE_SITE_SUBSCRIPTION,
};

struct worker {
	pid_t pid;
	int listen_fd;
	int64_t started_ms;
};

struct web {
	struct config *config;
	struct db_options database;
	struct app app;
	struct site site;
	struct type_catalogue types;
	const char *hosts[HOSTS_MAX];
	int64_t recycle;
	struct worker workers[WORKERS_MAX];
	size_t nworkers;
};

static void read_hosts(struct web *w, struct arena *a)
{
	struct span rest = span_str(config_need(w->config, "site", "hosts")), host;

	while (span_cut(&rest, ' ', &host)) {
		if (host.n == 0)
			continue;
		ASSERT(w->site.nhosts < HOSTS_MAX);
		w->hosts[w->site.nhosts++] = arena_str(a, host);
	}
	w->site.hosts = w->hosts;
}

/* Mails name the first host, whatever the browser of whoever has them sent called us. */
static void read_mail(struct web *w, struct arena *a)
{
	const char *url = config_get(w->config, "mail", "smtp_url", "");

	if (*url)
		w->app.mail.socket = config_need(w->config, "mail", "socket");
	w->app.mail.timeout_ms = MAIL_TIMEOUT_MS;
	w->app.address = arena_printf(a, "%s://%s", w->app.secure ? "https" : "http",
				      w->site.nhosts ? w->hosts[0] : "localhost").p;
}

static int load(struct web *w, struct arena *a)
{
	const struct config *c = w->config;
	const char *fault = route_table_fault(&WEB_ROUTES);

	if (fault) {
		log_error("route table: %s", fault);
		return E_BUG;
	}
	store_audit_setup(hash_bytes);
	read_hosts(w, a);
	db_options_read(c, "web", &w->database);
	w->app.key_path = config_need(c, "web", "public_key");
	w->app.vault.socket = config_need(c, "vault", "socket");
	w->app.vault.timeout_ms = VAULT_TIMEOUT_MS;
	w->app.secure = w->site.secure = config_bool(c, "site", "secure", true);
	read_mail(w, a);
	w->site.routes = WEB_ROUTES;
	w->site.session = session_lookup;
	w->site.may = session_may;
	w->site.fail = frame_fail;
	w->site.maps = API_MAPS;
	w->site.nmaps = API_MAPS_N;
	form_json_setup();
	w->site.confirm = confirm_ask;
	w->site.former = resume_former;
	w->recycle = config_int(c, "web", "recycle", 20000, 0, INT64_MAX);
	TRY(seal_key_read(w->app.key_path, &w->app.key));
	TRY(types_read(a, config_need(c, "web", "types"), &w->types));
	w->app.types = &w->types;
	return view_load(config_need(c, "web", "templates"));
}

/* Statements must fit the schema before anybody is served. The connection ends with the child, so
 * that no worker inherits it. */
static int self_test(const struct web *w)
{
	pid_t pid = fork();
	int status;

	if (pid < 0)
		return E_UNAVAILABLE;
	if (pid == 0) {
		struct arena *a = arena_new();
		struct db *db = db_new(&w->database);
		int rc = store_schema_check(db, a);
		if (rc == OK)
			rc = db_self_test(db, STATEMENTS, COUNT(STATEMENTS));
		_exit(rc == OK ? EXIT_SUCCESS : EXIT_FAILURE);
	}
	if (waitpid(pid, &status, 0) != pid)
		return E_UNAVAILABLE;
	return WIFEXITED(status) && WEXITSTATUS(status) == EXIT_SUCCESS ? OK : E_UNAVAILABLE;
}

__attribute__((noreturn)) static void work(struct web *w, int listen_fd)
{
	struct fcgi_loop loop = {
		.listen_fd = listen_fd,
		.site = &w->site,
		.app = &w->app,
		.most_requests = w->recycle,
	};
	int rc;

	prctl(PR_SET_PDEATHSIG, SIGTERM);
	program_signals_default();
	w->app.db = db_new(&w->database);
	rc = fcgi_serve(&loop);
	db_close(w->app.db);
	exit(rc == OK ? EXIT_SUCCESS : EXIT_FAILURE);
}

static void start(struct web *w, struct worker *worker)
{
	pid_t pid = fork();

	if (pid == 0)
		work(w, worker->listen_fd);
	if (pid < 0)
		log_error("cannot start a worker");
	worker->pid = pid;
	worker->started_ms = clock_ms();
}

static void add_workers(struct web *w, const char *key, int64_t fallback, int listen_fd)
{
	int64_t n = config_int(w->config, "web", key, fallback, 1, WORKERS_MAX / 2);

	while (n--)
		w->workers[w->nworkers++].listen_fd = listen_fd;
}

static int bind_sockets(struct web *w)
{
	int pages, login;

	TRY(fcgi_listen(config_need(w->config, "web", "socket"), &pages));
	TRY(fcgi_listen(config_need(w->config, "web", "login_socket"), &login));
	add_workers(w, "workers", 4, pages);
	add_workers(w, "login_workers", 1, login);
	return OK;
}

static struct worker *worker_of(struct web *w, pid_t pid)
{
	for (size_t k = 0; k < w->nworkers; k++)
		if (w->workers[k].pid == pid)
			return &w->workers[k];
	return NULL;
}

static void replace(struct web *w, pid_t pid, int status)
{
	struct worker *dead = worker_of(w, pid);

	if (!dead)
		return;
	if (WIFSIGNALED(status))
		log_error("worker %d ended by signal %d", (int)pid, WTERMSIG(status));
	/* one that dies at once would make us spin */
	if (clock_ms() - dead->started_ms < 1000 && !(WIFEXITED(status) && !WEXITSTATUS(status)))
		program_sleep_ms(1000);
	if (!program_ending())
		start(w, dead);
}

static void supervise(struct web *w)
{
	while (!program_ending()) {
		int status;
		pid_t pid = wait(&status);
		if (pid > 0)
			replace(w, pid, status);
		else if (errno != EINTR)
			program_sleep_ms(1000); /* every fork failed: try again */
		for (size_t k = 0; k < w->nworkers && !program_ending(); k++)
			if (w->workers[k].pid < 0)
				start(w, &w->workers[k]);
	}
}

static void stop(struct web *w)
{
	pid_t pids[WORKERS_MAX];

	for (size_t k = 0; k < w->nworkers; k++)
		pids[k] = w->workers[k].pid;
	program_stop_children(pids, w->nworkers);
}

int main(int argc, char **argv)
{
	static struct web web;
	struct arena *forever;
	struct rlimit none = {0, 0};

	if (argc == 2 && strcmp(argv[1], "--routes") == 0) {
		web_routes_print(stdout);
		return EXIT_SUCCESS;
	}
	forever = arena_new();
	log_init("signet-web", LOG_INFO);
	secret_setup();
	setrlimit(RLIMIT_CORE, &none); /* a core would hold what people type */
	if (program_config(argc, argv, &web.config) != OK || load(&web, forever) != OK)
		return EXIT_FAILURE;
	if (self_test(&web) != OK) {
		log_error("the database is not there or not as this program needs it");
		return EXIT_FAILURE;
	}
	if (bind_sockets(&web) != OK)
		return EXIT_FAILURE;
	program_signals_master();
	for (size_t k = 0; k < web.nworkers; k++)
		start(&web, &web.workers[k]);
	log_info("ready: %zu workers", web.nworkers);
	supervise(&web);
	stop(&web);
	config_free(web.config);
	arena_free(forever);
	return EXIT_SUCCESS;
}
