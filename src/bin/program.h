/* program.h: what the main()s share: the --config option, signals, stopping children. */
#ifndef BIN_PROGRAM_H
#define BIN_PROGRAM_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <sys/types.h>

#include "base/config.h"

/* Reads `--config FILE`; prints the usage and gives E_INVALID when it is missing. optind then
 * stands at the first further argument. */
int program_config(int argc, char **argv, struct config **out);
/* TERM, INT and QUIT end program_ending()'s false; waits are interrupted. */
void program_signals_master(void);
/* Back to the default in a forked worker. */
void program_signals_default(void);
bool program_ending(void);
/* Interrupted by a signal. */
void program_sleep_ms(int64_t ms);
/* TERM, again each 100 ms (one may fall into a gap between two accepts), KILL after five seconds;
 * returns when all are gone. pids <= 0 are skipped. */
void program_stop_children(const pid_t *pids, size_t n);

#endif
