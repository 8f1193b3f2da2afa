// The ways on which somebody gets at data, and sets of them.
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>
#include <vector>

namespace crmaudit::access {

enum class Path : std::uint8_t {
    direct_grant,       // on the table
    column_grant,       // on the column alone
    schema_grant,       // on everything in a schema or database named in the grant
    pattern_grant,      // on every database whose name fits a pattern
    server_grant,       // on everything
    host_pattern,       // given to the same user from more hosts than this account is for
    owner,              // owns the table
    everybody,          // PUBLIC
    default_privilege,  // a table made later will come with it
    inherited_role,     // has the role's rights, itself or through other roles
    default_role,       // the role is active from the login on
    predefined_role,    // one of the product's own roles for all data
    set_role,           // after SET ROLE
    superuser,
    owner_view,    // a view reads with its owner's rights
    invoker_view,  // a view reads with its reader's rights, whom the table's schema would keep out
    materialized_view,
    owner_function,  // a function runs with its owner's rights
    grant_option,    // may give it to others, because it was given so
    admin_option,    // may give the role to others
};

constexpr int path_count = 20;

std::string_view to_string(Path path);

/// A set of paths, each of which is enough.
class Paths {
public:
    constexpr Paths() = default;
    constexpr Paths(Path path) : bits_(1U << static_cast<unsigned>(path)) {}  // NOLINT: a path is a set of one
    constexpr bool empty() const { return bits_ == 0; }
    constexpr bool has(Path path) const { return (bits_ & Paths{path}.bits_) != 0; }
    constexpr Paths& operator|=(Paths others) {
        bits_ |= others.bits_;
        return *this;
    }
    friend constexpr Paths operator|(Paths a, Paths b) { return a |= b; }
    constexpr bool operator==(const Paths&) const = default;
    /// The path without which there would be no access; absent when there are several or none.
    std::optional<Path> only() const;
    std::vector<Path> list() const;

private:
    std::uint32_t bits_ = 0;
};

}  // namespace crmaudit::access
