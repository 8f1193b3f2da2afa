// Persons who point at each other, when they lie in several batches: nobody points at nothing in between, and running
// the files again takes the rest, as the README says.
#include "tests/live/purge_fixture.h"

namespace crmaudit::live {
namespace {

constexpr const char* profile = R"(<profile name="tied" title="Tied" versions="1">
  <signature table="person" columns="id introduced_by"/>
  <entity name="person" kind="person" table="person" key="id">
    <attribute name="created" role="created" column="created"/>
    <attribute name="seen" role="activity" column="seen"/>
  </entity>
</profile>
)";

class PurgeTied : public ::testing::TestWithParam<Product> {
protected:
    PurgeCrm crm{GetParam(), profile, statements()};

    static std::vector<std::string> statements() {
        const std::string moment = GetParam() == Product::mariadb ? "DATETIME NULL" : "TIMESTAMP NULL";
        return {"CREATE TABLE person (id INTEGER PRIMARY KEY, introduced_by INTEGER, created " + moment + ", seen " +
                    moment + ", FOREIGN KEY (introduced_by) REFERENCES person (id))",
                "INSERT INTO person VALUES (1, NULL, '2010-01-01 10:00:00', NULL), (2, 1, '2010-01-01 10:00:00', "
                "NULL), (3, "
                "2, '2010-01-01 10:00:00', NULL), (4, NULL, '2010-01-01 10:00:00', NULL)",
                "INSERT INTO person VALUES (5, 4, CURRENT_TIMESTAMP, NULL)"};
    }

    std::string purge_and_verify() {
        const auto purged = crm.run("2-purge.sql");
        EXPECT_EQ(purged.code, 0) << purged.output;
        const auto verified = crm.run("3-verify.sql");
        EXPECT_EQ(verified.code, 0) << verified.output;
        return crm.persons();
    }
};

TEST_P(PurgeTied, GoInARunEach) {
    crm.rules = "stale_person";
    const auto written = crm.purge({"--accept-no-relationship", "--max-share", "100", "--batch", "1"});
    ASSERT_EQ(written.code, 0) << written.err;
    EXPECT_THAT(crm.text("README.en.txt"), ::testing::HasSubstr("Persons who point at each other"));
    EXPECT_THAT(crm.text("README.de.txt"), ::testing::HasSubstr("Personen, die aufeinander zeigen"));
    EXPECT_EQ(purge_and_verify(), "1 2 4 5 ");
    EXPECT_EQ(purge_and_verify(), "1 4 5 ");
    EXPECT_EQ(purge_and_verify(), "4 5 ");
    EXPECT_EQ(purge_and_verify(), "4 5 ");
}

TEST_P(PurgeTied, GoTogetherInOneBatch) {
    crm.sql("UPDATE person SET introduced_by = 3 WHERE id = 1");
    crm.rules = "stale_person";
    const auto written = crm.purge({"--accept-no-relationship", "--max-share", "100", "--batch", "3"});
    ASSERT_EQ(written.code, 0) << written.err;
    EXPECT_EQ(purge_and_verify(), "4 5 ");
}

INSTANTIATE_TEST_SUITE_P(Products, PurgeTied, ::testing::ValuesIn(all_products),
                         [](const auto& parameter) { return to_string(parameter.param); });

}  // namespace
}  // namespace crmaudit::live
