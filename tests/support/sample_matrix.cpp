#include "tests/support/sample_result.h"

namespace crmaudit::test {

AccessMatrix sample_matrix() {
    const AccessWay owner{"owner", "crm.contacts.birthdate"};
    const AccessWay view{"owner_view", "crm.contacts.email1"};
    const std::vector<AccessCell> all{
        {Category::email, AccessRight::read, true, {{"owner", "crm.contacts.email1"}}},
        {Category::birth_date, AccessRight::read, true, {owner}},
        {Category::birth_date, AccessRight::change, true, {owner}},
        {Category::birth_date, AccessRight::remove, true, {{"owner", "crm.contacts"}}},
        {Category::birth_date, AccessRight::take_out, true, {owner, {"set_role", "crm.contacts.birthdate"}}}};
    return {{Category::person_name, Category::email, Category::birth_date},
            {{{{"crm_owner", true, false}}, all},
             {{{"</td><script>alert('x')</script>", true, false}, {"crmaudit_reader", true, true}},
              {{Category::email, AccessRight::read, false, {view}}}},
             {{{"sales", false, false}},
              {{Category::birth_date, AccessRight::read, true, {{"direct_grant", "crm.contacts.birthdate"}}}}}},
            17};
}

}  // namespace crmaudit::test
