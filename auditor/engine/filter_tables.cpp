#include <algorithm>

#include "auditor/engine/audit.h"
#include "auditor/model/wildcard.h"

namespace crmaudit::engine {

Catalog filter_tables(Catalog catalog, const std::vector<std::string>& include,
                      const std::vector<std::string>& exclude) {
    std::erase_if(catalog.tables, [&](const Table& table) {
        const std::string full = to_string(table.name);
        const auto listed = [&](const std::vector<std::string>& patterns) {
            return matches_any(full, patterns) || matches_any(table.name.name, patterns);
        };
        const bool left_out = (!include.empty() && !listed(include)) || listed(exclude);
        if (left_out) catalog.left_out.push_back(full);
        return left_out;
    });
    return catalog;
}

}  // namespace crmaudit::engine
