-- 0009: lists of integrations: searched, and in other orders than by name. integration_search holds all that
-- the search and the filters look at, so that a subscription's 10,000 are walked in the index alone; words
-- are name and URL in lower case, a line end between them.

ALTER TABLE integration
  ADD COLUMN words VARBINARY(2360) GENERATED ALWAYS AS (LEFT(LOWER(CONCAT(name, '\n', url)), 590)) STORED,
  ADD KEY integration_search (subscription_id, name, type, edit_roles, all_projects, disabled_at, changed_at, words),
  ADD KEY integration_type (subscription_id, type, name),
  ADD KEY integration_changed (subscription_id, changed_at, id);
