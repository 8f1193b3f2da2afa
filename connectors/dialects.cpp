#include <algorithm>
#include <array>

#include "connectors/database.h"
#include "connectors/dialect.h"
#include "connectors/dialects/all.h"

namespace crmaudit::connectors {

std::span<const Dialect* const> dialects() {
    static const std::array<const Dialect*, 5> list{
        &sqlite_dialect(), &postgresql_dialect(), &mariadb_dialect(), &mssql_dialect(), &generic_dialect(),
    };
    return list;
}

std::vector<std::string> dialect_names() {
    std::vector<std::string> names;
    for (const Dialect* dialect : dialects()) names.emplace_back(dialect->name());
    return names;
}

const sql::Grammar* find_grammar(std::string_view dialect) {
    const auto all = dialects();
    const auto found = std::find_if(all.begin(), all.end(), [&](const Dialect* d) { return d->name() == dialect; });
    return found == all.end() ? nullptr : &(*found)->grammar();
}

}  // namespace crmaudit::connectors
