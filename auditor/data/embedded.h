// The files that ship inside the program: policies, profiles, lexicons, schemas, locales, style sheets.
#pragma once

#include <optional>
#include <string_view>
#include <vector>

namespace crmaudit::data {

/// The content of a file by its path in the source tree, for instance "policies/packs/gdpr.xml".
std::optional<std::string_view> embedded(std::string_view path);

/// Paths of all files below a folder ("policies/packs/"), sorted.
std::vector<std::string_view> embedded_under(std::string_view folder);

}  // namespace crmaudit::data
