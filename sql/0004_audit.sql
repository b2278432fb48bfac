-- 0004: reading the audit trail, newest first: all of a chain, or by actor, kind of change, name or id of
-- the thing. Each key ends with the order of the page, so that a page of a chain of any length reads its
-- own entries and no more.

ALTER TABLE audit
  ADD KEY audit_at (chain, at, seq),
  ADD KEY audit_actor (chain, actor, at, seq),
  ADD KEY audit_action (chain, action, at, seq),
  ADD KEY audit_object (chain, object, at, seq),
  ADD KEY audit_object_id (chain, object_id, at, seq);
