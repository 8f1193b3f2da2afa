#include "connectors/dialects/access_reading.h"
#include "connectors/dialects/outlets.h"
#include "connectors/dialects/reading.h"

namespace crmaudit::connectors {
namespace {

// Options of a mapping hold passwords and are not asked for.
constexpr std::string_view user_mappings = R"sql(
SELECT m.srvname, count(*) FROM pg_catalog.pg_user_mappings m GROUP BY m.srvname ORDER BY 1)sql";

constexpr std::string_view publications = R"sql(
SELECT p.pubname FROM pg_catalog.pg_publication p ORDER BY 1)sql";

// A slot belongs to one database or, where it carries everything, to none.
constexpr std::string_view slots = R"sql(
SELECT s.slot_name, s.slot_type FROM pg_catalog.pg_replication_slots s
WHERE NOT s.temporary AND (s.database IS NULL OR s.database = current_database()) ORDER BY 1)sql";

constexpr std::string_view dblink = R"sql(
SELECT e.extname FROM pg_catalog.pg_extension e WHERE e.extname = 'dblink')sql";

}  // namespace

void read_postgresql_outlets(const CatalogQuery& query, Permissions& permissions) {
    const auto add = [&](std::string_view statement, const char* what) {
        for (const auto& row : rows_or_gap(query, std::string{statement}, "outlets", permissions))
            permissions.outlets.push_back({what, text_at(row, 0)});
    };
    add(user_mappings, "user_mapping");
    add(publications, "publication");
    add(slots, "replication_slot");
    add(dblink, "dblink");
    for (const auto& principal : permissions.principals) {
        // A superuser may do this too, and everything else.
        if (principal.replicates && principal.can_login && !principal.superuser)
            permissions.outlets.push_back({"replication_account", principal.name});
    }
}

}  // namespace crmaudit::connectors
