#include <gtest/gtest.h>

#include "tests/support/small_crm.h"

namespace crmaudit::testing {
namespace {

/// Notes of which 200 were read.
ColumnContent notes(std::int64_t identified, std::vector<PatternCount> patterns) {
    return {250, 200, 190, identified, std::move(patterns)};
}

SmallCrm& with_notes(SmallCrm& crm, ColumnContent content) {
    crm.content.extent = ContentExtent::sample;
    ColumnClassification& column = crm.classified("person", "source");
    column.by_name = column.category = Category::free_text;
    column.content = std::move(content);
    return crm;
}

TEST(PersonalDataInFreeText, HitForIdentifiersAndHintsWithTheirCounts) {
    SmallCrm crm;
    with_notes(crm, notes(30, {{"email", Category::email, false, 2, 18},
                               {"health_de", Category::health, true, 0, 7},
                               {"health_en", Category::health, true, 0, 2},
                               {"iban", Category::bank_account, false, 0, 12}}));
    const AuditResult result = crm.audit("personal_data_in_free_text");
    EXPECT_EQ(summary(result), "found 30/200 person.source email=20 bank_account=12 health=9");
    EXPECT_EQ(result.findings.at(0).facts, (std::vector<std::string>{"hint: health"}));
    EXPECT_EQ(result.findings.at(0).category, Category::free_text);
    EXPECT_TRUE(result.findings.at(0).sampled);
}

TEST(PersonalDataInFreeText, HitForHintsAlone) {
    SmallCrm crm;
    with_notes(crm, notes(0, {{"religion_en", Category::religion, true, 0, 6}}));
    EXPECT_EQ(summary(crm.audit("personal_data_in_free_text")), "found 6/200 person.source religion=6");
}

TEST(PersonalDataInFreeText, HitTellsNoSmallCell) {
    SmallCrm crm;
    with_notes(crm, notes(24, {{"email", Category::email, false, 0, 20},
                               {"iban", Category::bank_account, false, 0, 4},
                               {"religion_en", Category::religion, true, 0, 4}}));
    EXPECT_EQ(summary(crm.audit("personal_data_in_free_text", {{"min_cell", "5"}})),
              "found 24/200 person.source email=20");
    EXPECT_EQ(summary(crm.audit("personal_data_in_free_text", {{"min_cell", "4"}})),
              "found 24/200 person.source email=20 bank_account=4 religion=4");
}

TEST(PersonalDataInFreeText, HitForProseUnderANameThatSaysNothing) {
    SmallCrm crm;
    with_notes(crm, notes(10, {{"email", Category::email, false, 0, 10}}));
    ColumnClassification& column = crm.classified("person", "source");
    column.by_name = column.category = Category::none;
    EXPECT_EQ(summary(crm.audit("personal_data_in_free_text")), "found 10/200 person.source email=10");
    column.content->texts = 20;
    EXPECT_EQ(summary(crm.audit("personal_data_in_free_text")), "clean") << "single values, not prose";
}

TEST(PersonalDataInFreeText, HitForIdentifiersAmongOtherValuesUnderANameThatSaysNothing) {
    SmallCrm crm;
    with_notes(crm,
               notes(20, {{"email", Category::email, false, 20, 0}, {"nl_bsn", Category::government_id, false, 9, 0}}));
    ColumnClassification& column = crm.classified("person", "source");
    column.by_name = column.category = Category::none;
    column.content->texts = 0;
    const AuditResult result = crm.audit("personal_data_in_free_text", {{"categories", "email bank_account"}});
    EXPECT_EQ(summary(result), "found 20/200 person.source email=20");
    EXPECT_EQ(result.findings.at(0).category, Category::email);
    EXPECT_EQ(result.findings.at(0).facts, std::vector<std::string>{"among_other_values"});
    column.content->patterns[0].whole = 2;
    EXPECT_EQ(summary(crm.audit("personal_data_in_free_text", {{"categories", "email bank_account"}})), "clean");
}

TEST(PersonalDataInFreeText, HitCountsNoMoreThanHoldAnIdentifier) {
    SmallCrm crm;
    with_notes(crm, notes(10, {{"phone_international", Category::phone, false, 0, 10},
                               {"phone_national", Category::phone, false, 0, 10},
                               {"token_random", Category::credential, false, 50, 0}}));
    EXPECT_EQ(summary(crm.audit("personal_data_in_free_text")), "found 10/200 person.source phone=10 credential=10");
}

TEST(PersonalDataInFreeText, CleanForStrayMatches) {
    SmallCrm crm;
    with_notes(crm, notes(2, {{"email", Category::email, false, 0, 2}, {"health_en", Category::health, true, 0, 2}}));
    EXPECT_EQ(summary(crm.audit("personal_data_in_free_text")), "clean");
    EXPECT_EQ(summary(crm.audit("personal_data_in_free_text", {{"at_least", "2"}})), "found 2/200 person.source");
}

TEST(PersonalDataInFreeText, CleanForColumnsThatAreNoText) {
    SmallCrm crm;
    crm.content.extent = ContentExtent::full;
    crm.classified("person", "email").content = values_of(200, "email", Category::email, 200);
    EXPECT_EQ(summary(crm.audit("personal_data_in_free_text")), "clean");
}

TEST(PersonalDataInFreeText, MappingMissingContentIsAGap) {
    SmallCrm crm;
    crm.has_profile = false;
    EXPECT_EQ(summary(crm.audit("personal_data_in_free_text")), "not_checked [ content_not_read]");
    with_notes(crm, notes(30, {{"email", Category::email, false, 0, 30}}));
    crm.content.gaps = {{"mail", "no_key: mail"}};
    EXPECT_EQ(summary(crm.audit("personal_data_in_free_text")),
              "found [mail no_key: mail] 30/200 person.source email=30");
}

}  // namespace
}  // namespace crmaudit::testing
