-- 0002: what rights from pages need. Both tables are written by the vault alone; mac covers the row.

-- Somebody typed their password into the session or with the access token of this hash, at this time.
CREATE TABLE IF NOT EXISTS confirmation (
  session_hash BINARY(32) NOT NULL PRIMARY KEY,
  account_id BIGINT NOT NULL,
  at BIGINT NOT NULL,
  mac BINARY(32) NOT NULL,
  KEY confirmation_account (account_id),
  KEY confirmation_at (at),
  CONSTRAINT confirmation_account_fk FOREIGN KEY (account_id) REFERENCES account (id)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;

-- One-time links for a first or forgotten password, by the hash of their code. mac covers the row and
-- the mac of the account's password row, so that a link fits no password but the one it was made for.
CREATE TABLE IF NOT EXISTS password_link (
  account_id BIGINT NOT NULL PRIMARY KEY,
  code_hash BINARY(32) NOT NULL,
  created_at BIGINT NOT NULL,
  expires_at BIGINT NOT NULL,
  mac BINARY(32) NOT NULL,
  UNIQUE KEY password_link_code (code_hash),
  CONSTRAINT password_link_account FOREIGN KEY (account_id) REFERENCES account (id)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;
