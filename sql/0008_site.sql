-- 0008: what site administration shows and does. Times that lists show stand in the account, since
-- sessions are swept and the web process may not read the table of passwords; the vault writes
-- password_at with each password. A disabled subscription keeps everything, and nobody gets in.

ALTER TABLE account
  ADD COLUMN signed_in_at BIGINT NULL,
  ADD COLUMN password_at BIGINT NULL;

UPDATE account a SET
  signed_in_at = (SELECT MAX(x.at) FROM audit x
    WHERE x.chain = CONCAT('account:', a.id) AND x.action = 'session.create'),
  password_at = (SELECT p.set_at FROM password p WHERE p.account_id = a.id);

ALTER TABLE subscription
  ADD COLUMN disabled_at BIGINT NULL;

-- A subscription that is deleted takes the roles in it along: only an empty one can be, and the web
-- process may write no role. Projects and integrations stand against it.
ALTER TABLE role
  DROP FOREIGN KEY role_subscription_fk,
  ADD CONSTRAINT role_of_subscription FOREIGN KEY (subscription_id) REFERENCES subscription (id)
    ON DELETE CASCADE;
