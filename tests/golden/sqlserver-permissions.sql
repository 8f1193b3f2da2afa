-- PARSED, AND NEVER RUN ON A SERVER: what crmaudit asks SQL Server about permissions.
SELECT HAS_PERMS_BY_NAME(QUOTENAME(DB_NAME()), N'DATABASE', N'VIEW DEFINITION'),
       HAS_PERMS_BY_NAME(NULL, NULL, N'VIEW ANY DEFINITION'), USER_NAME();
GO
SELECT N'the account is a member of sysadmin' WHERE IS_SRVROLEMEMBER(N'sysadmin') = 1
UNION ALL
SELECT p.permission_name + N' on the database' FROM sys.fn_my_permissions(NULL, N'DATABASE') AS p
WHERE p.permission_name IN (N'INSERT', N'UPDATE', N'DELETE', N'ALTER', N'CONTROL', N'TAKE OWNERSHIP', N'CREATE TABLE',
                            N'CREATE VIEW', N'CREATE PROCEDURE', N'CREATE FUNCTION', N'CREATE SCHEMA')
UNION ALL
SELECT r.name + N' on ' + s.name + N'.' + o.name
FROM sys.objects AS o JOIN sys.schemas AS s ON s.schema_id = o.schema_id
CROSS JOIN (VALUES (N'INSERT'), (N'UPDATE'), (N'DELETE'), (N'ALTER')) AS r(name)
WHERE o.type IN ('U', 'V') AND o.is_ms_shipped = 0
  AND HAS_PERMS_BY_NAME(QUOTENAME(s.name) + N'.' + QUOTENAME(o.name), N'OBJECT', r.name) = 1;
GO
SELECT p.principal_id, p.name, p.type, p.is_fixed_role, CONVERT(varchar(200), p.sid, 2), p.authentication_type,
       p.owning_principal_id
FROM sys.database_principals AS p ORDER BY p.name;
GO
SELECT m.role_principal_id, m.member_principal_id FROM sys.database_role_members AS m ORDER BY 1, 2;
GO
SELECT s.schema_id, s.name, s.principal_id FROM sys.schemas AS s WHERE s.name NOT IN (N'sys', N'INFORMATION_SCHEMA')
ORDER BY s.name;
GO
SELECT o.object_id, o.schema_id, o.name, o.type, COALESCE(o.principal_id, s.principal_id), m.execute_as_principal_id,
       t.is_external
FROM sys.objects AS o JOIN sys.schemas AS s ON s.schema_id = o.schema_id
LEFT JOIN sys.sql_modules AS m ON m.object_id = o.object_id LEFT JOIN sys.tables AS t ON t.object_id = o.object_id
WHERE o.type IN ('U', 'V', 'IF', 'TF', 'SN', 'FN', 'P', 'PC', 'FS', 'FT') AND o.is_ms_shipped = 0
ORDER BY s.name, o.name;
GO
SELECT c.object_id, c.column_id, c.name FROM sys.columns AS c JOIN sys.objects AS o ON o.object_id = c.object_id
WHERE o.type IN ('U', 'V', 'IF', 'TF') AND o.is_ms_shipped = 0 ORDER BY c.object_id, c.column_id;
GO
SELECT p.class, p.major_id, p.minor_id, p.grantee_principal_id, p.permission_name, p.state, p.grantor_principal_id
FROM sys.database_permissions AS p WHERE p.class IN (0, 1, 3, 4) AND p.major_id >= 0
ORDER BY p.class, p.major_id, p.minor_id, p.grantee_principal_id, p.permission_name, p.state;
GO
SELECT d.target_object_id, p.name FROM sys.security_policies AS p
JOIN sys.security_predicates AS d ON d.object_id = p.object_id
WHERE p.is_enabled = 1 AND d.predicate_type = 0 ORDER BY 1, 2;
GO
SELECT DISTINCT d.referencing_id, d.referenced_id,
       CASE WHEN d.referenced_server_name IS NOT NULL OR d.referenced_database_name <> DB_NAME() THEN 1 ELSE 0 END
FROM sys.sql_expression_dependencies AS d WHERE d.referencing_class = 1 AND d.referenced_class = 1
UNION
SELECT y.object_id, OBJECT_ID(y.base_object_name), CASE WHEN OBJECT_ID(y.base_object_name) IS NULL THEN 1 ELSE 0 END
FROM sys.synonyms AS y
ORDER BY 1, 2, 3;
GO
SELECT o.object_id, r.referenced_id, r.referenced_minor_id, r.is_selected, r.is_updated, r.is_select_all
FROM sys.objects AS o JOIN sys.schemas AS s ON s.schema_id = o.schema_id
CROSS APPLY sys.dm_sql_referenced_entities(QUOTENAME(s.name) + N'.' + QUOTENAME(o.name), N'OBJECT') AS r
WHERE o.type IN ('V', 'IF', 'TF', 'FN', 'P') AND o.is_ms_shipped = 0 AND r.referenced_class = 1
  AND r.referenced_id IS NOT NULL
ORDER BY 1, 2, 3;
GO
SELECT p.principal_id, p.name, p.type, p.is_disabled, CONVERT(varchar(200), p.sid, 2)
FROM sys.server_principals AS p ORDER BY p.name;
GO
SELECT m.role_principal_id, m.member_principal_id FROM sys.server_role_members AS m ORDER BY 1, 2;
GO
SELECT p.grantee_principal_id, p.permission_name, p.state, t.name
FROM sys.server_permissions AS p
LEFT JOIN sys.server_principals AS t ON p.class = 101 AND t.principal_id = p.major_id
WHERE p.class IN (100, 101) ORDER BY 1, 2, 4;
GO
EXEC master.dbo.crmaudit_logins;
GO
SELECT CONVERT(varchar(200), l.sid, 2) AS sid,
       CASE WHEN l.password_hash IS NULL THEN NULL ELSE PWDCOMPARE(N'', l.password_hash) END AS is_empty,
       l.is_policy_checked, l.is_expiration_checked,
       CAST(LOGINPROPERTY(l.name, 'DaysUntilExpiration') AS int) AS days_left,
       CONVERT(varchar(10), DATEADD(day, CAST(LOGINPROPERTY(l.name, 'DaysUntilExpiration') AS int), SYSUTCDATETIME()), 23)
           AS valid_until
FROM sys.sql_logins AS l ORDER BY l.name;
GO
EXEC master.dbo.crmaudit_line;
GO
SELECT CASE WHEN c.encrypt_option = 'TRUE' THEN 1 ELSE 0 END AS is_encrypted,
       CASE WHEN c.net_transport = 'Shared memory' OR c.client_net_address = '<local machine>'
                 OR c.client_net_address LIKE '127.%' OR c.client_net_address = '::1' THEN 1 ELSE 0 END AS is_local
FROM sys.dm_exec_connections AS c WHERE c.session_id = @@SPID;
GO
SELECT s.name, s.data_source,
       CASE WHEN EXISTS (SELECT 1 FROM sys.linked_logins AS l
                         WHERE l.server_id = s.server_id AND l.remote_name IS NOT NULL) THEN 1 ELSE 0 END
FROM sys.servers AS s WHERE s.is_linked = 1 ORDER BY s.name;
GO
SELECT c.name FROM sys.configurations AS c
WHERE c.name IN (N'xp_cmdshell', N'Ole Automation Procedures', N'Ad Hoc Distributed Queries', N'external scripts enabled')
  AND CAST(c.value_in_use AS int) = 1 ORDER BY c.name;
GO
SELECT d.name FROM sys.databases AS d
WHERE d.database_id = DB_ID() AND (d.is_published = 1 OR d.is_merge_published = 1);
GO
SELECT t.name, N'' FROM sys.tables AS t WHERE t.is_external = 1
UNION ALL
SELECT y.name, PARSENAME(y.base_object_name, 4) FROM sys.synonyms AS y
WHERE PARSENAME(y.base_object_name, 4) IS NOT NULL
ORDER BY 1;
GO
