// Turns what a driver says about a failed connection into one line that a person can act on.
#pragma once

#include "connectors/connection_string.h"
#include "connectors/database.h"
#include "connectors/diagnostics.h"

namespace crmaudit::connectors {

/// The error for a connection attempt with these attributes. Its text names server, database, file or driver, and the
/// remedy; of the driver's own words it keeps nothing that could hold a secret.
ConnectError connect_error(const Diagnostic& diagnostic, const Attributes& attributes);

/// What stands in a connection string that no driver should see: nothing when it can be used.
void check_attributes(const Attributes& attributes);

}  // namespace crmaudit::connectors
