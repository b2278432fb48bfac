/* log.c: a line is one write(2), so that lines of several processes do not mix. */
#include "base/log.h"

#include <stdarg.h>
#include <stdio.h>
#include <unistd.h>

#include "base/banned.h"

static const char *program_name = "signet";
static const char *request_id;
static enum log_level least_level = LOG_INFO;

void log_init(const char *program, enum log_level least)
{
	program_name = program;
	least_level = least;
}

void log_request(const char *id)
{
	request_id = id;
}

static void clean(char *s, size_t n)
{
	for (size_t i = 0; i < n; i++)
		if ((unsigned char)s[i] < 0x20 || s[i] == 0x7F)
			s[i] = '?';
}

void log_line(enum log_level level, const char *format, ...)
{
	static const char *const NAMES[] = {"error", "warn", "info", "debug"};
	char line[2048];
	size_t n, room = sizeof(line) - 1; /* the last byte is for the line's end */
	ssize_t written;
	va_list ap;
	int w;

	if (level > least_level)
		return;
	w = snprintf(line, room, "level=%s program=%s pid=%d%s%s ", NAMES[level], program_name,
		     (int)getpid(), request_id ? " request=" : "", request_id ? request_id : "");
	n = w < 0 ? 0 : ((size_t)w < room ? (size_t)w : room - 1);
	va_start(ap, format);
	w = vsnprintf(line + n, room - n, format, ap);
	va_end(ap);
	if (w > 0)
		n += (size_t)w < room - n ? (size_t)w : room - n - 1;
	clean(line, n);
	line[n++] = '\n';
	written = write(STDERR_FILENO, line, n);
	(void)written; /* nowhere to report that the log is gone */
}
