-- 0007: a deleted project takes its collaborators' rows with it. The web process, which deletes projects, may
-- not write rights; a right to what is no more is none.

ALTER TABLE collaborator
  DROP FOREIGN KEY collaborator_project_fk,
  ADD CONSTRAINT collaborator_project_gone FOREIGN KEY (project_id) REFERENCES project (id) ON DELETE CASCADE;
