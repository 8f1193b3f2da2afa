-- PostgreSQL, part `audit-permissions`: shows the account `auditor` of scripts/grants/postgresql.sql how everybody logs
-- in. It adds two functions that return facts and never a secret. Safe to run again. Run it as a superuser, connected to
-- the CRM's database, after the first part:
--
--     psql -d crm -f scripts/grants/postgresql-audit-permissions.sql
--
-- Without it the rules weak_authentication, remote_access and unprotected_transport are not checked. To take it back:
-- DROP SCHEMA crmaudit_permissions CASCADE.
\set ON_ERROR_STOP on
BEGIN;
SET LOCAL client_min_messages = warning;

DO $$
BEGIN
    IF NOT (SELECT rolsuper FROM pg_catalog.pg_roles WHERE rolname = current_user) THEN
        RAISE EXCEPTION 'only a superuser sees what these functions show: run this as one';
    END IF;
END $$;

-- A schema of their own that nobody else may change: functions with their owner's rights must be their owner's.
CREATE SCHEMA IF NOT EXISTS crmaudit_permissions;
ALTER SCHEMA crmaudit_permissions OWNER TO CURRENT_USER;
REVOKE ALL ON SCHEMA crmaudit_permissions FROM PUBLIC;
GRANT USAGE ON SCHEMA crmaudit_permissions TO auditor;
DROP FUNCTION IF EXISTS crmaudit_permissions.logins();
DROP FUNCTION IF EXISTS crmaudit_permissions.host_rules();

-- Who has a password, and how its hash is made: 'scram-sha-256', 'md5', 'other', or '' for none. Not the hash.
CREATE FUNCTION crmaudit_permissions.logins() RETURNS TABLE (account oid, kind text)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
    SELECT a.oid, CASE WHEN a.rolpassword IS NULL THEN ''
                       WHEN left(a.rolpassword, 14) = 'SCRAM-SHA-256$' THEN 'scram-sha-256'
                       WHEN left(a.rolpassword, 3) = 'md5' THEN 'md5'
                       ELSE 'other' END
    FROM pg_catalog.pg_authid a WHERE a.rolcanlogin
$$;

-- The lines of pg_hba.conf as the file now stands: who may come from where, and how it is proven. Of a line's options
-- only whether it asks for a certificate: others hold passwords of LDAP and RADIUS servers. A line that the server does
-- not understand has no type.
CREATE FUNCTION crmaudit_permissions.host_rules()
RETURNS TABLE (place bigint, line integer, type text, databases text[], users text[], address text, method text,
               asks_certificate boolean, is_broken boolean)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
    SELECT row_number() OVER (), r.line_number, r.type, r.database, r.user_name,
           r.address || coalesce('/' || r.netmask, ''), r.auth_method,
           EXISTS (SELECT 1 FROM unnest(r.options) o
                   WHERE o LIKE 'clientcert=%' AND o NOT IN ('clientcert=no-verify', 'clientcert=0')),
           r.type IS NULL
    FROM pg_catalog.pg_hba_file_rules r
$$;

REVOKE ALL ON FUNCTION crmaudit_permissions.logins() FROM PUBLIC;
REVOKE ALL ON FUNCTION crmaudit_permissions.host_rules() FROM PUBLIC;
GRANT EXECUTE ON FUNCTION crmaudit_permissions.logins() TO auditor;
GRANT EXECUTE ON FUNCTION crmaudit_permissions.host_rules() TO auditor;

COMMIT;
