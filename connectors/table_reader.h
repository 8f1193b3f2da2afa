// Reads all rows of a table within bounded memory, whatever the driver buffers.
#pragma once

#include <cstddef>
#include <cstdint>

#include "auditor/model/catalog.h"
#include "connectors/selection.h"
#include "connectors/session.h"

namespace crmaudit::connectors {

/// About what a driver may buffer of a table at a time.
constexpr std::size_t reading_memory = 32U << 20U;

/// Hands the selected cells of each row to `sink` and gives the number of rows handed over. Where the driver could hold
/// more than `memory_bytes` the table is read in ranges of its key, in the key's order. Throws sql::QueryError, with
/// Reason::unsupported when such a table has no usable key and does not fit.
std::int64_t read_rows(Session& session, const Table& table, const Selection& selection, const RowSink& sink,
                       std::size_t memory_bytes = reading_memory);

}  // namespace crmaudit::connectors
