#include "reports/purge/unscripted.h"

#include <algorithm>
#include <array>

#include "reports/purge/one_line.h"
#include "reports/purge/plan.h"

namespace crmaudit::reports::purge {
namespace {

struct Group {
    std::string_view reason;
    std::array<std::string_view, 20> checks;
};

constexpr std::array groups{
    Group{"permission",
          {"public_grant", "broad_grant", "write_privilege", "export_privilege", "grant_option", "indirect_access",
           "administrative_account", "default_privilege", "row_security_bypass", "unused_permission", "new_principal",
           "dormant_account", "data_outflow", "exposed_database_file", "weak_authentication", "remote_access",
           "unprotected_transport", "crm_role_too_broad"}},
    // What happened is proof of a duty that was not met: only meeting it helps.
    Group{"duty", {"erasure_overdue", "rectification_overdue", "access_request_overdue", "notice_overdue"}},
    Group{"evidence_missing",
          {"consent_without_evidence", "unknown_source", "missing_legal_basis", "legitimate_interest_without_reason",
           "soft_opt_in_without_evidence"}},
    Group{"consent_unclear", {"contradictory_consent", "unconfirmed_opt_in", "stale_consent"}},
    Group{"tracking", {"tracking_without_consent", "tracking_after_withdrawal", "no_tracking_choice"}},
    Group{"message", {"tracking_pixel_in_message", "no_opt_out_link", "no_privacy_notice_link"}},
    Group{"content",
          {"personal_data_in_free_text", "misplaced_personal_data", "plaintext_credential", "implausible_date"}},
    Group{"structure",
          {"unclassified_column", "personal_field_by_default", "identifying_combination", "undeclared_location"}},
    Group{"table", {"stray_copy"}},
    Group{"need", {"unused_field", "special_category_field"}},
    Group{"merge", {"duplicate_person"}},
    Group{"correspondence", {"retention_expired"}},
};

}  // namespace

std::string reason_for_none(std::string_view check) {
    const auto group = std::find_if(groups.begin(), groups.end(), [&](const Group& each) {
        return std::find(each.checks.begin(), each.checks.end(), check) != each.checks.end();
    });
    return std::string{group == groups.end() ? "policy" : group->reason};
}

std::string explain(const Unscripted& finding, const Locale& locale) {
    return on_one_line(finding.rule + ": " + locale.text("purge.unscripted." + finding.reason));
}

}  // namespace crmaudit::reports::purge
