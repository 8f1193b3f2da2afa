// What tells of consents, objections, holds and the last contact of persons: rows and columns that stay, because
// without them the next audit would judge, or the next mailing reach, the wrong persons.
#pragma once

#include <string>

#include "auditor/model/result.h"

namespace crmaudit::reports::purge {

/// Rows of the table that tell something of the kind about a person; over columns of the table.
Condition evidence_in(const AuditResult& result, const TableName& table);

/// The column decides something of the kind, or leads from one table to another.
bool decides(const AuditResult& result, const TableName& table, const std::string& column);

}  // namespace crmaudit::reports::purge
