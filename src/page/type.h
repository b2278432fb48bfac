/* type.h: the types of integrations, for programs; people choose one at + Add. */
#ifndef PAGE_TYPE_H
#define PAGE_TYPE_H

#include "http/route.h"

int page_types(struct req *r, struct res *s);

#endif
