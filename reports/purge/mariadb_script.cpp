#include "reports/purge/mariadb_script.h"

#include <algorithm>

namespace crmaudit::reports::purge {
namespace {

constexpr const char* token = "EXISTS (SELECT 1 FROM crmaudit_token)";

/// Names are compared byte by byte, whatever collation they come with.
std::string exact(const std::string& expression) {
    return "CONVERT(" + expression + " USING utf8mb4) COLLATE utf8mb4_bin";
}

/// Rules of deletion are hidden from accounts that only read.
bool knows_rules(const TouchedTable& table) {
    return std::none_of(table.referenced_by_keys.begin(), table.referenced_by_keys.end(),
                        [](const ForeignKey& key) { return key.on_delete.empty(); });
}

/// A table for keys like those of the statement; real, as a temporary one can be named only once in a statement.
std::string keys_in(const std::string& table, const std::string& definition, const std::string& like) {
    return "CREATE TABLE IF NOT EXISTS " + table + " (" + definition + ") ENGINE = InnoDB AS SELECT d.* FROM (" + like +
           ") d WHERE 1 = 0;\n";
}

/// To read all rows must lock none of them: each batch asks again under locks. A log of statements allows no less than
/// what locks.
constexpr const char* reads_without_locks =
    "COMMIT;\nIF NOT @@log_bin OR @@binlog_format <> 'STATEMENT' THEN\n    SET TRANSACTION ISOLATION LEVEL READ "
    "COMMITTED;\nEND IF;\n";

std::string stop_unless(const std::string& condition, const std::string& message) {
    // Selected first: what IF itself reads is locked, as if it were to be changed.
    return "SELECT COALESCE((" + condition +
           "), 0) INTO crmaudit_holds;\nIF NOT crmaudit_holds THEN\n    SET crmaudit_message = " + message +
           ";\n    SIGNAL SQLSTATE '45000' SET MESSAGE_TEXT = crmaudit_message;\nEND IF;\n";
}

const std::string declared =
    "DECLARE crmaudit_message TEXT CHARACTER SET utf8mb4;\nDECLARE crmaudit_tries, crmaudit_again, crmaudit_count, "
    "crmaudit_found, crmaudit_at, crmaudit_to, crmaudit_before, crmaudit_holds BIGINT DEFAULT 0;\n";

}  // namespace

std::string MariadbScript::is_database(const Source& source) const {
    return exact("DATABASE()") + " = " + grammar_.text_literal(source.database);
}

std::string MariadbScript::columns_now(const TableName& table) const {
    return "(SELECT " +
           exact(
               "GROUP_CONCAT(c.column_name, ' ', c.column_type, CASE c.is_nullable WHEN 'YES' THEN ' null' ELSE ' not "
               "null' END ORDER BY c.ordinal_position SEPARATOR 0x0A)") +
           " FROM information_schema.columns c JOIN information_schema.tables t ON t.table_schema = c.table_schema AND "
           "t.table_name = c.table_name WHERE t.table_type = 'BASE TABLE' AND t.engine = 'InnoDB' AND c.table_schema "
           "= " +
           grammar_.text_literal(table.schema) + " AND c.table_name = " + grammar_.text_literal(table.name) + ")";
}

std::string MariadbScript::references_now(const TouchedTable& table) const {
    const std::string line = std::string{"CONCAT(k.table_schema, '.', k.table_name, '.', k.column_name"} +
                             (knows_rules(table) ? ", ' ', r.delete_rule)" : ")");
    return "COALESCE((SELECT " + exact("GROUP_CONCAT(" + line + " ORDER BY " + exact(line) + " SEPARATOR 0x0A)") +
           " FROM information_schema.key_column_usage k JOIN information_schema.referential_constraints r ON "
           "r.constraint_schema = k.constraint_schema AND r.constraint_name = k.constraint_name AND r.table_name = "
           "k.table_name WHERE k.referenced_table_schema = " +
           grammar_.text_literal(table.name.schema) +
           " AND k.referenced_table_name = " + grammar_.text_literal(table.name.name) + "), '')";
}

std::string MariadbScript::references_as_audited(const TouchedTable& table) const {
    return reference_lines(table, knows_rules(table));
}

std::string MariadbScript::has_no_delete_trigger(const TableName& table) const {
    return has_no_trigger(table, "DELETE");
}

std::string MariadbScript::has_no_update_trigger(const TableName& table) const {
    return has_no_trigger(table, "UPDATE");
}

std::string MariadbScript::has_no_trigger(const TableName& table, const std::string& event) const {
    return "NOT EXISTS (SELECT 1 FROM information_schema.triggers g WHERE g.event_manipulation = '" + event +
           "' AND g.event_object_schema = " + grammar_.text_literal(table.schema) +
           " AND g.event_object_table = " + grammar_.text_literal(table.name) + ")";
}

std::string MariadbScript::is_plain(const TableName& table, const std::string& column) const {
    return "EXISTS (SELECT 1 FROM information_schema.columns c WHERE c.table_schema = " +
           grammar_.text_literal(table.schema) + " AND c.table_name = " + grammar_.text_literal(table.name) + " AND " +
           exact("c.column_name") + " = " + grammar_.text_literal(column) +
           " AND COALESCE(c.generation_expression, '') = '')";
}

std::string MariadbScript::joined(const std::vector<std::string>& texts) const {
    std::string text;
    for (const std::string& each : texts) text += (text.empty() ? "CONCAT(" : ", ") + each;
    return text + ")";
}

// What is undone with a batch must be kept with it, whatever kind of table the server makes by itself.
std::string MariadbScript::copied_table(const std::string& table, const std::string& select) const {
    return ScriptGrammar::copied_table(table + " ENGINE = InnoDB", select);
}

std::string MariadbScript::new_table(const std::string& table, const std::string& definition) const {
    return ScriptGrammar::new_table(table, definition) + " ENGINE = InnoDB";
}

// NOW() would stand still from the beginning of the block to its end.
std::string MariadbScript::seconds() const { return "UNIX_TIMESTAMP(SYSDATE())"; }

std::string MariadbScript::is_there(const TableName& table) const {
    return "EXISTS (SELECT 1 FROM information_schema.tables s WHERE s.table_schema = " +
           grammar_.text_literal(table.schema) + " AND s.table_name = " + grammar_.text_literal(table.name) + ")";
}

std::vector<Check> MariadbScript::own_checks(const Plan&, const Locale& locale) const {
    // Whoever lacks this privilege sees no triggers, and no foreign keys of tables that are hidden.
    const std::string account =
        "CONCAT(QUOTE(SUBSTRING_INDEX(CURRENT_USER(), '@', 1)), '@', "
        "QUOTE(SUBSTRING_INDEX(CURRENT_USER(), '@', -1)))";
    return {
        {locale.text("purge.guard.privilege"),
         "EXISTS (SELECT 1 FROM information_schema.user_privileges p WHERE p.privilege_type = 'TRIGGER' AND p.grantee "
         "= " +
             account +
             ") OR EXISTS (SELECT 1 FROM information_schema.schema_privileges p WHERE p.privilege_type = 'TRIGGER' AND "
             "DATABASE() LIKE p.table_schema AND p.grantee = " +
             account + ")"}};
}

std::string MariadbScript::work_table(const TableName& beside, const std::string& name) const {
    return grammar_.quote(TableName{beside.schema, name});
}

std::string MariadbScript::batch_table(const TableName& beside, const std::string& name) const {
    return work_table(beside, name);
}

std::string MariadbScript::found_table(const TableName&, const std::string& name) const {
    return grammar_.quote(std::string_view{name});
}

// An offset is a number or a variable there, see `stops`.
std::string MariadbScript::is_share(const std::string& table, std::int64_t) const {
    return "crmaudit_found = 0 OR (SELECT 1 FROM " + table + " LIMIT 1 OFFSET crmaudit_before) IS NOT NULL";
}

std::string MariadbScript::stops(const std::vector<Check>& checks) const {
    std::string text;
    for (const Check& each : checks) {
        if (!each.counted.empty()) {
            text += "DROP TEMPORARY TABLE IF EXISTS " + each.kept + ";\n" + reads_without_locks +
                    "CREATE TEMPORARY TABLE " + each.kept + std::string{passing_engine()} + " AS " + each.counted +
                    ";\nSELECT COUNT(*) INTO crmaudit_found FROM " + each.kept + ";\nCOMMIT;\n";
        }
        if (each.share > 0) {
            text +=
                "SET crmaudit_before = GREATEST(crmaudit_found * 100 - 1, 0) DIV " + std::to_string(each.share) + ";\n";
        }
        text += stop_unless(each.condition, grammar_.text_literal(each.message));
    }
    return text;
}

std::string MariadbScript::guarded(const Script& script, const std::string& body) const {
    return block(
        declared +
        // Whoever inserts what a strict SELECT finds gets errors for dates that it only warns of.
        "SET SESSION sql_mode = '', SESSION foreign_key_checks = 1, SESSION innodb_lock_wait_timeout = 5, SESSION "
        "lock_wait_timeout = 60, SESSION group_concat_max_len = 16777216;\nCOMMIT;\nSET SESSION TRANSACTION ISOLATION "
        "LEVEL "
        "REPEATABLE READ;\nDROP TEMPORARY TABLE IF EXISTS crmaudit_token;\n" +
        stops(script.checks) + "CREATE TEMPORARY TABLE crmaudit_token AS SELECT " + grammar_.text_literal(script.id) +
        " AS script, CAST(0 AS SIGNED) AS started;\n" + body);
}

std::string MariadbScript::with_key(const Script& script, const std::string& body) const {
    const Check passed{script.words.stopped, token};
    // The end of the block before has brought back the mode from before it.
    return block(declared + "SET SESSION sql_mode = '';\n" + stops({passed, script.key->is_key}) + hash_.take() +
                 ended(script.key->lists) + stops(script.key->same) + body + hash_.forget());
}

std::string MariadbScript::block(const std::string& statements) const {
    return "DELIMITER //crmaudit//\nBEGIN NOT ATOMIC\n" + statements + "END\n//crmaudit//\nDELIMITER ;\n";
}

std::string MariadbScript::dry_run(const Script& script) const {
    return commented(script.heading) + "\n" + guarded(script, "") + "SELECT " +
           grammar_.text_literal(script.words.passed) + ";\n" + said_before(script);
}

std::string MariadbScript::archive(const Script& script) const {
    return commented(script.heading) + "\n" + guarded(script, ended(script.archives));
}

std::string MariadbScript::batches(const StepSql& step, const Script& script) const {
    const std::string columns = prefixed(step.columns, "");
    std::string text = begun(step) + nothing_over(step) +
                       keys_in(step.work,
                               "n BIGINT NOT NULL AUTO_INCREMENT PRIMARY KEY, spared SMALLINT NOT NULL DEFAULT 0" +
                                   // Where nothing goes along with the persons nobody looks for their keys.
                                   (is_alone(step) ? "" : ", UNIQUE KEY (" + columns + ")"),
                               step.due);
    for (const Collected& each : collected(step)) {
        text += keys_in(each.rows, "PRIMARY KEY (" + prefixed(each.columns, "") + ")", each.collect);
    }
    text += ended(step.setup) + reads_without_locks +
            // Two runs at once must not both add the same persons.
            "START TRANSACTION;\nSELECT n INTO crmaudit_at FROM " + step.over + " FOR UPDATE;\n" + listed(step) +
            "COMMIT;\nWHILE (SELECT MAX(n) FROM " + step.work + ") > (SELECT n FROM " + step.over + ") AND NOT (" +
            script.stop +
            ") DO\nSET crmaudit_tries = 0, crmaudit_again = 1;\nWHILE crmaudit_again DO\nBEGIN\n"
            // Half a batch must not be committed by whatever the client runs next.
            "DECLARE EXIT HANDLER FOR SQLEXCEPTION BEGIN ROLLBACK; RESIGNAL; END;\n"
            "DECLARE EXIT HANDLER FOR 1020, 1205, 1213 BEGIN ROLLBACK; SET crmaudit_tries = crmaudit_tries + 1; END;\n"
            "START TRANSACTION;\n" +
            one_batch(step) + "COMMIT;\nSET crmaudit_again = 0;\nEND;\nIF crmaudit_again THEN\n    DO SLEEP(1);\n" +
            stop_unless("crmaudit_tries < 10", grammar_.text_literal(script.words.locked)) +
            "END IF;\nEND WHILE;\nDO SLEEP(" + std::to_string(script.pause) + " / 1000);\nEND WHILE;\n";
    return text;
}

std::string MariadbScript::listed(const StepSql& step) const {
    const std::string insert = "INSERT INTO " + step.work + " (" + prefixed(step.columns, "") + ")\nSELECT " +
                               prefixed(step.columns, "d.") + " FROM (" + step.fill + ") d WHERE " + token;
    // Keys put aside answer NOT IN, also where the list has no index; NOT EXISTS would read it for each key.
    const std::string in_order = " ORDER BY " + prefixed(step.columns, "d.") + ";\n";
    return "IF EXISTS (SELECT 1 FROM " + step.work + ") THEN\n" + insert + " AND (" + prefixed(step.columns, "d.") +
           ") NOT IN (SELECT " + prefixed(step.columns, "w.") + " FROM " + step.work + " w)" + in_order + "ELSE\n" +
           std::string{for_empty_table()} + insert + in_order + "END IF;\n";
}

std::string MariadbScript::one_batch(const StepSql& step) const {
    // Another run waits here until this batch is over, and takes the next.
    std::string text = "SELECT n INTO crmaudit_at FROM " + step.over + " FOR UPDATE;\nSELECT LEAST(MIN(n) + " +
                       std::to_string(step.batch_size - 1) + ", MAX(n)) INTO crmaudit_to FROM " + step.work +
                       " WHERE n > crmaudit_at;\nSELECT COUNT(*) INTO crmaudit_count FROM " + step.work + " WHERE " +
                       in_batch() + ";\n";
    if (is_alone(step)) {
        // What is not as it should be, if anything, is found out by looking before it is touched.
        text += "SAVEPOINT crmaudit_batch;\n" + deleted(step, step.own) +
                "IF ROW_COUNT() < crmaudit_count THEN\nROLLBACK TO SAVEPOINT crmaudit_batch;\n" + looked_at(step) +
                "END IF;\n";
    } else {
        text += looked_at(step);
    }
    return text + "UPDATE " + step.over + " SET n = crmaudit_to WHERE crmaudit_to > n;\n";
}

std::string MariadbScript::looked_at(const StepSql& step) const {
    std::string text = "SELECT COUNT(*) INTO crmaudit_found FROM " + step.batch + " w STRAIGHT_JOIN " + step.table +
                       " t ON " + same(step.key, "t", step.columns, "w") +
                       (step.own.empty() ? "" : " WHERE " + step.own) + " FOR UPDATE;\n";
    const std::string spared = spare(step, in_batch(), not_among(step, "(" + step.still + ")")) + ";\n";
    // Locked rows were asked as they are now: when all are as they should be, there is nobody to spare.
    text += step.own.empty() ? spared : "IF crmaudit_found < crmaudit_count THEN\n" + spared + "END IF;\n";
    for (const Collected& each : collected(step)) {
        text += "DELETE FROM " + each.rows + ";\nINSERT INTO " + each.rows + " " + each.collect + ";\n";
    }
    text += ended(step.kept);
    for (const ChangeSql& each : step.changes) text += changed(each);
    std::string after;
    for (const RemovalSql& each : step.removals) {
        (each.after_person ? after : text) += "DELETE t FROM " + each.table + " t JOIN " + each.rows + " w ON " +
                                              same(each.key, "t", each.columns, "w") + " WHERE " + token + ";\n";
    }
    if (step.deletes) text += deleted(step, "");
    return text + after;
}

std::string MariadbScript::deleted(const StepSql& step, const std::string& condition) {
    // Not from `going`: what is joined to a table that is deleted from would be put aside first.
    return "DELETE t FROM " + step.table + " t JOIN " + step.work + " w ON " + same(step.key, "t", step.columns, "w") +
           " WHERE w.n > crmaudit_at AND w.n <= crmaudit_to AND w.spared = 0 AND " +
           (condition.empty() ? "" : condition + " AND ") + token + ";\n";
}

std::string MariadbScript::changed(const ChangeSql& change) {
    std::string settings;
    for (const auto& [column, value] : change.settings) {
        settings += settings.empty() ? "t." : ", t.";
        settings.append(column).append(" = ").append(value);
    }
    // A column of the kind that follows each change does not, when it is set itself.
    for (const std::string& column : change.moments) settings.append(", t." + column).append(" = t." + column);
    return "UPDATE " + change.table + " t JOIN " + change.rows + " w ON " + same(change.key, "t", change.columns, "w") +
           " SET " + settings + " WHERE " + token + ";\n";
}

std::string MariadbScript::purge(const Script& script) const {
    std::string body;
    for (const StepSql& step : script.steps) body += batches(step, script) + logged(step) + "COMMIT;\n";
    const std::string head = commented(script.heading) + "\n";
    if (!script.key) return head + guarded(script, body) + said_after(script);
    return head + guarded(script, hash_.place()) + hash_.read(script.key->file) + with_key(script, body) +
           said_after(script);
}

std::string MariadbScript::verify(const Script& script) const {
    std::string text = commented(script.heading) + "\n" + guarded(script, "");
    std::string body;
    for (const StepSql& step : script.steps) {
        text += said_verified(step);
        for (const std::string& table : {step.work, step.over}) body += "DROP TABLE IF EXISTS " + table + ";\n";
        for (const Collected& each : collected(step)) body += "DROP TABLE IF EXISTS " + each.rows + ";\n";
        for (const std::string& table : step.remembered) body += "DROP TABLE IF EXISTS " + table + ";\n";
    }
    return text + guarded(script, body + "DROP TABLE IF EXISTS " + script.stop_table + ";\n");
}

}  // namespace crmaudit::reports::purge
