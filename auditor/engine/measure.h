// Counts everything that all rules want to know: one fused statement per entity, in as few passes as the database
// allows. What cannot be read is taken out, named, and the rest is counted all the same.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "auditor/checks/check.h"
#include "auditor/model/result.h"
#include "auditor/sql/query_port.h"
#include "auditor/sql/render.h"

namespace crmaudit::engine {

/// A rule on its way through the audit.
struct RuleRun {
    const Rule* rule = nullptr;
    const checks::Check* check = nullptr;
    checks::Plan plan;
    std::vector<std::optional<checks::Measured>> measured;  // parallel to plan.probes
    std::vector<Gap> gaps;                                  // the plan's, and what could not be counted
    std::optional<std::string> failure;
};

struct Counted {
    std::vector<PersonsAffected> persons;
    std::vector<ConsentCount> consent;
    std::vector<Entity> entities;  // every entity that was counted, with all attributes the probes used
};

/// Fills in `measured`, `gaps` and `failure` of each run. Person entities are counted even if no rule asks about them.
/// A run without a rule only counts: whom its probes affect is not affected by a finding. `kept`: by entity, the
/// persons who count at all. Throws sql::QueryError only when the connection is lost or the run was cancelled.
Counted measure(std::vector<RuleRun>& runs, const std::vector<Entity>& entities, const sql::Renderer& renderer,
                sql::QueryPort& port, const std::map<std::string, Condition, std::less<>>& kept = {});

}  // namespace crmaudit::engine
