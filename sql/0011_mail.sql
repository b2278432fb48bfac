-- 0011: a mail address of an account: for one-time links, and for whoever administers the site. NULL: none is
-- noted. Nobody signs in by it, so it need not be unique.

ALTER TABLE account
  ADD COLUMN email VARCHAR(254) NULL;
