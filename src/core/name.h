/* name.h: names of integrations and other things people call by name (product rule 1). */
#ifndef CORE_NAME_H
#define CORE_NAME_H

#include "base/arena.h"

enum { NAME_CHARS_MAX = 80, NAME_SLUG_MAX = 40 };

/* What is wrong with a name, as a sentence that says what to do; SPAN_NONE when it is fine: 1 to 80
 * characters of UTF-8 in NFC, none of the categories Cc, Cf, Cs, Co, Zl, Zp, no space at either
 * end. The sentence never repeats the offending character raw (it names its code point, U+202E). */
struct span name_fault(struct arena *a, struct span name);

/* The same for the login of an account, which has the rules of a name, and for the short name of a
 * subscription in addresses: 1 to 40 of a-z, 0-9 and '-', with a letter or digit at both ends. */
struct span name_login_fault(struct arena *a, struct span login);
struct span name_slug_fault(struct arena *a, struct span slug);

/* Are the keys of URLs and of key-value pairs: letters, digits, underscore (URL keys: also '-' and
 * '.'), not beginning with a digit, 1 to 80 characters. SPAN_NONE when fine. */
struct span name_url_key_fault(struct arena *a, struct span key);
struct span name_pair_key_fault(struct arena *a, struct span key);

#endif
