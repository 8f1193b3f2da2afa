// Reads a bounded sample of a table's rows, at positions that a seed chooses; nothing it reads outlives the call.
#pragma once

#include "auditor/sql/value_port.h"
#include "connectors/session.h"

namespace crmaudit::connectors {

/// As sql::ValuePort::read_values, whose contract it keeps.
TableSample read_sample(Session& session, const Table& table, const std::vector<std::string>& columns,
                        const sql::SampleRequest& request, const sql::ValueSink& sink);

}  // namespace crmaudit::connectors
