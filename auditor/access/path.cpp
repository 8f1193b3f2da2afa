#include "auditor/access/path.h"

#include <array>
#include <bit>

namespace crmaudit::access {

std::string_view to_string(Path path) {
    static constexpr std::array<std::string_view, path_count> names{
        "direct_grant", "column_grant", "schema_grant",      "pattern_grant",  "server_grant",      "host_pattern",
        "owner",        "everybody",    "default_privilege", "inherited_role", "default_role",      "predefined_role",
        "set_role",     "superuser",    "owner_view",        "invoker_view",   "materialized_view", "owner_function",
        "grant_option", "admin_option"};
    return names[static_cast<std::size_t>(path)];
}

std::optional<Path> Paths::only() const {
    if (!std::has_single_bit(bits_)) return std::nullopt;
    return static_cast<Path>(std::countr_zero(bits_));
}

std::vector<Path> Paths::list() const {
    std::vector<Path> paths;
    for (std::uint32_t rest = bits_; rest != 0; rest &= rest - 1) {
        paths.push_back(static_cast<Path>(std::countr_zero(rest)));
    }
    return paths;
}

}  // namespace crmaudit::access
