/* api.h: forms whose JSON is not just their fields. */
#ifndef PAGE_API_H
#define PAGE_API_H

#include "http/json_form.h"

/* For struct site. */
extern const struct json_map *const API_MAPS[];
extern const size_t API_MAPS_N;

#endif
