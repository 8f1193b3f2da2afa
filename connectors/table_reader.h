// Reads all rows of a table within bounded memory, whatever the driver buffers.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

#include "auditor/model/catalog.h"
#include "connectors/block_reader.h"
#include "connectors/session.h"

namespace crmaudit::connectors {

struct TableReadOptions {
    std::size_t memory_bytes = 16U << 20U;  // about what a driver may buffer of the table at a time
    std::size_t longest_cell = 1U << 20U;
};

/// Hands each row's cells of `columns`, in that order, to `sink` and gives the number of rows handed over. Where the
/// driver buffers whole results the table is read in ranges of its key, in the key's order. Throws sql::QueryError,
/// also when such a table has no usable key and does not fit into the memory allowed.
std::int64_t read_rows(Session& session, const Table& table, const std::vector<std::string>& columns,
                       const RowSink& sink, const TableReadOptions& options = {});

/// The columns of a key that ranges can be formed by: unique, never NULL, and of types whose text compares as the
/// database sorts them. Empty when the table has none.
std::vector<std::string> range_key(const Table& table);

}  // namespace crmaudit::connectors
