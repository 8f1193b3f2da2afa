#include "reports/purge/sqlite_script.h"

#include <utility>

namespace crmaudit::reports::purge {
namespace {

constexpr const char* token = "EXISTS (SELECT 1 FROM crmaudit_token)";

/// A temporary table of keys, new and empty.
std::string keys_in(const std::string& table, const std::vector<std::string>& columns) {
    const std::string list = prefixed(columns, "");
    return "DROP TABLE IF EXISTS temp." + table + ";\nCREATE TEMP TABLE " + table + " (" + list + ", PRIMARY KEY (" +
           list + "));\n";
}

/// The table of a step's keys, empty unless it is there.
std::string keys_of(const StepSql& step) {
    return "CREATE TABLE IF NOT EXISTS " + step.work + " (n INTEGER PRIMARY KEY, " + prefixed(step.columns, "") +
           ", spared INTEGER NOT NULL DEFAULT 0);\n";
}

std::string view(const std::string& name, const std::string& select) {
    return "DROP VIEW IF EXISTS temp." + name + ";\nCREATE TEMP VIEW " + name + " AS " + select + ";\n";
}

/// That a row's key is one of those selected. SQLite takes the type of a list's first member for that of all when it
/// looks for an index; before a number without a type of its own it finds one for keys of several types.
std::string among(const std::vector<std::string>& key, const std::string& columns, const std::string& from) {
    const std::string first = key.size() > 1 ? "0, " : "";
    return "(" + first + prefixed(key, "") + ") IN (SELECT " + first + columns + " FROM " + from + ")";
}

}  // namespace

std::string SqliteScript::is_database(const Source& source) const {
    const std::string file = grammar_.text_literal(source.database);
    const std::string end = grammar_.text_literal("/" + source.database);
    return "(SELECT COUNT(*) FROM pragma_database_list WHERE name = 'main' AND (file = " + file +
           " OR substr(file, -length(" + end + ")) = " + end + ")) = 1";
}

std::string SqliteScript::columns_now(const TableName& table) const {
    return "(SELECT group_concat(line, char(10)) FROM (SELECT name || ' ' || type || CASE \"notnull\" WHEN 0 THEN ' "
           "null' "
           "ELSE ' not null' END AS line FROM pragma_table_xinfo(" +
           grammar_.text_literal(table.name) + ", 'main') WHERE hidden <> 1 ORDER BY cid))";
}

std::string SqliteScript::references_now(const TouchedTable& table) const {
    return "coalesce((SELECT group_concat(line, char(10)) FROM (SELECT m.name || '.' || f.\"from\" || ' ' || "
           "f.on_delete AS "
           "line FROM main.sqlite_master m JOIN pragma_foreign_key_list(m.name, 'main') f WHERE m.type = 'table' AND "
           "NOT "
           "m.sql LIKE 'CREATE VIRTUAL%' AND lower(f.\"table\") = lower(" +
           grammar_.text_literal(table.name.name) + ") ORDER BY line)), '')";
}

std::string SqliteScript::references_as_audited(const TouchedTable& table) const {
    return reference_lines(table, true);
}

std::string SqliteScript::has_no_delete_trigger(const TableName& table) const {
    return has_no_trigger(table, "delete");
}

std::string SqliteScript::has_no_update_trigger(const TableName& table) const {
    return has_no_trigger(table, "update");
}

std::string SqliteScript::has_no_trigger(const TableName& table, const std::string& event) const {
    return "(SELECT COUNT(*) FROM (SELECT type, tbl_name, sql FROM main.sqlite_master UNION ALL SELECT type, tbl_name, "
           "sql "
           "FROM sqlite_temp_master) WHERE type = 'trigger' AND lower(tbl_name) = lower(" +
           grammar_.text_literal(table.name) + ") AND sql LIKE '%" + event + "%') = 0";
}

std::string SqliteScript::is_plain(const TableName& table, const std::string& column) const {
    return "(SELECT COUNT(*) FROM pragma_table_xinfo(" + grammar_.text_literal(table.name) +
           ", 'main') WHERE name = " + grammar_.text_literal(column) + " AND hidden = 0) = 1";
}

std::string SqliteScript::seconds() const { return "CAST(strftime('%s', 'now') AS INTEGER)"; }

std::string SqliteScript::is_there(const TableName& table) const {
    return "(SELECT COUNT(*) FROM main.sqlite_master WHERE type = 'table' AND lower(name) = lower(" +
           grammar_.text_literal(table.name) + ")) > 0";
}

std::vector<Check> SqliteScript::own_checks(const Plan& plan, const Locale& locale) const {
    std::string names;
    for (const TouchedTable& table : plan.tables) {
        names += (names.empty() ? "lower(" : ", lower(") + grammar_.text_literal(table.name.name) + ")";
    }
    return {{locale.text("purge.guard.foreign_keys"), "(SELECT foreign_keys FROM pragma_foreign_keys) = 1"},
            {locale.text("purge.guard.temporary"),
             "(SELECT COUNT(*) FROM sqlite_temp_master WHERE lower(name) IN (" + names + ")) = 0"}};
}

std::string SqliteScript::is_share(const std::string& table, std::int64_t percent) const {
    return counted() + " = 0 OR (SELECT 1 FROM " + table + " LIMIT 1 OFFSET (SELECT max(number * 100 - 1, 0) / " +
           std::to_string(percent) + " FROM temp.crmaudit_counted)) IS NOT NULL";
}

std::string SqliteScript::in_batch() const {
    return "n > (SELECT low FROM crmaudit_range) AND n <= (SELECT high FROM crmaudit_range)";
}

std::string SqliteScript::rows_of_batch(const std::string& name, const std::string&) const {
    return grammar_.quote(std::string_view{name});
}

std::string SqliteScript::work_table(const TableName&, const std::string& name) const {
    return grammar_.quote(std::string_view{name});
}

std::string SqliteScript::batch_table(const TableName&, const std::string& name) const {
    return grammar_.quote(std::string_view{name});
}

std::string SqliteScript::guard(const Script& script) const {
    const std::string id = grammar_.text_literal(script.id);
    std::string text = commented(script.heading) +
                       // Not before the guard has said everything that is wrong.
                       "\n.bail off\n.timeout 10000\nPRAGMA foreign_keys = ON;\n"
                       "DROP TABLE IF EXISTS temp.crmaudit_passed;\nDROP TABLE IF EXISTS temp.crmaudit_token;\n"
                       "CREATE TEMP TABLE crmaudit_passed (number INTEGER PRIMARY KEY);\n"
                       "CREATE TEMP TABLE crmaudit_token (script TEXT, started INTEGER);\n"
                       "DROP TABLE IF EXISTS temp.crmaudit_counted;\nCREATE TEMP TABLE crmaudit_counted (number "
                       "INTEGER);\n"
                       "DELETE FROM temp.crmaudit_passed;\nDELETE FROM temp.crmaudit_token;\n"
                       "CREATE TEMP TRIGGER crmaudit_stop BEFORE INSERT ON crmaudit_token WHEN NEW.script IS NULL\n"
                       "BEGIN SELECT RAISE(ABORT, " +
                       grammar_.text_literal(script.words.stopped) + "); END;\n";
    for (std::size_t i = 0; i < script.checks.size(); ++i) {
        const std::string number = std::to_string(i + 1);
        const std::string& counted = script.checks[i].counted;
        if (!counted.empty()) {
            const std::string& kept = script.checks[i].kept;
            text +=
                "DROP TABLE IF EXISTS temp." + kept + ";\nCREATE TEMP TABLE " + kept + " AS " + counted +
                ";\nDELETE FROM temp.crmaudit_counted;\nINSERT INTO temp.crmaudit_counted SELECT COUNT(*) FROM temp." +
                kept + ";\n";
        }
        text += "INSERT INTO temp.crmaudit_passed SELECT " + number + " WHERE " + script.checks[i].condition +
                ";\nSELECT " + grammar_.text_literal(script.checks[i].message) +
                " WHERE NOT EXISTS (SELECT 1 FROM temp.crmaudit_passed WHERE number = " + number + ");\n";
    }
    return text + "INSERT INTO temp.crmaudit_token (script) SELECT " + id +
           " WHERE (SELECT COUNT(*) FROM temp.crmaudit_passed) = " + std::to_string(script.checks.size()) +
           ";\n.bail on\nINSERT INTO temp.crmaudit_token (script) SELECT NULL WHERE NOT EXISTS (SELECT 1 FROM "
           "temp.crmaudit_token);\n" +
           "SELECT " + grammar_.text_literal(script.words.passed) + ";\n\n";
}

std::string SqliteScript::unlock(const Script& script) const {
    std::string text = hash_.place() + hash_.read(script.key->file) + "DELETE FROM temp.crmaudit_token;\n";
    std::string between = hash_.take() + ended(script.key->lists);
    std::vector<Check> checks = script.key->same;
    checks.insert(checks.begin(), script.key->is_key);
    std::size_t number = script.checks.size();
    for (const Check& each : checks) {
        // None may pass where one before has not.
        const std::string before = std::to_string(number++);
        const std::string failed =
            " WHERE (SELECT COUNT(*) FROM temp.crmaudit_passed) < " + std::to_string(number) + ";\n";
        text += "INSERT INTO temp.crmaudit_passed SELECT " + std::to_string(number) +
                " WHERE (SELECT COUNT(*) FROM temp.crmaudit_passed) = " + before + " AND (" + each.condition +
                ");\nSELECT " + grammar_.text_literal(each.message) + failed +
                "INSERT INTO temp.crmaudit_token (script) SELECT NULL" + failed + std::exchange(between, "");
    }
    return text + "INSERT INTO temp.crmaudit_token SELECT " + grammar_.text_literal(script.id) + ", 0" +
           " WHERE (SELECT COUNT(*) FROM temp.crmaudit_passed) = " + std::to_string(number) + ";\n";
}

std::string SqliteScript::dry_run(const Script& script) const { return guard(script) + said_before(script); }

std::string SqliteScript::archive(const Script& script) const { return guard(script) + ended(script.archives); }

std::string SqliteScript::batches(const StepSql& step, const Script& script, std::size_t number) const {
    const std::string go = grammar_.quote(std::string_view{"crmaudit_go_" + std::to_string(number)});
    const std::string run = grammar_.quote(std::string_view{"crmaudit_run_" + std::to_string(number)});
    const std::string in_range = "SELECT " + prefixed(step.columns, "") + " FROM " + step.work + " WHERE " + in_batch();
    std::string text = begun(step) + nothing_over(step) + keys_of(step) +
                       "DROP TABLE IF EXISTS temp.crmaudit_range;\nCREATE TEMP TABLE crmaudit_range (low INTEGER, high "
                       "INTEGER);\n" +
                       // Names, as its parser does not go into conditions that lie as deep as these would.
                       (is_alone(step) ? ""
                                       : view(step.batch, in_range) + view(step.going, in_range + " AND spared = 0") +
                                             view(step.again, step.own.empty() ? step.still : step.still_all));
    for (const Collected& found : collected(step)) text += keys_in(found.rows, found.columns);
    text += ended(step.setup) + "DROP TABLE IF EXISTS temp." + go + ";\nCREATE TEMP TABLE " + go +
            " (batch INTEGER);\n" + listed(step) + "CREATE TEMP TRIGGER " + run + " AFTER INSERT ON " + go + " WHEN " +
            token + " AND NOT (" + script.stop + ")\nBEGIN\n" + one_batch(step) + "END;\n";
    const std::int64_t rounds = (step.most + step.batch_size - 1) / step.batch_size;
    for (std::int64_t i = 1; i <= rounds; ++i) text += "INSERT INTO " + go + " VALUES (" + std::to_string(i) + ");\n";
    return text + logged(step);
}

std::string SqliteScript::listed(const StepSql& step) {
    const std::string columns = prefixed(step.columns, "");
    std::string filled;
    for (const std::string& column : step.columns) filled += (filled.empty() ? "" : " AND ") + column + " IS NOT NULL";
    // What a statement both reads and fills would be put aside first, all of it. The rows are left in the order in
    // which they were found, which is that of the table: batches then change pages that lie together.
    return keys_in("crmaudit_listed", step.columns) +
           // Two runs at once must not both add the same persons.
           "BEGIN IMMEDIATE;\nINSERT OR IGNORE INTO crmaudit_listed SELECT " + columns + " FROM " + step.work +
           ";\nINSERT INTO " + step.work + " (" + columns + ")\nSELECT " + columns + " FROM (" + step.fill +
           ") d WHERE " + filled + " AND (" + columns + ") NOT IN (SELECT " + columns + " FROM crmaudit_listed) AND " +
           token + ";\nCOMMIT;\n";
}

/// Where nothing but the row decides, one statement looks again and deletes. As many as it left are spared: who is
/// still there, then who had gone before.
std::string SqliteScript::deleted_alone(const StepSql& step) const {
    const std::string batch = step.work + " w WHERE " + in_batch() + " AND spared = 0";
    const std::string all = "(SELECT high - low FROM crmaudit_range)";
    const std::string count = "(SELECT COUNT(*) FROM " + batch + ")";
    // Mostly all have gone, and nobody has to be counted.
    const std::string left = "CASE changes() WHEN " + all + " THEN 0 ELSE " + count + " - changes() END";
    return "DELETE FROM " + step.table + " WHERE " + among(step.key, prefixed(step.columns, ""), batch) + " AND " +
           step.own + " AND " + token + ";\nUPDATE " + step.work + " SET spared = 1 WHERE n IN (SELECT n FROM " +
           batch + " ORDER BY EXISTS (SELECT 1 FROM " + step.table + " t WHERE " +
           same(step.key, "t", step.columns, "w") + ") DESC LIMIT " + left + ");\n";
}

std::string SqliteScript::one_batch(const StepSql& step) const {
    const std::string over =
        "UPDATE " + step.over +
        " SET n = (SELECT high FROM crmaudit_range) WHERE n < (SELECT high FROM crmaudit_range);\n";
    std::string text = "DELETE FROM crmaudit_range;\nINSERT INTO crmaudit_range SELECT o.n, min(o.n + " +
                       std::to_string(step.batch_size) + ", (SELECT MAX(n) FROM " + step.work + ")) FROM " + step.over +
                       " o;\n";
    if (is_alone(step)) return text + deleted_alone(step) + over;
    for (const Collected& found : collected(step)) text += "DELETE FROM " + found.rows + ";\n";
    // Whoever is not found again has no place in a list, and a list that is not known has a place for nobody. Where
    // only the row itself has a say, it is looked up by its key, and no list is made.
    text += spare(step, in_batch(),
                  step.own.empty() ? "(" + among(step.columns, prefixed(step.columns, ""), step.again) + ") IS NOT TRUE"
                                   : "NOT EXISTS (SELECT 1 FROM " + step.again + " a WHERE " +
                                         same(step.columns, "a", step.columns, step.work) + ")") +
            ";\n";
    for (const Collected& found : collected(step))
        text += "INSERT OR IGNORE INTO " + found.rows + " " + found.collect + ";\n";
    text += ended(step.kept);
    for (const ChangeSql& change : step.changes) text += changed(change);
    std::string after;
    for (const RemovalSql& removal : step.removals) {
        (removal.after_person ? after : text) +=
            "DELETE FROM " + removal.table + " WHERE " +
            among(removal.key, prefixed(removal.key, "t."),
                  removal.rows + " w JOIN " + removal.table + " t ON " + same(removal.key, "t", removal.columns, "w") +
                      " WHERE " + token) +
            ";\n";
    }
    if (step.deletes) {
        text += "DELETE FROM " + step.table + " WHERE " + among(step.key, prefixed(step.columns, ""), step.going) +
                " AND " + token + ";\n";
    }
    return text + after + over;
}

std::string SqliteScript::changed(const ChangeSql& change) {
    std::string settings;
    for (const auto& [column, value] : change.settings) {
        settings += (settings.empty() ? "" : ", ") + column + " = " + value;
    }
    // Within a trigger the table cannot have another name, so what the rows are asked is asked in a subquery.
    return "UPDATE " + change.table + " SET " + settings + " FROM (SELECT w.* FROM " + change.rows + " w JOIN " +
           change.table + " t ON " + same(change.key, "t", change.columns, "w") + " WHERE " + token + ") w WHERE " +
           same(change.key, change.table, change.columns, "w") + ";\n";
}

std::string SqliteScript::purge(const Script& script) const {
    std::string text = guard(script);
    std::size_t number = 0;
    if (script.key) text += unlock(script);
    for (const StepSql& step : script.steps) text += batches(step, script, ++number);
    if (script.key) text += hash_.forget();
    return text + said_after(script);
}

std::string SqliteScript::verify(const Script& script) const {
    std::string text = guard(script);
    for (const StepSql& step : script.steps) {
        text += said_verified(step) + "DROP TABLE " + step.work + ";\nDROP TABLE " + step.over + ";\n";
        for (const std::string& table : step.remembered) text += "DROP TABLE " + table + ";\n";
    }
    text += "DROP TABLE IF EXISTS " + script.stop_table + ";\n";
    return text + say(script.words.broken, "(SELECT COUNT(*) FROM pragma_foreign_key_check)");
}

}  // namespace crmaudit::reports::purge
