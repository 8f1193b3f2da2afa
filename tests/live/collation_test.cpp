// A CRM that was upgraded often has tables of several collations; MariaDB refuses to compare them as they are.
#include <gtest/gtest.h>

#include "auditor/engine/audit.h"
#include "tests/support/live.h"

namespace crmaudit::live {
namespace {

TEST(CollationOfMariadb, MayDifferBetweenTablesThatBelongTogether) {
    Scratch scratch{Product::mariadb};
    scratch.admin().run(
        "CREATE TABLE person (id VARCHAR(36) COLLATE utf8mb4_general_ci PRIMARY KEY, made DATE) CHARACTER SET utf8mb4");
    scratch.admin().run(
        "CREATE TABLE visit (person VARCHAR(36) COLLATE utf8mb4_unicode_ci, at DATE) CHARACTER SET utf8mb4");
    scratch.admin().run("INSERT INTO person VALUES ('a', '2010-01-01'), ('b', '2010-01-01')");
    scratch.admin().run("INSERT INTO visit VALUES ('a', '2026-01-01')");
    Entity person;
    person.name = "person";
    person.kind = EntityKind::person;
    person.table = {"", "person"};
    person.key = {"id"};
    person.paths = {{"visits", {{{"", "visit"}, {{"person", "id", false}}, {}}}}};
    person.attributes = {
        {"made", ValueType::date, Role::created, OwnColumn{column("made")}, false},
        {"visited", ValueType::date, Role::activity, Related{"visits", Aggregate::latest, column("at"), {}}, false}};
    Profile profile;
    profile.entities = {person};
    Policy policy;
    policy.rules = {
        {"stale_person", "stale_person", Severity::high, {}, {}, {{"after", "P3Y"}, {"missing_activity", "created"}}}};
    const auto database = connectors::open_database(scratch.options());
    const Catalog catalog = database->read_catalog();
    crmaudit::Run run;
    run.as_of = parse_date("2026-06-15").value();
    const std::optional<Profile> chosen = profile;
    const engine::AuditInput input{run, catalog, {}, policy, chosen, {}, {}, {}, {}, {}};
    const AuditResult result = engine::audit(input, database->grammar(), *database);
    ASSERT_EQ(result.findings.size(), 1U) << result.outcomes.at(0).reason;
    EXPECT_EQ(result.findings[0].affected, 1);
    EXPECT_EQ(result.findings[0].total, 2);
}

}  // namespace
}  // namespace crmaudit::live
