// Why something was not checked: a code that the reports translate, and what it is about.
#pragma once

#include <string>
#include <string_view>

namespace crmaudit::reasons {

inline constexpr std::string_view no_profile = "no_profile";              // no profile fits the database
inline constexpr std::string_view no_person = "no_person";                // the profile maps no person
inline constexpr std::string_view not_mapped = "not_mapped";              // detail: the role
inline constexpr std::string_view not_in_catalog = "not_in_catalog";      // detail: table or column the profile expects
inline constexpr std::string_view values_unmatched = "values_unmatched";  // detail: column with none but unknown codes
inline constexpr std::string_view forbidden = "forbidden";                // detail: SQLSTATE and object
inline constexpr std::string_view locked = "locked";                      // detail: SQLSTATE and object
inline constexpr std::string_view timeout = "timeout";                    // detail: SQLSTATE and object
inline constexpr std::string_view missing_object = "missing_object";      // detail: it went away during the run
inline constexpr std::string_view statement_failed = "statement_failed";  // detail: SQLSTATE
inline constexpr std::string_view permissions_hidden = "permissions_hidden";  // detail: what the account may not see
inline constexpr std::string_view no_permissions = "no_permissions";          // the database has no permissions at all
inline constexpr std::string_view own_rights_only = "own_rights_only";  // the lists of others' rights are not known
inline constexpr std::string_view no_files = "no_files";                // the database is no file of this machine
inline constexpr std::string_view no_matrix = "no_matrix";              // the policy declares nobody's access
inline constexpr std::string_view left_out = "left_out";                // by --only or --skip
inline constexpr std::string_view no_key = "no_key";  // too large to be sampled without a key; detail: the object
inline constexpr std::string_view content_not_read = "content_not_read";  // the content scan was switched off
inline constexpr std::string_view not_counted = "not_counted";            // detail: what the inventory lacks
inline constexpr std::string_view no_text_ends = "no_text_ends";          // ends of long texts cannot be read
inline constexpr std::string_view old_baseline = "old_baseline";          // the baseline does not name all columns
inline constexpr std::string_view baseline_without_matrix = "baseline_without_matrix";  // it says nobody's access
inline constexpr std::string_view no_residence = "no_residence";  // the CRM keeps no country of residence
inline constexpr std::string_view no_host = "no_host";            // detail: settings that are no host
inline constexpr std::string_view hosts_hidden = "hosts_hidden";  // detail: what the account may not see
inline constexpr std::string_view too_many = "too_many";          // more than are read; the rest is not known
inline constexpr std::string_view out_of_time = "out_of_time";    // --max-runtime was over

/// "code" or "code: detail".
inline std::string text(std::string_view code, std::string_view detail = {}) {
    std::string joined{code};
    if (!detail.empty()) joined.append(": ").append(detail);
    return joined;
}

}  // namespace crmaudit::reasons
