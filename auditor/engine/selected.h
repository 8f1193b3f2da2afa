// Which rules run: those that --only names, all without it, and none that --skip names.
#pragma once

#include <string>
#include <vector>

#include "auditor/model/policy.h"
#include "auditor/model/wildcard.h"

namespace crmaudit::engine {

inline bool is_selected(const Rule& rule, const std::vector<std::string>& only, const std::vector<std::string>& skip) {
    const auto listed = [&](const std::vector<std::string>& patterns) {
        return matches_any(rule.id, patterns) || matches_any(rule.check, patterns);
    };
    return (only.empty() || listed(only)) && !listed(skip);
}

}  // namespace crmaudit::engine
