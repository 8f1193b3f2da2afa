-- MariaDB, part `audit-permissions`: shows the account `auditor` of scripts/grants/mariadb.sql how everybody logs in. It
-- adds a view, in a database of its own, that returns facts and never a secret. Safe to run again. Run it as an
-- administrator who may read mysql.global_priv, after the first part, with the same host:
--
--     sed "s/@'%'/@'10.0.0.7'/" scripts/grants/mariadb-audit-permissions.sql | mariadb --user=root -p
--
-- Without it the rules weak_authentication and unprotected_transport are not checked. To take it back:
-- DROP DATABASE crmaudit_permissions.
--
-- MySQL has no mysql.global_priv. Where crmaudit meets MySQL, the rules about permissions are not checked.
CREATE DATABASE IF NOT EXISTS crmaudit_permissions;

-- One row for each way in which an account may log in: the plugin, and of its secret only whether there is one. An
-- account with several ways has the list auth_or, in which {} stands for the first one.
CREATE OR REPLACE SQL SECURITY DEFINER VIEW crmaudit_permissions.logins AS
SELECT l.user, l.host, l.way,
       CASE WHEN l.plugin IN ('', 'mysql_native_password') AND l.secret RLIKE '^[0-9A-Fa-f]{16}$' THEN 'mysql_old_password'
            WHEN l.plugin = '' THEN 'mysql_native_password'
            ELSE l.plugin END AS method,
       CASE WHEN l.secret = '' THEN 'none'
            WHEN l.plugin IN ('', 'mysql_native_password') AND l.secret NOT RLIKE '^([*][0-9A-Fa-f]{40}|[0-9A-Fa-f]{16})$'
                 THEN 'unusable'
            ELSE 'set' END AS secret,
       l.is_locked, l.ssl_type, l.password_lifetime
FROM (SELECT g.User AS user, g.Host AS host, n.n AS way,
             COALESCE(JSON_VALUE(g.Priv, CONCAT('$.auth_or[', n.n, '].plugin')), JSON_VALUE(g.Priv, '$.plugin'), '') AS plugin,
             CASE WHEN JSON_VALUE(g.Priv, CONCAT('$.auth_or[', n.n, '].plugin')) IS NULL
                  THEN COALESCE(JSON_VALUE(g.Priv, '$.authentication_string'), '')
                  ELSE COALESCE(JSON_VALUE(g.Priv, CONCAT('$.auth_or[', n.n, '].authentication_string')), '') END AS secret,
             COALESCE(JSON_VALUE(g.Priv, '$.account_locked'), 0) AS is_locked,
             COALESCE(JSON_VALUE(g.Priv, '$.ssl_type'), 0) AS ssl_type,
             COALESCE(JSON_VALUE(g.Priv, '$.password_lifetime'), -1) AS password_lifetime
      FROM mysql.global_priv g
      JOIN (SELECT 0 AS n UNION SELECT 1 UNION SELECT 2 UNION SELECT 3 UNION SELECT 4 UNION SELECT 5 UNION SELECT 6
            UNION SELECT 7 UNION SELECT 8 UNION SELECT 9) n
        ON n.n < GREATEST(COALESCE(JSON_LENGTH(g.Priv, '$.auth_or'), 0), 1)
      WHERE COALESCE(JSON_VALUE(g.Priv, '$.is_role'), 0) = 0) l;

GRANT SELECT ON crmaudit_permissions.logins TO auditor@'%';
