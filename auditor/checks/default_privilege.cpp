// Rights on tables that do not exist yet: whoever makes one in a schema with personal data gives them without a
// thought.
#include <algorithm>
#include <map>

#include "auditor/checks/grants.h"
#include "auditor/checks/registry.h"

namespace crmaudit::checks {
namespace {

using Default = Permissions::DefaultPrivilege;

Plan plan_default(const CheckInput& input) {
    Plan plan = whole_permission_plan(input);
    add_gap_about(input, "default privileges", plan);
    // Where roles add to one's own rights, rights on a database take in its future tables; broad_grant tells of them.
    if (!plan.not_applicable && input.access != nullptr && input.access->facts().roles_add_to_own && plan.gaps.empty())
        plan.not_applicable = "no_default_privileges";
    return plan;
}

/// Whether tables with personal data stand where the new ones would.
bool concerns_personal_data(const access::Evaluation& evaluation, access::Id schema) {
    const auto& relations = evaluation.personal_relations();
    return std::any_of(relations.begin(), relations.end(), [&](access::Id relation) {
        return schema == Permissions::none || evaluation.facts().relations[relation].schema == schema;
    });
}

bool is_declared(const CheckInput& input, const Default& given) {
    if (given.holder >= input.access->facts().principals.size()) return false;  // PUBLIC
    const DeclaredAccess declared{input, given.holder};
    const auto asks = [&](Rights rights) { return (given.rights & rights) != 0; };
    return (!asks(rights::read) || declared.covers(AccessRight::read)) &&
           (!asks(rights::insert | rights::update) || declared.covers(AccessRight::change)) &&
           (!asks(rights::remove) || declared.covers(AccessRight::remove));
}

bool is_judged(const access::Evaluation& evaluation, const Default& given) {
    const auto& principals = evaluation.facts().principals;
    if (given.holder == Permissions::everybody) return true;
    return given.holder < principals.size() && given.holder != given.creator && !evaluation.is_own(given.holder) &&
           principals[given.holder].exists && !evaluation.of(given.holder).is_superuser;
}

std::vector<Finding> judge_default(const CheckInput& input, const Plan& plan,
                                   std::span<const std::optional<Measured>> /*measured*/) {
    if (cannot_judge(input, plan)) return {};
    const auto& facts = input.access->facts();
    std::map<std::string, Rights> rights;
    std::map<std::string, std::vector<std::string>> makers;
    for (const Default& given : facts.default_privileges) {
        if ((given.rights & rights::on_rows) == 0 || !is_judged(*input.access, given)) continue;
        if (!concerns_personal_data(*input.access, given.schema) || is_declared(input, given)) continue;
        const bool is_public = given.holder == Permissions::everybody;
        const std::string holder = is_public ? "PUBLIC" : facts.principals[given.holder].name;
        rights[holder] |= given.rights;
        if (given.creator < facts.principals.size())
            makers[holder].push_back("tables_made_by: " + facts.principals[given.creator].name);
    }
    std::vector<Finding> findings;
    for (const auto& [holder, given] : rights) {
        Object object;
        object.principal = holder;
        auto& by = makers[holder];
        std::sort(by.begin(), by.end());
        by.erase(std::unique(by.begin(), by.end()), by.end());
        Finding finding = permission_finding(input, std::move(object), privileges(given));
        finding.affected = static_cast<std::int64_t>(finding.facts.size());
        finding.facts.insert(finding.facts.end(), by.begin(), by.end());
        findings.push_back(std::move(finding));
    }
    return findings;
}

}  // namespace

Check default_privilege() { return {"default_privilege", plan_default, judge_default}; }

}  // namespace crmaudit::checks
