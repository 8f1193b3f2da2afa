#include "auditor/checks/purposes.h"

#include <algorithm>

namespace crmaudit::checks {

bool is_justified(const CheckInput& input, Category category) {
    return std::any_of(input.policy.purposes.begin(), input.policy.purposes.end(), [&](const Purpose& purpose) {
        const auto& declared = input.declared_purposes;
        return std::find(declared.begin(), declared.end(), purpose.id) != declared.end() &&
               std::find(purpose.justifies.begin(), purpose.justifies.end(), category) != purpose.justifies.end();
    });
}

}  // namespace crmaudit::checks
