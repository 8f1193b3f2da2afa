-- SQL Server (2017 and later), part `audit`: the read-only account `auditor` that crmaudit connects with. It reads rows
-- and the catalog; sqlserver-audit-permissions.sql also shows it how everybody logs in.
--
-- PARSED, AND NEVER RUN ON A SERVER. Read it before you run it, statement by statement, on a server without data first.
--
-- `crm` stands for the name of the CRM's database; replace it, and run the script as an administrator:
--
--     sed "s/\[crm\]/[suitecrm]/" scripts/grants/sqlserver.sql | sqlcmd -S server -E -b
--
-- The login stays disabled, with a password that nobody knows. Give it one that appears in no file, in sqlcmd:
--
--     ALTER LOGIN auditor WITH PASSWORD = '…'; ALTER LOGIN auditor ENABLE;
USE [master];
GO
IF SUSER_ID(N'auditor') IS NULL
BEGIN
    DECLARE @statement nvarchar(400) = N'CREATE LOGIN auditor WITH PASSWORD = '
        + QUOTENAME(CONVERT(nvarchar(50), NEWID()) + CONVERT(nvarchar(50), NEWID()), N'''');
    EXECUTE sys.sp_executesql @statement;
    EXECUTE sys.sp_executesql N'ALTER LOGIN auditor DISABLE';
END;
GO
-- Needed to see who has rights on the whole server, and linked servers. It shows definitions, no rows. What the parser's
-- grammar lacks stands in texts.
EXECUTE sys.sp_executesql N'GRANT VIEW ANY DEFINITION TO auditor';
GO
USE [crm];
GO
-- Of the login of the same name.
IF USER_ID(N'auditor') IS NULL CREATE USER auditor;
GO
-- Needed to count rows.
GRANT SELECT ON DATABASE::[crm] TO auditor;
GO
-- Needed to see who may do what: SQL Server leaves out of its catalogs what an account may not see.
EXECUTE sys.sp_executesql N'GRANT VIEW DEFINITION TO auditor';
GO
