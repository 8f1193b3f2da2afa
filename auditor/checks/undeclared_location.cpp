// Where the data is: what the controller declares of the source, and other hosts that the catalog or the CRM's settings
// name and no declaration covers.
#include <algorithm>

#include "auditor/checks/registry.h"
#include "auditor/model/reasons.h"

namespace crmaudit::checks {
namespace {

/// Before what a host is: the word of a fact.
constexpr const char* host_fact = "host_";

Plan plan_location(const CheckInput& input) {
    Plan plan;
    for (const CatalogGap& gap : input.catalog.gaps) {
        if (gap.object == "hosts") plan.gaps.push_back({gap.object, reasons::text(reasons::hosts_hidden, gap.reason)});
    }
    plan.gaps.insert(plan.gaps.end(), input.host_gaps.begin(), input.host_gaps.end());
    // Without a profile that somebody wrote nobody knows where the CRM's settings are.
    if (!input.has_profile || input.discovered) plan.gaps.push_back({"", std::string{reasons::no_profile}});
    return plan;
}

Finding finding_about(const CheckInput& input, Object object) {
    Finding finding;
    finding.rule = input.rule.id;
    finding.check = input.rule.check;
    finding.severity = input.rule.severity;
    finding.object = std::move(object);
    finding.affected = 1;
    return finding;
}

/// What is not declared of the database itself.
std::vector<std::string> missing_declarations(const DeclaredLocation& location) {
    std::vector<std::string> facts;
    if (location.country.empty()) facts.emplace_back("no_country");
    if (location.operator_name.empty()) facts.emplace_back("no_operator");
    if (location.processor_contract.empty()) facts.emplace_back("no_processor_contract");
    return facts;
}

/// The table and column that a setting stands in, or the table that lives elsewhere.
Object object_of(const CheckInput& input, const FoundHost& found) {
    Object object;
    object.host = found.host;
    for (const Table& table : input.catalog.tables) {
        const std::string name = to_string(table.name);
        if (found.object == name) object.table = table.name;
        if (!found.object.starts_with(name + ".")) continue;
        const std::string column = found.object.substr(name.size() + 1);
        if (table.find(column) == nullptr) continue;
        object.table = table.name;
        object.column = column;
    }
    return object;
}

std::vector<Finding> judge_location(const CheckInput& input, const Plan& /*plan*/,
                                    std::span<const std::optional<Measured>> /*measured*/) {
    std::vector<Finding> findings;
    const auto missing = missing_declarations(input.location);
    if (!missing.empty()) {
        Finding finding = finding_about(input, {{}, "", "", "source"});
        finding.affected = static_cast<std::int64_t>(missing.size());
        finding.facts = missing;
        findings.push_back(std::move(finding));
    }
    for (const auto* hosts : {&input.catalog.hosts, &input.hosts}) {
        for (const FoundHost& found : *hosts) {
            if (is_declared_host(found.host, input.location.hosts)) continue;
            Finding finding = finding_about(input, object_of(input, found));
            finding.facts.push_back(std::string{host_fact} + found.what);
            if (finding.object.table.name.empty()) finding.facts.push_back(found.object);
            const auto known = std::find_if(findings.begin(), findings.end(),
                                            [&](const Finding& each) { return each.object == finding.object; });
            if (known == findings.end()) {
                findings.push_back(std::move(finding));
            } else {
                known->facts.insert(known->facts.end(), finding.facts.begin(), finding.facts.end());
            }
        }
    }
    return findings;
}

}  // namespace

Check undeclared_location() { return {"undeclared_location", plan_location, judge_location}; }

}  // namespace crmaudit::checks
