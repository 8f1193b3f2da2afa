// From a result to the code the program ends with, and to the few lines that tell it.
#pragma once

#include <cstdint>
#include <map>
#include <string>

#include "auditor/app/audit_options.h"
#include "auditor/app/exit_code.h"
#include "auditor/app/run_log.h"
#include "auditor/model/result.h"

namespace crmaudit::app {

/// Incomplete is more serious than findings.
ExitCode verdict(const AuditResult& result, const FailOn& fail_on);

/// Failures come before incomplete, that before findings.
ExitCode more_serious(ExitCode one, ExitCode other);

/// Findings that are neither fixed nor waived; every severity has an entry.
std::map<Severity, std::int64_t> open_findings(const AuditResult& result);

/// Counts for the log: findings by severity, persons, what was not checked.
LogFields log_fields(const AuditResult& result);

/// A short summary for a terminal.
std::string summary(const AuditResult& result, const std::string& report, bool colour);

/// One line about an incomplete audit.
std::string incomplete_line(const AuditResult& result, const std::string& report);

}  // namespace crmaudit::app
