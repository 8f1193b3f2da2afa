// How SQLite finds the rows that a purge script deletes: a key of two types is looked for as a whole, or each person
// would cost a look at all rows of their tenant.
#include "tests/live/purge_fixture.h"

namespace crmaudit::live {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;

constexpr const char* mapping = R"(<?xml version="1.0" encoding="UTF-8"?>
<profile name="tenants" title="Tenants" versions="1">
  <signature table="person" columns="tenant id seen"/>
  <entity name="person" kind="person" table="person" key="tenant id">
    <attribute name="name" role="name" column="name"/>
    <attribute name="created" role="created" column="created"/>
    <attribute name="seen" role="activity" column="seen"/>
    <attribute name="customer" role="relationship"><where><one-of column="customer" value="1"/></where></attribute>
  </entity>
</profile>
)";

const std::vector<std::string> statements{
    "CREATE TABLE person (tenant INTEGER NOT NULL, id VARCHAR(36) NOT NULL, name VARCHAR(40), created TIMESTAMP, seen "
    "TIMESTAMP, customer SMALLINT NOT NULL DEFAULT 0, PRIMARY KEY (tenant, id))",
    "INSERT INTO person VALUES (1, 'a', 'Erika', '2010-01-01 10:00:00', '2015-05-05 10:00:00', 0)",
    "INSERT INTO person VALUES (1, 'b', 'Erika', '2010-01-01 10:00:00', CURRENT_TIMESTAMP, 0)",
    "INSERT INTO person VALUES (2, 'a', 'Erika', '2010-01-01 10:00:00', CURRENT_TIMESTAMP, 0)"};

TEST(PurgePlan, FindsRowsByTheirWholeKeyInSqlite) {
    PurgeCrm crm{Product::sqlite, mapping, statements};
    crm.rules = "stale_person";
    const auto written = crm.purge({});
    ASSERT_EQ(written.code, 0) << written.err;
    crm.replace("2-purge.sql", ".bail on", ".bail on\n.eqp trigger");
    const auto ended = crm.run("2-purge.sql");
    EXPECT_EQ(ended.code, 0) << ended.output;
    EXPECT_THAT(ended.output, HasSubstr("SEARCH person USING INDEX sqlite_autoindex_person_1 (tenant=? AND id=?)"));
    EXPECT_THAT(ended.output, Not(HasSubstr("(tenant=?)")));
    EXPECT_EQ(crm.cell("SELECT group_concat(tenant || id) FROM person"), "1b,2a");
}

}  // namespace
}  // namespace crmaudit::live
