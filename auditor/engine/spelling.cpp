#include "auditor/engine/spelling.h"

#include <algorithm>

namespace crmaudit::engine {
namespace {

char in_lower_case(char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; }

bool same_but_for_capitals(std::string_view left, std::string_view right) {
    return std::equal(left.begin(), left.end(), right.begin(), right.end(),
                      [](char a, char b) { return in_lower_case(a) == in_lower_case(b); });
}

template <typename Named, typename IsSame>
const Named* only_one(const std::vector<Named>& all, IsSame is_same) {
    const auto first = std::find_if(all.begin(), all.end(), is_same);
    if (first == all.end() || std::any_of(std::next(first), all.end(), is_same)) return nullptr;
    return &*first;
}

}  // namespace

const Table* find_in_any_case(const Catalog& catalog, const TableName& name) {
    if (const Table* exact = catalog.find(name)) return exact;
    return only_one(catalog.tables, [&](const Table& table) {
        return table.name.schema == name.schema && same_but_for_capitals(table.name.name, name.name);
    });
}

const Column* find_in_any_case(const Table& table, std::string_view name) {
    if (const Column* exact = table.find(name)) return exact;
    return only_one(table.columns, [&](const Column& column) { return same_but_for_capitals(column.name, name); });
}

}  // namespace crmaudit::engine
