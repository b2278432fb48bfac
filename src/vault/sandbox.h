/* sandbox.h: what the kernel still does for the vault's processes. For good: nothing lifts it. */
#ifndef VAULT_SANDBOX_H
#define VAULT_SANDBOX_H

#include "base/err.h"

/* For a worker, after its first try to reach the database: only what answering requests and coming
 * back to the database over a UNIX socket needs; all else is EPERM. No new process, no other
 * program, no socket but AF_UNIX, no file for writing, no executable memory. E_UNAVAILABLE (logged)
 * when the kernel refuses; then the worker must not go on. */
int sandbox_worker(void) WARN_UNUSED;
/* For the master, which must fork: no other program, no socket but AF_UNIX, no looking into other
 * processes. Its workers inherit this. */
int sandbox_master(void) WARN_UNUSED;

#endif
