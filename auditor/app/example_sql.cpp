#include "auditor/app/example_sql.h"

#include <map>
#include <set>
#include <sstream>

#include "auditor/checks/check.h"
#include "auditor/engine/bind.h"
#include "auditor/sql/render.h"

namespace crmaudit::app {
namespace {

ColumnKind kind_of(ValueType type) {
    switch (type) {
        case ValueType::date: return ColumnKind::timestamp;
        case ValueType::flag: return ColumnKind::boolean;
        case ValueType::number: return ColumnKind::integer;
        default: return ColumnKind::text;
    }
}

/// What a column must hold for the condition to make sense of it.
ColumnKind kind_for(const Condition& leaf) {
    const bool is_date = std::visit(
        []<typename Node>(const Node&) {
            return std::is_same_v<Node, Before> || std::is_same_v<Node, Since> || std::is_same_v<Node, OlderThan> ||
                   std::is_same_v<Node, LaterThan> || std::is_same_v<Node, Implausible>;
        },
        leaf.node);
    return is_date ? ColumnKind::timestamp : ColumnKind::text;
}

/// A catalog that has exactly what the profile and the rule expect.
class ExpectedCatalog {
public:
    void add(const Selection& rows, const Profile& profile) {
        Entity entity = rows.entity;
        if (entity.table.name.empty()) {
            const auto mapped = std::find_if(profile.entities.begin(), profile.entities.end(),
                                             [&](const Entity& each) { return each.name == entity.name; });
            if (mapped == profile.entities.end()) return;
            entity = *mapped;
            entity.paths.insert(entity.paths.end(), rows.entity.paths.begin(), rows.entity.paths.end());
            entity.attributes = rows.entity.attributes;
        }
        add(entity);
        add(entity.table, rows.where);
    }

    void add(const Entity& entity) {
        for (const std::string& key : entity.key) add(entity.table, key, ColumnKind::text);
        add(entity.table, entity.live);
        std::map<std::string, TableName, std::less<>> last_table;
        for (const Path& path : entity.paths) {
            TableName previous = entity.table;
            for (const Join& join : path.joins) {
                for (const JoinColumn& pair : join.on) {
                    add(join.table, pair.column, ColumnKind::text);
                    add(previous, pair.previous, ColumnKind::text);
                }
                add(join.table, join.where);
                previous = join.table;
            }
            last_table[path.name] = previous;
        }
        for (const Attribute& attribute : entity.attributes) {
            if (const auto* own = std::get_if<OwnColumn>(&attribute.value)) {
                add(entity.table, own->column.name, kind_of(attribute.type));
            } else if (const auto* condition = std::get_if<OwnCondition>(&attribute.value)) {
                add(entity.table, condition->where);
            } else if (const auto* related = std::get_if<Related>(&attribute.value)) {
                const TableName& table = last_table[related->path];
                if (!related->column.name.empty()) add(table, related->column.name, kind_of(attribute.type));
                add(table, related->where);
            }
        }
    }

    Catalog catalog() const {
        Catalog catalog;
        for (const auto& [name, columns] : tables_) {
            Table table;
            table.name = name;
            for (const auto& [column_name, kind] : columns) {
                Column column;
                column.name = column_name;
                column.kind = kind;
                table.columns.push_back(std::move(column));
            }
            catalog.tables.push_back(std::move(table));
        }
        return catalog;
    }

private:
    void add(const TableName& table, const std::string& column, ColumnKind kind) {
        tables_[table].try_emplace(column, kind);
    }
    void add(const TableName& table, const Condition& condition) {
        tables_[table];
        std::visit(
            [&](const auto& node) {
                if constexpr (requires { node.of; }) {
                    for (const Condition& part : node.of) add(table, part);
                    return;
                }
                for_each_operand(condition, [&](const Operand& operand) {
                    if (operand.source != Operand::Source::column) return;
                    const bool known = operand.kind != ColumnKind::unknown;
                    add(table, operand.name, known ? operand.kind : kind_for(condition));
                });
            },
            condition.node);
    }

    std::map<TableName, std::map<std::string, ColumnKind>> tables_;
};

std::string indented(const std::string& sql) {
    std::istringstream lines(sql);
    std::string line;
    std::string text;
    while (std::getline(lines, line)) text += "  " + line + "\n";
    return text;
}

}  // namespace

std::string example_sql(const Policy& policy, const Rule& rule, const Profile& profile, const sql::Grammar& grammar,
                        Date as_of) {
    const checks::Check* check = checks::find_check(rule.check);
    if (check == nullptr) return {};
    ExpectedCatalog expected;
    if (rule.rows) expected.add(*rule.rows, profile);
    for (const Entity& entity : profile.entities) expected.add(entity);
    const Catalog catalog = expected.catalog();
    const std::vector<Entity> entities = engine::bind(profile, catalog);
    const Classification nothing_classified;
    const std::vector<std::string> none;
    const ContentScan no_content;
    checks::CheckInput input{catalog, nothing_classified, entities,       true, none, none, policy, rule,
                             as_of,   no_content,         profile.columns};
    checks::BoundRows rows;
    if (rule.rows) {
        rows = engine::bind_rows(rule, profile, entities, catalog);
        input.rows = &rows;
    }
    const sql::Renderer renderer{grammar, as_of};
    std::string text;
    const checks::Plan plan = check->plan(input);
    for (const checks::Probe& probe : plan.probes) {
        text += "  -- " + profile.name + ", " + probe.entity.name + "\n" +
                indented(renderer.evidence(
                    probe.entity, {probe.entity.name, all({probe.total, probe.affected}), probe.unique_over})) +
                "\n";
    }
    for (const Gap& gap : plan.gaps) {
        if (rule.rows) text += "  -- " + profile.name + ", " + gap.object + ": " + gap.reason + "\n";
    }
    return text;
}

}  // namespace crmaudit::app
