// What a schema cannot say about an entity: names that must exist, joins that must fit, types that must agree.
#pragma once

#include <optional>
#include <string>

#include "auditor/model/entity.h"
#include "auditor/model/policy.h"

namespace crmaudit::policies {

struct Fault {
    std::string element;  // "path", "attribute", "absent", "where", or empty: the entity itself
    std::string name;     // of the path or attribute, or the role
    std::string message;  // what is wrong and how to mend it
};

/// The first thing that makes the entity unusable.
std::optional<Fault> find_fault(const Entity& entity);

/// The same for rows that a rule selects: an attribute that is neither its own nor may be the profile's, a flag that is
/// used as a text, a list without values.
std::optional<Fault> find_fault(const Selection& rows);

}  // namespace crmaudit::policies
