/* client.h: the commands of signet, one a function. Each gets the arguments behind its name, prints
 * to standard output and returns the exit status: 0, 1 = something failed, 2 = wrong usage. */
#ifndef CLIENT_CLIENT_H
#define CLIENT_CLIENT_H

/* signet refs [--json] [--templates FILE] FILE...: every reference in workflow files. */
int client_refs(int argc, char **argv);
/* signet lint --server URL --project SUBSCRIPTION/PROJECT FILE...: asks a Signet which of these
 * references are fine. Here 3 = it could not be asked. */
int client_lint(int argc, char **argv);

#endif
