// Who can do what with which kind of data: principals against data categories, with the ways on which they come by it.
// Made once an audit from the permissions as the database records them; small, because principals who can do the same
// on the same ways share a row.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "auditor/model/category.h"

namespace crmaudit {

/// What somebody does with data. change: inserting or updating rows; take_out: writing what can be read to a file of
/// the server or into a program there.
enum class AccessRight : std::uint8_t { read, change, remove, take_out };

inline constexpr std::array all_access_rights{AccessRight::read, AccessRight::change, AccessRight::remove,
                                              AccessRight::take_out};

/// "read", "change", "delete", "export".
std::string_view to_string(AccessRight right);
std::optional<AccessRight> access_right_from(std::string_view name);

/// One way to a right that is enough by itself.
struct AccessWay {
    std::string path;    // a word of auditor/access/path.h
    std::string object;  // one of the columns, or tables, that it leads to
    bool operator==(const AccessWay&) const = default;
};

/// What the principals of a row can do with one category. A right that has no cell they do not have.
struct AccessCell {
    Category category = Category::none;
    AccessRight right = AccessRight::read;
    bool all_rows = true;  // false: only those that row-level security lets through
    std::vector<AccessWay> ways;
    bool operator==(const AccessCell&) const = default;
};

struct AccessHolder {
    std::string name;
    bool can_login = true;
    bool is_own = false;  // the account of the audit
    bool operator==(const AccessHolder&) const = default;
};

struct AccessRow {
    std::vector<AccessHolder> holders;  // sorted by name
    std::vector<AccessCell> cells;      // sorted by category and right; never empty
    bool operator==(const AccessRow&) const = default;
};

struct AccessMatrix {
    std::vector<Category> categories;  // that the database holds
    std::vector<AccessRow> rows;       // those who reach most first
    std::int64_t without = 0;          // principals who reach none of it
    bool operator==(const AccessMatrix&) const = default;
};

const AccessCell* find(const AccessRow& row, Category category, AccessRight right);

}  // namespace crmaudit
