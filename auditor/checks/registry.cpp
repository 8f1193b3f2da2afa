#include "auditor/checks/registry.h"

namespace crmaudit::checks {

std::vector<Check> registry() {
    return {broad_grant(),
            consent_without_evidence(),
            identifying_combination(),
            mailed_after_objection(),
            marketing_without_consent(),
            misplaced_personal_data(),
            notice_overdue(),
            personal_data_in_free_text(),
            personal_field_by_default(),
            plaintext_credential(),
            public_grant(),
            soft_deleted_not_erased(),
            special_category_field(),
            stale_person(),
            stray_copy(),
            tracking_without_consent(),
            unclassified_column(),
            unconverted_lead(),
            undeclared_location(),
            unknown_source(),
            unnecessary_field(),
            unused_field()};
}

}  // namespace crmaudit::checks
