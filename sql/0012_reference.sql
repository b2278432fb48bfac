-- 0012: workflow files of projects, and what they name. A name is kept as text, not as an id: what it leads to
-- is looked up when somebody asks, since integrations come, go and change their projects.

-- path: as the repository has it. hash: of the bytes that were sent last. fault: why these could not be read
-- ("stale"; empty: they could); then the references are those of the last bytes that could, from read_at; 0: of none.
-- references_n, dynamic_n: how many rows of reference hang on it, and how many of these are dynamic.
CREATE TABLE IF NOT EXISTS workflow_file (
  id BIGINT NOT NULL AUTO_INCREMENT PRIMARY KEY,
  subscription_id BIGINT NOT NULL,
  project_id BIGINT NOT NULL,
  path VARCHAR(300) NOT NULL,
  hash BINARY(32) NOT NULL,
  size BIGINT NOT NULL,
  references_n INT NOT NULL,
  dynamic_n INT NOT NULL,
  synced_at BIGINT NOT NULL,
  synced_by BIGINT NULL,
  read_at BIGINT NOT NULL,
  fault_line INT NOT NULL,
  fault VARCHAR(300) NOT NULL,
  UNIQUE KEY workflow_file_path (project_id, path),
  KEY workflow_file_dynamic (subscription_id, dynamic_n),
  CONSTRAINT workflow_file_project FOREIGN KEY (project_id) REFERENCES project (id) ON DELETE CASCADE,
  CONSTRAINT workflow_file_synced_by FOREIGN KEY (synced_by) REFERENCES account (id)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;

-- n: the order in the file. A file's rows lie together; reference_name answers where something is used.
CREATE TABLE IF NOT EXISTS reference (
  file_id BIGINT NOT NULL,
  n INT NOT NULL,
  subscription_id BIGINT NOT NULL,
  project_id BIGINT NOT NULL,
  line INT NOT NULL,
  col INT NOT NULL,
  kind TINYINT NOT NULL,
  is_dynamic TINYINT NOT NULL,
  ref_key VARCHAR(60) NOT NULL,
  consumer VARCHAR(100) NOT NULL,
  name VARCHAR(100) NOT NULL,
  PRIMARY KEY (file_id, n),
  KEY reference_name (subscription_id, name, project_id),
  CONSTRAINT reference_file FOREIGN KEY (file_id) REFERENCES workflow_file (id) ON DELETE CASCADE
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;
