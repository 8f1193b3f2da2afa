-- crmaudit 0.1.0: takes rights away in crm, by the audit of 24 Nov 2026
-- The tool never runs this file. Read it, take out what shall stay, and run it as whoever administers the database.
-- NEVER RUN ON A LIVE SERVER of this product: try it on a copy first.
:on error exit
SET XACT_ABORT ON;
GO
DECLARE @message nvarchar(2048);
IF NOT (DB_NAME() COLLATE Latin1_General_100_BIN2 = N'crm')
BEGIN
    SET @message = REPLACE(N'STOP: this is not the database crm that was audited', N'%', N'%%');
    THROW 50000, @message, 1;
END;
IF NOT (CONVERT(varchar(10), SYSDATETIME(), 23) <= N'2026-07-01')
BEGIN
    SET @message = REPLACE(N'STOP: this script was valid until 1 Jul 2026; audit again', N'%', N'%%');
    THROW 50000, @message, 1;
END;
GO
IF NOT (DB_NAME() COLLATE Latin1_General_100_BIN2 = N'crm')
BEGIN
    SET NOEXEC ON;
END;
IF NOT (CONVERT(varchar(10), SYSDATETIME(), 23) <= N'2026-07-01')
BEGIN
    SET NOEXEC ON;
END;
GO
BEGIN TRANSACTION;

-- 1. goes because the grant that it was given from does
-- trainee loses: read: Date of birth
-- to undo it:
--     GRANT SELECT ([birthdate], [email1]) ON OBJECT::[crm].[contacts] TO [trainee];
REVOKE SELECT ([birthdate], [email1]) ON OBJECT::[crm].[contacts] FROM [trainee];

-- 2. broad_grant, write_privilege
-- sales_lead loses: read: Date of birth; change: Date of birth
-- to undo it:
--     GRANT SELECT, UPDATE ON OBJECT::[crm].[contacts] TO [sales_lead] WITH GRANT OPTION;
REVOKE SELECT, UPDATE ON OBJECT::[crm].[contacts] FROM [sales_lead] CASCADE;

-- 3. grant_option
-- nobody loses a right by this one alone: they keep it on another way, or it was only the option to give it to others
-- to undo it:
--     GRANT SELECT ON SCHEMA::[crm] TO [lead] WITH GRANT OPTION;
REVOKE GRANT OPTION FOR SELECT ON SCHEMA::[crm] FROM [lead] CASCADE;

-- 4. broad_grant
-- nobody loses a right by this one alone: they keep it on another way, or it was only the option to give it to others
-- to undo it:
--     EXEC sp_addrolemember N'readers', N'''anna''@''%''';
EXEC sp_droprolemember N'readers', N'''anna''@''%''';

COMMIT TRANSACTION;
GO
SET NOEXEC OFF;
GO

-- What no statement here mends:
-- administrative_account, postgres: decide whether this account has to administer the server; then take its powers away by hand
-- unused_permission: nobody uses this entry of the policy: take it out of the policy
