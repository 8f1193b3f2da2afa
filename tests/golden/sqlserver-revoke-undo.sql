-- crmaudit 0.1.0: gives back in crm what revoke.sql took, by the audit of 24 Nov 2026
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
GO
IF NOT (DB_NAME() COLLATE Latin1_General_100_BIN2 = N'crm')
BEGIN
    SET NOEXEC ON;
END;
GO
BEGIN TRANSACTION;

-- 4. broad_grant
EXEC sp_addrolemember N'readers', N'''anna''@''%''';

-- 3. grant_option
GRANT SELECT ON SCHEMA::[crm] TO [lead] WITH GRANT OPTION;

-- 2. broad_grant, write_privilege
GRANT SELECT, UPDATE ON OBJECT::[crm].[contacts] TO [sales_lead] WITH GRANT OPTION;

-- 1. goes because the grant that it was given from does
GRANT SELECT ([birthdate], [email1]) ON OBJECT::[crm].[contacts] TO [trainee];

COMMIT TRANSACTION;
GO
SET NOEXEC OFF;
GO
