-- fill_references.sql: a million references beside those that are measured: @rows of them, 200 in a file, five
-- files in a project, ten projects in a subscription of the load; each integration there is named often.

SET SESSION unique_checks = 0, foreign_key_checks = 0, autocommit = 0;
SET @now = UNIX_TIMESTAMP();
SET @first = (SELECT MIN(id) FROM subscription WHERE slug LIKE 'load-%');

INSERT INTO project (id, subscription_id, name, created_at)
  SELECT 1000000 + seq, @first + seq DIV 10, CONCAT('load-', seq), @now FROM seq_0_to_9999 WHERE seq < @rows DIV 1000;

INSERT INTO workflow_file (id, subscription_id, project_id, path, hash, size, references_n, dynamic_n, synced_at,
    read_at, fault_line, fault)
  SELECT 1000000 + seq, @first + seq DIV 50, 1000000 + seq DIV 5, CONCAT('ci/', seq, '.shippable.yml'),
    UNHEX(SHA2(seq, 256)), 9000, 200, 0, @now, @now, 0, ''
  FROM seq_0_to_49999 WHERE seq < @rows DIV 200;

INSERT INTO reference (file_id, n, subscription_id, project_id, line, col, kind, is_dynamic, ref_key, consumer, name)
  SELECT 1000000 + seq DIV 200, seq MOD 200, @first + seq DIV 10000, 1000000 + seq DIV 1000, seq MOD 200 + 1, 5, 2, 0,
    'integrations', CONCAT('job-', seq MOD 50), CONCAT('integration-', LPAD(seq MOD 1000, 4, '0'))
  FROM seq_0_to_9999999 WHERE seq < @rows;

INSERT INTO name_use (subscription_id, name, uses)
  SELECT subscription_id, name, COUNT(*) FROM reference WHERE project_id >= 1000000 GROUP BY subscription_id, name;

-- in acme one project more: its 50 files name integration-0001 in 10,000 places, and a file 600 others once each
INSERT INTO project (id, subscription_id, name, created_at) SELECT 2000000, id, 'load', @now FROM subscription WHERE slug = 'acme';

INSERT INTO workflow_file (id, subscription_id, project_id, path, hash, size, references_n, dynamic_n, synced_at,
    read_at, fault_line, fault)
  SELECT 2000000 + seq, p.subscription_id, p.id, CONCAT('ci/', seq, '.shippable.yml'), UNHEX(SHA2(seq, 256)), 9000,
    IF(seq < 50, 200, 600), 0, @now, @now, 0, ''
  FROM project p JOIN seq_0_to_50 WHERE p.id = 2000000;

INSERT INTO reference (file_id, n, subscription_id, project_id, line, col, kind, is_dynamic, ref_key, consumer, name)
  SELECT w.id, seq, w.subscription_id, w.project_id, seq + 1, 5, 2, 0, 'integrations', CONCAT('job-', seq),
    IF(w.id < 2000050, 'integration-0001', CONCAT('integration-', LPAD(100 + seq, 4, '0')))
  FROM workflow_file w JOIN seq_0_to_599 WHERE w.project_id = 2000000 AND seq < w.references_n;

INSERT INTO name_use (subscription_id, name, uses)
  SELECT subscription_id, name, COUNT(*) FROM reference WHERE project_id = 2000000 GROUP BY subscription_id, name;
UPDATE subscription SET revision = revision + 1 WHERE slug = 'acme';

COMMIT;
ANALYZE TABLE workflow_file, reference, project, name_use;
