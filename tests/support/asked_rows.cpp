#include "tests/support/asked_rows.h"

#include <algorithm>
#include <sstream>
#include <stdexcept>

#include "connectors/database.h"

namespace crmaudit::live {
namespace {

std::string shown(Product product, const std::string& column) {
    switch (product) {
        case Product::postgresql:
            return "COALESCE('x' || encode(convert_to(" + column + "::text, 'UTF8'), 'hex'), '-')";
        case Product::mariadb: return "COALESCE(CONCAT('x', LOWER(HEX(CAST(" + column + " AS BINARY)))), '-')";
        default:
            return "CASE WHEN " + column + " IS NULL THEN '-' ELSE 'x' || lower(hex(CAST(" + column + " AS BLOB))) END";
    }
}

const sql::Grammar& grammar_of(Product product) { return *connectors::find_grammar(to_string(product)); }

std::vector<std::string> names_of(const std::vector<Column>& columns) {
    std::vector<std::string> names;
    for (const Column& each : columns) names.push_back(each.name);
    return names;
}

}  // namespace

std::string text_of(const std::string& cell) {
    if (cell == no_value) return "NULL";
    std::string text;
    for (std::size_t i = 1; i + 1 < cell.size(); i += 2) {
        text += static_cast<char>(std::stoi(cell.substr(i, 2), nullptr, 16));
    }
    return text;
}

std::string cell_of(const std::string& text) {
    constexpr const char* digits = "0123456789abcdef";
    std::string cell = "x";
    for (const char each : text) {
        cell += digits[static_cast<unsigned char>(each) / 16];
        cell += digits[static_cast<unsigned char>(each) % 16];
    }
    return cell;
}

std::vector<std::multiset<Cells>> ask(PurgeCrm& crm, const std::vector<Question>& questions) {
    const TemporaryDirectory place;
    std::string statements;
    for (const Question& each : questions) {
        std::string columns;
        for (const std::string& column : each.columns) {
            columns += (columns.empty() ? "" : ", ") + shown(crm.scratch.product(), column);
        }
        statements += "SELECT '#';\nSELECT " + columns + " FROM " + each.from + ";\n";
    }
    support::write_text(place.path() / "questions.sql", statements);
    const auto ended = support::run(crm.command(place.path() / "questions.sql", Way::piped) + " 2>&1");
    std::vector<std::multiset<Cells>> answers;
    std::istringstream lines(ended.output);
    for (std::string line; std::getline(lines, line);) {
        if (line == "#") {
            answers.emplace_back();
            continue;
        }
        if (line.empty() || answers.empty() || (line.front() != 'x' && line.front() != '-')) {
            throw std::runtime_error(line.substr(0, 300));
        }
        std::replace_if(
            line.begin(), line.end(), [](char each) { return each == '|' || each == '\t'; }, ' ');
        std::istringstream words(line);
        Cells cells;
        for (std::string word; words >> word;) cells.push_back(word);
        answers.back().insert(std::move(cells));
    }
    if (answers.size() != questions.size()) throw std::runtime_error("not every question was answered");
    return answers;
}

Cells TableRows::of(const Cells& row, const std::vector<std::string>& names) const {
    Cells cells;
    for (const std::string& name : names) {
        const auto at = std::find(columns.begin(), columns.end(), name);
        if (at == columns.end()) throw std::runtime_error("no column " + name);
        cells.push_back(row.at(static_cast<std::size_t>(at - columns.begin())));
    }
    return cells;
}

DatabaseRows all_rows(PurgeCrm& crm, const Catalog& catalog) {
    const sql::Grammar& grammar = grammar_of(crm.scratch.product());
    DatabaseRows all;
    std::vector<TableName> names;
    std::vector<Question> questions;
    for (const Table& table : catalog.tables) {
        if (table.kind != TableKind::table) continue;
        names.push_back(table.name);
        all[table.name] = {names_of(table.columns), table.primary_key, {}};
        Question question{grammar.quote(table.name), {}};
        for (const Column& each : table.columns) question.columns.push_back(grammar.quote(std::string_view{each.name}));
        questions.push_back(std::move(question));
    }
    auto answers = ask(crm, questions);
    for (std::size_t i = 0; i < names.size(); ++i) all[names[i]].rows = std::move(answers[i]);
    return all;
}

Difference difference(const TableRows& before, const TableRows& after) {
    Difference found;
    std::set_difference(before.rows.begin(), before.rows.end(), after.rows.begin(), after.rows.end(),
                        std::back_inserter(found.vanished));
    std::set_difference(after.rows.begin(), after.rows.end(), before.rows.begin(), before.rows.end(),
                        std::back_inserter(found.added));
    if (before.key.empty()) return found;
    std::map<Cells, Cells> added;
    for (const Cells& row : found.added) added[after.of(row, before.key)] = row;
    std::erase_if(found.vanished, [&](const Cells& row) {
        const auto same = added.find(before.of(row, before.key));
        if (same == added.end()) return false;
        found.changed.emplace_back(row, same->second);
        added.erase(same);
        return true;
    });
    found.added.clear();
    for (auto& [key, row] : added) found.added.push_back(std::move(row));
    return found;
}

std::set<std::string> dangling(const Catalog& catalog, const DatabaseRows& rows) {
    std::set<std::string> lines;
    for (const Table& table : catalog.tables) {
        for (const ForeignKey& key : table.foreign_keys) {
            const auto parent = rows.find(key.referenced);
            if (parent == rows.end() || table.kind != TableKind::table) continue;
            std::set<Cells> there;
            for (const Cells& row : parent->second.rows) {
                there.insert(parent->second.of(row, key.referenced_columns));
            }
            const TableRows& children = rows.at(table.name);
            for (const Cells& row : children.rows) {
                const Cells pointing = children.of(row, key.columns);
                const bool is_empty = std::find(pointing.begin(), pointing.end(), no_value) != pointing.end();
                if (!is_empty && !there.contains(pointing)) {
                    lines.insert(to_string(table.name) + " to " + to_string(key.referenced) + ": " + to_text(row));
                }
            }
        }
    }
    return lines;
}

std::string to_text(const Cells& cells) {
    std::string text;
    for (const std::string& each : cells) text += (text.empty() ? "" : " | ") + text_of(each);
    return text;
}

}  // namespace crmaudit::live
