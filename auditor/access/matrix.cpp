#include "auditor/access/matrix.h"

#include <algorithm>
#include <map>
#include <tuple>

namespace crmaudit::access {
namespace {

/// What makes two principals share a row: whether they are somebody, and the ways without their examples.
using Key = std::vector<std::tuple<Category, AccessRight, Path, bool>>;

Key key_of(const PrincipalReach& reach) {
    Key key;
    key.reserve(reach.ways.size());
    for (const Way& way : reach.ways) key.emplace_back(way.category, way.right, way.path, way.all_rows);
    return key;
}

std::vector<AccessCell> cells_of(const Evaluation& evaluation, const PrincipalReach& reach) {
    std::vector<AccessCell> cells;
    for (const Way& way : reach.ways) {
        if (cells.empty() || cells.back().category != way.category || cells.back().right != way.right)
            cells.push_back({way.category, way.right, false, {}});
        AccessCell& cell = cells.back();
        cell.all_rows = cell.all_rows || way.all_rows;
        // Rows go whole.
        const Id column = way.right == AccessRight::remove ? Permissions::none : way.column;
        cell.ways.push_back({std::string{to_string(way.path)}, evaluation.name_of(way.relation, column)});
    }
    return cells;
}

}  // namespace

AccessMatrix matrix_of(const Evaluation& evaluation) {
    AccessMatrix matrix;
    matrix.categories = evaluation.categories();
    std::map<std::pair<bool, Key>, std::size_t> places;
    for (const Id id : evaluation.principals()) {
        const PrincipalReach& reach = evaluation.of(id);
        if (reach.ways.empty()) {
            ++matrix.without;
            continue;
        }
        const auto& principal = evaluation.facts().principals[id];
        const auto [place, is_new] = places.try_emplace({principal.can_login, key_of(reach)}, matrix.rows.size());
        if (is_new) matrix.rows.push_back({{}, cells_of(evaluation, reach)});
        matrix.rows[place->second].holders.push_back({principal.name, principal.can_login, evaluation.is_own(id)});
    }
    for (AccessRow& row : matrix.rows) {
        std::sort(row.holders.begin(), row.holders.end(),
                  [](const AccessHolder& a, const AccessHolder& b) { return a.name < b.name; });
    }
    std::sort(matrix.rows.begin(), matrix.rows.end(), [](const AccessRow& a, const AccessRow& b) {
        return std::tuple{!a.holders.front().can_login, b.cells.size(), a.holders.front().name} <
               std::tuple{!b.holders.front().can_login, a.cells.size(), b.holders.front().name};
    });
    return matrix;
}

}  // namespace crmaudit::access
