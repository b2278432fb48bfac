-- 0016: where a project's repository is at its Git host, for links from a line that names an integration.
-- url: empty when nobody said. git_host: what runs there (enum git_host); 0: as the URL says.

ALTER TABLE project
  ADD COLUMN url VARCHAR(500) NOT NULL DEFAULT '',
  ADD COLUMN git_host TINYINT NOT NULL DEFAULT 0;
