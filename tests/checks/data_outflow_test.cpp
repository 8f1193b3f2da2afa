#include "tests/checks/grant_test_support.h"

namespace crmaudit::testing {
namespace {

using Names = std::vector<std::string>;

struct CheckedOutlets {
    CrmOutlets outlets;
    bool are_mapped = false;
};

struct Judged {
    checks::Plan plan;
    std::vector<Finding> findings;
};

/// In a database without permissions of its own.
Judged judge_outlets(const CheckedOutlets& checked, const Policy& policy) {
    Catalog catalog = permission_catalog();
    catalog.has_permissions = false;
    const Classification classification;
    const Rule rule{"data_outflow", "data_outflow", Severity::high, {}, {}, {}};
    const std::vector<Entity> entities;
    const std::vector<std::string> nothing;
    const ContentScan content;
    const std::vector<DeclaredColumn> declared;
    const std::vector<AbsentKind> absent;
    const DeclaredLocation location;
    const std::vector<FoundHost> hosts;
    const std::vector<Gap> host_gaps;
    const checks::CheckInput input{
        catalog,         classification,    entities, true,   nothing,  nothing, policy,  rule,    {},        content,
        declared,        nullptr,           false,    absent, location, hosts,   nullptr, nullptr, host_gaps, nullptr,
        checked.outlets, checked.are_mapped};
    const checks::Check* check = checks::find_check("data_outflow");
    Judged judged{check->plan(input), {}};
    judged.findings = check->judge(input, judged.plan, {});
    return judged;
}

TEST(DataOutflow, HitForWaysOutThatThePolicyDoesNotName) {
    KnownPermissions world;
    world.catalog.default_schema = "crm";
    world.facts.outlets = {{"publication", "all_tables"},
                           {"replication_account", "'repl'@'%'"},
                           {"remote_table", "orders_elsewhere", "FEDERATED"}};
    const auto findings = world.judge("data_outflow");
    ASSERT_EQ(findings.size(), 3U);
    EXPECT_EQ(findings[0].object.part, "all_tables");
    EXPECT_EQ(findings[0].facts, Names{"outlet_publication"});
    EXPECT_EQ(findings[1].object.principal, "'repl'@'%'");
    EXPECT_EQ(findings[2].object.table, (TableName{"crm", "orders_elsewhere"}));
}

TEST(DataOutflow, CleanForDeclaredRecipients) {
    KnownPermissions world;
    world.facts.outlets = {{"publication", "dwh_customers"}, {"replication_slot", "standby"}};
    Policy policy;
    policy.recipients = {{"dwh_*", "figures"}, {"standby", "second server", "IT"}};
    EXPECT_TRUE(world.judge("data_outflow", policy).empty());
    policy.recipients.pop_back();
    EXPECT_EQ(world.judge("data_outflow", policy).size(), 1U);
}

TEST(DataOutflow, MappingMissingPermissionsAreAGap) {
    expect_gap_or_not_applicable("data_outflow");
    KnownPermissions world;
    world.facts.gaps = {{"outlets", "no right on mysql.user"}, {"authentication", "hidden"}};
    checks::Plan plan;
    world.judge("data_outflow", {}, &plan);
    ASSERT_EQ(plan.gaps.size(), 1U);
    EXPECT_EQ(plan.gaps[0].reason, "permissions_hidden: no right on mysql.user");
}

CheckedOutlets with(std::vector<CrmOutlet> outlets, std::vector<Gap> gaps = {}) {
    return {{std::move(outlets), std::move(gaps)}, true};
}

const CrmOutlet webhook{"webhook", {"crm", "hooks"}, "Warehouse", "hooks.example.org", 2, parse_date("2026-05-01")};
const CrmOutlet tokens{"api_token", {"crm", "tokens"}, "", "", 7, std::nullopt};

TEST(CrmOutflow, HitForWhatTheCrmItselfLetsOut) {
    const auto judged = judge_outlets(with({tokens, webhook}), {});
    ASSERT_EQ(judged.findings.size(), 2U);
    EXPECT_EQ(judged.findings[0].object.entity, "api_token");
    EXPECT_EQ(judged.findings[0].affected, 7);
    EXPECT_EQ(judged.findings[0].facts, Names{"outlet_api_token"});
    EXPECT_EQ(judged.findings[1].object.part, "Warehouse");
    EXPECT_EQ(judged.findings[1].object.host, "hooks.example.org");
    EXPECT_EQ(judged.findings[1].object.table, (TableName{"crm", "hooks"}));
    EXPECT_EQ(judged.findings[1].facts, (Names{"outlet_webhook", "last_used: 2026-05-01"}));
}

TEST(CrmOutflow, CleanForRecipientsByNameHostOrSort) {
    Policy policy;
    policy.recipients = {{"Ware*", "stock"}, {"api_token", "the shop"}};
    EXPECT_TRUE(judge_outlets(with({tokens, webhook}), policy).findings.empty());
    policy.recipients = {{"*.example.org", "stock"}};
    EXPECT_EQ(judge_outlets(with({tokens, webhook}), policy).findings.size(), 1U);
    // A sort alone does not declare what has a name of its own.
    policy.recipients = {{"webhook", "whatever comes"}};
    EXPECT_EQ(judge_outlets(with({webhook}), policy).findings.size(), 1U);
}

TEST(CrmOutflow, WhatCannotBeReadIsAGap) {
    const auto judged = judge_outlets(with({}, {{"hooks", "forbidden: 42501"}}), {});
    EXPECT_TRUE(judged.findings.empty());
    EXPECT_EQ(judged.plan.gaps, (std::vector<Gap>{{"hooks", "forbidden: 42501"}}));
}

TEST(CrmOutflow, MappingMissingIsNotChecked) {
    const auto judged = judge_outlets({{}, false}, {});
    EXPECT_EQ(judged.plan.gaps, (std::vector<Gap>{{"", "not_mapped: outlet"}}));
}

}  // namespace
}  // namespace crmaudit::testing
