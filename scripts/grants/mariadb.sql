-- MariaDB and MySQL, part `audit`: the read-only account `auditor` that crmaudit connects with. It reads rows and the
-- catalog; mariadb-audit-permissions.sql also shows it how everybody logs in. Safe to run again.
-- `crm` stands for the name of the CRM's database, '%' for the host the audit runs on; replace them:
--
--     sed "s/\`crm\`/\`suitecrm\`/; s/@'%'/@'10.0.0.7'/" scripts/grants/mariadb.sql | mariadb --user=root -p
--
-- then give the account a password that appears in no file and unlock it, in the mariadb client:
--
--     ALTER USER auditor@'10.0.0.7' IDENTIFIED BY '…' ACCOUNT UNLOCK;

-- The account. Locked until it has a password.
CREATE USER IF NOT EXISTS auditor@'%' ACCOUNT LOCK;

-- Needed to see the tables and columns (MariaDB hides what is not granted) and to count rows; SHOW VIEW to see what
-- views read.
GRANT SELECT, SHOW VIEW ON `crm`.* TO auditor@'%';

-- Needed for the permission checks: who exists, who may do what. Not granted: SELECT on mysql.* as a whole, nor the
-- columns that hold password hashes. On MySQL leave out is_role and default_role, and take mysql.role_edges in place
-- of mysql.roles_mapping.
GRANT SELECT (User, Host, plugin, is_role, default_role, Select_priv, Insert_priv, Update_priv, Delete_priv,
              Create_priv, Drop_priv, Alter_priv, Execute_priv, Grant_priv, File_priv, Super_priv, Process_priv,
              Create_user_priv, Repl_slave_priv)
    ON mysql.user TO auditor@'%';
GRANT SELECT ON mysql.db TO auditor@'%';
GRANT SELECT ON mysql.tables_priv TO auditor@'%';
GRANT SELECT ON mysql.columns_priv TO auditor@'%';
GRANT SELECT ON mysql.procs_priv TO auditor@'%';
GRANT SELECT ON mysql.roles_mapping TO auditor@'%';

-- Needed to see which other servers tables may live on. Not granted: the columns with users and passwords. On a server
-- with replicas, PROCESS shows their addresses (and what everybody else runs); on a replica, REPLICA MONITOR shows that
-- of its primary. Without them the rule on the place of the data stays partly unchecked, which can be accepted.
GRANT SELECT (Server_name, Host) ON mysql.servers TO auditor@'%';
