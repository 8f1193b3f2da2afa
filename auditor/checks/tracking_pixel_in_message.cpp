// Pixels and links in sent messages and templates that report back what a recipient does. One user with a plug-in is
// enough, so messages are counted by sending user; users appear by their key.
#include <algorithm>

#include "auditor/checks/messages.h"
#include "auditor/checks/registry.h"
#include "auditor/model/message_scan.h"
#include "auditor/model/reasons.h"

namespace crmaudit::checks {
namespace {

constexpr std::size_t most_senders = 20;

Plan plan_pixels(const CheckInput& input) {
    return message_plan(input, {Role::body, Role::outbound, Role::template_text, Role::sender},
                        {Role::outbound, Role::template_text});
}

/// Those who sent most come first; the rest, and messages whose sender is not known by a key, are counted together.
void add_senders(Finding& finding, const VendorCount& vendor) {
    std::vector<std::pair<std::string, std::int64_t>> senders{vendor.by_sender.begin(), vendor.by_sender.end()};
    std::int64_t unknown = 0;
    std::erase_if(senders, [&](const auto& each) {
        if (each.first.empty()) unknown = each.second;
        return each.first.empty();
    });
    std::stable_sort(senders.begin(), senders.end(), [](const auto& a, const auto& b) { return a.second > b.second; });
    std::int64_t others = 0;
    for (std::size_t i = 0; i < senders.size(); ++i) {
        const auto& [key, messages] = senders[i];
        if (i < most_senders) {
            finding.details.push_back({reasons::text("sender", key), messages});
        } else {
            others += messages;
        }
    }
    if (others > 0) finding.details.push_back({"other_senders", others});
    if (unknown > 0) finding.details.push_back({"unknown_sender", unknown});
}

/// What only looks like tracking is less severe, as far as the rule says so.
Severity severity_of(const Rule& rule, const VendorCount& vendor) {
    const auto less = severity_from(rule.parameter("weak_severity"));
    return vendor.weak && less ? *less : rule.severity;
}

std::vector<Finding> judge_pixels(const CheckInput& input, const Plan& /*plan*/,
                                  std::span<const std::optional<Measured>> /*measured*/) {
    std::vector<Finding> findings;
    if (input.messages == nullptr) return findings;
    for (const ScannedMessages& scanned : input.messages->entities) {
        for (const VendorCount& vendor : scanned.vendors) {
            Finding finding = finding_about_messages(input, scanned, vendor.messages, scanned.read);
            finding.severity = severity_of(input.rule, vendor);
            finding.object.part = vendor.vendor;
            if (vendor.opens > 0) finding.details.push_back({"opens", vendor.opens});
            if (vendor.clicks > 0) finding.details.push_back({"clicks", vendor.clicks});
            finding.details.push_back({"templates", vendor.templates});
            finding.details.push_back({"stored", scanned.stored});
            add_senders(finding, vendor);
            if (vendor.weak) finding.facts.emplace_back("looks_like_tracking");
            findings.push_back(std::move(finding));
        }
    }
    return findings;
}

}  // namespace

Check tracking_pixel_in_message() { return {"tracking_pixel_in_message", plan_pixels, judge_pixels, {}, true}; }

}  // namespace crmaudit::checks
