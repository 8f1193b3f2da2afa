// How accounts log in, from a server to the report of the real program, with accounts that the shipped scripts made:
// what each part of them shows, what is missing without it, and that no secret ever comes along.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <map>
#include <set>

#include "reports/result_xml.h"
#include "tests/support/audited.h"
#include "tests/support/granted_auditor.h"

namespace crmaudit::live {
namespace {

using ::testing::Contains;
using ::testing::HasSubstr;
using ::testing::IsSupersetOf;
using ::testing::Not;
using Parts = GrantedAuditor::Parts;
using Words = std::set<std::string>;

constexpr const char* permission_rules =
    "public_grant,broad_grant,write_privilege,export_privilege,grant_option,indirect_access,administrative_account,"
    "default_privilege,row_security_bypass,unused_permission,new_principal,dormant_account,data_outflow,"
    "exposed_database_file,weak_authentication,"
    "remote_access,unprotected_transport";

class Logins : public ::testing::TestWithParam<Product> {
protected:
    bool is_postgresql() const { return GetParam() == Product::postgresql; }
    Scratch& scratch() { return audited_.scratch; }
    void run(const std::string& statement) { scratch().admin().run(statement); }

    AuditResult audit(const GrantedAuditor& auditor, int code, const std::string& only = permission_rules) {
        audited_.connect_with(auditor.connection());
        const auto arguments = audited_.arguments_without_crm(only, {"--format", "xml,html"});
        const auto ended = support::run_crmaudit(arguments, audited_.job());
        EXPECT_EQ(ended.code, code) << ended.err;
        return reports::read_result_xml("report.xml", support::read_text(audited_.out() / "latest" / "report.xml"));
    }

    /// The facts of a rule's finding about an account or a line.
    static std::vector<std::string> facts(const AuditResult& result, const std::string& rule,
                                          const std::string& object) {
        for (const Finding& finding : result.findings) {
            if (finding.rule == rule && (finding.object.principal == object || finding.object.part == object))
                return finding.facts;
        }
        return {};
    }

    Audited audited_{GetParam()};
};

TEST_P(Logins, AreNotCheckedWithTheFirstPartAlone) {
    const GrantedAuditor auditor{scratch(), Parts::audit};
    const AuditResult result = audit(auditor, 3);
    const Words expected = is_postgresql() ? Words{"weak_authentication", "remote_access", "unprotected_transport"}
                                           : Words{"weak_authentication", "unprotected_transport"};
    EXPECT_EQ(not_checked(result), expected);
    for (const RuleOutcome& outcome : result.outcomes) {
        if (outcome.rule != "weak_authentication") continue;
        ASSERT_FALSE(outcome.gaps.empty());
        EXPECT_THAT(outcome.gaps[0].reason,
                    HasSubstr("scripts/grants/" + to_string(GetParam()) + "-audit-permissions.sql"));
    }
}

TEST_P(Logins, AreCheckedAsAWholeWithBothParts) {
    const GrantedAuditor auditor{scratch(), Parts::both};
    const AuditResult result = audit(auditor, 2);
    EXPECT_EQ(not_checked(result), Words{});
    EXPECT_TRUE(result.source.gaps.empty());
    EXPECT_TRUE(result.source.account_can_write.empty());
}

TEST_P(Logins, AreNeverCleanForAnAccountThatSeesNothing) {
    const GrantedAuditor auditor{scratch(), Parts::none};
    const AuditResult result = audit(auditor, 3, permission_rules + std::string{",stray_copy"});
    EXPECT_THAT(not_checked(result), IsSupersetOf({std::string{"weak_authentication"}, {"unprotected_transport"}}));
    EXPECT_FALSE(result.source.gaps.empty());
    for (const RuleOutcome& outcome : result.outcomes) {
        if (outcome.rule != "weak_authentication") continue;
        EXPECT_NE(outcome.status, OutcomeStatus::clean);
    }
}

TEST_P(Logins, ShowNoSecret) {
    const GrantedAuditor auditor{scratch(), Parts::both};
    const auto secret = scratch().admin().value(
        is_postgresql() ? "SELECT rolpassword FROM pg_authid WHERE rolname = '" + auditor.name() + "'"
                        : "SELECT JSON_VALUE(Priv, '$.authentication_string') FROM mysql.global_priv WHERE User = '" +
                              auditor.name() + "'");
    ASSERT_TRUE(secret.has_value());
    ASSERT_GT(secret->size(), 20U);
    audit(auditor, 2);
    for (const char* file : {"report.xml", "report.html"})
        EXPECT_THAT(support::read_text(audited_.out() / "latest" / file), Not(HasSubstr(*secret)));
    AdminConnection own{auditor.connection()};
    const auto shown = own.value(
        is_postgresql() ? "SELECT string_agg(l::text, ';') FROM crmaudit_permissions.logins() l"
                        : "SELECT GROUP_CONCAT(CONCAT_WS(',', user, host, method, secret, is_locked, ssl_type, "
                          "password_lifetime)) FROM crmaudit_permissions.logins WHERE user LIKE 'au%'");
    ASSERT_TRUE(shown.has_value());
    EXPECT_THAT(*shown, HasSubstr(is_postgresql() ? "scram-sha-256" : auditor.name() + ",%,mysql_native_password,set"));
    EXPECT_THAT(*shown, Not(HasSubstr(*secret)));
    for (const char* hidden : {"SELECT rolpassword FROM pg_authid", "SELECT Priv FROM mysql.global_priv",
                               "SELECT authentication_string FROM mysql.user", "SELECT * FROM pg_hba_file_rules"}) {
        EXPECT_THROW(own.value(hidden), std::runtime_error) << hidden;
    }
}

class LoginsOnPostgresql : public Logins {};

TEST_P(LoginsOnPostgresql, TellsOldHashesAndLinesThatLetEverybodyIn) {
    const GrantedAuditor auditor{scratch(), Parts::both};
    const std::string old = "old_" + scratch().name(), good = "good_" + scratch().name();
    run("SET password_encryption = 'md5'");
    run("CREATE ROLE " + old + " LOGIN PASSWORD 'a'");
    run("SET password_encryption = 'scram-sha-256'");
    run("CREATE ROLE " + good + " LOGIN PASSWORD 'a'");
    run("GRANT SELECT ON contacts_bak_2019 TO " + old + ", " + good);
    // The server reads the file again when it is told to; what it says about it is what stands there now. A line about
    // this database alone concerns no other test.
    const auto file = scratch().admin().value("SHOW hba_file");
    ASSERT_TRUE(file.has_value());
    const auto add_line = [&](const std::string& line) {
        run("COPY (SELECT '" + line + "') TO PROGRAM 'cat >> \"" + *file + "\"'");
    };
    add_line("hostssl " + scratch().name() + " all 10.9.8.0/24 scram-sha-256");
    add_line("host " + scratch().name() + " all 0.0.0.0/0 trust");
    add_line("host " + scratch().name() + " all 10.0.0.0/8 password");
    const AuditResult result = audit(auditor, 2);
    run("DROP OWNED BY " + old + ", " + good);
    run("DROP ROLE " + old + ", " + good);
    const auto hash = facts(result, "weak_authentication", old);
    EXPECT_EQ(hash, std::vector<std::string>{"weak_hash: md5"});
    EXPECT_TRUE(facts(result, "weak_authentication", good).empty());
    EXPECT_TRUE(facts(result, "weak_authentication", auditor.principal()).empty());
    const std::string wide = "host " + scratch().name() + " all 0.0.0.0/0 trust";
    EXPECT_THAT(facts(result, "weak_authentication", wide), Contains("weak_method: trust"));
    EXPECT_THAT(facts(result, "remote_access", wide),
                IsSupersetOf({std::string{"from_anywhere"}, {"listens_on: 127.0.0.1"}}));
    EXPECT_THAT(facts(result, "unprotected_transport", wide), Contains("plain_allowed"));
    for (const Finding& finding : result.findings) {
        EXPECT_THAT(finding.object.part, Not(HasSubstr("10.9.8.0"))) << "encrypted, and a net of its own";
        EXPECT_THAT(finding.object.part, Not(HasSubstr("10.0.0.0/8"))) << "an earlier line decides";
    }
    EXPECT_TRUE(facts(result, "unprotected_transport", "own_connection").empty()) << "within one machine";
    EXPECT_EQ(facts(result, "unprotected_transport", "encryption"), std::vector<std::string>{"encryption_off"});
}

TEST_P(LoginsOnPostgresql, TellsOfPasswordsThatLastTooLong) {
    const GrantedAuditor auditor{scratch(), Parts::both};
    run("ALTER ROLE " + auditor.name() + " VALID UNTIL '2030-01-01'");
    const std::string policy = audited_.path("policy.xml");
    support::write_text(policy, R"(<?xml version="1.0" encoding="UTF-8"?>
<policy name="house" parent="gdpr">
  <title lang="en">House</title><title lang="de">Haus</title>
  <rule id="weak_authentication"><parameter name="longest" value="P1Y"/></rule>
</policy>)");
    audited_.connect_with(auditor.connection());
    const auto ended = support::run_crmaudit(
        audited_.arguments_without_crm("weak_authentication", {"--policy", policy, "--format", "xml"}), audited_.job());
    EXPECT_EQ(ended.code, 2) << ended.err;
    const AuditResult result =
        reports::read_result_xml("report.xml", support::read_text(audited_.out() / "latest" / "report.xml"));
    EXPECT_EQ(facts(result, "weak_authentication", auditor.principal()), std::vector<std::string>{"no_expiry"});
}

class LoginsOnMariadb : public Logins {};

TEST_P(LoginsOnMariadb, TellsEmptyPasswordsOldHashesAndWhoMayComeUnencryptedFromAnywhere) {
    const GrantedAuditor auditor{scratch(), Parts::both};
    std::vector<std::string> made;
    const auto create = [&](const std::string& name, const std::string& host, const std::string& how) {
        const std::string account = "'" + name + "_" + scratch().name() + "'@'" + host + "'";
        run("CREATE USER " + account + " " + how);
        run("GRANT SELECT ON contacts_bak_2019 TO " + account);
        made.push_back(account);
        return account;
    };
    const auto open = create("open", "10.0.0.7", "REQUIRE SSL");
    const auto old = create("old", "localhost", "IDENTIFIED VIA mysql_old_password USING '5d2e19393cc5ef67'");
    const auto second =
        create("second", "localhost",
               "IDENTIFIED VIA mysql_native_password USING 'invalid' OR mysql_native_password USING ''");
    const auto socket = create("socket", "localhost", "IDENTIFIED VIA unix_socket");
    const auto locked = create("locked", "%", "ACCOUNT LOCK");
    const auto plain = create("plain", "%", "IDENTIFIED BY 'a'");
    const AuditResult result = audit(auditor, 2);
    for (const auto& account : made) run("DROP USER " + account);
    using Facts = std::vector<std::string>;
    EXPECT_EQ(facts(result, "weak_authentication", open), Facts{"no_password"});
    EXPECT_EQ(facts(result, "weak_authentication", old), Facts{"weak_hash: mysql_old_password"});
    EXPECT_EQ(facts(result, "weak_authentication", second), Facts{"no_password"});
    for (const auto& good : {socket, locked, plain})
        EXPECT_EQ(facts(result, "weak_authentication", good), Facts{}) << good;
    EXPECT_EQ(facts(result, "remote_access", plain), (Facts{"from_anywhere", "listens_on: 127.0.0.1"}));
    for (const auto& good : {open, socket, locked}) EXPECT_EQ(facts(result, "remote_access", good), Facts{}) << good;
    EXPECT_EQ(facts(result, "unprotected_transport", plain), Facts{"plain_allowed"});
    for (const auto& good : {open, old, locked})
        EXPECT_EQ(facts(result, "unprotected_transport", good), Facts{}) << good;
    EXPECT_EQ(facts(result, "unprotected_transport", "encryption"), Facts{"encryption_off"});
    EXPECT_EQ(facts(result, "unprotected_transport", "own_connection"), Facts{}) << "within one machine";
}

const auto product_name = [](const auto& instance) { return to_string(instance.param); };
INSTANTIATE_TEST_SUITE_P(On, Logins, ::testing::Values(Product::postgresql, Product::mariadb), product_name);
INSTANTIATE_TEST_SUITE_P(On, LoginsOnPostgresql, ::testing::Values(Product::postgresql), product_name);
INSTANTIATE_TEST_SUITE_P(On, LoginsOnMariadb, ::testing::Values(Product::mariadb), product_name);

}  // namespace
}  // namespace crmaudit::live
