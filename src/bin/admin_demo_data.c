/* admin_demo_data.c: what `signet-admin demo` makes. Hosts are of .example, which leads nowhere. */
#include "bin/admin_demo_data.h"

#include "base/banned.h"

enum { ADMINS = 4, MEMBERS = 6, EVERYBODY = 7 };

const struct demo_account DEMO_ACCOUNTS[] = {
	{"admin", "Admin of acme", false},
	{"member", "Member of acme", false},
	{"collaborator", "Collaborator on web", false},
	{"siteadmin", "Site admin", true},
};
const size_t DEMO_ACCOUNTS_N = COUNT(DEMO_ACCOUNTS);

const struct demo_subscription DEMO_SUBSCRIPTIONS[] = {
	{"acme", {"api", "docs", "mobile", "web"}},
	{"globex", {"billing", "portal"}},
};
const size_t DEMO_SUBSCRIPTIONS_N = COUNT(DEMO_SUBSCRIPTIONS);

const struct demo_role DEMO_ROLES[] = {
	{"admin", "acme", ROLE_ADMIN, NULL},
	{"admin", "globex", ROLE_MEMBER, NULL},
	{"member", "acme", ROLE_MEMBER, NULL},
	{"member", "globex", ROLE_ADMIN, NULL},
	{"collaborator", "acme", ROLE_COLLABORATOR, "web"},
};
const size_t DEMO_ROLES_N = COUNT(DEMO_ROLES);

const struct demo_integration DEMO_INTEGRATIONS[] = {
	{"acme", "jenkins-prod", "jenkins", "https://ci.acme.example", NULL, MEMBERS},
	{"acme", "jenkins-staging", "jenkins", "http://ci-staging.acme.example:8080", "api web",
	 MEMBERS},
	{"acme", "registry", "dockerRegistryLogin", "https://registry.acme.example", "api web",
	 MEMBERS},
	{"acme", "docker hub", "dockerRegistryLogin", "https://index.docker.io/v1/", NULL, MEMBERS},
	{"acme", "gh-release", "github", "https://api.github.com", NULL, ADMINS},
	{"acme", "gitlab-mirror", "gitlab", "https://git.acme.example/api/v4", "docs", MEMBERS},
	{"acme", "aws-prod", "amazonKeys", NULL, "api", ADMINS},
	{"acme", "aws-staging", "amazonKeys", NULL, NULL, EVERYBODY},
	{"acme", "deploy-key", "sshKey", NULL, "web", EVERYBODY},
	{"acme", "signing-cert", "pemKey", NULL, "mobile", MEMBERS},
	{"acme", "build-flags", "keyValuePair", NULL, NULL, EVERYBODY},
	{"acme", "release-hook", "webhookV2", NULL, "web docs", MEMBERS},
	{"acme", "team-slack", "slackKey", NULL, NULL, EVERYBODY},
	{"globex", "jenkins", "jenkins", "https://jenkins.globex.example", NULL, MEMBERS},
	{"globex", "portal-registry", "dockerRegistryLogin", "https://registry.globex.example",
	 "portal", MEMBERS},
};
const size_t DEMO_INTEGRATIONS_N = COUNT(DEMO_INTEGRATIONS);

const struct demo_own DEMO_OWN[] = {
	{"admin", "my jenkins", "jenkins", "https://ci-admin.acme.example"},
	{"admin", "laptop key", "sshKey", NULL},
	{"member", "gh-member", "github", "https://api.github.com"},
	{"member", "release chat", "slackKey", NULL},
	{"collaborator", "docs mirror", "gitlab", "https://git.acme.example/api/v4"},
};
const size_t DEMO_OWN_N = COUNT(DEMO_OWN);
