#include "tests/support/purge_account.h"

#include <algorithm>

namespace crmaudit::live {
namespace {

using reports::purge::Setting;

std::string line(const char* what, const TableName& table, const Cells& row) {
    return std::string{what} + " " + to_string(table) + ": " + to_text(row);
}

/// What the database makes of a value: numbers and truths are written in several ways.
bool is_same(const std::string& cell, const std::string& value) {
    if (cell == cell_of(value)) return true;
    const std::string text = text_of(cell);
    if (value == "0") return text == "false" || text.find_first_not_of("0.") == std::string::npos;
    return value == "1" && text == "true";
}

bool is_set(const Setting& setting, const std::string& cell) {
    if (!setting.value) return cell == no_value;
    return setting.with_key ? cell.starts_with(cell_of(*setting.value)) : is_same(cell, *setting.value);
}

class Accountant {
public:
    explicit Accountant(const Course& course) : course_(course) {}

    std::vector<std::string> unexplained() {
        for (const auto& [name, rows] : course_.before) {
            const Difference found = difference(rows, course_.after.at(name));
            for (const Cells& row : found.vanished) {
                if (!may_vanish(name, rows, row)) lines_.push_back(line("gone", name, row));
            }
            for (const Cells& row : found.added) {
                if (place(name) == nullptr) lines_.push_back(line("new", name, row));
            }
            for (const auto& [was, is] : found.changed) explain(name, rows, was, is);
        }
        return std::move(lines_);
    }

    std::vector<std::string> undone() {
        for (const Forecast& each : course_.forecasts) {
            if (reports::purge::deletes_rows(each.step.action)) {
                for (const Cells& key : still_there(each.going, course_.after)) {
                    lines_.push_back(line((each.name() + ": left").c_str(), each.going.table, key));
                }
                continue;
            }
            for (std::size_t i = 0; i < each.changed.size(); ++i) {
                // Whose rows a path leads to may be gone by an earlier step, and the rows be others' as well.
                if (!each.step.changes[i].path) expect_set(each, i);
            }
        }
        return std::move(lines_);
    }

private:
    bool may_vanish(const TableName& name, const TableRows& rows, const Cells& row) const {
        return std::any_of(course_.forecasts.begin(), course_.forecasts.end(), [&](const Forecast& each) {
            if (!reports::purge::deletes_rows(each.step.action)) return false;
            if (each.going.table == name && each.going.holds(rows, row)) return true;
            return std::any_of(each.along.begin(), each.along.end(),
                               [&](const ChosenRows& along) { return along.table == name && along.holds(rows, row); });
        });
    }

    void explain(const TableName& name, const TableRows& rows, const Cells& was, const Cells& is) {
        for (std::size_t i = 0; i < was.size(); ++i) {
            if (was[i] == is[i]) continue;
            const std::string& column = rows.columns[i];
            if (is_told(name, column, is[i]) || is_let_go(name, rows, was, column, is[i])) continue;
            if (!may_be_set(name, rows, was, column, is[i])) {
                lines_.push_back(line(("changed " + column + " to " + text_of(is[i]) + " in").c_str(), name, was));
            }
        }
    }

    bool may_be_set(const TableName& name, const TableRows& rows, const Cells& row, const std::string& column,
                    const std::string& cell) const {
        for (const Forecast& each : course_.forecasts) {
            for (std::size_t i = 0; i < each.changed.size(); ++i) {
                if (each.changed[i].table != name || !each.changed[i].holds(rows, row)) continue;
                for (const Setting& setting : each.step.changes[i].settings) {
                    if (setting.column == column && is_set(setting, cell)) return true;
                }
            }
        }
        return false;
    }

    /// A foreign key that the database itself emptied, because what it pointed at is gone.
    bool is_let_go(const TableName& name, const TableRows& rows, const Cells& row, const std::string& column,
                   const std::string& cell) const {
        if (cell != no_value) return false;
        for (const Table& table : course_.catalog.tables) {
            if (table.name != name) continue;
            for (const ForeignKey& key : table.foreign_keys) {
                const bool is_it = std::find(key.columns.begin(), key.columns.end(), column) != key.columns.end();
                if (!is_it || key.on_delete != "SET NULL") continue;
                const ChosenRows parent{key.referenced, key.referenced_columns, {rows.of(row, key.columns)}};
                if (!still_there(parent, course_.before).empty() && still_there(parent, course_.after).empty())
                    return true;
            }
        }
        return false;
    }

    const SuppressionPlace* place(const TableName& name) const {
        const auto found = std::find_if(course_.places.begin(), course_.places.end(),
                                        [&](const SuppressionPlace& each) { return each.table == name; });
        return found == course_.places.end() ? nullptr : &*found;
    }

    bool is_told(const TableName& name, const std::string& column, const std::string& cell) const {
        const SuppressionPlace* list = place(name);
        return list != nullptr && std::any_of(list->others.begin(), list->others.end(), [&](const Assignment& each) {
                   return each.column == column && each.value && is_same(cell, *each.value);
               });
    }

    void expect_set(const Forecast& forecast, std::size_t change) {
        const ChosenRows& chosen = forecast.changed[change];
        const TableRows& rows = course_.after.at(chosen.table);
        for (const Cells& row : rows.rows) {
            if (!chosen.holds(rows, row)) continue;
            for (const Setting& setting : forecast.step.changes[change].settings) {
                const std::string cell = rows.of(row, {setting.column}).front();
                const bool is_empty =
                    cell == no_value && (!setting.value || setting.with_key || setting.value->empty());
                if (!is_empty && !is_set(setting, cell)) {
                    lines_.push_back(
                        line((forecast.name() + ": kept " + setting.column + " in").c_str(), chosen.table, row));
                }
            }
        }
    }

    const Course& course_;
    std::vector<std::string> lines_;
};

}  // namespace

std::vector<std::string> unexplained(const Course& course) { return Accountant{course}.unexplained(); }

std::vector<std::string> undone(const Course& course) { return Accountant{course}.undone(); }

std::set<Cells> still_there(const ChosenRows& rows, const DatabaseRows& in) {
    const TableRows& table = in.at(rows.table);
    std::set<Cells> there;
    for (const Cells& row : table.rows) {
        if (Cells values = table.of(row, rows.columns); rows.values.contains(values)) there.insert(std::move(values));
    }
    return there;
}

}  // namespace crmaudit::live
