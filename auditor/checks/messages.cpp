#include "auditor/checks/messages.h"

#include <algorithm>

#include "auditor/checks/roles.h"
#include "auditor/model/message_scan.h"
#include "auditor/model/reasons.h"

namespace crmaudit::checks {
namespace {

bool is_absent(const Entity& entity, Role role) { return entity.absence(role) != nullptr; }

}  // namespace

Plan message_plan(const CheckInput& input, std::initializer_list<Role> roles, std::initializer_list<Role> about) {
    Plan plan;
    if (!input.has_profile) {
        plan.gaps.push_back({"", std::string{reasons::no_profile}});
        return plan;
    }
    bool mapped = false;
    bool has_texts = false;
    bool is_asked = false;
    for (const Entity& entity : input.entities) {
        if (entity.kind != EntityKind::message) continue;
        mapped = true;
        if (is_absent(entity, Role::body)) continue;
        if (is_absent(entity, Role::outbound) && is_absent(entity, Role::template_text)) continue;
        has_texts = true;
        if (std::all_of(about.begin(), about.end(), [&](Role role) { return is_absent(entity, role); })) continue;
        is_asked = usable(entity, roles, plan) || is_asked;
    }
    const bool is_declared = std::any_of(input.absent_kinds.begin(), input.absent_kinds.end(),
                                         [](const auto& absent) { return absent.kind == EntityKind::message; });
    if (!mapped && !is_declared) {
        plan.gaps.push_back({"", reasons::text(reasons::not_mapped, to_string(EntityKind::message))});
    } else if (is_asked && (input.messages == nullptr || input.messages->extent == ContentExtent::none)) {
        plan.gaps.push_back({"", std::string{reasons::content_not_read}});
    } else if (is_asked) {
        plan.gaps.insert(plan.gaps.end(), input.messages->gaps.begin(), input.messages->gaps.end());
    } else if (plan.gaps.empty() && has_texts) {
        plan.not_applicable = "no_bulk_texts";
    } else if (plan.gaps.empty()) {
        plan.not_applicable = "no_message_texts";
    }
    return plan;
}

Finding finding_about_messages(const CheckInput& input, const ScannedMessages& scanned, std::int64_t affected,
                               std::int64_t total) {
    Finding finding;
    finding.rule = input.rule.id;
    finding.check = input.rule.check;
    finding.severity = input.rule.severity;
    finding.object.table = scanned.table;
    finding.object.column = scanned.column;
    finding.object.entity = scanned.entity;
    finding.affected = affected;
    finding.total = total;
    finding.sampled = true;
    return finding;
}

std::vector<Finding> found_where_link_missing(const CheckInput& input, const Plan& /*plan*/,
                                              std::span<const std::optional<Measured>> /*measured*/) {
    std::vector<Finding> findings;
    if (input.messages == nullptr) return findings;
    for (const ScannedMessages& scanned : input.messages->entities) {
        const auto links = scanned.links.find(input.rule.id);
        if (links == scanned.links.end() || links->second.without == 0) continue;
        Finding finding = finding_about_messages(input, scanned, links->second.without, links->second.asked);
        finding.details.push_back({"templates", links->second.templates});
        finding.details.push_back({"stored", scanned.stored});
        findings.push_back(std::move(finding));
    }
    return findings;
}

}  // namespace crmaudit::checks
