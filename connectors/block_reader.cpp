#include "connectors/block_reader.h"

#include <sql.h>
#include <sqlext.h>

#include <algorithm>
#include <mutex>
#include <vector>

#include "connectors/diagnostics.h"
#include "connectors/dialect.h"
#include "connectors/utf8.h"

namespace crmaudit::connectors {

namespace {

class Statement {
public:
    Statement(SQLHDBC connection, const Dialect& dialect) {
        if (!SQL_SUCCEEDED(SQLAllocHandle(SQL_HANDLE_STMT, connection, &handle_))) {
            throw query_error(diagnostic_of(HandleKind::connection, connection), dialect);
        }
    }
    ~Statement() { SQLFreeHandle(SQL_HANDLE_STMT, handle_); }
    Statement(const Statement&) = delete;
    Statement& operator=(const Statement&) = delete;

    SQLHSTMT handle() const { return handle_; }

private:
    SQLHSTMT handle_ = SQL_NULL_HSTMT;
};

}  // namespace

struct BlockReader::Running {
    std::mutex mutex;  // keeps the statement from being freed while it is cancelled
    SQLHSTMT statement = SQL_NULL_HSTMT;
    /// Kept until another statement has run: psqlodbc overflows the stack when a statement whose cursor failed is freed
    /// before the transaction is rolled back to a savepoint.
    std::unique_ptr<Statement> failed;
};

namespace {

/// A block's buffers together stay below this, whatever the number of columns.
constexpr std::size_t largest_block = 4U << 20U;
constexpr std::size_t smallest_cell = 32;
/// Read at once of a cell whose length the driver does not know.
constexpr std::size_t piece_bytes = 64U << 10U;

/// Cells of one column for all rows of a block.
struct ColumnBuffer {
    std::size_t cell_bytes;
    std::vector<char> bytes;
    std::vector<SQLLEN> indicators;

    ColumnBuffer(std::size_t cell, std::size_t rows) : cell_bytes(cell), bytes(cell * rows), indicators(rows) {}
};

/// A driver that cannot say how long a cell is, or names a length that does not fit with its end mark, has cut it.
bool is_cut(SQLLEN indicator, std::size_t buffer) {
    return indicator == SQL_NO_TOTAL || static_cast<std::size_t>(indicator) >= buffer;
}

/// Whether the driver can go back to a row of a fetched block; SQLite's would silently give the last row instead.
bool positions_in_block(SQLHDBC connection) {
    SQLUINTEGER extensions = 0;
    SQLGetInfo(connection, SQL_GETDATA_EXTENSIONS, &extensions, sizeof extensions, nullptr);
    return (extensions & SQL_GD_BLOCK) != 0;
}

class Result {
public:
    Result(SQLHSTMT statement, const Dialect& dialect, const ReadOptions& options, std::size_t rows)
        : statement_(statement), dialect_(dialect), longest_cell_(options.longest_cell) {
        SQLSMALLINT columns = 0;
        check(SQLNumResultCols(statement_, &columns));
        const auto width = static_cast<std::size_t>(columns);
        if (width == 0) return;
        const std::size_t cell = std::max(options.cell_bytes, smallest_cell);
        rows_ = std::clamp<std::size_t>(largest_block / (cell * width), 1, rows);
        set(SQL_ATTR_ROW_BIND_TYPE, SQL_BIND_BY_COLUMN);
        // A driver that refuses blocks keeps its own default of one row.
        if (rows_ > 1 && !SQL_SUCCEEDED(set(SQL_ATTR_ROW_ARRAY_SIZE, rows_))) rows_ = 1;
        check(SQLSetStmtAttr(statement_, SQL_ATTR_ROWS_FETCHED_PTR, &fetched_, 0));
        states_.assign(rows_, SQL_ROW_SUCCESS);
        check(SQLSetStmtAttr(statement_, SQL_ATTR_ROW_STATUS_PTR, states_.data(), 0));
        columns_.reserve(width);
        for (std::size_t column = 0; column < width; ++column) bind(column, cell);
    }

    /// The statement may outlive its buffers.
    ~Result() {
        SQLFreeStmt(statement_, SQL_UNBIND);
        SQLSetStmtAttr(statement_, SQL_ATTR_ROWS_FETCHED_PTR, nullptr, 0);
        SQLSetStmtAttr(statement_, SQL_ATTR_ROW_STATUS_PTR, nullptr, 0);
    }
    Result(const Result&) = delete;
    Result& operator=(const Result&) = delete;

    void read_all(const RowSink& sink) {
        sql::Row cells(columns_.size());
        while (!columns_.empty() && fetch()) {
            for (std::size_t row = 0; row < fetched_; ++row) {
                for (std::size_t column = 0; column < columns_.size(); ++column) cells[column] = cell(row, column);
                if (!sink(cells)) return;
            }
        }
    }

private:
    /// Fetches the next block; false at the end.
    bool fetch() {
        fetched_ = 0;
        const SQLRETURN got = SQLFetch(statement_);
        if (got == SQL_NO_DATA) return false;
        check(got);
        if (rows_ == 1) fetched_ = 1;  // whatever a driver makes of the counter
        for (std::size_t row = 0; row < fetched_; ++row) {
            // No driver reports a cut cell reliably here, but a row that could not be read at all must not pass as
            // data.
            if (states_[row] == SQL_ROW_ERROR) check(SQL_ERROR);
        }
        return true;
    }

    SQLRETURN set(SQLINTEGER attribute, SQLULEN value) {
        return SQLSetStmtAttr(statement_, attribute, reinterpret_cast<SQLPOINTER>(value), 0);
    }

    void check(SQLRETURN code) const {
        if (!SQL_SUCCEEDED(code)) throw query_error(diagnostic_of(HandleKind::statement, statement_), dialect_);
    }

    void bind(std::size_t column, std::size_t cell) {
        auto& buffer = columns_.emplace_back(cell, rows_);
        check(SQLBindCol(statement_, static_cast<SQLUSMALLINT>(column + 1), SQL_C_CHAR, buffer.bytes.data(),
                         static_cast<SQLLEN>(cell), buffer.indicators.data()));
    }

    sql::Cell cell(std::size_t row, std::size_t column) {
        const ColumnBuffer& buffer = columns_[column];
        const SQLLEN indicator = buffer.indicators[row];
        if (indicator == SQL_NULL_DATA) return std::nullopt;
        if (is_cut(indicator, buffer.cell_bytes)) return whole_cell(row, column, indicator);
        return valid_utf8({buffer.bytes.data() + row * buffer.cell_bytes, static_cast<std::size_t>(indicator)});
    }

    /// Reads a cell again that did not fit into the block; one byte more than is kept, to see where a character ends.
    sql::Cell whole_cell(std::size_t row, std::size_t column, SQLLEN announced) {
        if (rows_ > 1) {
            check(SQLSetPos(statement_, static_cast<SQLSETPOSIROW>(row + 1), SQL_POSITION, SQL_LOCK_NO_CHANGE));
        }
        const std::size_t most = longest_cell_ + 1;
        std::string bytes;
        std::vector<char> piece;
        while (bytes.size() < most) {
            const std::size_t wanted = announced == SQL_NO_TOTAL ? piece_bytes : static_cast<std::size_t>(announced);
            piece.resize(std::min(wanted, most - bytes.size()) + 1);
            SQLLEN indicator = 0;
            const SQLRETURN got = SQLGetData(statement_, static_cast<SQLUSMALLINT>(column + 1), SQL_C_CHAR,
                                             piece.data(), static_cast<SQLLEN>(piece.size()), &indicator);
            if (got == SQL_NO_DATA) break;
            check(got);
            if (indicator == SQL_NULL_DATA) return std::nullopt;
            const bool cut = is_cut(indicator, piece.size());
            bytes.append(piece.data(), cut ? piece.size() - 1 : static_cast<std::size_t>(indicator));
            if (!cut) break;
        }
        return valid_utf8(cut_utf8(bytes, longest_cell_));
    }

    SQLHSTMT statement_;
    const Dialect& dialect_;
    std::size_t longest_cell_;
    std::size_t rows_ = 1;
    SQLULEN fetched_ = 0;
    std::vector<SQLUSMALLINT> states_;
    std::vector<ColumnBuffer> columns_;
};

/// Makes a statement the one that cancel() reaches.
template <typename Running>
class Published {
public:
    Published(Running& running, SQLHSTMT statement) : running_(running) { set(statement); }
    ~Published() { set(SQL_NULL_HSTMT); }
    Published(const Published&) = delete;
    Published& operator=(const Published&) = delete;

private:
    void set(SQLHSTMT statement) {
        const std::lock_guard lock(running_.mutex);
        running_.statement = statement;
    }
    Running& running_;
};

void execute(SQLHSTMT statement, const std::string& text, const Dialect& dialect) {
    auto* characters = reinterpret_cast<SQLCHAR*>(const_cast<char*>(text.data()));
    const SQLRETURN code = SQLExecDirect(statement, characters, static_cast<SQLINTEGER>(text.size()));
    if (SQL_SUCCEEDED(code) || code == SQL_NO_DATA) return;
    throw query_error(diagnostic_of(HandleKind::statement, statement), dialect);
}

}  // namespace

BlockReader::BlockReader(void* connection_handle, const Dialect& dialect)
    : connection_(connection_handle), dialect_(dialect), running_(std::make_shared<Running>()) {}

void BlockReader::read(const std::string& text, const ReadOptions& options, const RowSink& sink) {
    auto statement = std::make_unique<Statement>(connection_, dialect_);
    try {
        const Published published(*running_, statement->handle());
        execute(statement->handle(), text, dialect_);
        const bool blocks = positions_in_block(connection_);
        const std::size_t rows = blocks ? std::min(options.rows_per_block, dialect_.rows_per_block()) : 1;
        Result(statement->handle(), dialect_, options, rows).read_all(sink);
    } catch (...) {
        running_->failed = std::move(statement);
        throw;
    }
    running_->failed.reset();
}

void BlockReader::cancel() noexcept {
    const std::lock_guard lock(running_->mutex);
    if (running_->statement != SQL_NULL_HSTMT) SQLCancel(running_->statement);
}

}  // namespace crmaudit::connectors
