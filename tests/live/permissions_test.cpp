// What a catalog says about permissions, and that it names whatever the account cannot see.
#include <gtest/gtest.h>

#include <algorithm>
#include <string>
#include <vector>

#include "tests/live/catalog_fixture.h"

namespace crmaudit::live {
namespace {

class OfPermissions : public OfCatalog {};
class OnPostgresql : public OfCatalog {};
class OnMariadb : public OfCatalog {};

TEST_P(OfPermissions, TellsAnAccountThatCannotWriteFromOneThatCan) {
    run("CREATE TABLE t (id integer PRIMARY KEY)");
    EXPECT_FALSE(read().account_can_write.empty());
    grant("SELECT", "t");
    EXPECT_TRUE(read_as_auditor().account_can_write.empty());
    grant("UPDATE", "t");
    const auto evidence = read_as_auditor().account_can_write;
    ASSERT_EQ(evidence.size(), 1U);
    EXPECT_EQ(evidence.front(), "UPDATE on " + qualified("t"));
}

TEST_P(OfPermissions, KnowsWhoMayDoWhatThroughTheAccountOfTheGrantsScript) {
    const std::string role = "sales_" + scratch_.name();
    run("CREATE TABLE t (id integer PRIMARY KEY, secret varchar(10))");
    run("CREATE ROLE " + role);
    run("GRANT SELECT, DELETE ON t TO " + role);
    run("GRANT UPDATE (secret) ON t TO " + role);
    run("GRANT SELECT ON t TO PUBLIC");
    run("GRANT " + role + " TO " + scratch_.auditor());
    grant("SELECT", "t");
    const Catalog catalog = read_as_auditor();
    run("DROP TABLE t");
    run("DROP ROLE " + role);
    EXPECT_EQ(gap(catalog, "grants"), "");
    EXPECT_TRUE(has_grant(catalog, role, "SELECT", "t"));
    EXPECT_TRUE(has_grant(catalog, role, "DELETE", "t"));
    EXPECT_TRUE(has_grant(catalog, role, "UPDATE", "t", "secret"));
    EXPECT_FALSE(has_grant(catalog, role, "UPDATE", "t"));
    EXPECT_TRUE(has_grant(catalog, "PUBLIC", "SELECT", "t"));
    const std::string auditor = is(Product::postgresql) ? "auditor" : "'auditor'@'%'";
    EXPECT_TRUE(is_member(catalog, role, auditor));
    ASSERT_NE(find_principal(catalog, role), nullptr);
    EXPECT_FALSE(find_principal(catalog, role)->can_login);
    EXPECT_TRUE(find_principal(catalog, role)->powers.empty());
    ASSERT_NE(find_principal(catalog, auditor), nullptr);
    EXPECT_TRUE(find_principal(catalog, auditor)->can_login);
    EXPECT_TRUE(find_principal(catalog, auditor)->powers.empty());
    const std::string admin = is(Product::postgresql) ? "admin" : "'admin'@'127.0.0.1'";
    ASSERT_NE(find_principal(catalog, admin), nullptr);
    EXPECT_FALSE(find_principal(catalog, admin)->powers.empty());
    EXPECT_EQ(find_principal(catalog, admin)->superuser, is(Product::postgresql));
}

TEST_P(OnPostgresql, NamesTheTableAndTheColumnThatAreNotGranted) {
    run("CREATE TABLE open_table (id integer, v text)");
    run("CREATE TABLE closed_table (id integer, v text)");
    run("CREATE TABLE half_table (id integer, secret text, v text)");
    run("CREATE SCHEMA closed_schema");
    run("CREATE TABLE closed_schema.t (id integer)");
    grant("SELECT", "open_table");
    grant("SELECT (id, v)", "half_table");
    const Catalog catalog = read_as_auditor();
    EXPECT_TRUE(table_in(catalog, "open_table").readable);
    EXPECT_FALSE(table_in(catalog, "closed_table").readable);
    EXPECT_FALSE(table_in(catalog, "half_table").readable);
    EXPECT_FALSE(table_in(catalog, "t").readable);
    EXPECT_EQ(catalog.gaps.size(), 3U);
    EXPECT_NE(gap(catalog, "public.closed_table"), "");
    EXPECT_NE(gap(catalog, "public.half_table").find("columns secret;"), std::string::npos);
    EXPECT_NE(gap(catalog, "closed_schema"), "");
}

TEST_P(OnPostgresql, NamesTheTableWhoseRowsAreHiddenByRowLevelSecurity) {
    run("CREATE TABLE filtered (id integer)");
    run("ALTER TABLE filtered ENABLE ROW LEVEL SECURITY");
    run("CREATE POLICY few ON filtered USING (id < 5)");
    grant("SELECT", "filtered");
    const Catalog catalog = read_as_auditor();
    EXPECT_FALSE(table_in(catalog, "filtered").readable);
    EXPECT_NE(gap(catalog, "public.filtered").find("row-level security"), std::string::npos);
    EXPECT_TRUE(read().gaps.empty());
}

TEST_P(OnPostgresql, ShowsThePredefinedRoleForAllDataAsTheGrantThatItIs) {
    const std::string member = "reader_" + scratch_.name();
    run("CREATE ROLE " + member);
    run("GRANT pg_read_all_data TO " + member);
    const Catalog catalog = read();
    run("DROP ROLE " + member);
    EXPECT_TRUE(has_grant(catalog, "pg_read_all_data", "SELECT", ""));
    EXPECT_TRUE(is_member(catalog, "pg_read_all_data", member));
}

TEST_P(OnMariadb, LacksWhatIsNotGrantedAndSaysThatSomethingMayBeHidden) {
    run("CREATE TABLE open_table (id integer, v text)");
    run("CREATE TABLE closed_table (id integer, v text)");
    run("CREATE TABLE half_table (id integer, secret text, v text)");
    grant("SELECT", scratch_.name() + ".open_table");
    grant("SELECT (id, v)", scratch_.name() + ".half_table");
    const Catalog catalog = read_as_auditor();
    EXPECT_TRUE(table_in(catalog, "open_table").readable);
    EXPECT_FALSE(has_table(catalog, "closed_table"));
    EXPECT_FALSE(table_in(catalog, "half_table").readable);
    EXPECT_EQ(table_in(catalog, "half_table").find("secret"), nullptr);
    EXPECT_EQ(catalog.gaps.size(), 2U);
    EXPECT_NE(gap(catalog, scratch_.name()).find("hidden"), std::string::npos);
    EXPECT_NE(gap(catalog, qualified("half_table")).find("hidden"), std::string::npos);
    grant("SELECT", scratch_.name() + ".*");
    const Catalog whole = read_as_auditor();
    EXPECT_TRUE(whole.gaps.empty());
    EXPECT_TRUE(has_table(whole, "closed_table"));
    EXPECT_NE(table_in(whole, "half_table").find("secret"), nullptr);
}

TEST_P(OnMariadb, SaysThatGrantsAreUnknownToAnAccountThatSeesOnlyItsOwn) {
    const std::string user = "u" + scratch_.name();
    run("CREATE TABLE t (id integer)");
    run("CREATE USER " + user + "@'%' IDENTIFIED BY 'secret-of-a-test'");
    run("GRANT SELECT ON " + scratch_.name() + ".* TO " + user + "@'%'");
    auto options = scratch_.options();
    options.connection_string = with(with(scratch_.auditor_connection(), "UID", user), "PWD", "secret-of-a-test");
    const Catalog catalog = connectors::open_database(options)->read_catalog();
    run("DROP USER " + user + "@'%'");
    ASSERT_EQ(catalog.gaps.size(), 2U);
    EXPECT_NE(gap(catalog, "grants").find("scripts/grants/mariadb.sql"), std::string::npos);
    EXPECT_NE(gap(catalog, "hosts").find("scripts/grants/mariadb.sql"), std::string::npos);
    EXPECT_TRUE(has_grant(catalog, catalog.account, "SELECT", ""));
    EXPECT_TRUE(has_table(catalog, "t"));
}

const auto product_name = [](const auto& instance) { return to_string(instance.param); };
INSTANTIATE_TEST_SUITE_P(Of, OfPermissions, ::testing::Values(Product::postgresql, Product::mariadb), product_name);
INSTANTIATE_TEST_SUITE_P(On, OnPostgresql, ::testing::Values(Product::postgresql), product_name);
INSTANTIATE_TEST_SUITE_P(On, OnMariadb, ::testing::Values(Product::mariadb), product_name);

}  // namespace
}  // namespace crmaudit::live
