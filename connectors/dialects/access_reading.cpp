#include "connectors/dialects/access_reading.h"

#include <algorithm>
#include <array>
#include <memory>
#include <string_view>
#include <utility>

#include "connectors/dialects/reading.h"

namespace crmaudit::connectors {

std::vector<sql::Row> rows_or_gap(const CatalogQuery& query, const std::string& statement, const std::string& what,
                                  Permissions& permissions) {
    try {
        return query(statement);
    } catch (const sql::QueryError& error) {
        if (ends_the_run(error)) throw;
        permissions.gaps.push_back({what, error.what()});
        return {};
    }
}

std::optional<std::vector<sql::Row>> first_allowed(const CatalogQuery& query,
                                                   std::initializer_list<std::string> statements) {
    using Reason = sql::QueryError::Reason;
    for (const std::string& statement : statements) {
        try {
            return query(statement);
        } catch (const sql::QueryError& error) {
            // PostgreSQL says the same of a function that is not there and of types that have no equality.
            const bool has_no_function = error.sqlstate() == "42883";
            const bool is_kept_back = error.reason() == Reason::forbidden || error.reason() == Reason::missing;
            if (!is_kept_back && !has_no_function) throw;
        }
    }
    return std::nullopt;
}

void take_permissions(Permissions permissions, Catalog& catalog, const std::string& remedy) {
    constexpr std::array<std::string_view, 9> needed{facts::principals,   facts::memberships, facts::database_grants,
                                                     facts::table_grants, "grants",           "schemas",
                                                     "relations",         "columns",          "row-level security"};
    const auto missing = std::find_if(permissions.gaps.begin(), permissions.gaps.end(), [&](const CatalogGap& gap) {
        return std::find(needed.begin(), needed.end(), gap.object) != needed.end();
    });
    if (missing == permissions.gaps.end()) {
        catalog.permissions = std::make_shared<const Permissions>(std::move(permissions));
        return;
    }
    const bool is_said = std::any_of(catalog.gaps.begin(), catalog.gaps.end(),
                                     [](const CatalogGap& gap) { return gap.object == "grants"; });
    if (!is_said) catalog.gaps.push_back({"grants", missing->object + ": " + missing->reason + remedy});
}

Rights rights_at(const sql::Row& row, std::size_t index) {
    return static_cast<Rights>(number_at(row, index).value_or(0) & 0xFF);
}

}  // namespace crmaudit::connectors
