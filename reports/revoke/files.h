// Scripts that a person runs, and the tool never does: what revoke.sql takes away, revoke-undo.sql gives back.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "auditor/model/result.h"
#include "auditor/sql/grammar.h"
#include "reports/purge/files.h"

namespace crmaudit::reports::revoke {

/// Nothing where no finding about permissions was made. Both files begin with the purge's guard: the right database,
/// and for revoke.sql a day until which it is valid. What no statement mends stands at the end, as a comment.
std::vector<purge::PurgeFile> revoke_files(const AuditResult& result, Date valid_until, const sql::Grammar& grammar,
                                           std::string_view language);

/// What a reader of the README is told about them; empty where there are none.
std::string revoke_readme(const AuditResult& result, const sql::Grammar& grammar, std::string_view language);

}  // namespace crmaudit::reports::revoke
