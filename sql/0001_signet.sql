-- 0001: accounts, subscriptions, projects, org integrations, sealed fields, audit.
-- Each statement can be run again. Times are seconds since the epoch, UTC; uids are random bytes.

CREATE TABLE IF NOT EXISTS account (
  id BIGINT NOT NULL AUTO_INCREMENT PRIMARY KEY,
  uid BINARY(16) NOT NULL,
  login VARCHAR(80) NOT NULL,
  name VARCHAR(80) NOT NULL,
  theme VARCHAR(8) NOT NULL DEFAULT 'auto',
  created_at BIGINT NOT NULL,
  disabled_at BIGINT NULL,
  UNIQUE KEY account_uid (uid),
  UNIQUE KEY account_login (login)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;

CREATE TABLE IF NOT EXISTS subscription (
  id BIGINT NOT NULL AUTO_INCREMENT PRIMARY KEY,
  uid BINARY(16) NOT NULL,
  slug VARCHAR(40) NOT NULL,
  name VARCHAR(80) NOT NULL,
  revision BIGINT NOT NULL DEFAULT 0,
  activity BIGINT NOT NULL DEFAULT 0,
  created_at BIGINT NOT NULL,
  UNIQUE KEY subscription_uid (uid),
  UNIQUE KEY subscription_slug (slug)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;

CREATE TABLE IF NOT EXISTS project (
  id BIGINT NOT NULL AUTO_INCREMENT PRIMARY KEY,
  subscription_id BIGINT NOT NULL,
  name VARCHAR(80) NOT NULL,
  created_at BIGINT NOT NULL,
  UNIQUE KEY project_name (subscription_id, name),
  CONSTRAINT project_subscription FOREIGN KEY (subscription_id) REFERENCES subscription (id)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;

-- Rights. Written by the vault alone; mac covers the row's content under the vault's key.

CREATE TABLE IF NOT EXISTS password (
  account_id BIGINT NOT NULL PRIMARY KEY,
  hash VARCHAR(255) NOT NULL,
  set_at BIGINT NOT NULL,
  mac BINARY(32) NOT NULL,
  CONSTRAINT password_account FOREIGN KEY (account_id) REFERENCES account (id)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;

CREATE TABLE IF NOT EXISTS site_role (
  account_id BIGINT NOT NULL PRIMARY KEY,
  granted_at BIGINT NOT NULL,
  source VARCHAR(20) NOT NULL DEFAULT 'hand',
  mac BINARY(32) NOT NULL,
  CONSTRAINT site_role_account FOREIGN KEY (account_id) REFERENCES account (id)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;

-- role: 1 collaborator, 2 member, 3 admin
CREATE TABLE IF NOT EXISTS role (
  account_id BIGINT NOT NULL,
  subscription_id BIGINT NOT NULL,
  role TINYINT NOT NULL,
  granted_at BIGINT NOT NULL,
  source VARCHAR(20) NOT NULL DEFAULT 'hand',
  mac BINARY(32) NOT NULL,
  PRIMARY KEY (account_id, subscription_id),
  KEY role_subscription (subscription_id, role),
  CONSTRAINT role_account FOREIGN KEY (account_id) REFERENCES account (id),
  CONSTRAINT role_subscription_fk FOREIGN KEY (subscription_id) REFERENCES subscription (id)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;

-- The projects on which a collaborator is named.
CREATE TABLE IF NOT EXISTS collaborator (
  account_id BIGINT NOT NULL,
  project_id BIGINT NOT NULL,
  subscription_id BIGINT NOT NULL,
  granted_at BIGINT NOT NULL,
  source VARCHAR(20) NOT NULL DEFAULT 'hand',
  mac BINARY(32) NOT NULL,
  PRIMARY KEY (account_id, project_id),
  KEY collaborator_project (project_id),
  CONSTRAINT collaborator_account FOREIGN KEY (account_id) REFERENCES account (id),
  CONSTRAINT collaborator_project_fk FOREIGN KEY (project_id) REFERENCES project (id)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;

-- Sign-in. Only the hash of a session's token is kept; a throttle row's subject is a hash, too.

CREATE TABLE IF NOT EXISTS session (
  token_hash BINARY(32) NOT NULL PRIMARY KEY,
  account_id BIGINT NOT NULL,
  created_at BIGINT NOT NULL,
  seen_at BIGINT NOT NULL,
  address VARCHAR(45) NOT NULL,
  agent VARCHAR(300) NOT NULL,
  KEY session_account (account_id),
  KEY session_seen (seen_at),
  CONSTRAINT session_account_fk FOREIGN KEY (account_id) REFERENCES account (id)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;

CREATE TABLE IF NOT EXISTS throttle (
  subject BINARY(32) NOT NULL PRIMARY KEY,
  failures INT NOT NULL,
  since BIGINT NOT NULL,
  KEY throttle_since (since)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;

-- Integrations. edit_roles: bit 1 = collaborator, 2 = member, 4 = admin (always set).
-- url: what lists show (the first URL, or the origin of a URL that is itself a secret).

CREATE TABLE IF NOT EXISTS integration (
  id BIGINT NOT NULL AUTO_INCREMENT PRIMARY KEY,
  uid BINARY(16) NOT NULL,
  subscription_id BIGINT NOT NULL,
  name VARCHAR(80) NOT NULL,
  type VARCHAR(40) NOT NULL,
  url VARCHAR(2000) NOT NULL,
  all_projects TINYINT NOT NULL,
  edit_roles TINYINT NOT NULL,
  version BIGINT NOT NULL DEFAULT 1,
  created_at BIGINT NOT NULL,
  created_by BIGINT NULL,
  changed_at BIGINT NOT NULL,
  changed_by BIGINT NULL,
  UNIQUE KEY integration_uid (uid),
  UNIQUE KEY integration_name (subscription_id, name),
  CONSTRAINT integration_subscription FOREIGN KEY (subscription_id) REFERENCES subscription (id),
  CONSTRAINT integration_created_by FOREIGN KEY (created_by) REFERENCES account (id),
  CONSTRAINT integration_changed_by FOREIGN KEY (changed_by) REFERENCES account (id)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;

CREATE TABLE IF NOT EXISTS integration_url (
  integration_id BIGINT NOT NULL,
  position INT NOT NULL,
  url_key VARCHAR(80) NOT NULL,
  url VARCHAR(2000) NOT NULL,
  origin VARCHAR(300) NOT NULL,
  PRIMARY KEY (integration_id, url_key),
  CONSTRAINT integration_url_fk FOREIGN KEY (integration_id) REFERENCES integration (id) ON DELETE CASCADE
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;

CREATE TABLE IF NOT EXISTS integration_value (
  integration_id BIGINT NOT NULL,
  field VARCHAR(80) NOT NULL,
  value MEDIUMTEXT NOT NULL,
  PRIMARY KEY (integration_id, field),
  CONSTRAINT integration_value_fk FOREIGN KEY (integration_id) REFERENCES integration (id) ON DELETE CASCADE
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;

CREATE TABLE IF NOT EXISTS integration_project (
  integration_id BIGINT NOT NULL,
  project_id BIGINT NOT NULL,
  PRIMARY KEY (integration_id, project_id),
  KEY integration_project_project (project_id),
  CONSTRAINT integration_project_fk FOREIGN KEY (integration_id) REFERENCES integration (id) ON DELETE CASCADE,
  CONSTRAINT integration_project_project_fk FOREIGN KEY (project_id) REFERENCES project (id) ON DELETE CASCADE
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;

-- Sealed fields. field is "apiToken", or "envs:KEY" for a pair. origins repeats what the box says, for
-- the web process, which cannot look inside; the vault believes only the box.
-- The boxes have a table of their own, so that web can write them without any right to read: a right
-- to read some columns is not enough of a wall (HANDLER, NATURAL JOIN and DELETE over a join pass it).
-- A box goes with its row in sealed.

CREATE TABLE IF NOT EXISTS seal_key (
  id CHAR(16) NOT NULL PRIMARY KEY,
  public_key BINARY(32) NOT NULL,
  state VARCHAR(10) NOT NULL,
  created_at BIGINT NOT NULL
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;

CREATE TABLE IF NOT EXISTS sealed (
  integration_id BIGINT NOT NULL,
  field VARCHAR(170) NOT NULL,
  key_id CHAR(16) NOT NULL,
  origins TEXT NOT NULL,
  sealed_at BIGINT NOT NULL,
  sealed_by BIGINT NULL,
  PRIMARY KEY (integration_id, field),
  KEY sealed_key (key_id),
  CONSTRAINT sealed_integration FOREIGN KEY (integration_id) REFERENCES integration (id) ON DELETE CASCADE,
  CONSTRAINT sealed_key_fk FOREIGN KEY (key_id) REFERENCES seal_key (id),
  CONSTRAINT sealed_by_fk FOREIGN KEY (sealed_by) REFERENCES account (id)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;

CREATE TABLE IF NOT EXISTS sealed_box (
  integration_id BIGINT NOT NULL,
  field VARCHAR(170) NOT NULL,
  box MEDIUMBLOB NOT NULL,
  PRIMARY KEY (integration_id, field),
  CONSTRAINT sealed_box_fk FOREIGN KEY (integration_id, field) REFERENCES sealed (integration_id, field)
    ON DELETE CASCADE
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;

-- Audit. chain: "sub:7", "account:3" or "site"; hash covers the entry and the hash before it.

CREATE TABLE IF NOT EXISTS audit_head (
  chain VARCHAR(40) NOT NULL PRIMARY KEY,
  seq BIGINT NOT NULL,
  hash BINARY(32) NOT NULL
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;

CREATE TABLE IF NOT EXISTS audit (
  chain VARCHAR(40) NOT NULL,
  seq BIGINT NOT NULL,
  at BIGINT NOT NULL,
  actor_id BIGINT NULL,
  actor VARCHAR(80) NOT NULL,
  address VARCHAR(45) NOT NULL,
  request VARCHAR(32) NOT NULL,
  action VARCHAR(40) NOT NULL,
  object_id BIGINT NOT NULL,
  object VARCHAR(80) NOT NULL,
  fields TEXT NOT NULL,
  prev BINARY(32) NOT NULL,
  hash BINARY(32) NOT NULL,
  PRIMARY KEY (chain, seq)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;
