-- 0013: of each reference the type of its resource and where the text stands that a rename would change; of each
-- file the lines around its references (core/workflow_lines.h). NULL: not known, the file was read before.

-- spot_line: from 1, spot_at: bytes before it in that line, spot_bytes: how many; spot_line 0: there is none.
ALTER TABLE reference
  ADD COLUMN resource_type VARCHAR(100) NOT NULL DEFAULT '',
  ADD COLUMN spot_line INT NOT NULL DEFAULT 0,
  ADD COLUMN spot_at INT NOT NULL DEFAULT 0,
  ADD COLUMN spot_bytes INT NOT NULL DEFAULT 0;

ALTER TABLE workflow_file
  ADD COLUMN kept_lines MEDIUMBLOB NULL;

-- No bytes have this hash, so that the next sync reads every file again.
UPDATE workflow_file SET hash = REPEAT('\0', 32);
