-- PostgreSQL, part `audit`: the read-only account `auditor` that crmaudit connects with. It reads rows and the catalog;
-- postgresql-audit-permissions.sql also shows it how everybody logs in. Safe to run again.
-- Run it as a superuser or as the owner of the CRM's tables, connected to the CRM's database:
--
--     psql -d crm -v schema=public -v owner=crm_owner -f scripts/grants/postgresql.sql
--
-- then give the account a password that appears in no file:  \password auditor
-- A CRM with several schemas: once per schema. Without -v: schema public, owner = the account that runs this.
\set ON_ERROR_STOP on
\if :{?schema}
\else
\set schema public
\endif
\if :{?owner}
\else
\set owner CURRENT_USER
\endif

-- The account. It has no password yet, owns nothing and may do nothing.
SELECT 'CREATE ROLE auditor LOGIN NOSUPERUSER NOCREATEDB NOCREATEROLE NOREPLICATION NOBYPASSRLS'
WHERE NOT EXISTS (SELECT FROM pg_roles WHERE rolname = 'auditor') \gexec

-- A second lock on the same door: sessions of this account start read-only, and few of them may exist at once.
ALTER ROLE auditor SET default_transaction_read_only = on;
ALTER ROLE auditor CONNECTION LIMIT 5;

-- Needed to connect; most databases grant it to everybody anyway.
SELECT format('GRANT CONNECT ON DATABASE %I TO auditor', current_database()) \gexec

-- Needed to name the tables of the schema in a statement.
GRANT USAGE ON SCHEMA :"schema" TO auditor;

-- Needed to count rows. Reading the structure, the roles and the grants needs no privilege on PostgreSQL. On a server
-- with replicas, GRANT pg_read_all_stats TO auditor shows their addresses (and what everybody else runs).
GRANT SELECT ON ALL TABLES IN SCHEMA :"schema" TO auditor;

-- The same for tables that the owner creates later, so that an update of the CRM does not make the audit incomplete.
ALTER DEFAULT PRIVILEGES FOR ROLE :owner IN SCHEMA :"schema" GRANT SELECT ON TABLES TO auditor;
