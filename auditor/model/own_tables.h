// Tables that crmaudit's own scripts leave in a database: no part of the CRM, and not judged as one.
#pragma once

#include <string_view>

namespace crmaudit {

/// Whether a table is one of them, by its name with or without its schema. An archive is not: it holds what persons had
/// in the CRM, and nobody may overlook it.
constexpr bool is_own_table(std::string_view name) {
    const auto dot = name.rfind('.');
    const std::string_view table = name.substr(dot == std::string_view::npos ? 0 : dot + 1);
    return table.starts_with("crmaudit_") && !table.starts_with("crmaudit_archive_");
}

/// What was deleted when and by which rule, and nothing about whom: it stays for the next audits to read.
inline constexpr std::string_view deletion_log = "crmaudit_deletion_log";

}  // namespace crmaudit
