// "Did you mean …?" for names that people type into files and options.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace crmaudit {

/// The candidate that needs the fewest changes to become `given`; empty when even that is too far off to be meant.
std::string closest(std::string_view given, const std::vector<std::string>& candidates);

/// "; did you mean 'x'?" or nothing, to append to a message.
std::string suggestion(std::string_view given, const std::vector<std::string>& candidates);

}  // namespace crmaudit
