// What in the lists of permissions a finding comes from.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "auditor/access/entries.h"
#include "auditor/access/evaluation.h"
#include "auditor/model/result.h"

namespace crmaudit::engine {

/// What is granted to the one whom the finding is about; where that is nothing, the memberships that bring it.
std::vector<access::Entry> entries_behind(const access::Evaluation& evaluation, const access::Index& index,
                                          const Finding& finding);

/// Why no statement about grants mends it, in a word that the locales translate; absent for findings that are not about
/// permissions of the database.
std::optional<std::string> reason_for_no_statement(const Finding& finding);

/// Why it is still found when everything that can be revoked is gone.
std::string reason_it_stays(const access::Evaluation& evaluation, const Finding& finding);

}  // namespace crmaudit::engine
