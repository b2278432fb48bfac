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

COMMIT;
ANALYZE TABLE workflow_file, reference, project;
