-- crmaudit 1.0, purge script 110a78c9ce4c
-- Database crm (crm), audited on 15 Jun 2026, checksum of the result c0ffee
-- Policy gdpr, 0123456789abcdef
-- Valid until 22 Jun 2026
-- For sqlcmd. Read the README first, and review this file before you run it.
-- To end a run after the batch that is under way, create the table dbo.crmaudit_stop_110a78c9ce4c in another session. Drop it and run the file again to go on.
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
SELECT @passed = 1 WHERE NOT (OBJECT_ID(N'[dbo].[crmaudit_stop_110a78c9ce4c]', N'U') IS NOT NULL);
IF @passed = 0
BEGIN
    SET @message = REPLACE(N'STOP: the table dbo.crmaudit_stop_110a78c9ce4c asks the run to stop; drop it to go on', N'%', N'%%');
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
SELECT @passed = 1 WHERE (SELECT STRING_AGG(CAST(c.name + N' ' + y.name + CASE WHEN y.name IN (N'char', N'varchar', N'binary', N'varbinary') THEN N'(' + CASE c.max_length WHEN -1 THEN N'max' ELSE CAST(c.max_length AS nvarchar(10)) END + N')' WHEN y.name IN (N'nchar', N'nvarchar') THEN N'(' + CASE c.max_length WHEN -1 THEN N'max' ELSE CAST(c.max_length / 2 AS nvarchar(10)) END + N')' WHEN y.name IN (N'decimal', N'numeric') THEN N'(' + CAST(c.precision AS nvarchar(10)) + N',' + CAST(c.scale AS nvarchar(10)) + N')' WHEN y.name IN (N'datetime2', N'datetimeoffset', N'time') THEN N'(' + CAST(c.scale AS nvarchar(10)) + N')' ELSE N'' END + CASE c.is_nullable WHEN 1 THEN N' null' ELSE N' not null' END AS nvarchar(max)), NCHAR(10)) WITHIN GROUP (ORDER BY c.column_id) FROM sys.columns c JOIN sys.types y ON y.user_type_id = c.user_type_id JOIN sys.tables t ON t.object_id = c.object_id WHERE t.is_memory_optimized = 0 AND t.is_external = 0 AND c.object_id = OBJECT_ID(N'[dbo].[person]', N'U')) COLLATE Latin1_General_100_BIN2 = (N'id nvarchar(36) not null' + NCHAR(10) + N'made datetime2(3) null' + NCHAR(10) + N'deleted bit null' + NCHAR(10) + N'held int null' + NCHAR(10) + N'objected int null');
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
SELECT @passed = 1 WHERE NOT EXISTS (SELECT 1 FROM sys.security_predicates r JOIN sys.security_policies p ON p.object_id = r.object_id WHERE p.is_enabled = 1 AND r.target_object_id IN (OBJECT_ID(N'[dbo].[person]', N'U'), OBJECT_ID(N'[dbo].[visit]', N'U'), OBJECT_ID(N'[dbo].[person_address]', N'U'), OBJECT_ID(N'[dbo].[address]', N'U'), OBJECT_ID(N'[dbo].[deal]', N'U')));
IF @passed = 0
BEGIN
    SET @message = REPLACE(N'STOP: row-level security may hide rows that keep a person', N'%', N'%%');
    THROW 50000, @message, 1;
END;
SET @passed = 0;
SELECT @passed = 1 WHERE NOT EXISTS (SELECT 1 FROM sys.tables t WHERE t.temporal_type <> 0 AND t.object_id IN (OBJECT_ID(N'[dbo].[person]', N'U'), OBJECT_ID(N'[dbo].[visit]', N'U'), OBJECT_ID(N'[dbo].[person_address]', N'U'), OBJECT_ID(N'[dbo].[address]', N'U'), OBJECT_ID(N'[dbo].[deal]', N'U')));
IF @passed = 0
BEGIN
    SET @message = REPLACE(N'STOP: a table keeps a history of its rows, so what is deleted would live on there', N'%', N'%%');
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
DROP TABLE IF EXISTS [#crmaudit_found_110a78c9ce4c_1];
SELECT d.* INTO [#crmaudit_found_110a78c9ce4c_1] FROM (SELECT t.[id] AS [k1]
FROM [dbo].[person] t
WHERE ((SELECT CASE WHEN v.m >= CAST('1900-01-01' AS datetime2(3)) AND v.m < CAST('2023-06-15' AS datetime2(3)) THEN v.m END FROM (VALUES (CAST(t.[made] AS datetime2(3)))) AS v(m)) IS NOT NULL)) d;
SET @found = (SELECT COUNT(*) FROM [#crmaudit_found_110a78c9ce4c_1]);
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
SELECT N'110a78c9ce4c' AS script, CAST(0 AS bigint) AS started INTO #crmaudit_counted FROM #crmaudit_structure;
GO
IF OBJECT_ID(N'tempdb..#crmaudit_counted', N'U') IS NULL SET NOEXEC ON;
GO
SELECT c.* INTO #crmaudit_token FROM #crmaudit_counted c;
GO
IF OBJECT_ID(N'tempdb..#crmaudit_token', N'U') IS NULL SET NOEXEC ON;
GO
IF OBJECT_ID(N'[dbo].[crmaudit_deletion_log]', N'U') IS NULL AND EXISTS (SELECT 1 FROM #crmaudit_token) CREATE TABLE [dbo].[crmaudit_deletion_log] (script NVARCHAR(12), rule_id NVARCHAR(255), entity NVARCHAR(255), policy NVARCHAR(255), policy_digest NVARCHAR(64), audited_on NVARCHAR(10), expected BIGINT, deleted BIGINT, spared BIGINT, not_reached BIGINT, run_on NVARCHAR(10), seconds BIGINT, action NVARCHAR(20), changed NVARCHAR(MAX), tool_version NVARCHAR(255), checksum NVARCHAR(64));
INSERT INTO [dbo].[crmaudit_deletion_log] (script, rule_id, entity, policy, policy_digest, audited_on, expected, deleted, spared, not_reached, run_on, seconds, action, changed, tool_version, checksum) SELECT script, N'stale_person', N'person', N'gdpr', N'0123456789abcdef', N'2026-06-15', 100, 0, 0, 0, CONVERT(varchar(10), SYSDATETIME(), 23), 0, N'person', N'', N'1.0', N'c3ca4bdd079fecb56b6d72915e701f593f45730671feef08a08fdf82afd7f41c' FROM #crmaudit_token WHERE 1 = 0;
UPDATE #crmaudit_token SET started = DATEDIFF_BIG(second, CAST('1970-01-01' AS datetime2(0)), SYSDATETIME());
IF OBJECT_ID(N'[dbo].[crmaudit_over_110a78c9ce4c_1]', N'U') IS NULL AND EXISTS (SELECT 1 FROM #crmaudit_token) CREATE TABLE [dbo].[crmaudit_over_110a78c9ce4c_1] (one SMALLINT PRIMARY KEY, n BIGINT NOT NULL);
INSERT INTO [dbo].[crmaudit_over_110a78c9ce4c_1] (one, n) SELECT 1, 0 FROM #crmaudit_token WHERE NOT EXISTS (SELECT 1 FROM [dbo].[crmaudit_over_110a78c9ce4c_1]);
GO
IF OBJECT_ID(N'[dbo].[crmaudit_work_110a78c9ce4c_1]', N'U') IS NULL AND EXISTS (SELECT 1 FROM #crmaudit_token)
BEGIN
SELECT TOP (0) d.[k1], CAST(0 AS smallint) AS spared INTO [dbo].[crmaudit_work_110a78c9ce4c_1] FROM (SELECT b.[id] AS [k1]
FROM (SELECT (SELECT CASE WHEN v.m >= CAST('1900-01-01' AS datetime2(3)) AND v.m < CAST('2026-06-16' AS datetime2(3)) THEN v.m END FROM (VALUES (CAST(t.[made] AS datetime2(3)))) AS v(m)) AS [^made],
             t.[id],
             CASE WHEN (t.[held] IS NOT NULL AND t.[held] IN (1)) THEN 1 ELSE 0 END AS [=held],
             CASE WHEN (t.[objected] IS NOT NULL AND t.[objected] IN (1)) THEN 1 ELSE 0 END AS [=objected]
      FROM [dbo].[person] t) b
LEFT JOIN (SELECT r.[k1],
           MAX(CASE WHEN r.[~1] IN (N'open', LOWER(LTRIM(RTRIM(REPLACE(REPLACE(REPLACE(N'ruhend ö', NCHAR(9), N' '), NCHAR(10), N' '), NCHAR(13), N' '))))) THEN 1 ELSE 0 END) AS [=deal]
    FROM (SELECT j1.[person_id] AS [k1],
             CASE CAST(j1.[state] AS nvarchar(max)) COLLATE Latin1_General_100_BIN2 WHEN N'open' THEN N'open' ELSE CASE WHEN j1.[state] IS NULL THEN '' ELSE LOWER(LTRIM(RTRIM(REPLACE(REPLACE(REPLACE(CAST(j1.[state] AS nvarchar(max)) COLLATE Latin1_General_100_BIN2, NCHAR(9), N' '), NCHAR(10), N' '), NCHAR(13), N' ')))) END END AS [~1]
          FROM [dbo].[deal] j1) r
    GROUP BY r.[k1]) p1
  ON p1.[k1] = b.[id]
WHERE ((b.[^made] IS NOT NULL AND b.[^made] < CAST('2023-06-15' AS datetime2(3))) AND NOT (b.[=held] = 1) AND NOT (COALESCE(p1.[=deal], 0) = 1) AND NOT (b.[=objected] = 1))) d CROSS JOIN sys.schemas z;
ALTER TABLE [dbo].[crmaudit_work_110a78c9ce4c_1] ADD n bigint IDENTITY(1, 1) NOT NULL;
CREATE UNIQUE CLUSTERED INDEX crmaudit_number ON [dbo].[crmaudit_work_110a78c9ce4c_1] (n);
END;
GO
DROP TABLE IF EXISTS [#crmaudit_again_110a78c9ce4c_1];
SELECT TOP (0) d.[k1] INTO [#crmaudit_again_110a78c9ce4c_1] FROM [dbo].[crmaudit_work_110a78c9ce4c_1] d CROSS JOIN sys.schemas z;
DECLARE @at bigint, @to bigint;
DROP TABLE IF EXISTS [#crmaudit_rows_110a78c9ce4c_1_1];
SELECT TOP (0) d.[k1] INTO [#crmaudit_rows_110a78c9ce4c_1_1] FROM (SELECT DISTINCT j1.[id] AS [k1] FROM (SELECT DISTINCT t.[id] FROM (SELECT [k1] FROM [dbo].[crmaudit_work_110a78c9ce4c_1] WHERE n > @at AND n <= @to AND spared = 0) w JOIN [dbo].[person] t ON t.[id] = w.[k1]) j0
          JOIN [dbo].[visit] j1 ON j1.[person_id] = j0.[id]) d CROSS JOIN sys.schemas z;
DROP TABLE IF EXISTS [#crmaudit_rows_110a78c9ce4c_1_2];
SELECT TOP (0) d.[k1] INTO [#crmaudit_rows_110a78c9ce4c_1_2] FROM (SELECT DISTINCT j1.[id] AS [k1] FROM (SELECT DISTINCT t.[id] FROM (SELECT [k1] FROM [dbo].[crmaudit_work_110a78c9ce4c_1] WHERE n > @at AND n <= @to AND spared = 0) w JOIN [dbo].[person] t ON t.[id] = w.[k1]) j0
          JOIN [dbo].[person_address] j1 ON j1.[person_id] = j0.[id]) d CROSS JOIN sys.schemas z;
DROP TABLE IF EXISTS [#crmaudit_rows_110a78c9ce4c_1_3];
SELECT TOP (0) d.[k1] INTO [#crmaudit_rows_110a78c9ce4c_1_3] FROM (SELECT DISTINCT j2.[id] AS [k1] FROM (SELECT DISTINCT t.[id] FROM (SELECT [k1] FROM [dbo].[crmaudit_work_110a78c9ce4c_1] WHERE n > @at AND n <= @to AND spared = 0) w JOIN [dbo].[person] t ON t.[id] = w.[k1]) j0
          JOIN [dbo].[person_address] j1 ON j1.[person_id] = j0.[id]
          JOIN [dbo].[address] j2 ON j2.[id] = j1.[address_id]) d CROSS JOIN sys.schemas z;
GO
INSERT INTO [dbo].[crmaudit_work_110a78c9ce4c_1] ([k1], spared)
SELECT d.[k1], 0 FROM (SELECT b.[id] AS [k1]
FROM (SELECT (SELECT CASE WHEN v.m >= CAST('1900-01-01' AS datetime2(3)) AND v.m < CAST('2026-06-16' AS datetime2(3)) THEN v.m END FROM (VALUES (CAST(t.[made] AS datetime2(3)))) AS v(m)) AS [^made],
             t.[id],
             CASE WHEN (t.[held] IS NOT NULL AND t.[held] IN (1)) THEN 1 ELSE 0 END AS [=held],
             CASE WHEN (t.[objected] IS NOT NULL AND t.[objected] IN (1)) THEN 1 ELSE 0 END AS [=objected]
      FROM [dbo].[person] t) b
LEFT JOIN (SELECT r.[k1],
           MAX(CASE WHEN r.[~1] IN (N'open', LOWER(LTRIM(RTRIM(REPLACE(REPLACE(REPLACE(N'ruhend ö', NCHAR(9), N' '), NCHAR(10), N' '), NCHAR(13), N' '))))) THEN 1 ELSE 0 END) AS [=deal]
    FROM (SELECT j1.[person_id] AS [k1],
             CASE CAST(j1.[state] AS nvarchar(max)) COLLATE Latin1_General_100_BIN2 WHEN N'open' THEN N'open' ELSE CASE WHEN j1.[state] IS NULL THEN '' ELSE LOWER(LTRIM(RTRIM(REPLACE(REPLACE(REPLACE(CAST(j1.[state] AS nvarchar(max)) COLLATE Latin1_General_100_BIN2, NCHAR(9), N' '), NCHAR(10), N' '), NCHAR(13), N' ')))) END END AS [~1]
          FROM [dbo].[deal] j1) r
    GROUP BY r.[k1]) p1
  ON p1.[k1] = b.[id]
WHERE ((b.[^made] IS NOT NULL AND b.[^made] < CAST('2023-06-15' AS datetime2(3))) AND NOT (b.[=held] = 1) AND NOT (COALESCE(p1.[=deal], 0) = 1) AND NOT (b.[=objected] = 1))) d WHERE NOT EXISTS (SELECT 1 FROM [dbo].[crmaudit_work_110a78c9ce4c_1] w WHERE w.[k1] = d.[k1]) AND EXISTS (SELECT 1 FROM #crmaudit_token) ORDER BY d.[k1];
GO
DECLARE @at bigint, @to bigint;
DECLARE @tries int = 0, @left int = 0, @passed int, @message nvarchar(2048);
WHILE (SELECT MAX(n) FROM [dbo].[crmaudit_work_110a78c9ce4c_1]) > (SELECT n FROM [dbo].[crmaudit_over_110a78c9ce4c_1]) AND EXISTS (SELECT 1 FROM #crmaudit_token)
BEGIN
BEGIN TRY
IF OBJECT_ID(N'[dbo].[crmaudit_stop_110a78c9ce4c]', N'U') IS NOT NULL BREAK;
SET TRANSACTION ISOLATION LEVEL SERIALIZABLE;
BEGIN TRANSACTION;
SET @at = (SELECT n FROM [dbo].[crmaudit_over_110a78c9ce4c_1] WITH (UPDLOCK, HOLDLOCK));
SET @to = (SELECT MAX(n) FROM (SELECT TOP (1000) n FROM [dbo].[crmaudit_work_110a78c9ce4c_1] WHERE n > @at ORDER BY n) b);
SELECT @left = COUNT(*) FROM [dbo].[person] t WITH (UPDLOCK, HOLDLOCK, ROWLOCK) JOIN (SELECT [k1] FROM [dbo].[crmaudit_work_110a78c9ce4c_1] WHERE n > @at AND n <= @to) w ON t.[id] = w.[k1];
DELETE FROM [#crmaudit_again_110a78c9ce4c_1];
INSERT INTO [#crmaudit_again_110a78c9ce4c_1]
SELECT b.[id] AS [k1]
FROM (SELECT (SELECT CASE WHEN v.m >= CAST('1900-01-01' AS datetime2(3)) AND v.m < CAST('9999-01-01' AS datetime2(3)) THEN v.m END FROM (VALUES (CAST(t.[made] AS datetime2(3)))) AS v(m)) AS [^made],
             t.[id],
             CASE WHEN (t.[held] IS NOT NULL AND t.[held] IN (1)) THEN 1 ELSE 0 END AS [=held],
             CASE WHEN (t.[objected] IS NOT NULL AND t.[objected] IN (1)) THEN 1 ELSE 0 END AS [=objected]
      FROM (SELECT [k1] FROM [dbo].[crmaudit_work_110a78c9ce4c_1] WHERE n > @at AND n <= @to) w JOIN [dbo].[person] t ON t.[id] = w.[k1]) b
LEFT JOIN (SELECT r.[k1],
           MAX(CASE WHEN r.[~1] IN (N'open', LOWER(LTRIM(RTRIM(REPLACE(REPLACE(REPLACE(N'ruhend ö', NCHAR(9), N' '), NCHAR(10), N' '), NCHAR(13), N' '))))) THEN 1 ELSE 0 END) AS [=deal]
    FROM (SELECT j1.[person_id] AS [k1],
             CASE CAST(j1.[state] AS nvarchar(max)) COLLATE Latin1_General_100_BIN2 WHEN N'open' THEN N'open' ELSE CASE WHEN j1.[state] IS NULL THEN '' ELSE LOWER(LTRIM(RTRIM(REPLACE(REPLACE(REPLACE(CAST(j1.[state] AS nvarchar(max)) COLLATE Latin1_General_100_BIN2, NCHAR(9), N' '), NCHAR(10), N' '), NCHAR(13), N' ')))) END END AS [~1]
          FROM (SELECT DISTINCT t.[id] FROM (SELECT [k1] FROM [dbo].[crmaudit_work_110a78c9ce4c_1] WHERE n > @at AND n <= @to) w JOIN [dbo].[person] t ON t.[id] = w.[k1]) j0
          JOIN [dbo].[deal] j1 ON j1.[person_id] = j0.[id]) r
    GROUP BY r.[k1]) p1
  ON p1.[k1] = b.[id]
LEFT JOIN (SELECT r.[k1],
           MAX(r.[^1]) AS [=visited]
    FROM (SELECT j1.[person_id] AS [k1],
             (SELECT CASE WHEN v.m >= CAST('1900-01-01' AS datetime2(3)) AND v.m < CAST('9999-01-01' AS datetime2(3)) THEN v.m END FROM (VALUES (CAST(j1.[made] AS datetime2(3)))) AS v(m)) AS [^1]
          FROM (SELECT DISTINCT t.[id] FROM (SELECT [k1] FROM [dbo].[crmaudit_work_110a78c9ce4c_1] WHERE n > @at AND n <= @to) w JOIN [dbo].[person] t ON t.[id] = w.[k1]) j0
          JOIN [dbo].[visit] j1 ON j1.[person_id] = j0.[id]) r
    GROUP BY r.[k1]) p2
  ON p2.[k1] = b.[id]
WHERE ((b.[^made] IS NOT NULL AND b.[^made] < CAST('2023-06-15' AS datetime2(3))) AND NOT (b.[=held] = 1) AND NOT (COALESCE(p1.[=deal], 0) = 1) AND NOT (b.[=objected] = 1) AND NOT ((p2.[=visited] IS NOT NULL AND p2.[=visited] >= CAST('2026-06-15' AS datetime2(3)))));
UPDATE [dbo].[crmaudit_work_110a78c9ce4c_1] SET spared = 1 WHERE n > @at AND n <= @to AND spared = 0 AND NOT EXISTS (SELECT 1 FROM (SELECT DISTINCT b.[k1] FROM [#crmaudit_again_110a78c9ce4c_1] b) b WHERE b.[k1] = [dbo].[crmaudit_work_110a78c9ce4c_1].[k1]);
DELETE FROM [#crmaudit_rows_110a78c9ce4c_1_1];
INSERT INTO [#crmaudit_rows_110a78c9ce4c_1_1] SELECT DISTINCT j1.[id] AS [k1] FROM (SELECT DISTINCT t.[id] FROM (SELECT [k1] FROM [dbo].[crmaudit_work_110a78c9ce4c_1] WHERE n > @at AND n <= @to AND spared = 0) w JOIN [dbo].[person] t ON t.[id] = w.[k1]) j0
          JOIN [dbo].[visit] j1 ON j1.[person_id] = j0.[id];
DELETE FROM [#crmaudit_rows_110a78c9ce4c_1_2];
INSERT INTO [#crmaudit_rows_110a78c9ce4c_1_2] SELECT DISTINCT j1.[id] AS [k1] FROM (SELECT DISTINCT t.[id] FROM (SELECT [k1] FROM [dbo].[crmaudit_work_110a78c9ce4c_1] WHERE n > @at AND n <= @to AND spared = 0) w JOIN [dbo].[person] t ON t.[id] = w.[k1]) j0
          JOIN [dbo].[person_address] j1 ON j1.[person_id] = j0.[id];
DELETE FROM [#crmaudit_rows_110a78c9ce4c_1_3];
INSERT INTO [#crmaudit_rows_110a78c9ce4c_1_3] SELECT DISTINCT j2.[id] AS [k1] FROM (SELECT DISTINCT t.[id] FROM (SELECT [k1] FROM [dbo].[crmaudit_work_110a78c9ce4c_1] WHERE n > @at AND n <= @to AND spared = 0) w JOIN [dbo].[person] t ON t.[id] = w.[k1]) j0
          JOIN [dbo].[person_address] j1 ON j1.[person_id] = j0.[id]
          JOIN [dbo].[address] j2 ON j2.[id] = j1.[address_id];
DELETE FROM [#crmaudit_rows_110a78c9ce4c_1_3] WHERE EXISTS (SELECT 1 FROM [dbo].[address] t JOIN [dbo].[person_address] h1 ON h1.[address_id] = t.[id] WHERE t.[id] = [#crmaudit_rows_110a78c9ce4c_1_3].[k1] AND NOT EXISTS (SELECT 1 FROM [#crmaudit_rows_110a78c9ce4c_1_2] w WHERE w.[k1] = h1.[id]));
UPDATE [dbo].[crmaudit_work_110a78c9ce4c_1] SET spared = 1 WHERE n > @at AND n <= @to AND spared = 0 AND EXISTS (SELECT 1 FROM (SELECT DISTINCT g.[k1] FROM (SELECT [k1] FROM [dbo].[crmaudit_work_110a78c9ce4c_1] WHERE n > @at AND n <= @to AND spared = 0) g JOIN [dbo].[person] j0 ON j0.[id] = g.[k1] JOIN [dbo].[person_address] j1 ON j1.[person_id] = j0.[id] JOIN [dbo].[address] j2 ON j2.[id] = j1.[address_id] JOIN [dbo].[person_address] j3 ON j3.[address_id] = j2.[id] WHERE EXISTS (SELECT 1 FROM [#crmaudit_rows_110a78c9ce4c_1_2] w WHERE w.[k1] = j1.[id]) AND EXISTS (SELECT 1 FROM [#crmaudit_rows_110a78c9ce4c_1_3] w WHERE w.[k1] = j2.[id]) AND NOT EXISTS (SELECT 1 FROM [#crmaudit_rows_110a78c9ce4c_1_2] w WHERE w.[k1] = j3.[id])) b WHERE b.[k1] = [dbo].[crmaudit_work_110a78c9ce4c_1].[k1]);
DELETE FROM [#crmaudit_rows_110a78c9ce4c_1_1];
INSERT INTO [#crmaudit_rows_110a78c9ce4c_1_1] SELECT DISTINCT j1.[id] AS [k1] FROM (SELECT DISTINCT t.[id] FROM (SELECT [k1] FROM [dbo].[crmaudit_work_110a78c9ce4c_1] WHERE n > @at AND n <= @to AND spared = 0) w JOIN [dbo].[person] t ON t.[id] = w.[k1]) j0
          JOIN [dbo].[visit] j1 ON j1.[person_id] = j0.[id];
DELETE FROM [#crmaudit_rows_110a78c9ce4c_1_2];
INSERT INTO [#crmaudit_rows_110a78c9ce4c_1_2] SELECT DISTINCT j1.[id] AS [k1] FROM (SELECT DISTINCT t.[id] FROM (SELECT [k1] FROM [dbo].[crmaudit_work_110a78c9ce4c_1] WHERE n > @at AND n <= @to AND spared = 0) w JOIN [dbo].[person] t ON t.[id] = w.[k1]) j0
          JOIN [dbo].[person_address] j1 ON j1.[person_id] = j0.[id];
DELETE FROM [#crmaudit_rows_110a78c9ce4c_1_3];
INSERT INTO [#crmaudit_rows_110a78c9ce4c_1_3] SELECT DISTINCT j2.[id] AS [k1] FROM (SELECT DISTINCT t.[id] FROM (SELECT [k1] FROM [dbo].[crmaudit_work_110a78c9ce4c_1] WHERE n > @at AND n <= @to AND spared = 0) w JOIN [dbo].[person] t ON t.[id] = w.[k1]) j0
          JOIN [dbo].[person_address] j1 ON j1.[person_id] = j0.[id]
          JOIN [dbo].[address] j2 ON j2.[id] = j1.[address_id];
DELETE FROM [#crmaudit_rows_110a78c9ce4c_1_3] WHERE EXISTS (SELECT 1 FROM [dbo].[address] t JOIN [dbo].[person_address] h1 ON h1.[address_id] = t.[id] WHERE t.[id] = [#crmaudit_rows_110a78c9ce4c_1_3].[k1] AND NOT EXISTS (SELECT 1 FROM [#crmaudit_rows_110a78c9ce4c_1_2] w WHERE w.[k1] = h1.[id]));
UPDATE [dbo].[crmaudit_work_110a78c9ce4c_1] SET spared = 1 WHERE n > @at AND n <= @to AND spared = 0 AND EXISTS (SELECT 1 FROM (SELECT DISTINCT g.[k1] FROM (SELECT [k1] FROM [dbo].[crmaudit_work_110a78c9ce4c_1] WHERE n > @at AND n <= @to AND spared = 0) g JOIN [dbo].[person] j0 ON j0.[id] = g.[k1] JOIN [dbo].[person_address] j1 ON j1.[person_id] = j0.[id] JOIN [dbo].[address] j2 ON j2.[id] = j1.[address_id] JOIN [dbo].[person_address] j3 ON j3.[address_id] = j2.[id] WHERE EXISTS (SELECT 1 FROM [#crmaudit_rows_110a78c9ce4c_1_2] w WHERE w.[k1] = j1.[id]) AND EXISTS (SELECT 1 FROM [#crmaudit_rows_110a78c9ce4c_1_3] w WHERE w.[k1] = j2.[id]) AND NOT EXISTS (SELECT 1 FROM [#crmaudit_rows_110a78c9ce4c_1_2] w WHERE w.[k1] = j3.[id])) b WHERE b.[k1] = [dbo].[crmaudit_work_110a78c9ce4c_1].[k1]);
DELETE FROM [#crmaudit_rows_110a78c9ce4c_1_1];
INSERT INTO [#crmaudit_rows_110a78c9ce4c_1_1] SELECT DISTINCT j1.[id] AS [k1] FROM (SELECT DISTINCT t.[id] FROM (SELECT [k1] FROM [dbo].[crmaudit_work_110a78c9ce4c_1] WHERE n > @at AND n <= @to AND spared = 0) w JOIN [dbo].[person] t ON t.[id] = w.[k1]) j0
          JOIN [dbo].[visit] j1 ON j1.[person_id] = j0.[id];
DELETE FROM [#crmaudit_rows_110a78c9ce4c_1_2];
INSERT INTO [#crmaudit_rows_110a78c9ce4c_1_2] SELECT DISTINCT j1.[id] AS [k1] FROM (SELECT DISTINCT t.[id] FROM (SELECT [k1] FROM [dbo].[crmaudit_work_110a78c9ce4c_1] WHERE n > @at AND n <= @to AND spared = 0) w JOIN [dbo].[person] t ON t.[id] = w.[k1]) j0
          JOIN [dbo].[person_address] j1 ON j1.[person_id] = j0.[id];
DELETE FROM [#crmaudit_rows_110a78c9ce4c_1_3];
INSERT INTO [#crmaudit_rows_110a78c9ce4c_1_3] SELECT DISTINCT j2.[id] AS [k1] FROM (SELECT DISTINCT t.[id] FROM (SELECT [k1] FROM [dbo].[crmaudit_work_110a78c9ce4c_1] WHERE n > @at AND n <= @to AND spared = 0) w JOIN [dbo].[person] t ON t.[id] = w.[k1]) j0
          JOIN [dbo].[person_address] j1 ON j1.[person_id] = j0.[id]
          JOIN [dbo].[address] j2 ON j2.[id] = j1.[address_id];
DELETE FROM [#crmaudit_rows_110a78c9ce4c_1_3] WHERE EXISTS (SELECT 1 FROM [dbo].[address] t JOIN [dbo].[person_address] h1 ON h1.[address_id] = t.[id] WHERE t.[id] = [#crmaudit_rows_110a78c9ce4c_1_3].[k1] AND NOT EXISTS (SELECT 1 FROM [#crmaudit_rows_110a78c9ce4c_1_2] w WHERE w.[k1] = h1.[id]));
UPDATE [dbo].[crmaudit_work_110a78c9ce4c_1] SET spared = 1 WHERE n > @at AND n <= @to AND spared = 0 AND EXISTS (SELECT 1 FROM (SELECT DISTINCT g.[k1] FROM (SELECT [k1] FROM [dbo].[crmaudit_work_110a78c9ce4c_1] WHERE n > @at AND n <= @to AND spared = 0) g JOIN [dbo].[person] j0 ON j0.[id] = g.[k1] JOIN [dbo].[person_address] j1 ON j1.[person_id] = j0.[id] JOIN [dbo].[address] j2 ON j2.[id] = j1.[address_id] JOIN [dbo].[person_address] j3 ON j3.[address_id] = j2.[id] WHERE EXISTS (SELECT 1 FROM [#crmaudit_rows_110a78c9ce4c_1_2] w WHERE w.[k1] = j1.[id]) AND EXISTS (SELECT 1 FROM [#crmaudit_rows_110a78c9ce4c_1_3] w WHERE w.[k1] = j2.[id]) AND NOT EXISTS (SELECT 1 FROM [#crmaudit_rows_110a78c9ce4c_1_2] w WHERE w.[k1] = j3.[id])) b WHERE b.[k1] = [dbo].[crmaudit_work_110a78c9ce4c_1].[k1]);
DELETE FROM [#crmaudit_rows_110a78c9ce4c_1_1];
INSERT INTO [#crmaudit_rows_110a78c9ce4c_1_1] SELECT DISTINCT j1.[id] AS [k1] FROM (SELECT DISTINCT t.[id] FROM (SELECT [k1] FROM [dbo].[crmaudit_work_110a78c9ce4c_1] WHERE n > @at AND n <= @to AND spared = 0) w JOIN [dbo].[person] t ON t.[id] = w.[k1]) j0
          JOIN [dbo].[visit] j1 ON j1.[person_id] = j0.[id];
DELETE FROM [#crmaudit_rows_110a78c9ce4c_1_2];
INSERT INTO [#crmaudit_rows_110a78c9ce4c_1_2] SELECT DISTINCT j1.[id] AS [k1] FROM (SELECT DISTINCT t.[id] FROM (SELECT [k1] FROM [dbo].[crmaudit_work_110a78c9ce4c_1] WHERE n > @at AND n <= @to AND spared = 0) w JOIN [dbo].[person] t ON t.[id] = w.[k1]) j0
          JOIN [dbo].[person_address] j1 ON j1.[person_id] = j0.[id];
DELETE FROM [#crmaudit_rows_110a78c9ce4c_1_3];
INSERT INTO [#crmaudit_rows_110a78c9ce4c_1_3] SELECT DISTINCT j2.[id] AS [k1] FROM (SELECT DISTINCT t.[id] FROM (SELECT [k1] FROM [dbo].[crmaudit_work_110a78c9ce4c_1] WHERE n > @at AND n <= @to AND spared = 0) w JOIN [dbo].[person] t ON t.[id] = w.[k1]) j0
          JOIN [dbo].[person_address] j1 ON j1.[person_id] = j0.[id]
          JOIN [dbo].[address] j2 ON j2.[id] = j1.[address_id];
DELETE FROM [#crmaudit_rows_110a78c9ce4c_1_3] WHERE EXISTS (SELECT 1 FROM [dbo].[address] t JOIN [dbo].[person_address] h1 ON h1.[address_id] = t.[id] WHERE t.[id] = [#crmaudit_rows_110a78c9ce4c_1_3].[k1] AND NOT EXISTS (SELECT 1 FROM [#crmaudit_rows_110a78c9ce4c_1_2] w WHERE w.[k1] = h1.[id]));
UPDATE [dbo].[crmaudit_work_110a78c9ce4c_1] SET spared = 1 WHERE n > @at AND n <= @to AND spared = 0 AND EXISTS (SELECT 1 FROM (SELECT DISTINCT g.[k1] FROM (SELECT [k1] FROM [dbo].[crmaudit_work_110a78c9ce4c_1] WHERE n > @at AND n <= @to AND spared = 0) g JOIN [dbo].[person] j0 ON j0.[id] = g.[k1] JOIN [dbo].[person_address] j1 ON j1.[person_id] = j0.[id] JOIN [dbo].[address] j2 ON j2.[id] = j1.[address_id] JOIN [dbo].[person_address] j3 ON j3.[address_id] = j2.[id] WHERE EXISTS (SELECT 1 FROM [#crmaudit_rows_110a78c9ce4c_1_2] w WHERE w.[k1] = j1.[id]) AND EXISTS (SELECT 1 FROM [#crmaudit_rows_110a78c9ce4c_1_3] w WHERE w.[k1] = j2.[id]) AND NOT EXISTS (SELECT 1 FROM [#crmaudit_rows_110a78c9ce4c_1_2] w WHERE w.[k1] = j3.[id])) b);
DELETE FROM [#crmaudit_rows_110a78c9ce4c_1_1];
INSERT INTO [#crmaudit_rows_110a78c9ce4c_1_1] SELECT DISTINCT j1.[id] AS [k1] FROM (SELECT DISTINCT t.[id] FROM (SELECT [k1] FROM [dbo].[crmaudit_work_110a78c9ce4c_1] WHERE n > @at AND n <= @to AND spared = 0) w JOIN [dbo].[person] t ON t.[id] = w.[k1]) j0
          JOIN [dbo].[visit] j1 ON j1.[person_id] = j0.[id];
DELETE FROM [#crmaudit_rows_110a78c9ce4c_1_2];
INSERT INTO [#crmaudit_rows_110a78c9ce4c_1_2] SELECT DISTINCT j1.[id] AS [k1] FROM (SELECT DISTINCT t.[id] FROM (SELECT [k1] FROM [dbo].[crmaudit_work_110a78c9ce4c_1] WHERE n > @at AND n <= @to AND spared = 0) w JOIN [dbo].[person] t ON t.[id] = w.[k1]) j0
          JOIN [dbo].[person_address] j1 ON j1.[person_id] = j0.[id];
DELETE FROM [#crmaudit_rows_110a78c9ce4c_1_3];
INSERT INTO [#crmaudit_rows_110a78c9ce4c_1_3] SELECT DISTINCT j2.[id] AS [k1] FROM (SELECT DISTINCT t.[id] FROM (SELECT [k1] FROM [dbo].[crmaudit_work_110a78c9ce4c_1] WHERE n > @at AND n <= @to AND spared = 0) w JOIN [dbo].[person] t ON t.[id] = w.[k1]) j0
          JOIN [dbo].[person_address] j1 ON j1.[person_id] = j0.[id]
          JOIN [dbo].[address] j2 ON j2.[id] = j1.[address_id];
DELETE FROM [#crmaudit_rows_110a78c9ce4c_1_3] WHERE EXISTS (SELECT 1 FROM [dbo].[address] t JOIN [dbo].[person_address] h1 ON h1.[address_id] = t.[id] WHERE t.[id] = [#crmaudit_rows_110a78c9ce4c_1_3].[k1] AND NOT EXISTS (SELECT 1 FROM [#crmaudit_rows_110a78c9ce4c_1_2] w WHERE w.[k1] = h1.[id]));
SET @left = (SELECT COUNT(*) FROM [#crmaudit_rows_110a78c9ce4c_1_1]);
WHILE @left > 0
BEGIN
DELETE TOP (2000) t FROM [dbo].[visit] t JOIN [#crmaudit_rows_110a78c9ce4c_1_1] w ON t.[id] = w.[k1] WHERE EXISTS (SELECT 1 FROM #crmaudit_token);
SET @left = @left - 2000;
END;
SET @left = (SELECT COUNT(*) FROM [#crmaudit_rows_110a78c9ce4c_1_2]);
WHILE @left > 0
BEGIN
DELETE TOP (2000) t FROM [dbo].[person_address] t JOIN [#crmaudit_rows_110a78c9ce4c_1_2] w ON t.[id] = w.[k1] WHERE EXISTS (SELECT 1 FROM #crmaudit_token);
SET @left = @left - 2000;
END;
SET @left = (SELECT COUNT(*) FROM [#crmaudit_rows_110a78c9ce4c_1_3]);
WHILE @left > 0
BEGIN
DELETE TOP (2000) t FROM [dbo].[address] t JOIN [#crmaudit_rows_110a78c9ce4c_1_3] w ON t.[id] = w.[k1] WHERE EXISTS (SELECT 1 FROM #crmaudit_token);
SET @left = @left - 2000;
END;
DELETE t FROM [dbo].[person] t JOIN (SELECT [k1] FROM [dbo].[crmaudit_work_110a78c9ce4c_1] WHERE n > @at AND n <= @to AND spared = 0) w ON t.[id] = w.[k1] WHERE EXISTS (SELECT 1 FROM #crmaudit_token);
UPDATE [dbo].[crmaudit_over_110a78c9ce4c_1] SET n = @to WHERE n < @to;
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
INSERT INTO [dbo].[crmaudit_deletion_log] (script, rule_id, entity, policy, policy_digest, audited_on, expected, deleted, spared, not_reached, run_on, seconds, action, changed, tool_version, checksum) SELECT script, N'stale_person', N'person', N'gdpr', N'0123456789abcdef', N'2026-06-15', 100, c.done, c.spared, c.remaining, CONVERT(varchar(10), SYSDATETIME(), 23), DATEDIFF_BIG(second, CAST('1970-01-01' AS datetime2(0)), SYSDATETIME()) - started, N'person', N'', N'1.0', N'c3ca4bdd079fecb56b6d72915e701f593f45730671feef08a08fdf82afd7f41c' FROM #crmaudit_token CROSS JOIN (SELECT COUNT(*) - COALESCE(SUM(w.spared), 0) AS done, COALESCE(SUM(w.spared), 0) AS spared, (SELECT COUNT(*) FROM [dbo].[crmaudit_work_110a78c9ce4c_1] l WHERE l.n > (SELECT o.n FROM [dbo].[crmaudit_over_110a78c9ce4c_1] o)) AS remaining FROM [dbo].[crmaudit_work_110a78c9ce4c_1] w WHERE w.n <= (SELECT o.n FROM [dbo].[crmaudit_over_110a78c9ce4c_1] o)) c;
GO
SELECT l.words, CASE l.line WHEN 1 THEN c.done WHEN 2 THEN c.spared ELSE c.remaining END FROM (SELECT COUNT(*) - COALESCE(SUM(w.spared), 0) AS done, COALESCE(SUM(w.spared), 0) AS spared, (SELECT COUNT(*) FROM [dbo].[crmaudit_work_110a78c9ce4c_1] l WHERE l.n > (SELECT o.n FROM [dbo].[crmaudit_over_110a78c9ce4c_1] o)) AS remaining FROM [dbo].[crmaudit_work_110a78c9ce4c_1] w WHERE w.n <= (SELECT o.n FROM [dbo].[crmaudit_over_110a78c9ce4c_1] o)) c CROSS JOIN (SELECT 1 AS line, N'stale_person, person: persons deleted' AS words UNION ALL SELECT 2 AS line, N'stale_person, person: persons spared when they were looked at again' AS words UNION ALL SELECT 3 AS line, N'stale_person, person: persons not looked at; run the file again' AS words) l ORDER BY l.line;
GO
SET NOEXEC OFF;
GO
