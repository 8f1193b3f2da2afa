#include "auditor/app/mapping_draft.h"

#include "auditor/discover/discover.h"
#include "policies/load.h"

namespace crmaudit::app {

Draft draft_of(const Catalog& catalog, const Classification& classification,
               const std::vector<std::string>& copy_marks) {
    std::vector<CueWord> words = policies::load_discovery();
    for (const std::string& mark : copy_marks) words.push_back({mark, Cue::copy});
    return discover::draft_profile(catalog, classification, words);
}

}  // namespace crmaudit::app
