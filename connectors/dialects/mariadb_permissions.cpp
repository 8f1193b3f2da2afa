#include <algorithm>
#include <utility>

#include "connectors/dialects/access_reading.h"
#include "connectors/dialects/mariadb_access.h"
#include "connectors/dialects/mariadb_catalog.h"
#include "connectors/dialects/mariadb_grants.h"
#include "connectors/dialects/reading.h"

namespace crmaudit::connectors {
namespace {

/// Own grants with the pattern of databases replaced by the database at hand; those of other databases left out.
std::vector<Grant> of_database(const std::vector<Grant>& own, const std::string& database) {
    std::vector<Grant> grants;
    for (Grant grant : own) {
        if (!covers_schema(grant.object.schema, database)) continue;
        if (!grant.object.schema.empty()) grant.object.schema = database;
        grants.push_back(std::move(grant));
    }
    return grants;
}

// What is found there is told, but nothing is clean.
constexpr std::string_view never_tried =
    "roles, partial revokes and dynamic privileges of MySQL were never tried, so somebody may reach more than is known";

void add_own_powers(const std::vector<Grant>& own, Catalog& catalog) {
    std::vector<std::string> evidence;
    for (const Grant& grant : own) {
        if (!is_writing_privilege(grant.privilege)) continue;
        const std::string schema = grant.object.schema.empty() ? "*" : grant.object.schema;
        const std::string table = grant.object.name.empty() ? "*" : grant.object.name;
        evidence.push_back(grant.privilege + " on " + schema + "." + table);
    }
    catalog.account_can_write = abridged(std::move(evidence));
}

}  // namespace

std::vector<Grant> read_own_grants(const CatalogQuery& query) {
    std::vector<Grant> own;
    for (const auto& row : query("SHOW GRANTS")) {
        for (Grant& grant : parse_grant(text_at(row, 0))) own.push_back(std::move(grant));
    }
    return own;
}

void read_mariadb_permissions(const CatalogQuery& query, const std::vector<Grant>& own, Catalog& catalog) {
    add_own_powers(of_database(own, catalog.database), catalog);
    take_permissions(read_mariadb_access(query), catalog,
                     "; the account " + catalog.account +
                         " sees only its own rights; it needs what scripts/grants/mariadb.sql gives");
    if (catalog.permissions) {
        if (is_mysql(query)) catalog.gaps.push_back({"grants", std::string{never_tried}});
        return;
    }
    catalog.principals.push_back({catalog.account, true, false});
    catalog.grants = of_database(own, catalog.database);
    std::sort(catalog.grants.begin(), catalog.grants.end());
    catalog.grants.erase(std::unique(catalog.grants.begin(), catalog.grants.end()), catalog.grants.end());
}

}  // namespace crmaudit::connectors
