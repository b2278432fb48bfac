/* log.h: one line an event on standard error, which systemd or the run command collects:
 *   level=info program=web pid=12 request=ab12 msg...
 * Values are the caller's; a secret has no way in, since struct secret has no printf form. */
#ifndef BASE_LOG_H
#define BASE_LOG_H

enum log_level { LOG_ERROR, LOG_WARN, LOG_INFO, LOG_DEBUG };

/* `program` is kept, not copied. */
void log_init(const char *program, enum log_level least);
/* The id that following lines carry; NULL = none. Kept, not copied. */
void log_request(const char *id);
/* Control characters in the message are written as '?', so that input cannot forge a line. */
void log_line(enum log_level level, const char *format, ...) __attribute__((format(printf, 2, 3)));

#define log_error(...) log_line(LOG_ERROR, __VA_ARGS__)
#define log_warn(...) log_line(LOG_WARN, __VA_ARGS__)
#define log_info(...) log_line(LOG_INFO, __VA_ARGS__)
#define log_debug(...) log_line(LOG_DEBUG, __VA_ARGS__)

#endif
