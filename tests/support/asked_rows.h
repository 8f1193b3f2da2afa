// Rows of a database by its own client, the answers to many questions in one go, as text that tells any two values
// apart whatever stands in them.
#pragma once

#include <map>
#include <set>
#include <string>
#include <vector>

#include "auditor/model/catalog.h"
#include "tests/support/purge_crm.h"

namespace crmaudit::live {

/// The cells of a row: "-" for NULL, else an x and the value in hexadecimal digits.
using Cells = std::vector<std::string>;
inline const std::string no_value = "-";

/// What stands in a cell, as SQL or a report would say it.
std::string text_of(const std::string& cell);
std::string cell_of(const std::string& text);

struct Question {
    std::string from;                  // a table or a statement in brackets, SQL
    std::vector<std::string> columns;  // quoted
};

/// In the order of the questions. Throws std::runtime_error with what the client says when one of them has none.
std::vector<std::multiset<Cells>> ask(PurgeCrm& crm, const std::vector<Question>& questions);

/// Everything that stands in a table.
struct TableRows {
    std::vector<std::string> columns;
    std::vector<std::string> key;  // empty where the table has none
    std::multiset<Cells> rows;

    /// These columns of a row.
    Cells of(const Cells& row, const std::vector<std::string>& names) const;
    bool operator==(const TableRows&) const = default;
};

using DatabaseRows = std::map<TableName, TableRows>;

/// Of every table in the catalog that is one of its own.
DatabaseRows all_rows(PurgeCrm& crm, const Catalog& catalog);

/// What became of the rows of a table. Without a key, a row that is not the same is another one.
struct Difference {
    std::vector<Cells> vanished;
    std::vector<Cells> added;
    std::vector<std::pair<Cells, Cells>> changed;
};

Difference difference(const TableRows& before, const TableRows& after);

/// Rows whose foreign key points at nothing, as lines of text.
std::set<std::string> dangling(const Catalog& catalog, const DatabaseRows& rows);

/// For messages.
std::string to_text(const Cells& cells);

}  // namespace crmaudit::live
