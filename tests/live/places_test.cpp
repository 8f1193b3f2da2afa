// Where the data is, who is left out and who is held back: by the real program on real databases.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>

#include "reports/result_xml.h"
#include "tests/live/catalog_fixture.h"
#include "tests/support/audited.h"
#include "tests/support/golden.h"

namespace crmaudit::live {
namespace {

using ::testing::Contains;
using ::testing::HasSubstr;
using ::testing::Not;

std::string hosts_of(const Catalog& catalog) {
    std::string text;
    for (const FoundHost& each : catalog.hosts) text += each.what + " " + each.object + " " + each.host + "; ";
    return text;
}

/// A statement of a report as a part of another.
std::string without_order(const std::string& statement) { return statement.substr(0, statement.rfind("\nORDER BY")); }

class OfHosts : public OfCatalog {};

TEST_P(OfHosts, NamesThoseThatDataMayGoTo) {
    if (is(Product::postgresql)) {
        run("CREATE EXTENSION postgres_fdw");
        run("CREATE SERVER crm_link FOREIGN DATA WRAPPER postgres_fdw OPTIONS (host 'db.example.org', dbname 'crm')");
        run("CREATE USER MAPPING FOR CURRENT_USER SERVER crm_link OPTIONS (user 'u', password 's3cret')");
        run("CREATE SERVER crm_here FOREIGN DATA WRAPPER postgres_fdw OPTIONS (dbname 'crm')");
        run("CREATE SUBSCRIPTION crm_copy CONNECTION 'user=u password=s3cret host=pub.example.org,127.0.0.1 "
            "dbname=crm' "
            "PUBLICATION p WITH (connect = false, slot_name = NONE)");
        EXPECT_EQ(hosts_of(read()), "foreign_server crm_link db.example.org; subscription crm_copy pub.example.org; ");
        EXPECT_EQ(gap(read(), "hosts"), "");
        grant("USAGE", "SCHEMA public");
        EXPECT_EQ(hosts_of(read_as_auditor()), "foreign_server crm_link db.example.org; ");
        EXPECT_THAT(gap(read_as_auditor(), "hosts"), HasSubstr("subscription crm_copy"));
        run("DROP SUBSCRIPTION crm_copy");
        run("CREATE SUBSCRIPTION crm_copy CONNECTION 'postgresql://u:s3cret@pub2.example.org:5432/crm' "
            "PUBLICATION p WITH (connect = false, slot_name = NONE)");
        EXPECT_THAT(hosts_of(read()), HasSubstr("subscription crm_copy pub2.example.org; "));
        run("DROP SUBSCRIPTION crm_copy");
    } else if (is(Product::mariadb)) {
        const std::string name = "link_" + scratch_.name();
        run("CREATE SERVER " + name +
            " FOREIGN DATA WRAPPER mysql OPTIONS (HOST 'db.example.org', USER 'u', PASSWORD "
            "'s3cret', DATABASE 'crm')");
        const std::string as_admin = hosts_of(read());
        run("GRANT SELECT ON " + scratch_.name() + ".* TO " + scratch_.auditor());
        const Catalog seen = read_as_auditor();
        run("DROP SERVER " + name);
        EXPECT_THAT(as_admin, HasSubstr("foreign_server " + name + " db.example.org; "));
        EXPECT_THAT(hosts_of(seen), HasSubstr("foreign_server " + name + " db.example.org; "));
        EXPECT_EQ(gap(seen, "hosts"), "");
    } else {
        EXPECT_EQ(hosts_of(read()), "");
        EXPECT_EQ(gap(read(), "hosts"), "");
    }
}

const std::string mapping = R"xml(<profile name="small" title="Small CRM" versions="1">
  <signature table="person" columns="nationality"/>
  <host table="outbound" column="smtp" what="mail"/>
  <host table="outbound" column="store" what="storage"/>
  <entity name="contact" kind="person" table="person" key="id">
    <live><one-of column="deleted" value="0"/></live>
    <path name="addresses"><join table="address"><on column="person_id" previous="id"/></join></path>
    <attribute name="source" role="source" column="source"/>
    <attribute name="country" role="residence" column="country"/>
    <attribute name="nationality" role="nationality" column="nationality"/>
    <attribute name="other" role="other_country" via="addresses" aggregate="first" column="country"/>
    <attribute name="phone" role="phone" column="phone"/>
    <attribute name="email" role="email" column="email"/>
  </entity>
</profile>
)xml";

/// A CRM of eighteen invented persons without a source, audited by the real program.
class Places : public ::testing::TestWithParam<Product> {
protected:
    Places() {
        for (const char* statement :
             {"CREATE TABLE person (id INTEGER PRIMARY KEY, source VARCHAR(20), country VARCHAR(40), nationality "
              "VARCHAR(40), "
              "phone VARCHAR(40), email VARCHAR(80), deleted INTEGER)",
              "CREATE TABLE address (id INTEGER PRIMARY KEY, person_id INTEGER, country VARCHAR(40))",
              "CREATE TABLE outbound (id INTEGER PRIMARY KEY, smtp VARCHAR(200), store VARCHAR(200))",
              "CREATE TABLE legal_holds (id INTEGER PRIMARY KEY, contact_id VARCHAR(36), until DATE)",
              "INSERT INTO person (id, country, nationality, phone, email, deleted) VALUES "
              "(1, 'US', NULL, NULL, NULL, 0), (2, 'VEREINIGTE STAATEN', NULL, NULL, NULL, 0), (3, NULL, NULL, NULL, "
              "NULL, 0), "
              "(4, 'Amerika?', NULL, NULL, NULL, 0), (5, 'US', 'DE', NULL, NULL, 0), (6, 'US', 'Canada', NULL, NULL, "
              "0), "
              "(7, 'US', NULL, '+49 30 1234', NULL, 0), (8, 'US', NULL, '0049-30', NULL, 0), "
              "(9, 'US', NULL, '+1 212 5550100', NULL, 0), (10, 'US', NULL, NULL, 'x@Example.de', 0), "
              "(11, 'US', NULL, NULL, 'x@example.com', 0), (12, 'US', NULL, NULL, NULL, 0), "
              "(13, 'US', NULL, NULL, NULL, 0), (14, ' us ', NULL, NULL, NULL, 0), (15, 'US', NULL, NULL, NULL, 1), "
              "(16, '\xC3\x89TATS-UNIS', NULL, NULL, NULL, 0), (17, 'DEU', NULL, NULL, NULL, 0), (18, 'NA', NULL, "
              "NULL, NULL, 0)",
              "INSERT INTO address VALUES (1, 12, 'France'), (2, 13, 'Canada'), (3, 13, 'Germany'), (4, 1, 'USA'), (5, "
              "1, NULL)",
              "INSERT INTO outbound VALUES (1, 'ssl://u:s3cret@smtp.example.com:465', 'localhost'), (2, '', NULL), "
              "(3, 'mail.example.org', 'https://store.example.net/bucket')",
              "INSERT INTO legal_holds VALUES (1, '3', NULL), (2, '4', '2020-01-01'), (3, '5', '2030-01-01'), "
              "(4, '7', '2026-06-15'), (5, '1', NULL)"}) {
            audited_.scratch.admin().run(statement);
        }
        std::string policy = test::read_file(CRMAUDIT_SOURCE_DIR "/policies/packs/gdpr.xml");
        const std::string element = "<residency ";
        policy.insert(policy.find(element) + element.size(), "controller=\"CH\" ");
        support::write_text(audited_.path("swiss.xml"), policy);
        support::write_text(audited_.path("small.xml"), mapping);
    }

    support::ProcessResult run(const std::vector<std::string>& more) {
        std::vector<std::string> all = audited_.arguments(
            {"--profile", audited_.path("small.xml"), "--format", "xml,html,csv,metrics", "--verbose"});
        *std::find(all.begin(), all.end(), "stray_copy") = "unknown_source,undeclared_location";
        all.insert(all.end(), more.begin(), more.end());
        return support::run_crmaudit(all, audited_.job());
    }

    AuditResult result_of(const std::vector<std::string>& more) {
        const auto ended = run(more);
        EXPECT_EQ(ended.code, 2) << ended.err;
        return reports::read_result_xml("report.xml", text("report.xml"));
    }

    std::string text(const std::string& name) { return support::read_text(audited_.out() / "latest" / name); }

    std::vector<std::string> swiss(std::vector<std::string> more = {}) const {
        more.insert(more.end(), {"--policy", audited_.path("swiss.xml"), "--leave-out-residents-outside"});
        return more;
    }

    Audited audited_{GetParam()};
};

TEST_P(Places, LeaveOutOnlyWhoIsKnownToLiveOutside) {
    const AuditResult result = result_of(swiss());
    ASSERT_EQ(result.left_out.size(), 1U);
    EXPECT_EQ(result.left_out.front().persons, 8);
    EXPECT_EQ(result.left_out.front().reason, "");
    EXPECT_EQ(result.persons.at(0).total, 10);
    const auto found = std::find_if(result.findings.begin(), result.findings.end(),
                                    [](const Finding& each) { return each.rule == "unknown_source"; });
    ASSERT_NE(found, result.findings.end());
    EXPECT_EQ(found->affected, 10);
    EXPECT_EQ(found->total, 10);
    // The evidence of the report, run by the database itself, gives the same persons.
    EXPECT_EQ(audited_.scratch.admin().value("SELECT MIN(e.id) FROM (" + without_order(found->evidence_sql) + ") e"),
              "3");
    EXPECT_EQ(audited_.scratch.admin().value("SELECT COUNT(*) FROM (" + without_order(found->evidence_sql) + ") e"),
              "10");
    EXPECT_THAT(text("report.html"), HasSubstr("Persons outside the reach of the law"));
}

TEST_P(Places, LeaveNobodyOutWithoutTheOption) {
    const AuditResult result = result_of({"--policy", audited_.path("swiss.xml")});
    EXPECT_TRUE(result.left_out.empty());
    EXPECT_EQ(result.persons.at(0).total, 18);
}

TEST_P(Places, RefuseToLeaveOutForAControllerInside) {
    const auto refused = run({"--leave-out-residents-outside"});
    EXPECT_EQ(refused.code, 78);
    EXPECT_THAT(refused.err, HasSubstr("the policy gdpr declares no controller established outside the EU and EEA"));
    std::string german = support::read_text(audited_.path("swiss.xml"));
    german.replace(german.rfind("controller=\"CH\""), 15, "controller=\"DE\"");
    support::write_text(audited_.path("german.xml"), german);
    const auto inside = run({"--policy", audited_.path("german.xml"), "--leave-out-residents-outside"});
    EXPECT_EQ(inside.code, 78);
    EXPECT_THAT(inside.err, HasSubstr("german.xml declares a controller in 'DE'"));
    EXPECT_THAT(inside.err, HasSubstr("remove the option"));
    EXPECT_TRUE(audited_.reports().empty());
}

TEST_P(Places, CountWhomHoldsProtect) {
    support::write_text(audited_.path("keys"), "# case 17\n10\n12\n99123456\n");
    const AuditResult result = result_of({"--hold", "contact:legal_holds.contact_id;until=until", "--hold-file",
                                          "contact:" + audited_.path("keys").string()});
    EXPECT_EQ(result.held_back,
              (std::vector<HeldBack>{{"contact", "hold", "legal_holds.contact_id", 4}, {"contact", "hold", "", 2}}));
    const AuditResult swiss_result = result_of(swiss({"--hold", "contact:legal_holds.contact_id;until=until"}));
    EXPECT_EQ(swiss_result.held_back, (std::vector<HeldBack>{{"contact", "hold", "legal_holds.contact_id", 3}}));
}

TEST_P(Places, NameNoKeyOfAHoldFileAnywhere) {
    support::write_text(audited_.path("keys"), "99123456\n7\n");
    const auto ended = run({"--hold-file", "contact:" + audited_.path("keys").string()});
    EXPECT_EQ(ended.code, 2) << ended.err;
    std::string everything = ended.out + ended.err + support::read_text(audited_.path("run.log"));
    for (const char* name : {"report.xml", "report.html", "findings.csv", "metrics.prom"}) everything += text(name);
    EXPECT_THAT(everything, HasSubstr("hold list"));
    EXPECT_THAT(everything, Not(HasSubstr("99123456")));
}

TEST_P(Places, RefuseHoldsThatDoNotFit) {
    const auto refused = [&](const std::string& option, const std::string& value) {
        const auto ended = run({option, value});
        EXPECT_EQ(ended.code, 78) << ended.err;
        EXPECT_TRUE(audited_.reports().empty());
        return ended.err;
    };
    EXPECT_THAT(refused("--hold", "contcat:legal_holds.contact_id"), HasSubstr("did you mean 'contact'?"));
    EXPECT_THAT(refused("--hold", "contact:legal_hold.contact_id"), HasSubstr("no table 'legal_hold'"));
    EXPECT_THAT(refused("--hold", "contact:legal_holds.contact"), HasSubstr("no column 'contact'"));
    EXPECT_THAT(refused("--hold-file", "contact:/nonexistent/keys"), HasSubstr("/nonexistent/keys"));
    support::write_text(audited_.path("keys"), "7\nk3y\n");
    const std::string garbage = refused("--hold-file", "contact:" + audited_.path("keys").string());
    EXPECT_THAT(garbage, HasSubstr("keys:2: the keys of 'contact' are numbers"));
    EXPECT_THAT(garbage, Not(HasSubstr("k3y:")));
}

TEST_P(Places, TellHostsInSettingsThatNobodyDeclared) {
    const auto places = [&](const std::vector<std::string>& more) {
        std::vector<std::string> objects;
        for (const Finding& finding : result_of(more).findings) {
            if (finding.rule == "undeclared_location") objects.push_back(to_string(finding.object));
        }
        return objects;
    };
    const std::string schema = GetParam() == Product::sqlite       ? ""
                               : GetParam() == Product::postgresql ? "public."
                                                                   : audited_.scratch.name() + ".";
    EXPECT_THAT(places({}),
                ::testing::IsSupersetOf({std::string{"source"}, schema + "outbound.smtp names smtp.example.com",
                                         schema + "outbound.smtp names mail.example.org",
                                         schema + "outbound.store names store.example.net"}));
    for (const char* name : {"report.xml", "report.html", "findings.csv", "metrics.prom"}) {
        EXPECT_THAT(text(name), Not(HasSubstr("s3cret"))) << name;
    }
    const auto rest = places({"--country", "DE", "--operator", "Example Hosting GmbH", "--processor-contract", "AV-17",
                              "--declared-host", "*.example.com,*.example.org"});
    EXPECT_THAT(rest, Contains(schema + "outbound.store names store.example.net"));
    EXPECT_THAT(rest, Not(Contains("source")));
    EXPECT_THAT(rest, Not(Contains(schema + "outbound.smtp names smtp.example.com")));
    EXPECT_THAT(text("report.html"), HasSubstr("DE, Example Hosting GmbH; contract: AV-17"));
}

const auto product_name = [](const auto& info) { return to_string(info.param); };

INSTANTIATE_TEST_SUITE_P(On, OfHosts, ::testing::ValuesIn(all_products), product_name);
INSTANTIATE_TEST_SUITE_P(On, Places, ::testing::ValuesIn(all_products), product_name);

}  // namespace
}  // namespace crmaudit::live
