// A draft as a file: a mapping that `audit --profile` takes as it is, with the reason for every part as a comment.
#pragma once

#include <string>

#include "auditor/model/draft.h"

namespace crmaudit::policies {

/// Valid against profile.xsd; load_profile reads it back to an equal profile, but for `discovered` and the digest.
std::string write_mapping(const Draft& draft);

}  // namespace crmaudit::policies
