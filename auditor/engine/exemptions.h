// Who is not judged, or not to be erased: residents outside whom the policy leaves out, and persons whom a hold or a
// retention duty protects. They are counted in the same statement as everything else about their table.
#pragma once

#include <vector>

#include "auditor/engine/audit.h"
#include "auditor/engine/measure.h"
#include "auditor/engine/residency.h"

namespace crmaudit::engine {

class Exemptions {
public:
    /// Adds to the entities what tells who is exempted. Throws HoldError for holds that do not fit.
    Exemptions(const AuditInput& input, std::vector<Entity>& entities, const sql::Renderer& renderer,
               sql::QueryPort& port);

    /// The persons who count, by entity; an entity that is not there leaves nobody out.
    const std::map<std::string, Condition, std::less<>>& kept() const { return residents_.kept; }

    /// Every probe of a person entity counts those alone who are not left out.
    void restrict_to_kept(std::vector<RuleRun>& runs) const;

    /// A run without a rule that counts the exempted.
    RuleRun counting_run(const std::vector<Entity>& entities) const;

    /// Puts what that run counted, and what it could not count, into the result.
    void tell(const RuleRun& counted, AuditResult& result) const;

private:
    std::optional<Residency> residency_;
    Residents residents_;
};

}  // namespace crmaudit::engine
