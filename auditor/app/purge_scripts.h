// Purge scripts as files: what `crmaudit purge` and `crmaudit audit --purge` share. The same result and limits give the
// same scripts, whichever writes them.
#pragma once

#include <filesystem>
#include <iosfwd>
#include <string>

#include "auditor/app/settings.h"
#include "auditor/app/surroundings.h"
#include "auditor/model/result.h"
#include "auditor/sql/grammar.h"
#include "reports/purge/plan.h"

namespace crmaudit::app {

/// What the operator decides about scripts from an audit of that day. Throws Failure for values that cannot be.
reports::purge::Limits read_purge_limits(const Settings& settings, Date as_of);

/// Where the key of the hashes will be found when a script runs; empty for none. It is not read here, and need not be
/// on this machine.
std::string read_key_file(const Settings& settings);

/// Throws Failure (64) when the client would take the name of the key's file for something else.
void require_plain_key_file(const reports::purge::Limits& limits, const Source& source, const sql::Grammar& grammar);

/// Throws Failure (78) when scripts from an audit of that day would be valid no more.
void require_valid(const reports::purge::Limits& limits, Date as_of, Date today);

/// Scripts of two purges must not mix. Throws Failure (73) that names the option.
void require_empty(const std::filesystem::path& directory, const std::string& option);

/// Writes the scripts, all or none, and says on `err` what gets none and why; `incomplete` then, else `clean`.
/// `checksum` is the result's own. Throws Failure (78) for a database that no scripts can be written for, and 73.
ExitCode write_purge_scripts(const AuditResult& result, const std::string& checksum,
                             const reports::purge::Limits& limits, const std::filesystem::path& directory,
                             const std::string& language, std::ostream& err);

}  // namespace crmaudit::app
