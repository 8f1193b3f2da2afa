// Rules that select rows by themselves, on every database: each count equals that of a statement written by hand, where
// the obvious statement (NOT IN, LEFT JOIN) is wrong because of NULL.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <map>

#include "reports/result_xml.h"
#include "tests/support/audited.h"

namespace crmaudit::live {
namespace {

constexpr const char* texts = R"(
    <text lang="en"><title>t</title><what>w</what><why>y</why><remedy>r</remedy><false-positives>f</false-positives></text>
    <text lang="de"><title>T</title><what>W</what><why>Y</why><remedy>R</remedy><false-positives>F</false-positives></text>)";

std::string rule(const std::string& id, const std::string& rows) {
    return "<rule id=\"" + id + "\" check=\"custom\" severity=\"low\"><basis law=\"House rules\"/>" + rows + texts +
           "</rule>\n";
}

const std::string orders_of_customer =
    R"(<path name="orders"><join table="orders"><on column="customer_id" previous="id"/></join></path>)";

const std::string policy =
    R"(<policy name="house"><title lang="en">House</title><title lang="de">Haus</title>
  <law name="House rules" reference="works agreement" verified="false"><note lang="en">n</note><note lang="de">n</note></law>
)" +
    rule("without_order", R"(<rows table="customers">)" + orders_of_customer +
                              R"(<attribute name="some" via="orders" aggregate="any"/>
    <where><not><holds attribute="some"/></not></where></rows>)") +
    rule("without_customer", R"(<rows table="orders" key="id">
    <path name="customer"><join table="customers"><on column="id" previous="customer_id"/></join></path>
    <attribute name="some" via="customer" aggregate="any"/>
    <where><not><holds attribute="some"/></not></where></rows>)") +
    rule("nothing_open", R"(<rows table="customers">)" + orders_of_customer +
                             R"(<attribute name="some" via="orders" aggregate="any">
      <where><one-of column="state" value="open"/></where></attribute>
    <where><not><holds attribute="some"/></not></where></rows>)") +
    rule("long_ago", R"(<rows table="customers">)" + orders_of_customer +
                         R"(<attribute name="last" via="orders" aggregate="latest" column="placed"/>
    <where><any><older-than attribute="last" period="P1Y"/>
      <all><missing attribute="last"/><older-than column="created" period="P1Y"/></all></any></where></rows>)") +
    rule("test_addresses", R"(<rows table="customers">
    <where><any><like column="email"><pattern>*@EXAMPLE.org</pattern><pattern>te?t@*</pattern></like>
      <missing column="email"><placeholder>n/a</placeholder></missing></any></where></rows>)") +
    rule("not_vip", R"(<rows table="customers">
    <where><not><one-of column="vip" value="1"/></not></where></rows>)") +
    rule("no_such_column", R"(<rows table="customers">
    <where><not><one-of column="loyalty" value="gold"/></not></where></rows>)") +
    rule("no_such_table", R"(<rows table="invoices"><where><always/></where></rows>)") + "</policy>\n";

class CustomRules : public ::testing::TestWithParam<Product> {
protected:
    void SetUp() override {
        auto& admin = audited_.scratch.admin();
        admin.run(
            "CREATE TABLE customers (id INTEGER PRIMARY KEY, email VARCHAR(80), vip SMALLINT, created TIMESTAMP NULL)");
        admin.run(
            "CREATE TABLE orders (id INTEGER PRIMARY KEY, customer_id INTEGER, state VARCHAR(10), placed TIMESTAMP "
            "NULL)");
        admin.run(
            "INSERT INTO customers (id, email, vip, created) VALUES (1, 'a@example.org', 1, '2020-01-01 10:00:00'),"
            " (2, 'B@Example.ORG', 0, '2020-01-01 10:00:00'), (3, NULL, NULL, NULL),"
            " (4, ' N/A ', 0, '2026-06-01 10:00:00'), (5, 'test@example.com', NULL, '2020-01-01 10:00:00'),"
            " (6, 'c_d@example.com', 1, '2025-06-15 00:00:00')");
        admin.run(
            "INSERT INTO orders (id, customer_id, state, placed) VALUES (10, 1, 'open', '2026-01-01 00:00:00'),"
            " (11, 1, NULL, NULL), (12, 2, NULL, '2025-06-14 23:59:59'), (13, NULL, 'open', '2026-01-01 00:00:00'),"
            " (14, 99, 'OPEN', '2020-01-01 00:00:00'), (15, 6, 'closed', '2025-06-15 00:00:00')");
        support::write_text(audited_.path("house.xml"), policy);
    }

    support::ProcessResult audit() const {
        return support::run_crmaudit(
            {"audit", "--connect-file", audited_.connection_file(), "--label", "crm", "--as-of", "2026-06-15",
             "--policy", audited_.path("house.xml"), "--profile", "none", "--content", "none", "--out", audited_.out(),
             "--state", audited_.path("state"), "--format", "xml,html"},
            audited_.job());
    }

    AuditResult result() const {
        const std::string path = audited_.out() / "latest" / "report.xml";
        return reports::read_result_xml(path, support::read_text(path));
    }

    std::string by_hand(const std::string& condition, const std::string& table = "customers c") {
        return audited_.scratch.admin().value("SELECT COUNT(*) FROM " + table + " WHERE " + condition).value_or("NULL");
    }

    Audited audited_{GetParam()};
};

TEST_P(CustomRules, CountWhatAStatementWrittenByHandCounts) {
    const support::ProcessResult run = audit();
    ASSERT_EQ(run.code, 3) << run.err;
    std::map<std::string, std::string> counts;
    const AuditResult found = result();
    for (const Finding& finding : found.findings) counts[finding.rule] = std::to_string(finding.affected);

    EXPECT_EQ(by_hand("c.id NOT IN (SELECT customer_id FROM orders)"), "0") << "the trap: NULL among the orders";
    const std::string no_order = by_hand("NOT EXISTS (SELECT 1 FROM orders o WHERE o.customer_id = c.id)");
    EXPECT_EQ(no_order, "3");
    EXPECT_EQ(counts["without_order"], no_order);
    EXPECT_EQ(counts["without_customer"],
              by_hand("NOT EXISTS (SELECT 1 FROM customers c WHERE c.id = o.customer_id)", "orders o"));
    EXPECT_EQ(counts["without_customer"], "2");
    EXPECT_EQ(counts["nothing_open"],
              by_hand("NOT EXISTS (SELECT 1 FROM orders o WHERE o.customer_id = c.id AND o.state = 'open')"));
    EXPECT_EQ(counts["nothing_open"], "5");
    EXPECT_EQ(counts["long_ago"], "2") << "2: the day before the period; 5: created long ago; 6 is on the very day";
    EXPECT_EQ(counts["test_addresses"], "5") << "_ is no wildcard, case and blanks do not count";
    EXPECT_EQ(counts["not_vip"], by_hand("COALESCE(vip, 0) <> 1"));
    EXPECT_EQ(counts["not_vip"], "4");
}

TEST_P(CustomRules, NameWhatTheDatabaseLacksInsteadOfFindingNothing) {
    ASSERT_EQ(audit().code, 3);
    std::map<std::string, RuleOutcome> outcomes;
    const AuditResult found = result();
    for (const RuleOutcome& outcome : found.outcomes) outcomes.emplace(outcome.rule, outcome);
    const RuleOutcome& column = outcomes.at("no_such_column");
    EXPECT_EQ(column.status, OutcomeStatus::not_checked);
    EXPECT_EQ(column.gaps, (std::vector<Gap>{{"customers", "not_in_catalog: customers.loyalty"}}));
    EXPECT_EQ(outcomes.at("no_such_table").gaps, (std::vector<Gap>{{"invoices", "not_in_catalog: invoices"}}));
    ASSERT_EQ(found.laws.size(), 1U);
    EXPECT_EQ(found.laws.front().name, "House rules");
    const std::string page = support::read_text(audited_.out() / "latest" / "report.html");
    EXPECT_NE(page.find("not verified"), std::string::npos);
}

INSTANTIATE_TEST_SUITE_P(EveryDatabase, CustomRules, ::testing::ValuesIn(all_products),
                         [](const auto& test) { return to_string(test.param); });

}  // namespace
}  // namespace crmaudit::live
