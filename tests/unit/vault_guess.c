/* vault_guess.c: wrong passwords are counted by whose they were, and no crowd makes the vault
 * forget one. */
#include "unit/suites.h"

#include <sys/mman.h>
#include <sys/wait.h>
#include <unistd.h>

#include "vault/guess.h"

enum { NOW = 1000000 };

static struct vault_guesses *g;

static void set_up(void)
{
	g = mmap(NULL, sizeof(*g), PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
	ck_assert(g != MAP_FAILED);
	vault_guesses_init(g);
}

static void tear_down(void)
{
	munmap(g, sizeof(*g));
}

static struct vault_guessed account(int64_t id)
{
	return (struct vault_guessed){id, SPAN("")};
}

static struct vault_guessed login(const char *text)
{
	return (struct vault_guessed){0, span_str(text)};
}

static void wrong(struct vault_guessed of, int times, int64_t now)
{
	while (times--)
		vault_guess_failed(g, &of, now);
}

static int allowed(struct vault_guessed of, int64_t now)
{
	return vault_guess_allowed(g, &of, now);
}

START_TEST(a_hundred_in_the_window)
{
	for (int k = 0; k < VAULT_GUESS_MOST; k++) {
		ck_assert_int_eq(allowed(account(7), NOW + k), OK);
		wrong(account(7), 1, NOW + k);
	}
	ck_assert_int_eq(allowed(account(7), NOW + VAULT_GUESS_MOST), E_THROTTLED);
	ck_assert_int_eq(allowed(account(7), NOW + VAULT_GUESS_WINDOW - 1), E_THROTTLED);
	ck_assert_int_eq(allowed(account(8), NOW + VAULT_GUESS_MOST), OK);
	ck_assert_int_eq(allowed(login("7"), NOW + VAULT_GUESS_MOST), OK);
	/* from the first failure on; then it begins anew */
	ck_assert_int_eq(allowed(account(7), NOW + VAULT_GUESS_WINDOW), OK);
	wrong(account(7), VAULT_GUESS_MOST - 1, NOW + VAULT_GUESS_WINDOW);
	ck_assert_int_eq(allowed(account(7), NOW + VAULT_GUESS_WINDOW), OK);
	wrong(account(7), 1, NOW + VAULT_GUESS_WINDOW);
	ck_assert_int_eq(allowed(account(7), NOW + VAULT_GUESS_WINDOW), E_THROTTLED);
}
END_TEST

/* Whether an account has the login cannot be told by when it is refused. */
START_TEST(a_login_of_nobody_is_counted_alike)
{
	wrong(login("ann"), VAULT_GUESS_MOST - 1, NOW);
	ck_assert_int_eq(allowed(login("ann"), NOW), OK);
	wrong(login("ann  "), 1, NOW);
	ck_assert_int_eq(allowed(login("ann"), NOW), E_THROTTLED);
	ck_assert_int_eq(allowed(login("ann "), NOW), E_THROTTLED);
	ck_assert_int_eq(allowed(login("Ann"), NOW), OK);
	ck_assert_int_eq(allowed(login("bob"), NOW), OK);
	ck_assert_int_eq(allowed(login(""), NOW), OK);
}
END_TEST

/* More accounts and logins than there is room for, each with fewer failures. */
START_TEST(a_crowd_pushes_nobody_out)
{
	wrong(account(1), VAULT_GUESS_MOST, NOW);
	wrong(account(2), 3, NOW);
	wrong(login("victim"), VAULT_GUESS_MOST, NOW);
	for (int64_t k = 0; k < 4 * VAULT_GUESS_ROOM; k++) {
		struct vault_guessed other = {0, span_of((const char *)&k, sizeof(k))};
		wrong(account(1000 + k), 2, NOW + 1);
		wrong(other, 2, NOW + 1);
	}
	ck_assert_int_eq(allowed(account(1), NOW + 2), E_THROTTLED);
	ck_assert_int_eq(allowed(login("victim"), NOW + 2), E_THROTTLED);
	wrong(account(2), VAULT_GUESS_MOST - 3, NOW + 2);
	ck_assert_int_eq(allowed(account(2), NOW + 2), E_THROTTLED);
}
END_TEST

/* What is over makes room, also where the table was full. */
START_TEST(room_comes_back)
{
	for (int64_t k = 0; k < 4 * VAULT_GUESS_ROOM; k++)
		wrong(account(1000 + k), 5, NOW);
	wrong(account(1), VAULT_GUESS_MOST, NOW + VAULT_GUESS_WINDOW);
	ck_assert_int_eq(allowed(account(1), NOW + VAULT_GUESS_WINDOW), E_THROTTLED);
	ck_assert_int_eq(allowed(account(1000), NOW + VAULT_GUESS_WINDOW), OK);
}
END_TEST

/* Workers share it; one that dies with the lock does not stop the others. */
START_TEST(of_all_workers)
{
	int status;
	pid_t pid;

	for (int worker = 0; worker < 4; worker++) {
		pid = fork();
		if (pid == 0) {
			wrong(account(7), VAULT_GUESS_MOST / 4, NOW);
			if (worker == 3)
				pthread_mutex_lock(&g->lock);
			_exit(0);
		}
		ck_assert_int_eq(waitpid(pid, &status, 0), pid);
	}
	ck_assert_int_eq(allowed(account(7), NOW), E_THROTTLED);
	g->most = 2;
	ck_assert_int_eq(allowed(account(8), NOW), OK);
}
END_TEST

Suite *vault_guess_suite(void)
{
	Suite *s = suite_create("vault_guess");
	TCase *c = tcase_create("guess");

	tcase_add_checked_fixture(c, set_up, tear_down);
	tcase_set_timeout(c, 60);
	tcase_add_test(c, a_hundred_in_the_window);
	tcase_add_test(c, a_login_of_nobody_is_counted_alike);
	tcase_add_test(c, a_crowd_pushes_nobody_out);
	tcase_add_test(c, room_comes_back);
	tcase_add_test(c, of_all_workers);
	suite_add_tcase(s, c);
	return s;
}
