#include <algorithm>

#include "auditor/engine/audit.h"

namespace crmaudit::engine {
namespace {

bool has(const Catalog& catalog, const Signature& signature) {
    const Table* table = catalog.find({catalog.default_schema, signature.table});
    return table != nullptr && std::all_of(signature.columns.begin(), signature.columns.end(),
                                           [&](const std::string& column) { return table->find(column) != nullptr; });
}

}  // namespace

std::optional<Profile> choose_profile(const std::vector<Profile>& profiles, const Catalog& catalog) {
    const Profile* best = nullptr;
    for (const Profile& profile : profiles) {
        const auto& signatures = profile.signatures;
        const bool fits = !signatures.empty() && std::all_of(signatures.begin(), signatures.end(),
                                                             [&](const Signature& s) { return has(catalog, s); });
        if (fits && (best == nullptr || signatures.size() > best->signatures.size())) best = &profile;
    }
    return best == nullptr ? std::nullopt : std::optional<Profile>{*best};
}

}  // namespace crmaudit::engine
