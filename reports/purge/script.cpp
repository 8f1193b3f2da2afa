#include "reports/purge/script.h"

#include <algorithm>

#include "auditor/digest/sha256.h"
#include "auditor/sql/render.h"
#include "reports/purge/archive.h"
#include "reports/purge/implied.h"
#include "reports/purge/keepsakes_sql.h"
#include "reports/purge/one_line.h"
#include "reports/purge/script_grammar.h"
#include "reports/purge/settling.h"
#include "reports/purge/unscripted.h"

namespace crmaudit::reports::purge {
namespace {

class ScriptMaker {
public:
    ScriptMaker(const AuditResult& result, const Plan& plan, const Limits& limits, const sql::Grammar& grammar,
                const ScriptGrammar& client, const Locale& locale, const std::string& own_checksum)
        : result_(result),
          plan_(plan),
          limits_(limits),
          grammar_(grammar),
          client_(client),
          locale_(locale),
          own_checksum_(own_checksum),
          audited_{grammar, result.run.as_of},
          // A date after the audit or one that cannot be is a sign of life: nobody goes because it is not believed.
          sparing_{grammar, sql::Days{result.run.as_of, result.run.as_of, true}},
          believing_{grammar, sql::Days{result.run.as_of, Date{std::chrono::year{9998} / 12 / 31}, true}},
          keepsakes_{grammar, client, believing_, locale, result} {}

    Script make(const std::string& checksum) {
        Script script;
        std::string identity = checksum + " " + to_string(limits_.valid_until) + " " + std::to_string(limits_.batch) +
                               " " + std::to_string(limits_.tolerance) + " " + std::to_string(limits_.max_share) + " " +
                               std::to_string(limits_.pause);
        if (limits_.archive) identity += " archive";
        if (!limits_.suppression_key.empty()) identity += " " + limits_.suppression_key;
        // Two scripts must not take each other's tables of keys for their own.
        for (const Step& step : plan_.steps) identity += '\0' + label(step);
        script.id = digest::sha256(identity).substr(0, 12);
        script.pause = limits_.pause;
        script.words = words();
        script.heading = heading(script.id, checksum);
        add_stop(script);
        script.key = keepsakes_.key_use(plan_, limits_.suppression_key);
        add_checks(script);
        for (const Step& step : plan_.steps) add_step(script, step);
        for (const Unscripted& each : plan_.unscripted) {
            script.unscripted.emplace_back(explain(each, locale_), each.affected);
        }
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
            locale_.text("purge.stop", {{"table", to_string(stop_table(id))}}),
            locale_.text("purge.review")};
        if (!client_.is_proven()) lines.push_back(locale_.text("purge.unproven." + std::string{client_.client()}));
        for (std::string& line : lines) line = on_one_line(std::move(line));
        return lines;
    }

    Words words() const {
        return {locale_.text("purge.spared.since"), locale_.text("purge.said.stopped"),
                locale_.text("purge.said.passed"), locale_.text("purge.said.locked"),
                locale_.text("purge.said.broken")};
    }

    /// What is said of persons, and of rows by what becomes of them.
    StepWords words_of(const Step& step) const {
        const bool persons = step.action == PurgeAction::person;
        const std::string action{to_string(step.action)};
        const auto shared = [&](const std::string& key) {
            return locale_.text("purge.said." + (persons ? key : "rows." + key));
        };
        const auto own = [&](const std::string& key) {
            return locale_.text("purge.said." + (persons ? key : action + "." + key));
        };
        return {shared("audited"), shared("found"), own("due"),  own("deleted"),
                shared("spared"),  shared("left"),  own("still")};
    }

    /// A table, as every client can make one and see at once that another session has.
    TableName stop_table(const std::string& id) const {
        return {plan_.steps.front().entity.table.schema, "crmaudit_stop_" + id};
    }

    void add_stop(Script& script) const {
        const TableName table = stop_table(script.id);
        script.stop_table = grammar_.quote(table);
        script.stop = client_.is_there(table);
        script.checks.push_back({locale_.text("purge.guard.asked_to_stop", {{"table", to_string(table)}}),
                                 "NOT (" + script.stop + ")", true});
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
        if (const auto needed = client_.hash().precondition(); script.key && needed) {
            script.checks.push_back({locale_.text(needed->message), needed->condition, true});
        }
        for (std::size_t i = 0; i < plan_.steps.size(); ++i) add_checks(script, plan_.steps[i], suffix(script, i));
    }

    static std::string suffix(const Script& script, std::size_t step) {
        return script.id + "_" + std::to_string(step + 1);
    }

    std::string found_table(const Step& step, const std::string& suffix) const {
        return client_.found_table(step.entity.table, "crmaudit_found_" + suffix);
    }

    std::string work_table(const Step& step, const std::string& suffix) const {
        return client_.work_table(step.entity.table, "crmaudit_work_" + suffix);
    }

    void add_checks(Script& script, const Step& step, const std::string& suffix) const {
        for (const TouchedTable& table : plan_.tables) {
            const bool deletes = std::find(step.deletes.begin(), step.deletes.end(), table.name) != step.deletes.end();
            const bool changes = std::any_of(step.changes.begin(), step.changes.end(),
                                             [&](const Change& each) { return each.table == table.name; });
            if (deletes || changes) add_checks(script, table, deletes);
        }
        for (const Change& each : step.changes) {
            for (const Setting& setting : each.settings) {
                script.checks.push_back({locale_.text("purge.guard.generated",
                                                      {{"table", to_string(each.table)}, {"column", setting.column}}),
                                         client_.is_plain(each.table, setting.column)});
            }
        }
        for (const Unlink& each : step.reach.unlinks) {
            const Values name{{"table", to_string(each.table)}};
            if (limits_.accept_triggers) break;
            script.checks.push_back(
                {locale_.text("purge.guard.update_triggers", name), client_.has_no_update_trigger(each.table)});
        }
        const Values numbers{
            {"step", label(step)}, {"audited", locale_.number(step.audited)}, {"most", locale_.number(step.most)}};
        const bool persons = step.action == PurgeAction::person;
        Check number{locale_.text(persons ? "purge.guard.more" : "purge.guard.more_rows", numbers),
                     client_.counted() + " <= " + std::to_string(step.most),
                     true,
                     true,
                     sparing_.keys(step.entity, step.found),
                     found_table(step, suffix)};
        // Where a key is asked for after the guard, no keys may outlive a run that ends there.
        if (is_implied(step.due, step.found) && !script.key) {
            number.list = work_table(step, suffix);
            number.columns = numbered(step.entity.key.size());
        }
        script.checks.push_back(std::move(number));
        // A column that nobody needs is emptied in all rows.
        if (!deletes_rows(step.action)) return;
        Check share{
            locale_.text("purge.guard.share", {{"step", label(step)}, {"share", std::to_string(limits_.max_share)}}),
            client_.is_share(grammar_.quote(step.entity.table), limits_.max_share), true, true};
        share.share = limits_.max_share;
        script.checks.push_back(std::move(share));
    }

    void add_checks(Script& script, const TouchedTable& table, bool deletes) const {
        const Values name{{"table", to_string(table.name)}};
        script.checks.push_back(
            {locale_.text("purge.guard.references", name),
             client_.references_now(table) + " = " + grammar_.text_literal(client_.references_as_audited(table))});
        if (limits_.accept_triggers) return;
        script.checks.push_back(
            deletes
                ? Check{locale_.text("purge.guard.triggers", name), client_.has_no_delete_trigger(table.name)}
                : Check{locale_.text("purge.guard.update_triggers", name), client_.has_no_update_trigger(table.name)});
    }

    static std::string label(const Step& step) { return step.rule + ", " + step.about; }

    void add_step(Script& script, const Step& step) const {
        const std::string suffix = this->suffix(script, script.steps.size());
        StepSql sql;
        sql.label = label(step);
        sql.words = words_of(step);
        sql.deletes = deletes_rows(step.action);
        sql.table = grammar_.quote(step.entity.table);
        sql.key = quoted(step.entity.key);
        sql.columns = numbered(sql.key.size());
        sql.work = work_table(step, suffix);
        sql.log = client_.work_table(step.entity.table, "crmaudit_deletion_log");
        sql.log_start = grammar_.text_literal(step.rule) + ", " + grammar_.text_literal(step.entity.name) + ", " +
                        grammar_.text_literal(result_.run.policy) + ", " +
                        grammar_.text_literal(result_.run.policy_digest) + ", " +
                        grammar_.text_literal(to_string(result_.run.as_of)) + ", " + std::to_string(step.audited);
        sql.log_end = log_end(step);
        const std::string over = "crmaudit_over_" + suffix;
        sql.over = client_.work_table(step.entity.table, over);
        sql.has_begun = {locale_.text("purge.guard.not_begun", {{"step", label(step)}}),
                         client_.is_there({step.entity.table.schema, over})};
        const std::string in_batch =
            "SELECT " + prefixed(sql.columns, "") + " FROM " + sql.work + " WHERE " + client_.in_batch();
        sql.batch = client_.rows_of_batch("crmaudit_batch_" + suffix, in_batch);
        sql.going = client_.rows_of_batch("crmaudit_going_" + suffix, in_batch + " AND spared = 0");
        sql.again = client_.batch_table(step.entity.table, "crmaudit_again_" + suffix);
        sql.found = audited_.keys(step.entity, step.found);
        sql.due = audited_.keys(step.entity, step.due);
        sql.fill = is_implied(step.due, step.found)
                       ? "SELECT " + prefixed(sql.columns, "") + " FROM " + found_table(step, suffix)
                       : sparing_.keys(step.entity, step.due);
        sql.still = believing_.keys(step.entity, step.still, sql.batch);
        for (const Spared& each : step.spared) {
            sql.spared.push_back({locale_.text("purge.spared." + each.why),
                                  audited_.keys(step.entity, all({step.found, each.condition}))});
        }
        sql.own = believing_.row_condition(step.entity, step.still, client_.row_of(sql.table)).value_or("");
        sql.still_all = believing_.keys(step.entity, step.still);
        if (!sql.deletes) sql.undone = audited_.keys(step.entity, all({step.found, step.pending}));
        for (const Change& each : step.changes) add_change(sql, step, each, suffix);
        add_reach(sql, step, suffix);
        keepsakes_.add_to(sql, step, script.id, suffix);
        for (const TableName& name : step.reads) sql.reads.push_back(grammar_.quote(name));
        sql.audited = step.audited;
        sql.most = step.most;
        sql.batch_size = limits_.batch;
        if (limits_.archive) add_archive(script, sql, step, result_, grammar_, client_);
        add_settling(sql, step);
        script.steps.push_back(std::move(sql));
    }

    /// What is saved of the persons is saved of those who go, and before their rows are parted from each other.
    void add_settling(StepSql& sql, const Step& step) const {
        const Settling settling{grammar_, believing_, step, sql, client_.in_batch()};
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
        if (!sql.deletes) return;
        for (const Path& path : step.entity.paths) add_pointing(sql, step, path);
    }

    std::string log_end(const Step& step) const {
        std::string changed;
        for (const Change& each : step.changes) {
            for (const Setting& setting : each.settings) {
                changed += (changed.empty() ? "" : ", ") + to_string(each.table) + "." + setting.column;
            }
        }
        return grammar_.text_literal(std::string{to_string(step.action)}) + ", " +
               grammar_.text_literal(on_one_line(changed)) + ", " + grammar_.text_literal(result_.run.tool_version) +
               ", " + grammar_.text_literal(own_checksum_);
    }

    void add_change(StepSql& sql, const Step& step, const Change& change, const std::string& suffix) const {
        ChangeSql made;
        made.table = grammar_.quote(change.table);
        made.key = quoted(change.key);
        made.columns = numbered(change.key.size());
        made.rows = sql.going;
        if (change.path) {
            made.collect =
                believing_.related_keys(step.entity, *change.path, change.path->joins.size(), change.key, sql.going);
        } else if (!std::holds_alternative<Always>(change.where.node)) {
            made.collect = believing_.keys(step.entity, change.where, sql.going);
        }
        if (!made.collect.empty()) {
            made.rows = client_.batch_table(step.entity.table,
                                            "crmaudit_set_" + suffix + "_" + std::to_string(sql.changes.size() + 1));
        }
        for (const Setting& each : change.settings) {
            made.settings.emplace_back(grammar_.quote(std::string_view{each.column}), value_of(each, made.columns));
        }
        add_moments(made, change);
        sql.changes.push_back(std::move(made));
    }

    std::string value_of(const Setting& setting, const std::vector<std::string>& key) const {
        if (!setting.value) return "NULL";
        if (!setting.with_key) return grammar_.text_literal(*setting.value);
        std::vector<std::string> parts{grammar_.text_literal(*setting.value)};
        for (const std::string& column : key) {
            if (parts.size() > 1) parts.push_back(grammar_.text_literal("-"));
            parts.push_back(grammar_.as_text("w." + column, ColumnKind::unknown));
        }
        return client_.joined(parts);
    }

    void add_moments(ChangeSql& made, const Change& change) const {
        const TouchedTable* table = table_named(result_, change.table);
        for (const TouchedColumn& column : table->columns) {
            const bool is_set = std::any_of(change.settings.begin(), change.settings.end(),
                                            [&](const Setting& each) { return each.column == column.name; });
            if (column.kind == ColumnKind::timestamp && !is_set)
                made.moments.push_back(grammar_.quote(std::string_view{column.name}));
        }
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
                           " WHERE " + is_done(sql, "w");
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
    const std::string& own_checksum_;
    sql::Renderer audited_;
    sql::Renderer sparing_;
    sql::Renderer believing_;
    KeepsakesSql keepsakes_;
};

}  // namespace

Script make_script(const AuditResult& result, const std::string& checksum, const Plan& plan, const Limits& limits,
                   const sql::Grammar& grammar, const ScriptGrammar& client, const Locale& locale,
                   const std::string& own_checksum) {
    return ScriptMaker{result, plan, limits, grammar, client, locale, own_checksum}.make(checksum);
}

}  // namespace crmaudit::reports::purge
