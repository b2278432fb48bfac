-- 0015: in how many places workflow files of a subscription have a name, so that lists of integrations need not
-- count them. Dynamic references do not count, nor do names that no integration can have (product rule 1); a name
-- without a place has no row. Whoever writes or removes references keeps it in the same transaction
-- (store/name_use.c).

CREATE TABLE IF NOT EXISTS name_use (
  subscription_id BIGINT NOT NULL,
  name VARCHAR(80) NOT NULL,
  uses BIGINT NOT NULL,
  PRIMARY KEY (subscription_id, name),
  CONSTRAINT name_use_subscription FOREIGN KEY (subscription_id) REFERENCES subscription (id) ON DELETE CASCADE
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;

INSERT IGNORE INTO name_use (subscription_id, name, uses)
  SELECT subscription_id, name, COUNT(*) FROM reference
  WHERE is_dynamic = 0 AND CHAR_LENGTH(name) BETWEEN 1 AND 80 AND name NOT LIKE '% '
  GROUP BY subscription_id, name;

-- used_at: when the last place that named it went, or it was given another name while there were some; 0: never.
ALTER TABLE integration ADD COLUMN used_at BIGINT NOT NULL DEFAULT 0;

-- holds all that finds a page of the places that have a name, in their order
ALTER TABLE reference
  ADD KEY reference_use (subscription_id, name, is_dynamic, project_id),
  DROP KEY reference_name;
