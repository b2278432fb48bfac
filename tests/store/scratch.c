/* scratch.c: the tests' own table. */
#include "store/scratch.h"

struct db *scratch_db;

const struct stmt SCRATCH[SCRATCH_STMTS] = {
	[PUT] = {"INSERT INTO scratch (id, text, bytes, n, parent) VALUES (?, ?, ?, ?, ?)", "isbII", ""},
	[GET] = {"SELECT text, bytes, n FROM scratch WHERE id = ?", "i", "sbI"},
	[RAISE] = {"UPDATE scratch SET n = n + 1 WHERE id = ?", "i", ""},
	[FIND] = {"SELECT n FROM scratch WHERE id = ?", "i", "i"},
};

void scratch_set_up(void)
{
	store_set_up();
	sql_run("CREATE OR REPLACE TABLE scratch (id BIGINT PRIMARY KEY, text MEDIUMTEXT NULL,"
		" bytes MEDIUMBLOB NULL, n BIGINT NULL, parent BIGINT NULL, word VARCHAR(10) UNIQUE,"
		" CONSTRAINT scratch_parent FOREIGN KEY (parent) REFERENCES scratch (id))"
		" ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin");
	scratch_db = connect_as("signet_test");
}

void scratch_tear_down(void)
{
	db_close(scratch_db);
	sql_run("DROP TABLE scratch");
	store_tear_down();
}

int scratch_put(struct db *db, int64_t id)
{
	int64_t n = 0;

	return db_run(db, &SCRATCH[PUT], NULL, id, SPAN("text"), SPAN("bytes"), &n, (int64_t *)NULL);
}
