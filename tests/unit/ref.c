/* ref.c: the grammar of references: where a name counts, for whom, and where not. */
#include "unit/suites.h"

#include "unit/ref_rows.h"

static const struct ref_case CI[] = {
	{SPAN("integrations:\n  hub:\n    - integrationName: a\n      type: docker\n"),
	 "3 ci ci a|"},
	/* any family, several entries, the same name twice */
	{SPAN("integrations:\n  anything:\n    - integrationName: a\n    - type: x\n"
	      "      integrationName: b\n  key:\n    - integrationName: a\n"),
	 "3 ci ci a|5 ci ci b|7 ci ci a|"},
	/* a family that is one map; integrations: that is a list */
	{SPAN("integrations:\n  hub:\n    integrationName: a\n"), "3 ci ci a|"},
	{SPAN("integrations:\n- integrationName: a\n-   integrationName: b\n"),
	 "2 ci ci a|3 ci ci b|"},
	/* neither is any of these */
	{SPAN("integrations:\n  integrationName: a\n"), ""},
	{SPAN("integrations: a\n"), ""},
	{SPAN("integrations:\n  hub: a\n  key: [b, [integrationName: c]]\n"), ""},
	{SPAN("integrations:\n  hub:\n    - integrationName: [a]\n    - integrationName: {b: c}\n"
	      "    - integration: d\n    - name: e\n    - IntegrationName: f\n"),
	 ""},
	{SPAN("integrations:\n  hub:\n    deeper:\n      - integrationName: a\n"), ""},
	{SPAN("build:\n  integrations:\n    hub:\n      - integrationName: a\n"), ""},
	{SPAN("integration:\n  hub:\n    - integrationName: a\n"), ""},
	/* notifications at the root: a list only */
	{SPAN("notifications:\n  - integrationName: a\n    type: slack\n"), "2 ci ci a|"},
	{SPAN("notifications:\n  email:\n    - integrationName: a\n"), ""},
	{SPAN("notifications:\n  integrationName: a\n"), ""},
};

static const struct ref_case PSEUDO[] = {
	{SPAN("notifications:\n- integrationName: email\n- {integrationName: irc, type: irc}\n"
	      "- {integrationName: email, type: irc}\n- {type: email, integrationName: \"irc\"}\n"
	      "- {integrationName: email, type: }\n- {integrationName: email, type: ~}\n"),
	 ""},
	{SPAN("notifications:\n- {integrationName: email, type: slack}\n"
	      "- {integrationName: a, type: email}\n- {integrationName: irc, type: [irc]}\n"
	      "- {integrationName: Email}\n- {integrationName: irc2}\n"),
	 "2 ci ci email|3 ci ci a|4 ci ci irc|5 ci ci Email|6 ci ci irc2|"},
	{SPAN("integrations: {x: {integrationName: irc}, y: [integrationName: email]}"), ""},
	/* only in CI */
	{SPAN("resources:\n- integration: email\njobs:\n- integrations: [irc]\n"),
	 "2 resource  email|4 job  irc|"},
};

static const struct ref_case RESOURCES[] = {
	{SPAN("resources:\n  - name: r\n    integration: a\n"), "3 resource r a|"},
	{SPAN("triggers:\n  - integration: a\n    name: t\n"), "2 resource t a|"},
	{SPAN("- name: r\n  integration: a\n- integrationName: b\n"),
	 "2 resource r a|3 resource  b|"},
	{SPAN("resources:\n- name: r\n  integration: a\n  integrationName: b\n"
	      "  bastionIntegrationName: c\n  configuration:\n    integrationName: d\n"
	      "    bastionIntegrationName: e\n"),
	 "3 resource r a|4 resource r b|5 resource r c|7 resource r d|8 resource r e|"},
	/* the key of a bastion host is a resource's name; other places mean nothing */
	{SPAN("resources:\n- name: r\n  pointer:\n    bastionHost: {keyIntegration: a}\n"
	      "    integration: b\n  configuration: {integration: c, keyIntegration: d}\n"
	      "  integrations: [e]\n  keyIntegration: f\n"),
	 ""},
	/* a section must be a list of maps */
	{SPAN("resources:\n  name: r\n  integration: a\n"), ""},
	{SPAN("resources:\n  r:\n    integration: a\n"), ""},
	{SPAN("resources:\n- a\n- [integration: b]\n-\n- - integration: c\n"), ""},
	{SPAN("resources:\n- integration: [a, b]\n- integration: {name: c}\n"), ""},
	{SPAN("resources:\ntriggers: ~\njobs: 7\npipelines: x\n"), ""},
	/* consumers: none, no scalar, null, number */
	{SPAN("resources:\n- {integration: a}\n- {integration: a, name: [x]}\n"
	      "- {integration: a, name: ~}\n- {integration: a, name: 12}\n"),
	 "2 resource  a|3 resource  a|4 resource  a|5 resource 12 a|"},
};

static const struct ref_case JOBS[] = {
	{SPAN("jobs:\n  - name: j\n    type: jenkinsJob\n    integration: a\n"), "4 job j a|"},
	{SPAN("jobs:\n  - name: j\n    integrations: a\n"), "3 job j a|"},
	{SPAN("jobs:\n- name: j\n  integrations:\n  - a\n  - \"b c\"\n"), "4 job j a|5 job j b c|"},
	{SPAN("jobs:\n- name: j\n  integrations:\n  - name: a\n  - integrationName: b\n"
	      "  - {integrationName: c, name: d}\n  - {integrationName: , name: e}\n  - f\n"),
	 "4 job j a|5 job j b|6 job j c|7 job j e|8 job j f|"},
	{SPAN("jobs:\n- name: j\n  integrations:\n    name: a\n"), "4 job j a|"},
	{SPAN("jobs:\n- integrations: [a, a, [b], ~, '', {x: c}]\n"), "2 job  a|2 job  a|"},
	{SPAN("jobs:\n- name: j\n  integrationName: a\n  configuration: {integrationName: b}\n"
	      "  steps:\n  - IN: c\n  - {integration: d}\n  - TASK:\n    - integration: e\n"),
	 ""},
	{SPAN("pipelines:\n- name: p\n  integration: a\n  integrations: [b]\n"
	      "  configuration: {integrations: [c]}\n  steps:\n  - name: s\n    integrations: [d]\n"
	      "    runtime: {integrations: [e]}\n"),
	 ""},
	{SPAN("pipelines:\n- name: p\n  steps:\n  - name: s\n    requires:\n      integrations:\n"
	      "      - a\n    configuration:\n      integrations:\n      - name: b\n"
	      "      runtime:\n        integrations: c\n  - requires: {integrations: [d]}\n"),
	 "7 job s a|10 job s b|12 job s c|13 job  d|"},
	{SPAN("pipelines:\n  steps:\n  - requires: {integrations: [a]}\n"), ""},
	{SPAN("pipelines:\n- steps:\n    requires: {integrations: [a]}\n"), ""},
};

/* All sections in one file, in any order. */
static const struct ref_case MIX[] = {
	{SPAN("jobs: [{name: j, integration: a}]\nintegrations: [{integrationName: b}]\n"
	      "pipelines: [{steps: [{requires: {integrations: c}}]}]\n"
	      "triggers: [{integration: d}]\nlanguage: c\nresources: [{integration: e}]\n"
	      "notifications: [{integrationName: f}]\n"),
	 "1 job j a|2 ci ci b|3 job  c|4 resource  d|6 resource  e|7 ci ci f|"},
	{SPAN(""), ""},
	{SPAN("\n# nothing\n"), ""},
	{SPAN("a sentence"), ""},
	{SPAN("[]"), ""},
	{SPAN("---\n...\n---\n"), ""},
	/* kinds on one line in the order ci, resource, job */
	{SPAN("{jobs: [{name: j, integrations: [a, a]}], resources: [{integration: a, "
	      "integrationName: a}], integrations: [{integrationName: a}]}"),
	 "1 ci ci a|1 resource  a|1 resource  a|1 job j a|1 job j a|"},
};

#define CASES_TEST(name, table)                                                                    \
	START_TEST(name)                                                                           \
	{                                                                                          \
		ref_rows_expect(&table[_i], NULL);                                                 \
	}                                                                                          \
	END_TEST

CASES_TEST(ci, CI)
CASES_TEST(pseudo_names, PSEUDO)
CASES_TEST(resources, RESOURCES)
CASES_TEST(jobs_and_steps, JOBS)
CASES_TEST(any_mix, MIX)

START_TEST(columns_keys_and_dynamic)
{
	struct arena *a = arena_new();
	struct ref_result r;

	ck_assert_int_eq(ref_read(a,
				  SPAN("resources:\n- integration: ${x}\n- configuration:\n"
				       "    integrationName: $x_y\n- integration: a$1\n"
				       "jobs: [{integrations: [\"\xC3\xA9\", b]}]\n"),
				  NULL, &REF_LIMITS, &r),
			 OK);
	ck_assert_uint_eq(r.n, 5);
	ck_assert_int_eq(r.at[0].column, 16);
	ck_assert(r.at[0].dynamic && r.at[1].dynamic && !r.at[2].dynamic);
	ck_assert_str_eq(r.at[0].key, "integration");
	ck_assert_str_eq(r.at[1].key, "configuration.integrationName");
	/* columns are characters, not bytes: b sorts before the accent */
	ck_assert(span_is(r.at[3].name, "b"));
	ck_assert_int_eq(r.at[3].column, 29);
	ck_assert_int_eq(r.at[4].column, 24);
	arena_free(a);
}
END_TEST

Suite *ref_suite(void)
{
	Suite *s = suite_create("ref");
	TCase *c = tcase_create("grammar");

	tcase_add_loop_test(c, ci, 0, (int)COUNT(CI));
	tcase_add_loop_test(c, pseudo_names, 0, (int)COUNT(PSEUDO));
	tcase_add_loop_test(c, resources, 0, (int)COUNT(RESOURCES));
	tcase_add_loop_test(c, jobs_and_steps, 0, (int)COUNT(JOBS));
	tcase_add_loop_test(c, any_mix, 0, (int)COUNT(MIX));
	tcase_add_test(c, columns_keys_and_dynamic);
	suite_add_tcase(s, c);
	return s;
}
