// Reads rows of a table at positions in the order of its key.
#pragma once

#include <cstdint>
#include <vector>

#include "connectors/key_order.h"
#include "connectors/selection.h"
#include "connectors/session.h"

namespace crmaudit::connectors {

/// Hands the selected cells of the rows at these ascending positions (from 1) to `sink`, in that order, and gives the
/// number of rows handed over; fewer than asked for where rows went away meanwhile. `total` is the number of rows of
/// the table. Throws sql::QueryError.
std::int64_t read_positions(Session& session, const Table& table, const KeyOrder& order, const Selection& selection,
                            const std::vector<std::int64_t>& positions, std::int64_t total, const RowSink& sink);

}  // namespace crmaudit::connectors
