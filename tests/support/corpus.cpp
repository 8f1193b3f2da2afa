#include "tests/support/corpus.h"

#include <algorithm>
#include <fstream>
#include <sstream>
#include <stdexcept>
#include <tuple>

namespace crmaudit::test {
namespace {

std::string text_of(const std::filesystem::path& path) {
    std::ifstream file(path, std::ios::binary);
    if (!file) throw std::runtime_error("cannot read " + path.string());
    return {std::istreambuf_iterator<char>(file), {}};
}

Category category_of(const std::string& name) {
    const auto category = category_from(name);
    if (!category) throw std::runtime_error("no such label: " + name);
    return *category;
}

using Key = std::tuple<std::string, std::string, std::string>;

std::map<Key, std::set<Category>> read_alternatives(const std::filesystem::path& path) {
    std::map<Key, std::set<Category>> alternatives;
    for (const auto& row : read_csv(text_of(path))) {
        if (row.size() < 5 || row[0] == "system") continue;
        std::istringstream list(row[4]);
        for (std::string name; std::getline(list, name, '|');)
            alternatives[{row[0], row[1], row[2]}].insert(category_of(name));
    }
    return alternatives;
}

bool is_positive(const LabelledColumn& column) { return is_core_personal(column.label); }

}  // namespace

std::vector<std::vector<std::string>> read_csv(const std::string& text) {
    std::vector<std::vector<std::string>> rows(1, {""});
    bool quoted = false;
    for (std::size_t i = 0; i < text.size(); ++i) {
        const char c = text[i];
        std::string& field = rows.back().back();
        if (quoted && c == '"' && i + 1 < text.size() && text[i + 1] == '"') {
            field += text[++i];
        } else if (c == '"') {
            quoted = !quoted;
        } else if (c == ',' && !quoted) {
            rows.back().emplace_back();
        } else if (c == '\n' && !quoted) {
            rows.push_back({""});
        } else if (c != '\r' || quoted) {
            field += c;
        }
    }
    if (rows.back() == std::vector<std::string>{""}) rows.pop_back();
    return rows;
}

std::vector<LabelledColumn> read_corpus(const std::filesystem::path& folder) {
    const auto alternatives = read_alternatives(folder / "AMBIGUOUS.csv");
    std::vector<std::filesystem::path> files;
    for (const auto& entry : std::filesystem::directory_iterator(folder)) {
        const std::filesystem::path& path = entry.path();
        if (path.extension() == ".csv" && path.stem() != "AMBIGUOUS") files.push_back(path);
    }
    std::sort(files.begin(), files.end());
    std::vector<LabelledColumn> columns;
    for (const auto& path : files) {
        for (const auto& row : read_csv(text_of(path))) {
            if (row.size() < 4 || row[0] == "table") continue;
            LabelledColumn column{path.stem().string(), row[0], row[1],        row[2],
                                  category_of(row[3]),  {},     Category::none};
            const auto found = alternatives.find({column.system, column.table, column.column});
            if (found != alternatives.end()) column.alternatives = found->second;
            columns.push_back(std::move(column));
        }
    }
    return columns;
}

Catalog catalog_of(const std::vector<LabelledColumn>& columns, const std::string& system) {
    Catalog catalog;
    std::map<std::string, Table> tables;
    for (const LabelledColumn& column : columns) {
        if (column.system != system) continue;
        Table& table = tables[column.table];
        const std::size_t dot = column.table.find('.');
        table.name = dot == std::string::npos ? TableName{"", column.table}
                                              : TableName{column.table.substr(0, dot), column.table.substr(dot + 1)};
        Column added;
        added.name = column.column;
        added.type = column.type;
        table.columns.push_back(std::move(added));
    }
    for (auto& [name, table] : tables) catalog.tables.push_back(std::move(table));
    return catalog;
}

void predict(std::vector<LabelledColumn>& columns, const classify::Classifier& classifier) {
    std::set<std::string> systems;
    for (const LabelledColumn& column : columns) systems.insert(column.system);
    std::map<Key, Category> verdicts;
    for (const std::string& system : systems) {
        for (const ColumnClassification& verdict : classifier.classify(catalog_of(columns, system)).columns)
            verdicts[{system, to_string(verdict.table), verdict.column}] = verdict.category;
    }
    for (LabelledColumn& column : columns) column.predicted = verdicts.at({column.system, column.table, column.column});
}

Counts core_personal(const std::vector<LabelledColumn>& columns) {
    Counts counts;
    for (const LabelledColumn& column : columns) {
        const bool said = is_core_personal(column.predicted);
        const bool right = column.accepts(column.predicted);
        if (is_positive(column)) {
            if (said) {
                ++counts.right;
            } else if (!right) {
                ++counts.missed;
            }
        } else if (said && !right) {
            ++counts.wrong;
        }
    }
    return counts;
}

std::map<Category, Counts> per_label(const std::vector<LabelledColumn>& columns) {
    std::map<Category, Counts> counts;
    for (const LabelledColumn& column : columns) {
        if (column.accepts(column.predicted)) {
            ++counts[column.label].right;
        } else {
            ++counts[column.label].missed;
            ++counts[column.predicted].wrong;
        }
    }
    return counts;
}

double macro_f1(const std::vector<LabelledColumn>& columns, int fewest) {
    std::map<Category, int> sizes;
    for (const LabelledColumn& column : columns) ++sizes[column.label];
    double sum = 0;
    int labels = 0;
    for (const auto& [label, counts] : per_label(columns)) {
        if (sizes[label] < fewest) continue;
        sum += counts.f1();
        ++labels;
    }
    return labels == 0 ? 0 : sum / labels;
}

}  // namespace crmaudit::test
