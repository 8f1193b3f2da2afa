// Persons who live outside the reach of the law may be left out where policy and configuration say so: a residence that
// is known to be outside, no other residence, and nothing else that points inside. Unknown counts as inside.
#pragma once

#include <map>
#include <string>
#include <vector>

#include "auditor/model/catalog.h"
#include "auditor/model/entity.h"
#include "auditor/model/policy.h"
#include "auditor/model/result.h"
#include "auditor/sql/query_port.h"
#include "auditor/sql/render.h"

namespace crmaudit::engine {

struct Residents {
    /// By entity of which persons are left out: the condition for those who stay.
    std::map<std::string, Condition, std::less<>> kept;
    /// One for each person entity; persons are not counted yet.
    std::vector<LeftOut> left_out;

    /// Every row where nobody is left out.
    Condition kept_of(std::string_view entity) const;
};

/// Adds to each person entity the attributes that `kept` needs. Nobody of an entity is left out, with the reason, where
/// residence is not mapped, or where something that may point inside cannot be read. Throws sql::QueryError only when
/// the connection is lost or the run was cancelled.
Residents leave_out_residents(std::vector<Entity>& entities, const Residency& residency, const Catalog& catalog,
                              const sql::Renderer& renderer, sql::QueryPort& port);

}  // namespace crmaudit::engine
