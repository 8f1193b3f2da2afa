#include "tests/checks/grant_test_support.h"

namespace crmaudit::testing {
namespace {

using Names = std::vector<std::string>;
using Secret = Permissions::Login::Secret;

constexpr const char* weak = "trust password ident md5 mysql_old_password sql_login_without_policy";

std::vector<Finding> judged(const KnownPermissions& world, const char* longest = "") {
    std::map<std::string, std::string, std::less<>> parameters{{"weak", weak}};
    if (*longest != '\0') parameters["longest"] = longest;
    return judge("weak_authentication", world.known(), {}, nullptr, nullptr, *parse_date("2026-06-15"), parameters);
}

Permissions::HostRule line(const char* method, const char* type = "host") {
    return {7, type, {"all"}, {"all"}, "10.0.0.0/255.0.0.0", method};
}

TEST(WeakAuthentication, HitForNoPasswordAndForAHashOfAnOldKind) {
    KnownPermissions world;
    const auto anna = world.account("anna"), bert = world.account("bert"), clara = world.account("clara");
    world.facts.principals[anna].logins = {{"unix_socket", Secret::none}, {"mysql_native_password", Secret::none}};
    world.facts.principals[bert].logins = {{"md5", Secret::set}};
    world.facts.principals[clara].logins = {{"mysql_old_password", Secret::unknown}};
    for (const auto id : {anna, bert, clara}) world.grant(id, world.contacts, rights::read);
    const auto findings = judged(world);
    ASSERT_EQ(findings.size(), 3U);
    EXPECT_EQ(findings[0].object.principal, "anna");
    EXPECT_EQ(findings[0].facts, Names{"no_password"});
    EXPECT_EQ(findings[0].affected, 1);
    EXPECT_EQ(findings[1].facts, Names{"weak_hash: md5"});
    EXPECT_EQ(findings[2].facts, Names{"weak_hash: mysql_old_password"});
}

TEST(WeakAuthentication, HitForLoginsOfSqlServerWithoutPasswordOrWithoutDemandsOnIt) {
    KnownPermissions world;
    const auto anna = world.account("anna"), bert = world.account("bert"), clara = world.account("clara");
    world.facts.principals[anna].logins = {{"sql_login", Secret::none}};
    world.facts.principals[bert].logins = {{"sql_login_without_policy", Secret::set}};
    world.facts.principals[clara].logins = {{"sql_login", Secret::set}};
    for (const auto id : {anna, bert, clara}) world.grant(id, world.contacts, rights::read);
    const auto findings = judged(world);
    ASSERT_EQ(findings.size(), 2U);
    EXPECT_EQ(findings[0].facts, Names{"no_password"});
    EXPECT_EQ(findings[1].facts, Names{"weak_method: sql_login_without_policy"});
}

TEST(WeakAuthentication, CleanForGoodSecretsAndForThoseWhoCannotLogInOrReachNothing) {
    KnownPermissions world;
    const auto anna = world.account("anna"), locked = world.account("locked"), role = world.role("role");
    world.facts.principals[anna].logins = {
        {"scram-sha-256", Secret::set}, {"unix_socket", Secret::none}, {"mysql_old_password", Secret::unusable}};
    world.facts.principals[locked].logins = {{"mysql_native_password", Secret::none}};
    world.facts.principals[locked].is_locked = true;
    world.facts.principals[role].logins = {{"md5", Secret::set}};
    for (const auto id : {anna, locked, role}) world.grant(id, world.contacts, rights::read);
    world.facts.principals[world.account("poor")].logins = {{"md5", Secret::set}};
    EXPECT_TRUE(judged(world).empty());
}

TEST(WeakAuthentication, HitForALineThatAsksForNoProof) {
    KnownPermissions world;
    world.grant(world.account("anna"), world.contacts, rights::read);
    world.account("poor");
    world.facts.host_rules = {line("trust")};
    const auto findings = judged(world);
    ASSERT_EQ(findings.size(), 1U);
    EXPECT_EQ(findings[0].object.entity, "host_rule");
    EXPECT_EQ(findings[0].object.part, "host all all 10.0.0.0/8 trust");
    EXPECT_EQ(findings[0].facts, (Names{"weak_method: trust", "line: 7"}));
    EXPECT_EQ(findings[0].affected, 1);
    EXPECT_EQ(findings[0].total, 1);
    world.facts.host_rules = {line("password")};
    EXPECT_EQ(judged(world).size(), 1U);
}

TEST(WeakAuthentication, CleanForLinesThatProveSomethingOrAreNeverReached) {
    KnownPermissions world;
    world.grant(world.account("anna"), world.contacts, rights::read);
    world.facts.host_rules = {line("scram-sha-256", "hostssl"), line("password", "hostssl"), line("md5")};
    EXPECT_TRUE(judged(world).empty());
    world.facts.host_rules = {line("reject"), line("trust")};
    EXPECT_TRUE(judged(world).empty());
    world.facts.host_rules = {line("trust")};
    world.facts.host_rules[0].asks_certificate = true;
    EXPECT_TRUE(judged(world).empty());
    world.facts.host_rules = {line("trust")};
    world.facts.host_rules[0].users = {"poor"};
    EXPECT_TRUE(judged(world).empty());
    world.facts.host_rules = {line("trust", "hostssl")};
    EXPECT_EQ(judged(world).size(), 1U);
    world.facts.transport.offered = false;
    EXPECT_TRUE(judged(world).empty()) << "no connection is encrypted";
}

TEST(WeakAuthentication, HitForAPasswordThatLastsLongerThanThePolicyWants) {
    KnownPermissions world;
    const auto set = [&](const char* name, const char* until, std::optional<std::int64_t> days) {
        const auto id = world.account(name);
        world.facts.principals[id].logins = {{"scram-sha-256", Secret::set}};
        world.facts.principals[id].valid_until = until;
        world.facts.principals[id].password_days = days;
        world.grant(id, world.contacts, rights::read);
    };
    set("for_ever", "", 0);
    set("long", "2027-06-16", std::nullopt);
    set("many_days", "", 366);
    set("in_time", "2027-06-15", std::nullopt);
    set("few_days", "", 365);
    set("unknown", "", std::nullopt);
    EXPECT_TRUE(judged(world).empty()) << "the policy says nothing";
    const auto findings = judged(world, "P1Y");
    Names accused;
    for (const Finding& finding : findings) accused.push_back(finding.object.principal);
    EXPECT_EQ(accused, (Names{"for_ever", "long", "many_days"}));
    EXPECT_EQ(findings[0].facts, Names{"no_expiry"});
}

TEST(WeakAuthentication, MappingMissingFactsAreAGap) {
    expect_gap_or_not_applicable("weak_authentication");
    KnownPermissions world;
    world.facts.gaps = {{fact_kinds::logins, "a"}, {fact_kinds::host_rules, "b"}, {fact_kinds::transport, "c"}};
    checks::Plan plan;
    EXPECT_TRUE(world.judge("weak_authentication", {}, &plan).empty());
    ASSERT_EQ(plan.gaps.size(), 2U);
    EXPECT_EQ(plan.gaps[0].reason, "permissions_hidden: a");
    EXPECT_EQ(plan.gaps[1].reason, "permissions_hidden: b");
}

}  // namespace
}  // namespace crmaudit::testing
