-- The database and the accounts of Signet's programs. Run by the server's administrator, as often as
-- wanted; one statement a line. What each account may do in the tables is in sql/grants.sql, which
-- `signet-admin migrate` applies. unix_socket: only the Unix user of the same name gets in, no password.
CREATE DATABASE IF NOT EXISTS signet CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;
CREATE USER IF NOT EXISTS signet_web@localhost IDENTIFIED VIA unix_socket;
CREATE USER IF NOT EXISTS signet_vault@localhost IDENTIFIED VIA unix_socket;
CREATE USER IF NOT EXISTS signet_admin@localhost IDENTIFIED VIA unix_socket;
GRANT ALL PRIVILEGES ON signet.* TO signet_admin@localhost WITH GRANT OPTION;
