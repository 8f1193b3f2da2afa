// What to revoke so that findings about permissions are no more, proven on the permissions themselves: the checks judge
// them again without what goes, and whatever they still find is named.
#pragma once

#include <functional>
#include <string_view>
#include <vector>

#include "auditor/access/evaluation.h"
#include "auditor/model/result.h"
#include "auditor/model/revocation.h"

namespace crmaudit::engine {

/// Findings of the rules that run, as the checks would make them from other permissions.
using JudgeAgain = std::function<std::vector<Finding>(const access::Evaluation&)>;

/// Whether a statement about a list of grants can mend what the check finds.
bool is_mended_by_revoking(std::string_view check);

/// `findings` are those of the evaluation. What each statement takes from whom is worked out one after the other; where
/// that would take too long, only now and then, for all statements since the last time.
Remedies find_remedies(const access::Evaluation& evaluation, const std::vector<Finding>& findings,
                       const Catalog& catalog, const Classification& classification, const JudgeAgain& judge);

}  // namespace crmaudit::engine
