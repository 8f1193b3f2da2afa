#include "tests/support/classify_support.h"

#include "policies/load.h"

namespace crmaudit::test {

const classify::NameClassifier& shipped_classifier() {
    static const classify::NameClassifier classifier{policies::shipped_lexicons()};
    return classifier;
}

Column column_of(const std::string& name, const std::string& type, const std::string& comment) {
    Column column;
    column.name = name;
    column.type = type;
    column.comment = comment;
    return column;
}

ColumnClassification verdict_on(const Column& column, const std::string& table, std::vector<Column> others) {
    Catalog catalog;
    catalog.tables.emplace_back();
    catalog.tables.back().name = {"", table};
    catalog.tables.back().columns = std::move(others);
    catalog.tables.back().columns.push_back(column);
    return shipped_classifier().classify(catalog).columns.back();
}

Category category_of(const std::string& name, const std::string& type, const std::string& table) {
    return verdict_on(column_of(name, type), table).category;
}

}  // namespace crmaudit::test
