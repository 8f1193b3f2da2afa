// What ODBC says about a call that failed, and what of it may be said to others.
#pragma once

#include <string>

#include "auditor/sql/query_port.h"

namespace crmaudit::connectors {

class Dialect;

struct Diagnostic {
    std::string sqlstate;
    int native = 0;
    std::string message;  // as the driver wrote it: may quote a value of a row
};

enum class HandleKind { connection, statement };

/// The first record of a handle.
Diagnostic diagnostic_of(HandleKind kind, void* handle);

/// The error for it. Its text is our own; the driver's words are kept only for classes of errors that never quote a
/// value (syntax, names and access).
sql::QueryError query_error(const Diagnostic& diagnostic, const Dialect& dialect);

/// One line without brackets of driver components, without control characters, of bounded length.
std::string plain_words(const std::string& driver_message);

}  // namespace crmaudit::connectors
