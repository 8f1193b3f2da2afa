// Messages for the small CRM: a table of mails that came in and went out, with texts of their own or in another table,
// and one of templates.
#pragma once

#include "tests/support/small_crm.h"

namespace crmaudit::testing {

/// Makes the tables letter (id, way, bulk, first, sent, user_id, body) and draft (id, body), maps both and lets audits
/// read their texts. `sent` rows have way 'out'.
void add_messages(SmallCrm& crm);

}  // namespace crmaudit::testing
