// How the lines of pg_hba.conf become facts, without a server: files that are included exist from PostgreSQL 16 on.
#include <gtest/gtest.h>

#include "connectors/dialects/logins.h"

namespace crmaudit::connectors {
namespace {

TEST(PostgresqlLogins, TellLinesOfDifferentFilesApart) {
    const CatalogQuery query = [](const std::string& text) -> std::vector<sql::Row> {
        if (text.find("host_rules") == std::string::npos) return {};
        const auto line = [](const char* place, const char* method, const char* kind, const char* name) {
            return sql::Row{place, "1", "host", "all", method, "0", "0", kind, name};
        };
        return {line("1", "scram-sha-256", "d", "crm"), line("1", "scram-sha-256", "u", "anna"),
                line("2", "trust", "d", "crm"), line("2", "trust", "u", "bert")};
    };
    Permissions permissions;
    read_postgresql_logins(query, {}, permissions);
    ASSERT_EQ(permissions.host_rules.size(), 2U);
    EXPECT_EQ(permissions.host_rules[0].users, std::vector<std::string>{"anna"});
    EXPECT_EQ(permissions.host_rules[1].users, std::vector<std::string>{"bert"});
    EXPECT_EQ(permissions.host_rules[1].method, "trust");
    EXPECT_EQ(permissions.host_rules[1].line, 1);
}

}  // namespace
}  // namespace crmaudit::connectors
