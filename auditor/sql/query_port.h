// The only door to a database's rows. It has no verb that writes.
#pragma once

#include <optional>
#include <stdexcept>
#include <string>
#include <vector>

#include "auditor/sql/query.h"

namespace crmaudit::sql {

/// Why a query gave no answer. Texts hold object names and SQLSTATE, never a password and never a value from a row.
class QueryError : public std::runtime_error {
public:
    /// out_of_time: the time of the whole audit is over, this query was not run to its end. unsupported: this database
    /// or table cannot be read in the way that was asked for.
    enum class Reason {
        forbidden,
        locked,
        timeout,
        missing,
        connection_lost,
        cancelled,
        out_of_time,
        unsupported,
        other
    };

    QueryError(Reason why, std::string sqlstate, const std::string& what)
        : std::runtime_error(what), reason_(why), sqlstate_(std::move(sqlstate)) {}

    Reason reason() const { return reason_; }
    const std::string& sqlstate() const { return sqlstate_; }

private:
    Reason reason_;
    std::string sqlstate_;
};

/// A cell as text; absent for NULL.
using Cell = std::optional<std::string>;
using Row = std::vector<Cell>;

/// All queries of one port see one snapshot of the database (as far as it can give one; see
/// Catalog::missing_safeguards).
class QueryPort {
public:
    virtual ~QueryPort() = default;

    /// Runs a query that returns few rows (counts) and gives all of them. Throws QueryError; the port stays usable
    /// unless the reason is connection_lost or cancelled.
    virtual std::vector<Row> select(const Query& query) = 0;
};

}  // namespace crmaudit::sql
