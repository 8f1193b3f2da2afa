// Discovery: a draft profile for a CRM that no profile knows, from its structure and the classification of its columns.
// What cannot be known stays unmapped, which makes rules not checked: nothing is ever declared absent, and nothing is
// mapped by a guess that could make a rule say clean. Reads no row.
#pragma once

#include <vector>

#include "auditor/model/catalog.h"
#include "auditor/model/classification.h"
#include "auditor/model/cue.h"
#include "auditor/model/draft.h"

namespace crmaudit::discover {

/// `words` are those of the discovery file and, as Cue::copy, the lexicons' marks of copies.
/// The profile is marked as discovered and named "discovered". Same input, same draft. Tables and columns that the
/// account cannot read, or whose names no XML file can hold, are never mapped.
Draft draft_profile(const Catalog& catalog, const Classification& classification, const std::vector<CueWord>& words);

}  // namespace crmaudit::discover
