#include "auditor/engine/subject_source.h"

#include <algorithm>

namespace crmaudit::engine {

bool is_mapped_person(const SubjectSource& source, const TableName& table) {
    return std::any_of(source.entities.begin(), source.entities.end(),
                       [&](const Entity& each) { return is_person(each.kind) && each.table == table; });
}

bool is_of_persons(const SubjectSource& source, const TableName& table) {
    return is_mapped_person(source, table) || source.classification.topic_of(table) == Topic::person;
}

Category category_of(const SubjectSource& source, const TableName& table, const std::string& column) {
    for (const ColumnClassification* each : source.classification.of(table)) {
        if (each->column == column && !each->field) return each->category;
    }
    return Category::none;
}

std::vector<const Column*> columns_of(const SubjectSource& source, const Table& table, Category category) {
    std::vector<const Column*> columns;
    for (const ColumnClassification* each : source.classification.of(table.name)) {
        if (each->category != category || each->field) continue;
        if (const Column* found = table.find(each->column)) columns.push_back(found);
    }
    return columns;
}

std::size_t position_of(const Table& table, const std::string& column) {
    const auto found = std::find_if(table.columns.begin(), table.columns.end(),
                                    [&](const Column& each) { return each.name == column; });
    return static_cast<std::size_t>(found - table.columns.begin());
}

bool is_key_of(const Table& table, const std::vector<std::string>& columns) {
    return !columns.empty() &&
           std::is_permutation(columns.begin(), columns.end(), table.primary_key.begin(), table.primary_key.end());
}

}  // namespace crmaudit::engine
