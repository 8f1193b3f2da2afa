#include <gtest/gtest.h>

#include <memory>

#include "auditor/engine/subject.h"
#include "auditor/model/permissions.h"
#include "tests/support/catalog_builder.h"

namespace crmaudit::engine {
namespace {

using Level = Permissions::Level;

constexpr Permissions::Id no_column = Permissions::none;

/// Contacts in a schema that not everybody may use, a view on them, and accounts with rights of several kinds.
class SubjectReaders : public ::testing::Test {
protected:
    SubjectReaders() {
        catalog_ = testing::catalog()
                       .schema("crm")
                       .table("contacts")
                       .column("email", "text")
                       .table("notes")
                       .column("body", "text")
                       .build();
        facts_.schemas = {{"crm"}};
        facts_.principals = {
            {.name = "owner", .can_login = true},     {.name = "through_view", .can_login = true},
            {.name = "no_schema", .can_login = true}, {.name = "role"},
            {.name = "member", .can_login = true},    {.name = "root", .can_login = true, .superuser = true},
            {.name = "nobody", .can_login = true}};
        facts_.relations = {{0, "contacts", TableKind::table, 0, {"email"}},
                            {0, "notes", TableKind::table, 0, {"body"}},
                            {0, "shown", TableKind::view, 0, {"address"}}};
        facts_.relations[2].reads.push_back({0, {0}});
        facts_.memberships = {{3, 4, true, true, false}};
        facts_.grants = {{Permissions::everybody, 0, no_column, Level::server, rights::connect},
                         {0, 0, no_column, Level::relation, rights::read},
                         {0, 1, no_column, Level::relation, rights::read},
                         {1, 2, no_column, Level::relation, rights::read},
                         {2, 0, no_column, Level::relation, rights::read},
                         {3, 1, no_column, Level::relation, rights::read}};
        for (const Permissions::Id id : {0U, 1U, 3U})
            facts_.grants.push_back({id, 0, no_column, Level::schema, rights::use});
        for (const char* table : {"contacts", "notes"}) {
            SubjectTable found;
            found.table = {"crm", table};
            record_.tables.push_back(found);
        }
    }

    std::vector<SubjectRecipient> readers() {
        catalog_.permissions = std::make_shared<const Permissions>(facts_);
        SubjectAnswer answer;
        answer.records = {record_};
        add_readers(answer, catalog_);
        EXPECT_TRUE(answer.readers_known);
        return answer.readers;
    }

    Catalog catalog_;
    Permissions facts_;
    SubjectRecord record_;
};

TEST_F(SubjectReaders, AreThoseWhoReallyGetAtTheTables) {
    const auto found = readers();
    ASSERT_EQ(found.size(), 4U);
    EXPECT_EQ(found[0].principal, "owner");
    EXPECT_TRUE(found[0].tables.empty()) << "all of them";
    EXPECT_EQ(found[1].principal, "through_view");
    EXPECT_EQ(found[1].tables, (std::vector<TableName>{{"crm", "contacts"}}));
    EXPECT_EQ(found[2].principal, "member");
    EXPECT_EQ(found[2].tables, (std::vector<TableName>{{"crm", "notes"}}));
    EXPECT_EQ(found[3].principal, "root");
}

TEST_F(SubjectReaders, AreNotKnownWhereTheGrantsAreHidden) {
    catalog_.gaps = {{"grants", "hidden"}};
    SubjectAnswer answer;
    answer.records = {record_};
    add_readers(answer, catalog_);
    EXPECT_FALSE(answer.readers_known);
}

}  // namespace
}  // namespace crmaudit::engine
