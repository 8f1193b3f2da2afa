-- SQL Server (2017 and later), part `audit-permissions`: shows the login `auditor` of scripts/grants/sqlserver.sql how
-- everybody logs in, and whether its own connection is encrypted. It adds two procedures to master that return facts and
-- never a hash, signed by a certificate whose login may see what the facts are made of; nobody can log in as it, and the
-- certificate's key is thrown away.
--
-- PARSED, AND NEVER RUN ON A SERVER. Read it before you run it, statement by statement, on a server without data first.
--
--     sqlcmd -S server -E -b -i scripts/grants/sqlserver-audit-permissions.sql
--
-- Without it nobody's empty password is found, nor whether the audit's own line is open. With it what is found is told,
-- and on SQL Server the rules about permissions are never clean. To take it back, in master: DROP PROCEDURE
-- dbo.crmaudit_logins; DROP PROCEDURE dbo.crmaudit_line; DROP LOGIN crmaudit_certificate; DROP CERTIFICATE
-- crmaudit_certificate; DROP USER auditor. To run it again, take it back first.
USE [master];
GO
-- One row for each login with a password of the server's own.
CREATE PROCEDURE dbo.crmaudit_logins AS
SELECT CONVERT(varchar(200), l.sid, 2) AS sid,
       CASE WHEN l.password_hash IS NULL THEN NULL ELSE PWDCOMPARE(N'', l.password_hash) END AS is_empty,
       l.is_policy_checked, l.is_expiration_checked,
       CAST(LOGINPROPERTY(l.name, 'DaysUntilExpiration') AS int) AS days_left,
       CONVERT(varchar(10), DATEADD(day, CAST(LOGINPROPERTY(l.name, 'DaysUntilExpiration') AS int), SYSUTCDATETIME()), 23)
           AS valid_until
FROM sys.sql_logins AS l ORDER BY l.name;
GO
-- The connection that asks, and no other.
CREATE PROCEDURE dbo.crmaudit_line AS
SELECT CASE WHEN c.encrypt_option = 'TRUE' THEN 1 ELSE 0 END AS is_encrypted,
       CASE WHEN c.net_transport = 'Shared memory' OR c.client_net_address = '<local machine>'
                 OR c.client_net_address LIKE '127.%' OR c.client_net_address = '::1' THEN 1 ELSE 0 END AS is_local
FROM sys.dm_exec_connections AS c WHERE c.session_id = @@SPID;
GO
-- The password of the key lives as long as this batch.
DECLARE @password nvarchar(200) = QUOTENAME(CONVERT(nvarchar(50), NEWID()) + CONVERT(nvarchar(50), NEWID()), N'''');
DECLARE @statement nvarchar(1000) = N'CREATE CERTIFICATE crmaudit_certificate ENCRYPTION BY PASSWORD = ' + @password
    + N' WITH SUBJECT = ''crmaudit: facts about logins'', EXPIRY_DATE = ''20991231''';
EXECUTE sys.sp_executesql @statement;
SET @statement = N'ADD SIGNATURE TO dbo.crmaudit_logins BY CERTIFICATE crmaudit_certificate WITH PASSWORD = '
    + @password;
EXECUTE sys.sp_executesql @statement;
SET @statement = N'ADD SIGNATURE TO dbo.crmaudit_line BY CERTIFICATE crmaudit_certificate WITH PASSWORD = '
    + @password;
EXECUTE sys.sp_executesql @statement;
EXECUTE sys.sp_executesql N'ALTER CERTIFICATE crmaudit_certificate REMOVE PRIVATE KEY';
EXECUTE sys.sp_executesql N'CREATE LOGIN crmaudit_certificate FROM CERTIFICATE crmaudit_certificate';
GO
-- Hashes are hidden from less. The right works within the two procedures alone, and ends when either is changed.
EXECUTE sys.sp_executesql N'GRANT CONTROL SERVER TO crmaudit_certificate';
GO
IF USER_ID(N'auditor') IS NULL CREATE USER auditor;
GO
GRANT EXECUTE ON OBJECT::dbo.crmaudit_logins TO auditor;
GO
GRANT EXECUTE ON OBJECT::dbo.crmaudit_line TO auditor;
GO
