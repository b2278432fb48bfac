-- fill.sql: brings a demo database to the size that the bench needs. @rows: integrations in all, in
-- thousands up to a million.
-- acme gets 1,000, of which half are for all projects and half for one to three; what is over goes to
-- subscriptions of 1,000 each, without
-- what hangs on an integration.

SET SESSION unique_checks = 0, foreign_key_checks = 0, autocommit = 0;
SET @now = UNIX_TIMESTAMP();
SET @acme = (SELECT id FROM subscription WHERE slug = 'acme');

INSERT INTO integration (uid, subscription_id, name, type, url, all_projects, edit_roles, created_at,
    changed_at)
  SELECT UNHEX(MD5(CONCAT('acme', seq))), @acme, CONCAT('integration-', LPAD(seq, 4, '0')),
    ELT(1 + seq MOD 4, 'jenkins', 'github', 'dockerRegistryLogin', 'slackKey'),
    CONCAT('https://service-', seq, '.acme.example/some/path'), seq MOD 2, 6, @now, @now
  FROM seq_1_to_1000
  WHERE seq <= 1000 - (SELECT COUNT(*) FROM integration WHERE subscription_id = @acme);

INSERT IGNORE INTO integration_project (integration_id, project_id)
  SELECT i.id, p.id FROM integration i JOIN project p ON p.subscription_id = i.subscription_id
  WHERE i.subscription_id = @acme AND i.all_projects = 0 AND i.name LIKE 'integration-%'
    AND (i.id + p.id) MOD 2 = 0;

INSERT INTO subscription (uid, slug, name, created_at)
  SELECT UNHEX(MD5(CONCAT('load', seq))), CONCAT('load-', seq), CONCAT('load-', seq), @now
  FROM seq_1_to_999 WHERE seq <= @rows DIV 1000 - 1;
SET @first = (SELECT MIN(id) FROM subscription WHERE slug LIKE 'load-%');

INSERT INTO integration (uid, subscription_id, name, type, url, all_projects, edit_roles, created_at,
    changed_at)
  SELECT UNHEX(LPAD(HEX(seq), 32, '0')), @first + seq DIV 1000, CONCAT('integration-', LPAD(seq MOD 1000, 4, '0')),
    'jenkins', CONCAT('https://service-', seq, '.load.example/some/path'), 1, 6, @now, @now
  FROM seq_0_to_998999 WHERE seq < @rows - 1000;

INSERT IGNORE INTO integration_url (integration_id, position, url_key, url, origin)
  SELECT id, 0, IF(type = 'jenkins', 'apiUrl', 'url'), url, SUBSTRING_INDEX(url, '/', 3)
  FROM integration WHERE subscription_id = @acme;

COMMIT;
ANALYZE TABLE integration, integration_url, integration_project, subscription;
