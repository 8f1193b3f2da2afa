#include "tests/support/sample_result.h"

namespace crmaudit::test {

namespace {

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

Remedies sample_remedies() {
    Remedies remedies;
    Revocation passed_on;
    passed_on.grant = {GrantedOn::table,    "crm",        "contacts", {"birthdate", "email1"}, {"SELECT"}, {}, false,
                       {"trainee", "", ""}, "sales_lead", ""};
    passed_on.depends = true;
    passed_on.lost = {{"trainee", Category::birth_date, AccessRight::read}};
    Revocation broad;
    broad.rules = {"broad_grant", "write_privilege"};
    broad.grant = {GrantedOn::table,       "crm",       "contacts", {}, {"SELECT", "UPDATE"}, {"SELECT"}, false,
                   {"sales_lead", "", ""}, "crm_owner", ""};
    broad.lost = {{"sales_lead", Category::birth_date, AccessRight::read},
                  {"sales_lead", Category::birth_date, AccessRight::change}};
    Revocation option;
    option.rules = {"grant_option"};
    option.grant = {GrantedOn::schema, "crm", "", {}, {"SELECT"}, {"SELECT"}, true, {"lead", "", ""}, "crm_owner", ""};
    Revocation member;
    member.rules = {"broad_grant"};
    member.grant = {GrantedOn::role,
                    "",
                    "readers",
                    {},
                    {"INHERIT TRUE", "SET FALSE"},
                    {"ADMIN"},
                    false,
                    {"'anna'@'%'", "anna", "%"},
                    "postgres",
                    ""};
    Revocation everybody;
    everybody.rules = {"default_privilege", "public_grant"};
    everybody.grant = {GrantedOn::future, "crm", "", {}, {"SELECT"}, {}, false, {}, "", "crm_owner"};
    everybody.lost = {{"", Category::email, AccessRight::take_out}};
    remedies.revocations = {passed_on, broad, option, member, everybody};
    remedies.unmended = {{"administrative_account", "postgres", "administrative"},
                         {"unused_permission", "", "policy_entry"}};
    return remedies;
}

}  // namespace

void add_permissions(AuditResult& result) {
    result.access_matrix = sample_matrix();
    result.remedies = sample_remedies();
}

}  // namespace crmaudit::test
