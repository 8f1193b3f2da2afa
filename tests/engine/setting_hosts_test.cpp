#include "auditor/engine/setting_hosts.h"

#include <gtest/gtest.h>

#include "tests/support/answering_port.h"
#include "tests/support/catalog_builder.h"
#include "tests/support/plain_grammar.h"

namespace crmaudit::engine {
namespace {

class FindSettingHosts : public ::testing::Test {
protected:
    FindSettingHosts() { profile.hosts = {{"outbound", "smtp", "mail"}}; }

    SettingHosts find() {
        const crmaudit::testing::PlainGrammar grammar;
        return find_setting_hosts(profile, catalog, sql::Renderer{grammar, *parse_date("2026-06-15")}, port);
    }

    Profile profile;
    Catalog catalog =
        crmaudit::testing::catalog().schema("crm").table("outbound").column("smtp", "varchar(100)").build();
    crmaudit::testing::AnsweringPort port;
};

TEST_F(FindSettingHosts, AreReducedToHosts) {
    port.rows = {{"ssl://u:s3cret@smtp.example.org:465"}, {"smtp.example.org"}, {"localhost"}, {"b.example.org"}};
    const SettingHosts found = find();
    EXPECT_EQ(found.hosts, (std::vector<FoundHost>{{"mail", "crm.outbound.smtp", "b.example.org"},
                                                   {"mail", "crm.outbound.smtp", "smtp.example.org"}}));
    EXPECT_TRUE(found.gaps.empty());
    EXPECT_NE(port.statement.find("SELECT DISTINCT"), std::string::npos) << port.statement;
}

TEST_F(FindSettingHosts, WhatIsNoHostIsAGapAndKeptNowhere) {
    port.rows = {{"smtp.example.org"}, {"s3cret words"}};
    const SettingHosts found = find();
    EXPECT_EQ(found.hosts.size(), 1U);
    EXPECT_EQ(found.gaps, (std::vector<Gap>{{"crm.outbound.smtp", "no_host"}}));
}

TEST_F(FindSettingHosts, MoreThanAHundredAreAGap) {
    port.rows.assign(101, {"smtp.example.org"});
    EXPECT_EQ(find().gaps.size(), 1U);
}

TEST_F(FindSettingHosts, WhatCannotBeReadIsAGap) {
    port.forbidden = true;
    EXPECT_EQ(find().gaps, (std::vector<Gap>{{"crm.outbound.smtp", "forbidden: 42501"}}));
}

TEST_F(FindSettingHosts, APartThatIsNotInstalledNamesNone) {
    profile.hosts = {{"not_there", "smtp", "mail"}};
    EXPECT_TRUE(find().gaps.empty());
    catalog.gaps = {{"crm", "some tables are hidden"}};
    EXPECT_EQ(find().gaps, (std::vector<Gap>{{"not_there", "not_in_catalog: not_there.smtp"}}));
    catalog.gaps = {{"grants", "mysql.user"}};
    EXPECT_TRUE(find().gaps.empty());
}

TEST_F(FindSettingHosts, AMissingColumnIsAGap) {
    profile.hosts = {{"outbound", "server", "mail"}};
    EXPECT_EQ(find().gaps, (std::vector<Gap>{{"outbound", "not_in_catalog: outbound.server"}}));
}

}  // namespace
}  // namespace crmaudit::engine
