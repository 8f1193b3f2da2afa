// What the catalog readers share: cells of catalog rows as values, and the tables found so far by name.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "auditor/model/catalog.h"
#include "auditor/sql/query_port.h"

namespace crmaudit::connectors {

/// The cell as text; empty for NULL and for a cell that is not there.
std::string text_at(const sql::Row& row, std::size_t index);
/// True for 1, t, true, y and yes in any case.
bool truth_at(const sql::Row& row, std::size_t index);
std::optional<std::int64_t> number_at(const sql::Row& row, std::size_t index);

/// The most bytes that a value of a column takes as text in UTF-8, where its type says so and binds every row.
std::optional<std::size_t> declared_width(const Column& column);

/// Whether reading on makes no sense: the connection is gone, or somebody or the clock ended the run.
bool ends_the_run(const sql::QueryError& error);

/// Tables in the order of their names; a table stays where it is while others are added.
class TableList {
public:
    /// The table of that name, made if it is new.
    Table& add(const TableName& name);
    Table* find(const TableName& name);
    std::vector<Table> take() &&;

private:
    std::map<TableName, Table> tables_;
};

/// Evidence of writing rights for a report: the first ones by name, and how many more there are.
std::vector<std::string> abridged(std::vector<std::string> evidence);

/// Parts of a key or an index as rows of the catalog give them, one row a column: opens a new element when the name
/// differs from that of the last one.
template <typename Element>
Element& element_named(std::vector<Element>& elements, const std::string& name) {
    if (elements.empty() || elements.back().name != name) {
        elements.emplace_back();
        elements.back().name = name;
    }
    return elements.back();
}

}  // namespace crmaudit::connectors
