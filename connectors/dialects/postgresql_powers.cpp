#include <utility>

#include "connectors/dialects/postgresql_catalog.h"
#include "connectors/dialects/reading.h"

namespace crmaudit::connectors {
namespace {

constexpr std::string_view own_powers = R"sql(
SELECT 'the account is a superuser' FROM pg_catalog.pg_roles WHERE rolname = current_user AND rolsuper
UNION ALL
SELECT 'the account may create roles' FROM pg_catalog.pg_roles WHERE rolname = current_user AND rolcreaterole AND NOT rolsuper
UNION ALL
SELECT 'CREATE on schema ' || nspname FROM pg_catalog.pg_namespace
WHERE left(nspname, 3) <> 'pg_' AND nspname <> 'information_schema' AND has_schema_privilege(oid, 'CREATE')
UNION ALL
SELECT 'CREATE on database ' || current_database() WHERE has_database_privilege(current_database(), 'CREATE'))sql";

}  // namespace

void read_postgresql_powers(const CatalogQuery& query, Catalog& catalog) {
    bool is_superuser = false;
    std::vector<std::string> powers;
    for (const auto& row : query(std::string{own_powers})) {
        powers.push_back(text_at(row, 0));
        is_superuser = is_superuser || powers.back() == "the account is a superuser";
    }
    // A superuser may do everything everywhere; a list of tables would only hide that.
    if (is_superuser) {
        catalog.account_can_write = {"the account is a superuser"};
        return;
    }
    powers.insert(powers.end(), catalog.account_can_write.begin(), catalog.account_can_write.end());
    catalog.account_can_write = abridged(std::move(powers));
}

}  // namespace crmaudit::connectors
