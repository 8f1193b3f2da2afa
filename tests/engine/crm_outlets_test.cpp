#include "auditor/engine/crm_outlets.h"

#include <gtest/gtest.h>

#include "tests/support/answering_port.h"
#include "tests/support/catalog_builder.h"
#include "tests/support/plain_grammar.h"

namespace crmaudit::engine {
namespace {

class FindCrmOutlets : public ::testing::Test {
protected:
    FindCrmOutlets() {
        MappedOutlets hooks;
        hooks.what = "webhook";
        hooks.entity.name = "hook";
        hooks.entity.kind = EntityKind::outlet;
        hooks.entity.table = {"", "hooks"};
        hooks.entity.key = {"id"};
        hooks.entity.attributes = {
            {"name", ValueType::text, Role::outlet_name, OwnColumn{column("name")}},
            {"url", ValueType::text, Role::outlet_target, OwnColumn{column("url")}},
            {"called", ValueType::date, Role::last_used, OwnColumn{column("called")}},
        };
        profile.outlets = {hooks};
    }

    CrmOutlets find() {
        const crmaudit::testing::PlainGrammar grammar;
        return find_crm_outlets(profile, catalog, sql::Renderer{grammar, *parse_date("2026-06-15")}, port);
    }

    Profile profile;
    Catalog catalog = crmaudit::testing::catalog()
                          .schema("crm")
                          .table("hooks")
                          .column("id", "int")
                          .column("name", "varchar(100)")
                          .column("url", "varchar(100)")
                          .column("called", "date")
                          .build();
    crmaudit::testing::AnsweringPort port;
};

TEST_F(FindCrmOutlets, AreToldByNameAndHost) {
    port.rows = {{"Stock", "https://user:s3cret@hooks.example.org/in?token=s3cret", "2", "2026-05-01"},
                 {"Stock", "https://hooks.example.org/other/s3cret", "1", "2026-06-01"},
                 {"Post", std::nullopt, "1", std::nullopt}};
    const CrmOutlets found = find();
    ASSERT_EQ(found.outlets.size(), 2U);
    EXPECT_EQ(found.outlets[0], (CrmOutlet{"webhook", {"crm", "hooks"}, "Post", "", 1, std::nullopt}));
    EXPECT_EQ(found.outlets[1],
              (CrmOutlet{"webhook", {"crm", "hooks"}, "Stock", "hooks.example.org", 3, parse_date("2026-06-01")}));
    EXPECT_TRUE(found.gaps.empty());
}

TEST_F(FindCrmOutlets, NoAddressNoSecretAndNoControlCharacterLeaves) {
    port.rows = {{"jane@example.org", "s3cret words", "1", std::nullopt}, {" two\n lines ", "10.0.0.7", "1", "x"}};
    const CrmOutlets found = find();
    ASSERT_EQ(found.outlets.size(), 2U);
    EXPECT_EQ(found.outlets[0], (CrmOutlet{"webhook", {"crm", "hooks"}, "", "", 1, std::nullopt}));
    EXPECT_EQ(found.outlets[1], (CrmOutlet{"webhook", {"crm", "hooks"}, "two lines", "10.0.0.7", 1, std::nullopt}));
}

TEST_F(FindCrmOutlets, WhatCannotBeReadIsAGap) {
    port.forbidden = true;
    EXPECT_EQ(find().gaps, (std::vector<Gap>{{"hook", "forbidden: 42501"}}));
}

TEST_F(FindCrmOutlets, MoreThanAreReadIsAGap) {
    for (int i = 0; i < 501; ++i) port.rows.push_back({"n" + std::to_string(i), std::nullopt, "1", std::nullopt});
    EXPECT_EQ(find().gaps, (std::vector<Gap>{{"hook", "too_many"}}));
}

TEST_F(FindCrmOutlets, APartThatIsNotInstalledHasNone) {
    profile.outlets[0].entity.table.name = "not_there";
    EXPECT_TRUE(find().gaps.empty());
    catalog.gaps = {{"crm", "some tables are hidden"}};
    EXPECT_EQ(find().gaps, (std::vector<Gap>{{"hook", "not_in_catalog: not_there"}}));
}

TEST_F(FindCrmOutlets, AMissingColumnIsAGap) {
    std::get<OwnColumn>(profile.outlets[0].entity.attributes[1].value).column.name = "address";
    EXPECT_EQ(find().gaps, (std::vector<Gap>{{"hook", "not_in_catalog: hooks.address"}}));
    EXPECT_TRUE(port.statement.empty());
}

TEST_F(FindCrmOutlets, NothingButWhatIsToldIsAskedFor) {
    port.rows = {{"Stock", "hooks.example.org", "1", "2026-05-01"}};
    find();
    EXPECT_NE(port.statement.find("GROUP BY"), std::string::npos) << port.statement;
    EXPECT_EQ(port.statement.find("*\""), std::string::npos) << port.statement;
}

}  // namespace
}  // namespace crmaudit::engine
