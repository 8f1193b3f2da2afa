// The list of all checks. Adding one is a file <id>.cpp, a line here and a line in registry.cpp.
#pragma once

#include <vector>

#include "auditor/checks/check.h"

namespace crmaudit::checks {

Check broad_grant();
Check consent_without_evidence();
Check identifying_combination();
Check mailed_after_objection();
Check marketing_without_consent();
Check misplaced_personal_data();
Check notice_overdue();
Check personal_data_in_free_text();
Check personal_field_by_default();
Check plaintext_credential();
Check public_grant();
Check soft_deleted_not_erased();
Check special_category_field();
Check stale_person();
Check stray_copy();
Check tracking_without_consent();
Check unclassified_column();
Check unconverted_lead();
Check undeclared_location();
Check unknown_source();
Check unnecessary_field();
Check unused_field();

/// All of the above, in alphabetical order.
std::vector<Check> registry();

}  // namespace crmaudit::checks
