#include "auditor/model/access_matrix.h"

#include <algorithm>

namespace crmaudit {

std::string_view to_string(AccessRight right) {
    static constexpr std::array<std::string_view, all_access_rights.size()> names{"read", "change", "delete", "export"};
    return names[static_cast<std::size_t>(right)];
}

std::optional<AccessRight> access_right_from(std::string_view name) {
    for (const AccessRight right : all_access_rights) {
        if (to_string(right) == name) return right;
    }
    return std::nullopt;
}

const AccessCell* find(const AccessRow& row, Category category, AccessRight right) {
    const auto found = std::find_if(row.cells.begin(), row.cells.end(), [&](const AccessCell& cell) {
        return cell.category == category && cell.right == right;
    });
    return found == row.cells.end() ? nullptr : &*found;
}

}  // namespace crmaudit
