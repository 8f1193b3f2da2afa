#include "tests/support/related_rows.h"

#include <algorithm>
#include <stdexcept>

namespace crmaudit::live {
namespace {

const ForeignKey* key_of(const TouchedTable& table, const std::string& column) {
    for (const ForeignKey& key : table.foreign_keys) {
        if (key.columns.size() == 1 && key.columns.front() == column) return &key;
    }
    return nullptr;
}

bool is_in(const std::vector<std::string>& names, const std::string& name) {
    return std::find(names.begin(), names.end(), name) != names.end();
}

/// "varchar(36)" holds so many characters; 0 where nothing is said.
std::size_t length_of(const std::string& type) {
    const auto open = type.find('(');
    return open == std::string::npos ? 0 : static_cast<std::size_t>(std::atol(type.c_str() + open + 1));
}

}  // namespace

std::vector<MadeRow> RelatedRows::make(const Path& path, std::size_t joins, const std::string& person,
                                       const MadeRow* target) {
    try {
        other_end_ = "MIN";
        return made(path, joins, person, target);
    } catch (const std::exception&) {
        // Pairs may have to be unique.
        other_end_ = "MAX";
        return made(path, joins, person, target);
    }
}

std::vector<MadeRow> RelatedRows::made(const Path& path, std::size_t joins, const std::string& person,
                                       const MadeRow* target) {
    std::vector<MadeRow> rows;
    for (std::size_t i = 0; i < joins; ++i) {
        const Join& join = path.joins[i];
        MadeRow row{join.table, {}};
        meet(join.where, row.cells);
        for (const JoinColumn& pair : join.on) {
            if (i == 0) {
                row.cells[pair.column] = person;
                continue;
            }
            std::string& cell = rows.back().cells[pair.previous];
            if (i == 1 && begins_with_person(path)) cell = pointed_at(path, pair, person);
            if (target != nullptr) cell = target->cells.at(pair.column);
            if (cell.empty() || cell == "NULL") {
                // Of the two, whichever is a key gives the value.
                const TouchedTable& previous = table(rows.back().table);
                const bool is_key = is_in(previous.primary_key, pair.previous);
                const TouchedTable& structure = is_key ? previous : table(join.table);
                for (const TouchedColumn& each : structure.columns) {
                    if (each.name == (is_key ? pair.previous : pair.column)) cell = filler(structure, each);
                }
            }
            row.cells[pair.column] = cell;
        }
        if (i > 0 && target != nullptr) break;
        rows.push_back(std::move(row));
    }
    if (begins_with_person(path)) rows.erase(rows.begin());
    for (MadeRow& row : rows) complete(row);
    std::vector<const MadeRow*> rest;
    for (const MadeRow& row : rows) rest.push_back(&row);
    while (!rest.empty()) {
        std::string why;
        const auto inserted = std::find_if(rest.begin(), rest.end(), [&](const MadeRow* row) {
            try {
                insert(*row);
                return true;
            } catch (const std::exception& error) {
                why = error.what();
                return false;
            }
        });
        if (inserted == rest.end()) throw std::runtime_error(path.name + ": " + why);
        rest.erase(inserted);
    }
    return rows;
}

bool RelatedRows::begins_with_person(const Path& path) {
    const Join& join = path.joins.front();
    return path.joins.size() > 1 && std::all_of(join.on.begin(), join.on.end(),
                                                [](const JoinColumn& pair) { return pair.column == pair.previous; });
}

std::string RelatedRows::pointed_at(const Path& path, const JoinColumn& pair, const std::string& person) {
    const Join& own = path.joins.front();
    const std::string column = grammar_.quote(std::string_view{pair.previous});
    const std::string of_them = " WHERE " + grammar_.quote(std::string_view{own.on.front().column}) + " = " + person;
    const std::string table_name = grammar_.quote(own.table);
    const std::string found = cell_("SELECT " + column + " FROM " + table_name + of_them);
    if (!found.empty()) return grammar_.text_literal(found);
    const TouchedTable& structure = table(path.joins[1].table);
    const auto key = std::find_if(structure.columns.begin(), structure.columns.end(),
                                  [&](const TouchedColumn& each) { return each.name == pair.column; });
    if (key == structure.columns.end()) throw std::runtime_error("no column " + pair.column);
    const std::string value = filler(structure, *key);
    run_("UPDATE " + table_name + " SET " + column + " = " + value + of_them);
    return value;
}

bool RelatedRows::is_there(const MadeRow& row) const {
    return cell_("SELECT COUNT(*) FROM " + grammar_.quote(row.table) + " WHERE " + where(row)) != "0";
}

void RelatedRows::remove(const MadeRow& row) const {
    run_("DELETE FROM " + grammar_.quote(row.table) + " WHERE " + where(row));
}

std::string RelatedRows::where(const MadeRow& row) const {
    const TouchedTable& structure = table(row.table);
    std::string text;
    for (const auto& [column, value] : row.cells) {
        if (!structure.primary_key.empty() && !is_in(structure.primary_key, column)) continue;
        if (value == "NULL") continue;
        text += (text.empty() ? "" : " AND ") + grammar_.quote(std::string_view{column}) + " = " + value;
    }
    return text;
}

bool RelatedRows::points_at_next(const Path& path, std::size_t join) const {
    if (join + 1 >= path.joins.size()) return false;
    const std::vector<std::string>& key = table(path.joins[join + 1].table).primary_key;
    const std::vector<JoinColumn>& on = path.joins[join + 1].on;
    return on.size() == key.size() &&
           std::all_of(on.begin(), on.end(), [&](const JoinColumn& pair) { return is_in(key, pair.column); });
}

const TouchedTable& RelatedRows::table(const TableName& name) const {
    for (const TouchedTable& each : result_.tables) {
        if (each.name == name) return each;
    }
    throw std::runtime_error("no structure of " + to_string(name));
}

void RelatedRows::meet(const Condition& condition, std::map<std::string, std::string>& cells) const {
    if (const auto* every = std::get_if<All>(&condition.node)) {
        for (const Condition& each : every->of) meet(each, cells);
    } else if (const auto* some = std::get_if<Any>(&condition.node)) {
        if (!some->of.empty()) meet(some->of.front(), cells);
    } else if (const auto* one = std::get_if<OneOf>(&condition.node)) {
        cells[one->operand.name] = grammar_.text_literal(one->values.front());
    } else if (const auto* nothing = std::get_if<Missing>(&condition.node)) {
        cells[nothing->operand.name] = "NULL";
    }
}

std::string RelatedRows::filler(const TouchedTable& structure, const TouchedColumn& column) {
    if (const ForeignKey* key = key_of(structure, column.name); key != nullptr) {
        const std::string there = grammar_.quote(std::string_view{key->referenced_columns.front()});
        const std::string found =
            cell_("SELECT " + std::string{other_end_} + "(" + there + ") FROM " + grammar_.quote(key->referenced));
        if (!found.empty()) return grammar_.text_literal(found);
    }
    const std::string number = std::to_string(++number_);
    switch (column.kind) {
        case ColumnKind::text: {
            if (column.type.rfind("enum", 0) == 0) {
                const auto open = column.type.find('\'') + 1;
                return grammar_.text_literal(column.type.substr(open, column.type.find('\'', open) - open));
            }
            const std::size_t longest = length_of(column.type);
            return grammar_.text_literal(longest == 0 || longest > number.size() ? "x" + number : "x");
        }
        case ColumnKind::integer: return column.unique ? number : "0";
        case ColumnKind::decimal: return "0";
        case ColumnKind::boolean: return grammar_.text_literal("0");
        case ColumnKind::date: return grammar_.text_literal(day_);
        case ColumnKind::timestamp: return grammar_.text_literal(day_ + " 00:00:00");
        case ColumnKind::time: return grammar_.text_literal("00:00:00");
        default: return grammar_.text_literal(column.type == "uuid" ? "00000000-0000-0000-0000-000000" + number : "{}");
    }
}

void RelatedRows::complete(MadeRow& row) {
    const TouchedTable& structure = table(row.table);
    for (const TouchedColumn& each : structure.columns) {
        // Without a word, many a moment is now.
        const bool is_moment = each.kind == ColumnKind::timestamp;
        const bool needed = !each.nullable || is_moment || is_in(structure.primary_key, each.name);
        if (row.cells.contains(each.name) || !needed) continue;
        row.cells[each.name] = filler(structure, each);
    }
}

void RelatedRows::insert(const MadeRow& row) const {
    if (!table(row.table).primary_key.empty() && is_there(row)) return;
    std::string columns;
    std::string values;
    for (const auto& [column, value] : row.cells) {
        columns += (columns.empty() ? "" : ", ") + grammar_.quote(std::string_view{column});
        values += (values.empty() ? "" : ", ") + value;
    }
    run_("INSERT INTO " + grammar_.quote(row.table) + " (" + columns + ") VALUES (" + values + ")");
}

}  // namespace crmaudit::live
