// Ends what a session runs, from another thread, in the way that the database's driver survives.
#pragma once

#include <functional>
#include <string>

#include "connectors/block_reader.h"
#include "connectors/connection.h"
#include "connectors/dialect.h"

namespace crmaudit::connectors {

/// A function that never throws and may be called again and again; `connection` and `reader` must outlive it.
/// `statement` ends the session's running statement when it comes over another connection with the same attributes; it
/// is needed for Cancellation::other_connection only.
std::function<void()> make_canceller(Connection& connection, BlockReader& reader, const Dialect& dialect,
                                     const Attributes& attributes, const std::string& statement);

}  // namespace crmaudit::connectors
