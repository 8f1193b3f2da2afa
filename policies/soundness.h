// What a schema cannot say about an entity: names that must exist, joins that must fit, types that must agree.
#pragma once

#include <optional>
#include <string>

#include "auditor/model/entity.h"

namespace crmaudit::policies {

struct Fault {
    std::string element;  // "path", "attribute", "absent", or empty: the entity itself
    std::string name;     // of the path or attribute, or the role
    std::string message;  // what is wrong and how to mend it
};

/// The first thing that makes the entity unusable.
std::optional<Fault> find_fault(const Entity& entity);

}  // namespace crmaudit::policies
