-- 0005: one number that every change of memberships raises: of roles, site roles, accounts, subscriptions.
-- Web workers keep under it what the navigation shows of the subscriptions that a page is not about.

CREATE TABLE IF NOT EXISTS people_revision (
  id TINYINT NOT NULL PRIMARY KEY,
  revision BIGINT NOT NULL
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;

INSERT IGNORE INTO people_revision (id, revision) VALUES (1, 1);
