// Reads results through the ODBC handle of SOCI's session: every column bound as characters, 1 to 1,000 rows a block,
// indicators checked, cut at UTF-8 boundaries. SOCI's own text fetch reads past its buffer, truncates silently and
// takes
// ':' in an identifier for a parameter (SOCI 4.0.3 over ODBC, measured), so no value ever comes through it.
#pragma once

#include <cstddef>
#include <functional>
#include <memory>
#include <string>

#include "auditor/sql/query_port.h"

namespace crmaudit::connectors {

class Dialect;

struct ReadOptions {
    std::size_t rows_per_block = 100;       // 1 where the driver cannot re-read a cell of a block (SQLite)
    std::size_t cell_bytes = 256;           // first buffer; longer cells are re-read
    std::size_t longest_cell = 16U << 20U;  // a cell is cut here, at a UTF-8 boundary
};

/// Return false to stop reading.
using RowSink = std::function<bool(const sql::Row&)>;

/// Runs one statement on an ODBC connection handle (HDBC) and hands each row to `sink`.
/// Cells are valid UTF-8: invalid bytes become U+FFFD, NUL bytes stay. Throws sql::QueryError.
class BlockReader {
public:
    BlockReader(void* connection_handle, const Dialect& dialect);

    void read(const std::string& statement, const ReadOptions& options, const RowSink& sink);

    /// Cancels the running statement, if any; callable from another thread. The statement then fails as cancelled.
    void cancel() noexcept;

private:
    void* connection_;
    const Dialect& dialect_;
    struct Running;
    std::shared_ptr<Running> running_;
};

}  // namespace crmaudit::connectors
