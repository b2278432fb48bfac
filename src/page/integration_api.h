/* integration_api.h: what the API has of its own about integrations. */
#ifndef PAGE_INTEGRATION_API_H
#define PAGE_INTEGRATION_API_H

#include "http/json_form.h"
#include "page/integration_input.h"

/* The members of FORM_INTEGRATION_NEW, FORM_INTEGRATION and FORM_OWN_INTEGRATION. */
extern const struct json_map JSON_INTEGRATION_NEW, JSON_INTEGRATION, JSON_OWN_INTEGRATION;

/* What input_check() found wrong, as errors of the request's form: programs read them there. */
void integration_api_faults(struct input *in);

#endif
