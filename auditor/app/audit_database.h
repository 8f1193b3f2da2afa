// The part of an audit that talks to the database: connect, read the structure, count, judge.
#pragma once

#include "auditor/app/interruption.h"
#include "auditor/app/prepare.h"
#include "auditor/model/result.h"

namespace crmaudit::app {

/// Throws Failure, ConnectError and QueryError. The database is closed, and a running statement cancelled, whatever
/// happens.
AuditResult audit_database(const PreparedAudit& audit, Interruption& interruption,
                           const std::function<void(const std::string&)>& tell);

}  // namespace crmaudit::app
