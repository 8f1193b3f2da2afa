-- crmaudit 1.0, purge script a08f92409787
-- Database crm (crm), audited on 15 Jun 2026, checksum of the result c0ffee
-- Policy gdpr, 0123456789abcdef
-- Valid until 22 Jun 2026
-- For sqlcmd. Read the README first, and review this file before you run it.
-- To end a run after the batch that is under way, create the table dbo.crmaudit_stop_a08f92409787 in another session. Drop it and run the file again to go on.
-- crmaudit has written this file and never runs it.
-- NEVER RUN THIS ON A LIVE SERVER: the statements have been parsed by a tool and read by people, and no SQL Server has ever run them. Try them on a restored copy.

:on error exit
SET ANSI_NULLS ON;
SET ANSI_PADDING ON;
SET ANSI_WARNINGS ON;
SET ARITHABORT ON;
SET CONCAT_NULL_YIELDS_NULL ON;
SET QUOTED_IDENTIFIER ON;
SET NUMERIC_ROUNDABORT OFF;
SET IMPLICIT_TRANSACTIONS OFF;
SET ROWCOUNT 0;
SET NOCOUNT ON;
SET XACT_ABORT ON;
SET LOCK_TIMEOUT 5000;
SET DEADLOCK_PRIORITY LOW;
SET NOEXEC OFF;
GO
DROP TABLE IF EXISTS #crmaudit_structure;
DROP TABLE IF EXISTS #crmaudit_counted;
DROP TABLE IF EXISTS #crmaudit_token;
GO
DECLARE @message nvarchar(2048), @passed int, @found bigint;
SET @passed = 0;
SELECT @passed = 1 WHERE NOT (OBJECT_ID(N'[dbo].[crmaudit_stop_a08f92409787]', N'U') IS NOT NULL);
IF @passed = 0
BEGIN
    SET @message = REPLACE(N'STOP: the table dbo.crmaudit_stop_a08f92409787 asks the run to stop; drop it to go on', N'%', N'%%');
    THROW 50000, @message, 1;
END;
SET @passed = 0;
SELECT @passed = 1 WHERE DB_NAME() COLLATE Latin1_General_100_BIN2 = N'crm';
IF @passed = 0
BEGIN
    SET @message = REPLACE(N'STOP: this is not the database crm that was audited', N'%', N'%%');
    THROW 50000, @message, 1;
END;
SET @passed = 0;
SELECT @passed = 1 WHERE CONVERT(varchar(10), SYSDATETIME(), 23) <= N'2026-06-22';
IF @passed = 0
BEGIN
    SET @message = REPLACE(N'STOP: this script was valid until 22 Jun 2026; audit again', N'%', N'%%');
    THROW 50000, @message, 1;
END;
SET @passed = 0;
SELECT @passed = 1 WHERE CONVERT(varchar(10), SYSDATETIME(), 23) >= N'2026-06-14';
IF @passed = 0
BEGIN
    SET @message = REPLACE(N'STOP: the clock of this database is before the day of the audit, 15 Jun 2026', N'%', N'%%');
    THROW 50000, @message, 1;
END;
SET @passed = 0;
SELECT @passed = 1 WHERE (SELECT STRING_AGG(CAST(c.name + N' ' + y.name + CASE WHEN y.name IN (N'char', N'varchar', N'binary', N'varbinary') THEN N'(' + CASE c.max_length WHEN -1 THEN N'max' ELSE CAST(c.max_length AS nvarchar(10)) END + N')' WHEN y.name IN (N'nchar', N'nvarchar') THEN N'(' + CASE c.max_length WHEN -1 THEN N'max' ELSE CAST(c.max_length / 2 AS nvarchar(10)) END + N')' WHEN y.name IN (N'decimal', N'numeric') THEN N'(' + CAST(c.precision AS nvarchar(10)) + N',' + CAST(c.scale AS nvarchar(10)) + N')' WHEN y.name IN (N'datetime2', N'datetimeoffset', N'time') THEN N'(' + CAST(c.scale AS nvarchar(10)) + N')' ELSE N'' END + CASE c.is_nullable WHEN 1 THEN N' null' ELSE N' not null' END AS nvarchar(max)), NCHAR(10)) WITHIN GROUP (ORDER BY c.column_id) FROM sys.columns c JOIN sys.types y ON y.user_type_id = c.user_type_id JOIN sys.tables t ON t.object_id = c.object_id WHERE t.is_memory_optimized = 0 AND t.is_external = 0 AND c.object_id = OBJECT_ID(N'[dbo].[person]', N'U')) COLLATE Latin1_General_100_BIN2 = (N'id nvarchar(36) not null' + NCHAR(10) + N'made datetime2(3) null' + NCHAR(10) + N'deleted bit null' + NCHAR(10) + N'held int null' + NCHAR(10) + N'objected int null' + NCHAR(10) + N'agreed datetime2(3) null');
IF @passed = 0
BEGIN
    SET @message = REPLACE(N'STOP: the columns of dbo.person are not those that were audited; audit again', N'%', N'%%');
    THROW 50000, @message, 1;
END;
SET @passed = 0;
SELECT @passed = 1 WHERE (SELECT STRING_AGG(CAST(c.name + N' ' + y.name + CASE WHEN y.name IN (N'char', N'varchar', N'binary', N'varbinary') THEN N'(' + CASE c.max_length WHEN -1 THEN N'max' ELSE CAST(c.max_length AS nvarchar(10)) END + N')' WHEN y.name IN (N'nchar', N'nvarchar') THEN N'(' + CASE c.max_length WHEN -1 THEN N'max' ELSE CAST(c.max_length / 2 AS nvarchar(10)) END + N')' WHEN y.name IN (N'decimal', N'numeric') THEN N'(' + CAST(c.precision AS nvarchar(10)) + N',' + CAST(c.scale AS nvarchar(10)) + N')' WHEN y.name IN (N'datetime2', N'datetimeoffset', N'time') THEN N'(' + CAST(c.scale AS nvarchar(10)) + N')' ELSE N'' END + CASE c.is_nullable WHEN 1 THEN N' null' ELSE N' not null' END AS nvarchar(max)), NCHAR(10)) WITHIN GROUP (ORDER BY c.column_id) FROM sys.columns c JOIN sys.types y ON y.user_type_id = c.user_type_id JOIN sys.tables t ON t.object_id = c.object_id WHERE t.is_memory_optimized = 0 AND t.is_external = 0 AND c.object_id = OBJECT_ID(N'[dbo].[visit]', N'U')) COLLATE Latin1_General_100_BIN2 = (N'id bigint not null' + NCHAR(10) + N'person_id nvarchar(36) null' + NCHAR(10) + N'made datetime null');
IF @passed = 0
BEGIN
    SET @message = REPLACE(N'STOP: the columns of dbo.visit are not those that were audited; audit again', N'%', N'%%');
    THROW 50000, @message, 1;
END;
SET @passed = 0;
SELECT @passed = 1 WHERE (SELECT STRING_AGG(CAST(c.name + N' ' + y.name + CASE WHEN y.name IN (N'char', N'varchar', N'binary', N'varbinary') THEN N'(' + CASE c.max_length WHEN -1 THEN N'max' ELSE CAST(c.max_length AS nvarchar(10)) END + N')' WHEN y.name IN (N'nchar', N'nvarchar') THEN N'(' + CASE c.max_length WHEN -1 THEN N'max' ELSE CAST(c.max_length / 2 AS nvarchar(10)) END + N')' WHEN y.name IN (N'decimal', N'numeric') THEN N'(' + CAST(c.precision AS nvarchar(10)) + N',' + CAST(c.scale AS nvarchar(10)) + N')' WHEN y.name IN (N'datetime2', N'datetimeoffset', N'time') THEN N'(' + CAST(c.scale AS nvarchar(10)) + N')' ELSE N'' END + CASE c.is_nullable WHEN 1 THEN N' null' ELSE N' not null' END AS nvarchar(max)), NCHAR(10)) WITHIN GROUP (ORDER BY c.column_id) FROM sys.columns c JOIN sys.types y ON y.user_type_id = c.user_type_id JOIN sys.tables t ON t.object_id = c.object_id WHERE t.is_memory_optimized = 0 AND t.is_external = 0 AND c.object_id = OBJECT_ID(N'[dbo].[person_address]', N'U')) COLLATE Latin1_General_100_BIN2 = (N'id bigint not null' + NCHAR(10) + N'person_id nvarchar(36) null' + NCHAR(10) + N'address_id bigint null');
IF @passed = 0
BEGIN
    SET @message = REPLACE(N'STOP: the columns of dbo.person_address are not those that were audited; audit again', N'%', N'%%');
    THROW 50000, @message, 1;
END;
SET @passed = 0;
SELECT @passed = 1 WHERE (SELECT STRING_AGG(CAST(c.name + N' ' + y.name + CASE WHEN y.name IN (N'char', N'varchar', N'binary', N'varbinary') THEN N'(' + CASE c.max_length WHEN -1 THEN N'max' ELSE CAST(c.max_length AS nvarchar(10)) END + N')' WHEN y.name IN (N'nchar', N'nvarchar') THEN N'(' + CASE c.max_length WHEN -1 THEN N'max' ELSE CAST(c.max_length / 2 AS nvarchar(10)) END + N')' WHEN y.name IN (N'decimal', N'numeric') THEN N'(' + CAST(c.precision AS nvarchar(10)) + N',' + CAST(c.scale AS nvarchar(10)) + N')' WHEN y.name IN (N'datetime2', N'datetimeoffset', N'time') THEN N'(' + CAST(c.scale AS nvarchar(10)) + N')' ELSE N'' END + CASE c.is_nullable WHEN 1 THEN N' null' ELSE N' not null' END AS nvarchar(max)), NCHAR(10)) WITHIN GROUP (ORDER BY c.column_id) FROM sys.columns c JOIN sys.types y ON y.user_type_id = c.user_type_id JOIN sys.tables t ON t.object_id = c.object_id WHERE t.is_memory_optimized = 0 AND t.is_external = 0 AND c.object_id = OBJECT_ID(N'[dbo].[address]', N'U')) COLLATE Latin1_General_100_BIN2 = (N'id bigint not null' + NCHAR(10) + N'mail nvarchar(max) null');
IF @passed = 0
BEGIN
    SET @message = REPLACE(N'STOP: the columns of dbo.address are not those that were audited; audit again', N'%', N'%%');
    THROW 50000, @message, 1;
END;
SET @passed = 0;
SELECT @passed = 1 WHERE (SELECT STRING_AGG(CAST(c.name + N' ' + y.name + CASE WHEN y.name IN (N'char', N'varchar', N'binary', N'varbinary') THEN N'(' + CASE c.max_length WHEN -1 THEN N'max' ELSE CAST(c.max_length AS nvarchar(10)) END + N')' WHEN y.name IN (N'nchar', N'nvarchar') THEN N'(' + CASE c.max_length WHEN -1 THEN N'max' ELSE CAST(c.max_length / 2 AS nvarchar(10)) END + N')' WHEN y.name IN (N'decimal', N'numeric') THEN N'(' + CAST(c.precision AS nvarchar(10)) + N',' + CAST(c.scale AS nvarchar(10)) + N')' WHEN y.name IN (N'datetime2', N'datetimeoffset', N'time') THEN N'(' + CAST(c.scale AS nvarchar(10)) + N')' ELSE N'' END + CASE c.is_nullable WHEN 1 THEN N' null' ELSE N' not null' END AS nvarchar(max)), NCHAR(10)) WITHIN GROUP (ORDER BY c.column_id) FROM sys.columns c JOIN sys.types y ON y.user_type_id = c.user_type_id JOIN sys.tables t ON t.object_id = c.object_id WHERE t.is_memory_optimized = 0 AND t.is_external = 0 AND c.object_id = OBJECT_ID(N'[dbo].[deal]', N'U')) COLLATE Latin1_General_100_BIN2 = (N'id bigint not null' + NCHAR(10) + N'person_id nvarchar(36) null' + NCHAR(10) + N'state varchar(10) null');
IF @passed = 0
BEGIN
    SET @message = REPLACE(N'STOP: the columns of dbo.deal are not those that were audited; audit again', N'%', N'%%');
    THROW 50000, @message, 1;
END;
SET @passed = 0;
SELECT @passed = 1 WHERE (SELECT STRING_AGG(CAST(c.name + N' ' + y.name + CASE WHEN y.name IN (N'char', N'varchar', N'binary', N'varbinary') THEN N'(' + CASE c.max_length WHEN -1 THEN N'max' ELSE CAST(c.max_length AS nvarchar(10)) END + N')' WHEN y.name IN (N'nchar', N'nvarchar') THEN N'(' + CASE c.max_length WHEN -1 THEN N'max' ELSE CAST(c.max_length / 2 AS nvarchar(10)) END + N')' WHEN y.name IN (N'decimal', N'numeric') THEN N'(' + CAST(c.precision AS nvarchar(10)) + N',' + CAST(c.scale AS nvarchar(10)) + N')' WHEN y.name IN (N'datetime2', N'datetimeoffset', N'time') THEN N'(' + CAST(c.scale AS nvarchar(10)) + N')' ELSE N'' END + CASE c.is_nullable WHEN 1 THEN N' null' ELSE N' not null' END AS nvarchar(max)), NCHAR(10)) WITHIN GROUP (ORDER BY c.column_id) FROM sys.columns c JOIN sys.types y ON y.user_type_id = c.user_type_id JOIN sys.tables t ON t.object_id = c.object_id WHERE t.is_memory_optimized = 0 AND t.is_external = 0 AND c.object_id = OBJECT_ID(N'[dbo].[suppressed]', N'U')) COLLATE Latin1_General_100_BIN2 = (N'mail nvarchar(255) not null' + NCHAR(10) + N'why nvarchar(20) null');
IF @passed = 0
BEGIN
    SET @message = REPLACE(N'STOP: the columns of dbo.suppressed are not those that were audited; audit again', N'%', N'%%');
    THROW 50000, @message, 1;
END;
SET @passed = 0;
SELECT @passed = 1 WHERE N'$(SQLCMDDBNAME)' = N'$' + N'(SQLCMDDBNAME)';
IF @passed = 0
BEGIN
    SET @message = REPLACE(N'STOP: the client puts values in place of its variables; run it with sqlcmd -x', N'%', N'%%');
    THROW 50000, @message, 1;
END;
SET @passed = 0;
SELECT @passed = 1 WHERE @@TRANCOUNT = 0;
IF @passed = 0
BEGIN
    SET @message = REPLACE(N'STOP: a transaction is open; do not run the file within one', N'%', N'%%');
    THROW 50000, @message, 1;
END;
SET @passed = 0;
SELECT @passed = 1 WHERE HAS_PERMS_BY_NAME(DB_NAME(), N'DATABASE', N'VIEW DEFINITION') = 1;
IF @passed = 0
BEGIN
    SET @message = REPLACE(N'STOP: this account may not see all triggers and foreign keys; run the script with one that may VIEW DEFINITION', N'%', N'%%');
    THROW 50000, @message, 1;
END;
SET @passed = 0;
SELECT @passed = 1 WHERE NOT EXISTS (SELECT 1 FROM sys.security_predicates r JOIN sys.security_policies p ON p.object_id = r.object_id WHERE p.is_enabled = 1 AND r.target_object_id IN (OBJECT_ID(N'[dbo].[person]', N'U'), OBJECT_ID(N'[dbo].[visit]', N'U'), OBJECT_ID(N'[dbo].[person_address]', N'U'), OBJECT_ID(N'[dbo].[address]', N'U'), OBJECT_ID(N'[dbo].[deal]', N'U'), OBJECT_ID(N'[dbo].[suppressed]', N'U')));
IF @passed = 0
BEGIN
    SET @message = REPLACE(N'STOP: row-level security may hide rows that keep a person', N'%', N'%%');
    THROW 50000, @message, 1;
END;
SET @passed = 0;
SELECT @passed = 1 WHERE NOT EXISTS (SELECT 1 FROM sys.tables t WHERE t.temporal_type <> 0 AND t.object_id IN (OBJECT_ID(N'[dbo].[person]', N'U'), OBJECT_ID(N'[dbo].[visit]', N'U'), OBJECT_ID(N'[dbo].[person_address]', N'U'), OBJECT_ID(N'[dbo].[address]', N'U'), OBJECT_ID(N'[dbo].[deal]', N'U'), OBJECT_ID(N'[dbo].[suppressed]', N'U')));
IF @passed = 0
BEGIN
    SET @message = REPLACE(N'STOP: a table keeps a history of its rows, so what is deleted would live on there', N'%', N'%%');
    THROW 50000, @message, 1;
END;
SET @passed = 0;
SELECT @passed = 1 WHERE HAS_PERMS_BY_NAME(NULL, NULL, N'ADMINISTER BULK OPERATIONS') = 1 AND COLLATIONPROPERTY(N'Latin1_General_100_CI_AS_SC_UTF8', 'CodePage') = 65001;
IF @passed = 0
BEGIN
    SET @message = REPLACE(N'STOP: hashes with a key need SQL Server 2019 or later, and an account with the permission ADMINISTER BULK OPERATIONS, as the server reads the file of the key', N'%', N'%%');
    THROW 50000, @message, 1;
END;
SET @passed = 0;
SELECT @passed = 1 WHERE COALESCE((SELECT STRING_AGG(CAST(x.line AS nvarchar(max)), NCHAR(10)) WITHIN GROUP (ORDER BY x.line COLLATE Latin1_General_100_BIN2) FROM (SELECT s.name + N'.' + t.name + N'.' + c.name + N' ' + REPLACE(f.delete_referential_action_desc, N'_', N' ') + CASE f.is_disabled WHEN 1 THEN N' DISABLED' ELSE N'' END AS line FROM sys.foreign_keys f JOIN sys.foreign_key_columns k ON k.constraint_object_id = f.object_id JOIN sys.columns c ON c.object_id = k.parent_object_id AND c.column_id = k.parent_column_id JOIN sys.tables t ON t.object_id = f.parent_object_id JOIN sys.schemas s ON s.schema_id = t.schema_id WHERE f.referenced_object_id = OBJECT_ID(N'[dbo].[person]', N'U')) x), N'') COLLATE Latin1_General_100_BIN2 = N'dbo.person_address.person_id NO ACTION';
IF @passed = 0
BEGIN
    SET @message = REPLACE(N'STOP: other foreign keys point at dbo.person than were audited; audit again', N'%', N'%%');
    THROW 50000, @message, 1;
END;
SET @passed = 0;
SELECT @passed = 1 WHERE NOT EXISTS (SELECT 1 FROM sys.triggers g JOIN sys.trigger_events e ON e.object_id = g.object_id WHERE e.type_desc = N'DELETE' AND g.parent_id = OBJECT_ID(N'[dbo].[person]', N'U'));
IF @passed = 0
BEGIN
    SET @message = REPLACE(N'STOP: a trigger fires when rows of dbo.person are deleted, and nobody has looked at what it does; see --accept-triggers', N'%', N'%%');
    THROW 50000, @message, 1;
END;
SET @passed = 0;
SELECT @passed = 1 WHERE COALESCE((SELECT STRING_AGG(CAST(x.line AS nvarchar(max)), NCHAR(10)) WITHIN GROUP (ORDER BY x.line COLLATE Latin1_General_100_BIN2) FROM (SELECT s.name + N'.' + t.name + N'.' + c.name + N' ' + REPLACE(f.delete_referential_action_desc, N'_', N' ') + CASE f.is_disabled WHEN 1 THEN N' DISABLED' ELSE N'' END AS line FROM sys.foreign_keys f JOIN sys.foreign_key_columns k ON k.constraint_object_id = f.object_id JOIN sys.columns c ON c.object_id = k.parent_object_id AND c.column_id = k.parent_column_id JOIN sys.tables t ON t.object_id = f.parent_object_id JOIN sys.schemas s ON s.schema_id = t.schema_id WHERE f.referenced_object_id = OBJECT_ID(N'[dbo].[visit]', N'U')) x), N'') COLLATE Latin1_General_100_BIN2 = N'';
IF @passed = 0
BEGIN
    SET @message = REPLACE(N'STOP: other foreign keys point at dbo.visit than were audited; audit again', N'%', N'%%');
    THROW 50000, @message, 1;
END;
SET @passed = 0;
SELECT @passed = 1 WHERE NOT EXISTS (SELECT 1 FROM sys.triggers g JOIN sys.trigger_events e ON e.object_id = g.object_id WHERE e.type_desc = N'DELETE' AND g.parent_id = OBJECT_ID(N'[dbo].[visit]', N'U'));
IF @passed = 0
BEGIN
    SET @message = REPLACE(N'STOP: a trigger fires when rows of dbo.visit are deleted, and nobody has looked at what it does; see --accept-triggers', N'%', N'%%');
    THROW 50000, @message, 1;
END;
SET @passed = 0;
SELECT @passed = 1 WHERE COALESCE((SELECT STRING_AGG(CAST(x.line AS nvarchar(max)), NCHAR(10)) WITHIN GROUP (ORDER BY x.line COLLATE Latin1_General_100_BIN2) FROM (SELECT s.name + N'.' + t.name + N'.' + c.name + N' ' + REPLACE(f.delete_referential_action_desc, N'_', N' ') + CASE f.is_disabled WHEN 1 THEN N' DISABLED' ELSE N'' END AS line FROM sys.foreign_keys f JOIN sys.foreign_key_columns k ON k.constraint_object_id = f.object_id JOIN sys.columns c ON c.object_id = k.parent_object_id AND c.column_id = k.parent_column_id JOIN sys.tables t ON t.object_id = f.parent_object_id JOIN sys.schemas s ON s.schema_id = t.schema_id WHERE f.referenced_object_id = OBJECT_ID(N'[dbo].[person_address]', N'U')) x), N'') COLLATE Latin1_General_100_BIN2 = N'';
IF @passed = 0
BEGIN
    SET @message = REPLACE(N'STOP: other foreign keys point at dbo.person_address than were audited; audit again', N'%', N'%%');
    THROW 50000, @message, 1;
END;
SET @passed = 0;
SELECT @passed = 1 WHERE NOT EXISTS (SELECT 1 FROM sys.triggers g JOIN sys.trigger_events e ON e.object_id = g.object_id WHERE e.type_desc = N'DELETE' AND g.parent_id = OBJECT_ID(N'[dbo].[person_address]', N'U'));
IF @passed = 0
BEGIN
    SET @message = REPLACE(N'STOP: a trigger fires when rows of dbo.person_address are deleted, and nobody has looked at what it does; see --accept-triggers', N'%', N'%%');
    THROW 50000, @message, 1;
END;
SET @passed = 0;
SELECT @passed = 1 WHERE COALESCE((SELECT STRING_AGG(CAST(x.line AS nvarchar(max)), NCHAR(10)) WITHIN GROUP (ORDER BY x.line COLLATE Latin1_General_100_BIN2) FROM (SELECT s.name + N'.' + t.name + N'.' + c.name + N' ' + REPLACE(f.delete_referential_action_desc, N'_', N' ') + CASE f.is_disabled WHEN 1 THEN N' DISABLED' ELSE N'' END AS line FROM sys.foreign_keys f JOIN sys.foreign_key_columns k ON k.constraint_object_id = f.object_id JOIN sys.columns c ON c.object_id = k.parent_object_id AND c.column_id = k.parent_column_id JOIN sys.tables t ON t.object_id = f.parent_object_id JOIN sys.schemas s ON s.schema_id = t.schema_id WHERE f.referenced_object_id = OBJECT_ID(N'[dbo].[address]', N'U')) x), N'') COLLATE Latin1_General_100_BIN2 = N'dbo.person_address.address_id NO ACTION';
IF @passed = 0
BEGIN
    SET @message = REPLACE(N'STOP: other foreign keys point at dbo.address than were audited; audit again', N'%', N'%%');
    THROW 50000, @message, 1;
END;
SET @passed = 0;
SELECT @passed = 1 WHERE NOT EXISTS (SELECT 1 FROM sys.triggers g JOIN sys.trigger_events e ON e.object_id = g.object_id WHERE e.type_desc = N'DELETE' AND g.parent_id = OBJECT_ID(N'[dbo].[address]', N'U'));
IF @passed = 0
BEGIN
    SET @message = REPLACE(N'STOP: a trigger fires when rows of dbo.address are deleted, and nobody has looked at what it does; see --accept-triggers', N'%', N'%%');
    THROW 50000, @message, 1;
END;
SELECT 1 AS passed INTO #crmaudit_structure;
GO
DECLARE @message nvarchar(2048), @passed int, @found bigint;
DROP TABLE IF EXISTS [#crmaudit_found_a08f92409787_1];
SELECT d.* INTO [#crmaudit_found_a08f92409787_1] FROM (SELECT t.[id] AS [k1]
FROM [dbo].[person] t
WHERE ((SELECT CASE WHEN v.m >= CAST('1900-01-01' AS datetime2(3)) AND v.m < CAST('2023-06-15' AS datetime2(3)) THEN v.m END FROM (VALUES (CAST(t.[made] AS datetime2(3)))) AS v(m)) IS NOT NULL)) d;
SET @found = (SELECT COUNT(*) FROM [#crmaudit_found_a08f92409787_1]);
SET @passed = 0;
SELECT @passed = 1 WHERE @found <= 105;
IF @passed = 0
BEGIN
    SET @message = REPLACE(N'STOP: stale_person, person: more persons are found than the 100 of the audit and the tolerance allow (105); audit again', N'%', N'%%');
    THROW 50000, @message, 1;
END;
SET @passed = 0;
SELECT @passed = 1 WHERE @found * 100 <= 50 * (SELECT COUNT_BIG(*) FROM (SELECT TOP (@found * 100 / 50 + 1) 1 AS one FROM [dbo].[person]) c);
IF @passed = 0
BEGIN
    SET @message = REPLACE(N'STOP: stale_person, person: more than 50% of the table would go; see --max-share', N'%', N'%%');
    THROW 50000, @message, 1;
END;
SELECT N'a08f92409787' AS script, CAST(0 AS bigint) AS started INTO #crmaudit_counted FROM #crmaudit_structure;
GO
IF OBJECT_ID(N'tempdb..#crmaudit_counted', N'U') IS NULL SET NOEXEC ON;
GO
EXEC sp_set_session_context N'crmaudit_inner_pad', NULL;
EXEC sp_set_session_context N'crmaudit_outer_pad', NULL;
DECLARE @inner_pad varbinary(64), @outer_pad varbinary(64);
SELECT @inner_pad = p.inner_pad, @outer_pad = p.outer_pad FROM (SELECT CAST(CAST(SUBSTRING(s.block, 1, 4) AS int) ^ 909522486 AS binary(4)) + CAST(CAST(SUBSTRING(s.block, 5, 4) AS int) ^ 909522486 AS binary(4)) + CAST(CAST(SUBSTRING(s.block, 9, 4) AS int) ^ 909522486 AS binary(4)) + CAST(CAST(SUBSTRING(s.block, 13, 4) AS int) ^ 909522486 AS binary(4)) + CAST(CAST(SUBSTRING(s.block, 17, 4) AS int) ^ 909522486 AS binary(4)) + CAST(CAST(SUBSTRING(s.block, 21, 4) AS int) ^ 909522486 AS binary(4)) + CAST(CAST(SUBSTRING(s.block, 25, 4) AS int) ^ 909522486 AS binary(4)) + CAST(CAST(SUBSTRING(s.block, 29, 4) AS int) ^ 909522486 AS binary(4)) + CAST(CAST(SUBSTRING(s.block, 33, 4) AS int) ^ 909522486 AS binary(4)) + CAST(CAST(SUBSTRING(s.block, 37, 4) AS int) ^ 909522486 AS binary(4)) + CAST(CAST(SUBSTRING(s.block, 41, 4) AS int) ^ 909522486 AS binary(4)) + CAST(CAST(SUBSTRING(s.block, 45, 4) AS int) ^ 909522486 AS binary(4)) + CAST(CAST(SUBSTRING(s.block, 49, 4) AS int) ^ 909522486 AS binary(4)) + CAST(CAST(SUBSTRING(s.block, 53, 4) AS int) ^ 909522486 AS binary(4)) + CAST(CAST(SUBSTRING(s.block, 57, 4) AS int) ^ 909522486 AS binary(4)) + CAST(CAST(SUBSTRING(s.block, 61, 4) AS int) ^ 909522486 AS binary(4)) AS inner_pad, CAST(CAST(SUBSTRING(s.block, 1, 4) AS int) ^ 1549556828 AS binary(4)) + CAST(CAST(SUBSTRING(s.block, 5, 4) AS int) ^ 1549556828 AS binary(4)) + CAST(CAST(SUBSTRING(s.block, 9, 4) AS int) ^ 1549556828 AS binary(4)) + CAST(CAST(SUBSTRING(s.block, 13, 4) AS int) ^ 1549556828 AS binary(4)) + CAST(CAST(SUBSTRING(s.block, 17, 4) AS int) ^ 1549556828 AS binary(4)) + CAST(CAST(SUBSTRING(s.block, 21, 4) AS int) ^ 1549556828 AS binary(4)) + CAST(CAST(SUBSTRING(s.block, 25, 4) AS int) ^ 1549556828 AS binary(4)) + CAST(CAST(SUBSTRING(s.block, 29, 4) AS int) ^ 1549556828 AS binary(4)) + CAST(CAST(SUBSTRING(s.block, 33, 4) AS int) ^ 1549556828 AS binary(4)) + CAST(CAST(SUBSTRING(s.block, 37, 4) AS int) ^ 1549556828 AS binary(4)) + CAST(CAST(SUBSTRING(s.block, 41, 4) AS int) ^ 1549556828 AS binary(4)) + CAST(CAST(SUBSTRING(s.block, 45, 4) AS int) ^ 1549556828 AS binary(4)) + CAST(CAST(SUBSTRING(s.block, 49, 4) AS int) ^ 1549556828 AS binary(4)) + CAST(CAST(SUBSTRING(s.block, 53, 4) AS int) ^ 1549556828 AS binary(4)) + CAST(CAST(SUBSTRING(s.block, 57, 4) AS int) ^ 1549556828 AS binary(4)) + CAST(CAST(SUBSTRING(s.block, 61, 4) AS int) ^ 1549556828 AS binary(4)) AS outer_pad FROM (SELECT CAST(CASE WHEN DATALENGTH(f.[key]) > 64 THEN HASHBYTES('SHA2_256', f.[key]) ELSE f.[key] END AS binary(64)) AS block FROM (SELECT CAST(CAST(t.line AS varchar(1024)) AS varbinary(1024)) AS [key] FROM (SELECT TRIM(CONCAT(NCHAR(10), NCHAR(13)) FROM CAST(b.BulkColumn AS nvarchar(1100)) COLLATE Latin1_General_100_BIN2) AS line FROM OPENROWSET(BULK N'/keys/o''clock.txt', SINGLE_CLOB) AS b) t WHERE DATALENGTH(t.line) BETWEEN 64 AND 2048 AND t.line NOT LIKE N'%[^!-~]%') f) s) p;
EXEC sp_set_session_context N'crmaudit_inner_pad', @inner_pad;
EXEC sp_set_session_context N'crmaudit_outer_pad', @outer_pad;
GO
DECLARE @message nvarchar(2048), @passed int, @found bigint;
SET @passed = 0;
SELECT @passed = 1 WHERE SESSION_CONTEXT(N'crmaudit_inner_pad') IS NOT NULL;
IF @passed = 0
BEGIN
    SET @message = REPLACE(N'STOP: /keys/o''clock.txt holds no key: one line of 32 to 1,024 printable ASCII characters without blanks', N'%', N'%%');
    THROW 50000, @message, 1;
END;
IF OBJECT_ID(N'[dbo].[crmaudit_suppression]', N'U') IS NULL AND EXISTS (SELECT 1 FROM #crmaudit_counted) CREATE TABLE [dbo].[crmaudit_suppression] (algorithm NVARCHAR(20) NOT NULL, address_hash NVARCHAR(64) NOT NULL, objection NVARCHAR(20) NOT NULL, noted_on NVARCHAR(10) NOT NULL, script NVARCHAR(12) NOT NULL, PRIMARY KEY (address_hash, objection, algorithm), CHECK (address_hash <> ''));
IF OBJECT_ID(N'[dbo].[crmaudit_evidence]', N'U') IS NULL AND EXISTS (SELECT 1 FROM #crmaudit_counted) CREATE TABLE [dbo].[crmaudit_evidence] (algorithm NVARCHAR(20) NOT NULL, person_hash NVARCHAR(64) NOT NULL, hash_of NVARCHAR(10) NOT NULL, what NVARCHAR(20) NOT NULL, happened_on NVARCHAR(10) NOT NULL, came_from NVARCHAR(400) NOT NULL, kept_until NVARCHAR(10) NOT NULL, script NVARCHAR(12) NOT NULL, CHECK (person_hash <> ''));
SET @passed = 0;
SELECT @passed = 1 WHERE NOT EXISTS (SELECT 1 FROM [dbo].[crmaudit_suppression] s WHERE s.algorithm = N'hmac-sha-256') OR EXISTS (SELECT 1 FROM [dbo].[crmaudit_suppression] s JOIN (SELECT CAST(SESSION_CONTEXT(N'crmaudit_inner_pad') AS varbinary(64)) AS inner_pad, CAST(SESSION_CONTEXT(N'crmaudit_outer_pad') AS varbinary(64)) AS outer_pad) k ON s.address_hash = LOWER(CONVERT(varchar(64), HASHBYTES('SHA2_256', k.outer_pad + HASHBYTES('SHA2_256', k.inner_pad + CAST(CAST((N'crmaudit key check') COLLATE Latin1_General_100_CI_AS_SC_UTF8 AS varchar(max)) AS varbinary(max)))), 2)) WHERE s.objection = 'key_check' AND s.algorithm = N'hmac-sha-256');
IF @passed = 0
BEGIN
    SET @message = REPLACE(N'STOP: the rows of [dbo].[crmaudit_suppression] were made with another key than the one in /keys/o''clock.txt', N'%', N'%%');
    THROW 50000, @message, 1;
END;
SELECT c.* INTO #crmaudit_token FROM #crmaudit_counted c;
GO
IF OBJECT_ID(N'tempdb..#crmaudit_token', N'U') IS NULL SET NOEXEC ON;
GO
IF OBJECT_ID(N'[dbo].[crmaudit_deletion_log]', N'U') IS NULL AND EXISTS (SELECT 1 FROM #crmaudit_token) CREATE TABLE [dbo].[crmaudit_deletion_log] (script NVARCHAR(12), rule_id NVARCHAR(255), entity NVARCHAR(255), policy NVARCHAR(255), policy_digest NVARCHAR(64), audited_on NVARCHAR(10), expected BIGINT, deleted BIGINT, spared BIGINT, not_reached BIGINT, run_on NVARCHAR(10), seconds BIGINT, action NVARCHAR(20), changed NVARCHAR(MAX), tool_version NVARCHAR(255), checksum NVARCHAR(64));
INSERT INTO [dbo].[crmaudit_deletion_log] (script, rule_id, entity, policy, policy_digest, audited_on, expected, deleted, spared, not_reached, run_on, seconds, action, changed, tool_version, checksum) SELECT script, N'stale_person', N'person', N'gdpr', N'0123456789abcdef', N'2026-06-15', 100, 0, 0, 0, CONVERT(varchar(10), SYSDATETIME(), 23), 0, N'person', N'', N'1.0', N'3087a3f647171f84e4f9354a0a076f7d55c27ab56e28641f41e57680aeb6972e' FROM #crmaudit_token WHERE 1 = 0;
UPDATE #crmaudit_token SET started = DATEDIFF_BIG(second, CAST('1970-01-01' AS datetime2(0)), SYSDATETIME());
IF OBJECT_ID(N'[dbo].[crmaudit_over_a08f92409787_1]', N'U') IS NULL AND EXISTS (SELECT 1 FROM #crmaudit_token) CREATE TABLE [dbo].[crmaudit_over_a08f92409787_1] (one SMALLINT PRIMARY KEY, n BIGINT NOT NULL);
INSERT INTO [dbo].[crmaudit_over_a08f92409787_1] (one, n) SELECT 1, 0 FROM #crmaudit_token WHERE NOT EXISTS (SELECT 1 FROM [dbo].[crmaudit_over_a08f92409787_1]);
GO
IF OBJECT_ID(N'[dbo].[crmaudit_work_a08f92409787_1]', N'U') IS NULL AND EXISTS (SELECT 1 FROM #crmaudit_token)
BEGIN
SELECT TOP (0) d.[k1], CAST(0 AS smallint) AS spared INTO [dbo].[crmaudit_work_a08f92409787_1] FROM (SELECT b.[id] AS [k1]
FROM (SELECT (SELECT CASE WHEN v.m >= CAST('1900-01-01' AS datetime2(3)) AND v.m < CAST('2026-06-16' AS datetime2(3)) THEN v.m END FROM (VALUES (CAST(t.[made] AS datetime2(3)))) AS v(m)) AS [^made],
             t.[id],
             CASE WHEN (t.[held] IS NOT NULL AND t.[held] IN (1)) THEN 1 ELSE 0 END AS [=held],
             CASE WHEN (t.[objected] IS NOT NULL AND t.[objected] IN (1)) THEN 1 ELSE 0 END AS [=objected]
      FROM [dbo].[person] t) b
LEFT JOIN (SELECT r.[k1],
           MIN(CASE WHEN (NOT (r.[!1] = 1) AND NOT (r.[!1] = 1)) THEN r.[~1] END) AS [=address to remember 1]
    FROM (SELECT j1.[person_id] AS [k1],
             CASE WHEN j2.[mail] IS NULL THEN '' ELSE LOWER(LTRIM(RTRIM(REPLACE(REPLACE(REPLACE(CAST(j2.[mail] AS nvarchar(max)) COLLATE Latin1_General_100_BIN2, NCHAR(9), N' '), NCHAR(10), N' '), NCHAR(13), N' ')))) END AS [~1],
             CASE WHEN (j2.[mail] IS NULL OR LOWER(LTRIM(RTRIM(REPLACE(REPLACE(REPLACE(CAST(j2.[mail] AS nvarchar(max)) COLLATE Latin1_General_100_BIN2, NCHAR(9), N' '), NCHAR(10), N' '), NCHAR(13), N' ')))) = '') THEN 1 ELSE 0 END AS [!1]
          FROM [dbo].[person_address] j1
          JOIN [dbo].[address] j2 ON j2.[id] = j1.[address_id]) r
    GROUP BY r.[k1]) p1
  ON p1.[k1] = b.[id]
LEFT JOIN (SELECT r.[k1],
           MAX(CASE WHEN r.[~1] IN (N'open', LOWER(LTRIM(RTRIM(REPLACE(REPLACE(REPLACE(N'ruhend ö', NCHAR(9), N' '), NCHAR(10), N' '), NCHAR(13), N' '))))) THEN 1 ELSE 0 END) AS [=deal]
    FROM (SELECT j1.[person_id] AS [k1],
             CASE CAST(j1.[state] AS nvarchar(max)) COLLATE Latin1_General_100_BIN2 WHEN N'open' THEN N'open' ELSE CASE WHEN j1.[state] IS NULL THEN '' ELSE LOWER(LTRIM(RTRIM(REPLACE(REPLACE(REPLACE(CAST(j1.[state] AS nvarchar(max)) COLLATE Latin1_General_100_BIN2, NCHAR(9), N' '), NCHAR(10), N' '), NCHAR(13), N' ')))) END END AS [~1]
          FROM [dbo].[deal] j1) r
    GROUP BY r.[k1]) p2
  ON p2.[k1] = b.[id]
WHERE ((b.[^made] IS NOT NULL AND b.[^made] < CAST('2023-06-15' AS datetime2(3))) AND NOT (b.[=held] = 1) AND NOT (COALESCE(p2.[=deal], 0) = 1) AND NOT ((b.[=objected] = 1 AND (p1.[=address to remember 1] IS NULL OR LOWER(LTRIM(RTRIM(REPLACE(REPLACE(REPLACE(CAST(p1.[=address to remember 1] AS nvarchar(max)) COLLATE Latin1_General_100_BIN2, NCHAR(9), N' '), NCHAR(10), N' '), NCHAR(13), N' ')))) = ''))))) d CROSS JOIN sys.schemas z;
ALTER TABLE [dbo].[crmaudit_work_a08f92409787_1] ADD n bigint IDENTITY(1, 1) NOT NULL;
CREATE UNIQUE CLUSTERED INDEX crmaudit_number ON [dbo].[crmaudit_work_a08f92409787_1] (n);
END;
GO
DROP TABLE IF EXISTS [#crmaudit_again_a08f92409787_1];
SELECT TOP (0) d.[k1] INTO [#crmaudit_again_a08f92409787_1] FROM [dbo].[crmaudit_work_a08f92409787_1] d CROSS JOIN sys.schemas z;
DECLARE @at bigint, @to bigint;
DROP TABLE IF EXISTS [#crmaudit_rows_a08f92409787_1_1];
SELECT TOP (0) d.[k1] INTO [#crmaudit_rows_a08f92409787_1_1] FROM (SELECT DISTINCT j1.[id] AS [k1] FROM (SELECT DISTINCT t.[id] FROM (SELECT [k1] FROM [dbo].[crmaudit_work_a08f92409787_1] WHERE n > @at AND n <= @to AND spared = 0) w JOIN [dbo].[person] t ON t.[id] = w.[k1]) j0
          JOIN [dbo].[visit] j1 ON j1.[person_id] = j0.[id]) d CROSS JOIN sys.schemas z;
DROP TABLE IF EXISTS [#crmaudit_rows_a08f92409787_1_2];
SELECT TOP (0) d.[k1] INTO [#crmaudit_rows_a08f92409787_1_2] FROM (SELECT DISTINCT j1.[id] AS [k1] FROM (SELECT DISTINCT t.[id] FROM (SELECT [k1] FROM [dbo].[crmaudit_work_a08f92409787_1] WHERE n > @at AND n <= @to AND spared = 0) w JOIN [dbo].[person] t ON t.[id] = w.[k1]) j0
          JOIN [dbo].[person_address] j1 ON j1.[person_id] = j0.[id]) d CROSS JOIN sys.schemas z;
DROP TABLE IF EXISTS [#crmaudit_rows_a08f92409787_1_3];
SELECT TOP (0) d.[k1] INTO [#crmaudit_rows_a08f92409787_1_3] FROM (SELECT DISTINCT j2.[id] AS [k1] FROM (SELECT DISTINCT t.[id] FROM (SELECT [k1] FROM [dbo].[crmaudit_work_a08f92409787_1] WHERE n > @at AND n <= @to AND spared = 0) w JOIN [dbo].[person] t ON t.[id] = w.[k1]) j0
          JOIN [dbo].[person_address] j1 ON j1.[person_id] = j0.[id]
          JOIN [dbo].[address] j2 ON j2.[id] = j1.[address_id]) d CROSS JOIN sys.schemas z;
GO
INSERT INTO [dbo].[crmaudit_suppression] SELECT DISTINCT N'hmac-sha-256', LOWER(CONVERT(varchar(64), HASHBYTES('SHA2_256', k.outer_pad + HASHBYTES('SHA2_256', k.inner_pad + CAST(CAST((N'crmaudit key check') COLLATE Latin1_General_100_CI_AS_SC_UTF8 AS varchar(max)) AS varbinary(max)))), 2)), 'key_check', CONVERT(varchar(10), SYSDATETIME(), 23), N'a08f92409787' FROM (SELECT CAST(SESSION_CONTEXT(N'crmaudit_inner_pad') AS varbinary(64)) AS inner_pad, CAST(SESSION_CONTEXT(N'crmaudit_outer_pad') AS varbinary(64)) AS outer_pad) k WHERE NOT EXISTS (SELECT 1 FROM [dbo].[crmaudit_suppression] s WHERE s.algorithm = N'hmac-sha-256');
IF OBJECT_ID(N'[dbo].[crmaudit_objector_a08f92409787_1]', N'U') IS NULL AND EXISTS (SELECT 1 FROM #crmaudit_token) SELECT TOP (0) d.* INTO [dbo].[crmaudit_objector_a08f92409787_1] FROM (SELECT [k1], 'marketing' AS kind, '0000000000000000000000000000000000000000000000000000000000000000' AS hash FROM [dbo].[crmaudit_work_a08f92409787_1] WHERE 1 = 0) d LEFT JOIN (SELECT 1 AS one) z ON 1 = 0;
IF OBJECT_ID(N'[dbo].[crmaudit_objected_a08f92409787_1]', N'U') IS NULL AND EXISTS (SELECT 1 FROM #crmaudit_token) SELECT TOP (0) d.* INTO [dbo].[crmaudit_objected_a08f92409787_1] FROM (SELECT [k1], 'marketing' AS kind, '0000000000000000000000000000000000000000000000000000000000000000' AS hash FROM [dbo].[crmaudit_work_a08f92409787_1] WHERE 1 = 0) d LEFT JOIN (SELECT 1 AS one) z ON 1 = 0;
DELETE FROM [dbo].[crmaudit_evidence] WHERE kept_until < CONVERT(varchar(10), SYSDATETIME(), 23) AND EXISTS (SELECT 1 FROM [#crmaudit_token]);
INSERT INTO [dbo].[crmaudit_work_a08f92409787_1] ([k1], spared)
SELECT d.[k1], 0 FROM (SELECT b.[id] AS [k1]
FROM (SELECT (SELECT CASE WHEN v.m >= CAST('1900-01-01' AS datetime2(3)) AND v.m < CAST('2026-06-16' AS datetime2(3)) THEN v.m END FROM (VALUES (CAST(t.[made] AS datetime2(3)))) AS v(m)) AS [^made],
             t.[id],
             CASE WHEN (t.[held] IS NOT NULL AND t.[held] IN (1)) THEN 1 ELSE 0 END AS [=held],
             CASE WHEN (t.[objected] IS NOT NULL AND t.[objected] IN (1)) THEN 1 ELSE 0 END AS [=objected]
      FROM [dbo].[person] t) b
LEFT JOIN (SELECT r.[k1],
           MIN(CASE WHEN (NOT (r.[!1] = 1) AND NOT (r.[!1] = 1)) THEN r.[~1] END) AS [=address to remember 1]
    FROM (SELECT j1.[person_id] AS [k1],
             CASE WHEN j2.[mail] IS NULL THEN '' ELSE LOWER(LTRIM(RTRIM(REPLACE(REPLACE(REPLACE(CAST(j2.[mail] AS nvarchar(max)) COLLATE Latin1_General_100_BIN2, NCHAR(9), N' '), NCHAR(10), N' '), NCHAR(13), N' ')))) END AS [~1],
             CASE WHEN (j2.[mail] IS NULL OR LOWER(LTRIM(RTRIM(REPLACE(REPLACE(REPLACE(CAST(j2.[mail] AS nvarchar(max)) COLLATE Latin1_General_100_BIN2, NCHAR(9), N' '), NCHAR(10), N' '), NCHAR(13), N' ')))) = '') THEN 1 ELSE 0 END AS [!1]
          FROM [dbo].[person_address] j1
          JOIN [dbo].[address] j2 ON j2.[id] = j1.[address_id]) r
    GROUP BY r.[k1]) p1
  ON p1.[k1] = b.[id]
LEFT JOIN (SELECT r.[k1],
           MAX(CASE WHEN r.[~1] IN (N'open', LOWER(LTRIM(RTRIM(REPLACE(REPLACE(REPLACE(N'ruhend ö', NCHAR(9), N' '), NCHAR(10), N' '), NCHAR(13), N' '))))) THEN 1 ELSE 0 END) AS [=deal]
    FROM (SELECT j1.[person_id] AS [k1],
             CASE CAST(j1.[state] AS nvarchar(max)) COLLATE Latin1_General_100_BIN2 WHEN N'open' THEN N'open' ELSE CASE WHEN j1.[state] IS NULL THEN '' ELSE LOWER(LTRIM(RTRIM(REPLACE(REPLACE(REPLACE(CAST(j1.[state] AS nvarchar(max)) COLLATE Latin1_General_100_BIN2, NCHAR(9), N' '), NCHAR(10), N' '), NCHAR(13), N' ')))) END END AS [~1]
          FROM [dbo].[deal] j1) r
    GROUP BY r.[k1]) p2
  ON p2.[k1] = b.[id]
WHERE ((b.[^made] IS NOT NULL AND b.[^made] < CAST('2023-06-15' AS datetime2(3))) AND NOT (b.[=held] = 1) AND NOT (COALESCE(p2.[=deal], 0) = 1) AND NOT ((b.[=objected] = 1 AND (p1.[=address to remember 1] IS NULL OR LOWER(LTRIM(RTRIM(REPLACE(REPLACE(REPLACE(CAST(p1.[=address to remember 1] AS nvarchar(max)) COLLATE Latin1_General_100_BIN2, NCHAR(9), N' '), NCHAR(10), N' '), NCHAR(13), N' ')))) = ''))))) d WHERE NOT EXISTS (SELECT 1 FROM [dbo].[crmaudit_work_a08f92409787_1] w WHERE w.[k1] = d.[k1]) AND EXISTS (SELECT 1 FROM #crmaudit_token) ORDER BY d.[k1];
GO
DECLARE @at bigint, @to bigint;
DECLARE @tries int = 0, @left int = 0, @passed int, @message nvarchar(2048);
WHILE (SELECT MAX(n) FROM [dbo].[crmaudit_work_a08f92409787_1]) > (SELECT n FROM [dbo].[crmaudit_over_a08f92409787_1]) AND EXISTS (SELECT 1 FROM #crmaudit_token)
BEGIN
BEGIN TRY
IF OBJECT_ID(N'[dbo].[crmaudit_stop_a08f92409787]', N'U') IS NOT NULL BREAK;
SET TRANSACTION ISOLATION LEVEL SERIALIZABLE;
BEGIN TRANSACTION;
SET @at = (SELECT n FROM [dbo].[crmaudit_over_a08f92409787_1] WITH (UPDLOCK, HOLDLOCK));
SET @to = (SELECT MAX(n) FROM (SELECT TOP (1000) n FROM [dbo].[crmaudit_work_a08f92409787_1] WHERE n > @at ORDER BY n) b);
SELECT @left = COUNT(*) FROM [dbo].[person] t WITH (UPDLOCK, HOLDLOCK, ROWLOCK) JOIN (SELECT [k1] FROM [dbo].[crmaudit_work_a08f92409787_1] WHERE n > @at AND n <= @to) w ON t.[id] = w.[k1];
DELETE FROM [#crmaudit_again_a08f92409787_1];
INSERT INTO [#crmaudit_again_a08f92409787_1]
SELECT b.[id] AS [k1]
FROM (SELECT (SELECT CASE WHEN v.m >= CAST('1900-01-01' AS datetime2(3)) AND v.m < CAST('9999-01-01' AS datetime2(3)) THEN v.m END FROM (VALUES (CAST(t.[made] AS datetime2(3)))) AS v(m)) AS [^made],
             t.[id],
             (SELECT CASE WHEN v.m >= CAST('1900-01-01' AS datetime2(3)) AND v.m < CAST('9999-01-01' AS datetime2(3)) THEN v.m END FROM (VALUES (CAST(t.[agreed] AS datetime2(3)))) AS v(m)) AS [^agreed],
             CASE WHEN (t.[held] IS NOT NULL AND t.[held] IN (1)) THEN 1 ELSE 0 END AS [=held],
             CASE WHEN (t.[objected] IS NOT NULL AND t.[objected] IN (1)) THEN 1 ELSE 0 END AS [=objected]
      FROM (SELECT [k1] FROM [dbo].[crmaudit_work_a08f92409787_1] WHERE n > @at AND n <= @to) w JOIN [dbo].[person] t ON t.[id] = w.[k1]) b
LEFT JOIN (SELECT r.[k1],
           MIN(CASE WHEN (NOT (r.[!1] = 1) AND NOT (r.[!1] = 1)) THEN r.[~1] END) AS [=address to remember 1]
    FROM (SELECT j1.[person_id] AS [k1],
             CASE WHEN j2.[mail] IS NULL THEN '' ELSE LOWER(LTRIM(RTRIM(REPLACE(REPLACE(REPLACE(CAST(j2.[mail] AS nvarchar(max)) COLLATE Latin1_General_100_BIN2, NCHAR(9), N' '), NCHAR(10), N' '), NCHAR(13), N' ')))) END AS [~1],
             CASE WHEN (j2.[mail] IS NULL OR LOWER(LTRIM(RTRIM(REPLACE(REPLACE(REPLACE(CAST(j2.[mail] AS nvarchar(max)) COLLATE Latin1_General_100_BIN2, NCHAR(9), N' '), NCHAR(10), N' '), NCHAR(13), N' ')))) = '') THEN 1 ELSE 0 END AS [!1]
          FROM (SELECT DISTINCT t.[id] FROM (SELECT [k1] FROM [dbo].[crmaudit_work_a08f92409787_1] WHERE n > @at AND n <= @to) w JOIN [dbo].[person] t ON t.[id] = w.[k1]) j0
          JOIN [dbo].[person_address] j1 ON j1.[person_id] = j0.[id]
          JOIN [dbo].[address] j2 ON j2.[id] = j1.[address_id]) r
    GROUP BY r.[k1]) p1
  ON p1.[k1] = b.[id]
LEFT JOIN (SELECT r.[k1],
           MAX(CASE WHEN r.[~1] IN (N'open', LOWER(LTRIM(RTRIM(REPLACE(REPLACE(REPLACE(N'ruhend ö', NCHAR(9), N' '), NCHAR(10), N' '), NCHAR(13), N' '))))) THEN 1 ELSE 0 END) AS [=deal]
    FROM (SELECT j1.[person_id] AS [k1],
             CASE CAST(j1.[state] AS nvarchar(max)) COLLATE Latin1_General_100_BIN2 WHEN N'open' THEN N'open' ELSE CASE WHEN j1.[state] IS NULL THEN '' ELSE LOWER(LTRIM(RTRIM(REPLACE(REPLACE(REPLACE(CAST(j1.[state] AS nvarchar(max)) COLLATE Latin1_General_100_BIN2, NCHAR(9), N' '), NCHAR(10), N' '), NCHAR(13), N' ')))) END END AS [~1]
          FROM (SELECT DISTINCT t.[id] FROM (SELECT [k1] FROM [dbo].[crmaudit_work_a08f92409787_1] WHERE n > @at AND n <= @to) w JOIN [dbo].[person] t ON t.[id] = w.[k1]) j0
          JOIN [dbo].[deal] j1 ON j1.[person_id] = j0.[id]) r
    GROUP BY r.[k1]) p2
  ON p2.[k1] = b.[id]
LEFT JOIN (SELECT r.[k1],
           MAX(r.[^1]) AS [=visited]
    FROM (SELECT j1.[person_id] AS [k1],
             (SELECT CASE WHEN v.m >= CAST('1900-01-01' AS datetime2(3)) AND v.m < CAST('9999-01-01' AS datetime2(3)) THEN v.m END FROM (VALUES (CAST(j1.[made] AS datetime2(3)))) AS v(m)) AS [^1]
          FROM (SELECT DISTINCT t.[id] FROM (SELECT [k1] FROM [dbo].[crmaudit_work_a08f92409787_1] WHERE n > @at AND n <= @to) w JOIN [dbo].[person] t ON t.[id] = w.[k1]) j0
          JOIN [dbo].[visit] j1 ON j1.[person_id] = j0.[id]) r
    GROUP BY r.[k1]) p3
  ON p3.[k1] = b.[id]
WHERE ((b.[^made] IS NOT NULL AND b.[^made] < CAST('2023-06-15' AS datetime2(3))) AND NOT (b.[=held] = 1) AND NOT (COALESCE(p2.[=deal], 0) = 1) AND NOT ((b.[=objected] = 1 AND (p1.[=address to remember 1] IS NULL OR LOWER(LTRIM(RTRIM(REPLACE(REPLACE(REPLACE(CAST(p1.[=address to remember 1] AS nvarchar(max)) COLLATE Latin1_General_100_BIN2, NCHAR(9), N' '), NCHAR(10), N' '), NCHAR(13), N' ')))) = ''))) AND NOT ((p3.[=visited] IS NOT NULL AND p3.[=visited] >= CAST('2026-06-15' AS datetime2(3)))) AND NOT ((b.[^agreed] IS NOT NULL AND b.[^agreed] >= CAST('2026-06-15' AS datetime2(3)))));
UPDATE [dbo].[crmaudit_work_a08f92409787_1] SET spared = 1 WHERE n > @at AND n <= @to AND spared = 0 AND NOT EXISTS (SELECT 1 FROM (SELECT DISTINCT b.[k1] FROM [#crmaudit_again_a08f92409787_1] b) b WHERE b.[k1] = [dbo].[crmaudit_work_a08f92409787_1].[k1]);
DELETE FROM [#crmaudit_rows_a08f92409787_1_1];
INSERT INTO [#crmaudit_rows_a08f92409787_1_1] SELECT DISTINCT j1.[id] AS [k1] FROM (SELECT DISTINCT t.[id] FROM (SELECT [k1] FROM [dbo].[crmaudit_work_a08f92409787_1] WHERE n > @at AND n <= @to AND spared = 0) w JOIN [dbo].[person] t ON t.[id] = w.[k1]) j0
          JOIN [dbo].[visit] j1 ON j1.[person_id] = j0.[id];
DELETE FROM [#crmaudit_rows_a08f92409787_1_2];
INSERT INTO [#crmaudit_rows_a08f92409787_1_2] SELECT DISTINCT j1.[id] AS [k1] FROM (SELECT DISTINCT t.[id] FROM (SELECT [k1] FROM [dbo].[crmaudit_work_a08f92409787_1] WHERE n > @at AND n <= @to AND spared = 0) w JOIN [dbo].[person] t ON t.[id] = w.[k1]) j0
          JOIN [dbo].[person_address] j1 ON j1.[person_id] = j0.[id];
DELETE FROM [#crmaudit_rows_a08f92409787_1_3];
INSERT INTO [#crmaudit_rows_a08f92409787_1_3] SELECT DISTINCT j2.[id] AS [k1] FROM (SELECT DISTINCT t.[id] FROM (SELECT [k1] FROM [dbo].[crmaudit_work_a08f92409787_1] WHERE n > @at AND n <= @to AND spared = 0) w JOIN [dbo].[person] t ON t.[id] = w.[k1]) j0
          JOIN [dbo].[person_address] j1 ON j1.[person_id] = j0.[id]
          JOIN [dbo].[address] j2 ON j2.[id] = j1.[address_id];
DELETE FROM [#crmaudit_rows_a08f92409787_1_3] WHERE EXISTS (SELECT 1 FROM [dbo].[address] t JOIN [dbo].[person_address] h1 ON h1.[address_id] = t.[id] WHERE t.[id] = [#crmaudit_rows_a08f92409787_1_3].[k1] AND NOT EXISTS (SELECT 1 FROM [#crmaudit_rows_a08f92409787_1_2] w WHERE w.[k1] = h1.[id]));
UPDATE [dbo].[crmaudit_work_a08f92409787_1] SET spared = 1 WHERE n > @at AND n <= @to AND spared = 0 AND EXISTS (SELECT 1 FROM (SELECT DISTINCT g.[k1] FROM (SELECT [k1] FROM [dbo].[crmaudit_work_a08f92409787_1] WHERE n > @at AND n <= @to AND spared = 0) g JOIN [dbo].[person] j0 ON j0.[id] = g.[k1] JOIN [dbo].[person_address] j1 ON j1.[person_id] = j0.[id] JOIN [dbo].[address] j2 ON j2.[id] = j1.[address_id] JOIN [dbo].[person_address] j3 ON j3.[address_id] = j2.[id] WHERE EXISTS (SELECT 1 FROM [#crmaudit_rows_a08f92409787_1_2] w WHERE w.[k1] = j1.[id]) AND EXISTS (SELECT 1 FROM [#crmaudit_rows_a08f92409787_1_3] w WHERE w.[k1] = j2.[id]) AND NOT EXISTS (SELECT 1 FROM [#crmaudit_rows_a08f92409787_1_2] w WHERE w.[k1] = j3.[id])) b WHERE b.[k1] = [dbo].[crmaudit_work_a08f92409787_1].[k1]);
DELETE FROM [#crmaudit_rows_a08f92409787_1_1];
INSERT INTO [#crmaudit_rows_a08f92409787_1_1] SELECT DISTINCT j1.[id] AS [k1] FROM (SELECT DISTINCT t.[id] FROM (SELECT [k1] FROM [dbo].[crmaudit_work_a08f92409787_1] WHERE n > @at AND n <= @to AND spared = 0) w JOIN [dbo].[person] t ON t.[id] = w.[k1]) j0
          JOIN [dbo].[visit] j1 ON j1.[person_id] = j0.[id];
DELETE FROM [#crmaudit_rows_a08f92409787_1_2];
INSERT INTO [#crmaudit_rows_a08f92409787_1_2] SELECT DISTINCT j1.[id] AS [k1] FROM (SELECT DISTINCT t.[id] FROM (SELECT [k1] FROM [dbo].[crmaudit_work_a08f92409787_1] WHERE n > @at AND n <= @to AND spared = 0) w JOIN [dbo].[person] t ON t.[id] = w.[k1]) j0
          JOIN [dbo].[person_address] j1 ON j1.[person_id] = j0.[id];
DELETE FROM [#crmaudit_rows_a08f92409787_1_3];
INSERT INTO [#crmaudit_rows_a08f92409787_1_3] SELECT DISTINCT j2.[id] AS [k1] FROM (SELECT DISTINCT t.[id] FROM (SELECT [k1] FROM [dbo].[crmaudit_work_a08f92409787_1] WHERE n > @at AND n <= @to AND spared = 0) w JOIN [dbo].[person] t ON t.[id] = w.[k1]) j0
          JOIN [dbo].[person_address] j1 ON j1.[person_id] = j0.[id]
          JOIN [dbo].[address] j2 ON j2.[id] = j1.[address_id];
DELETE FROM [#crmaudit_rows_a08f92409787_1_3] WHERE EXISTS (SELECT 1 FROM [dbo].[address] t JOIN [dbo].[person_address] h1 ON h1.[address_id] = t.[id] WHERE t.[id] = [#crmaudit_rows_a08f92409787_1_3].[k1] AND NOT EXISTS (SELECT 1 FROM [#crmaudit_rows_a08f92409787_1_2] w WHERE w.[k1] = h1.[id]));
UPDATE [dbo].[crmaudit_work_a08f92409787_1] SET spared = 1 WHERE n > @at AND n <= @to AND spared = 0 AND EXISTS (SELECT 1 FROM (SELECT DISTINCT g.[k1] FROM (SELECT [k1] FROM [dbo].[crmaudit_work_a08f92409787_1] WHERE n > @at AND n <= @to AND spared = 0) g JOIN [dbo].[person] j0 ON j0.[id] = g.[k1] JOIN [dbo].[person_address] j1 ON j1.[person_id] = j0.[id] JOIN [dbo].[address] j2 ON j2.[id] = j1.[address_id] JOIN [dbo].[person_address] j3 ON j3.[address_id] = j2.[id] WHERE EXISTS (SELECT 1 FROM [#crmaudit_rows_a08f92409787_1_2] w WHERE w.[k1] = j1.[id]) AND EXISTS (SELECT 1 FROM [#crmaudit_rows_a08f92409787_1_3] w WHERE w.[k1] = j2.[id]) AND NOT EXISTS (SELECT 1 FROM [#crmaudit_rows_a08f92409787_1_2] w WHERE w.[k1] = j3.[id])) b WHERE b.[k1] = [dbo].[crmaudit_work_a08f92409787_1].[k1]);
DELETE FROM [#crmaudit_rows_a08f92409787_1_1];
INSERT INTO [#crmaudit_rows_a08f92409787_1_1] SELECT DISTINCT j1.[id] AS [k1] FROM (SELECT DISTINCT t.[id] FROM (SELECT [k1] FROM [dbo].[crmaudit_work_a08f92409787_1] WHERE n > @at AND n <= @to AND spared = 0) w JOIN [dbo].[person] t ON t.[id] = w.[k1]) j0
          JOIN [dbo].[visit] j1 ON j1.[person_id] = j0.[id];
DELETE FROM [#crmaudit_rows_a08f92409787_1_2];
INSERT INTO [#crmaudit_rows_a08f92409787_1_2] SELECT DISTINCT j1.[id] AS [k1] FROM (SELECT DISTINCT t.[id] FROM (SELECT [k1] FROM [dbo].[crmaudit_work_a08f92409787_1] WHERE n > @at AND n <= @to AND spared = 0) w JOIN [dbo].[person] t ON t.[id] = w.[k1]) j0
          JOIN [dbo].[person_address] j1 ON j1.[person_id] = j0.[id];
DELETE FROM [#crmaudit_rows_a08f92409787_1_3];
INSERT INTO [#crmaudit_rows_a08f92409787_1_3] SELECT DISTINCT j2.[id] AS [k1] FROM (SELECT DISTINCT t.[id] FROM (SELECT [k1] FROM [dbo].[crmaudit_work_a08f92409787_1] WHERE n > @at AND n <= @to AND spared = 0) w JOIN [dbo].[person] t ON t.[id] = w.[k1]) j0
          JOIN [dbo].[person_address] j1 ON j1.[person_id] = j0.[id]
          JOIN [dbo].[address] j2 ON j2.[id] = j1.[address_id];
DELETE FROM [#crmaudit_rows_a08f92409787_1_3] WHERE EXISTS (SELECT 1 FROM [dbo].[address] t JOIN [dbo].[person_address] h1 ON h1.[address_id] = t.[id] WHERE t.[id] = [#crmaudit_rows_a08f92409787_1_3].[k1] AND NOT EXISTS (SELECT 1 FROM [#crmaudit_rows_a08f92409787_1_2] w WHERE w.[k1] = h1.[id]));
UPDATE [dbo].[crmaudit_work_a08f92409787_1] SET spared = 1 WHERE n > @at AND n <= @to AND spared = 0 AND EXISTS (SELECT 1 FROM (SELECT DISTINCT g.[k1] FROM (SELECT [k1] FROM [dbo].[crmaudit_work_a08f92409787_1] WHERE n > @at AND n <= @to AND spared = 0) g JOIN [dbo].[person] j0 ON j0.[id] = g.[k1] JOIN [dbo].[person_address] j1 ON j1.[person_id] = j0.[id] JOIN [dbo].[address] j2 ON j2.[id] = j1.[address_id] JOIN [dbo].[person_address] j3 ON j3.[address_id] = j2.[id] WHERE EXISTS (SELECT 1 FROM [#crmaudit_rows_a08f92409787_1_2] w WHERE w.[k1] = j1.[id]) AND EXISTS (SELECT 1 FROM [#crmaudit_rows_a08f92409787_1_3] w WHERE w.[k1] = j2.[id]) AND NOT EXISTS (SELECT 1 FROM [#crmaudit_rows_a08f92409787_1_2] w WHERE w.[k1] = j3.[id])) b WHERE b.[k1] = [dbo].[crmaudit_work_a08f92409787_1].[k1]);
DELETE FROM [#crmaudit_rows_a08f92409787_1_1];
INSERT INTO [#crmaudit_rows_a08f92409787_1_1] SELECT DISTINCT j1.[id] AS [k1] FROM (SELECT DISTINCT t.[id] FROM (SELECT [k1] FROM [dbo].[crmaudit_work_a08f92409787_1] WHERE n > @at AND n <= @to AND spared = 0) w JOIN [dbo].[person] t ON t.[id] = w.[k1]) j0
          JOIN [dbo].[visit] j1 ON j1.[person_id] = j0.[id];
DELETE FROM [#crmaudit_rows_a08f92409787_1_2];
INSERT INTO [#crmaudit_rows_a08f92409787_1_2] SELECT DISTINCT j1.[id] AS [k1] FROM (SELECT DISTINCT t.[id] FROM (SELECT [k1] FROM [dbo].[crmaudit_work_a08f92409787_1] WHERE n > @at AND n <= @to AND spared = 0) w JOIN [dbo].[person] t ON t.[id] = w.[k1]) j0
          JOIN [dbo].[person_address] j1 ON j1.[person_id] = j0.[id];
DELETE FROM [#crmaudit_rows_a08f92409787_1_3];
INSERT INTO [#crmaudit_rows_a08f92409787_1_3] SELECT DISTINCT j2.[id] AS [k1] FROM (SELECT DISTINCT t.[id] FROM (SELECT [k1] FROM [dbo].[crmaudit_work_a08f92409787_1] WHERE n > @at AND n <= @to AND spared = 0) w JOIN [dbo].[person] t ON t.[id] = w.[k1]) j0
          JOIN [dbo].[person_address] j1 ON j1.[person_id] = j0.[id]
          JOIN [dbo].[address] j2 ON j2.[id] = j1.[address_id];
DELETE FROM [#crmaudit_rows_a08f92409787_1_3] WHERE EXISTS (SELECT 1 FROM [dbo].[address] t JOIN [dbo].[person_address] h1 ON h1.[address_id] = t.[id] WHERE t.[id] = [#crmaudit_rows_a08f92409787_1_3].[k1] AND NOT EXISTS (SELECT 1 FROM [#crmaudit_rows_a08f92409787_1_2] w WHERE w.[k1] = h1.[id]));
UPDATE [dbo].[crmaudit_work_a08f92409787_1] SET spared = 1 WHERE n > @at AND n <= @to AND spared = 0 AND EXISTS (SELECT 1 FROM (SELECT DISTINCT g.[k1] FROM (SELECT [k1] FROM [dbo].[crmaudit_work_a08f92409787_1] WHERE n > @at AND n <= @to AND spared = 0) g JOIN [dbo].[person] j0 ON j0.[id] = g.[k1] JOIN [dbo].[person_address] j1 ON j1.[person_id] = j0.[id] JOIN [dbo].[address] j2 ON j2.[id] = j1.[address_id] JOIN [dbo].[person_address] j3 ON j3.[address_id] = j2.[id] WHERE EXISTS (SELECT 1 FROM [#crmaudit_rows_a08f92409787_1_2] w WHERE w.[k1] = j1.[id]) AND EXISTS (SELECT 1 FROM [#crmaudit_rows_a08f92409787_1_3] w WHERE w.[k1] = j2.[id]) AND NOT EXISTS (SELECT 1 FROM [#crmaudit_rows_a08f92409787_1_2] w WHERE w.[k1] = j3.[id])) b);
DELETE FROM [#crmaudit_rows_a08f92409787_1_1];
INSERT INTO [#crmaudit_rows_a08f92409787_1_1] SELECT DISTINCT j1.[id] AS [k1] FROM (SELECT DISTINCT t.[id] FROM (SELECT [k1] FROM [dbo].[crmaudit_work_a08f92409787_1] WHERE n > @at AND n <= @to AND spared = 0) w JOIN [dbo].[person] t ON t.[id] = w.[k1]) j0
          JOIN [dbo].[visit] j1 ON j1.[person_id] = j0.[id];
DELETE FROM [#crmaudit_rows_a08f92409787_1_2];
INSERT INTO [#crmaudit_rows_a08f92409787_1_2] SELECT DISTINCT j1.[id] AS [k1] FROM (SELECT DISTINCT t.[id] FROM (SELECT [k1] FROM [dbo].[crmaudit_work_a08f92409787_1] WHERE n > @at AND n <= @to AND spared = 0) w JOIN [dbo].[person] t ON t.[id] = w.[k1]) j0
          JOIN [dbo].[person_address] j1 ON j1.[person_id] = j0.[id];
DELETE FROM [#crmaudit_rows_a08f92409787_1_3];
INSERT INTO [#crmaudit_rows_a08f92409787_1_3] SELECT DISTINCT j2.[id] AS [k1] FROM (SELECT DISTINCT t.[id] FROM (SELECT [k1] FROM [dbo].[crmaudit_work_a08f92409787_1] WHERE n > @at AND n <= @to AND spared = 0) w JOIN [dbo].[person] t ON t.[id] = w.[k1]) j0
          JOIN [dbo].[person_address] j1 ON j1.[person_id] = j0.[id]
          JOIN [dbo].[address] j2 ON j2.[id] = j1.[address_id];
DELETE FROM [#crmaudit_rows_a08f92409787_1_3] WHERE EXISTS (SELECT 1 FROM [dbo].[address] t JOIN [dbo].[person_address] h1 ON h1.[address_id] = t.[id] WHERE t.[id] = [#crmaudit_rows_a08f92409787_1_3].[k1] AND NOT EXISTS (SELECT 1 FROM [#crmaudit_rows_a08f92409787_1_2] w WHERE w.[k1] = h1.[id]));
DELETE FROM [dbo].[crmaudit_objector_a08f92409787_1];
INSERT INTO [dbo].[crmaudit_objector_a08f92409787_1] SELECT DISTINCT o.[k1], N'marketing', LOWER(CONVERT(varchar(64), HASHBYTES('SHA2_256', k.outer_pad + HASHBYTES('SHA2_256', k.inner_pad + CAST(CAST((a.v) COLLATE Latin1_General_100_CI_AS_SC_UTF8 AS varchar(max)) AS varbinary(max)))), 2)) FROM (SELECT b.[id] AS [k1]
FROM (SELECT t.[id],
             CASE WHEN (t.[objected] IS NOT NULL AND t.[objected] IN (1)) THEN 1 ELSE 0 END AS [=objected]
      FROM (SELECT [k1] FROM [dbo].[crmaudit_work_a08f92409787_1] WHERE n > @at AND n <= @to AND spared = 0) w JOIN [dbo].[person] t ON t.[id] = w.[k1]) b
LEFT JOIN (SELECT r.[k1],
           MIN(CASE WHEN (NOT (r.[!1] = 1) AND NOT (r.[!1] = 1)) THEN r.[~1] END) AS [=address to remember 1]
    FROM (SELECT j1.[person_id] AS [k1],
             CASE WHEN j2.[mail] IS NULL THEN '' ELSE LOWER(LTRIM(RTRIM(REPLACE(REPLACE(REPLACE(CAST(j2.[mail] AS nvarchar(max)) COLLATE Latin1_General_100_BIN2, NCHAR(9), N' '), NCHAR(10), N' '), NCHAR(13), N' ')))) END AS [~1],
             CASE WHEN (j2.[mail] IS NULL OR LOWER(LTRIM(RTRIM(REPLACE(REPLACE(REPLACE(CAST(j2.[mail] AS nvarchar(max)) COLLATE Latin1_General_100_BIN2, NCHAR(9), N' '), NCHAR(10), N' '), NCHAR(13), N' ')))) = '') THEN 1 ELSE 0 END AS [!1]
          FROM (SELECT DISTINCT t.[id] FROM (SELECT [k1] FROM [dbo].[crmaudit_work_a08f92409787_1] WHERE n > @at AND n <= @to AND spared = 0) w JOIN [dbo].[person] t ON t.[id] = w.[k1]) j0
          JOIN [dbo].[person_address] j1 ON j1.[person_id] = j0.[id]
          JOIN [dbo].[address] j2 ON j2.[id] = j1.[address_id]) r
    GROUP BY r.[k1]) p1
  ON p1.[k1] = b.[id]
WHERE (b.[=objected] = 1 AND NOT ((p1.[=address to remember 1] IS NULL OR LOWER(LTRIM(RTRIM(REPLACE(REPLACE(REPLACE(CAST(p1.[=address to remember 1] AS nvarchar(max)) COLLATE Latin1_General_100_BIN2, NCHAR(9), N' '), NCHAR(10), N' '), NCHAR(13), N' ')))) = '')))) o LEFT JOIN (SELECT x.* FROM (SELECT g.[k1], TRANSLATE(TRIM(CONCAT(NCHAR(9), NCHAR(10), NCHAR(13), NCHAR(32)) FROM CAST(j2.[mail] AS nvarchar(max)) COLLATE Latin1_General_100_BIN2), N'ABCDEFGHIJKLMNOPQRSTUVWXYZ', N'abcdefghijklmnopqrstuvwxyz') AS v FROM (SELECT [k1] FROM [dbo].[crmaudit_work_a08f92409787_1] WHERE n > @at AND n <= @to AND spared = 0) g JOIN [dbo].[person] t ON t.[id] = g.[k1] JOIN [dbo].[person_address] j1 ON j1.[person_id] = t.[id] JOIN [dbo].[address] j2 ON j2.[id] = j1.[address_id] WHERE NOT ((j2.[mail] IS NULL OR LOWER(LTRIM(RTRIM(REPLACE(REPLACE(REPLACE(CAST(j2.[mail] AS nvarchar(max)) COLLATE Latin1_General_100_BIN2, NCHAR(9), N' '), NCHAR(10), N' '), NCHAR(13), N' ')))) = ''))) x WHERE x.v <> '') a ON a.[k1] = o.[k1] LEFT JOIN (SELECT CAST(SESSION_CONTEXT(N'crmaudit_inner_pad') AS varbinary(64)) AS inner_pad, CAST(SESSION_CONTEXT(N'crmaudit_outer_pad') AS varbinary(64)) AS outer_pad) k ON 1 = 1;
UPDATE [dbo].[suppressed] SET [why] = N'objected ö' WHERE TRANSLATE(TRIM(CONCAT(NCHAR(9), NCHAR(10), NCHAR(13), NCHAR(32)) FROM CAST([mail] AS nvarchar(max)) COLLATE Latin1_General_100_BIN2), N'ABCDEFGHIJKLMNOPQRSTUVWXYZ', N'abcdefghijklmnopqrstuvwxyz') IN (SELECT x.v FROM (SELECT DISTINCT a.v FROM (SELECT a.v FROM (SELECT b.[id] AS [k1]
FROM (SELECT t.[id],
             CASE WHEN (t.[objected] IS NOT NULL AND t.[objected] IN (1)) THEN 1 ELSE 0 END AS [=objected]
      FROM (SELECT [k1] FROM [dbo].[crmaudit_work_a08f92409787_1] WHERE n > @at AND n <= @to AND spared = 0) w JOIN [dbo].[person] t ON t.[id] = w.[k1]) b
LEFT JOIN (SELECT r.[k1],
           MIN(CASE WHEN (NOT (r.[!1] = 1) AND NOT (r.[!1] = 1)) THEN r.[~1] END) AS [=address to remember 1]
    FROM (SELECT j1.[person_id] AS [k1],
             CASE WHEN j2.[mail] IS NULL THEN '' ELSE LOWER(LTRIM(RTRIM(REPLACE(REPLACE(REPLACE(CAST(j2.[mail] AS nvarchar(max)) COLLATE Latin1_General_100_BIN2, NCHAR(9), N' '), NCHAR(10), N' '), NCHAR(13), N' ')))) END AS [~1],
             CASE WHEN (j2.[mail] IS NULL OR LOWER(LTRIM(RTRIM(REPLACE(REPLACE(REPLACE(CAST(j2.[mail] AS nvarchar(max)) COLLATE Latin1_General_100_BIN2, NCHAR(9), N' '), NCHAR(10), N' '), NCHAR(13), N' ')))) = '') THEN 1 ELSE 0 END AS [!1]
          FROM (SELECT DISTINCT t.[id] FROM (SELECT [k1] FROM [dbo].[crmaudit_work_a08f92409787_1] WHERE n > @at AND n <= @to AND spared = 0) w JOIN [dbo].[person] t ON t.[id] = w.[k1]) j0
          JOIN [dbo].[person_address] j1 ON j1.[person_id] = j0.[id]
          JOIN [dbo].[address] j2 ON j2.[id] = j1.[address_id]) r
    GROUP BY r.[k1]) p1
  ON p1.[k1] = b.[id]
WHERE (b.[=objected] = 1 AND NOT ((p1.[=address to remember 1] IS NULL OR LOWER(LTRIM(RTRIM(REPLACE(REPLACE(REPLACE(CAST(p1.[=address to remember 1] AS nvarchar(max)) COLLATE Latin1_General_100_BIN2, NCHAR(9), N' '), NCHAR(10), N' '), NCHAR(13), N' ')))) = '')))) o JOIN (SELECT x.* FROM (SELECT g.[k1], TRANSLATE(TRIM(CONCAT(NCHAR(9), NCHAR(10), NCHAR(13), NCHAR(32)) FROM CAST(j2.[mail] AS nvarchar(max)) COLLATE Latin1_General_100_BIN2), N'ABCDEFGHIJKLMNOPQRSTUVWXYZ', N'abcdefghijklmnopqrstuvwxyz') AS v FROM (SELECT [k1] FROM [dbo].[crmaudit_work_a08f92409787_1] WHERE n > @at AND n <= @to AND spared = 0) g JOIN [dbo].[person] t ON t.[id] = g.[k1] JOIN [dbo].[person_address] j1 ON j1.[person_id] = t.[id] JOIN [dbo].[address] j2 ON j2.[id] = j1.[address_id] WHERE NOT ((j2.[mail] IS NULL OR LOWER(LTRIM(RTRIM(REPLACE(REPLACE(REPLACE(CAST(j2.[mail] AS nvarchar(max)) COLLATE Latin1_General_100_BIN2, NCHAR(9), N' '), NCHAR(10), N' '), NCHAR(13), N' ')))) = ''))) x WHERE x.v <> '') a ON a.[k1] = o.[k1]) a) x) AND EXISTS (SELECT 1 FROM [#crmaudit_token]);
INSERT INTO [dbo].[suppressed] ([mail], [why]) SELECT x.v, N'objected ö' FROM (SELECT DISTINCT a.v FROM (SELECT a.v FROM (SELECT b.[id] AS [k1]
FROM (SELECT t.[id],
             CASE WHEN (t.[objected] IS NOT NULL AND t.[objected] IN (1)) THEN 1 ELSE 0 END AS [=objected]
      FROM (SELECT [k1] FROM [dbo].[crmaudit_work_a08f92409787_1] WHERE n > @at AND n <= @to AND spared = 0) w JOIN [dbo].[person] t ON t.[id] = w.[k1]) b
LEFT JOIN (SELECT r.[k1],
           MIN(CASE WHEN (NOT (r.[!1] = 1) AND NOT (r.[!1] = 1)) THEN r.[~1] END) AS [=address to remember 1]
    FROM (SELECT j1.[person_id] AS [k1],
             CASE WHEN j2.[mail] IS NULL THEN '' ELSE LOWER(LTRIM(RTRIM(REPLACE(REPLACE(REPLACE(CAST(j2.[mail] AS nvarchar(max)) COLLATE Latin1_General_100_BIN2, NCHAR(9), N' '), NCHAR(10), N' '), NCHAR(13), N' ')))) END AS [~1],
             CASE WHEN (j2.[mail] IS NULL OR LOWER(LTRIM(RTRIM(REPLACE(REPLACE(REPLACE(CAST(j2.[mail] AS nvarchar(max)) COLLATE Latin1_General_100_BIN2, NCHAR(9), N' '), NCHAR(10), N' '), NCHAR(13), N' ')))) = '') THEN 1 ELSE 0 END AS [!1]
          FROM (SELECT DISTINCT t.[id] FROM (SELECT [k1] FROM [dbo].[crmaudit_work_a08f92409787_1] WHERE n > @at AND n <= @to AND spared = 0) w JOIN [dbo].[person] t ON t.[id] = w.[k1]) j0
          JOIN [dbo].[person_address] j1 ON j1.[person_id] = j0.[id]
          JOIN [dbo].[address] j2 ON j2.[id] = j1.[address_id]) r
    GROUP BY r.[k1]) p1
  ON p1.[k1] = b.[id]
WHERE (b.[=objected] = 1 AND NOT ((p1.[=address to remember 1] IS NULL OR LOWER(LTRIM(RTRIM(REPLACE(REPLACE(REPLACE(CAST(p1.[=address to remember 1] AS nvarchar(max)) COLLATE Latin1_General_100_BIN2, NCHAR(9), N' '), NCHAR(10), N' '), NCHAR(13), N' ')))) = '')))) o JOIN (SELECT x.* FROM (SELECT g.[k1], TRANSLATE(TRIM(CONCAT(NCHAR(9), NCHAR(10), NCHAR(13), NCHAR(32)) FROM CAST(j2.[mail] AS nvarchar(max)) COLLATE Latin1_General_100_BIN2), N'ABCDEFGHIJKLMNOPQRSTUVWXYZ', N'abcdefghijklmnopqrstuvwxyz') AS v FROM (SELECT [k1] FROM [dbo].[crmaudit_work_a08f92409787_1] WHERE n > @at AND n <= @to AND spared = 0) g JOIN [dbo].[person] t ON t.[id] = g.[k1] JOIN [dbo].[person_address] j1 ON j1.[person_id] = t.[id] JOIN [dbo].[address] j2 ON j2.[id] = j1.[address_id] WHERE NOT ((j2.[mail] IS NULL OR LOWER(LTRIM(RTRIM(REPLACE(REPLACE(REPLACE(CAST(j2.[mail] AS nvarchar(max)) COLLATE Latin1_General_100_BIN2, NCHAR(9), N' '), NCHAR(10), N' '), NCHAR(13), N' ')))) = ''))) x WHERE x.v <> '') a ON a.[k1] = o.[k1]) a) x WHERE NOT EXISTS (SELECT 1 FROM [dbo].[suppressed] s WHERE TRANSLATE(TRIM(CONCAT(NCHAR(9), NCHAR(10), NCHAR(13), NCHAR(32)) FROM CAST(s.[mail] AS nvarchar(max)) COLLATE Latin1_General_100_BIN2), N'ABCDEFGHIJKLMNOPQRSTUVWXYZ', N'abcdefghijklmnopqrstuvwxyz') = x.v) AND EXISTS (SELECT 1 FROM [#crmaudit_token]);
INSERT INTO [dbo].[crmaudit_suppression] SELECT DISTINCT N'hmac-sha-256', w.hash, w.kind, CONVERT(varchar(10), SYSDATETIME(), 23), N'a08f92409787' FROM [dbo].[crmaudit_objector_a08f92409787_1] w WHERE NOT EXISTS (SELECT 1 FROM [dbo].[crmaudit_suppression] s WHERE s.address_hash = w.hash AND s.objection = w.kind AND s.algorithm = N'hmac-sha-256');
INSERT INTO [dbo].[crmaudit_objected_a08f92409787_1] SELECT * FROM [dbo].[crmaudit_objector_a08f92409787_1];
INSERT INTO [dbo].[crmaudit_evidence] SELECT DISTINCT N'hmac-sha-256', LOWER(CONVERT(varchar(64), HASHBYTES('SHA2_256', k.outer_pad + HASHBYTES('SHA2_256', k.inner_pad + CAST(CAST((CASE WHEN a.v IS NULL THEN CAST(e.[k1] AS nvarchar(max)) COLLATE Latin1_General_100_BIN2 ELSE a.v END) COLLATE Latin1_General_100_CI_AS_SC_UTF8 AS varchar(max)) AS varbinary(max)))), 2)), CASE WHEN a.v IS NULL THEN 'key' ELSE 'address' END, N'consent', e.v, N'dbo.person.agreed', CONVERT(varchar(10), DATEADD(month, 36, (SELECT CASE WHEN v0.x LIKE N'[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]%' AND SUBSTRING(v0.x, 11, 1) IN (N'', N' ', N'T') THEN COALESCE(TRY_CONVERT(datetime2(3), REPLACE(SUBSTRING(v0.x, 1, 19), N'T', N' '), 120), TRY_CONVERT(datetime2(3), SUBSTRING(v0.x, 1, 10), 120)) END FROM (VALUES (LTRIM(CAST(CONVERT(varchar(10), SYSDATETIME(), 23) AS nvarchar(max)) COLLATE Latin1_General_100_BIN2))) AS v0(x))), 23), N'a08f92409787' FROM (SELECT g.[k1], CONVERT(varchar(10), CAST(t.[agreed] AS datetime2(3)), 23) AS v FROM (SELECT [k1] FROM [dbo].[crmaudit_work_a08f92409787_1] WHERE n > @at AND n <= @to AND spared = 0) g JOIN [dbo].[person] t ON t.[id] = g.[k1]) e LEFT JOIN (SELECT x.* FROM (SELECT g.[k1], TRANSLATE(TRIM(CONCAT(NCHAR(9), NCHAR(10), NCHAR(13), NCHAR(32)) FROM CAST(j2.[mail] AS nvarchar(max)) COLLATE Latin1_General_100_BIN2), N'ABCDEFGHIJKLMNOPQRSTUVWXYZ', N'abcdefghijklmnopqrstuvwxyz') AS v FROM (SELECT [k1] FROM [dbo].[crmaudit_work_a08f92409787_1] WHERE n > @at AND n <= @to AND spared = 0) g JOIN [dbo].[person] t ON t.[id] = g.[k1] JOIN [dbo].[person_address] j1 ON j1.[person_id] = t.[id] JOIN [dbo].[address] j2 ON j2.[id] = j1.[address_id] WHERE NOT ((j2.[mail] IS NULL OR LOWER(LTRIM(RTRIM(REPLACE(REPLACE(REPLACE(CAST(j2.[mail] AS nvarchar(max)) COLLATE Latin1_General_100_BIN2, NCHAR(9), N' '), NCHAR(10), N' '), NCHAR(13), N' ')))) = ''))) x WHERE x.v <> '') a ON a.[k1] = e.[k1] LEFT JOIN (SELECT CAST(SESSION_CONTEXT(N'crmaudit_inner_pad') AS varbinary(64)) AS inner_pad, CAST(SESSION_CONTEXT(N'crmaudit_outer_pad') AS varbinary(64)) AS outer_pad) k ON 1 = 1 WHERE e.v IS NOT NULL;
SET @left = (SELECT COUNT(*) FROM [#crmaudit_rows_a08f92409787_1_1]);
WHILE @left > 0
BEGIN
DELETE TOP (2000) t FROM [dbo].[visit] t JOIN [#crmaudit_rows_a08f92409787_1_1] w ON t.[id] = w.[k1] WHERE EXISTS (SELECT 1 FROM #crmaudit_token);
SET @left = @left - 2000;
END;
SET @left = (SELECT COUNT(*) FROM [#crmaudit_rows_a08f92409787_1_2]);
WHILE @left > 0
BEGIN
DELETE TOP (2000) t FROM [dbo].[person_address] t JOIN [#crmaudit_rows_a08f92409787_1_2] w ON t.[id] = w.[k1] WHERE EXISTS (SELECT 1 FROM #crmaudit_token);
SET @left = @left - 2000;
END;
SET @left = (SELECT COUNT(*) FROM [#crmaudit_rows_a08f92409787_1_3]);
WHILE @left > 0
BEGIN
DELETE TOP (2000) t FROM [dbo].[address] t JOIN [#crmaudit_rows_a08f92409787_1_3] w ON t.[id] = w.[k1] WHERE EXISTS (SELECT 1 FROM #crmaudit_token);
SET @left = @left - 2000;
END;
DELETE t FROM [dbo].[person] t JOIN (SELECT [k1] FROM [dbo].[crmaudit_work_a08f92409787_1] WHERE n > @at AND n <= @to AND spared = 0) w ON t.[id] = w.[k1] WHERE EXISTS (SELECT 1 FROM #crmaudit_token);
UPDATE [dbo].[crmaudit_over_a08f92409787_1] SET n = @to WHERE n < @to;
COMMIT TRANSACTION;
SET @tries = 0;
END TRY
BEGIN CATCH
IF XACT_STATE() <> 0 ROLLBACK TRANSACTION;
IF ERROR_NUMBER() NOT IN (1205, 1222) THROW;
SET @tries = @tries + 1;
SET @passed = 0;
SELECT @passed = 1 WHERE @tries < 10;
IF @passed = 0
BEGIN
    SET @message = REPLACE(N'crmaudit: others held locks that a batch needs, again and again; run the file again later', N'%', N'%%');
    THROW 50000, @message, 1;
END;
WAITFOR DELAY '00:00:01';
END CATCH;
SET TRANSACTION ISOLATION LEVEL READ COMMITTED;
WAITFOR DELAY '00:01:01.250';
END;
GO
INSERT INTO [dbo].[crmaudit_deletion_log] (script, rule_id, entity, policy, policy_digest, audited_on, expected, deleted, spared, not_reached, run_on, seconds, action, changed, tool_version, checksum) SELECT script, N'stale_person', N'person', N'gdpr', N'0123456789abcdef', N'2026-06-15', 100, c.done, c.spared, c.remaining, CONVERT(varchar(10), SYSDATETIME(), 23), DATEDIFF_BIG(second, CAST('1970-01-01' AS datetime2(0)), SYSDATETIME()) - started, N'person', N'', N'1.0', N'3087a3f647171f84e4f9354a0a076f7d55c27ab56e28641f41e57680aeb6972e' FROM #crmaudit_token CROSS JOIN (SELECT COUNT(*) - COALESCE(SUM(w.spared), 0) AS done, COALESCE(SUM(w.spared), 0) AS spared, (SELECT COUNT(*) FROM [dbo].[crmaudit_work_a08f92409787_1] l WHERE l.n > (SELECT o.n FROM [dbo].[crmaudit_over_a08f92409787_1] o)) AS remaining FROM [dbo].[crmaudit_work_a08f92409787_1] w WHERE w.n <= (SELECT o.n FROM [dbo].[crmaudit_over_a08f92409787_1] o)) c;
GO
SELECT l.words, CASE l.line WHEN 1 THEN c.done WHEN 2 THEN c.spared ELSE c.remaining END FROM (SELECT COUNT(*) - COALESCE(SUM(w.spared), 0) AS done, COALESCE(SUM(w.spared), 0) AS spared, (SELECT COUNT(*) FROM [dbo].[crmaudit_work_a08f92409787_1] l WHERE l.n > (SELECT o.n FROM [dbo].[crmaudit_over_a08f92409787_1] o)) AS remaining FROM [dbo].[crmaudit_work_a08f92409787_1] w WHERE w.n <= (SELECT o.n FROM [dbo].[crmaudit_over_a08f92409787_1] o)) c CROSS JOIN (SELECT 1 AS line, N'stale_person, person: persons deleted' AS words UNION ALL SELECT 2 AS line, N'stale_person, person: persons spared when they were looked at again' AS words UNION ALL SELECT 3 AS line, N'stale_person, person: persons not looked at; run the file again' AS words) l ORDER BY l.line;
GO
SET NOEXEC OFF;
GO
EXEC sp_set_session_context N'crmaudit_inner_pad', NULL;
EXEC sp_set_session_context N'crmaudit_outer_pad', NULL;
GO
