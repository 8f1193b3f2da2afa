#include <algorithm>
#include <array>
#include <map>
#include <ostream>

#include "auditor/app/commands.h"
#include "auditor/app/csv_file.h"
#include "auditor/app/files.h"
#include "auditor/classify/classifier.h"
#include "auditor/classify/column_kind.h"
#include "policies/load.h"
#include "reports/formats/formats.h"

namespace crmaudit::app {
namespace {

/// Where a row of the file stands in the catalog that is made of it.
struct Place {
    TableName table;
    std::size_t column = 0;
};

/// A data dictionary: its columns as a catalog, and each row's place in it.
struct Dictionary {
    Catalog catalog;
    std::vector<Place> places;
    std::vector<CsvRow> rows;
};

TableName table_name(const std::string& text) {
    const auto dot = text.find('.');
    return dot == std::string::npos ? TableName{"", text} : TableName{text.substr(0, dot), text.substr(dot + 1)};
}

std::string lower(std::string text) {
    for (char& c : text) c = c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
    return text;
}

void check_header(const std::string& name, const std::vector<CsvRow>& rows) {
    constexpr std::array<std::string_view, 4> expected{"table", "column", "type", "comment"};
    const std::vector<std::string> given = rows.empty() ? std::vector<std::string>{} : rows.front().fields;
    const bool fits = given.size() >= 3 && given.size() <= expected.size() &&
                      std::equal(given.begin(), given.end(), expected.begin(),
                                 [](const std::string& a, std::string_view b) { return lower(trimmed(a)) == b; });
    if (fits) return;
    throw Failure(ExitCode::bad_configuration,
                  name + ":1: the first line must be table,column,type or table,column,type,comment");
}

Dictionary read_dictionary(const std::string& name, const std::string& text) {
    Dictionary dictionary;
    dictionary.rows = read_csv(name, text);
    check_header(name, dictionary.rows);
    const std::size_t width = dictionary.rows.front().fields.size();
    dictionary.rows.erase(dictionary.rows.begin());
    std::map<TableName, Table> tables;
    for (const CsvRow& row : dictionary.rows) {
        const std::string at = name + ":" + std::to_string(row.line);
        if (row.fields.size() < 3 || row.fields.size() > width) {
            throw Failure(ExitCode::bad_configuration, at + ": " + std::to_string(row.fields.size()) +
                                                           " fields where the first line has " + std::to_string(width) +
                                                           "; put a field that holds commas in quotes");
        }
        if (row.fields[0].empty() || row.fields[1].empty()) {
            throw Failure(ExitCode::bad_configuration, at + ": table and column must not be empty");
        }
        Table& table = tables[table_name(row.fields[0])];
        table.name = table_name(row.fields[0]);
        Column column;
        column.name = row.fields[1];
        column.type = row.fields[2];
        column.kind = classify::kind_of_type(column.type);
        if (row.fields.size() > 3) column.comment = row.fields[3];
        dictionary.places.push_back({table.name, table.columns.size()});
        table.columns.push_back(std::move(column));
    }
    for (auto& [table, found] : tables) dictionary.catalog.tables.push_back(std::move(found));
    return dictionary;
}

/// What speaks for the category, in the words of the evidence.
std::string evidence_for(const ColumnClassification& column) {
    std::string text;
    if (column.category == Category::none) return text;
    for (const ClassificationEvidence& each : column.evidence) {
        if (each.category != column.category || each.weight <= 0) continue;
        text += (text.empty() ? "" : "; ") + std::string{to_string(each.kind)} + ": " + each.text;
    }
    return text;
}

std::string two_digits(double confidence) {
    const int hundredths = static_cast<int>(confidence * 100 + 0.5);
    return std::to_string(hundredths / 100) + "." + (hundredths % 100 < 10 ? "0" : "") +
           std::to_string(hundredths % 100);
}

}  // namespace

ExitCode classify_command(const Settings& settings, const Surroundings& surroundings) {
    if (settings.operands().size() != 1) {
        throw Failure(ExitCode::usage,
                      "name one file with the columns table,column,type[,comment], or - for standard input");
    }
    const std::string& operand = settings.operands().front();
    const bool from_input = operand == "-";
    const std::string name = from_input ? "standard input" : operand;
    const Dictionary dictionary =
        read_dictionary(name, read_file(from_input ? "/dev/stdin" : operand, "data dictionary"));
    const classify::NameClassifier classifier{policies::lexicons_with(settings["lexicon"].values)};
    const Classification classification = classifier.classify(dictionary.catalog);
    std::map<TableName, std::vector<const ColumnClassification*>> by_table;
    for (const ColumnClassification& each : classification.columns) by_table[each.table].push_back(&each);

    surroundings.out << reports::csv_line({"table", "column", "category", "confidence", "evidence"});
    for (std::size_t i = 0; i < dictionary.rows.size(); ++i) {
        const Place& place = dictionary.places[i];
        const ColumnClassification& column = *by_table[place.table][place.column];
        const std::vector<std::string>& given = dictionary.rows[i].fields;
        surroundings.out << reports::csv_line({given[0], given[1], std::string{to_string(column.category)},
                                               two_digits(column.confidence), evidence_for(column)});
    }
    return ExitCode::clean;
}

}  // namespace crmaudit::app
