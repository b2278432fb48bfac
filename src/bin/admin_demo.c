/* admin_demo.c: signet-admin demo: two subscriptions with people, projects and integrations, to
 * look around in. Every secret in it is random. */
#include "bin/admin.h"

#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "base/clock.h"
#include "base/file.h"
#include "bin/admin_demo_data.h"
#include "core/name.h"
#include "seal/seal.h"
#include "store/account.h"
#include "store/integration.h"
#include "store/project.h"
#include "store/subscription.h"
#include "types/read.h"
#include "base/banned.h"

struct demo {
	struct admin *admin;
	struct arena *arena;
	struct type_catalogue types;
	struct seal_key key;
	struct actor actor;
	struct vault_actor vault_actor;
};

static struct span uid_new(struct arena *a)
{
	unsigned char *uid = arena_alloc(a, UID_BYTES);

	random_bytes(uid, UID_BYTES);
	return span_of((const char *)uid, UID_BYTES);
}

static int grant(struct demo *d, struct vault_grant g)
{
	return vault_role_grant(&d->admin->vault, &d->vault_actor, SPAN(""), &g);
}

static int add_account(struct demo *d, const struct demo_account *da)
{
	struct account_new n = {.uid = uid_new(d->arena),
				.login = span_str(da->login),
				.name = span_str(da->name),
				.actor = d->actor};
	int64_t id;
	int rc = store_account_create(d->admin->db, d->arena, &n, &id);

	if (rc == E_CONFLICT)
		rc = store_account_find(d->admin->db, d->arena, n.login, &id);
	TRY(rc);
	if (!da->site_admin)
		return OK;
	return grant(d,
		     (struct vault_grant){.kind = GRANT_SITE_ADMIN, .account_id = id, .role = 1});
}

static int scope_for(struct demo *d, const char *slug, struct scope *s)
{
	*s = (struct scope){.slug = span_str(slug), .role = ROLE_ADMIN};
	return store_subscription_find(d->admin->db, d->arena, s->slug, &s->subscription_id,
				       &s->subscription_uid);
}

static int add_subscription(struct demo *d, const struct demo_subscription *ds)
{
	struct subscription_new n = {uid_new(d->arena), span_str(ds->slug), span_str(ds->slug),
				     d->actor};
	struct scope s;
	int64_t id;
	int rc = store_subscription_create(d->admin->db, d->arena, &n, &id);

	if (rc != OK && rc != E_CONFLICT)
		return rc;
	TRY(scope_for(d, ds->slug, &s));
	for (size_t k = 0; ds->projects[k]; k++) {
		rc = store_project_create(d->admin->db, d->arena, &s, &d->actor,
					  span_str(ds->projects[k]), &id);
		if (rc != OK && rc != E_CONFLICT)
			return rc;
	}
	return OK;
}

static int project_id(struct demo *d, const struct scope *s, const char *name, int64_t *id)
{
	struct project *list;
	int64_t total;
	size_t n;

	TRY(store_project_list(d->admin->db, d->arena, s, &list, &n, &total));
	for (size_t k = 0; k < n; k++)
		if (span_is(list[k].name, name)) {
			*id = list[k].id;
			return OK;
		}
	return E_NOT_FOUND;
}

static int add_role(struct demo *d, const struct demo_role *dr)
{
	struct vault_grant g = {.kind = GRANT_ROLE, .role = dr->role};
	struct scope s;

	TRY(scope_for(d, dr->slug, &s));
	g.subscription_id = s.subscription_id;
	TRY(store_account_find(d->admin->db, d->arena, span_str(dr->login), &g.account_id));
	TRY(grant(d, g));
	if (!dr->project)
		return OK;
	g.kind = GRANT_COLLABORATOR;
	TRY(project_id(d, &s, dr->project, &g.project_id));
	return grant(d, g);
}

/* A random value in the shape of its field. */
static struct secret invent(struct demo *d, const struct type_field *f)
{
	struct span token = token_new(d->arena), text = token;
	char *copy;

	if (f->kind == FIELD_SECRET_URL)
		text = arena_printf(d->arena, "https://hooks.acme.example/services/%.*s",
				    SPAN_ARG(token));
	if (f->kind == FIELD_SECRET_LINES)
		text = arena_printf(d->arena, "not a real key\n%.*s\n%.*s\n", SPAN_ARG(token),
				    SPAN_ARG(token_new(d->arena)));
	copy = arena_str(d->arena, text);
	return secret_take(d->arena, copy, text.n);
}

static int seal_field(struct demo *d, const struct scope *s, struct integration_change *c,
		      const struct type_field *f, struct span name, struct span origins)
{
	struct seal_label label = {
		.field = name, .type = c->type, .origins = origins, .sealed_at = clock_now()};
	struct sealed_new *out = &c->sealed[c->nsealed++];
	struct secret value = invent(d, f);

	memcpy(label.owner_uid, s->subscription_uid.p, UID_BYTES);
	memcpy(label.thing_uid, c->uid.p, UID_BYTES);
	*out = (struct sealed_new){.field = name,
				   .key_id = span_str(d->key.id),
				   .origins = origins,
				   .sealed_at = label.sealed_at};
	return seal_value(d->arena, &d->key, &label, &value, &out->box);
}

static int fill_field(struct demo *d, const struct scope *s, struct integration_change *c,
		      const struct type_field *f, struct span origins)
{
	static const char *const KEYS[] = {"BUILD_FLAGS_TOKEN", "FEATURE_KEY"};

	if (f->kind == FIELD_PAIRS) {
		for (size_t k = 0; k < COUNT(KEYS); k++)
			TRY(seal_field(d, s, c, f,
				       integration_pair_field(d->arena, f->name, span_str(KEYS[k])),
				       SPAN("")));
		return OK;
	}
	if (field_is_secret(f->kind))
		return f->required ? seal_field(d, s, c, f, f->name, origins) : OK;
	c->values[c->nvalues++] = (struct integration_value){
		f->name, f->kind == FIELD_LINES ? SPAN("ssh-ed25519 (the public half)\n")
						: SPAN("ci-bot")};
	return OK;
}

static int choose_projects(struct demo *d, const struct scope *s, const struct demo_integration *di,
			   struct integration_change *c)
{
	struct span rest = span_str(di->projects), name;

	c->all_projects = di->projects == NULL;
	while (span_cut(&rest, ' ', &name)) {
		struct project *p = &c->projects[c->nprojects++];
		p->chosen = true;
		TRY(project_id(d, s, arena_str(d->arena, name), &p->id));
	}
	return OK;
}

static int add_to(struct demo *d, const struct scope *s, const struct demo_integration *di)
{
	const struct type *t = type_find(&d->types, span_str(di->type));
	struct integration_change c = {.uid = uid_new(d->arena),
				       .name = span_str(di->name),
				       .type = t->name,
				       .edit_roles = di->edit_roles,
				       .fields = SPAN("demo")};
	struct span origin = SPAN("https://hooks.acme.example:443"), fault;
	int64_t id;
	int rc;

	c.urls = ARENA_ARRAY(d->arena, struct integration_url, 1);
	c.values = ARENA_ARRAY(d->arena, struct integration_value, t->nfields);
	c.sealed = ARENA_ARRAY(d->arena, struct sealed_new, t->nfields + 2);
	c.projects = ARENA_ARRAY(d->arena, struct project, 8);
	c.url = SPAN("");
	if (di->url) {
		TRY(url_origin(d->arena, span_str(di->url), NULL, &origin, &fault));
		c.urls[c.nurls++] =
			(struct integration_url){t->urls[0].key, span_str(di->url), origin};
		c.url = span_str(di->url);
	} else if (t->nfields && t->fields[0].kind == FIELD_SECRET_URL) {
		c.url = origin_short(d->arena, origin);
	} else {
		origin = SPAN("");
	}
	for (size_t k = 0; k < t->nfields; k++)
		TRY(fill_field(d, s, &c, &t->fields[k], origin));
	TRY(choose_projects(d, s, di, &c));
	rc = store_integration_create(d->admin->db, d->arena, s, &d->actor, &c, &id);
	return rc == E_CONFLICT ? OK : rc;
}

static int add_integration(struct demo *d, const struct demo_integration *di)
{
	struct scope s;

	TRY(scope_for(d, di->slug, &s));
	return add_to(d, &s, di);
}

static int add_own(struct demo *d, const struct demo_own *own)
{
	const struct demo_integration di = {.name = own->name,
					    .type = own->type,
					    .url = own->url,
					    .edit_roles = ROLE_BIT(ROLE_ADMIN)};
	struct who who = {.login = span_str(own->login)};
	struct scope s;

	TRY(store_account_find(d->admin->db, d->arena, who.login, &who.account_id));
	TRY(store_account_uid(d->admin->db, d->arena, who.account_id, &who.uid));
	s = scope_own(&who);
	return add_to(d, &s, &di);
}

/* New passwords for all demo accounts; the file is for the next `demo`, which prints them again. */
static int set_passwords(struct demo *d, const char *path)
{
	int fd = open(path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600), rc = OK;

	if (fd < 0)
		return E_UNAVAILABLE;
	for (size_t k = 0; k < DEMO_ACCOUNTS_N && rc == OK; k++) {
		struct span login = span_str(DEMO_ACCOUNTS[k].login), token = token_new(d->arena);
		int64_t id;
		token.n = 16;
		rc = store_account_find(d->admin->db, d->arena, login, &id);
		if (rc == OK)
			rc = vault_password_set(&d->admin->vault, &d->vault_actor, id, SPAN(""),
						token);
		dprintf(fd, "sign-in: %.*s %.*s\n", SPAN_ARG(login), SPAN_ARG(token));
	}
	close(fd);
	if (rc != OK)
		unlink(path);
	return rc;
}

static int fill(struct demo *d)
{
	const struct config *c = d->admin->config;

	TRY(types_read(d->arena, config_need(c, "web", "types"), &d->types));
	TRY(seal_key_read(config_need(c, "web", "public_key"), &d->key));
	for (size_t k = 0; k < DEMO_ACCOUNTS_N; k++)
		TRY(add_account(d, &DEMO_ACCOUNTS[k]));
	for (size_t k = 0; k < DEMO_SUBSCRIPTIONS_N; k++)
		TRY(add_subscription(d, &DEMO_SUBSCRIPTIONS[k]));
	for (size_t k = 0; k < DEMO_ROLES_N; k++)
		TRY(add_role(d, &DEMO_ROLES[k]));
	for (size_t k = 0; k < DEMO_INTEGRATIONS_N; k++)
		TRY(add_integration(d, &DEMO_INTEGRATIONS[k]));
	for (size_t k = 0; k < DEMO_OWN_N; k++)
		TRY(add_own(d, &DEMO_OWN[k]));
	return OK;
}

/* The file is written last, so a demo that was cut off is filled up by the next one. */
int admin_demo(struct admin *a, int argc, char **argv)
{
	struct demo d = {.admin = a,
			 .arena = a->arena,
			 .actor = admin_actor(),
			 .vault_actor = admin_vault_actor()};
	const char *path = config_need(a->config, "admin", "demo_sign_ins");
	struct span text;
	int rc = E_NOT_FOUND;

	(void)argv;
	if (argc != 0)
		return 2;
	if (access(path, F_OK) != 0) {
		rc = fill(&d);
		if (rc == OK)
			rc = set_passwords(&d, path);
		if (rc != OK)
			return admin_failed("demo", rc);
	}
	rc = file_read(a->arena, path, 4096, &text);
	if (rc != OK)
		return admin_failed("demo", rc);
	printf("%.*s", SPAN_ARG(text));
	return EXIT_SUCCESS;
}
