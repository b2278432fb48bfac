-- 0003: an integration can be disabled, with a reason, and enabled again. disabled_at: NULL while it is enabled.

ALTER TABLE integration
  ADD COLUMN disabled_at BIGINT NULL,
  ADD COLUMN disabled_by BIGINT NULL,
  ADD COLUMN disabled_reason VARCHAR(200) NULL,
  ADD CONSTRAINT integration_disabled_by FOREIGN KEY (disabled_by) REFERENCES account (id);
