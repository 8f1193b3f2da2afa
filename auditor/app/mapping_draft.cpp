#include "auditor/app/mapping_draft.h"

#include "auditor/digest/sha256.h"
#include "auditor/discover/discover.h"
#include "policies/load.h"
#include "policies/write_mapping.h"

namespace crmaudit::app {

Draft draft_of(const Catalog& catalog, const Classification& classification,
               const std::vector<std::string>& copy_marks) {
    std::vector<CueWord> words = policies::load_discovery();
    for (const std::string& mark : copy_marks) words.push_back({mark, Cue::copy});
    Draft draft = discover::draft_profile(catalog, classification, words);
    draft.profile.digest = digest::sha256(policies::write_mapping(draft));
    return draft;
}

}  // namespace crmaudit::app
