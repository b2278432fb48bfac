/* source.h: the files that commands read. */
#ifndef CLIENT_SOURCE_H
#define CLIENT_SOURCE_H

#include <stddef.h>

/* Room for the largest file; the system gives memory only as it is written. */
struct source {
	char *p;
	size_t n;
};

/* Ends the process when there is no memory. Free with source_free(). */
struct source source_new(void);
void source_free(struct source *in);
/* As much of the file as the reader of references takes and one byte, by which it sees that there
 * is more. `-` is standard input. 0 or errno. */
int source_read(const char *path, struct source *in);

#endif
