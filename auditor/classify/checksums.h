// Rules that an expression cannot say: check digits above all, also lengths and ranges. Patterns name them.
#pragma once

#include <span>
#include <string_view>

namespace crmaudit::classify {

/// Whether a text of the right shape is one. Takes it as it stands, with its separators; never throws.
using ChecksumRule = bool (*)(std::string_view text);

struct Checksum {
    std::string_view name;  // as in the attribute `checksum` of a pattern
    ChecksumRule holds = nullptr;
    bool has_check_digits = true;  // false for rules about lengths and ranges alone
};

/// All of them, sorted by name.
std::span<const Checksum> checksums();

/// Null for a name that is none.
const Checksum* find_checksum(std::string_view name);

}  // namespace crmaudit::classify
