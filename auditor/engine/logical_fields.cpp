#include "auditor/engine/logical_fields.h"

#include <algorithm>
#include <map>

#include "auditor/engine/query_reasons.h"
#include "auditor/model/reasons.h"

namespace crmaudit::engine {
namespace {

constexpr std::size_t most_fields = 500;
constexpr std::size_t longest_label = 120;  // bytes

/// What the key column holds → what the field is called.
using Fields = std::map<std::string, std::string>;

Fields read_definitions(const KeyValueTable& pair, sql::ValuePort& port) {
    Fields fields;
    const sql::SampleRequest request{.everything = true, .longest_value = longest_label};
    port.read_values(*pair.definitions, {pair.id_column, pair.label_column}, request, [&](const sql::Row& row) {
        if (row[0] && row[1] && !row[1]->empty()) fields.emplace(*row[0], *row[1]);
        return fields.size() < most_fields;
    });
    return fields;
}

/// Keys that are names of fields come again and again; what is different in almost every row is something else, which
/// must not get into a report.
Fields read_own_keys(const KeyValueTable& pair, sql::ValuePort& port) {
    constexpr std::size_t often = 5;
    std::map<std::string, std::size_t> seen;
    port.read_values(*pair.values, {pair.key_column}, {.longest_value = longest_label}, [&](const sql::Row& row) {
        if (row[0] && !row[0]->empty()) ++seen[*row[0]];
        return seen.size() < most_fields;
    });
    Fields fields;
    if (seen.size() >= most_fields) return fields;
    for (const auto& [key, count] : seen) {
        if (count >= often) fields.emplace(key, key);
    }
    return fields;
}

/// The fields as columns of the table of values, so that they are judged in its company.
std::map<std::string, ColumnClassification> judge(const KeyValueTable& pair, const Fields& fields,
                                                  const Catalog& catalog, const classify::Classifier& classifier) {
    Catalog imagined = catalog;
    const auto table = std::find_if(imagined.tables.begin(), imagined.tables.end(),
                                    [&](const Table& each) { return each.name == pair.values->name; });
    std::vector<std::string> labels;
    for (const auto& [key, label] : fields) {
        Column column;
        column.name = label;
        table->columns.push_back(std::move(column));
    }
    const Classification judged = classifier.classify(imagined);
    std::map<std::string, ColumnClassification> by_label;
    for (const ColumnClassification* each : judged.of(pair.values->name))
        by_label.insert_or_assign(each->column, *each);
    return by_label;
}

ColumnClassification field_of(const KeyValueTable& pair, const Column& value, const std::string& key,
                              const std::string& label, const ColumnClassification& by_label) {
    ColumnClassification field = by_label;
    field.column = value.name;
    field.type = value.type;
    field.field = LogicalField{label, pair.key_column, key};
    const std::string place = pair.definitions == nullptr ? pair.key_column : to_string(pair.definitions->name);
    field.evidence.push_back({EvidenceKind::context, field.category, 0.05, "a field kept in rows, named in " + place});
    return field;
}

void insert(Classification& classification, const Table& table, const std::string& column,
            std::vector<ColumnClassification> fields) {
    const auto holder = std::find_if(
        classification.columns.begin(), classification.columns.end(),
        [&](const ColumnClassification& each) { return each.table == table.name && each.column == column; });
    if (holder == classification.columns.end()) return;
    classification.columns.insert(holder + 1, std::make_move_iterator(fields.begin()),
                                  std::make_move_iterator(fields.end()));
}

}  // namespace

std::vector<Gap> add_logical_fields(Classification& classification, const Catalog& catalog,
                                    const classify::Classifier& classifier, const std::vector<Lexicon>& lexicons,
                                    sql::ValuePort& port) {
    std::vector<Gap> gaps;
    for (const KeyValueTable& pair : find_key_value_tables(catalog, classification, lexicons)) {
        const Table& read = pair.definitions == nullptr ? *pair.values : *pair.definitions;
        try {
            const Fields fields =
                pair.definitions == nullptr ? read_own_keys(pair, port) : read_definitions(pair, port);
            const auto judged = judge(pair, fields, catalog, classifier);
            for (const std::string& column : pair.value_columns) {
                std::vector<ColumnClassification> added;
                for (const auto& [key, label] : fields) {
                    added.push_back(field_of(pair, *pair.values->find(column), key, label, judged.at(label)));
                }
                insert(classification, *pair.values, column, std::move(added));
            }
        } catch (const sql::QueryError& error) {
            if (ends_the_run(error)) throw;
            gaps.push_back({to_string(read.name), reasons::text(reason_code(error.reason()), error.sqlstate())});
        }
    }
    return gaps;
}

}  // namespace crmaudit::engine
