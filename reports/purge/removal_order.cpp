#include "reports/purge/removal_order.h"

#include <algorithm>
#include <map>
#include <set>

namespace crmaudit::reports::purge {
namespace {

/// The tables that lose rows, and which of them point at which.
class TableOrder {
public:
    TableOrder(Reach& reach, const TableName& persons, const FindTable& find)
        : reach_(reach), persons_(persons), find_(find) {
        for (const Removal& each : reach.removals) add_table(each.table);
        removed_ = places_;
        removed_.insert(persons);
        // They vanish with what they point at, so nothing may point at them any more by then.
        for (const Cascade& each : reach.cascades) add_table(each.table);
        // Persons last, unless something has to wait for them.
        add_table(persons);
        for (const TableName& table : tables_) {
            const TouchedTable* structure = find_(table);
            if (structure == nullptr) continue;
            for (const ForeignKey& key : structure->foreign_keys) {
                if (lets_go(key) || key.referenced == table || !places_.contains(key.referenced)) continue;
                pointing_[key.referenced][table].push_back(&key);
            }
        }
    }

    /// What leads back to itself, where there is no order.
    std::optional<Problem> settle() {
        std::set<TableName> waiting(tables_.begin(), tables_.end());
        while (!waiting.empty()) {
            const TableName* next = first_free(waiting);
            if (next == nullptr) next = opened(waiting);
            if (next == nullptr) return Problem{"cycle", cycle_of(waiting)};
            place_[*next] = place_.size();
            waiting.erase(*next);
            for (auto& [parent, children] : pointing_) children.erase(*next);
        }
        return std::nullopt;
    }

    std::size_t place(const TableName& table) const { return place_.at(table); }

private:
    void add_table(const TableName& name) {
        if (places_.insert(name).second) tables_.push_back(name);
    }

    bool is_free(const TableName& table) const {
        const auto found = pointing_.find(table);
        return found == pointing_.end() || found->second.empty();
    }

    const TableName* first_free(const std::set<TableName>& waiting) const {
        for (const TableName& each : tables_) {
            if (waiting.contains(each) && is_free(each)) return &each;
        }
        return nullptr;
    }

    /// Persons are opened last: their rows are the ones that somebody looks at.
    const TableName* opened(const std::set<TableName>& waiting) {
        for (const TableName& each : tables_) {
            if (!waiting.contains(each)) continue;
            const auto& children = pointing_.at(each);
            const bool can_be = std::all_of(children.begin(), children.end(), [&](const auto& child) {
                return removed_.contains(child.first) &&
                       std::all_of(child.second.begin(), child.second.end(), [&](const ForeignKey* key) {
                           return !emptiable(*find_(child.first), *key).empty();
                       });
            });
            if (!can_be) continue;
            for (const auto& [child, keys] : children) {
                for (const ForeignKey* key : keys) add_unlink(reach_, child, emptiable(*find_(child), *key));
            }
            return &each;
        }
        return nullptr;
    }

    /// Of those that wait, the ones that lead back to themselves.
    std::string cycle_of(std::set<TableName> waiting) const {
        const auto points_at_some = [&](const TableName& table) {
            return std::any_of(waiting.begin(), waiting.end(), [&](const TableName& other) {
                const auto found = pointing_.find(other);
                return found != pointing_.end() && found->second.contains(table);
            });
        };
        while (std::erase_if(waiting, [&](const TableName& each) { return !points_at_some(each); }) > 0) continue;
        std::string text;
        for (const TableName& each : waiting) text += (text.empty() ? "" : ", ") + to_string(each);
        return text;
    }

    Reach& reach_;
    const TableName& persons_;
    const FindTable& find_;
    std::vector<TableName> tables_;
    std::set<TableName> places_;
    std::set<TableName> removed_;
    std::map<TableName, std::map<TableName, std::vector<const ForeignKey*>>> pointing_;  // at it, from there
    std::map<TableName, std::size_t> place_;
};

}  // namespace

bool lets_go(const ForeignKey& key) { return key.on_delete == "SET NULL" || key.on_delete == "SET DEFAULT"; }

std::vector<std::string> emptiable(const TouchedTable& table, const ForeignKey& key) {
    std::vector<std::string> columns;
    for (const TouchedColumn& each : table.columns) {
        const auto holds = [&](const std::vector<std::string>& names) {
            return std::find(names.begin(), names.end(), each.name) != names.end();
        };
        if (each.nullable && holds(key.columns) && !holds(table.primary_key)) columns.push_back(each.name);
    }
    return columns;
}

std::optional<Problem> put_in_order(Reach& reach, const TableName& persons, const FindTable& find) {
    for (const Removal& each : reach.removals) {
        const TouchedTable& table = *find(each.table);
        for (const ForeignKey& key : table.foreign_keys) {
            if (key.referenced != each.table || lets_go(key)) continue;
            // Databases that look at each row, not at the whole statement, would refuse some orders of rows.
            const std::vector<std::string> columns = emptiable(table, key);
            if (columns.empty() && key.on_delete != "CASCADE") return Problem{"cycle", to_string(each.table)};
            if (!columns.empty()) add_unlink(reach, each.table, columns);
        }
    }
    TableOrder order{reach, persons, find};
    if (auto problem = order.settle()) return problem;
    std::stable_sort(reach.removals.begin(), reach.removals.end(),
                     [&](const Removal& a, const Removal& b) { return order.place(a.table) < order.place(b.table); });
    for (Removal& each : reach.removals) each.after_person = order.place(each.table) > order.place(persons);
    return std::nullopt;
}

void add_unlink(Reach& reach, const TableName& table, const std::vector<std::string>& columns) {
    for (Unlink& each : reach.unlinks) {
        if (each.table != table) continue;
        for (const std::string& column : columns) {
            if (std::find(each.columns.begin(), each.columns.end(), column) == each.columns.end()) {
                each.columns.push_back(column);
            }
        }
        return;
    }
    reach.unlinks.push_back({table, columns});
}

}  // namespace crmaudit::reports::purge
