/* suites.h: every unit test file exports one suite; main.c runs those of the list. */
#ifndef TESTS_SUITES_H
#define TESTS_SUITES_H

#include <check.h>

#include "rows.h"

#define SUITES(X) \
	X(base) \
	X(core_audit) \
	X(core_git_host) \
	X(core_diff) \
	X(core_head) \
	X(core_head_check) \
	X(core_integration) \
	X(core_binding) \
	X(core_merge) \
	X(core_name) \
	X(core_reference) \
	X(core_resource) \
	X(core_role) \
	X(core_shell) \
	X(core_url) \
	X(core_workflow) \
	X(core_workflow_lines) \
	X(fuzz) \
	X(http) \
	X(http_api) \
	X(http_dispatch) \
	X(http_fcgi) \
	X(http_form) \
	X(http_former) \
	X(http_json) \
	X(http_multipart) \
	X(http_route) \
	X(page_bind) \
	X(page_confirm) \
	X(page_guess) \
	X(page_input) \
	X(page_kept) \
	X(page_rendered) \
	X(proto) \
	X(mail) \
	X(mail_out) \
	X(client_ask) \
	X(client_lint) \
	X(client_refs) \
	X(ref) \
	X(ref_fault) \
	X(ref_spot) \
	X(ref_yaml) \
	X(seal) \
	X(types) \
	X(vault) \
	X(vault_guess) \
	X(vault_heads) \
	X(view) \
	X(view_binding) \
	X(view_frame) \
	X(view_load) \
	X(view_people) \
	X(view_workflow) \
	X(wire)

#define DECLARE(name) Suite *name##_suite(void);
SUITES(DECLARE)
#undef DECLARE

#endif
