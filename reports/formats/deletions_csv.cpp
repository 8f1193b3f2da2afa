// deletions.csv: the deletion log as this audit read it, one line an entry, the latest first.
#include "auditor/model/deletions.h"
#include "reports/formats/formats.h"

namespace crmaudit::reports {

std::string write_deletions_csv(const AuditResult& result) {
    std::string csv = csv_line({"rule", "entity", "script", "policy", "policy_digest", "audited_on", "run_on",
                                "expected", "deleted", "spared", "not_reached", "stayed", "found_now"});
    for (const Deletion& each : result.deletions) {
        const bool is_known = is_latest(result, each) && is_checked_again(result, each);
        csv += csv_line({each.rule, each.entity, each.script, each.policy, each.policy_digest, each.cut_off,
                         each.run_on, std::to_string(each.expected), std::to_string(each.done),
                         std::to_string(each.spared), std::to_string(each.not_reached),
                         std::to_string(stayed_behind(each)), is_known ? std::to_string(each.still_found) : ""});
    }
    return csv;
}

}  // namespace crmaudit::reports
