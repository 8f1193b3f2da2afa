#include "reports/purge/sqlserver_script.h"

namespace crmaudit::reports::purge {
namespace {

constexpr const char* token = "EXISTS (SELECT 1 FROM #crmaudit_token)";
constexpr const char* go = "GO\n";

constexpr const char* declared = "DECLARE @message nvarchar(2048), @passed int, @found bigint;\n";

/// The batch, for the statements up to the next GO.
constexpr const char* range = "DECLARE @at bigint, @to bigint;\n";

/// Names are compared byte by byte, whatever collation they come with.
constexpr const char* exact = " COLLATE Latin1_General_100_BIN2";

/// With 5000 locks a statement is given the whole table instead; indexes count too.
constexpr const char* few_rows = "2000";

/// What indexed views, filtered indexes and computed columns ask of a session; the client has some of them off. They
/// count from the next batch on.
constexpr const char* settings =
    "SET ANSI_NULLS ON;\nSET ANSI_PADDING ON;\nSET ANSI_WARNINGS ON;\nSET ARITHABORT ON;\n"
    "SET CONCAT_NULL_YIELDS_NULL ON;\nSET QUOTED_IDENTIFIER ON;\nSET NUMERIC_ROUNDABORT OFF;\n"
    "SET IMPLICIT_TRANSACTIONS OFF;\nSET ROWCOUNT 0;\nSET NOCOUNT ON;\nSET XACT_ABORT ON;\nSET LOCK_TIMEOUT 5000;\n"
    "SET DEADLOCK_PRIORITY LOW;\nSET NOEXEC OFF;\n";

/// A condition that is neither true nor false stops too.
std::string stop_unless(const std::string& condition, const std::string& message) {
    return "SET @passed = 0;\nSELECT @passed = 1 WHERE " + condition +
           ";\nIF @passed = 0\nBEGIN\n    SET @message = REPLACE(" + message +
           ", N'%', N'%%');\n    THROW 50000, @message, 1;\nEND;\n";
}

/// An empty table for keys like those of the rows. A join keeps it from counting its keys by itself, as the table does
/// that they come from.
std::string keys_in(const std::string& table, const std::vector<std::string>& columns, const std::string& rows,
                    const std::string& more) {
    return "SELECT TOP (0) " + prefixed(columns, "d.") + more + " INTO " + table + " FROM " + rows +
           " d CROSS JOIN sys.schemas z;\n";
}

/// How many keys there are, once they are kept.
std::string counted_in(const Check& check) {
    return "DROP TABLE IF EXISTS " + check.kept + ";\nSELECT d.* INTO " + check.kept + " FROM (" + check.counted +
           ") d;\nSET @found = (SELECT COUNT(*) FROM " + check.kept + ");\n";
}

std::string replaced(std::string text, std::string_view what, std::string_view by) {
    for (std::size_t at = 0; (at = text.find(what, at)) != std::string::npos; at += by.size()) {
        text.replace(at, what.size(), by);
    }
    return text;
}

/// What all clients share names the token as it is elsewhere.
std::string temporary_token(std::string statements) {
    return replaced(std::move(statements), " crmaudit_token", " #crmaudit_token");
}

/// Nothing of what follows is run, should the client go on without the table.
std::string nothing_without(const std::string& table) {
    return "IF OBJECT_ID(N'tempdb.." + table + "', N'U') IS NULL SET NOEXEC ON;\n" + go;
}

std::string delay(std::int64_t milliseconds) {
    const auto padded = [](std::int64_t number, std::size_t digits) {
        const std::string text = std::to_string(number);
        return std::string(digits - text.size(), '0') + text;
    };
    return "'00:" + padded(milliseconds / 60'000, 2) + ":" + padded(milliseconds / 1000 % 60, 2) + "." +
           padded(milliseconds % 1000, 3) + "'";
}

}  // namespace

bool SqlserverScript::can_write(std::string_view name) const {
    // At the beginning of a line the client finds its own commands, within quotes too, and its variables anywhere.
    return name.find_first_of("\r\n") == std::string_view::npos && name.find("$(") == std::string_view::npos;
}

std::string SqlserverScript::object(const TableName& table) const {
    return "OBJECT_ID(" + grammar_.text_literal(grammar_.quote(table)) + ", N'U')";
}

std::string SqlserverScript::is_database(const Source& source) const {
    return std::string{"DB_NAME()"} + exact + " = " + grammar_.text_literal(source.database);
}

std::string SqlserverScript::columns_now(const TableName& table) const {
    return "(SELECT STRING_AGG(CAST(c.name + N' ' + y.name + CASE WHEN y.name IN (N'char', N'varchar', N'binary', "
           "N'varbinary') THEN N'(' + CASE c.max_length WHEN -1 THEN N'max' ELSE CAST(c.max_length AS nvarchar(10)) "
           "END + N')' WHEN y.name IN (N'nchar', N'nvarchar') THEN N'(' + CASE c.max_length WHEN -1 THEN N'max' ELSE "
           "CAST(c.max_length / 2 AS nvarchar(10)) END + N')' WHEN y.name IN (N'decimal', N'numeric') THEN N'(' + "
           "CAST(c.precision AS nvarchar(10)) + N',' + CAST(c.scale AS nvarchar(10)) + N')' WHEN y.name IN "
           "(N'datetime2', N'datetimeoffset', N'time') THEN N'(' + CAST(c.scale AS nvarchar(10)) + N')' ELSE N'' END "
           "+ CASE c.is_nullable WHEN 1 THEN N' null' ELSE N' not null' END AS nvarchar(max)), NCHAR(10)) WITHIN GROUP "
           "(ORDER BY c.column_id) FROM sys.columns c JOIN sys.types y ON y.user_type_id = c.user_type_id JOIN "
           "sys.tables t ON t.object_id = c.object_id WHERE t.is_memory_optimized = 0 AND t.is_external = 0 AND "
           "c.object_id = " +
           object(table) + ")" + exact;
}

std::string SqlserverScript::references_now(const TouchedTable& table) const {
    // A key that is switched off protects nothing: it is none of those that were audited.
    return std::string{
               "COALESCE((SELECT STRING_AGG(CAST(x.line AS nvarchar(max)), NCHAR(10)) WITHIN GROUP (ORDER BY "
               "x.line"} +
           exact +
           ") FROM (SELECT s.name + N'.' + t.name + N'.' + c.name + N' ' + "
           "REPLACE(f.delete_referential_action_desc, N'_', N' ') + CASE f.is_disabled WHEN 1 THEN N' DISABLED' ELSE "
           "N'' END AS line FROM sys.foreign_keys f JOIN sys.foreign_key_columns k ON k.constraint_object_id = "
           "f.object_id JOIN sys.columns c ON c.object_id = k.parent_object_id AND c.column_id = k.parent_column_id "
           "JOIN sys.tables t ON t.object_id = f.parent_object_id JOIN sys.schemas s ON s.schema_id = t.schema_id "
           "WHERE f.referenced_object_id = " +
           object(table.name) + ") x), N'')" + exact;
}

std::string SqlserverScript::references_as_audited(const TouchedTable& table) const {
    return reference_lines(table, true);
}

std::string SqlserverScript::has_no_trigger(const TableName& table, const std::string& event) const {
    return "NOT EXISTS (SELECT 1 FROM sys.triggers g JOIN sys.trigger_events e ON e.object_id = g.object_id WHERE "
           "e.type_desc = N'" +
           event + "' AND g.parent_id = " + object(table) + ")";
}

std::string SqlserverScript::has_no_delete_trigger(const TableName& table) const {
    return has_no_trigger(table, "DELETE");
}

std::string SqlserverScript::has_no_update_trigger(const TableName& table) const {
    return has_no_trigger(table, "UPDATE");
}

std::string SqlserverScript::is_plain(const TableName& table, const std::string& column) const {
    return "EXISTS (SELECT 1 FROM sys.columns c WHERE c.object_id = " + object(table) + " AND c.name" + exact + " = " +
           grammar_.text_literal(column) + " AND c.is_computed = 0 AND c.is_identity = 0)";
}

std::string SqlserverScript::unless_there(const std::string& table) const {
    return "IF OBJECT_ID(" + grammar_.text_literal(table) + ", N'U') IS NULL AND " + token + " ";
}

std::string SqlserverScript::copied_table(const std::string& table, const std::string& select) const {
    return unless_there(table) + "SELECT TOP (0) d.* INTO " + table + " FROM (" + select +
           ") d LEFT JOIN (SELECT 1 AS one) z ON 1 = 0";
}

std::string SqlserverScript::new_table(const std::string& table, const std::string& definition) const {
    // Names of tables and words of reports are not of one code page.
    return unless_there(table) + "CREATE TABLE " + table + " (" +
           replaced(replaced(definition, " VARCHAR(", " NVARCHAR("), " TEXT,", " NVARCHAR(MAX),") + ")";
}

std::string SqlserverScript::joined(const std::vector<std::string>& texts) const {
    std::string text;
    for (const std::string& each : texts) text += (text.empty() ? "" : " + ") + each;
    return text;
}

std::string SqlserverScript::seconds() const {
    return "DATEDIFF_BIG(second, CAST('1970-01-01' AS datetime2(0)), SYSDATETIME())";
}

std::string SqlserverScript::is_there(const TableName& table) const { return object(table) + " IS NOT NULL"; }

std::vector<Check> SqlserverScript::own_checks(const Plan& plan, const Locale& locale) const {
    std::string objects;
    for (const TouchedTable& table : plan.tables) objects += (objects.empty() ? "" : ", ") + object(table.name);
    return {
        // The client would put something else in place of the first.
        {locale.text("purge.guard.variables"), "N'$(SQLCMDDBNAME)' = N'$' + N'(SQLCMDDBNAME)'"},
        {locale.text("purge.guard.transaction"), "@@TRANCOUNT = 0"},
        {locale.text("purge.guard.definition"), "HAS_PERMS_BY_NAME(DB_NAME(), N'DATABASE', N'VIEW DEFINITION') = 1"},
        // What row-level security hides may be what keeps a person.
        {locale.text("purge.guard.hidden"),
         "NOT EXISTS (SELECT 1 FROM sys.security_predicates r JOIN sys.security_policies p ON p.object_id = "
         "r.object_id WHERE p.is_enabled = 1 AND r.target_object_id IN (" +
             objects + "))"},
        {locale.text("purge.guard.history"),
         "NOT EXISTS (SELECT 1 FROM sys.tables t WHERE t.temporal_type <> 0 AND t.object_id IN (" + objects + "))"}};
}

std::string SqlserverScript::is_share(const std::string& table, std::int64_t percent) const {
    const std::string most = std::to_string(percent);
    return "@found * 100 <= " + most + " * (SELECT COUNT_BIG(*) FROM (SELECT TOP (@found * 100 / " + most +
           " + 1) 1 AS one FROM " + table + ") c)";
}

std::string SqlserverScript::work_table(const TableName& beside, const std::string& name) const {
    return grammar_.quote(TableName{beside.schema, name});
}

std::string SqlserverScript::batch_table(const TableName&, const std::string& name) const {
    return grammar_.quote(std::string_view{"#" + name});
}

std::string SqlserverScript::drop(const std::string& table) const {
    return std::string{"IF "} + token + " DROP TABLE IF EXISTS " + table + ";\n";
}

std::string SqlserverScript::drop_temporary(const std::string& table) const {
    return "DROP TABLE IF EXISTS " + table + ";\n";
}

std::string SqlserverScript::guard(const Script& script, bool reads_key) const {
    std::string text = commented(script.heading) + "\n:on error exit\n" + settings + go;
    for (const char* table : {"#crmaudit_structure", "#crmaudit_counted", "#crmaudit_token"}) {
        text += drop_temporary(table);
    }
    text += go;
    // A batch that names a column which is gone does not begin at all: what counts persons comes after what says so.
    std::string structure;
    std::string persons;
    for (const Check& each : script.checks) {
        if (!each.counted.empty()) persons += counted_in(each);
        (each.counts ? persons : structure) += stop_unless(each.condition, grammar_.text_literal(each.message));
    }
    return text + declared + structure + "SELECT 1 AS passed INTO #crmaudit_structure;\n" + go + declared + persons +
           "SELECT " + grammar_.text_literal(script.id) +
           " AS script, CAST(0 AS bigint) AS started INTO #crmaudit_counted FROM #crmaudit_structure;\n" + go +
           nothing_without("#crmaudit_counted") + (reads_key ? with_key(*script.key) : "") +
           "SELECT c.* INTO #crmaudit_token FROM #crmaudit_counted c;\n" + go + nothing_without("#crmaudit_token");
}

std::string SqlserverScript::with_key(const KeyUse& key) const {
    const auto stop = [&](const Check& each) {
        return stop_unless(each.condition, grammar_.text_literal(each.message));
    };
    std::string text = hash_.place() + hash_.read(key.file) + go + declared + stop(key.is_key) +
                       // There is no token yet.
                       replaced(ended(key.lists), "#crmaudit_token", "#crmaudit_counted");
    for (const Check& each : key.same) text += stop(each);
    return text;
}

std::string SqlserverScript::dry_run(const Script& script) const {
    return guard(script) + "SELECT " + grammar_.text_literal(script.words.passed) + ";\n" + said_before(script) + go +
           "SET NOEXEC OFF;\n" + go;
}

std::string SqlserverScript::tables(const StepSql& step) const {
    const std::string columns = prefixed(step.columns, "");
    std::string text = "IF OBJECT_ID(" + grammar_.text_literal(step.work) + ", N'U') IS NULL AND " + token +
                       "\nBEGIN\n" +
                       keys_in(step.work, step.columns, "(" + step.due + ")", ", CAST(0 AS smallint) AS spared") +
                       "ALTER TABLE " + step.work + " ADD n bigint IDENTITY(1, 1) NOT NULL;\nCREATE UNIQUE CLUSTERED " +
                       "INDEX crmaudit_number ON " + step.work + " (n);\nEND;\n" + go;
    text += drop_temporary(step.again) + keys_in(step.again, step.columns, step.work, "");
    if (!collected(step).empty()) text += range;
    for (const Collected& each : collected(step)) {
        text += drop_temporary(each.rows) + keys_in(each.rows, each.columns, "(" + each.collect + ")", "");
    }
    return text + go + ended(step.setup) + "INSERT INTO " + step.work + " (" + columns + ", spared)\nSELECT " +
           prefixed(step.columns, "d.") + ", 0 FROM (" + step.fill + ") d WHERE NOT EXISTS (SELECT 1 FROM " +
           step.work + " w WHERE " + same(step.columns, "w", step.columns, "d") + ") AND " + token + " ORDER BY " +
           prefixed(step.columns, "d.") + ";\n" + go;
}

std::string SqlserverScript::batches(const StepSql& step, const Script& script) const {
    return temporary_token(begun(step) + nothing_over(step)) + go + tables(step) + range +
           "DECLARE @tries int = 0, @left int = 0, @passed int, @message nvarchar(2048);\nWHILE (SELECT MAX(n) FROM " +
           step.work + ") > (SELECT n FROM " + step.over + ") AND " + token + "\nBEGIN\nBEGIN TRY\nIF " + script.stop +
           " BREAK;\nSET TRANSACTION ISOLATION LEVEL SERIALIZABLE;\nBEGIN TRANSACTION;\n" + one_batch(step) +
           "COMMIT TRANSACTION;\nSET @tries = 0;\nEND TRY\nBEGIN CATCH\n"
           "IF XACT_STATE() <> 0 ROLLBACK TRANSACTION;\n"
           "IF ERROR_NUMBER() NOT IN (1205, 1222) THROW;\nSET @tries = @tries + 1;\n" +
           stop_unless("@tries < 10", grammar_.text_literal(script.words.locked)) +
           "WAITFOR DELAY '00:00:01';\nEND CATCH;\nSET TRANSACTION ISOLATION LEVEL READ COMMITTED;\nWAITFOR DELAY " +
           delay(script.pause) + ";\nEND;\n" + go + temporary_token(logged(step)) + go;
}

std::string SqlserverScript::one_batch(const StepSql& step) const {
    std::string text =
        "SET @at = (SELECT n FROM " + step.over +
        " WITH (UPDLOCK, HOLDLOCK));\nSET @to = (SELECT MAX(n) FROM (SELECT TOP (" + std::to_string(step.batch_size) +
        ") n FROM " + step.work + " WHERE n > @at ORDER BY n) b);\nSELECT @left = COUNT(*) FROM " + step.table +
        " t WITH (UPDLOCK, HOLDLOCK, ROWLOCK) JOIN " + step.batch + " w ON " + same(step.key, "t", step.columns, "w") +
        ";\n" + "DELETE FROM " + step.again + ";\nINSERT INTO " + step.again + "\n" + step.still + ";\n" +
        spare(step, in_batch(), not_among(step, step.again)) + ";\n";
    for (const Collected& each : collected(step)) {
        text += "DELETE FROM " + each.rows + ";\nINSERT INTO " + each.rows + " " + each.collect + ";\n";
    }
    text += ended(step.kept);
    for (const ChangeSql& each : step.changes) text += changed(each);
    std::string after;
    for (const RemovalSql& each : step.removals) {
        (each.after_person ? after : text) +=
            "SET @left = (SELECT COUNT(*) FROM " + each.rows + ");\nWHILE @left > 0\nBEGIN\nDELETE TOP (" + few_rows +
            ") t FROM " + each.table + " t JOIN " + each.rows + " w ON " + same(each.key, "t", each.columns, "w") +
            " WHERE " + token + ";\nSET @left = @left - " + few_rows + ";\nEND;\n";
    }
    if (step.deletes) {
        text += "DELETE t FROM " + step.table + " t JOIN " + step.going + " w ON " +
                same(step.key, "t", step.columns, "w") + " WHERE " + token + ";\n";
    }
    return text + after + "UPDATE " + step.over + " SET n = @to WHERE n < @to;\n";
}

std::string SqlserverScript::changed(const ChangeSql& change) {
    std::string assigned;
    for (const auto& [column, value] : change.settings) {
        assigned += (assigned.empty() ? "" : ", ") + column + " = " + value;
    }
    return "UPDATE t SET " + assigned + " FROM " + change.table + " t JOIN " + change.rows + " w ON " +
           same(change.key, "t", change.columns, "w") + " WHERE " + token + ";\n";
}

std::string SqlserverScript::archive(const Script& script) const {
    return guard(script) + ended(script.archives) + go + "SET NOEXEC OFF;\n" + go;
}

std::string SqlserverScript::purge(const Script& script) const {
    std::string text = guard(script, script.key.has_value());
    for (const StepSql& step : script.steps) text += batches(step, script);
    return text + said_after(script) + go + "SET NOEXEC OFF;\n" + go +
           (script.key ? hash_.forget() + go : std::string{});
}

std::string SqlserverScript::verify(const Script& script) const {
    std::string text = guard(script);
    for (const StepSql& step : script.steps) {
        text += said_verified(step) + go + drop(step.work) + drop(step.over);
        for (const std::string& table : step.remembered) text += drop(table);
        text += go;
    }
    return text + drop(script.stop_table) + go + "SET NOEXEC OFF;\n" + go;
}

}  // namespace crmaudit::reports::purge
