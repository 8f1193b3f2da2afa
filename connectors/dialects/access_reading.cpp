#include "connectors/dialects/access_reading.h"

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

Rights rights_at(const sql::Row& row, std::size_t index) {
    return static_cast<Rights>(number_at(row, index).value_or(0) & 0xFF);
}

}  // namespace crmaudit::connectors
