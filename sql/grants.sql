-- grants.sql: what each process may do in the database, from the table "Who writes what". Run by
-- `signet-admin migrate` after the numbered migrations, as often as wanted. @db@ is the database.
-- Web reads whole tables or nothing: MariaDB lets HANDLER read all columns of a table of which an account
-- may read one. The accounts themselves are made by the operator (deploy/), since how they sign in is local.

-- Ids, uids, types and owners never change: a box says whose it is by uid, and two subscriptions whose
-- uids were swapped would swap their secrets. Nor is it the web's to enable who was disabled.
GRANT SELECT, INSERT, UPDATE (theme, name, email, signed_in_at) ON @db@.account TO signet_web@localhost;
-- Only an empty one can be deleted (projects and integrations refer to it); its roles go along.
GRANT SELECT, INSERT, DELETE, UPDATE (revision, activity, name, disabled_at, grace_days)
      ON @db@.subscription TO signet_web@localhost;
GRANT SELECT, INSERT, UPDATE (name, url, git_host), DELETE ON @db@.project TO signet_web@localhost;
GRANT SELECT, UPDATE (revision) ON @db@.people_revision TO signet_web@localhost;
GRANT SELECT ON @db@.site_role TO signet_web@localhost;
GRANT SELECT ON @db@.role TO signet_web@localhost;
GRANT SELECT ON @db@.collaborator TO signet_web@localhost;
GRANT SELECT ON @db@.confirmation TO signet_web@localhost;
GRANT SELECT, INSERT, UPDATE, DELETE ON @db@.session TO signet_web@localhost;
GRANT SELECT, INSERT, UPDATE, DELETE ON @db@.throttle TO signet_web@localhost;
GRANT SELECT, INSERT, UPDATE (seen_at, seen_address), DELETE ON @db@.access_token TO signet_web@localhost;
-- whose a token is, and of which project, is said once
GRANT SELECT, INSERT, UPDATE (seen_at, seen_address), DELETE ON @db@.sync_token TO signet_web@localhost;
GRANT SELECT, INSERT, DELETE,
      UPDATE (name, url, all_projects, edit_roles, version, changed_at, changed_by,
              disabled_at, disabled_by, disabled_reason, used_at)
      ON @db@.integration TO signet_web@localhost;
GRANT SELECT, INSERT, UPDATE, DELETE ON @db@.integration_url TO signet_web@localhost;
GRANT SELECT, INSERT, UPDATE, DELETE ON @db@.integration_value TO signet_web@localhost;
GRANT SELECT, INSERT, UPDATE, DELETE ON @db@.integration_project TO signet_web@localhost;
-- whose account integration a subscription's takes its values from is the vault's to say; to take a
-- consent back needs nobody's password
GRANT SELECT ON @db@.binding TO signet_web@localhost;
GRANT SELECT, DELETE ON @db@.scope_grant TO signet_web@localhost;
GRANT SELECT ON @db@.departure TO signet_web@localhost;
-- whose a file is never changes; references are written anew with their file
GRANT SELECT, INSERT, DELETE,
      UPDATE (hash, size, references_n, dynamic_n, synced_at, synced_by, synced_token, read_at,
              fault_line, fault, kept_lines)
      ON @db@.workflow_file TO signet_web@localhost;
GRANT SELECT, INSERT, DELETE ON @db@.reference TO signet_web@localhost;
GRANT SELECT, INSERT, DELETE ON @db@.name_use TO signet_web@localhost;
GRANT SELECT ON @db@.seal_key TO signet_web@localhost;
GRANT SELECT, INSERT, DELETE ON @db@.sealed TO signet_web@localhost;
-- INSERT alone: a box goes with its row in sealed
GRANT INSERT ON @db@.sealed_box TO signet_web@localhost;
GRANT SELECT, INSERT, UPDATE (seq, hash) ON @db@.audit_head TO signet_web@localhost;
GRANT SELECT, INSERT ON @db@.audit TO signet_web@localhost;
GRANT SELECT ON @db@.migration TO signet_web@localhost;

-- an account is disabled and enabled by the vault alone, and its sessions end in the same transaction
GRANT SELECT, UPDATE (disabled_at, password_at) ON @db@.account TO signet_vault@localhost;
GRANT SELECT, DELETE ON @db@.session TO signet_vault@localhost;
GRANT SELECT, DELETE ON @db@.access_token TO signet_vault@localhost;
-- the revision alone: granting a right is a change of the subscription, too
GRANT SELECT, UPDATE (revision) ON @db@.subscription TO signet_vault@localhost;
GRANT SELECT, UPDATE (revision) ON @db@.people_revision TO signet_vault@localhost;
GRANT SELECT ON @db@.project TO signet_vault@localhost;
GRANT SELECT, INSERT, UPDATE, DELETE ON @db@.password TO signet_vault@localhost;
GRANT SELECT, INSERT, UPDATE, DELETE ON @db@.site_role TO signet_vault@localhost;
GRANT SELECT, INSERT, UPDATE, DELETE ON @db@.role TO signet_vault@localhost;
GRANT SELECT, INSERT, UPDATE, DELETE ON @db@.collaborator TO signet_vault@localhost;
GRANT SELECT, INSERT, UPDATE, DELETE ON @db@.confirmation TO signet_vault@localhost;
GRANT SELECT, INSERT, UPDATE, DELETE ON @db@.password_link TO signet_vault@localhost;
-- the row of a bound one, which has no value of its own, comes into being with its binding
GRANT SELECT, INSERT, UPDATE (version, changed_at, changed_by) ON @db@.integration TO signet_vault@localhost;
GRANT SELECT, INSERT, UPDATE, DELETE ON @db@.binding TO signet_vault@localhost;
GRANT SELECT, INSERT, UPDATE, DELETE ON @db@.scope_grant TO signet_vault@localhost;
GRANT SELECT, INSERT, UPDATE, DELETE ON @db@.departure TO signet_vault@localhost;
GRANT SELECT ON @db@.integration_project TO signet_vault@localhost;
GRANT SELECT ON @db@.integration_url TO signet_vault@localhost;
GRANT SELECT ON @db@.seal_key TO signet_vault@localhost;
GRANT SELECT, UPDATE ON @db@.sealed TO signet_vault@localhost;
GRANT SELECT, UPDATE ON @db@.sealed_box TO signet_vault@localhost;
GRANT SELECT, INSERT, UPDATE ON @db@.audit_head TO signet_vault@localhost;
GRANT SELECT, INSERT ON @db@.audit TO signet_vault@localhost;
GRANT SELECT ON @db@.migration TO signet_vault@localhost;
