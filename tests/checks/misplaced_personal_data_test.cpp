#include <gtest/gtest.h>

#include "tests/support/small_crm.h"

namespace crmaudit::testing {
namespace {

/// The column "fax" of visits, which 90 of 100 values say holds e-mail addresses.
ColumnClassification& full_of_addresses(SmallCrm& crm, Category by_name) {
    crm.content.extent = ContentExtent::sample;
    ColumnClassification& column = crm.classified("visit", "held");
    column.by_name = by_name;
    column.category = Category::email;
    column.evidence = {{EvidenceKind::content, Category::email, 0.9, "90% of 100 values read match email"}};
    column.content = values_of(100, "email", Category::email, 90);
    return column;
}

TEST(MisplacedPersonalData, HitForAFaxColumnFullOfAddresses) {
    SmallCrm crm;
    full_of_addresses(crm, Category::phone);
    const AuditResult result = crm.audit("misplaced_personal_data");
    ASSERT_EQ(summary(result), "found 90/100 visit.held");
    const Finding& finding = result.findings.front();
    EXPECT_EQ(finding.category, Category::email);
    EXPECT_EQ(finding.facts, (std::vector<std::string>{"name_says: phone", "content_says: email"}));
    EXPECT_TRUE(finding.sampled);
    EXPECT_FALSE(finding.persons);
    EXPECT_FALSE(finding.rows);
}

TEST(MisplacedPersonalData, HitCountsNoMoreValuesThanWereRead) {
    SmallCrm crm;
    ColumnClassification& column = full_of_addresses(crm, Category::phone);
    column.content->patterns.push_back({"email_named", Category::email, false, 0, 80});
    EXPECT_EQ(summary(crm.audit("misplaced_personal_data")), "found 100/100 visit.held");
}

TEST(MisplacedPersonalData, CleanWhereTheNameSaysNothingOrThatAnythingMayStandThere) {
    for (const Category by_name : {Category::none, Category::free_text, Category::email}) {
        SmallCrm crm;
        full_of_addresses(crm, by_name);
        EXPECT_EQ(summary(crm.audit("misplaced_personal_data")), "clean") << to_string(by_name);
    }
}

TEST(MisplacedPersonalData, CleanWhereAPersonHasSaidWhatItHolds) {
    SmallCrm crm;
    ColumnClassification& column = full_of_addresses(crm, Category::phone);
    column.evidence = {{EvidenceKind::declared, Category::email, 1, "declared"}};
    column.content.reset();
    EXPECT_EQ(summary(crm.audit("misplaced_personal_data")), "clean");
}

TEST(MisplacedPersonalData, MappingMissingMakesNoDifference) {
    SmallCrm crm;
    crm.has_profile = false;
    full_of_addresses(crm, Category::phone);
    EXPECT_EQ(summary(crm.audit("misplaced_personal_data")), "found 90/100 visit.held");
}

TEST(MisplacedPersonalData, MappingMissingContentIsAGap) {
    SmallCrm crm;
    EXPECT_EQ(summary(crm.audit("misplaced_personal_data")), "not_checked [ content_not_read]");
    full_of_addresses(crm, Category::phone);
    crm.content.gaps = {{"deal", "forbidden: 42501"}};
    EXPECT_EQ(summary(crm.audit("misplaced_personal_data")), "found [deal forbidden: 42501] 90/100 visit.held");
}

}  // namespace
}  // namespace crmaudit::testing
