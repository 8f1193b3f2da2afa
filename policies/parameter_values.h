// What the parameters of rules may be: periods, shares, whole numbers, words of a list.
#pragma once

#include <optional>
#include <string>

namespace crmaudit::policies {

/// What is wrong with a parameter's value, and how it is written; absent when nothing is, or the name has no rules.
std::optional<std::string> fault_of_parameter(const std::string& name, const std::string& value);

}  // namespace crmaudit::policies
