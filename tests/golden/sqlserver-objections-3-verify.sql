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
SELECT @passed = 1 WHERE DB_NAME() COLLATE Latin1_General_100_BIN2 = N'crm';
IF @passed = 0
BEGIN
    SET @message = REPLACE(N'STOP: this is not the database crm that was audited', N'%', N'%%');
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
SET @passed = 0;
SELECT @passed = 1 WHERE OBJECT_ID(N'[dbo].[crmaudit_over_a08f92409787_1]', N'U') IS NOT NULL;
IF @passed = 0
BEGIN
    SET @message = REPLACE(N'STOP: nothing to verify, 2-purge.sql has not come to stale_person, person; run it first', N'%', N'%%');
    THROW 50000, @message, 1;
END;
SELECT 1 AS passed INTO #crmaudit_structure;
GO
DECLARE @message nvarchar(2048), @passed int, @found bigint;
SELECT N'a08f92409787' AS script, CAST(0 AS bigint) AS started INTO #crmaudit_counted FROM #crmaudit_structure;
GO
IF OBJECT_ID(N'tempdb..#crmaudit_counted', N'U') IS NULL SET NOEXEC ON;
GO
SELECT c.* INTO #crmaudit_token FROM #crmaudit_counted c;
GO
IF OBJECT_ID(N'tempdb..#crmaudit_token', N'U') IS NULL SET NOEXEC ON;
GO
SELECT N'stale_person, person: persons who would be deleted, if nothing happens before', (SELECT COUNT(*) FROM (SELECT b.[id] AS [k1]
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
WHERE ((b.[^made] IS NOT NULL AND b.[^made] < CAST('2023-06-15' AS datetime2(3))) AND NOT (b.[=held] = 1) AND NOT (COALESCE(p2.[=deal], 0) = 1) AND NOT ((b.[=objected] = 1 AND (p1.[=address to remember 1] IS NULL OR LOWER(LTRIM(RTRIM(REPLACE(REPLACE(REPLACE(CAST(p1.[=address to remember 1] AS nvarchar(max)) COLLATE Latin1_General_100_BIN2, NCHAR(9), N' '), NCHAR(10), N' '), NCHAR(13), N' ')))) = ''))))) c);
SELECT N'stale_person, person: persons deleted and there all the same (0 is right)', (SELECT COUNT(*) FROM [dbo].[crmaudit_work_a08f92409787_1] w JOIN [dbo].[person] t ON t.[id] = w.[k1] WHERE w.spared = 0 AND w.n <= (SELECT o.n FROM [dbo].[crmaudit_over_a08f92409787_1] o));
SELECT N'stale_person, person: rows of dbo.visit that point at persons who were deleted', (SELECT COUNT(*) FROM (SELECT t.* FROM [dbo].[crmaudit_work_a08f92409787_1] w JOIN [dbo].[visit] t ON t.[person_id] = w.[k1] WHERE w.spared = 0 AND w.n <= (SELECT o.n FROM [dbo].[crmaudit_over_a08f92409787_1] o)) c);
SELECT N'stale_person, person: rows of dbo.person_address that point at persons who were deleted', (SELECT COUNT(*) FROM (SELECT t.* FROM [dbo].[crmaudit_work_a08f92409787_1] w JOIN [dbo].[person_address] t ON t.[person_id] = w.[k1] WHERE w.spared = 0 AND w.n <= (SELECT o.n FROM [dbo].[crmaudit_over_a08f92409787_1] o)) c);
SELECT N'stale_person, person: rows of dbo.deal that point at persons who were deleted', (SELECT COUNT(*) FROM (SELECT t.* FROM [dbo].[crmaudit_work_a08f92409787_1] w JOIN [dbo].[deal] t ON t.[person_id] = w.[k1] WHERE w.spared = 0 AND w.n <= (SELECT o.n FROM [dbo].[crmaudit_over_a08f92409787_1] o)) c);
SELECT N'stale_person, person: persons deleted who had objected', (SELECT COUNT(*) FROM (SELECT DISTINCT w.[k1] FROM [dbo].[crmaudit_objected_a08f92409787_1] w) c);
SELECT N'stale_person, person: persons deleted who had objected and are not on the suppression list (0 is right)', (SELECT COUNT(*) FROM (SELECT DISTINCT w.[k1] FROM [dbo].[crmaudit_objected_a08f92409787_1] w WHERE NOT EXISTS (SELECT 1 FROM [dbo].[crmaudit_suppression] s WHERE s.address_hash = w.hash AND s.objection = w.kind AND s.algorithm = N'hmac-sha-256')) c);
GO
IF EXISTS (SELECT 1 FROM #crmaudit_token) DROP TABLE IF EXISTS [dbo].[crmaudit_work_a08f92409787_1];
IF EXISTS (SELECT 1 FROM #crmaudit_token) DROP TABLE IF EXISTS [dbo].[crmaudit_over_a08f92409787_1];
IF EXISTS (SELECT 1 FROM #crmaudit_token) DROP TABLE IF EXISTS [dbo].[crmaudit_objector_a08f92409787_1];
IF EXISTS (SELECT 1 FROM #crmaudit_token) DROP TABLE IF EXISTS [dbo].[crmaudit_objected_a08f92409787_1];
GO
IF EXISTS (SELECT 1 FROM #crmaudit_token) DROP TABLE IF EXISTS [dbo].[crmaudit_stop_a08f92409787];
GO
SET NOEXEC OFF;
GO
