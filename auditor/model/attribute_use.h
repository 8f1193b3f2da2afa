// Whether a condition uses attributes as what they are: flags hold, dates lie before others, texts equal words.
#pragma once

#include <optional>
#include <string>

#include "auditor/model/entity.h"

namespace crmaudit {

/// The first use that does not fit, and how to mend it. Attributes that the entity does not have, and columns whose
/// kind is not known, are no fault; <holds> on a column is one.
std::optional<std::string> misuse(const Condition& condition, const Entity& entity);

}  // namespace crmaudit
