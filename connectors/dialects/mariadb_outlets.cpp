#include "connectors/dialects/access_reading.h"
#include "connectors/dialects/mariadb_grants.h"
#include "connectors/dialects/outlets.h"
#include "connectors/dialects/reading.h"

namespace crmaudit::connectors {
namespace {

// A role is nobody who logs in; whoever administers the server may have the right as well, and everything else.
constexpr std::string_view replication_accounts =
    "SELECT user, host FROM mysql.user WHERE repl_slave_priv = 'Y' /*M! AND is_role = 'N' */ AND super_priv = 'N' "
    "ORDER BY user, host";

constexpr std::string_view remote_tables =
    "SELECT table_name, engine FROM information_schema.tables "
    "WHERE table_schema = DATABASE() AND engine IN ('FEDERATED', 'CONNECT', 'SPIDER') ORDER BY table_name";

}  // namespace

void read_mariadb_outlets(const CatalogQuery& query, Permissions& permissions) {
    for (const auto& row : rows_or_gap(query, std::string{replication_accounts}, "outlets", permissions)) {
        permissions.outlets.push_back({"replication_account", mariadb_account(text_at(row, 0), text_at(row, 1))});
    }
    for (const auto& row : rows_or_gap(query, std::string{remote_tables}, "outlets", permissions))
        permissions.outlets.push_back({"remote_table", text_at(row, 0), text_at(row, 1)});
}

}  // namespace crmaudit::connectors
