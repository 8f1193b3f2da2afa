// The list of all checks. Adding one is a file <id>.cpp, a line here and a line in registry.cpp.
#pragma once

#include <vector>

#include "auditor/checks/check.h"

namespace crmaudit::checks {

Check access_request_overdue();
Check administrative_account();
Check broad_grant();
Check bulk_mail_without_consent();
Check consent_without_evidence();
Check contradictory_consent();
Check crm_role_too_broad();
Check custom();
Check data_outflow();
Check default_privilege();
Check dormant_account();
Check duplicate_person();
Check erased_person_leftovers();
Check erasure_overdue();
Check expired_log();
Check export_privilege();
Check exposed_database_file();
Check grant_option();
Check identifying_combination();
Check implausible_date();
Check indirect_access();
Check legitimate_interest_without_reason();
Check mailed_after_objection();
Check marketing_without_consent();
Check misplaced_personal_data();
Check missing_legal_basis();
Check new_principal();
Check no_opt_out_link();
Check no_privacy_notice_link();
Check no_tracking_choice();
Check notice_overdue();
Check orphaned_personal_rows();
Check personal_data_in_free_text();
Check personal_field_by_default();
Check plaintext_credential();
Check public_grant();
Check rectification_overdue();
Check remote_access();
Check retention_expired();
Check row_security_bypass();
Check soft_deleted_not_erased();
Check soft_opt_in_without_evidence();
Check special_category_field();
Check stale_consent();
Check stale_person();
Check stray_copy();
Check tracking_after_withdrawal();
Check tracking_detail_kept();
Check tracking_pixel_in_message();
Check tracking_without_consent();
Check unclassified_column();
Check unconfirmed_opt_in();
Check unconverted_lead();
Check undeclared_location();
Check unknown_source();
Check unnecessary_field();
Check unprotected_transport();
Check unused_field();
Check unused_permission();
Check weak_authentication();
Check write_privilege();

/// All of the above, in alphabetical order.
std::vector<Check> registry();

}  // namespace crmaudit::checks
