#include <gtest/gtest.h>

#include "auditor/checks/check.h"

namespace crmaudit::testing {
namespace {

struct Source {
    Catalog catalog;
    DeclaredLocation location{"DE", "Example Hosting GmbH", "AV-17", {"*.example.org"}};
    std::vector<FoundHost> hosts;
    std::vector<Gap> gaps;
    bool has_profile = true;
    checks::Plan plan;

    std::vector<Finding> judge() {
        static const Rule rule{"undeclared_location", "undeclared_location", Severity::medium, {}, {}, {}};
        const Classification classification;
        const std::vector<Entity> entities;
        const std::vector<std::string> nothing;
        const Policy policy;
        const ContentScan content;
        const std::vector<DeclaredColumn> declared;
        checks::CheckInput input{catalog,  classification,
                                 entities, has_profile,
                                 nothing,  nothing,
                                 policy,   rule,
                                 Date{},   content,
                                 declared, nullptr,
                                 false,    checks::none_given<std::vector<AbsentKind>>,
                                 location, hosts,
                                 nullptr,  nullptr,
                                 gaps};
        const checks::Check* check = checks::find_check("undeclared_location");
        plan = check->plan(input);
        return check->judge(input, plan, {});
    }
};

std::string told(const std::vector<Finding>& findings) {
    std::string text;
    for (const Finding& finding : findings) {
        text += to_string(finding.object) + ":";
        for (const std::string& fact : finding.facts) text += " " + fact;
        text += "; ";
    }
    return text;
}

TEST(UndeclaredLocation, HitWhenNothingIsDeclared) {
    Source source;
    source.location = {};
    const auto findings = source.judge();
    EXPECT_EQ(told(findings), "source: no_country no_operator no_processor_contract; ");
    EXPECT_EQ(findings.at(0).affected, 3);
}

TEST(UndeclaredLocation, HitWhenOneOfThreeIsMissing) {
    Source source;
    source.location.operator_name.clear();
    EXPECT_EQ(told(source.judge()), "source: no_operator; ");
}

TEST(UndeclaredLocation, HitForEachHostThatIsNotDeclared) {
    Source source;
    Table settings;
    settings.name = {"crm", "mail_settings"};
    settings.columns = {{"smtp", "text", ColumnKind::text, true, std::nullopt, ""}};
    source.catalog.tables = {settings};
    source.catalog.hosts = {{"foreign_server", "link", "db.example.com"},
                            {"foreign_server", "twin", "db.example.com"},
                            {"replica", "standby", "db.example.org"}};
    source.hosts = {{"mail", "crm.mail_settings.smtp", "smtp.example.com"},
                    {"mail", "crm.mail_settings.smtp", "a.example.org"}};
    const auto findings = source.judge();
    EXPECT_EQ(told(findings),
              "host db.example.com: host_foreign_server link host_foreign_server twin; "
              "crm.mail_settings.smtp names smtp.example.com: host_mail; ");
    EXPECT_EQ(findings.at(1).object.column, "smtp");
}

TEST(UndeclaredLocation, CleanWhenEverythingIsDeclared) {
    Source source;
    source.catalog.hosts = {{"replica", "standby", "DB.example.org"}};
    EXPECT_EQ(told(source.judge()), "");
    EXPECT_TRUE(source.plan.gaps.empty());
}

TEST(UndeclaredLocation, MappingMissingWithoutAProfileOrWithHostsThatNobodyMaySee) {
    Source source;
    source.has_profile = false;
    source.catalog.gaps = {{"hosts", "mysql.servers"}, {"grants", "mysql.user"}};
    source.gaps = {{"crm.settings.smtp", "no_host"}};
    EXPECT_EQ(told(source.judge()), "");
    EXPECT_EQ(source.plan.gaps,
              (std::vector<Gap>{
                  {"hosts", "hosts_hidden: mysql.servers"}, {"crm.settings.smtp", "no_host"}, {"", "no_profile"}}));
}

}  // namespace
}  // namespace crmaudit::testing
