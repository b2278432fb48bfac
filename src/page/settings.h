/* settings.h: the settings of a subscription, for its admins. */
#ifndef PAGE_SETTINGS_H
#define PAGE_SETTINGS_H

#include "http/route.h"

extern const struct form_def FORM_SETTINGS;

int page_settings(struct req *r, struct res *s);
int page_settings_save(struct req *r, struct res *s);

#endif
