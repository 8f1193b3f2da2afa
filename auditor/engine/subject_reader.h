// Reads rows of tables whole, within bounds: so many rows of a table, so many bytes of all. What cannot be read is
// noted, never passed over.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "auditor/model/catalog.h"
#include "auditor/model/result.h"
#include "auditor/sql/query_port.h"
#include "auditor/sql/render.h"
#include "auditor/sql/rows_question.h"

namespace crmaudit::engine {

/// Cells stand in the order of the table's columns; one that could not be read is absent, as NULL is.
struct ReadRows {
    std::vector<sql::Row> rows;
    std::int64_t left = 0;  // more of them
};

class SubjectReader {
public:
    SubjectReader(const sql::Renderer& renderer, sql::QueryPort& port, std::vector<Gap>& gaps)
        : renderer_(renderer), port_(port), gaps_(gaps) {}

    /// Rows that meet the condition and, if given, hold the values; at most `most`. Throws sql::QueryError when nothing
    /// more can be asked.
    ReadRows read(const Table& table, const std::optional<sql::SameValues>& same, const Condition& where,
                  std::int64_t most);

    /// Characters of a value that are read, at most.
    static std::size_t longest_value(const Table& table);

private:
    void read_pages(const Table& table, sql::RowsQuestion question, std::int64_t most, ReadRows& read);
    /// The columns that the account may read; found out one by one only after a statement failed.
    std::vector<Operand> readable_columns(const Table& table);
    void find_readable(const Table& table);
    void note(const std::string& object, const sql::QueryError& error);

    const sql::Renderer& renderer_;
    sql::QueryPort& port_;
    std::vector<Gap>& gaps_;
    std::map<TableName, std::vector<std::string>> readable_;
    std::size_t bytes_ = 0;
};

}  // namespace crmaudit::engine
