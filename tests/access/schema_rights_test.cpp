#include "auditor/access/schema_rights.h"

#include <gtest/gtest.h>

#include "tests/access/small_permissions.h"

namespace crmaudit::access {
namespace {

/// An account of a user at a host, where roles add to one's own rights.
Id account(SmallPermissions& small, const std::string& user, const std::string& host) {
    small.facts.roles_add_to_own = true;
    const Id id = small.add("'" + user + "'@'" + host + "'");
    small.facts.principals[id].user = user;
    small.facts.principals[id].host = host;
    return id;
}

std::vector<Path> paths_of(const SmallPermissions& small, Id principal, Rights wanted) {
    const Index index{small.facts};
    std::vector<Path> paths;
    for (const SchemaRight& right : schema_rights(index, session_of(index, principal))) {
        if (right.schema == 0 && (right.rights & wanted) != 0) paths.push_back(right.path);
    }
    return paths;
}

TEST(SchemaRights, ComeFromTheMostPrecisePatternOnly) {
    SmallPermissions small;
    const Id anna = account(small, "anna", "10.0.0.7");
    small.facts.patterns.push_back({anna, "o%", rights::read});
    EXPECT_EQ(paths_of(small, anna, rights::read), std::vector{Path::pattern_grant});
    small.facts.patterns.push_back({anna, "open", rights::insert});
    EXPECT_EQ(paths_of(small, anna, rights::insert), std::vector{Path::schema_grant});
    EXPECT_TRUE(paths_of(small, anna, rights::read).empty());
    small.facts.patterns.push_back({anna, "o_en", rights::update});
    EXPECT_TRUE(paths_of(small, anna, rights::update).empty());
}

TEST(SchemaRights, OfTheSameUserFromMoreHostsCountWhereTheAccountHasNone) {
    SmallPermissions small;
    const Id anna = account(small, "anna", "10.0.0.7"), anywhere = account(small, "anna", "%");
    const Id elsewhere = account(small, "anna", "192.%"), bert = account(small, "bert", "%");
    small.facts.patterns.push_back({anywhere, "open", rights::read});
    small.facts.patterns.push_back({elsewhere, "open", rights::insert});
    small.facts.patterns.push_back({bert, "open", rights::update});
    EXPECT_EQ(paths_of(small, anna, rights::on_rows), std::vector{Path::host_pattern});
    small.facts.patterns.push_back({anna, "%", rights::remove});
    EXPECT_EQ(paths_of(small, anna, rights::on_rows), std::vector{Path::pattern_grant});
    EXPECT_TRUE(paths_of(small, anna, rights::read).empty());
}

TEST(SchemaRights, OfARoleAndOfPublicComeOnTop) {
    SmallPermissions small;
    const Id anna = account(small, "anna", "%"), sales = small.add("sales"), staff = small.add("staff");
    small.join(sales, anna, false);
    small.join(staff, sales);
    small.facts.principals[anna].default_role = sales;
    small.facts.patterns.push_back({anna, "open", rights::read});
    small.facts.patterns.push_back({staff, "open", rights::read});
    small.facts.patterns.push_back({Permissions::everybody, "open", rights::read});
    EXPECT_EQ(paths_of(small, anna, rights::read),
              (std::vector{Path::schema_grant, Path::default_role, Path::everybody}));
}

}  // namespace
}  // namespace crmaudit::access
