// Reads texts of any length, their beginnings and ends, from chosen rows of a table; nothing it reads outlives the
// call.
#pragma once

#include "auditor/sql/text_port.h"
#include "connectors/session.h"

namespace crmaudit::connectors {

/// As sql::TextPort::read_texts, whose contract it keeps.
TableSample read_texts(Session& session, const sql::TextQuery& query, const sql::TextRequest& request,
                       const sql::ValueSink& sink);

}  // namespace crmaudit::connectors
