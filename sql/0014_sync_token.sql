-- 0014: sync tokens: what a project's CI sends its workflow files with. Only the hash of one is kept. It acts for
-- its project, without an account: who made it may leave. seen_at 0: never used.

CREATE TABLE IF NOT EXISTS sync_token (
  id BIGINT NOT NULL AUTO_INCREMENT PRIMARY KEY,
  subscription_id BIGINT NOT NULL,
  project_id BIGINT NOT NULL,
  token_hash BINARY(32) NOT NULL,
  name VARCHAR(80) NOT NULL,
  created_at BIGINT NOT NULL,
  created_by BIGINT NOT NULL,
  expires_at BIGINT NOT NULL,
  seen_at BIGINT NOT NULL DEFAULT 0,
  seen_address VARCHAR(45) NOT NULL DEFAULT '',
  UNIQUE KEY sync_token_hash (token_hash),
  UNIQUE KEY sync_token_name (project_id, name),
  CONSTRAINT sync_token_project FOREIGN KEY (project_id) REFERENCES project (id) ON DELETE CASCADE,
  CONSTRAINT sync_token_created_by FOREIGN KEY (created_by) REFERENCES account (id)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;

-- synced_token: "token NAME" when a sync token sent the file, whose row may be gone since; then synced_by is NULL.
ALTER TABLE workflow_file
  ADD COLUMN synced_token VARCHAR(80) NOT NULL DEFAULT '';
