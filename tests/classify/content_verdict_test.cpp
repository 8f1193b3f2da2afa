// Content decides where the name says nothing, strengthens where it agrees and contradicts where the name lies.
#include "auditor/classify/content_verdict.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/support/dice.h"
#include "tests/support/value_sets.h"

namespace crmaudit::test {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;

ColumnContent of(std::int64_t filled, std::vector<PatternCount> patterns, std::int64_t texts = 0) {
    return {filled, filled, texts, 0, std::move(patterns)};
}

PatternCount emails(std::int64_t whole, std::int64_t within = 0) {
    return {"email", Category::email, false, whole, within};
}

classify::ContentOpinion opinion(const ColumnContent& content) {
    return classify::opinion_of(content, shipped_scanner());
}

/// A column after its content was weighed.
ColumnClassification weighed(Category by_name, double confidence, ColumnContent content,
                             std::vector<ClassificationEvidence> evidence = {}) {
    ColumnClassification column;
    column.category = column.by_name = by_name;
    column.confidence = confidence;
    column.evidence = std::move(evidence);
    column.content = std::move(content);
    classify::weigh_content(column, shipped_scanner());
    return column;
}

ClassificationEvidence term(Category category, double weight = 0.9) {
    return {EvidenceKind::name, category, weight, "term"};
}

TEST(ContentOpinion, GrowsWithShareAndNumberOfValues) {
    EXPECT_EQ(opinion(of(3, {emails(3)})).category, Category::none) << "three values are no reason";
    const double of_ten = opinion(of(10, {emails(10)})).confidence;
    const double of_hundred = opinion(of(100, {emails(100)})).confidence;
    const double of_most = opinion(of(100, {emails(80)})).confidence;
    EXPECT_GT(of_ten, 0.5);
    EXPECT_LT(of_ten, 0.8);
    EXPECT_GT(of_hundred, 0.9);
    EXPECT_LT(of_most, of_hundred);
    EXPECT_EQ(opinion(of(100, {emails(40)})).category, Category::none);
}

TEST(ContentOpinion, SaysWhatItRestsOnWithoutSinglingOut) {
    EXPECT_EQ(opinion(of(812, {emails(788)})).reason, "97% of 812 values read match email");
    EXPECT_EQ(opinion(of(812, {{"iban", Category::bank_account, false, 788, 0}})).reason,
              "97% of 812 values read match iban (check digits right)");
    EXPECT_EQ(opinion(of(812, {emails(810)})).reason, "nearly all of 812 values read match email");
    EXPECT_EQ(opinion(of(12, {emails(11)})).reason, "most of the few values read match email");
}

TEST(ContentOpinion, AddsFormsOfOneCategoryAndNeverCountsAValueTwice) {
    const auto mixed = opinion(of(100, {{"phone_international", Category::phone, false, 60, 0},
                                        {"phone_national", Category::phone, false, 38, 0}}));
    EXPECT_EQ(mixed.category, Category::phone);
    const auto doubled = opinion(of(100, {{"iban", Category::bank_account, false, 100, 0},
                                          {"iban_small_letters", Category::bank_account, false, 100, 0}}));
    EXPECT_LE(doubled.confidence, 0.97);
}

TEST(ContentOpinion, CountsAddressesWithANameBeforeThemButNotThoseInProse) {
    EXPECT_EQ(opinion(of(100, {emails(10, 88)})).category, Category::email);
    EXPECT_NE(opinion(of(100, {emails(0, 88)}, 95)).category, Category::email);
}

TEST(ContentOpinion, IsNoneForHintsAndForEmptySamples) {
    EXPECT_EQ(opinion(of(100, {{"health_en", Category::health, true, 90, 10}})).category, Category::none);
    EXPECT_EQ(opinion({}).category, Category::none);
    EXPECT_EQ(opinion({50, 0, 0, 0, {}}).confidence, 0);
}

TEST(ContentOpinion, CallsPlentifulProseFreeTextWithModestConfidence) {
    const auto prose = opinion(of(200, {}, 180));
    EXPECT_EQ(prose.category, Category::free_text);
    EXPECT_LT(prose.confidence, 0.65);
    EXPECT_EQ(prose.reason, "90% of 200 values read are prose");
    EXPECT_EQ(opinion(of(200, {}, 60)).category, Category::none);
    EXPECT_EQ(opinion(of(10, {}, 10)).category, Category::none);
}

TEST(ContentOpinion, IsNeverMadeByTheFormOfAKeyOrASumAlone) {
    for (const char* pattern :
         {"uuid", "hash_md5", "hash_sha256", "coordinate", "phone_national_bare", "token_random"}) {
        const auto* known = shipped_scanner().find(pattern);
        ASSERT_NE(known, nullptr) << pattern;
        EXPECT_EQ(opinion(of(5000, {{pattern, known->category, false, 5000, 0}})).category, Category::none) << pattern;
    }
}

TEST(ContentVerdict, DecidesWhereTheNameSaysNothing) {
    const auto column = weighed(Category::none, 0.5, of(812, {emails(788)}));
    EXPECT_EQ(column.category, Category::email);
    EXPECT_EQ(column.by_name, Category::none);
    EXPECT_GT(column.confidence, 0.9);
    ASSERT_EQ(column.evidence.size(), 1U);
    EXPECT_EQ(column.evidence[0].kind, EvidenceKind::content);
}

TEST(ContentVerdict, StrengthensWhatTheNameSays) {
    const auto column = weighed(Category::email, 0.7, of(300, {emails(295)}), {term(Category::email, 0.7)});
    EXPECT_EQ(column.category, Category::email);
    EXPECT_GT(column.confidence, 0.95);
    EXPECT_LE(column.confidence, 0.99);
}

TEST(ContentVerdict, ContradictsAFaxColumnFullOfMailAddresses) {
    const auto column = weighed(Category::phone, 0.97, of(400, {emails(380)}), {term(Category::phone, 0.97)});
    EXPECT_EQ(column.category, Category::email);
    EXPECT_EQ(column.by_name, Category::phone);
    EXPECT_THAT(column.evidence[column.evidence.size() - 2].text, HasSubstr("contradict the name, which says phone"));
    EXPECT_LT(column.evidence[column.evidence.size() - 2].weight, 0);
}

TEST(ContentVerdict, KeepsTheNameWhereSuchValuesAreAtHome) {
    EXPECT_EQ(weighed(Category::online_handle, 0.9, of(400, {emails(390)})).category, Category::online_handle);
    EXPECT_EQ(weighed(Category::tax_id, 0.9, of(400, {{"es_dni", Category::government_id, false, 390, 0}})).category,
              Category::tax_id);
    EXPECT_EQ(
        weighed(Category::consent_evidence, 0.9, of(400, {{"ipv4", Category::ip_address, false, 390, 0}})).category,
        Category::consent_evidence);
}

TEST(ContentVerdict, LosesConfidenceInANameThatNoValueBearsOut) {
    const auto column = weighed(Category::email, 0.9, of(400, {}), {term(Category::email)});
    EXPECT_EQ(column.category, Category::email) << "nothing else was seen";
    EXPECT_DOUBLE_EQ(column.confidence, 0.54);
    EXPECT_EQ(column.evidence.back().text, "hardly any of the values read look like email");
    EXPECT_DOUBLE_EQ(weighed(Category::email, 0.9, of(8, {})).confidence, 0.9) << "too few to say so";
    EXPECT_DOUBLE_EQ(weighed(Category::person_name, 0.9, of(400, {})).confidence, 0.9) << "names have no form";
}

TEST(ContentVerdict, DoesNothingWithoutContentOrForDeclaredColumns) {
    ColumnClassification unread;
    unread.category = Category::phone;
    unread.confidence = 0.9;
    const ColumnClassification before = unread;
    classify::weigh_content(unread, shipped_scanner());
    EXPECT_EQ(unread, before);
    EXPECT_TRUE(weighed(Category::phone, 0.9, {100, 0, 0, 0, {}}).evidence.empty());
    const auto declared =
        weighed(Category::phone, 1, of(400, {emails(400)}), {{EvidenceKind::declared, Category::phone, 1, "declared"}});
    EXPECT_EQ(declared.category, Category::phone);
    EXPECT_EQ(declared.evidence.size(), 1U);
}

TEST(ContentVerdict, LeavesProseToTheNameWhereThereIsOne) {
    EXPECT_EQ(weighed(Category::none, 0.5, of(300, {}, 290)).category, Category::free_text);
    EXPECT_EQ(weighed(Category::none, 0.5, of(300, {}, 290), {term(Category::free_text, -0.6)}).category,
              Category::none)
        << "descriptions of products";
    EXPECT_EQ(weighed(Category::job, 0.8, of(300, {}, 290)).category, Category::job);
}

TEST(ContentVerdict, TakesFoundingsOfCompaniesForNoBirthsWhereTheNameObjects) {
    const ColumnContent births = of(300, {{"birth_date_distribution", Category::birth_date, false, 300, 0}});
    EXPECT_EQ(weighed(Category::none, 0.5, births).category, Category::birth_date);
    EXPECT_EQ(weighed(Category::none, 0.5, births, {term(Category::birth_date, -0.9)}).category, Category::none);
    EXPECT_EQ(weighed(Category::activity_time, 0.9, births).category, Category::activity_time);
}

TEST(ContentVerdict, HoldsNoValueInItsEvidence) {
    std::vector<std::string> values;
    Dice dice{5};
    for (int i = 0; i < 100; ++i) values.push_back(dice.fill("canary&&&&@example.org"));
    const auto column = weighed(Category::phone, 0.9, scan(shipped_scanner(), values));
    ASSERT_FALSE(column.evidence.empty());
    for (const auto& evidence : column.evidence) EXPECT_THAT(evidence.text, Not(HasSubstr("canary")));
}

}  // namespace
}  // namespace crmaudit::test
