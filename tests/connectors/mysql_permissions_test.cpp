// What MySQL is asked about permissions, without one: each statement as that server would read it.
#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "auditor/model/permissions.h"
#include "connectors/dialects/mariadb_catalog.h"

namespace crmaudit::connectors {
namespace {

/// Comments for MariaDB are comments, those for MySQL are read.
std::string as_mysql_reads(std::string text) {
    for (auto at = text.find("/*M!"); at != std::string::npos; at = text.find("/*M!", at))
        text.erase(at, text.find("*/", at) + 2 - at);
    for (auto at = text.find("/*!"); at != std::string::npos; at = text.find("/*!", at)) {
        text.erase(text.find("*/", at), 2);
        text.erase(at, std::string{"/*!80000"}.size());
    }
    return text;
}

class MysqlPermissions : public ::testing::Test {
protected:
    MysqlPermissions() {
        catalog_.account = "'auditor'@'%'";
        catalog_.database = "crm";
        read_mariadb_permissions([this](const std::string& text) { return answer(as_mysql_reads(text)); }, {},
                                 catalog_);
    }

    std::vector<sql::Row> answer(const std::string& text) {
        const auto asks = [&](const char* part) { return text.find(part) != std::string::npos; };
        if (asks("crmaudit_permissions") || asks("global_priv"))
            throw sql::QueryError(sql::QueryError::Reason::missing, "42S02", "no such table");
        asked_.push_back(text);
        if (asks("SELECT DATABASE()")) return {{"crm"}};
        if (asks("FROM mysql.user ORDER BY user, host") && asks("plugin")) {
            return {{"anna", "%", "N", "", "caching_sha2_password", "N", "N", "0", "N"},
                    {"sales", "%", "N", "", "caching_sha2_password", "N", "N", "1", "N"}};
        }
        if (asks("mysql.role_edges")) return {{"sales", "anna", "%", "N", "%"}};
        if (text.find_first_not_of("SELECT 1") == std::string::npos) return {{"1"}};
        return {};
    }

    Catalog catalog_;
    std::vector<std::string> asked_;
};

TEST_F(MysqlPermissions, AreAskedForWithoutWhatOnlyMariadbHas) {
    ASSERT_FALSE(asked_.empty());
    for (const std::string& text : asked_) {
        for (const char* foreign : {"is_role", "default_role,", "roles_mapping", "/*"})
            EXPECT_EQ(text.find(foreign), std::string::npos) << text.substr(0, 120);
    }
}

TEST_F(MysqlPermissions, KnowRolesWithTheirHosts) {
    ASSERT_NE(catalog_.permissions, nullptr);
    const auto& facts = *catalog_.permissions;
    ASSERT_EQ(facts.principals.size(), 2U);
    ASSERT_EQ(facts.memberships.size(), 1U);
    EXPECT_EQ(facts.principals[facts.memberships[0].role].name, "'sales'@'%'");
    EXPECT_EQ(facts.principals[facts.memberships[0].member].name, "'anna'@'%'");
    EXPECT_TRUE(facts.memberships[0].inherits) << "which roles are active is not known";
}

TEST_F(MysqlPermissions, AreNeverClean) {
    ASSERT_EQ(catalog_.gaps.size(), 1U);
    EXPECT_EQ(catalog_.gaps[0].object, "grants");
    EXPECT_NE(catalog_.gaps[0].reason.find("never tried"), std::string::npos);
}

}  // namespace
}  // namespace crmaudit::connectors
