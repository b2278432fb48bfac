/* mac.c: rows as bytes, each column with its length, so that no two rows have the same. */
#include "vault/mac.h"

#include "base/wire.h"
#include "base/banned.h"

enum { HASH_MAX = 1020, SOURCE_MAX = 80, ROOM = 2048 };

static void sum(const struct open_key *k, const struct wire_out *w, unsigned char out[HASH_BYTES])
{
	open_key_mac(k, span_of((const char *)w->p, w->n), out);
}

static int password_sum(const struct open_key *k, const struct password_row *r,
			unsigned char out[HASH_BYTES])
{
	unsigned char room[ROOM];
	struct wire_out w = wire_into(room, sizeof(room));

	wire_put_run(&w, SPAN("password v1"), ROOM);
	wire_put_i64(&w, r->account_id);
	wire_put_run(&w, r->hash, HASH_MAX);
	wire_put_i64(&w, r->set_at);
	TRY(w.err);
	sum(k, &w, out);
	return OK;
}

void mac_password(const struct open_key *k, const struct password_row *r,
		  unsigned char out[HASH_BYTES])
{
	ASSERT(password_sum(k, r, out) == OK); /* the hash is one that we made */
}

bool mac_password_fits(const struct open_key *k, const struct password_row *r)
{
	unsigned char want[HASH_BYTES];

	return password_sum(k, r, want) == OK && mac_equal(want, r->mac);
}

int mac_right(const struct open_key *k, const struct right *r, unsigned char out[HASH_BYTES])
{
	static const char *const TABLES[RIGHT_TABLES] = {
		[RIGHT_SITE_ROLE] = "site_role v1",
		[RIGHT_ROLE] = "role v1",
		[RIGHT_COLLABORATOR] = "collaborator v1",
	};
	unsigned char room[ROOM];
	struct wire_out w = wire_into(room, sizeof(room));

	wire_put_run(&w, span_str(TABLES[r->table]), ROOM);
	wire_put_i64(&w, r->account_id);
	wire_put_i64(&w, r->subscription_id);
	wire_put_i64(&w, r->project_id);
	wire_put_i64(&w, r->role);
	wire_put_i64(&w, r->granted_at);
	wire_put_run(&w, r->source, SOURCE_MAX);
	TRY(w.err);
	sum(k, &w, out);
	return OK;
}

bool mac_right_fits(const struct open_key *k, const struct right *r)
{
	unsigned char want[HASH_BYTES];

	return mac_right(k, r, want) == OK && mac_equal(want, r->mac);
}

int mac_confirmation(const struct open_key *k, const struct confirmation *c,
		     unsigned char out[HASH_BYTES])
{
	unsigned char room[ROOM];
	struct wire_out w = wire_into(room, sizeof(room));

	wire_put_run(&w, SPAN("confirmation v1"), ROOM);
	wire_put_run(&w, c->session_hash, HASH_BYTES);
	wire_put_i64(&w, c->account_id);
	wire_put_i64(&w, c->at);
	TRY(w.err);
	sum(k, &w, out);
	return OK;
}

bool mac_confirmation_fits(const struct open_key *k, const struct confirmation *c)
{
	unsigned char want[HASH_BYTES];

	return mac_confirmation(k, c, want) == OK && mac_equal(want, c->mac);
}

int mac_link(const struct open_key *k, const struct password_link *l, unsigned char out[HASH_BYTES])
{
	unsigned char room[ROOM];
	struct wire_out w = wire_into(room, sizeof(room));

	wire_put_run(&w, SPAN("password_link v1"), ROOM);
	wire_put_i64(&w, l->account_id);
	wire_put_run(&w, l->code_hash, HASH_BYTES);
	wire_put_i64(&w, l->created_at);
	wire_put_i64(&w, l->expires_at);
	wire_put_run(&w, l->password_mac, HASH_BYTES);
	TRY(w.err);
	sum(k, &w, out);
	return OK;
}

bool mac_link_fits(const struct open_key *k, const struct password_link *l)
{
	unsigned char want[HASH_BYTES];

	return mac_link(k, l, want) == OK && mac_equal(want, l->mac);
}

/* A name and numbers alone: always room for these. */
static void numbers_sum(const struct open_key *k, struct span name, const int64_t *numbers,
			size_t n, unsigned char out[HASH_BYTES])
{
	unsigned char room[ROOM];
	struct wire_out w = wire_into(room, sizeof(room));

	wire_put_run(&w, name, ROOM);
	for (size_t i = 0; i < n; i++)
		wire_put_i64(&w, numbers[i]);
	ASSERT(w.err == OK);
	sum(k, &w, out);
}

/* The list of projects, which may be long, by its hash. */
void mac_scope_grant(const struct open_key *k, const struct scope_grant *g,
		     unsigned char out[HASH_BYTES])
{
	const int64_t numbers[] = {g->integration_id, g->subscription_id, g->account_id,
				   g->all_projects,   g->granted_at,	  g->released_until,
				   g->entry};
	unsigned char room[ROOM], projects[HASH_BYTES];
	struct wire_out w = wire_into(room, sizeof(room));

	hash_bytes(g->projects, projects);
	wire_put_run(&w, SPAN("scope_grant v1"), ROOM);
	for (size_t i = 0; i < COUNT(numbers); i++)
		wire_put_i64(&w, numbers[i]);
	wire_put_fixed(&w, projects, sizeof(projects));
	ASSERT(w.err == OK);
	sum(k, &w, out);
}

bool mac_scope_grant_fits(const struct open_key *k, const struct scope_grant *g)
{
	unsigned char want[HASH_BYTES];

	mac_scope_grant(k, g, want);
	return mac_equal(want, g->mac);
}

void mac_binding(const struct open_key *k, const struct binding_row *b,
		 unsigned char out[HASH_BYTES])
{
	const int64_t numbers[] = {
		b->integration_id,
		b->subscription_id,
		b->account_integration_id,
		b->account_id,
		b->bound_at,
		b->bound_by,
		b->undo_integration_id,
		b->undo_account_id,
		b->undo_until,
		b->entry,
	};

	numbers_sum(k, SPAN("binding v1"), numbers, COUNT(numbers), out);
}

bool mac_binding_fits(const struct open_key *k, const struct binding_row *b)
{
	unsigned char want[HASH_BYTES];

	mac_binding(k, b, want);
	return mac_equal(want, b->mac);
}

void mac_departure(const struct open_key *k, const struct departure *d,
		   unsigned char out[HASH_BYTES])
{
	const int64_t numbers[] = {d->account_id, d->subscription_id, d->left_at};

	numbers_sum(k, SPAN("departure v1"), numbers, COUNT(numbers), out);
}

bool mac_departure_fits(const struct open_key *k, const struct departure *d)
{
	unsigned char want[HASH_BYTES];

	mac_departure(k, d, want);
	return mac_equal(want, d->mac);
}
