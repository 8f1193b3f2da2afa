#include "reports/purge/script_grammar.h"

#include <algorithm>

namespace crmaudit::reports::purge {
namespace {

constexpr const char* log_definition =
    "script VARCHAR(12), rule_id VARCHAR(255), entity VARCHAR(255), policy VARCHAR(255), policy_digest VARCHAR(64), "
    "audited_on VARCHAR(10), expected BIGINT, deleted BIGINT, spared BIGINT, not_reached BIGINT, run_on VARCHAR(10), "
    "seconds BIGINT, action VARCHAR(20), changed TEXT, tool_version VARCHAR(255), checksum VARCHAR(64)";
constexpr const char* log_columns =
    "script, rule_id, entity, policy, policy_digest, audited_on, expected, deleted, spared, not_reached, run_on, "
    "seconds, action, changed, tool_version, checksum";

std::string last_over(const StepSql& step) { return "(SELECT o.n FROM " + step.over + " o)"; }

/// One row, `c`, from one look at the work list: what became of those in it.
std::string outcome(const StepSql& step) {
    const std::string over = last_over(step);
    return "(SELECT COUNT(*) - COALESCE(SUM(w.spared), 0) AS done, COALESCE(SUM(w.spared), 0) AS spared, (SELECT "
           "COUNT(*) FROM " +
           step.work + " l WHERE l.n > " + over + ") AS remaining FROM " + step.work + " w WHERE w.n <= " + over +
           ") c";
}

}  // namespace

std::string ScriptGrammar::say(const std::string& what, const std::string& number) const {
    return "SELECT " + grammar_.text_literal(what) + ", " + number + ";\n";
}

std::string ScriptGrammar::copied_table(const std::string& table, const std::string& select) const {
    return "CREATE TABLE IF NOT EXISTS " + table + " AS " + select;
}

std::string ScriptGrammar::joined(const std::vector<std::string>& texts) const {
    std::string text;
    for (const std::string& each : texts) text += (text.empty() ? "" : " || ") + each;
    return text;
}

std::string ScriptGrammar::new_table(const std::string& table, const std::string& definition) const {
    return "CREATE TABLE IF NOT EXISTS " + table + " (" + definition + ")";
}

std::string ScriptGrammar::said_before(const Script& script) const {
    std::string text;
    for (const StepSql& step : script.steps) {
        const std::string label = step.label + ": ";
        text += say(label + step.words.audited, std::to_string(step.audited));
        text += say(label + step.words.found, count_of(step.found));
        for (const Counted& each : step.spared) text += say(label + each.label, count_of(each.keys));
        if (step.deletes) {
            // Of those who are due: whoever is not may be still there all the same, as scripts believe more dates.
            text += say(label + script.words.since,
                        count_of(step.due + " UNION " + step.still_all) + " - " + count_of(step.still_all));
        }
        text += say(label + step.words.due, count_of(step.due));
        for (const Counted& each : step.cascades) text += say(label + each.label, count_of(each.keys));
        for (const Counted& each : step.outliving) text += say(label + each.label, count_of(each.keys));
    }
    for (const auto& [why, number] : script.unscripted) text += say(why, std::to_string(number));
    return text;
}

std::string ScriptGrammar::said_after(const Script& script) const {
    std::string text;
    for (const StepSql& step : script.steps) {
        const auto line = [&](const char* number, const std::string& words) {
            return "SELECT " + std::string{number} + " AS line, " + grammar_.text_literal(step.label + ": " + words) +
                   " AS words";
        };
        text += "SELECT l.words, CASE l.line WHEN 1 THEN c.done WHEN 2 THEN c.spared ELSE c.remaining END FROM " +
                outcome(step) + " CROSS JOIN (" + line("1", step.words.done) + " UNION ALL " +
                line("2", step.words.spared) + " UNION ALL " + line("3", step.words.left) + ") l ORDER BY l.line;\n";
    }
    return text;
}

std::string ScriptGrammar::begun(const StepSql& step) const {
    // An older log with other columns has to stop the script before anything is done, not after.
    return new_table(step.log, log_definition) + ";\nINSERT INTO " + step.log + " (" + log_columns +
           ") SELECT script, " + step.log_start + ", 0, 0, 0, " + today() + ", 0, " + step.log_end +
           " FROM crmaudit_token WHERE " + grammar_.truth(false) +
           ";\nUPDATE crmaudit_token SET started = " + seconds() + ";\n";
}

std::string ScriptGrammar::nothing_over(const StepSql& step) const {
    return new_table(step.over, "one SMALLINT PRIMARY KEY, n BIGINT NOT NULL") + ";\nINSERT INTO " + step.over +
           " (one, n) SELECT 1, 0 FROM crmaudit_token WHERE NOT EXISTS (SELECT 1 FROM " + step.over + ");\n";
}

std::string ScriptGrammar::logged(const StepSql& step) const {
    return "INSERT INTO " + step.log + " (" + log_columns + ") SELECT script, " + step.log_start + ", " +
           "c.done, c.spared, c.remaining, " + today() + ", " + seconds() + " - started, " + step.log_end +
           " FROM crmaudit_token CROSS JOIN " + outcome(step) + ";\n";
}

std::string ScriptGrammar::said_verified(const StepSql& step) const {
    const std::string label = step.label + ": ";
    const std::string still = step.deletes ? step.table + " t ON " + same(step.key, "t", step.columns, "w")
                                           : "(" + step.undone + ") t ON " + same(step.columns, "t", step.columns, "w");
    std::string text = say(label + step.words.due, count_of(step.due)) +
                       say(label + step.words.still, "(SELECT COUNT(*) FROM " + step.work + " w JOIN " + still +
                                                         " WHERE " + is_done(step, "w") + ")");
    for (const Counted& each : step.pointing) text += say(label + each.label, count_of(each.keys));
    for (const Counted& each : step.saved) text += say(label + each.label, count_of(each.keys));
    return text;
}

bool is_alone(const StepSql& step) {
    return step.deletes && !step.own.empty() && step.reads.empty() && step.setup.empty() && step.kept.empty() &&
           step.changes.empty() && step.removals.empty();
}

std::vector<Collected> collected(const StepSql& step) {
    std::vector<Collected> all;
    for (const ChangeSql& each : step.changes) {
        if (!each.collect.empty()) all.push_back({each.rows, each.columns, each.collect});
    }
    for (const RemovalSql& each : step.removals) all.push_back({each.rows, each.columns, each.collect});
    return all;
}

std::string is_done(const StepSql& step, const std::string& row) {
    return row + ".spared = 0 AND " + row + ".n <= " + last_over(step);
}

std::string spare(const StepSql& step, const std::string& in_batch, const std::string& whom) {
    return "UPDATE " + step.work + " SET spared = 1 WHERE " + in_batch + " AND spared = 0 AND " + whom;
}

std::string not_among(const StepSql& step, const std::string& keys) {
    // DISTINCT, as some databases read no rows of the table that they update, unless they have put them aside.
    return "NOT EXISTS (SELECT 1 FROM (SELECT DISTINCT " + prefixed(step.columns, "b.") + " FROM " + keys +
           " b) b WHERE " + same(step.columns, "b", step.columns, step.work) + ")";
}

std::string columns_as_audited(const TouchedTable& table) {
    std::string text;
    for (const TouchedColumn& column : table.columns) {
        text +=
            (text.empty() ? "" : "\n") + column.name + " " + column.type + (column.nullable ? " null" : " not null");
    }
    return text;
}

std::string reference_lines(const TouchedTable& table, bool with_rule) {
    std::vector<std::string> lines;
    for (std::size_t i = 0; i < table.referenced_by.size(); ++i) {
        const ForeignKey& key = table.referenced_by_keys.at(i);
        for (const std::string& column : key.columns) {
            lines.push_back(to_string(table.referenced_by[i]) + "." + column + (with_rule ? " " + key.on_delete : ""));
        }
    }
    std::sort(lines.begin(), lines.end());
    std::string text;
    for (const std::string& line : lines) text += (text.empty() ? "" : "\n") + line;
    return text;
}

std::string ended(const std::vector<std::string>& statements) {
    std::string text;
    for (const std::string& each : statements) text += each + ";\n";
    return text;
}

std::string commented(const std::vector<std::string>& lines) {
    std::string text;
    for (const std::string& line : lines) text += "-- " + line + "\n";
    return text;
}

std::string count_of(const std::string& keys) { return "(SELECT COUNT(*) FROM (" + keys + ") c)"; }

std::string prefixed(const std::vector<std::string>& columns, const std::string& prefix) {
    std::string text;
    for (const std::string& column : columns) text.append(text.empty() ? "" : ", ").append(prefix).append(column);
    return text;
}

std::string same(const std::vector<std::string>& left_columns, const std::string& left,
                 const std::vector<std::string>& right_columns, const std::string& right) {
    std::string text;
    for (std::size_t i = 0; i < left_columns.size(); ++i) {
        text.append(i == 0 ? "" : " AND ").append(left).append(".").append(left_columns[i]);
        text.append(" = ").append(right).append(".").append(right_columns.at(i));
    }
    return text;
}

}  // namespace crmaudit::reports::purge
