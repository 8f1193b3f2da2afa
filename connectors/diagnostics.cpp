#include "connectors/diagnostics.h"

#include <sql.h>
#include <sqlext.h>

#include <array>

#include "connectors/dialect.h"
#include "connectors/utf8.h"

namespace crmaudit::connectors {
namespace {

using Reason = sql::QueryError::Reason;

const char* phrase(Reason reason) {
    switch (reason) {
        case Reason::forbidden: return "permission denied";
        case Reason::locked: return "locked by another session for longer than the lock limit";
        case Reason::timeout: return "stopped at the statement limit";
        case Reason::missing: return "does not exist, or is hidden from this account";
        case Reason::connection_lost: return "the connection to the database was lost";
        case Reason::cancelled: return "cancelled";
        case Reason::out_of_time: return "the time of the audit is over";
        case Reason::unsupported: return "this database cannot do it";
        case Reason::other: break;
    }
    return "the database could not run the statement";
}

/// Class 42 is about syntax, names and access rights; SQLite reports the same as its error 1.
bool quotes_no_values(const Diagnostic& diagnostic) {
    return diagnostic.sqlstate.starts_with("42") || (diagnostic.sqlstate == "HY000" && diagnostic.native == 1);
}

}  // namespace

Diagnostic diagnostic_of(HandleKind kind, void* handle) {
    std::array<SQLCHAR, SQL_SQLSTATE_SIZE + 1> state{};
    std::array<SQLCHAR, 1024> text{};
    SQLINTEGER native = 0;
    SQLSMALLINT length = 0;
    const SQLSMALLINT type = kind == HandleKind::connection ? SQL_HANDLE_DBC : SQL_HANDLE_STMT;
    const SQLRETURN got = SQLGetDiagRec(type, handle, 1, state.data(), &native, text.data(),
                                        static_cast<SQLSMALLINT>(text.size()), &length);
    if (!SQL_SUCCEEDED(got)) return {"HY000", 0, ""};
    return {reinterpret_cast<const char*>(state.data()), native, reinterpret_cast<const char*>(text.data())};
}

sql::QueryError query_error(const Diagnostic& diagnostic, const Dialect& dialect) {
    const Reason reason = dialect.reason(diagnostic.sqlstate, diagnostic.native, diagnostic.message);
    std::string text = phrase(reason);
    if (reason == Reason::other && quotes_no_values(diagnostic)) text += ": " + plain_words(diagnostic.message);
    text += " (SQLSTATE " + diagnostic.sqlstate + ", native error " + std::to_string(diagnostic.native) + ")";
    return {reason, diagnostic.sqlstate, text};
}

std::string plain_words(const std::string& driver_message) {
    constexpr std::size_t longest = 200;
    std::string_view rest = driver_message;
    while (rest.starts_with('[')) {
        const auto end = rest.find(']');
        if (end == std::string_view::npos) break;
        rest.remove_prefix(end + 1);
    }
    rest = rest.substr(0, rest.find_first_of("\r\n;"));
    std::string text;
    for (const char c : valid_utf8(cut_utf8(rest, longest))) {
        text += static_cast<unsigned char>(c) < 0x20U || c == 0x7F ? ' ' : c;
    }
    return text;
}

}  // namespace crmaudit::connectors
