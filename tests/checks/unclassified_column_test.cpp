#include <gtest/gtest.h>

#include <algorithm>

#include "tests/support/small_crm.h"

namespace crmaudit::testing {
namespace {

/// An earlier audit of the same database, without these columns of the table person.
AuditResult earlier(SmallCrm& crm, const std::vector<std::string>& lacking) {
    AuditResult before = crm.audit("unclassified_column");
    for (SeenTable& table : before.seen) {
        if (table.name.name != "person") continue;
        std::erase_if(table.columns, [&](const std::string& column) {
            return std::find(lacking.begin(), lacking.end(), column) != lacking.end();
        });
    }
    return before;
}

TEST(UnclassifiedColumn, HitForColumnsThatCameBesidePersonalData) {
    SmallCrm crm;
    const AuditResult before = earlier(crm, {"religion", "self"});
    crm.baseline = &before;
    const AuditResult result = crm.audit("unclassified_column");
    EXPECT_EQ(summary(result), "found 1/0 person.religion 1/0 person.self");
    EXPECT_EQ(result.findings.at(0).category, Category::religion);
    EXPECT_FALSE(result.findings.at(1).category);
    EXPECT_NE(result.findings.at(0).fingerprint, result.findings.at(1).fingerprint);
}

TEST(UnclassifiedColumn, HitForThePersonalColumnsOfANewTable) {
    SmallCrm crm;
    const AuditResult before = earlier(crm, {});
    crm.sql(
        "CREATE TABLE guest (id INTEGER, name TEXT, seat INTEGER); CREATE TABLE hall (seats INTEGER);"
        "CREATE VIEW guests AS SELECT name FROM guest;");
    crm.baseline = &before;
    const AuditResult result = crm.audit("unclassified_column");
    EXPECT_EQ(summary(result), "found 1/0 guest.name");
    EXPECT_EQ(result.findings.at(0).facts, (std::vector<std::string>{"new_table"}));
}

TEST(UnclassifiedColumn, CleanForDeclaredColumnsAndTablesWithoutPersonalData) {
    SmallCrm crm;
    const AuditResult before = earlier(crm, {"religion"});
    crm.sql("ALTER TABLE visit ADD COLUMN room TEXT;");
    crm.baseline = &before;
    EXPECT_EQ(summary(crm.audit("unclassified_column")), "found 1/0 person.religion");
    crm.profile.columns = {{"person", "religion", Category::religion}};
    EXPECT_EQ(summary(crm.audit("unclassified_column")), "clean");
}

TEST(UnclassifiedColumn, MappingMissingBaselineLeavesNothingToCompare) {
    SmallCrm crm;
    const AuditResult result = crm.audit("unclassified_column");
    EXPECT_EQ(outcome(result).status, OutcomeStatus::not_applicable);
    EXPECT_EQ(outcome(result).reason, "no_baseline");
}

TEST(UnclassifiedColumn, MappingMissingColumnsOfAnOldBaselineAreAGap) {
    SmallCrm crm;
    crm.has_profile = false;
    AuditResult before = earlier(crm, {});
    before.seen.clear();
    crm.baseline = &before;
    EXPECT_EQ(summary(crm.audit("unclassified_column")), "not_checked [ old_baseline]");
}

}  // namespace
}  // namespace crmaudit::testing
