#include "reports/migration.h"

#include <algorithm>
#include <array>
#include <map>

#include "auditor/model/own_tables.h"

namespace crmaudit::reports {
namespace {

/// Checks whose findings about a column say that nobody needs what it holds. Those of all others call for a person.
constexpr std::array speaks_for_leaving{"unnecessary_field", "unused_field", "plaintext_credential"};
/// Without an answer of this check nobody has asked whether a personal column is needed.
constexpr std::string_view asks_for_need = "unnecessary_field";
/// Of tables as a whole: copies of persons that live elsewhere.
constexpr std::string_view finds_copies = "stray_copy";
/// As on the page: below it the classification is marked as doubtful.
constexpr double doubtful = 0.7;

bool limits(const AuditResult& result, const Rule& rule, const Entity& entity) {
    if (rule.parameter("after").empty()) return false;
    const auto kind = rule.parameter("kind");
    if (!kind.empty()) return kind == to_string(entity.kind);
    if (rule.check == "stale_person") return is_person(entity.kind);
    if (rule.check == "unconverted_lead") return entity.kind == EntityKind::lead;
    if (rule.check == "expired_log") return entity.kind == EntityKind::log;
    return std::any_of(result.findings.begin(), result.findings.end(), [&](const Finding& finding) {
        return finding.rule == rule.id && finding.object.entity == entity.name;
    });
}

/// Rows that belong to the entity alone live and die with it.
bool belongs_to(const Entity& entity, const TableName& table) {
    if (entity.table == table) return true;
    return std::any_of(entity.paths.begin(), entity.paths.end(), [&](const Path& path) {
        if (path.purge == PathPurge::keep) return false;
        const std::size_t reach = path.purge == PathPurge::links ? 1 : path.joins.size();
        return std::any_of(path.joins.begin(), path.joins.begin() + static_cast<std::ptrdiff_t>(reach),
                           [&](const Join& join) { return join.table == table; });
    });
}

class Planner {
public:
    explicit Planner(const AuditResult& result) : result_(result) {
        for (const ColumnClassification& each : result.inventory) {
            classified_[{each.table, each.column}].push_back(&each);
        }
    }

    Migration plan() {
        for (const SeenTable& table : result_.seen) {
            if (!is_own_table(table.name.name)) add_table(table);
        }
        for (const std::string& name : result_.source.left_out) {
            const bool own = is_own_table(name);
            plan_.tables.push_back(
                {{"", name}, {own ? Move::leave : Move::decide, own ? "own_table" : "left_out"}, {}});
        }
        std::sort(plan_.tables.begin(), plan_.tables.end(),
                  [](const TableMove& a, const TableMove& b) { return to_string(a.table) < to_string(b.table); });
        add_records();
        return std::move(plan_);
    }

private:
    void add_table(const SeenTable& seen) {
        TableMove table{seen.name, verdict_of(seen), {}};
        for (const std::string& column : seen.columns) {
            const auto known = classified_.find({seen.name, column});
            if (known == classified_.end()) {
                add_column(table, column_of(seen.name, column), nullptr);
                continue;
            }
            for (const ColumnClassification* each : known->second) {
                add_column(table, column_of(seen.name, field_name_of(*each)), each);
            }
        }
        plan_.tables.push_back(std::move(table));
    }

    Verdict verdict_of(const SeenTable& table) const {
        for (const Finding& finding : result_.findings) {
            if (finding.check == finds_copies && finding.object.table == table.name && is_open(finding)) {
                return {Move::leave, "rule", finding.rule};
            }
        }
        const bool unread = std::any_of(result_.source.gaps.begin(), result_.source.gaps.end(),
                                        [&](const CatalogGap& gap) { return gap.object == to_string(table.name); });
        if (unread || table.columns.empty()) return {Move::decide, "not_read"};
        return {Move::move, "columns"};
    }

    ColumnMove column_of(const TableName& table, std::string name) const {
        ColumnMove column;
        column.table = table;
        column.column = std::move(name);
        for (const Entity& entity : result_.entities) {
            if (!belongs_to(entity, table)) continue;
            column.entities.push_back(entity.name);
            for (const Rule& rule : result_.rules) {
                const bool known = std::any_of(column.kept_for.begin(), column.kept_for.end(),
                                               [&](const KeptFor& each) { return each.rule == rule.id; });
                if (!known && limits(result_, rule, entity)) {
                    column.kept_for.push_back({rule.id, std::string{rule.parameter("after")}});
                }
            }
        }
        return column;
    }

    void add_column(TableMove& table, ColumnMove column, const ColumnClassification* classified) {
        if (classified != nullptr) {
            column.type = classified->type;
            column.category = classified->category;
            if (classified->counts) {
                column.rows = classified->counts->rows;
                column.filled = classified->counts->filled;
                // Of a field in rows only its own rows are counted.
                if (!classified->field) table.rows = classified->counts->rows;
            }
            for (const Purpose& purpose : result_.purposes) {
                const auto& all = purpose.justifies;
                if (std::find(all.begin(), all.end(), column.category) != all.end()) {
                    column.purposes.push_back(purpose.id);
                }
            }
            ++table.personal;
        }
        column.verdict = table.verdict.move == Move::move ? verdict_of(column, classified) : Verdict{table.verdict};
        switch (column.verdict.move) {
            case Move::move: ++table.moving; break;
            case Move::leave: ++table.staying; break;
            case Move::decide: ++table.open; break;
        }
        plan_.columns.push_back(std::move(column));
    }

    Verdict verdict_of(const ColumnMove& column, const ColumnClassification* classified) const {
        const Finding* against = nullptr;
        for (const Finding& finding : result_.findings) {
            if (finding.object.table != column.table || finding.object.column != column.column) continue;
            if (finding.state == FindingState::fixed) continue;
            if (finding.state == FindingState::waived) return {Move::move, "accepted", finding.rule};
            if (speaks_for_leaving_it(finding)) return {Move::leave, "rule", finding.rule};
            if (against == nullptr) against = &finding;
        }
        if (against != nullptr) return {Move::decide, "rule", against->rule};
        if (classified == nullptr) return {Move::move, "nothing_personal"};
        if (is_empty(column)) return {Move::leave, "empty"};
        if (classified->confidence < doubtful) return {Move::decide, "doubtful"};
        if (!column.purposes.empty()) return {Move::move, "purpose"};
        if (column.category == Category::free_text) return {Move::decide, "free_text"};
        if (!is_core_personal(column.category)) return {Move::move, "no_objection"};
        return need_was_asked(column) ? Verdict{Move::move, "no_objection"} : Verdict{Move::decide, "need_unknown"};
    }

    /// Keys and marks beside personal data may be needed by the table even where nothing is in them yet.
    static bool is_empty(const ColumnMove& column) {
        return is_core_personal(column.category) && column.rows.value_or(0) > 0 && column.filled == 0;
    }

    static bool speaks_for_leaving_it(const Finding& finding) {
        return std::find(speaks_for_leaving.begin(), speaks_for_leaving.end(), finding.check) !=
               speaks_for_leaving.end();
    }

    bool need_was_asked(const ColumnMove& column) const {
        return std::any_of(result_.outcomes.begin(), result_.outcomes.end(), [&](const RuleOutcome& outcome) {
            const bool answered = outcome.status == OutcomeStatus::found || outcome.status == OutcomeStatus::clean;
            return outcome.check == asks_for_need && answered &&
                   std::none_of(outcome.gaps.begin(), outcome.gaps.end(), [&](const Gap& gap) {
                       const auto& entities = column.entities;
                       return gap.object.starts_with(to_string(column.table)) ||
                              std::find(entities.begin(), entities.end(), gap.object) != entities.end();
                   });
        });
    }

    void add_records() {
        for (const Finding& finding : result_.findings) {
            const Rule* rule = rule_of(result_, finding.rule);
            const bool goes =
                rule != nullptr && (rule->purge == PurgeAction::person || rule->purge == PurgeAction::rows);
            if (!goes || !is_open(finding) || finding.affected == 0) continue;
            plan_.records.push_back(
                {finding.rule, finding.object.entity, finding.object.table, finding.affected, finding.total});
        }
    }

    const AuditResult& result_;
    std::map<std::pair<TableName, std::string>, std::vector<const ColumnClassification*>> classified_;
    Migration plan_;
};

}  // namespace

std::string_view to_string(Move move) {
    switch (move) {
        case Move::move: return "move";
        case Move::leave: return "leave";
        default: return "decide";
    }
}

Migration plan_migration(const AuditResult& result) { return Planner{result}.plan(); }

}  // namespace crmaudit::reports
