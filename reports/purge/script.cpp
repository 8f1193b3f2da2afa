#include "reports/purge/script.h"

#include <algorithm>

#include "auditor/digest/sha256.h"
#include "auditor/sql/render.h"
#include "reports/purge/one_line.h"
#include "reports/purge/script_grammar.h"
#include "reports/purge/settling.h"

namespace crmaudit::reports::purge {
namespace {

class ScriptMaker {
public:
    ScriptMaker(const AuditResult& result, const Plan& plan, const Limits& limits, const sql::Grammar& grammar,
                const ScriptGrammar& client, const Locale& locale)
        : result_(result),
          plan_(plan),
          limits_(limits),
          grammar_(grammar),
          client_(client),
          locale_(locale),
          audited_{grammar, result.run.as_of},
          // A date after the audit, however strange, is a sign of life: nobody goes because it is not believed.
          believing_{grammar, sql::Days{result.run.as_of, Date{std::chrono::year{9998} / 12 / 31}}} {}

    Script make(const std::string& checksum) {
        Script script;
        script.id = digest::sha256(checksum + " " + to_string(limits_.valid_until) + " " +
                                   std::to_string(limits_.batch) + " " + std::to_string(limits_.tolerance) + " " +
                                   std::to_string(limits_.max_share) + " " + std::to_string(limits_.pause))
                        .substr(0, 12);
        script.pause = limits_.pause;
        script.words = words();
        script.heading = heading(script.id, checksum);
        add_checks(script);
        for (const Step& step : plan_.steps) add_step(script, step);
        return script;
    }

private:
    std::vector<std::string> heading(const std::string& id, const std::string& checksum) const {
        std::vector<std::string> lines{
            locale_.text("purge.heading", {{"version", result_.run.tool_version}, {"id", id}}),
            locale_.text("purge.source", {{"database", result_.source.database},
                                          {"label", result_.run.label},
                                          {"date", locale_.date(result_.run.as_of)},
                                          {"checksum", checksum}}),
            locale_.text("purge.policy", {{"policy", result_.run.policy}, {"digest", result_.run.policy_digest}}),
            locale_.text("purge.valid", {{"date", locale_.date(limits_.valid_until)}}),
            locale_.text("purge.client", {{"client", std::string{client_.client()}}}),
            locale_.text("purge.review")};
        for (std::string& line : lines) line = on_one_line(std::move(line));
        return lines;
    }

    Words words() const {
        return {
            locale_.text("purge.spared.since"), locale_.text("purge.said.stopped"), locale_.text("purge.said.passed"),
            locale_.text("purge.said.audited"), locale_.text("purge.said.found"),   locale_.text("purge.said.due"),
            locale_.text("purge.said.deleted"), locale_.text("purge.said.spared"),  locale_.text("purge.said.left"),
            locale_.text("purge.said.still"),   locale_.text("purge.said.locked"),  locale_.text("purge.said.broken")};
    }

    void add_checks(Script& script) const {
        const auto literal = [&](const std::string& text) { return grammar_.text_literal(text); };
        const Source& source = result_.source;
        script.checks.push_back(
            {locale_.text("purge.guard.database", {{"database", source.database}}), client_.is_database(source)});
        script.checks.push_back({locale_.text("purge.guard.expired", {{"date", locale_.date(limits_.valid_until)}}),
                                 client_.today() + " <= " + literal(to_string(limits_.valid_until)), true});
        // Databases and auditors may stand in different time zones.
        const Date day_before = std::chrono::sys_days{result_.run.as_of} - std::chrono::days{1};
        script.checks.push_back({locale_.text("purge.guard.early", {{"date", locale_.date(result_.run.as_of)}}),
                                 client_.today() + " >= " + literal(to_string(day_before))});
        for (const TouchedTable& table : plan_.tables) {
            const Values name{{"table", to_string(table.name)}};
            script.checks.push_back({locale_.text("purge.guard.columns", name),
                                     client_.columns_now(table.name) + " = " + literal(columns_as_audited(table))});
        }
        for (Check& each : client_.own_checks(plan_, locale_)) script.checks.push_back(std::move(each));
        for (const Step& step : plan_.steps) add_checks(script, step);
    }

    void add_checks(Script& script, const Step& step) const {
        for (const TouchedTable& table : plan_.tables) {
            if (std::find(step.deletes.begin(), step.deletes.end(), table.name) == step.deletes.end()) continue;
            const Values name{{"table", to_string(table.name)}};
            script.checks.push_back(
                {locale_.text("purge.guard.references", name),
                 client_.references_now(table) + " = " + grammar_.text_literal(client_.references_as_audited(table))});
            if (limits_.accept_triggers) continue;
            script.checks.push_back(
                {locale_.text("purge.guard.triggers", name), client_.has_no_delete_trigger(table.name)});
        }
        const std::string found = count_of(audited_.keys(step.entity, step.found));
        const Values numbers{
            {"step", label(step)}, {"audited", locale_.number(step.audited)}, {"most", locale_.number(step.most)}};
        script.checks.push_back(
            {locale_.text("purge.guard.more", numbers), found + " <= " + std::to_string(step.most), true});
        script.checks.push_back(
            {locale_.text("purge.guard.share", {{"step", label(step)}, {"share", std::to_string(limits_.max_share)}}),
             found + " * 100 <= " + std::to_string(limits_.max_share) + " * (SELECT COUNT(*) FROM " +
                 grammar_.quote(step.entity.table) + ")",
             true});
    }

    static std::string label(const Step& step) { return step.rule + ", " + step.entity.name; }

    void add_step(Script& script, const Step& step) const {
        const std::string suffix = script.id + "_" + std::to_string(script.steps.size() + 1);
        StepSql sql;
        sql.label = label(step);
        sql.table = grammar_.quote(step.entity.table);
        sql.key = quoted(step.entity.key);
        sql.columns = numbered(sql.key.size());
        sql.work = client_.work_table(step.entity.table, "crmaudit_work_" + suffix);
        sql.log = client_.work_table(step.entity.table, "crmaudit_deletion_log");
        sql.log_start = grammar_.text_literal(step.rule) + ", " + grammar_.text_literal(step.entity.name) + ", " +
                        grammar_.text_literal(result_.run.policy) + ", " +
                        grammar_.text_literal(result_.run.policy_digest) + ", " +
                        grammar_.text_literal(to_string(result_.run.as_of)) + ", " + std::to_string(step.audited);
        sql.batch = client_.batch_table(step.entity.table, "crmaudit_batch_" + suffix);
        sql.going = client_.batch_table(step.entity.table, "crmaudit_going_" + suffix);
        sql.found = audited_.keys(step.entity, step.found);
        sql.due = audited_.keys(step.entity, step.due);
        sql.still = believing_.keys(step.entity, step.still, sql.batch);
        for (const Spared& each : step.spared) {
            sql.spared.push_back({locale_.text("purge.spared." + each.why),
                                  audited_.keys(step.entity, all({step.found, each.condition}))});
        }
        sql.still_all = believing_.keys(step.entity, step.still);
        add_reach(sql, step, suffix);
        for (const TableName& name : step.reads) sql.reads.push_back(grammar_.quote(name));
        sql.audited = step.audited;
        sql.most = step.most;
        sql.batch_size = limits_.batch;
        add_settling(sql, step);
        script.steps.push_back(std::move(sql));
    }

    /// What is saved of the persons is saved of those who go, and before their rows are parted from each other.
    void add_settling(StepSql& sql, const Step& step) const {
        const Settling settling{grammar_, believing_, step, sql};
        const std::vector<std::string> settled = settling.settled();
        const std::vector<std::string> unlinked =
            settling.unlinked(client_.batch_table(step.entity.table, "crmaudit_token"));
        sql.kept.insert(sql.kept.begin(), settled.begin(), settled.end());
        sql.kept.insert(sql.kept.end(), unlinked.begin(), unlinked.end());
    }

    std::vector<std::string> quoted(const std::vector<std::string>& columns) const {
        std::vector<std::string> all;
        for (const std::string& column : columns) all.push_back(grammar_.quote(column));
        return all;
    }

    std::vector<std::string> numbered(std::size_t count) const {
        std::vector<std::string> all;
        for (std::size_t i = 1; i <= count; ++i) all.push_back(grammar_.quote("k" + std::to_string(i)));
        return all;
    }

    void add_reach(StepSql& sql, const Step& step, const std::string& suffix) const {
        for (const Removal& each : step.reach.removals) {
            RemovalSql removal;
            removal.table = grammar_.quote(each.table);
            removal.key = quoted(each.key);
            removal.columns = numbered(each.key.size());
            removal.rows = client_.batch_table(
                step.entity.table, "crmaudit_rows_" + suffix + "_" + std::to_string(sql.removals.size() + 1));
            removal.collect = believing_.related_keys(step.entity, each.path, each.joins, each.key, sql.going);
            removal.after_person = each.after_person;
            sql.removals.push_back(std::move(removal));
        }
        for (const Cascade& each : step.reach.cascades) {
            std::string keys;
            for (const Path& path : each.paths) {
                keys += (keys.empty() ? "" : " UNION ") +
                        believing_.related_keys(step.entity, path, path.joins.size(), each.key, "(" + sql.due + ")");
            }
            sql.cascades.push_back({locale_.text("purge.said.cascade", {{"table", to_string(each.table)}}), keys});
        }
        for (const Path& path : step.entity.paths) add_pointing(sql, step, path);
    }

    /// The persons are gone by then: only their keys can be asked.
    void add_pointing(StepSql& sql, const Step& step, const Path& path) const {
        const Join& join = path.joins.front();
        std::string on;
        for (const JoinColumn& pair : join.on) {
            const auto at = std::find(step.entity.key.begin(), step.entity.key.end(), pair.previous);
            if (at == step.entity.key.end()) return;
            std::string left = "t." + grammar_.quote(pair.column);
            std::string right = "w." + sql.columns[static_cast<std::size_t>(at - step.entity.key.begin())];
            if (pair.as_text) {
                left = grammar_.as_text(left, ColumnKind::unknown);
                right = grammar_.as_text(right, ColumnKind::unknown);
            }
            on += (on.empty() ? "" : " AND ") + left + " = " + right;
        }
        std::string keys = "SELECT t.* FROM " + sql.work + " w JOIN " + grammar_.quote(join.table) + " t ON " + on +
                           " WHERE w.state = 'deleted'";
        if (!std::holds_alternative<Always>(join.where.node)) keys += " AND " + believing_.condition(join.where, "t");
        Counted counted{locale_.text("purge.said.pointing", {{"table", to_string(join.table)}}), std::move(keys)};
        const bool known = std::any_of(sql.pointing.begin(), sql.pointing.end(),
                                       [&](const Counted& each) { return each.keys == counted.keys; });
        if (!known) sql.pointing.push_back(std::move(counted));
    }

    const AuditResult& result_;
    const Plan& plan_;
    const Limits& limits_;
    const sql::Grammar& grammar_;
    const ScriptGrammar& client_;
    const Locale& locale_;
    sql::Renderer audited_;
    sql::Renderer believing_;
};

}  // namespace

std::string ScriptGrammar::say(const std::string& what, const std::string& number) const {
    return "SELECT " + grammar_.text_literal(what) + ", " + number + ";\n";
}

std::string ScriptGrammar::said_before(const Script& script) const {
    std::string text;
    for (const StepSql& step : script.steps) {
        const std::string label = step.label + ": ";
        text += say(label + script.words.audited, std::to_string(step.audited));
        text += say(label + script.words.found, count_of(step.found));
        for (const Counted& each : step.spared) text += say(label + each.label, count_of(each.keys));
        text += say(label + script.words.since, count_of(step.due) + " - " + count_of(step.still_all));
        text += say(label + script.words.due, count_of(step.due));
        for (const Counted& each : step.cascades) text += say(label + each.label, count_of(each.keys));
    }
    return text;
}

std::string ScriptGrammar::said_after(const Script& script) const {
    std::string text;
    for (const StepSql& step : script.steps) {
        for (const auto& [state, word] : {std::pair{"deleted", &script.words.deleted},
                                          {"spared", &script.words.spared},
                                          {"due", &script.words.left}}) {
            text += say(step.label + ": " + *word,
                        "(SELECT COUNT(*) FROM " + step.work + " WHERE state = '" + state + "')");
        }
    }
    return text;
}

std::string ScriptGrammar::logged(const StepSql& step) const {
    const auto in_state = [&](const char* state) {
        return "(SELECT COUNT(*) FROM " + step.work + " WHERE state = '" + state + "')";
    };
    return "CREATE TABLE IF NOT EXISTS " + step.log +
           " (script VARCHAR(12), rule_id VARCHAR(255), entity VARCHAR(255), policy VARCHAR(255), policy_digest "
           "VARCHAR(64), "
           "audited_on VARCHAR(10), expected BIGINT, deleted BIGINT, spared BIGINT, not_reached BIGINT, run_on "
           "VARCHAR(10));\nINSERT INTO " +
           step.log + " SELECT script, " + step.log_start + ", " + in_state("deleted") + ", " + in_state("spared") +
           ", " + in_state("due") + ", " + today() + " FROM crmaudit_token;\n";
}

std::string ScriptGrammar::said_verified(const Script& script, const StepSql& step) const {
    const std::string label = step.label + ": ";
    std::string text =
        say(label + script.words.due, count_of(step.due)) +
        say(label + script.words.still, "(SELECT COUNT(*) FROM " + step.work + " w JOIN " + step.table + " t ON " +
                                            same(step.key, "t", step.columns, "w") + " WHERE w.state = 'deleted')");
    for (const Counted& each : step.pointing) text += say(label + each.label, count_of(each.keys));
    return text;
}

Script make_script(const AuditResult& result, const std::string& checksum, const Plan& plan, const Limits& limits,
                   const sql::Grammar& grammar, const ScriptGrammar& client, const Locale& locale) {
    return ScriptMaker{result, plan, limits, grammar, client, locale}.make(checksum);
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
    for (const std::string& column : columns) text += (text.empty() ? "" : ", ") + prefix + column;
    return text;
}

std::string same(const std::vector<std::string>& left_columns, const std::string& left,
                 const std::vector<std::string>& right_columns, const std::string& right) {
    std::string text;
    for (std::size_t i = 0; i < left_columns.size(); ++i) {
        text += (i == 0 ? "" : " AND ") + left + "." + left_columns[i] + " = " + right + "." + right_columns.at(i);
    }
    return text;
}

}  // namespace crmaudit::reports::purge
