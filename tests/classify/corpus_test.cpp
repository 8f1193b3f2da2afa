// Holds the figures of the classification on the labelled columns of real CRMs; scripts/evaluate-classifier prints them
// in full.
#include "tests/support/corpus.h"

#include <gtest/gtest.h>

#include "tests/support/classify_support.h"

namespace crmaudit::test {
namespace {

const std::vector<LabelledColumn>& judged_corpus() {
    static const std::vector<LabelledColumn> columns = [] {
        std::vector<LabelledColumn> read = read_corpus(std::filesystem::path{CRMAUDIT_SOURCE_DIR} / "tests/corpus");
        predict(read, shipped_classifier());
        return read;
    }();
    return columns;
}

TEST(Corpus, HoldsEightSystems) { EXPECT_EQ(judged_corpus().size(), 4205U); }

TEST(Corpus, MostPersonalColumnsAreFound) { EXPECT_GE(core_personal(judged_corpus()).recall(), 0.97); }

TEST(Corpus, FewOtherColumnsAreTakenForPersonal) { EXPECT_GE(core_personal(judged_corpus()).precision(), 0.97); }

TEST(Corpus, CategoriesAreToldApart) { EXPECT_GE(macro_f1(judged_corpus(), 10), 0.95); }

TEST(Scoring, AcceptsAlternativesAndCountsMissesApart) {
    const auto column = [](Category label, Category predicted, std::set<Category> alternatives = {}) {
        return LabelledColumn{"s", "t", "c", "text", label, std::move(alternatives), predicted};
    };
    const Counts counts = core_personal(
        {column(Category::email, Category::email), column(Category::email, Category::none),
         column(Category::email, Category::none, {Category::none}), column(Category::none, Category::phone),
         column(Category::none, Category::none), column(Category::none, Category::job, {Category::job})});
    EXPECT_EQ(counts.right, 1);
    EXPECT_EQ(counts.missed, 1);
    EXPECT_EQ(counts.wrong, 1);
    EXPECT_DOUBLE_EQ(counts.precision(), 0.5);
}

TEST(Scoring, ReadsQuotedFields) {
    EXPECT_EQ(read_csv("a,\"b,\"\"c\"\"\"\r\nd,e\n"),
              (std::vector<std::vector<std::string>>{{"a", "b,\"c\""}, {"d", "e"}}));
}

}  // namespace
}  // namespace crmaudit::test
