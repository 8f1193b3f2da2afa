// What has to outlive a person who is deleted: that they objected, so that nobody writes to their address again, and
// the evidence of a consent, an objection or a notice. Decided from the mapping alone.
#pragma once

#include <string>
#include <vector>

#include "auditor/model/entity.h"

namespace crmaudit::reports::purge {

/// An objection to "marketing" or to "tracking".
struct Objection {
    std::string kind;
    Condition objected;
};

/// A day on which something was said that may have to be proven: "consent", "objection" or "notice".
struct Evidence {
    std::string what;
    Attribute day;
};

struct Keepsakes {
    std::vector<Objection> objections;
    std::vector<Attribute> addresses;  // with every address there is, usable or not
    std::vector<Evidence> evidence;
};

Keepsakes keepsakes_of(const Entity& entity);

/// Whoever objected to anything.
Condition some_objection(const Keepsakes& keepsakes);

/// Whoever has an address to remember. The condition is about an entity that has these attributes.
Condition some_address(const Keepsakes& keepsakes);

}  // namespace crmaudit::reports::purge
