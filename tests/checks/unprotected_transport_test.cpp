#include "tests/checks/grant_test_support.h"

namespace crmaudit::testing {
namespace {

using Names = std::vector<std::string>;

/// Who or what the findings are about.
Names accused(const KnownPermissions& world) {
    Names names;
    for (const Finding& finding : world.judge("unprotected_transport"))
        names.push_back(finding.object.part + finding.object.principal);
    return names;
}

TEST(UnprotectedTransport, HitForALineThatAdmitsPlainConnectionsFromElsewhere) {
    KnownPermissions world;
    world.grant(world.account("anna"), world.contacts, rights::read);
    world.facts.host_rules = {{1, "local", {"all"}, {"all"}, "", "peer"},
                              {2, "host", {"all"}, {"all"}, "127.0.0.1/32", "scram-sha-256"},
                              {3, "hostssl", {"all"}, {"all"}, "10.0.0.0/8", "scram-sha-256"},
                              {4, "host", {"all"}, {"all"}, "192.168.0.0/16", "scram-sha-256"},
                              {5, "hostnossl", {"all"}, {"all"}, "samenet", "scram-sha-256"}};
    EXPECT_EQ(accused(world),
              (Names{"host all all 192.168.0.0/16 scram-sha-256", "hostnossl all all samenet scram-sha-256"}));
    world.facts.transport.offered = false;
    EXPECT_EQ(accused(world).size(), 3U);
    EXPECT_EQ(accused(world).back(), "encryption");
}

TEST(UnprotectedTransport, CleanWhereWhoeverComesOverTheNetMustEncrypt) {
    KnownPermissions world;
    world.grant(world.account("anna"), world.contacts, rights::read);
    world.facts.host_rules = {{1, "local", {"all"}, {"all"}, "", "peer"},
                              {2, "host", {"all"}, {"all"}, "::1", "scram-sha-256"},
                              {3, "hostssl", {"all"}, {"all"}, "10.0.0.0/8", "scram-sha-256"},
                              {4, "hostgssenc", {"all"}, {"all"}, "all", "gss"},
                              {5, "host", {"all"}, {"all"}, "all", "reject"}};
    world.facts.transport = {true, std::nullopt, true, "*"};
    EXPECT_EQ(accused(world), Names{});
    world.facts.transport.offered = false;
    EXPECT_EQ(accused(world), Names{}) << "nobody comes over the net at all";
}

TEST(UnprotectedTransport, HitForAnAccountThatNeedNotEncrypt) {
    KnownPermissions world;
    const auto add = [&](const char* name, const char* host, std::optional<bool> needs) {
        const auto id = world.account(name);
        world.facts.principals[id].host = host;
        world.facts.principals[id].needs_encryption = needs;
        world.grant(id, world.contacts, rights::read);
    };
    add("plain", "10.0.0.7", false);
    add("ssl", "%", true);
    add("local", "localhost", false);
    add("unknown", "%", std::nullopt);
    EXPECT_EQ(accused(world), Names{"plain"});
    world.facts.transport.required = true;
    EXPECT_EQ(accused(world), Names{});
}

TEST(UnprotectedTransport, HitForTheAuditsOwnConnection) {
    KnownPermissions world;
    EXPECT_EQ(accused(world), Names{});
    world.facts.transport.own_is_protected = true;
    EXPECT_EQ(accused(world), Names{});
    world.facts.transport.own_is_protected = false;
    const auto findings = world.judge("unprotected_transport");
    ASSERT_EQ(findings.size(), 1U);
    EXPECT_EQ(findings[0].object.entity, "server");
    EXPECT_EQ(findings[0].object.part, "own_connection");
    EXPECT_EQ(findings[0].facts, Names{"own_line_plain"});
}

TEST(UnprotectedTransport, MappingMissingFactsAreAGap) {
    expect_gap_or_not_applicable("unprotected_transport");
    KnownPermissions world;
    world.facts.gaps = {{fact_kinds::logins, "a"}, {fact_kinds::host_rules, "b"}, {fact_kinds::transport, "c"}};
    checks::Plan plan;
    world.judge("unprotected_transport", {}, &plan);
    EXPECT_EQ(plan.gaps.size(), 2U) << "where accounts have no hosts, the lines decide about encryption";
    world.facts.principals[world.account("anna")].host = "%";
    world.judge("unprotected_transport", {}, &plan);
    EXPECT_EQ(plan.gaps.size(), 3U);
    world.facts.transport.required = true;
    world.judge("unprotected_transport", {}, &plan);
    EXPECT_EQ(plan.gaps.size(), 2U);
}

}  // namespace
}  // namespace crmaudit::testing
