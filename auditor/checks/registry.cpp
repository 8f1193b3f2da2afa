#include "auditor/checks/registry.h"

namespace crmaudit::checks {

std::vector<Check> registry() {
    return {access_request_overdue(),
            broad_grant(),
            bulk_mail_without_consent(),
            consent_without_evidence(),
            contradictory_consent(),
            custom(),
            duplicate_person(),
            erased_person_leftovers(),
            erasure_overdue(),
            expired_log(),
            identifying_combination(),
            implausible_date(),
            legitimate_interest_without_reason(),
            mailed_after_objection(),
            marketing_without_consent(),
            misplaced_personal_data(),
            missing_legal_basis(),
            no_tracking_choice(),
            notice_overdue(),
            orphaned_personal_rows(),
            personal_data_in_free_text(),
            personal_field_by_default(),
            plaintext_credential(),
            public_grant(),
            rectification_overdue(),
            retention_expired(),
            soft_deleted_not_erased(),
            soft_opt_in_without_evidence(),
            special_category_field(),
            stale_consent(),
            stale_person(),
            stray_copy(),
            tracking_after_withdrawal(),
            tracking_detail_kept(),
            tracking_without_consent(),
            unclassified_column(),
            unconfirmed_opt_in(),
            unconverted_lead(),
            unknown_source(),
            unnecessary_field(),
            unused_field()};
}

}  // namespace crmaudit::checks
