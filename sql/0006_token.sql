-- 0006: personal access tokens. Only the hash of a token is kept. scopes: bit 1 read, 2 write, 4 workflow.
-- seen_at 0: never used.

CREATE TABLE IF NOT EXISTS access_token (
  id BIGINT NOT NULL AUTO_INCREMENT PRIMARY KEY,
  account_id BIGINT NOT NULL,
  token_hash BINARY(32) NOT NULL,
  name VARCHAR(80) NOT NULL,
  scopes TINYINT NOT NULL,
  created_at BIGINT NOT NULL,
  expires_at BIGINT NOT NULL,
  seen_at BIGINT NOT NULL DEFAULT 0,
  seen_address VARCHAR(45) NOT NULL DEFAULT '',
  UNIQUE KEY access_token_hash (token_hash),
  KEY access_token_account (account_id, id),
  CONSTRAINT access_token_account_fk FOREIGN KEY (account_id) REFERENCES account (id)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;
