/* banned.h: functions that nobody needs a reviewer for, because they do not compile.
 * Included last by every file that includes base/base.h. */
#ifndef BASE_BANNED_H
#define BASE_BANNED_H

#ifndef __cplusplus
#pragma GCC poison strcpy strcat sprintf vsprintf strtok gets
#pragma GCC poison localtime gmtime ctime asctime
#pragma GCC poison atoi atol system popen tmpnam
#endif

#endif
