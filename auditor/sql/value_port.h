// The door to values of rows, for the content scan and for nothing else. It gives a bounded sample, reads in blocks and
// writes nothing; whoever takes values from it keeps none of them.
#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <string>
#include <vector>

#include "auditor/model/catalog.h"
#include "auditor/model/sample.h"
#include "auditor/sql/query_port.h"

namespace crmaudit::sql {

struct SampleRequest {
    bool everything = false;               // all rows, not a sample
    std::uint64_t seed = 1;                // same seed, same data: same rows
    std::size_t rows = 1000;               // of a sample, at most; a table with no more rows is read whole
    std::size_t longest_value = 16 << 10;  // bytes; what is longer is cut at a character by the database itself
};

/// Gets the cells of one row, in the order of the columns asked for. Return false to stop reading.
using ValueSink = std::function<bool(const Row&)>;

class ValuePort {
public:
    virtual ~ValuePort() = default;

    /// Hands over rows at positions spread over the whole range of the table's key, one from each of `rows` equal
    /// stretches, never the first or last n; blocks of a table without a usable key. Says how the rows were chosen.
    /// Cells are text that the database made of the column, whatever its type; where a driver would hold more than
    /// memory allows, those of a table without a key are cut shorter than asked for. SQLite's driver ends a text at a
    /// NUL byte; what follows there is not seen.
    /// Throws QueryError; Reason::unsupported for a table that is too large to be read without a key. A column that the
    /// database does not give, for lack of a right or because a value of it cannot be read, fails the whole call,
    /// perhaps after some rows: ask for the columns one by one then, and the same rows come. The port stays usable
    /// unless the reason is connection_lost or cancelled.
    virtual TableSample read_values(const Table& table, const std::vector<std::string>& columns,
                                    const SampleRequest& request, const ValueSink& sink) = 0;
};

}  // namespace crmaudit::sql
