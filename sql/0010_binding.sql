-- 0010: account integrations ("personal"), and what ties them to subscriptions.

-- An integration belongs to a subscription or to an account. bound: one of a subscription that takes its
-- values from an account integration; it has no URL, value nor sealed field of its own.
ALTER TABLE integration
  MODIFY subscription_id BIGINT NULL,
  ADD COLUMN account_id BIGINT NULL,
  ADD COLUMN bound TINYINT NOT NULL DEFAULT 0,
  ADD UNIQUE KEY integration_own_name (account_id, name),
  DROP KEY integration_search,
  ADD KEY integration_search
    (subscription_id, name, type, edit_roles, all_projects, disabled_at, bound, changed_at, words),
  ADD CONSTRAINT integration_account FOREIGN KEY (account_id) REFERENCES account (id),
  ADD CONSTRAINT integration_one_owner CHECK ((subscription_id IS NULL) <> (account_id IS NULL));

-- The three tables that follow are written by the vault alone (web may delete a scope_grant, which takes a
-- right away); mac covers the row. entry: the number of the entry in the subscription's audit chain that
-- wrote the row. The vault believes a row only while no later entry is about the same thing, so that a
-- row that was kept and put back counts for nothing.

-- account_integration_id has no foreign key: when its owner deletes it, the binding stays and leads nowhere.
-- undo_*: what it was bound to before the last rebind, and until when that can be undone.
CREATE TABLE IF NOT EXISTS binding (
  integration_id BIGINT NOT NULL PRIMARY KEY,
  subscription_id BIGINT NOT NULL,
  account_integration_id BIGINT NOT NULL,
  account_id BIGINT NOT NULL,
  bound_at BIGINT NOT NULL,
  bound_by BIGINT NULL,
  undo_integration_id BIGINT NULL,
  undo_account_id BIGINT NULL,
  undo_until BIGINT NULL,
  entry BIGINT NOT NULL,
  mac BINARY(32) NOT NULL,
  KEY binding_to (account_integration_id, subscription_id),
  KEY binding_owner (account_id, subscription_id),
  KEY binding_undo (undo_integration_id, subscription_id),
  CONSTRAINT binding_integration FOREIGN KEY (integration_id) REFERENCES integration (id)
    ON DELETE CASCADE,
  CONSTRAINT binding_account FOREIGN KEY (account_id) REFERENCES account (id),
  CONSTRAINT binding_bound_by FOREIGN KEY (bound_by) REFERENCES account (id)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;

-- An owner's consent. projects: ids in ascending order, "," between; ids are never used twice, so one of a
-- deleted project means nothing. released_until: no binding uses it any more but the undo of a rebind may.
CREATE TABLE IF NOT EXISTS scope_grant (
  integration_id BIGINT NOT NULL,
  subscription_id BIGINT NOT NULL,
  account_id BIGINT NOT NULL,
  all_projects TINYINT NOT NULL,
  projects TEXT NOT NULL,
  granted_at BIGINT NOT NULL,
  released_until BIGINT NULL,
  entry BIGINT NOT NULL,
  mac BINARY(32) NOT NULL,
  PRIMARY KEY (integration_id, subscription_id),
  KEY scope_grant_subscription (subscription_id),
  KEY scope_grant_account (account_id),
  CONSTRAINT scope_grant_integration FOREIGN KEY (integration_id) REFERENCES integration (id)
    ON DELETE CASCADE,
  CONSTRAINT scope_grant_of_subscription FOREIGN KEY (subscription_id) REFERENCES subscription (id)
    ON DELETE CASCADE,
  CONSTRAINT scope_grant_of_account FOREIGN KEY (account_id) REFERENCES account (id)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;

-- Since when somebody who had a role has none. The row goes when they get one again.
CREATE TABLE IF NOT EXISTS departure (
  account_id BIGINT NOT NULL,
  subscription_id BIGINT NOT NULL,
  left_at BIGINT NOT NULL,
  mac BINARY(32) NOT NULL,
  PRIMARY KEY (account_id, subscription_id),
  KEY departure_subscription (subscription_id),
  CONSTRAINT departure_account FOREIGN KEY (account_id) REFERENCES account (id),
  CONSTRAINT departure_of_subscription FOREIGN KEY (subscription_id) REFERENCES subscription (id)
    ON DELETE CASCADE
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;

-- For how many days runners still get the values of somebody who left: 0 to 365.
ALTER TABLE subscription
  ADD COLUMN grace_days SMALLINT NOT NULL DEFAULT 30;
