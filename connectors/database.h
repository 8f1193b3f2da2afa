// An open, read-only connection to a database: the port for counts, the one for values, the catalog, and nothing that
// writes.
#pragma once

#include <chrono>
#include <memory>
#include <optional>
#include <stdexcept>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "auditor/model/catalog.h"
#include "auditor/sql/grammar.h"
#include "auditor/sql/query_port.h"
#include "auditor/sql/text_port.h"
#include "auditor/sql/value_port.h"

namespace crmaudit::connectors {

struct ConnectOptions {
    std::string connection_string;        // ODBC, for instance "DRIVER=SQLite3;Database=/var/crm.db"
    std::optional<std::string> password;  // added as PWD={…}; never logged
    std::chrono::seconds statement_limit{600};
    std::chrono::seconds lock_limit{10};
    std::chrono::seconds connect_limit{30};
    int hash_memory_mib = 256;  // per session, where the database has such a setting
};

/// Why no connection came about. Texts never hold the connection string or a password.
class ConnectError : public std::runtime_error {
public:
    enum class Reason { unreachable, not_permitted, configuration };

    ConnectError(Reason why, const std::string& what) : std::runtime_error(what), reason_(why) {}
    Reason reason() const { return reason_; }

private:
    Reason reason_;
};

/// What a connection stands on.
struct ConnectionFacts {
    std::string driver_manager;  // its version
    std::string driver;          // its library
    std::string driver_version;
    std::string product;
    std::string version;
    std::string dialect;
    std::optional<bool> is_read_only{};  // the session, by the server's own word; absent: it cannot be asked
    bool keeps_text = false;             // letters of many scripts come back as they were sent
};

class Database : public sql::QueryPort, public sql::ValuePort, public sql::TextPort {
public:
    virtual const sql::Grammar& grammar() const = 0;

    /// Structure and permissions, as far as the account may see them; what it may not see is in Catalog::gaps.
    /// Throws sql::QueryError when nothing can be read at all.
    virtual Catalog read_catalog() = 0;

    virtual ConnectionFacts facts() = 0;

    /// Cancels the running statement on the server and makes every later one fail with Reason::cancelled.
    /// The only member that another thread may call.
    virtual void cancel() noexcept = 0;
};

/// Connects, chooses the dialect by the product that answers, and puts every safeguard in place: read-only session and
/// transaction (or open mode), time limits, one snapshot. Throws ConnectError.
std::unique_ptr<Database> open_database(const ConnectOptions& options);

/// The attributes of an ODBC connection string in order: upper-case key and value, braces removed.
std::vector<std::pair<std::string, std::string>> connection_attributes(const std::string& connection_string);

/// Names of the drivers that the driver manager knows, sorted.
std::vector<std::string> installed_drivers();

/// Names of the dialects, for `crmaudit list dialects`.
std::vector<std::string> dialect_names();

/// The grammar of a dialect by name; null when there is none.
const sql::Grammar* find_grammar(std::string_view dialect);

}  // namespace crmaudit::connectors
